"""Short forms of what every test of the loop does."""

from rest import Rest
from typer.testing import CliRunner

from corpus.annotation import AnnotatedRecord
from corpus.correct.cli import app
from corpus.correct.confirmed import PullReport, assemble
from corpus.correct.examples import content
from corpus.correct.parts import cut_record
from corpus.correct.push import push
from corpus.correct.repair import read_examples
from corpus.correct.session import Session
from corpus.layout import Layout

Records = list[AnnotatedRecord]
MAX = 3000


def push_some(session: Session, records: Records, name: str) -> int:
    return push(session, records, name=name, model="toy 1", max_chars=MAX).project


def pull(session: Session, records: Records, project: int) -> PullReport:
    return assemble(records, read_examples(session, project), max_chars=MAX)


def is_whole(session: Session, records: Records, project: int) -> bool:
    """Whether each record is there once, as it was sent."""
    there = sorted(read_examples(session, project), key=lambda e: e.key)
    return [content(e.part) for e in there] == [
        content(part) for r in records for part in cut_record(r)
    ]


def forget_pushes(rest: Rest, project: int) -> None:
    """Make all pushes look as if they had never been read back."""
    for tag in rest.call("GET", f"projects/{project}/tags").json():
        rest.call("DELETE", f"projects/{project}/tags/{tag['id']}")


def run_correct(layout: Layout, *arguments: str, code: int = 0) -> str:
    """Run a command of the loop, check how it ends, and unwrap what it prints."""
    result = CliRunner().invoke(app, [*arguments, "--corpus", str(layout.root)])
    assert result.exit_code == code, result.output
    return " ".join(result.output.split())
