"""Packages that bear the name of their verb: a folder of modules that can be called."""

import inspect
import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class CallablePackage(ModuleType):
    """Python binds a package's name in its parent when it is imported; there it must still work as the verb."""

    @property
    def _verb(self) -> Any:
        return getattr(import_module(f"{self.__name__}.api"), self.__name__.rpartition(".")[2])

    @property
    def __signature__(self) -> inspect.Signature:
        return inspect.signature(self._verb)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the verb; ``help`` of it, of the name in ``api``, lists its parameters."""
        return self._verb(*args, **kwargs)


def make_callable(package: str) -> None:
    """Let a package be called as the function of its own name in its module ``api``.

    Parameters
    ----------
    package : str
        Its full name.
    """
    sys.modules[package].__class__ = CallablePackage
