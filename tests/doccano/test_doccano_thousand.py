import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rounds import MAX, Records, pull

from corpus.correct.push import PushReport, push
from corpus.correct.server import Server
from corpus.correct.session import Session
from corpus.layout import Layout
from corpus.load import load_authored

TICK = """
INSERT INTO examples_examplestate (example_id, confirmed_by_id, confirmed_at)
SELECT id, (SELECT id FROM auth_user WHERE username = 'ann'), '2026-01-01 00:00:00'
FROM examples_example WHERE project_id = ?
"""


def thousand_records() -> Records:
    """Take the authored corpus several times, each time under other ids."""
    records = load_authored(layout=Layout())
    copies = [replace(r, id=f"{r.id}-{n}") for n in range(10) for r in records]
    return copies[:1000]


def tick_all(server: Server, project: int) -> None:
    link = sqlite3.connect(server.home / "db.sqlite3", timeout=30)
    with link:
        link.execute(TICK, (project,))
    link.close()


@pytest.mark.slow
def test_a_thousand_records_are_pushed_and_pulled_in_one_go(
    session: Session, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    records = thousand_records()
    seconds: dict[str, float] = {}

    def timed(what: str, act: Callable[[], Any]) -> Any:
        started = time.monotonic()
        result = act()
        seconds[what] = time.monotonic() - started
        return result

    def send() -> PushReport:
        return push(session, records, name="1000", model="toy 1", max_chars=MAX)

    first = timed("push", send)
    assert len(first.uploaded) == first.parts >= 1000
    second = timed("second push", send)
    assert second.uploaded == second.repaired == second.removed == []
    tick_all(server, first.project)
    report = timed("pull", lambda: pull(session, records, first.project))
    assert report.problems == {} and report.pending == [] and report.changes == []
    assert [d.record for d in report.confirmed] == records
    entities = sum(len(record.entities) for record in records)
    with capsys.disabled():
        figures = ", ".join(f"{what} {value:.1f} s" for what, value in seconds.items())
        sys.stdout.write(
            f"\n1,000 records, {first.parts} parts, {entities} spans: {figures}\n"
        )
