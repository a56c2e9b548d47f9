"""The command line: `python -m evaluate.peers`."""

from pathlib import Path
from typing import Annotated

import typer
from wasabi import msg

from evaluate.bootstrap import RESAMPLES, SEED
from evaluate.console import parse_sources, write_report
from evaluate.documents import EvaluationError, read_documents
from evaluate.peers.compare import compare
from evaluate.peers.environment import PEERS, TRANSFORMER, make_environment
from evaluate.peers.finders import other_peers, pipeline_peer, regular_peer
from evaluate.peers.report import peers_json, peers_markdown
from evaluate.predict import load_pipeline

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.command("setup")
def setup_cli(
    transformer: Annotated[
        bool, typer.Option(help="Also the environment of the transformer pipeline.")
    ] = False,
) -> None:
    """Make the environments of the peers."""
    for environment in (PEERS, TRANSFORMER) if transformer else (PEERS,):
        make_environment(environment)
        msg.good(f"{environment.folder} is ready")


@app.command("run")
def run_cli(
    model: Annotated[str, typer.Argument(help="Folder or name of a pipeline.")],
    train: Annotated[
        list[Path], typer.Option(help="Training records, for word lists; repeatable.")
    ],
    on: Annotated[list[str], typer.Option(help="NAME=FILE.jsonl; repeatable.")],
    transformer: Annotated[
        Path | None, typer.Option(help="Folder of a transformer pipeline.")
    ] = None,
    output: Annotated[Path, typer.Option(help="Folder to write to.")] = Path(
        "evaluate/output"
    ),
    rounds: Annotated[int, typer.Option(help="Rounds of each.", min=1)] = 3,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.")] = SEED,
    resamples: Annotated[int, typer.Option(help="Bootstrap draws.", min=1)] = RESAMPLES,
) -> None:
    """Let all peers read the same records; score and time them."""
    try:
        records = [record for path in train for record in read_documents(path)]
        ours = pipeline_peer(load_pipeline(model))
        with other_peers(records, transformer) as others:
            comparisons = compare(
                [ours, regular_peer(records), *others],
                parse_sources(on),
                rounds=rounds,
                seed=seed,
                resamples=resamples,
            )
    except EvaluationError as error:
        msg.fail(str(error), exits=1)
    paths = write_report(
        output, "peers", peers_json(comparisons), peers_markdown(comparisons)
    )
    msg.good(f"Wrote {', '.join(map(str, paths))}")


if __name__ == "__main__":
    app(prog_name="python -m evaluate.peers")
