"""The command line: `python -m evaluate.benchmark`."""

from pathlib import Path
from typing import Annotated

import typer
from wasabi import msg

from evaluate.benchmark.measure import measure
from evaluate.benchmark.report import benchmark_json, benchmark_markdown, ratio_lines
from evaluate.console import OUTPUT, Model, Output, say_written, user_errors
from evaluate.console import write_report as write
from evaluate.documents import read_documents
from evaluate.predict import load_pipeline
from evaluate.speed import read_texts


def benchmark_cli(
    model: Model,
    on: Annotated[Path, typer.Option(help="Gold records to read and score.")],
    transformer: Annotated[
        Path | None, typer.Option(help="Folder of a transformer pipeline.")
    ] = None,
    more: Annotated[
        list[Path] | None,
        typer.Option(help="Texts for growth with their number; repeatable."),
    ] = None,
    wheels: Annotated[Path, typer.Option(help="Folder of built wheels.")] = Path(
        "training/output/dist"
    ),
    output: Output = OUTPUT,
    rounds: Annotated[int, typer.Option(help="Rounds of each.", min=1)] = 6,
) -> None:
    """Time a pipeline beside the transformer and spaCy's default CNN, in one run."""
    with user_errors():
        result = measure(
            load_pipeline(model),
            model,
            on,
            read_documents(on),
            transformer=transformer,
            more=[text for path in more or [] for text in read_texts(path)],
            rounds=rounds,
            wheels=wheels,
        )
        paths = write(
            output, "benchmark", benchmark_json(result), benchmark_markdown(result)
        )
    for line in ratio_lines(result):
        msg.text(line)
    say_written(paths)


if __name__ == "__main__":
    typer.run(benchmark_cli)
