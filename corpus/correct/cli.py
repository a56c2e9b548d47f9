"""Correct predictions in doccano: push, pull, merge, agreement, a server to try."""

import json
import signal
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from wasabi import msg

from corpus import report
from corpus.annotation import AnnotatedRecord, CorpusError
from corpus.correct import show
from corpus.correct.adjudicate import prepare_adjudication
from corpus.correct.agreement import measure_agreement
from corpus.correct.choose import most_uncertain, pick, score_records
from corpus.correct.confirmed import assemble
from corpus.correct.diff import Change
from corpus.correct.merge import merge
from corpus.correct.parts import MAX_CHARS
from corpus.correct.predict import load_model, model_version, predict_records
from corpus.correct.push import push
from corpus.correct.repair import read_examples
from corpus.correct.rounds import Round, Settings, read_confirmed, write_confirmed
from corpus.correct.server import run_server
from corpus.correct.session import Login, ask_login, open_session
from corpus.docbin import blank_pipeline
from corpus.jsonl import annotated_row, read_annotated, read_jsonl, write_jsonl
from corpus.layout import HERE, Layout

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)

# fmt: off
Root = Annotated[Path, typer.Option("--corpus", help="Corpus folder", file_okay=False)]
Name = Annotated[str, typer.Argument(help="Name of the round and its doccano project")]
Existing = Annotated[Path, typer.Argument(help="JSON lines", exists=True)]
MaxChars = Annotated[int, typer.Option(help="Length of a part", min=1)]
Annotators = Annotated[list[str] | None, typer.Option(help="Let in a user")]
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
    max_chars: MaxChars = MAX_CHARS,
    annotator: Annotators = None,
    corpus: Root = HERE,
) -> None:
    """Predict records and put them on the server; a second time changes nothing."""
    this = Round(Layout(corpus), name)
    if count and model is None:
        msg.fail("--count needs --model: nothing is uncertain without one", exits=1)
    with report.user_errors():
        login = ask_login()
        if this.settings.exists():
            msg.info(f"round {name} goes on with {this.pushed}")
        else:
            _prepare(this, records, model, count, scores, max_chars)
        _push(this, login, annotator or ())


def _prepare(
    this: Round,
    records: Path,
    model: str | None,
    count: int,
    scores: Path | None,
    max_chars: int,
) -> None:
    """Choose and predict the records of a new round."""
    chosen = [r for r in read_annotated(records) if r.split != "test"]
    version, sent = "as annotated", chosen
    if model is not None:
        nlp = load_model(model)
        if count:
            known = _read_scores(scores) if scores else score_records(nlp, chosen)
            chosen = pick(chosen, most_uncertain(known, count))
        version, sent = model_version(nlp), list(predict_records(nlp, chosen))
    _write_round(this, sent, Settings(version, max_chars))


def _read_scores(path: Path) -> dict[str, float]:
    scores = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(scores, dict):
        raise CorpusError(str(path), "not a JSON object", 'Write {"id": 0.5}')
    return {str(name): float(value) for name, value in scores.items()}


def _write_round(
    this: Round, records: Sequence[AnnotatedRecord], settings: Settings
) -> None:
    # Settings last: with them the round is taken for whole.
    write_jsonl(this.pushed, map(annotated_row, records))
    this.write_settings(settings)


def _push(this: Round, login: Login, annotators: Iterable[str]) -> None:
    """Send a round that was prepared, as it was."""
    settings, records = this.read_settings(), read_annotated(this.pushed)
    with open_session(login) as session:
        result = push(session, records, name=this.name, **vars(settings))
        for user in annotators:
            session.ask("member", project=result.project, username=user)
    show.show_push(result, records=len(records))


@app.command("pull")
def pull_cli(name: Name, corpus: Root = HERE) -> None:
    """Read what annotators confirmed, check it, and show what changed."""
    this = Round(Layout(corpus), name)
    with report.user_errors():
        settings, sent = this.read_settings(), read_annotated(this.pushed)
        with open_session(ask_login()) as session:
            session.ask("worker")
            project = session.ask("find", name=name)["id"]
            examples = read_examples(session, project)
        result = assemble(
            sent, examples, max_chars=settings.max_chars, shown=settings.notes
        )
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
        model = this.read_settings().model
        confirmed = read_confirmed(this.confirmed)
        changes = [Change(**row) for _, row in read_jsonl(this.changes)]
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
    push: Annotated[
        str | None, typer.Option(help="Put the disagreements on the server: a round")
    ] = None,
    max_chars: MaxChars = MAX_CHARS,
    annotator: Annotators = None,
    corpus: Root = HERE,
) -> None:
    """Compare two annotations of the same records; lay disagreements before a third."""
    with report.user_errors():
        one, other = ([d.record for d in read_confirmed(p)] for p in (first, second))
        result = measure_agreement(one, other, nlp=blank_pipeline())
        show.show_agreement(result)
        if disputed:
            rows = map(annotated_row, pick(one, result.disputed))
            write_jsonl(disputed, rows)
        if push and result.disagreements:
            this = Round(Layout(corpus), push)
            login = ask_login()
            if this.settings.exists():
                msg.info(f"round {push} goes on with {this.pushed}")
            else:
                _prepare_adjudication(this, one, other, max_chars)
            _push(this, login, annotator or ())


def _prepare_adjudication(
    this: Round,
    one: Sequence[AnnotatedRecord],
    other: Sequence[AnnotatedRecord],
    max_chars: int,
) -> None:
    found = prepare_adjudication(one, other, max_chars=max_chars)
    for relation in found.hidden:
        report.line("not shown, since its ends are in different parts", relation)
    model = "agreement of two annotators"
    _write_round(this, found.records, Settings(model, found.max_chars, found.notes))


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
