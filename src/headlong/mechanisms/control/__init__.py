"""Who loses what, to whom and how: fronts, news, strain, the law of loss, hand-over."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
