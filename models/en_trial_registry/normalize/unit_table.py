"""Spellings of units in registries, each with its UCUM code."""

from typing import Final, NamedTuple

from .count_table import ANNOTATIONS, CONTAINERS


class Atom(NamedTuple):
    """A unit that a word stands for.

    code (str): UCUM code.
    exponent (int): Power of ten that goes into the number.
    kind (str): What it measures, where that matters for reading: `mass`, `volume`,
        `time`, `area`, `length`, `arbitrary`, `count`, `container`, `other`.
    """

    code: str
    exponent: int = 0
    kind: str = "other"


# code | spellings without case, divided by commas
_TABLE: Final = {
    "mass": """
        g | g, gm, gms, gr, grs, grm, gram, grams, gramm, gramme, grammes
        mg | mg, mgs, mgr, mgm, milligram, milligrams, miligram, miligrams, milligramme
        ug | ug, ugs, mcg, mcgs, mcgm, microgram, micrograms, microgramme, microg
        ug | mikrog, mikrogram, mikrograms
        ng | ng, nanogram, nanograms
        pg | pg, pcg, picogram, picograms
        fg | fg
        kg | kg, kgs, kilogram, kilograms, kilo
        [lb_av] | lb, lbs, pound, pounds
        [oz_av] | oz, ounce, ounces
        mol | mol, mole, moles
        mmol | mmol, mmols, mmole, mmoles, millimol, millimole, millimoles
        umol | umol, umols, micromol, micromols, micromole, micromoles, mcmol
        nmol | nmol, nanomol, nanomole, nanomoles
        pmol | pmol, picomol, picomole, picomoles
        meq | meq, meqs, mequiv, milliequivalent, milliequivalents
        eq | eq
    """,
    "volume": """
        [foz_us] | floz
        L | l, liter, liters, litre, litres, lt, ltr
        dL | dl, deciliter, deciliters, decilitre
        cL | cl
        mL | ml, mls, milliliter, milliliters, millilitre, millilitres, cc, ccs
        uL | ul, mcl, microliter, microliters, microlitre, microlitres, mm3, cumm
        uL | cmm, mmc, mmcube, mmq, cmm3, microl, micl
        mL | cm3
        nL | nl
        pL | pl
        fL | fl, femtoliter, femtoliters, femtolitre, femtolitres
        m3 | m3
    """,
    "time": """
        s | s, sec, secs, second, seconds
        ms | ms, msec, millisecond, milliseconds
        us | us, usec, microsecond, microseconds
        min | min, mins, minute, minutes, mn
        h | h, hr, hrs, hour, hours
        d | d, day, days, die, dy, jour, jours
        wk | wk, wks, week, weeks
        mo | mo, mos, month, months
        a | yr, yrs, year, years
    """,
    "area": """
        m2 | m2, sqm, msq
        cm2 | cm2, sqcm
        mm2 | mm2, sqmm
        {1.73_m2} | bsaunit
    """,
    "length": """
        m | m, meter, meters, metre, metres
        cm | cm, centimeter, centimeters, centimetre, centimetres
        mm | mm, millimeter, millimeters, millimetre, millimetres
        um | um, micrometer, micrometers, micron, microns
        [Ch] | french
        [in_i] | inch, inches
        [ft_i] | feet
        [mi_i] | mile, miles
        nm | nm, nanometer, nanometers, nanometre
        km | km, kilometer, kilometers, kilometre, kilometres
    """,
    "arbitrary": """
        U | u, unit, units, un
        [IU] | iu, ui, ie, ius, i.u, i.u., iu., int.unit
        k[IU] | kiu, kiua
        kU | ku, kua
        u[IU] | uiu, mciu, microiu
        uU | uu, mcu, microu, microunit, microunits
        [CFU] | cfu, cfus
        [PFU] | pfu, pfus
        [IR] | ir
        [Lf] | lf
        [USP'U] | usp
        {SQ} | sq, sq+, sqe
        {SQ-T} | sq-t
        {SQ-U} | sq-u
        {SU} | su
        {TU} | tu
        {BU} | bu
        [GPL'U] | gpl
        [MPL'U] | mpl
        [beth'U] | bethesda
        {vp} | vp
        {vg} | vg
        [BAU] | bau
        [AU] | au
        {TCID50} | tcidfifty
        {CCID50} | ccidfifty
    """,
    "other": """
        % | %, percent, pct
        [ppth] | ‰
        Gy | gy, gray, grays
        cGy | cgy, centigray, centigrays, cgray
        mGy | mgy
        Gy{RBE} | cge, gye, gyrbe
        Sv | sv
        mSv | msv
        Bq | bq
        kBq | kbq
        MBq | mbq, megabecquerel
        GBq | gbq
        Ci | ci
        mCi | mci, millicurie, millicuries
        uCi | uci
        Hz | hz, hertz
        kHz | khz
        MHz | mhz
        GHz | ghz
        A | ampere, amperes, amp
        mA | ma, milliampere, milliamperes, milliamp, milliamps
        mA.s | mas
        uA | ua, microampere, microamperes
        V | v, volt, volts
        mV | millivolt, millivolts
        uV | uv, microvolt, microvolts
        kV | kv, kvp
        W | w, watt, watts
        kW | kw
        J | j, joule, joules
        mJ | mj, millijoule, millijoules
        kJ | kj
        keV | kev
        MeV | mev
        cal | cal, calorie
        kcal | kcal, kcals, kilocalorie, kilocalories
        T | tesla
        G | gauss
        mT | mt, millitesla
        mm[Hg] | mmhg
        cm[H2O] | cmhho
        kPa | kpa
        Pa | pa
        mbar | mbar
        bar | bar, bars
        [psi] | psi
        atm | atm, ata, atms
        N | newton, newtons
        Cel | °c, celsius, celcius, centigrade
        [degF] | °f, fahrenheit
        deg | °, degree, degrees, deg
        lx | lx, lux
        [ppm] | ppm
        [ppb] | ppb
        /min | rpm, bpm
        L/min | lpm
        dB | db
        [drp] | drop, drops, gtt, gtts
        {MAC} | mac
        {MET} | met, mets
        mg.min/mL | auc
        [HPF] | hpf
        osm | osm, osmol
        mosm | mosm, mosmol
        kat | kat
        nkat | nkat
        ukat | ukat
        [pH] | ph
        {titer} | titer, titre
        mg/dL | mgpercent
        g/dL | gpercent
        {class} | class
        {grade} | grade
        {plus} | plusses
        {Borg} | borg
        [diop] | diopter, diopters, dioptre
        [p'diop] | prismdiopter, prismdiopters, prismdioptre, prismdioptres
    """,
}

