"""Values of entities: what a short text says as numbers, units, timings and codes."""

from collections.abc import Mapping
from typing import Final

from .dose import read_dose
from .duration import read_duration
from .frequency import forget_frequencies, read_frequency
from .rewrite import forget_words
from .route import read_route
from .threshold import read_threshold
from .time_frame import forget_time_frames, read_time_frame
from .value import Reader, Reading, Value

__all__ = [
    "READERS",
    "Reader",
    "Reading",
    "Value",
    "forget",
    "read_dose",
    "read_duration",
    "read_frequency",
    "read_route",
    "read_threshold",
    "read_time_frame",
]

READERS: Final[Mapping[str, Reader]] = {
    "DOSE": read_dose,
    "FREQUENCY": read_frequency,
    "ROUTE": read_route,
    "DURATION": read_duration,
    "LAB_THRESHOLD": read_threshold,
    "TIME_FRAME": read_time_frame,
}
"""Readers by the label of the entities they read."""


def forget() -> None:
    """Forget the strings that were read; registries repeat them, so many are kept."""
    forget_words()
    forget_frequencies()
    forget_time_frames()
