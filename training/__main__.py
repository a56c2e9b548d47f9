"""The command line: `python -m training`."""

from pathlib import Path
from typing import Annotated

import typer
from wasabi import msg

from training.package import PackageError, build_wheel, find_wheel
from training.vectors import pack_vectors, unpack_vectors
from training.verify import verify_wheel

DATA = Path(__file__).parent / "data"
PACKED = DATA / "registry.floret.npz"

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.command("vectors")
def vectors_cli(
    target: Annotated[Path, typer.Argument(help="Folder to write.")],
    source: Annotated[Path, typer.Option(help="Packed vectors.")] = PACKED,
) -> None:
    """Unpack the word vectors for `[initialize] vectors` of a config."""
    unpack_vectors(source, target)
    msg.good(f"Vectors: {target}")


@app.command("pack-vectors")
def pack_vectors_cli(
    source: Annotated[Path, typer.Argument(help="floret's text output, or its gzip.")],
    target: Annotated[Path, typer.Option(help="File to write.")] = PACKED,
) -> None:
    """Store a floret table with 8 bits a value."""
    pack_vectors(source, target)
    msg.good(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


@app.command("package")
def package_cli(
    model: Annotated[Path, typer.Argument(help="Folder of the trained pipeline.")],
    scores: Annotated[Path, typer.Option(help="entities.json of the evaluation.")],
    output: Annotated[Path, typer.Option(help="Folder for the wheel.")],
) -> None:
    """Build one wheel of code and trained pipeline, with its model card."""
    try:
        wheel = build_wheel(model, scores=scores, output=output)
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