# Spellings whose case decides.
_CASED: Final = {
    "mu": Atom("mU", 0, "arbitrary"),
    "miu": Atom("m[IU]", 0, "arbitrary"),
    "MU": Atom("U", 6, "arbitrary"),
    "mU": Atom("mU", 0, "arbitrary"),
    "MIU": Atom("[IU]", 6, "arbitrary"),
    "MUI": Atom("[IU]", 6, "arbitrary"),
    "mIU": Atom("m[IU]", 0, "arbitrary"),
    "mUI": Atom("m[IU]", 0, "arbitrary"),
    "MV": Atom("MV"),
    "mV": Atom("mV"),
    "MW": Atom("MW"),
    "mW": Atom("mW"),
    "MPa": Atom("MPa"),
    "A": Atom("A"),
    "T": Atom("T"),
    "N": Atom("N"),
    "mM": Atom("mmol/L"),
    "uM": Atom("umol/L"),
    "nM": Atom("nmol/L"),
    "pM": Atom("pmol/L"),
    "MJ": Atom("MJ"),
    "G": Atom("g", 0, "mass"),
    "mic": Atom("ug", 0, "mass"),
}

LIMITS: Final = ("ULN", "LLN")
"""Written in place of a unit behind a multiple: `2 ULN`."""


def _rows(table: str) -> list[tuple[str, list[str]]]:
    rows = [line.partition("|") for line in table.split("\n") if line.strip()]
    return [
        (code.strip(), words.replace(" ", "").split(",")) for code, _, words in rows
    ]


ATOMS: Final[dict[str, Atom]] = {
    word: Atom(code, 0, kind)
    for kind, table in _TABLE.items()
    for code, words in _rows(table)
    for word in words
}
"""Units by spelling in lower case."""

CASED: Final[dict[str, Atom]] = {
    **_CASED,
    **{limit: Atom(limit, 0, "limit") for limit in LIMITS},
}
"""Units whose case decides; looked up first."""

COUNTS: Final[dict[str, Atom]] = {
    word: Atom(code, 0, "container" if code.strip("{}") in CONTAINERS else "count")
    for word, code in ANNOTATIONS.items()
}
"""Counted things by spelling in lower case."""


def find_atom(word: str) -> Atom | None:
    """Look a word up.

    word (str): Spelling as it stands.
    RETURNS (Optional[Atom]): The unit or counted thing; None if it is neither.
    """
    atom = CASED.get(word)
    if atom is None:
        lower = word.casefold()
        atom = ATOMS.get(lower) or COUNTS.get(lower)
    return atom


def all_codes() -> frozenset[str]:
    """List the units that can be emitted by themselves.

    RETURNS (FrozenSet[str]): UCUM codes.
    """
    tables = (ATOMS, CASED, COUNTS)
    codes = {atom.code for table in tables for atom in table.values()}
    return frozenset(codes - {*LIMITS})
