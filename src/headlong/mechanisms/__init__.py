"""Why things change: one process per file. The folder listing is the table of contents of the theory."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
