"""Spellings of counted things, each with its UCUM annotation."""

from typing import Final

# Counted things: annotation | spellings; a plural in s is understood.
_COUNTS: Final = """
    cells | cell, msc, mscs, car-t, lymphocyte, lymphocytes, nuclei
    copies | copy, copies, cp, genome
    tablet | tablet, tab, tabs, tbl, tabl, table
    capsule | capsule, caps, cap, kapsule, kapsules, capsul
    softgel | softgel
    pill | pill
    puff | puff
    spray | spray
    actuation | actuation
    inhalation | inhalation
    vial | vial
    ampoule | ampoule, ampule, amp., amps
    syringe | syringe
    pen | pen
    sachet | sachet
    bag | bag
    bottle | bottle
    tube | tube
    carton | carton
    can | can
    cup | cup
    glass | glass, glasses
    scoop | scoop
    spoon | spoon
    tablespoon | tablespoon, tablespoonful, tbsp, tbs
    teaspoon | teaspoon, teaspoonful, tsp
    patch | patch, patches
    suppository | suppository, suppositories
    lozenge | lozenge
    respule | respule
    carpule | carpule
    cartridge | cartridge
    dose | dose, doses
    serving | serving
    portion | portion
    piece | piece
    part | part
    time | time, administration, adm
    injection | injection, inj
    infusion | infusion
    application | application
    session | session
    treatment | treatment
    cycle | cycle
    course | course
    fraction | fraction, fx
    repetition | repetition, reps, rep
    set | set
    round | round
    step | step
    breath | breath
    pulse | pulse, pulsation
    impulse | impulse
    shock | shock, sw, sws, shockwave
    contraction | contraction
    eye | eye
    nostril | nostril
    site | site
    point | point
    person | person, patient, subject, participant
    meal | meal
    particle | particle
    virus | virus, viruses
    bacteria | bacteria, bacterium, bacilli
    platelet | platelet
    neutrophil | neutrophil
    eosinophil | eosinophil
    leukocyte | leukocyte, leucocyte
    granulocyte | granulocyte
    erythrocyte | erythrocyte
    WBC | wbc
    RBC | rbc
    reticulocyte | reticulocyte
    PMN | pmn
    colony | colony, colonies
    parasite | parasite
    sperm | sperm, spermatozoa
    event | event
    body | body
"""

CONTAINERS: Final = frozenset(
    "tablet capsule softgel pill vial ampoule syringe pen sachet bag bottle tube "
    "carton can cup glass scoop spoon patch suppository lozenge respule carpule "
    "cartridge serving portion piece puff spray injection infusion".split()
)
"""Counted things that hold an amount each: `two 200 mg tablets`."""


def _plurals(word: str) -> tuple[str, ...]:
    return (word,) if word.endswith("s") else (word, word + "s")


def _annotations() -> dict[str, str]:
    rows = [line.partition("|") for line in _COUNTS.split("\n") if line.strip()]
    return {
        form: "{" + name.strip() + "}"
        for name, _, spellings in rows
        for word in spellings.replace(" ", "").split(",")
        for form in _plurals(word)
    }


ANNOTATIONS: Final[dict[str, str]] = _annotations()
"""Annotation by spelling in lower case."""
