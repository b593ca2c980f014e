"""How kernels are compiled: one place for numba's options."""

from numba import njit

law = njit(cache=True, nogil=True, error_model="numpy")
"""Compile a scalar function of numbers; it can be called from Python, one value at a time."""

kernel = njit(
    cache=True, nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False
)
"""Compile a function that only kernels call; ``.py_func`` is its Python form.

It makes no arrays, so it needs no counting of references: a third of the time to compile and a small part
of the time to run, measured.
"""

entry = njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True)
"""Compile a function that Python calls with whole worlds and states."""
