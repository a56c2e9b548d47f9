"""Memory that libraries keep though it was freed."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache
from typing import Any


def give_back() -> None:
    """Give freed memory back to the system, where the C library is glibc.

    It keeps what lies below something that is still used, and buffers of many sizes
    leave ever more of such holes; a pass takes two milliseconds. Arrow keeps what its
    largest table took.
    """
    if pyarrow := sys.modules.get("pyarrow"):
        pyarrow.default_memory_pool().release_unused()
    if trim := _malloc_trim():
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], Any] | None:
    try:
        found: Callable[[int], Any] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return found
