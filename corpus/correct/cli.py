"""Correct predictions in doccano: push, pull, merge, agreement, a server to try."""

import json
import signal
import threading
from pathlib import Path
from typing import Annotated

import typer
from wasabi import msg

from corpus import report
from corpus.annotation import AnnotatedRecord, CorpusError
from corpus.correct import show
from corpus.correct.agreement import measure_agreement
from corpus.correct.choose import most_uncertain, pick, score_records
from corpus.correct.confirmed import assemble
from corpus.correct.diff import Change
from corpus.correct.parts import MAX_CHARS
from corpus.correct.predict import load_model, model_version, predict_records
from corpus.correct.push import push
from corpus.correct.repair import read_examples
from corpus.correct.rounds import Round, merge, read_confirmed, write_confirmed
from corpus.correct.server import run_server
from corpus.correct.session import ask_login, open_session
from corpus.docbin import blank_pipeline
from corpus.jsonl import annotated_row, read_annotated, read_jsonl, write_jsonl
from corpus.layout import HERE, Layout

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)

# fmt: off
Root = Annotated[Path, typer.Option("--corpus", help="Corpus folder", file_okay=False)]
Name = Annotated[str, typer.Argument(help="Name of the round and its doccano project")]
Existing = Annotated[Path, typer.Argument(help="JSON lines", exists=True)]
# fmt: on


@app.command("push")
def push_cli(
    name: Name,
    records: Annotated[Path, typer.Option(help="Records to choose from", exists=True)],
    model: Annotated[
        str | None, typer.Option(help="Pipeline that predicts; else as annotated")
    ] = None,
    count: Annotated[int, typer.Option(help="Take the most uncertain", min=0)] = 0,
    scores: Annotated[
        Path | None, typer.Option(help='JSON {"id": uncertainty}', exists=True)
    ] = None,
    max_chars: Annotated[int, typer.Option(help="Length of a part", min=1)] = MAX_CHARS,
    annotator: Annotated[list[str] | None, typer.Option(help="Let in a user")] = None,
    corpus: Root = HERE,
) -> None:
    """Predict records and put them on the server; a second time changes nothing."""
    this = Round(Layout(corpus), name)
    if count and model is None:
        msg.fail("--count needs --model: nothing is uncertain without one", exits=1)
    with report.user_errors():
        sent, version, max_chars = _prepare(
            this, records, model, count, scores, max_chars
        )
        with open_session(ask_login()) as session:
            result = push(session, sent, name=name, model=version, max_chars=max_chars)
            for user in annotator or ():
                session.ask("member", project=result.project, username=user)
    show.show_push(result, records=len(sent))


def _prepare(
    this: Round,
    records: Path,
    model: str | None,
    count: int,
    scores: Path | None,
    max_chars: int,
) -> tuple[list[AnnotatedRecord], str, int]:
    """Predict the records of a new round; an old one is sent as it was."""
    if this.settings.exists():
        msg.info(f"round {this.name} goes on with {this.pushed}")
        return (read_annotated(this.pushed), *_settings(this))
    chosen = [r for r in read_annotated(records) if r.split != "test"]
    version, sent = "as annotated", chosen
    if model is not None:
        nlp = load_model(model)
        if count:
            known = _read_scores(scores) if scores else score_records(nlp, chosen)
            chosen = pick(chosen, most_uncertain(known, count))
        version, sent = model_version(nlp), list(predict_records(nlp, chosen))
    write_jsonl(this.pushed, map(annotated_row, sent))
    write_jsonl(this.settings, [{"model": version, "max_chars": max_chars}])
    return sent, version, max_chars


def _read_scores(path: Path) -> dict[str, float]:
    scores = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(scores, dict):
        raise CorpusError(str(path), "not a JSON object", 'Write {"id": 0.5}')
    return {str(name): float(value) for name, value in scores.items()}


def _settings(this: Round) -> tuple[str, int]:
    ((_, row),) = read_jsonl(this.settings)
    return row["model"], row["max_chars"]


@app.command("pull")
def pull_cli(name: Name, corpus: Root = HERE) -> None:
    """Read what annotators confirmed, check it, and show what changed."""
    this = Round(Layout(corpus), name)
    with report.user_errors():
        sent = read_annotated(this.pushed)
        _, max_chars = _settings(this)
        with open_session(ask_login()) as session:
            project = session.ask("find", name=name)["id"]
            examples = read_examples(session, project)
        result = assemble(sent, examples, max_chars=max_chars)
        write_confirmed(this.confirmed, result.confirmed)
        write_jsonl(this.changes, (change.row() for change in result.changes))
    show.show_pull(result)
    if result.problems:
        raise typer.Exit(1)


@app.command("merge")
def merge_cli(name: Name, corpus: Root = HERE) -> None:
    """Take confirmed records into the corpus, with who, when and which model."""
    this = Round(Layout(corpus), name)
    with report.user_errors():
        confirmed = read_confirmed(this.confirmed)
        changes = [Change(**row) for _, row in read_jsonl(this.changes)]
        model, _ = _settings(this)
        entries = merge(
            confirmed, changes, round_name=name, model=model, layout=this.layout
        )
    msg.good(f"{len(entries)} records of round {name} are in the corpus")


@app.command("agreement")
def agreement_cli(
    first: Existing,
    second: Existing,
    disputed: Annotated[
        Path | None, typer.Option(help="Write records to adjudicate here")
    ] = None,
) -> None:
    """Compare two annotations of the same records."""
    with report.user_errors():
        one, other = ([d.record for d in read_confirmed(p)] for p in (first, second))
        result = measure_agreement(one, other, nlp=blank_pipeline())
        if disputed:
            rows = map(annotated_row, pick(one, result.disputed))
            write_jsonl(disputed, rows)
    show.show_agreement(result)


@app.command("server")
def server_cli(
    home: Annotated[Path, typer.Option(help="Folder of its database")],
    port: Annotated[int, typer.Option(help="Port on loopback")] = 8123,
) -> None:
    """Run a doccano server on this machine alone, until Ctrl+C."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with report.user_errors():
        login = ask_login()
        accounts = {login.user: {"password": login.password, "admin": True}}
        with run_server(home, accounts, port=port) as server:
            msg.good(f"doccano runs at {server.url}; log in as {login.user}")
            stopped.wait()
