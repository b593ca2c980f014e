"""Why things change: one process per file; the list of files is the table of contents of the theory."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()

from headlong.mechanisms.alarm import Alarm  # noqa: E402
from headlong.mechanisms.columns import Columns  # noqa: E402
from headlong.mechanisms.comeback import Comeback  # noqa: E402
from headlong.mechanisms.crossings import Crossings  # noqa: E402
from headlong.mechanisms.destinations import Destinations  # noqa: E402
from headlong.mechanisms.flight import Flight  # noqa: E402
from headlong.mechanisms.garrisons import Garrisons  # noqa: E402
from headlong.mechanisms.leaders import Leaders  # noqa: E402
from headlong.mechanisms.leaving import Leaving  # noqa: E402
from headlong.mechanisms.loss import Loss  # noqa: E402
from headlong.mechanisms.mobilisation import Mobilisation  # noqa: E402
from headlong.mechanisms.news import News  # noqa: E402
from headlong.mechanisms.strain import Strain  # noqa: E402
from headlong.mechanisms.strength import Strength  # noqa: E402
from headlong.mechanisms.support import Support  # noqa: E402

CORE = (Strain, News, Loss)
"""Parameters calibrated on history."""

AROUND = (
    Support, Strength, Leaders, Leaving, Garrisons, Columns, Mobilisation, Alarm, Destinations, Flight,
    Crossings, Comeback,
)  # fmt: skip
"""Parameters of the system around the core, drawn from their priors."""

PARAMETERS = CORE + AROUND
"""All parameter classes, in the order of the record that kernels read."""
