"""Fetch the texts of registry records that aren't at hand yet."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from en_trial_registry.readers import read_bytes
from en_trial_registry.records import RecordError

from corpus.api import ApiError, RegistryApi
from corpus.external import ExternalText, append_text, mend, read_texts
from corpus.layout import Layout
from corpus.stored import read_stored
from corpus.words import hash_text

# A server that fails so many times in a row is down; asking on would be no use.
FAILURES_IN_A_ROW: Final = 3

OnDone = Callable[[int], object]


@dataclass
class FetchReport:
    """What a run of fetching did.

    present (int): Records whose text was there before.
    fetched (list[str]): Records fetched now.
    changed (list[str]): Of these, those whose text is not the annotated one.
    not_found (list[str]): Records that the registry doesn't have.
    failed (dict[str, str]): Why others could not be fetched, by record.
    stopped (str): Why the run ended before its last record, empty if it didn't.
    """

    present: int = 0
    fetched: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    not_found: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    stopped: str = ""


def plan(*, layout: Layout) -> tuple[list[str], int]:
    """Tell which registry records have no text yet.

    layout (Layout): Where the corpus lies.
    RETURNS (tuple[list[str], int]): Their ids, and how many do have one.
    """
    ids = [record.id for record in read_stored(layout.stored("registry"))]
    texts = read_texts(layout.external("registry"))
    missing = [record_id for record_id in ids if record_id not in texts]
    return missing, len(ids) - len(missing)


def fetch(
    *,
    layout: Layout,
    api: RegistryApi,
    batch_size: int = 1,
    on_done: OnDone = lambda count: None,
) -> FetchReport:
    """Fetch missing texts, each stored before the next request.

    layout (Layout): Where the corpus lies.
    api (RegistryApi): The client.
    batch_size (int): Records per request: 1 asks for each by its id, more use the list.
    on_done (OnDone): Called with the number of records that were dealt with.
    RETURNS (FetchReport): What was fetched and what wasn't.
    """
    ids, present = plan(layout=layout)
    report = FetchReport(present=present)
    hashes = {r.id: r.sha256 for r in read_stored(layout.stored("registry"))}
    mend(layout.external("registry"))
    in_a_row = 0
    for start in range(0, len(ids), batch_size):
        batch = ids[start : start + batch_size]
        try:
            _fetch_batch(batch, hashes, layout=layout, api=api, report=report)
            in_a_row = 0
        except ApiError as error:
            left = [i for i in batch if i not in report.fetched]
            report.failed.update(dict.fromkeys(left, str(error)))
            in_a_row += 1
        on_done(len(batch))
        if in_a_row == FAILURES_IN_A_ROW:
            rest = len(ids) - start - len(batch)
            report.stopped = (
                f"{in_a_row} failures in a row, {rest} records not asked for"
            )
            break
    return report


def _fetch_batch(
    batch: Sequence[str],
    hashes: Mapping[str, str],
    *,
    layout: Layout,
    api: RegistryApi,
    report: FetchReport,
) -> None:
    """Fetch and store some records, and note each in the report."""
    left = set(batch)
    for study in _ask(batch, api):
        record_id = study_id(study)
        if record_id not in left:
            raise ApiError(f"asked for {', '.join(batch)}, the answer is {record_id}")
        left.discard(record_id)
        try:
            text = render(study, file=f"{api.base_url}/studies/{record_id}")
        except RecordError as error:
            report.failed[record_id] = str(error)
            continue
        append_text(layout.external("registry"), record_id, text)
        report.fetched.append(record_id)
        if hash_text(text.text) != hashes[record_id]:
            report.changed.append(record_id)
    report.not_found += sorted(left)


def _ask(batch: Sequence[str], api: RegistryApi) -> Iterator[dict[str, Any]]:
    if len(batch) > 1:
        yield from api.studies(batch, page_size=len(batch))
    elif (study := api.study(batch[0])) is not None:
        yield study


def study_id(study: Mapping[str, Any]) -> str:
    """Read the number of a study.

    study (Mapping[str, Any]): A study as the API gives it.
    RETURNS (str): Its registry number.
    RAISES (ApiError): If it has none.
    """
    try:
        return str(study["protocolSection"]["identificationModule"]["nctId"])
    except (KeyError, TypeError):
        raise ApiError("the answer holds a study without nctId") from None


def render(study: Mapping[str, Any], *, file: str) -> ExternalText:
    """Render a study as text.

    study (Mapping[str, Any]): A study as the API gives it.
    file (str): Its address, for error messages and as the origin of the text.
    RETURNS (ExternalText): The rendered record.
    RAISES (RecordError): If it can't be read.
    """
    for record in read_bytes(json.dumps(study).encode("utf-8"), file=file):
        return ExternalText(record.text, file)
    raise RecordError("holds no record", file=file)
