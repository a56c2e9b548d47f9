"""What the commands share: options, text sources, files, errors."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from wasabi import msg

from .documents import EvaluationError

OUTPUT: Final = Path("evaluate/output")
Model = Annotated[str, typer.Argument(help="Folder or name of a pipeline.")]
On = Annotated[list[str], typer.Option(help="NAME=FILE.jsonl; repeatable.")]
Also = Annotated[
    list[str] | None, typer.Option(help="The same, left out if there is no file.")
]
Output = Annotated[Path, typer.Option(help="Folder to write to.")]
Seed = Annotated[int, typer.Option(help="Seed of the bootstrap.")]
Resamples = Annotated[int, typer.Option(help="Number of bootstrap draws.", min=1)]


def those_there(specifications: Sequence[str]) -> Iterator[str]:
    """Leave out, with a warning, pairs without a file.

    specifications (Sequence[str]): `NAME=FILE` pairs.
    YIELDS (str): Those whose file is there.
    """
    for specification in specifications:
        name, _, path = specification.partition("=")
        if Path(path).is_file():
            yield specification
        else:
            msg.warn(f"{name} is not scored: there is no {path}.")


def sources_of(on: Sequence[str], also: Sequence[str] | None) -> dict[str, Path]:
    """Join the sources that must be there with those that are.

    on (Sequence[str]): `NAME=FILE` pairs.
    also (Optional[Sequence[str]]): The same; left out with a warning if not there.
    RETURNS (Dict[str, Path]): Files by name of the text source.
    RAISES (EvaluationError): If a pair is wrong or a name occurs twice.
    """
    return parse_sources([*on, *those_there(also or [])])


def parse_sources(specifications: Sequence[str]) -> dict[str, Path]:
    """Read `NAME=FILE` pairs.

    specifications (Sequence[str]): The pairs.
    RETURNS (Dict[str, Path]): Files by name of the text source.
    RAISES (EvaluationError): If a pair has no name or file, or a name occurs twice.
    """
    sources: dict[str, Path] = {}
    for specification in specifications:
        name, _, path = specification.partition("=")
        if not name or not path:
            raise EvaluationError(f"--on '{specification}' is not NAME=FILE.jsonl.")
        if name in sources:
            raise EvaluationError(f"--on names '{name}' twice; name each source once.")
        sources[name] = Path(path)
    return sources


def write_report(
    output: Path, stem: str, result: dict[str, Any], markdown: str
) -> tuple[Path, ...]:
    """Write a result for programs and for people.

    output (Path): Folder, made if it is missing.
    stem (str): Name of the files without ending.
    result (Dict[str, Any]): Plain JSON types.
    markdown (str): The tables.
    RETURNS (Tuple[Path, ...]): The JSON and the Markdown file.
    """
    output.mkdir(parents=True, exist_ok=True)
    json_path, markdown_path = output / f"{stem}.json", output / f"{stem}.md"
    text = json.dumps(result, indent=2, ensure_ascii=False) + "\n"
    json_path.write_text(text, encoding="utf8")
    markdown_path.write_text(markdown, encoding="utf8")
    return json_path, markdown_path


@contextmanager
def user_errors() -> Iterator[None]:
    """Turn what the user can mend into one line and exit code 1."""
    try:
        yield
    except EvaluationError as error:
        msg.fail(str(error))
        raise typer.Exit(1) from error


def say_written(paths: Sequence[Path]) -> None:
    """Name the files that were written.

    paths (Sequence[Path]): The files.
    """
    if paths:
        msg.good(f"Wrote {', '.join(str(path) for path in paths)}")
