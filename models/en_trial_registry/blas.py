"""Matrix products by NumPy.

Most of a pipeline's time goes into the matrix products of its encoder. Thinc leaves
them to BLIS; OpenBLAS, which NumPy's wheels hold, is nearly three times as fast (98
against 35 GFLOP/s on one core of an AMD EPYC).
"""

from contextlib import AbstractContextManager
from functools import cache
from typing import Any, Final

from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]


class NumpyBlasOps(NumpyOps):  # type: ignore[misc]
    """Multiplies matrices with NumPy, in one thread.

    spaCy uses several cores by processes; threads on top of them would take turns.
    """

    def __init__(self, device_type: str = "cpu", device_id: int = -1) -> None:
        super().__init__(device_type, device_id, use_blis=False)

    def gemm(self, *args: Any, **kwargs: Any) -> Any:
        """Multiply two matrices, as `NumpyOps.gemm`.

        RETURNS (Floats2d): The product.
        """
        with one_blas_thread():
            return super().gemm(*args, **kwargs)


_OPS: Final = NumpyBlasOps()


def one_blas_thread() -> AbstractContextManager[Any]:
    """RETURNS (ContextManager[Any]): Holds NumPy's products to one thread."""
    limited: AbstractContextManager[Any] = _blas().limit(limits=1)
    return limited


@cache
def _blas() -> Any:
    return ThreadpoolController().select(user_api="blas")


def use_numpy_blas(model: Model[Any, Any]) -> None:
    """Let every layer of a model on the CPU multiply with NumPy.

    model (Model[Any, Any]): The model; it is changed.
    """
    for node in model.walk():
        if type(node.ops) is NumpyOps:
            node.ops = _OPS
