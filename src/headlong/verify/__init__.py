"""Was it right: hindcasts, scores, and forecasts to beat."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
