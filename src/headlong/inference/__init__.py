"""What histories say: the strain filter, likelihoods, calibration, banks of parameters."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()
