"""Fuzzing of whatever takes input from outside: `python -m tests.fuzz TARGET`."""

from collections.abc import Callable


def targets_by_name() -> tuple[
    dict[str, Callable[[bytes], None]], Callable[[str], list[bytes]]
]:
    """Import the targets late, so that a fuzzer can watch what they import.

    RETURNS (tuple): The targets by name, and what gives the seeds of one.
    """
    from tests.fuzz.targets import TARGETS, seeds

    return TARGETS, seeds
