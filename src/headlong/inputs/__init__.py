"""From a case to arrays: initial and boundary conditions, and who was at risk when."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
