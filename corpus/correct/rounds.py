"""Files of the rounds of correction; none of them is kept in git."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from corpus.annotation import CorpusError
from corpus.correct.confirmed import Confirmed
from corpus.correct.push import Notes
from corpus.jsonl import annotated_row, parse_annotated, read_jsonl, take, write_jsonl
from corpus.layout import Layout

PROVENANCE: Final = ("annotators", "confirmed_at")


@dataclass(frozen=True)
class Settings:
    """How the records of a round were sent, which pulling them has to know.

    model (str): What predicted the annotation.
    max_chars (int): Length from which on a record is shown in parts.
    notes (Notes | None): If not None, only the parts that it names are shown.
    """

    model: str
    max_chars: int
    notes: Notes | None = None


@dataclass(frozen=True)
class Round:
    """Where the files of one round lie.

    layout (Layout): Where the corpus lies.
    name (str): Name of the round, and of its doccano project.
    """

    layout: Layout
    name: str

    @property
    def folder(self) -> Path:
        """The folder of the round."""
        if not self.name or set(self.name) & set("/\\\0") or self.name[0] == ".":
            raise CorpusError(
                f"round {self.name!r}", "can't be a folder", "Use letters and digits"
            )
        return self.layout.output / "correct" / self.name

    @property
    def pushed(self) -> Path:
        """Records as they were sent."""
        return self.folder / "pushed.jsonl"

    @property
    def settings(self) -> Path:
        """`Settings`, one object."""
        return self.folder / "round.jsonl"

    def write_settings(self, settings: Settings) -> None:
        """Keep what a pull has to know.

        settings (Settings): How the records are sent.
        """
        write_jsonl(self.settings, [asdict(settings)])

    def read_settings(self) -> Settings:
        """Read what `write_settings` wrote.

        RETURNS (Settings): How the records were sent.
        RAISES (CorpusError): If the round was never pushed.
        """
        if not self.settings.exists():
            raise CorpusError(
                f"round {self.name!r}",
                f"was never pushed from this corpus ({self.settings} is missing)",
                f"Push it first: python -m corpus.correct push {self.name}",
            )
        ((place, row),) = read_jsonl(self.settings)
        model = take(row, "model", str, place)
        return Settings(model, take(row, "max_chars", int, place), row.get("notes"))

    @property
    def confirmed(self) -> Path:
        """Records that annotators are done with."""
        return self.folder / "confirmed.jsonl"

    @property
    def changes(self) -> Path:
        """What they changed."""
        return self.folder / "changes.jsonl"


def write_confirmed(path: Path, confirmed: Iterable[Confirmed]) -> None:
    """Write records with who confirmed them and when.

    path (Path): File to write.
    confirmed (Iterable[Confirmed]): The records.
    """
    write_jsonl(
        path,
        (
            annotated_row(done.record)
            | {"annotators": list(done.annotators), "confirmed_at": done.confirmed_at}
            for done in confirmed
        ),
    )


def read_confirmed(path: Path) -> list[Confirmed]:
    """Read what `write_confirmed` wrote.

    path (Path): JSON lines.
    RETURNS (list[Confirmed]): In file order.
    RAISES (CorpusError): At the first record that can't be read.
    """
    if not path.exists():
        raise CorpusError(
            str(path), "is missing", "Pull the round: python -m corpus.correct pull"
        )
    result = []
    for place, row in read_jsonl(path):
        who = tuple(take(row, "annotators", list, place))
        when = take(row, "confirmed_at", str, place)
        plain = {k: v for k, v in row.items() if k not in PROVENANCE}
        result.append(Confirmed(parse_annotated(plain, place), who, when))
    return result
