"""How kernels are compiled: a law or kernel that kernels call becomes part of them, and is optimised there, once.

numba optimises every function by itself, once more with each of its callers, and makes machine code of it each time,
whether anybody calls it or not. Here only the doors, what Python calls, are made whole; all others are linked into
them as they are. That takes half of the time to compile, and the bits are the same.
"""

from __future__ import annotations

import gc
from typing import Any

from numba.core import event
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering

from headlong.kernel_cache import compiled


class DoorLibrary(JITCodeLibrary):
    """Code that Python calls: optimised when all is linked, not before."""

    def _optimize_functions(self, ll_module: Any) -> None:
        ll_module.data_layout = self._codegen._data_layout

    def _optimize_final_module(self) -> None:
        passes, builder = self._codegen._module_pass_manager()
        passes.run(self._final_module, builder)


class LinkedLibrary(DoorLibrary):
    """Code that is linked into other code and never run by itself."""

    def _optimize_final_module(self) -> None:
        """Leave it as it is."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """There is no machine code."""
        return 0

    @property
    def codegen(self) -> Any:
        """Who is told of the Python side of a function; there is none."""
        return self

    def set_env(self, env_name: str, env: Any) -> None:
        """Note nothing."""


@register_pass(mutates_CFG=True, analysis_only=False)
class DoorLowering(NativeLowering):
    """numba's last step, into a library of ours."""

    _name = "door_lowering"
    library: type[JITCodeLibrary] = DoorLibrary

    def run_pass(self, state: Any) -> bool:
        """Lower one function."""
        if state.library is None:
            state.library = self.library(state.targetctx.codegen(), state.func_id.func_qualname)
            state.library.enable_object_caching()
        return bool(super().run_pass(state))


@register_pass(mutates_CFG=True, analysis_only=False)
class LinkedLowering(DoorLowering):
    """The same into one that is only linked."""

    _name = "linked_lowering"
    library = LinkedLibrary


class DoorCompiler(CompilerBase):
    """numba's compiler with another last step."""

    last: type[NativeLowering] = DoorLowering

    def define_pipelines(self) -> list[Any]:
        """Numba's own steps but one."""
        steps = DefaultPassBuilder.define_nopython_pipeline(self.state)
        steps.passes = [(self.last if step is NativeLowering else step, why) for step, why in steps.passes]
        steps.finalize()
        return [steps]


class LinkedCompiler(DoorCompiler):
    """The same for what only kernels call."""

    last = LinkedLowering


class Law(CPUDispatcher):
    """What kernels link in, and Python calls by a door of its own."""

    door: Any

    def __call__(self, *values: Any, **named: Any) -> Any:
        """Call the door."""
        return self.door(*values, **named)


class Undisturbed(event.Listener):
    """Puts off the search for garbage while numba compiles, which makes little of it; and counts what is done."""

    def __init__(self) -> None:
        self.depth, self.collects = 0, False

    def on_start(self, event: Any) -> None:
        """A function is begun."""
        if self.depth == 0:
            self.collects = gc.isenabled()
            gc.disable()
        self.depth += 1

    def on_end(self, event: Any) -> None:
        """A function is done."""
        self.depth -= 1
        function = event.data["dispatcher"].py_func
        compiled(f"{function.__module__}.{function.__name__}")
        if self.depth == 0 and self.collects:
            gc.enable()


event.register("numba:compile", Undisturbed())
