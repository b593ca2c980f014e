"""The verb in Python: hindcasts of known wars, scored beside forecasts to beat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from headlong.case import Case
from headlong.verify.hindcasts import hindcast
from headlong.verify.hindcasts.request import LEADS

if TYPE_CHECKING:
    import xarray as xr


def verify(
    cases: Sequence[Case | str],
    leads: Sequence[int] = LEADS,
    inits: Sequence[date] | None = None,
    **options: Any,
) -> xr.Dataset:
    """Hindcast cases and score them against references.

    Parameters
    ----------
    cases : sequence of Case or str
        Cases, names of bundled ones, or folders; each with a history.
    leads : sequence of int
        Days ahead.
    inits : sequence of date, optional
        As-of dates; by default every 7th day after the start, and the case's own.
    **options
        As in `headlong.verify.hindcasts.hindcast.verify`: members, seed, threads, progress, folder, ablate, settings,
        bank.

    Returns
    -------
    xarray.Dataset
        Scores (``brier``, ``log``, ``count_crps``, ...) by `hindcast`, `lead` and `forecaster`; ours is ``headlong``.
        Lower is better. Each hindcast has a ``case`` and an ``init``.

    Raises
    ------
    CaseError, BadRequest
        A case is not in order or has no history, or no date is within it.
    """
    from headlong.verify.results.score_dataset import to_dataset

    return to_dataset(hindcast.verify(cases, leads, inits, **options))
