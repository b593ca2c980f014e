"""Why things change: one process per file; the lists of files are the table of contents of the theory."""

from headlong.kernel_cache import use_kernel_cache

use_kernel_cache()

from headlong.mechanisms.control.leaving import Leaving  # noqa: E402
from headlong.mechanisms.control.loss import Loss  # noqa: E402
from headlong.mechanisms.control.news import News  # noqa: E402
from headlong.mechanisms.control.strain import Strain  # noqa: E402
from headlong.mechanisms.forces.columns import Columns  # noqa: E402
from headlong.mechanisms.forces.garrisons import Garrisons  # noqa: E402
from headlong.mechanisms.forces.mobilisation import Mobilisation  # noqa: E402
from headlong.mechanisms.forces.strength import Strength  # noqa: E402
from headlong.mechanisms.forces.support import Support  # noqa: E402
from headlong.mechanisms.people.alarm import Alarm  # noqa: E402
from headlong.mechanisms.people.comeback import Comeback  # noqa: E402
from headlong.mechanisms.people.crossings import Crossings  # noqa: E402
from headlong.mechanisms.people.destinations import Destinations  # noqa: E402
from headlong.mechanisms.people.flight import Flight  # noqa: E402
from headlong.mechanisms.people.leaders import Leaders  # noqa: E402
from headlong.mechanisms.people.refuges import Refuges  # noqa: E402
from headlong.mechanisms.people.registration import Registration  # noqa: E402

CORE = (Strain, News, Loss)
"""Parameters calibrated on history."""

AROUND = (
    Support, Strength, Leaders, Leaving, Garrisons, Columns, Mobilisation, Alarm, Destinations, Refuges, Flight,
    Crossings, Registration, Comeback,
)  # fmt: skip
"""Parameters of the system around the core, drawn from their priors."""

PARAMETERS = CORE + AROUND
"""All parameter classes, in the order of the record that kernels read."""
