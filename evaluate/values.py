"""How often the readers of short strings are right: `python -m evaluate values`."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from .documents import EvaluationError
from .values_match import KEYS, OPTIONAL, Value, matches

ROW_KEYS: Final = frozenset(("label", "text", "value", "reason", "also"))


class ReadingLike(Protocol):
    """What a reader returns."""

    @property
    def value(self) -> dict[str, Any] | None:
        """RETURNS (Optional[Dict[str, Any]]): The value; None if it declines."""

    @property
    def reason(self) -> str | None:
        """RETURNS (Optional[str]): Why it declines."""


Reader = Callable[[str], ReadingLike]


@dataclass(frozen=True)
class GoldValue:
    """A string and what it means.

    label (str): Kind of entity.
    text (str): The string.
    value (Optional[Value]): The right value; None if there is none.
    also (Tuple[Optional[Value], ...]): Other answers that are right too.
    """

    label: str
    text: str
    value: Value | None
    also: tuple[Value | None, ...] = ()

    @property
    def answers(self) -> tuple[Value | None, ...]:
        """RETURNS (Tuple[Optional[Value], ...]): Everything that is right."""
        return (self.value, *self.also)

    @property
    def asked(self) -> bool:
        """RETURNS (bool): Whether there is a value and declining is no answer."""
        return None not in self.answers


@dataclass(frozen=True)
class Miss:
    """A wrong value, or none where there is one; its reason, if the reader declined."""

    gold: GoldValue
    given: Value | None
    reason: str | None


@dataclass
class ValueCounts:
    """Outcomes of one kind.

    n (int): Strings.
    asked (int): Strings that have a value.
    answered (int): Of these, strings that a value was given for, right or wrong.
    right (int): Given values that are right.
    wrong (int): Given values that are not.
    declined_rightly (int): Strings without a value where none was given.
    misses (List[Miss]): Wrong values, and values not given.
    """

    n: int = 0
    asked: int = 0
    answered: int = 0
    right: int = 0
    wrong: int = 0
    declined_rightly: int = 0
    misses: list[Miss] = field(default_factory=list)

    @property
    def given(self) -> int:
        """RETURNS (int): Values given."""
        return self.right + self.wrong

    def add(self, gold: GoldValue, given: Value | None, reason: str | None) -> None:
        """Count one string.

        gold (GoldValue): The string and its right values.
        given (Optional[Value]): The reader's value.
        reason (Optional[str]): Why it gave none.
        """
        good = any(matches(gold.label, answer, given) for answer in gold.answers)
        self.n += 1
        self.asked += gold.asked
        self.answered += gold.asked and given is not None
        self.right += good and given is not None
        self.wrong += not good and given is not None
        self.declined_rightly += good and given is None
        if not good:
            self.misses.append(Miss(gold, given, reason))


def score_values(path: Path, readers: Mapping[str, Reader]) -> dict[str, ValueCounts]:
    """Compare what readers make of strings with their right values.

    path (Path): JSON lines with `label`, `text`, `value`.
    readers (Mapping[str, Reader]): Reader of each kind in the file.
    RETURNS (Dict[str, ValueCounts]): Outcomes of each kind, in the order of the schema.
    RAISES (EvaluationError): If the file can't be read or a kind has no reader.
    """
    counts: dict[str, ValueCounts] = {}
    for gold in read_values(path):
        if gold.label not in readers:
            raise EvaluationError(
                f"{path}: no reader for {gold.label} ('{gold.text}'); there are "
                f"{', '.join(sorted(readers))}."
            )
        reading = readers[gold.label](gold.text)
        counts.setdefault(gold.label, ValueCounts()).add(
            gold, reading.value, reading.reason
        )
    return {label: counts[label] for label in KEYS if label in counts}


def read_values(path: Path) -> tuple[GoldValue, ...]:
    """Read strings with their right values.

    path (Path): JSON lines; see corpus/values/README.md.
    RETURNS (Tuple[GoldValue, ...]): In file order.
    RAISES (EvaluationError): If the file is missing or empty, or a line is wrong.
    """
    if not path.is_file():
        raise EvaluationError(f"{path} is missing; it is part of the checkout.")
    lines = path.read_text(encoding="utf8").split("\n")
    values = tuple(
        _gold(line, f"{path}, line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip()
    )
    if not values:
        raise EvaluationError(f"{path} holds no value; restore it from the history.")
    return values


def _gold(line: str, where: str) -> GoldValue:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise EvaluationError(f"{where} is not JSON: {error}.") from error
    if not isinstance(row, dict) or not row.keys() >= {"label", "text", "value"}:
        raise EvaluationError(f"{where} needs label, text and value.")
    if unknown := sorted(row.keys() - ROW_KEYS):
        raise EvaluationError(f"{where}: unknown key {', '.join(unknown)}; remove it.")
    if row["label"] not in KEYS:
        raise EvaluationError(
            f"{where}: label '{row['label']}' has no values; use {', '.join(KEYS)}."
        )
    gold = GoldValue(
        row["label"], row["text"], row["value"], tuple(row.get("also", []))
    )
    for answer in gold.answers:
        _check_keys(gold, answer, where)
    if gold.value is None and not row.get("reason"):
        raise EvaluationError(f"{where}: '{gold.text}' has no value and no `reason`.")
    return gold


def _check_keys(gold: GoldValue, answer: Value | None, where: str) -> None:
    unknown = sorted((answer or {}).keys() - {*KEYS[gold.label], *OPTIONAL})
    if unknown or (answer is not None and not answer):
        raise EvaluationError(
            f"{where}: value of '{gold.text}' has {', '.join(unknown) or 'no key'}; "
            f"a {gold.label} has {', '.join(KEYS[gold.label])}."
        )
