"""Compiled kernels on disk: a file each, whole and checked, or none.

numba keeps an index of signatures beside the compiled code. An index that is damaged is a fault on every start, two
processes that begin it at once can give the code of one signature to another, and code whose bytes have changed
ends the process. Here a kernel and a signature have one file of their own, named by both, with a checksum over all
of it; what cannot be read is compiled again and written over.
"""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from llvmlite import binding
from numba import config
from numba.core.caching import CompileResultCacheImpl, FunctionCache, UserProvidedCacheLocator
from numba.core.runtime import rtsys
from numba.core.serialize import dumps

from headlong.errors import HeadlongError
from headlong.files import write_bytes
from headlong.kernel_cache import clear_old_kernels, say_uncached

CHECKED = 32
"""Bytes of the checksum that a file begins with."""


class Locator(UserProvidedCacheLocator):
    """Our cache folder, and no other: beside the sources a kernel might be served when it is stale."""

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> Locator | None:
        """Say where kernels of a file are kept; nothing is made yet."""
        return cls(py_func, py_file) if config.CACHE_DIR else None


class Impl(CompileResultCacheImpl):
    """numba's way from a compiled kernel to bytes and back."""

    _locator_classes = (Locator,)

    def reduce(self, cres: Any) -> Any:
        """Make plain what is compiled, and leave out the environments that hold no constants, which nothing reads.

        Each names the module of a function that was linked in, and to read it is to load that module: numba's, too.
        """
        *rest, environments = super().reduce(cres)
        return *rest, tuple(each for each in environments if each.consts)


def asked_of_others(library: Any) -> tuple[str, ...]:
    """Names of what compiled code calls or reads and does not hold itself."""
    module = library._final_module
    names = (each.name for each in (*module.functions, *module.global_variables) if each.is_declaration)
    return tuple(sorted(name for name in names if not name.startswith("llvm.")))


class KernelCache(FunctionCache):
    """The kept forms of one kernel."""

    _impl_class = Impl

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Give the compiled kernel for a signature; None if there is none or it cannot be used."""
        rtsys.initialize(target_context)  # all that most kernels ask; not all that it takes to compile
        key = self._index_key(sig, target_context.codegen())
        path = self.path_of(key)
        with suppress(Exception):  # what a damaged file may raise has no end; it is compiled again
            raw = path.read_bytes()
            body = memoryview(raw)[CHECKED:]
            if sha256(body).digest() == raw[:CHECKED]:
                found, asked, data = pickle.loads(body)
                if found == key:
                    if not all(map(binding.address_of_symbol, asked)):  # a name unknown ends the process
                        target_context.refresh()
                    return self._impl.rebuild(target_context, data)
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a compiled kernel; where that is not possible, say so once and go on."""
        if not self._impl.check_cachable(data):
            return
        key = self._index_key(sig, data.codegen)
        path = self.path_of(key)
        try:
            body = dumps((key, asked_of_others(data.library), self._impl.reduce(data)))
            first = not path.parent.parent.is_dir()
            os.makedirs(path.parent, mode=0o700, exist_ok=True)
            if first:
                clear_old_kernels(path.parent.parent)
            write_bytes(path, sha256(body).digest() + body)
        except (OSError, HeadlongError) as error:
            say_uncached(error)

    def path_of(self, key: Any) -> Path:
        """The file of a signature."""
        name = sha256(repr(key).encode()).hexdigest()[:16]
        return Path(self._cache_path) / f"{self._impl.filename_base}.{name}.nbc"

    def flush(self) -> None:
        """Forget nothing: a folder belongs to one state of the sources."""


def cache_on_disk(dispatcher: Any) -> Any:
    """Give a kernel that numba has just wrapped its place on disk."""
    if not hasattr(dispatcher, "py_func"):  # numba is told to compile nothing
        return dispatcher
    with suppress(RuntimeError):  # no folder: it is compiled in every process
        dispatcher._cache = KernelCache(dispatcher.py_func)
    return dispatcher
