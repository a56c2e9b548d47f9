"""Run one target for a while: `python -m tests.fuzz readers --seconds 1800`.

With atheris, inputs are led by coverage of the package's code; without, hypothesis
makes them. Ends with an error at the first input that fails, takes longer than 25
seconds or more than 4 GiB, which is written to the folder of --crashes.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated, Literal

import typer

from tests.fuzz import targets_by_name

PACKAGE = "en_trial_registry"


def main(
    target: Annotated[str, typer.Argument(help="Such as readers.")],
    seconds: Annotated[int, typer.Option(help="How long.")] = 60,
    engine: Annotated[Literal["atheris", "hypothesis"], typer.Option()] = "atheris",
    crashes: Annotated[Path, typer.Option()] = Path("tests/fuzz/output"),
) -> None:
    """Fuzz a target."""
    crashes.mkdir(parents=True, exist_ok=True)
    if engine == "atheris":
        with_atheris(target, seconds, crashes)
    else:
        typer.echo(f"{with_hypothesis(target, seconds):,} executions")


def with_atheris(name: str, seconds: int, crashes: Path) -> None:
    """Never returns: libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=[PACKAGE]):
        targets, seeds = targets_by_name()
    with tempfile.TemporaryDirectory() as corpus:
        for i, seed in enumerate(seeds(name)):
            (Path(corpus) / str(i)).write_bytes(seed)
        options = {
            "max_total_time": seconds,
            "timeout": 25,
            "rss_limit_mb": 4096,
            "max_len": 20_000,
            "print_final_stats": 1,
            "artifact_prefix": f"{crashes}/{name}-",
        }
        arguments = [f"-{key}={value}" for key, value in options.items()]
        atheris.Setup([sys.argv[0], *arguments, corpus], targets[name])
        atheris.Fuzz()


def with_hypothesis(name: str, seconds: int) -> int:
    """RETURNS (int): Number of executions."""
    from hypothesis import HealthCheck, Phase, given, settings

    from tests.fuzz.inputs import inputs

    targets, _ = targets_by_name()
    target, count, end = targets[name], 0, time.monotonic() + seconds
    checks = list(HealthCheck)
    phases = (Phase.generate, Phase.shrink)

    @settings(
        max_examples=1000,
        deadline=25_000,
        database=None,
        suppress_health_check=checks,
        phases=phases,
    )
    @given(inputs(name))
    def run(data: bytes) -> None:
        nonlocal count
        count += 1
        target(data)

    while time.monotonic() < end:
        run()
    return count


if __name__ == "__main__":
    typer.run(main)
