"""What every reader of times must keep, for any text; used by tests of each kind."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import product
from time import process_time
from typing import Any

from en_trial_registry.normalize.value import Reader
from hypothesis import strategies as st
from isodate import Duration, parse_duration

_COMMON = (
    *("1", "2", "3,5", "7", "14", "28", "0", "-3", "1.5", "two", "thirty-five", "½"),
    *("day", "days", "D", "week", "weeks", "wk", "month", "mo", "year", "y", "hours"),
    *("h", "min", "every", "each", "per", "of", "the", "a", "an", "in", "on", "at"),
    *("for", "to", "and", "or", "then", "until", "up to", "at least", "about", "~"),
    *(",", ";", "-", "–", "/", "(", ")", "+", "±", ":", ".", "≤", "x", "×", "\u00a0"),
    *("before", "after", "within", "following", "post", "pre", "surgery", "dose"),
    *("first", "second", "last", "next", "cycle", "course", "treatment", "visit"),
)
_LONG = 10_000
_SECONDS = 2.0


def texts(*words: str) -> st.SearchStrategy[str]:
    """Make any text, and words of a grammar in any order.

    *words (str): Words of the grammar besides those that all times share.
    RETURNS (SearchStrategy[str]): The texts.
    """
    pieces = st.lists(st.sampled_from((*_COMMON, *words)), max_size=10)
    glue = st.sampled_from((" ", "", " "))
    return st.one_of(st.text(max_size=60), st.builds(str.join, glue, pieces))


def long_texts(words: Sequence[str]) -> Iterator[str]:
    """List texts whose repeated words may send a pattern back many times.

    words (Sequence[str]): Words of a grammar.
    YIELDS (str): Texts that are just short enough to be read, and very long ones.
    """
    starts, ends = ("", "1 ", "for ", "day 1 "), ("", " §")
    for word, glue, length in product(words, (" ", ""), (396, _LONG)):
        for start, end in product(starts, ends):
            repeated = (word + glue) * (length // len(word + glue) + 1)
            yield (start + repeated)[: length - len(end)] + end


def check_speed(read: Reader, words: Sequence[str]) -> None:
    """Check that no repetition of words takes long.

    read (Reader): The reader.
    words (Sequence[str]): Words of its grammar.
    """
    for text in long_texts((*_COMMON, *words)):
        started = process_time()
        read(text)
        assert process_time() - started < _SECONDS, text[:60]


def check_reading(read: Reader, kind: str, text: str) -> dict[str, Any] | None:
    """Check that a reading is a plain value of its kind or a reason.

    read (Reader): The reader.
    kind (str): Its label.
    text (str): A text.
    RETURNS (Optional[Dict[str, Any]]): The value.
    """
    value, reason = read(text)
    assert (value is None) == (reason is not None)
    if value is None:
        assert reason and reason.strip()
        return None
    assert value["kind"] == kind
    assert len(value) > 1
    assert None not in value.values()
    assert json.loads(json.dumps(value, allow_nan=False)) == value
    return value


def length(span: str) -> timedelta:
    """Measure a span of time with isodate; fails if it is not ISO 8601.

    span (str): Text of the span.
    RETURNS (timedelta): Its length; a month has 30.4375 days.
    """
    read = parse_duration(span)
    months, rest = 0.0, read
    if isinstance(read, Duration):
        months, rest = float(read.years) * 12 + float(read.months), read.tdelta
    assert isinstance(rest, timedelta)
    return timedelta(days=months * 30.4375) + rest


def respace(text: str, wide: str) -> str:
    """Put wider space wherever a text has one, and around it.

    text (str): A text.
    wide (str): White space.
    RETURNS (str): The text with other white space.
    """
    return wide + wide.join(text.split()) + wide


def check_wording(read: Reader, text: str, expected: Mapping[str, Any]) -> None:
    """Check what a text is read as, however its words are spaced.

    read (Reader): The reader.
    text (str): The text.
    expected (Mapping[str, Any]): Keys of its value, None for those it must not have.
    """
    value = read(text).value
    assert value is not None
    assert {key: value.get(key) for key in expected} == expected
    assert read(text.replace(" ", "\n ")).value == value
