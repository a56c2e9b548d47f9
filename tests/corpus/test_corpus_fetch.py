import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from registry_server import RegistryServer, serving

from corpus.annotation import AnnotatedRecord
from corpus.api import ApiError, RegistryApi, parse_retry_after
from corpus.external import read_texts
from corpus.fetch import fetch, plan
from corpus.layout import Layout
from corpus.stored import strip_text, write_stored

ROOT = Path(__file__).parents[2]
IDS = [f"NCT9900000{i}" for i in range(6)]


def study(nct_id: str, summary: str = "Keepers take chalk.") -> dict[str, Any]:
    return {
        "protocolSection": {
            "identificationModule": {"nctId": nct_id, "briefTitle": "Chalk at sea"},
            "descriptionModule": {"briefSummary": summary},
        },
        "hasResults": False,
    }


def rendered(nct_id: str) -> str:
    return f"{nct_id}\nChalk at sea\n\nBrief summary\nKeepers take chalk.\n"


@pytest.fixture
def wanted(tmp_path: Path) -> Layout:
    """Annotation of six records, none of which has its text."""
    layout = Layout(tmp_path / "corpus")
    records = [AnnotatedRecord(i, rendered(i), split="train") for i in IDS]
    write_stored(layout.stored("registry"), [strip_text(r) for r in records])
    return layout


@pytest.fixture
def server() -> Iterator[RegistryServer]:
    with serving({i: study(i) for i in IDS}) as running:
        yield running


