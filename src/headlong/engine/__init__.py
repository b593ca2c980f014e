"""How a day passes: the order of the day, and all members over all days."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
