"""The pieces: what stands still, what changes, and luck."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
