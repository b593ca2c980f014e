"""Forecasts to beat: what stays as it is, yesterday's rate, logits, analogues, numbers by side."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
