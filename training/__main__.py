"""The command line: `python -m training`."""

from pathlib import Path
from typing import Annotated

import typer
from wasabi import msg

from training.package import PackageError, build_wheel, find_wheel
from training.relations import build_pipeline
from training.vectors import pack_vectors, unpack_vectors
from training.verify import verify_wheel

DATA = Path(__file__).parent / "data"
VECTORS = DATA / "registry.floret.npz"

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.command("unpack")
def unpack_cli(
    output: Annotated[Path, typer.Argument(help="Folder to write to.")],
) -> None:
    """Unpack the word vectors for the configs."""
    unpack_vectors(VECTORS, output / "vectors")
    msg.good(str(output / "vectors"))


@app.command("pack")
def pack_cli(
    vectors: Annotated[Path, typer.Argument(help="floret's text output, or its gzip.")],
) -> None:
    """Put new word vectors into training/data."""
    pack_vectors(vectors, VECTORS)
    msg.good(f"{VECTORS}: {VECTORS.stat().st_size / 1e6:.1f} MB")


@app.command("relations")
def relations_cli(
    ner: Annotated[Path, typer.Argument(help="Folder of the trained NER pipeline.")],
    train: Annotated[Path, typer.Option(help="DocBin to learn from.")],
    dev: Annotated[
        list[Path], typer.Option(help="DocBins to choose and calibrate on.")
    ],
    output: Annotated[Path, typer.Option(help="Folder to write.")],
) -> None:
    """Add scores, links and values to a NER pipeline; write the whole pipeline."""
    for path in (ner, train, *dev):
        if not path.exists():
            msg.fail(
                f"{path} is missing. Make it: python -m spacy project run all", exits=1
            )
    names = build_pipeline(ner, train=train, dev=dev, output=output)
    msg.good(f"{output}: {', '.join(names)}")


@app.command("package")
def package_cli(
    model: Annotated[Path, typer.Argument(help="Folder of the trained pipeline.")],
    scores: Annotated[Path, typer.Option(help="report.json of the evaluation.")],
    output: Annotated[Path, typer.Option(help="Folder for the wheel.")],
    values: Annotated[
        Path | None, typer.Option(help="values.json of the evaluation.")
    ] = None,
) -> None:
    """Build one wheel of code and trained pipeline, with its model card."""
    try:
        wheel = build_wheel(model, scores=scores, output=output, values=values)
    except PackageError as error:
        msg.fail(str(error), exits=1)
    msg.good(f"{wheel}: {wheel.stat().st_size / 1e6:.1f} MB")


@app.command("verify")
def verify_cli(
    dist: Annotated[Path, typer.Argument(help="Folder of the wheel.")],
) -> None:
    """Install the wheel in a clean environment and use it from another folder."""
    try:
        for line in verify_wheel(find_wheel(dist)):
            msg.good(line)
    except PackageError as error:
        msg.fail(str(error), exits=1)


if __name__ == "__main__":
    app(prog_name="python -m training")
