"""Civilians and leaders: flight, crossings, who goes and who comes home."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
