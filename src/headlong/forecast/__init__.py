"""What may come: from a case to an ensemble of futures.

The package bears the name of its main verb, so ``headlong.forecast`` is both: a folder of modules, and
``headlong.forecast(case, init="2021-08-12")``, which is ``headlong.forecast.api.forecast``.
"""

import sys
from types import ModuleType
from typing import Any

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()


class _CallablePackage(ModuleType):
    """Python binds a package's name in its parent when it is imported; there it must still work as the verb."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from headlong.forecast.api import forecast

        return forecast(*args, **kwargs)


sys.modules[__name__].__class__ = _CallablePackage
