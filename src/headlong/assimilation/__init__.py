"""What reports say: a particle filter over the histories of control that they leave open."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
