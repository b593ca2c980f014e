"""How kernels are compiled: one place for numba's options, and for where compiled kernels are kept."""

from collections.abc import Callable
from typing import Any

from numba import njit

from headlong.board.kernel_files import cache_on_disk


def compiled(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Compile with options, and keep what comes out."""
    wrap = njit(nogil=True, error_model="numpy", no_cfunc_wrapper=True, **options)
    return lambda function: cache_on_disk(wrap(function))


law = compiled()
"""Compile a scalar function of numbers; it can be called from Python, one value at a time."""

kernel = compiled(no_cpython_wrapper=True, _nrt=False)
"""Compile a function that only kernels call; ``.py_func`` is its Python form.

It makes no arrays, so it needs no counting of references: a third of the time to compile and a small part
of the time to run, measured.
"""

spliced = compiled(no_cpython_wrapper=True, _nrt=False, inline="always")
"""As `kernel`, but its text becomes part of its callers.

For what has one caller and calls much itself: numba compiles the callees of a kernel once more with the
kernel, so each floor of calls costs as much as all below it. And for the generator of luck, so that the
processor can draw for several places at once.
"""

entry = compiled(_nrt=False)
"""As `kernel`, but called from Python: the one door to the kernels. The caller keeps the arrays alive."""
