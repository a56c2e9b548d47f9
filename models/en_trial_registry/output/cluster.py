"""Work on a Dask cluster: `pip install 'en_trial_registry[dask]'`."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from .chunks import Chunk, Work
from .model import Model
from .workers import Promise, Workers, WorkersError, run_with

LOCAL: Final = "local"
"""The address that stands for worker processes on this machine."""

_AT_ONCE_PER_THREAD: Final = 4


@contextmanager
def cluster(address: str, model: Model, *, n_process: int) -> Iterator[Workers]:
    """Work on the workers of a scheduler.

    A worker that is lost loses no work: the scheduler gives its chunks to others.

    address (str): Of the scheduler, such as `tcp://10.0.0.1:8786`; or `local`.
    model (Model): The pipeline; workers load it once, by name.
    n_process (int): Worker processes of a local cluster.
    YIELDS (Workers): The workers.
    RAISES (WorkersError): If Dask is not installed, the scheduler does not answer, or
        the same records end several workers.
    """
    try:
        import distributed
    except ImportError as error:
        raise WorkersError(
            "A cluster needs Dask: pip install 'en_trial_registry[dask]'"
        ) from error
    dask: Any = distributed
    with ExitStack() as stack:
        if address == LOCAL:
            own = dask.LocalCluster(
                n_workers=n_process,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
            )
            address = stack.enter_context(own).scheduler_address
        try:
            client = stack.enter_context(dask.Client(address, set_as_default=False))
        except (OSError, ValueError) as error:
            raise WorkersError(
                f"The scheduler {address} does not answer ({error}); check its address."
            ) from error
        threads = sum(client.nthreads().values())

        def submit(chunk: Chunk, work: Work) -> Promise:
            promise: Promise = client.submit(run_with, model, chunk, work, pure=False)
            return promise

        try:
            yield Workers(submit, at_once=_AT_ONCE_PER_THREAD * max(threads, 1))
        except dask.KilledWorker as error:
            raise WorkersError(
                f"Several workers ended while they worked on the same records: {error}"
            ) from error
