"""Reads units of amounts as UCUM: `mg/kg/day`, `cells per kg`, `mL/min/1.73 m2`."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from .scan import END, Token
from .unit_table import Atom, find_atom


class Unit(NamedTuple):
    """A unit that was read.

    code (str): UCUM code.
    exponent (int): Power of ten that goes into the number.
    divisor (float): What the number is divided by: `1 mg/0.4 mL`.
    kind (str): What its first factor measures; see `Atom`.
    substance (Optional[str]): Words that name what is measured: `protein`.
    """

    code: str
    exponent: int = 0
    divisor: float = 1.0
    kind: str = "other"
    substance: str | None = None


NO_UNIT: Final = Unit("1", kind="none")

_PER: Final = frozenset(("/", "per"))
_TIMES: Final = frozenset(("·", "*", "."))
_INVERSE: Final = ("-1", "m-2")
# Where an amount is given, or when; such words name no counted thing by themselves.
_PLACES: Final = frozenset(
    "arm breast ear eyelid foot hand joint knee leg lesion limb lung muscle nail side "
    "sitting tooth tumor tumour vein visit".split()
)
_COUNTED: Final = ("count", "container")
# Words that say of whom or what a weight is; they change no amount.
BODY_WORDS: Final = frozenset(
    "body bodyweight weight mass wt bw b.w. of ideal predicted actual lean dry birth "
    "current recipient patient donor's patient's surface area bsa adjusted pbw "
    "ibw".split()
)
# Words that begin something else than a name of the thing that is counted.
STOP_WORDS: Final = frozenset(
    "a an and or to of in on off x per each every times time by for from at with then "
    "above below over under before after during between the plus minus until via is "
    "into but not no if than as hold relative daily weekly twice once".split()
)


def read_unit(
    tokens: Sequence[Token], at: int, *, names: bool = False
) -> tuple[Unit, int] | None:
    """Read the unit that begins at a token.

    tokens (Sequence[Token]): Tokens of the text.
    at (int): Where the unit begins.
    names (bool): Whether an unknown word may name a counted thing.
    RETURNS (Optional[Tuple[Unit, int]]): The unit and where it ends; None if there is
        no unit.
    """
    reader = _UnitReader(tokens, at, names)
    return (reader.unit(), reader.at) if reader.read() else None


def _may_divide(atom: Atom) -> bool:
    """Limits of normal, and units that are rates themselves, stand first only."""
    return atom.kind != "limit" and "/" not in atom.code


class _UnitReader:
    def __init__(self, tokens: Sequence[Token], at: int, names: bool) -> None:
        self.tokens, self.at, self.start, self.names = tokens, at, at, names
        self.above: list[str] = []
        self.below: list[str] = []
        self.exponent, self.divisor, self.kind = 0, 1.0, "none"
        self.substance: str | None = None

    def unit(self) -> Unit:
        code = "/".join([".".join(self.above), *self.below])
        return Unit(code, self.exponent, self.divisor, self.kind, self.substance)

    def read(self) -> bool:
        if self.peek().lower not in _PER:
            found = self.atom(self.at, self.names)
            if found is None:
                return False
            self.at, atom = found
            self.above.append(atom.code)
            self.exponent, self.kind = atom.exponent, atom.kind
            if atom.kind == "limit":
                return True
        elif self.denominator():
            self.kind = "rate"
        else:
            return False
        while self.factor():
            pass
        return True

    def peek(self, ahead: int = 0) -> Token:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else END

    def factor(self) -> bool:
        """Read one more factor, or words that belong to the last."""
        token = self.peek()
        if token.lower in _PER or (token.lower == "in" and self.peek(1).number):
            return self.denominator()
        if token.text in _TIMES:
            return self.times(1)
        if token.text.endswith(_INVERSE):
            return self.times(0)
        if self.below and token.lower in BODY_WORDS:
            self.at += 1
            return True
        return token.is_word and self.named_substance()

    def times(self, skip: int) -> bool:
        """Read `·h`, `·kg-1`, or `kg-1` after a space."""
        word = self.peek(skip).text
        inverse = word.endswith(_INVERSE)
        atom = find_atom(word.replace("-1", "").replace("-2", "2"))
        if atom is None or not _may_divide(atom) or atom.kind in _COUNTED:
            return False
        if not inverse and self.below:
            return False
        (self.below if inverse else self.above).append(atom.code)
        self.at += skip + 1
        return True

    def denominator(self) -> bool:
        if self.peek(1).text in ("(", "["):
            return self.group()
        number = self.peek(1).number
        found = self.atom(self.at + (2 if number else 1), names=False)
        if found is None and (place := self.peek(1).lower) in _PLACES:
            found = self.at + 2, Atom("{" + place + "}", 0, "count")
        if found is None:
            return False
        end, atom = found
        if number and not self.count(number.value, atom):
            return False
        if not number:
            self.below.append(atom.code)
            self.exponent -= atom.exponent
        self.at = end
        return True

    def count(self, number: float, atom: Atom) -> bool:
        """Read `100 mL` or `1.73 m2` below the line."""
        if number == 1.73 and atom.code == "m2":
            self.below.append("{1.73_m2}")
        elif atom.kind == self.kind or number <= 0 or atom.kind == "other":
            return False
        elif atom.kind == "time" and self.above and self.above[0].endswith("Hz"):
            # `50 Hz/500 us` are a frequency and a width.
            return False
        elif number == 24 and atom.code == "h":
            self.below.append("d")
        elif number == 1:
            self.below.append(atom.code)
        elif number == int(number) and number < 1e6:
            self.below.append(f"({int(number)}.{atom.code})")
        else:
            self.below.append(atom.code)
            self.divisor *= number
        return True

    def group(self) -> bool:
        """Read `(kg·h)` below the line."""
        at, codes = self.at + 2, []
        while at + 1 < len(self.tokens):
            atom = find_atom(self.tokens[at].text)
            if atom is None or not _may_divide(atom):
                return False
            codes.append(atom.code)
            at += 2
            if self.tokens[at - 1].text in (")", "]"):
                self.below += codes
                self.at = at
                return True
            if self.tokens[at - 1].text not in _TIMES | {"x"}:
                return False
        return False

    def atom(self, at: int, names: bool) -> tuple[int, Atom] | None:
        """Look up the unit at a token, or the counted thing within three words."""
        words = []
        for token in self.tokens[at : at + 3]:
            if not token.is_word or token.lower in STOP_WORDS - {"time"}:
                break
            words.append(token)
            atom = find_atom(token.text)
            if atom is None:
                continue
            if not _may_divide(atom) and (self.below or at != self.start):
                break
            if len(words) > 1 and atom.kind not in _COUNTED:
                break
            return self.last_count(at + len(words), atom)
        return self.name(at, words) if names else None

    def last_count(self, end: int, atom: Atom) -> tuple[int, Atom]:
        """Prefer the head of a compound: `point` of `treatment point`."""
        after = find_atom(self.tokens[end].text) if end < len(self.tokens) else None
        if after and after.kind in _COUNTED and atom.kind in _COUNTED:
            return end + 1, after
        return end, atom

    def name(self, at: int, words: list[Token]) -> tuple[int, Atom] | None:
        """Take an unknown word as the name of what is counted."""
        end = at + len(words)
        more = self.tokens[end].lower if end < len(self.tokens) else ""
        last = words[-1].text if words else ""
        # A mixed case as in `mTl` is a unit that the table lacks.
        # but for acronyms in the plural: `MSCs`.
        plain = last[1:].islower() or last.isupper()
        plain |= len(last) > 3 and last[:-1].isupper() and last[-1] == "s"
        plain &= last.isascii() and last.isalpha() and len(last) > 2
        if not plain or len(words) > 2 or find_atom(last) or more not in _NAME_ENDS:
            return None
        if last.lower().removesuffix("s").endswith(_MEASURES):
            return None
        return end, Atom(
            "{" + (last if last[:-1].isupper() else last.lower()) + "}", 0, "count"
        )

    def named_substance(self) -> bool:
        """Read `protein` in `g protein/kg`, `g of protein per day`."""
        skip = int(self.peek().lower == "of")
        words: list[str] = []
        while (token := self.peek(skip + len(words))).is_word and len(words) < 4:
            if token.lower in _PER or find_atom(token.text):
                break
            words.append(token.text)
        bound = token.lower in _PER
        if not words or not bound or STOP_WORDS & {w.casefold() for w in words}:
            return False
        self.substance = " ".join(words)
        self.at += skip + len(words)
        return True


# `micgrams` is no counted thing but a spelling that the table lacks.
_MEASURES: Final = ("gram", "gramme", "liter", "litre", "mole", "tesla", "unit")
_NAME_ENDS: Final = frozenset(("", "/", "per", "of", "x", ",", "or", "and"))
