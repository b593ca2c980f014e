"""Was it right: hindcasts, scores, and forecasts to beat.

The package bears the name of its verb, so ``headlong.verify`` is both: a folder of modules, and
``headlong.verify(["iraq-2014"])``, which is ``headlong.verify.api.verify``.
"""

import sys
from types import ModuleType
from typing import Any

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()


class _CallablePackage(ModuleType):
    """Python binds a package's name in its parent when it is imported; there it must still work as the verb."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from headlong.verify.api import verify

        return verify(*args, **kwargs)


sys.modules[__name__].__class__ = _CallablePackage
