"""Rules of all readers: their patterns are compiled late, so they are tried here."""

import re
from importlib.util import find_spec, module_from_spec
from pathlib import Path

import pytest
from en_trial_registry import normalize
from en_trial_registry.normalize import rewrite

MODULES = sorted(
    path.stem
    for path in Path(normalize.__file__).parent.glob("*.py")
    if re.search(r"\brewriter\(", path.read_text(encoding="utf-8"))
    and path.stem != "rewrite"
)


@pytest.mark.parametrize("module", MODULES)
def test_every_rule_compiles(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[rewrite.Rule] = []
    monkeypatch.setattr(rewrite, "rewriter", seen.extend)
    spec = find_spec(f"{normalize.__name__}.{module}")
    assert spec and spec.loader
    spec.loader.exec_module(module_from_spec(spec))
    assert seen
    for needles, pattern, to in seen:
        assert all(part.split() for part in needles.split("|")), pattern
        re.compile(pattern, re.IGNORECASE).sub(to, "")


def test_modules_with_rules_are_found() -> None:
    assert {"dose", "frequency_words", "time_frame_wordings"} <= set(MODULES)


def test_a_rule_waits_for_its_words() -> None:
    shorten = rewrite.rewriter([("a |b", r"\ba week", "1 week"), ("x", "[", "")])
    assert shorten("once A week") == "once 1 week"
    assert shorten("week") == "week"
    with pytest.raises(re.error):
        shorten("x")


def test_digits_of_needles_are_any_digits_of_a_text_first() -> None:
    shorten = rewrite.rewriter([("24|h 2", r"\b24 ?h\b", "1 d")])
    assert shorten("every 24h") == "every 1 d"
    assert shorten("every 35h, 24 h") == "every 35h, 1 d"
    assert shorten("every 35h") == "every 35h"


def test_words_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewrite, "_ALL", [])
    monkeypatch.setattr(rewrite, "_MOST_WORDS", 2)
    shorten = rewrite.rewriter([("week", r"\bweeks\b", "week")])
    (calls,) = rewrite._ALL
    for text in ("two weeks", "three weeks", "four weeks"):
        assert shorten(text) == text.removesuffix("s")
        assert 1 <= len(calls) <= 2
    normalize.forget()
    assert not calls
    assert shorten("two weeks") == "two week"
