"""Was it right: hindcasts, scores, and forecasts to beat.

The package bears the name of its verb, so ``headlong.verify`` is both: a folder of modules, and
``headlong.verify(["iraq-2014"])``, which is ``headlong.verify.api.verify``.
"""

from headlong.callable_package import make_callable
from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
make_callable(__name__)