class Clock:
    """Notes how long the client would have slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(server: RegistryServer, clock: Clock) -> Iterator[RegistryApi]:
    client = RegistryApi(server.url, rate=1e6, attempts=3, timeout=5, sleep=clock)
    yield client
    client.close()


def pauses(clock: Clock) -> list[float]:
    """The waits that are not those of the rate."""
    return [seconds for seconds in clock.slept if seconds > 0.01]


def test_every_missing_record_is_fetched_by_its_id(
    wanted: Layout, server: RegistryServer, api: RegistryApi
) -> None:
    done: list[int] = []
    report = fetch(layout=wanted, api=api, on_done=done.append)
    assert (report.fetched, report.changed, report.failed) == (IDS, [], {})
    assert server.asked == dict.fromkeys(IDS, 1)
    assert done == [1] * 6
    texts = read_texts(wanted.external("registry"))
    assert {i: t.text for i, t in texts.items()} == {i: rendered(i) for i in IDS}
    assert texts[IDS[0]].origin == f"{server.url}/studies/{IDS[0]}"


def test_what_is_there_is_not_asked_for_again(
    wanted: Layout, server: RegistryServer, api: RegistryApi
) -> None:
    fetch(layout=wanted, api=api)
    server.asked.clear()
    again = fetch(layout=wanted, api=api)
    assert (again.present, again.fetched, server.asked) == (6, [], {})
    assert plan(layout=wanted) == ([], 6)


def test_batches_go_over_the_paged_list(
    wanted: Layout, server: RegistryServer, api: RegistryApi
) -> None:
    server.page_limit = 2
    del server.studies[IDS[1]]
    report = fetch(layout=wanted, api=api, batch_size=4)
    assert sorted(report.fetched) == [IDS[0], *IDS[2:]]
    assert report.not_found == [IDS[1]]
    # Three studies of the first four in pages of two, then the last two in one.
    assert server.asked == {"|".join(IDS[:4]): 2, "|".join(IDS[4:]): 1}


def test_a_record_that_the_registry_lacks_is_reported(
    wanted: Layout, server: RegistryServer, api: RegistryApi, clock: Clock
) -> None:
    del server.studies[IDS[2]]
    report = fetch(layout=wanted, api=api)
    assert (report.not_found, len(report.fetched)) == ([IDS[2]], 5)
    assert server.asked[IDS[2]] == 1
    assert pauses(clock) == []


@pytest.mark.parametrize(
    ("fault", "pause"),
    [
        (("status", (429, {"Retry-After": "7"})), 7.0),
        (("status", (503, {"Retry-After": "soon"})), 1.0),
        (("status", (500, {})), 1.0),
        (("truncate", None), 1.0),
        (("body", b'{"protocolSection": '), 1.0),
    ],
)
def test_a_passing_fault_is_waited_out(
    wanted: Layout,
    server: RegistryServer,
    api: RegistryApi,
    clock: Clock,
    fault: tuple[str, Any],
    pause: float,
) -> None:
    server.faults[IDS[3]] = [fault]
    report = fetch(layout=wanted, api=api)
    assert (report.fetched, report.failed) == (IDS, {})
    assert server.asked[IDS[3]] == 2
    assert pauses(clock) == [pause]


def test_a_server_that_stalls_is_asked_again(
    wanted: Layout, server: RegistryServer, api: RegistryApi, clock: Clock
) -> None:
    api.timeout = 0.2
    server.faults[IDS[0]] = [("stall", None)]
    assert fetch(layout=wanted, api=api).fetched == IDS
    assert pauses(clock) == [1.0]


def test_pauses_double_and_end(
    server: RegistryServer, api: RegistryApi, clock: Clock
) -> None:
    server.faults[IDS[0]] = [("status", (500, {}))] * 3
    with pytest.raises(ApiError, match=f"{IDS[0]}: status 500, after 3 attempts"):
        api.study(IDS[0])
    assert pauses(clock) == [1.0, 2.0]


def test_a_server_that_asks_for_a_long_rest_is_left_alone(
    server: RegistryServer, api: RegistryApi, clock: Clock
) -> None:
    server.faults[IDS[0]] = [("status", (429, {"Retry-After": "3600"}))]
    with pytest.raises(ApiError, match="asks to wait 3600 s"):
        api.study(IDS[0])
    assert (pauses(clock), server.asked[IDS[0]]) == ([], 1)


def test_one_failure_does_not_stop_the_others(
    wanted: Layout, server: RegistryServer, api: RegistryApi
) -> None:
    server.faults[IDS[1]] = [("status", (403, {}))]
    server.studies[IDS[4]] = study(IDS[5])
    server.studies[IDS[2]] = study(IDS[2], summary="Keepers take <b>chalk</b>.")
    report = fetch(layout=wanted, api=api)
    assert report.fetched == [IDS[0], IDS[3], IDS[5]]
    assert list(report.failed) == [IDS[1], IDS[2], IDS[4]]
    assert "status 403" in report.failed[IDS[1]]
    assert "HTML" in report.failed[IDS[2]]
    assert f"asked for {IDS[4]}, the answer is {IDS[5]}" in report.failed[IDS[4]]
    assert report.stopped == ""


def test_a_server_that_is_down_stops_the_run(
    wanted: Layout, server: RegistryServer, api: RegistryApi
) -> None:
    for nct_id in IDS[1:]:
        server.faults[nct_id] = [("status", (500, {}))] * 9
    report = fetch(layout=wanted, api=api)
    assert (report.fetched, list(report.failed)) == (IDS[:1], IDS[1:4])
    assert report.stopped == "3 failures in a row, 2 records not asked for"
    assert server.asked[IDS[4]] == 0


def test_a_changed_record_is_noted(
    wanted: Layout, server: RegistryServer, api: RegistryApi
) -> None:
    server.studies[IDS[0]] = study(IDS[0], summary="Keepers now take tea.")
    assert fetch(layout=wanted, api=api).changed == [IDS[0]]


@pytest.mark.parametrize("body", [b"[]", b'"no"', b'{"studies": 3}'])
def test_an_answer_of_another_shape_is_an_error(
    server: RegistryServer, api: RegistryApi, body: bytes
) -> None:
    server.faults["studies"] = [("body", body)]
    with pytest.raises(ApiError, match="no `studies`|not a JSON object"):
        list(api.studies(IDS[:2]))


def test_requests_keep_to_the_rate(
    server: RegistryServer, api: RegistryApi, clock: Clock
) -> None:
    api.rate = 0.5
    for nct_id in IDS[:3]:
        api.study(nct_id)
    # Nobody slept in truth, so the third request is due 4 s after the first.
    assert clock.slept == [pytest.approx(2, abs=0.5), pytest.approx(4, abs=0.5)]


@pytest.mark.parametrize(
    ("value", "seconds"), [(None, None), ("12", 12.0), (" 0 ", 0.0), ("soon", None)]
)
def test_retry_after_is_read(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value) == seconds


def test_retry_after_may_be_a_date() -> None:
    later = datetime.now(timezone.utc) + timedelta(seconds=60)
    value = format_datetime(later, usegmt=True)
    assert parse_retry_after(value) == pytest.approx(60, abs=3)
    assert parse_retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0


def start(
    layout: Layout, server: RegistryServer, *, rate: float
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "corpus", "fetch", "--base-url", server.url]
    command += ["--rate", str(rate), "--corpus", str(layout.root)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_killed_run_is_taken_up_where_it_stood(
    wanted: Layout, server: RegistryServer
) -> None:
    store = wanted.external("registry")
    first = start(wanted, server, rate=4)
    for _ in range(600):
        if len(read_texts(store)) >= 2:
            break
        time.sleep(0.05)
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    there = set(read_texts(store))
    assert 2 <= len(there) < 6
    with store.open("ab") as file:
        file.write(b'{"id": "NCT99000005", "te')
    server.asked.clear()
    second = start(wanted, server, rate=1000)
    out, err = second.communicate()
    assert second.returncode == 0, err
    assert set(server.asked) == set(IDS) - there
    assert set(read_texts(store)) == set(IDS)
    assert f"{len(there)} texts were there" in out.decode()
    assert "record" in err.decode()
