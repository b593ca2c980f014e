"""Soldiers and those who pay them: garrisons, columns, call-ups, numbers, patrons."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
