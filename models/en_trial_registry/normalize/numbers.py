"""Numbers as registries write them: grouped digits, powers of ten, words, fractions."""

import html
import math
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

NUMBER_WORDS: Final[Mapping[str, int]] = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    word: number
    for number, word in zip(
        range(30, 100, 10),
        "thirty forty fifty sixty seventy eighty ninety".split(),
        strict=True,
    )
}
"""Words that are one number; `hundred` and `thousand` multiply, so stand apart."""

ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1
    )
}
MULTIPLIERS: Final = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9}
MAGNITUDES: Final = {**MULTIPLIERS, "mio": 6, "mln": 6, "k": 3}
FRACTION_WORDS: Final = {
    "half": ("0.5", 1),
    "one half": ("0.5", 1),
    "third": ("1", 3),
    "one third": ("1", 3),
    "two thirds": ("2", 3),
    "quarter": ("0.25", 1),
    "one quarter": ("0.25", 1),
    "one fourth": ("0.25", 1),
    "three quarters": ("0.75", 1),
    "three fourths": ("0.75", 1),
}
_FRACTION_SIGNS: Final = {
    "½": "1⁄2",
    "⅓": "1⁄3",
    "⅔": "2⁄3",
    "¼": "1⁄4",
    "¾": "3⁄4",
    "⅛": "1⁄8",
    "⅕": "1⁄5",
}
_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−－﹣", "-"),
        **dict.fromkeys("×✕✖⨯╳х", "x"),
        **dict.fromkeys("•∙⋅●∗･", "·"),
        **dict.fromkeys("µμ", "u"),
        **dict.fromkeys("～∼˜〜", "~"),
        **dict.fromkeys("≦⩽≲", "≤"),
        **dict.fromkeys("≧⩾≳", "≥"),
        **dict.fromkeys("’‘`´", "'"),
        **{"ˆ": "^", "＾": "^", "º": "°"},
        **{"＜": "<", "＞": ">", "＝": "=", "／": "/", "％": "%", "，": ",", "；": ";"},
        **{"（": "(", "）": ")", "：": ":", "㎡": "m2", "㎎": "mg", "㎏": "kg"},
        **{"㎖": "mL", "℃": "°C", "∶": ":"},
    }
)
_UPPER_DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_UPPER = re.compile(r"(?<=[0-9A-Za-z)])[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
# `mg\\m2`; before a sign it takes away the sign's meaning in Markdown: `\\>= 3`.
_BACKSLASH = re.compile(r"(?<=[^\W\d_])\\(?=[^\W_])")
_FRACTION = re.compile("[" + "".join(_FRACTION_SIGNS) + "]")

# Groups of three digits; a list without spaces (`25,50,100`) has no groups.
_GROUPED: Final = (
    r"(?<![0-9],)(?!0[,0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?!,[0-9])(?:\.[0-9]+)?"
    r"|(?<![.,0-9])(?!0)[0-9]{1,3}(?: (?!10[369] ?/)[0-9]{3})+(?![0-9])"
    r"(?![.,][0-9])(?! ?x)"
    r"|(?<![.,0-9])(?!0)[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9]|[.,][0-9])"
)
_LITERAL: Final = (
    rf"{_GROUPED}|(?<![0-9],)[0-9]+,[0-9]+(?!,?[0-9])|[0-9]+[.·][0-9]+|[0-9]+|\.[0-9]+"
)
_POWER: Final = (
    r" ?(?:[xX*·] ?)?10 ?(?:\^|\*\*) ?\(?\+?(?P<caret>-?[0-9]{1,2})\)?(?![0-9])"
    r"| ?[xX*·] ?10 ?(?:\*|[eE]\+?) ?(?P<sign>[0-9]{1,2})(?![0-9])"
    r"| ?[xX*·] ?10 ?\((?P<bracket>[0-9]{1,2})\)"
    r"| ?[xX*·] ?10(?P<lost>[2-9]|1[0-5])(?![0-9]|[.,][0-9])"
    r"| ?[xX*·] ?10 (?P<spaced>[2-9]|1[0-5])(?= ?/| cells?\b)"
    r"| 10(?P<bare>[369]|12)(?= ?/)"
)
NUMBER_PATTERN: Final = (
    r"(?P<power>10 ?(?:(?:\^|\*\*|\*) ?\(?(?P<exact>-?[0-9]{1,2})\)?"
    r"|[eE]\+?(?P<e10>[0-9]{1,2}))(?![0-9.,]))"
    r"|(?P<fraction>(?:[0-9]+ ?)?[0-9]⁄[1-9])"
    rf"|(?P<literal>{_LITERAL})"
    rf"(?:{_POWER}|[eE]\+?(?P<short>[0-9]{{1,2}})(?![0-9A-Za-z]))?"
    r"(?: ?(?P<magnitude>(?i:million|billion|thousand|mio|mln))s?\b|(?:(?<=[0-9])| )"
    r"(?P<kilo>K(?= ?/|$| )|k(?= ?/|$)))?"
)
"""Numerals, to be put in a larger pattern; groups are read by `number_of`."""

_NUMBER = re.compile(NUMBER_PATTERN, re.IGNORECASE)
_WORD_NUMBER = re.compile(r"[a-z]+(?:[ -][a-z]+)*", re.IGNORECASE)
LOST_CARET: Final = "10 with small digits behind it read as a power: the caret was lost"
_UNSURE: Final = ("lost", "spaced", "bare")
_EXPONENTS: Final = ("caret", "sign", "bracket", "short", *_UNSURE)
_TEN: Final = "10E{0} read as 10^{0}, not 10 x 10^{0}"


class Number(NamedTuple):
    """A number with its power of ten apart, so that a range can share the power.

    digits (str): Digits with a decimal point, maybe a sign.
    exponent (int): Power of ten.
    power (bool): Whether a power or a word for one (`million`) was written.
    flag (Optional[str]): How an ambiguous spelling was read.
    divisor (int): Denominator of a fraction.
    bare (bool): Whether it is a power of ten without a factor, as `10^6`.
    """

    digits: str
    exponent: int = 0
    power: bool = False
    flag: str | None = None
    divisor: int = 1
    bare: bool = False

    @property
    def value(self) -> int | float:
        """RETURNS (Union[int, float]): The number; infinite if it is too large."""
        return plain(float(f"{self.digits}e{self.exponent}") / self.divisor)


def plain(value: float) -> int | float:
    """Write whole numbers without a decimal point.

    value (float): A number.
    RETURNS (Union[int, float]): The same number.
    """
    return int(value) if abs(value) < 1e15 and value.is_integer() else value


def fold_text(text: str) -> str:
    """Write variants of signs, spaces, powers and fractions in one way.

    text (str): Text of an entity.
    RETURNS (str): Single spaces; `x`, `-`, `u` for micro; `10⁹` as `10^9`.
    """
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "\\" in text:
        text = _BACKSLASH.sub("/", text).replace("\\", " ")
    if not text.isascii():
        text = text.translate(_SIGNS)
        text = _FRACTION.sub(lambda match: _FRACTION_SIGNS[match[0]], text)
        text = _UPPER.sub(_caret, text)
    return " ".join(text.split())


def _caret(match: re.Match[str]) -> str:
    return "^" + match[0].translate(_UPPER_DIGITS)


def number_of(match: re.Match[str]) -> Number:
    """Read a match of `NUMBER_PATTERN`.

    match (re.Match): Match of a pattern that holds it.
    RETURNS (Number): The number.
    """
    literal = match["literal"]
    if literal == match[0]:
        return Number(_digits(literal))
    word = match["magnitude"] or match["kilo"]
    if literal is None:
        return _fraction(match["fraction"]) if match["fraction"] else _ten(match)
    exponent, flag = 0, None
    if (written := next(filter(None, match.group(*_EXPONENTS)), None)) is not None:
        exponent = int(written)
        flag = LOST_CARET if any(match.group(*_UNSURE)) else None
    power = exponent != 0 or word is not None
    if word:
        exponent += MAGNITUDES[word.casefold()]
    return Number(_digits(literal), exponent, power, flag)


def _ten(match: re.Match[str]) -> Number:
    flag = _TEN.format(match["e10"]) if match["e10"] else None
    exponent = int(match["e10"] or match["exact"])
    return Number("1", exponent, True, flag, bare=True)


def _fraction(text: str) -> Number:
    whole, _, rest = text.replace("⁄", "/").rpartition(" ")
    above, _, below = rest.partition("/")
    if not whole and len(above) > 1:
        whole, above = above[:-1], above[-1]
    return Number(str(int(whole or 0) * int(below) + int(above)), divisor=int(below))


def _digits(literal: str) -> str:
    if literal.isdigit():
        return literal
    literal = literal.replace(" ", "").replace("·", ".")
    if literal.count(".") > 1:
        return literal.replace(".", "")
    if "," in literal and re.fullmatch(
        r"(?!0)[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", literal
    ):
        return literal.replace(",", "")
    return literal.replace(",", ".")


def words_number(words: list[str]) -> Number | None:
    """Read number words.

    words (List[str]): For example `one hundred`, `twenty five`, in lower case.
    RETURNS (Optional[Number]): The number; None if they are no number.
    """
    if fraction := FRACTION_WORDS.get(" ".join(words)):
        return Number(fraction[0], divisor=fraction[1])
    if not words or "and" in (words[0], words[-1]):
        return None
    total = part = 0
    last = 100
    for word in words:
        if word in NUMBER_WORDS:
            number = NUMBER_WORDS[word]
            # `two ten` is no number, `twenty five` is.
            if last < 20 or number >= last or (last < 100 and number > 9):
                return None
            part, last = part + number, number
        elif word in MULTIPLIERS:
            size = 10 ** MULTIPLIERS[word]
            part = (part or 1) * size
            if size > 100:
                total, part = total + part, 0
            last = 100
        elif word != "and":
            return None
    power = any(word in MULTIPLIERS and word != "hundred" for word in words)
    return Number(str(total + part), power=power)


def read_number(text: str) -> int | float | None:
    """Read a text that is one number, in digits or words.

    text (str): For example `1,500`, `2.5 x 10^6`, `½`, `twenty-five`.
    RETURNS (Optional[Union[int, float]]): The number; None if it is no number.
    """
    text = fold_text(text)
    if match := _NUMBER.fullmatch(text):
        number: Number | None = number_of(match)
    elif _WORD_NUMBER.fullmatch(text):
        number = words_number(re.split("[ -]", text.casefold()))
    else:
        number = None
    return number.value if number and math.isfinite(number.value) else None
