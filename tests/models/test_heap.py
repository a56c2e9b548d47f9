"""Freed memory goes back to the system."""

import ctypes
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from en_trial_registry.output import heap

STATUS = Path("/proc/self/statm")


@pytest.fixture(autouse=True)
def look_anew():
    heap._malloc_trim.cache_clear()
    yield
    heap._malloc_trim.cache_clear()


def resident_pages():
    return int(STATUS.read_text().split()[1])


@pytest.mark.skipif(not STATUS.exists(), reason="needs /proc")
def test_holes_below_what_is_used_go_back():
    if heap._malloc_trim() is None:
        pytest.skip("needs glibc")
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    libc.free.argtypes = [ctypes.c_void_p]
    # Below the size from which glibc asks the system for each block.
    size, count = 64_000, 1_000
    blocks = [libc.malloc(size) for _ in range(count)]
    for block in blocks:
        ctypes.memset(block, 1, size)
    for block in blocks[:-1]:
        libc.free(block)
    before = resident_pages()
    heap.give_back()
    assert (before - resident_pages()) * 4096 > size * count / 2
    libc.free(blocks[-1])


def test_arrow_gives_back_too(monkeypatch):
    released = []
    pool = SimpleNamespace(release_unused=lambda: released.append(True))
    arrow = SimpleNamespace(default_memory_pool=lambda: pool)
    monkeypatch.setitem(sys.modules, "pyarrow", arrow)
    heap.give_back()
    assert released
    monkeypatch.delitem(sys.modules, "pyarrow")
    heap.give_back()
    assert released == [True]


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_other_systems_do_without(monkeypatch, error):
    def missing(name):
        raise error

    monkeypatch.setattr(ctypes, "CDLL", missing)
    heap.give_back()
    assert heap._malloc_trim() is None
