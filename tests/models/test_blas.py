"""Products by NumPy: the same numbers, in one thread."""

import numpy
import pytest
from en_trial_registry.blas import NumpyBlasOps
from thinc.api import NumpyOps
from threadpoolctl import threadpool_info


@pytest.mark.parametrize("trans1", [False, True])
@pytest.mark.parametrize("trans2", [False, True])
def test_products(trans1: bool, trans2: bool) -> None:
    rng = numpy.random.default_rng(0)
    x, y = (rng.normal(size=(4, 4)).astype("f") for _ in range(2))
    expected = NumpyOps().gemm(x, y, trans1=trans1, trans2=trans2)
    found = NumpyBlasOps().gemm(x, y, trans1=trans1, trans2=trans2)
    numpy.testing.assert_allclose(found, expected, rtol=1e-4)
    out = numpy.zeros((4, 4), dtype="f")
    NumpyBlasOps().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
    numpy.testing.assert_allclose(out, expected, rtol=1e-4)


def test_threads_are_as_many_as_before() -> None:
    before = [library["num_threads"] for library in threadpool_info()]
    NumpyBlasOps().gemm(numpy.ones((2, 2), "f"), numpy.ones((2, 2), "f"))
    assert [library["num_threads"] for library in threadpool_info()] == before
