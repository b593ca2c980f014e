"""How kernels are compiled: one place for numba's options, and for where compiled kernels are kept."""

from collections.abc import Callable
from typing import Any

from numba import config, njit

from headlong.board.kernel_files import cache_on_disk
from headlong.board.linked import DoorCompiler, Law, LinkedCompiler
from headlong.kernel_cache import note_kernel

ALIKE: dict[str, bool | str] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}


def door(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Compile what Python calls, and keep what comes out."""
    wrap = njit(**ALIKE, pipeline_class=DoorCompiler, **options)
    return lambda function: cache_on_disk(noted(wrap(function)))


def linked(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Compile what only kernels call, into them."""
    wrap = njit(**ALIKE, no_cpython_wrapper=True, pipeline_class=LinkedCompiler, **options)
    return lambda function: noted(wrap(function))


def law(function: Callable[..., Any]) -> Any:
    """Compile a function of numbers, or one that makes arrays; both kernels and Python can call it."""
    if config.DISABLE_JIT:
        return function
    options = {**ALIKE, "nopython": True, "no_cpython_wrapper": True}
    found = Law(function, targetoptions=options, pipeline_class=LinkedCompiler)
    found.door = door()(function)
    return found


def noted(function: Any) -> Any:
    """Count a kernel among those there are."""
    note_kernel(f"{function.__module__}.{function.__name__}")
    return function


kernel = linked(_nrt=False)
"""Compile a function that only kernels call; ``.py_func`` is its Python form.

It makes no arrays, so it needs no counting of references: a third of the time to compile and a small part
of the time to run, measured.
"""

spliced = linked(_nrt=False, inline="always")
"""As `kernel`, but its text becomes part of its callers.

For what has one caller and many arguments: to hand those over costs more than to splice the text. And for the
generator of luck, so that the processor can draw for several places at once.
"""

entry = door(_nrt=False)
"""As `kernel`, but called from Python: the one door to the kernels. The caller keeps the arrays alive."""
