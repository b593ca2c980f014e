"""What may come: from a case to an ensemble of futures.

The package bears the name of its main verb, so ``headlong.forecast`` is both: a folder of modules, and
``headlong.forecast(case, init="2021-08-12")``, which is ``headlong.forecast.api.forecast``.
"""

from headlong.callable_package import make_callable
from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
make_callable(__name__)
