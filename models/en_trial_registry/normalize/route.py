"""Reads routes of administration: `p.o.`, `intravenous (IV)`, `under the skin`."""

import re
from collections.abc import Iterator
from typing import Final

from .numbers import fold_text
from .snomed import ROUTES, Route
from .value import Reading, Unreadable, read_value

_POINTS = re.compile(r"\.(?= |$)|(?<=\b[a-z])\.(?=[a-z])")
_BRACKET = re.compile(r"^(?P<before>[^()\[\]]+?) ?[(\[](?P<inside>[^()\[\]]*)[)\]]$")
_BEFORE = re.compile(
    r"^(?:(?:via|by|through|per|as|for|given|administered|applied|into|in|the|an?|"
    r"injected|taken|single|continuous|slow|rapid|direct) )+"
)
_BEHIND = re.compile(
    r"(?: (?:route|routes|injections?|infusions?|administration|use|drip|bolus|push|"
    r"delivery|application|instillation|dosing|only|catheter|line|access))+$"
)
_AND = re.compile(r" (?:and/or|and|or) |/| & |, ?")
# Words that say neither way nor site.
_EMPTY: Final = frozenset(
    "inside internally externally other route unknown none na n/a not applicable "
    "various both each".split()
)


def read_route(text: str) -> Reading:
    """Read a route of administration.

    text (str): Text of a ROUTE entity.
    RETURNS (Reading): `name` (`other:` and the text where it is no known route) and,
        where a concept is sure, `snomed` (code) and `display` (its term).
    """
    return read_value("ROUTE", _read, text)


def _read(text: str) -> dict[str, str | None]:
    text = fold_text(text).strip(" .,;:-")
    key = _key(text)
    if not re.search(r"[^\W\d_]", text) or _EMPTY.issuperset(key.split()):
        raise Unreadable("says no way or site of entry")
    if route := _find(key):
        return {
            "name": route.name,
            "snomed": route.snomed,
            "display": route.display,
        }
    parts = {route.name for part in _AND.split(key) if (route := _find(part))}
    if len(parts) > 1:
        raise Unreadable(f"several routes: {', '.join(sorted(parts))}")
    return {"name": f"other:{text}"}


def _key(text: str) -> str:
    return " ".join(_POINTS.sub("", text.casefold()).split())


def _find(key: str) -> Route | None:
    return next((ROUTES[form] for form in _forms(key) if form in ROUTES), None)


def _forms(key: str) -> Iterator[str]:
    """List what a spelling may be looked up as: whole, without bracket, shortened."""
    yield key
    if match := _BRACKET.match(key):
        yield match["before"]
        key = match["before"]
    shorter = _BEFORE.sub("", key)
    yield shorter
    yield _BEHIND.sub("", key)
    yield _BEHIND.sub("", shorter)
