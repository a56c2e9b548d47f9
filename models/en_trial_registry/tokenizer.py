"""The registry tokenizer: numbers, units, signs, ranges and slashes stand apart.

Rules of spaCy's English tokenizer stay, with infixes, prefixes and suffixes added so
that the spans annotators draw in registry text begin and end at token boundaries.
"""

import re
from collections.abc import Callable
from typing import Final

from spacy.lang.char_classes import (
    ALPHA,
    ALPHA_LOWER,
    ALPHA_UPPER,
    CONCAT_QUOTES,
    LIST_ELLIPSES,
    LIST_ICONS,
)
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_prefix_regex, compile_suffix_regex

UNITS: Final = (
    "mg|g|gm|gms|gr|kg|ug|µg|μg|mcg|ng|pg|mL|ml|dl|dL|cc|L|l|IU|U|mmol|mol|umol|µmol|"
    "μmol|nmol|mEq|ppm|min|mins|minutes?|sec|seconds?|s|h|hr|hrs|hours?|days?|d|wks?|"
    "weeks?|w|mos?|months?|years?|yrs?|y|Gy|cGy|MBq|mCi|J|W|Hz|kHz|MHz|mA|V|mmHg|cm|mm|"
    "nm|μm|µm|kcal|cells|tablets?|capsules?|times|fold|x|X|mgs|mls|units?"
)
COMPARATORS: Final = r"\\?[<>]=?"
SIGNS: Final = r"[≤≥≦≧⩽⩾±≈=×^;/\\~+®™©|•·_，；：（）、]"
DASHES: Final = r"[\-–—−‐‑]"
SPECIAL_CASES: Final = (
    "i.v.", "I.V.", "b.i.d.", "B.I.D.", "t.i.d.", "T.I.D.", "q.d.", "q.i.d.", "p.o.",
    "P.O.", "s.c.", "S.C.", "i.m.", "I.M.", "p.r.n.", "q.o.d.", "q.h.s.", "e.g.",
    "i.e.",     "vs.", "q.w.", "i.p.", "i.t.", "i.a.", "i.n.", "o.d.", "b.d.", "t.d.s.",
)  # fmt: skip


def _infixes() -> list[str]:
    unit = rf"(?:{UNITS})(?![A-Za-z])"
    return [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        COMPARATORS,
        SIGNS,
        r"[()\[\]{}]",
        rf"(?<=[0-9]){DASHES}(?=[0-9.])",
        rf"(?<=[0-9%°]){DASHES}(?=[0-9A-Za-z<>≤≥])",
        rf"(?<![qQ][0-9])(?<=[0-9])(?={unit})",
        r"(?<=[0-9])[xX*](?=[0-9U])",
        r"(?<=[0-9])(?=%)",
        r"(?<=%)(?=[A-Za-z0-9])",
        rf"(?<=[a-z]{{3}}){DASHES}(?=[0-9])",
        r"(?<=[a-z0-9)%])[.](?=[A-Z][a-z])",
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        r"(?<=[A-Za-z0-9)]):(?=[A-Za-z0-9(])",
        r"[\"“”]",
        r"(?<=[A-Za-z0-9]),(?=[(A-Za-z])",
        r"(?<=[A-Za-z]),(?=[0-9])",
        rf"(?<=[{ALPHA}®™)])(?:{DASHES})+(?=[{ALPHA}(])",
        rf"(?<=[{ALPHA}][0-9])(?:{DASHES})(?=[{ALPHA}]{{2}})",
        r"(?<=vs)\.(?=[A-Za-z])",
        r"(?<=[a-z]{2})\.(?=[0-9])",
        r"[–—]",
    ]


def _number_with_unit_suffixes() -> list[str]:
    return [
        rf"(?<![qQ][0-9])(?<=[0-9])(?:{UNITS})",
        r"(?<=[0-9])%",
        r"(?<!\.[A-Za-z])(?<=[A-Za-z0-9)\]%¹²³⁴⁵⁶⁷⁸⁹⁰])[.;:,]",
        SIGNS,
        COMPARATORS,
    ]


def create_tokenizer(nlp: Language) -> Tokenizer:
    """Build the registry tokenizer for a pipeline's vocabulary.

    nlp (Language): An English pipeline; its own rules are the base.
    RETURNS (Tokenizer): A tokenizer that saves and loads like spaCy's own.
    """
    defaults = nlp.Defaults
    rules = {
        text: forms
        for text, forms in (defaults.tokenizer_exceptions or {}).items()
        if not _hides_a_boundary(text)
    }
    rules |= {text: [{ORTH: text}] for text in SPECIAL_CASES}
    prefixes = [
        COMPARATORS,
        SIGNS,
        rf"{DASHES}+",
        r"[xX](?=[0-9])",
        *(defaults.prefixes or []),
    ]
    suffixes = [
        *(defaults.suffixes or []),
        *_number_with_unit_suffixes(),
        rf"{DASHES}+",
    ]
    return Tokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=re.compile("|".join(_infixes())).finditer,
    )


def _hides_a_boundary(text: str) -> bool:
    """Tell `10am`, `h.` and emoticons such as `8)` or `(=` from words."""
    unit_or_time = text[:1].isdigit() or re.fullmatch(r"[dghlmswxy]\.", text)
    return bool(unit_or_time or re.search(r"[^\w.'’ \n\t-]", text))


def make_registry_tokenizer() -> Callable[[Language], Tokenizer]:
    """Make the factory that `[nlp.tokenizer]` of a config names.

    RETURNS (Callable[[Language], Tokenizer]): Builds the tokenizer for a pipeline.
    """
    return create_tokenizer
