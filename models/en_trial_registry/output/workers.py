"""Where chunks are worked on: in this process, in several, or on a cluster."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import NamedTuple, Protocol

from spacy.language import Language

from .chunks import Chunk, Result, Work, run
from .model import Model, keep, loaded


class Promise(Protocol):
    """A result that may still be waited for."""

    def result(self) -> Result:
        """RETURNS (Result): The result."""
        ...


class Workers(NamedTuple):
    """Whatever works on chunks.

    submit (Callable[[Chunk, Work], Promise]): Hands a chunk over.
    at_once (int): Chunks that may be handed over before the first is taken back.
    """

    submit: Callable[[Chunk, Work], Promise]
    at_once: int


class WorkersError(RuntimeError):
    """There are no workers, or one of them was ended from outside."""


def run_all(chunks: Iterable[Chunk], work: Work, workers: Workers) -> Iterator[Result]:
    """Work on all chunks, with few of them in memory.

    chunks (Iterable[Chunk]): The chunks.
    work (Work): What to do with each.
    workers (Workers): Who does it.
    YIELDS (Result): The results in the order of the chunks.
    RAISES (WorkersError): If a process was ended.
    """
    waiting: deque[Promise] = deque()
    try:
        for chunk in chunks:
            waiting.append(workers.submit(chunk, work))
            if len(waiting) >= workers.at_once:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise WorkersError(
            "A worker process was ended from outside, perhaps because memory ran out; "
            "use fewer processes (--n-process) or a smaller --batch-size."
        ) from error


def this_process(nlp: Language) -> Workers:
    """Work here, one chunk after the other.

    nlp (Language): The pipeline.
    RETURNS (Workers): This process.
    """

    def submit(chunk: Chunk, work: Work) -> Promise:
        future: Future[Result] = Future()
        future.set_result(run(chunk, work, nlp))
        return future

    return Workers(submit, at_once=1)


@contextmanager
def processes(count: int, model: Model, nlp: Language) -> Iterator[Workers]:
    """Work in processes on this machine.

    count (int): How many.
    model (Model): The pipeline that each of them loads once,
    nlp (Language): and the same, loaded here; forked processes share it.
    YIELDS (Workers): The processes; they end with the block, and with this process.
    """
    keep(model, nlp)
    with ProcessPoolExecutor(count, initializer=_begin) as pool:
        # Forks should not copy the threads of a progress bar that is opened later.
        pool.submit(os.getpid).result()

        def submit(chunk: Chunk, work: Work) -> Promise:
            return pool.submit(run_with, model, chunk, work)

        try:
            yield Workers(submit, at_once=2 * count)
        except BaseException:
            # Work that nobody takes back would be waited for.
            end_workers()
            raise


def run_with(model: Model, chunk: Chunk, work: Work) -> Result:
    """Work on a chunk with a pipeline that is loaded once per process.

    model (Model): The pipeline.
    chunk (Chunk): The chunk.
    work (Work): What to do with it.
    RETURNS (Result): The result.
    """
    with _ONE_AT_A_TIME:
        return run(chunk, work, loaded(model))


_ONE_AT_A_TIME = threading.Lock()
"""Threads of a worker share its pipeline, which forgets new words after each chunk."""


def end_workers() -> None:
    """End the worker processes at once."""
    for worker in multiprocessing.active_children():
        worker.terminate()


def _begin() -> None:
    """Leave Ctrl-C to the first process, and don't outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
