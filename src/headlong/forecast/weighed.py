"""Wars that have been weighed before: particles and posteriors kept on disk (`headlong.result_cache`).

A forecast, a nowcast, a what-if and the page that start from one evening weigh the same war: the first does it, the
others read what it found. The bits are the same, so it matters to nobody but him who waits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from headlong.forecast.request import Request
from headlong.forecast.settings import Runtime
from headlong.inference.bank import bank_hash
from headlong.inference.parameter_vector import Draws
from headlong.inference.posterior import Posterior
from headlong.inference.strain_moves import SLOW
from headlong.result_cache import kept_or_made, source_hash

if TYPE_CHECKING:
    from headlong.assimilation.particle_filter import Particles

AGAIN = "fast"
"""Array of the particles that follows from the others, and is large."""

ALONG = {
    f"{of}{name}": along
    for of, all_along in (
        ("state.", {
            "N": "draw stale width weight score", "NP": "control age taken front_log border_log pressed taker chance",
            "NS": "held rest", "N3S": "sides", "NPS": "nearby near_km", "NA": "theta", "NSB": "belief", "NL": "odds",
            "NCG": "reliability", "NR": "fitted",
        }),
        ("reports.", {
            "D": "first", "R": "place side base_rate_ratio cell shift confirmed counted mean_fit", "R6": "fit",
            "TPZ": "p_unreported", "PZ": "known", "": "p_confirmed",
        }),
        ("", {"N": "weight family", "NTP": "history", "T": "ess", "TPS": "hazard", "K": "reliability"}),
    )
    for along, names in all_along.items()
    for name in names.split()
}  # fmt: skip
"""What each array of particles runs along, a letter for each: those of one letter are of one size."""


def path_of(request: Request, runtime: Runtime, *asked: object) -> Path | None:
    """File for what is found of a request's war so far; `asked` is what it depends on beside case, evening and bank."""
    folder = runtime.kept_in
    if (
        folder is None or request.parameters.form.columns
    ):  # what a function of the user's gives may change unseen
        return None
    says = (request.past.hash, str(request.init), request.control, bank_hash(request.parameters), *asked)
    return folder / f"{request.case.id}-{sha256(f'{source_hash()} {says}'.encode()).hexdigest()[:20]}.npz"


def particles_of(request: Request, runtime: Runtime, make: Callable[[], Particles]) -> Particles:
    """Particles of a request: as kept, or made now and kept."""
    settings = {k: v for k, v in asdict(request.settings).items() if k != "least_ess"}
    words = [
        (row["id"], row["words"]) for row in request.past.reports
    ]  # they tell copies, and no hash of a case has them
    path = path_of(request, runtime, "particles", request.seed, settings, words)
    places, sides = len(request.past.places), len(request.past.sides)

    def sound(found: Mapping[str, NDArray[Any]]) -> Particles | None:
        return unpacked(found) if particles_fit(found, places, sides) else None

    return kept_or_made(path, sound, make, packed)


def posterior_of_war(request: Request, runtime: Runtime, make: Callable[[], Posterior]) -> Posterior:
    """Posterior of a request: as kept, or made now and kept."""
    path = path_of(request, runtime, "posterior", request.settings.least_ess)
    width = request.parameters.theta.shape[1]

    def sound(found: Mapping[str, NDArray[Any]]) -> Posterior | None:
        if not sound_posterior(found, width):
            return None
        draws = Draws(found["theta"], found["weight"])
        return Posterior(draws, float(found["bank_ess"]), bool(found["fresh"]))

    return kept_or_made(path, sound, make, posterior_arrays)


def posterior_arrays(made: Posterior) -> Mapping[str, NDArray[Any]]:
    """A posterior as arrays by name."""
    theta, weight = made.draws
    return {
        "theta": theta,
        "weight": weight,
        "bank_ess": np.array(made.bank_ess),
        "fresh": np.array(made.fresh),
    }


def sound_posterior(found: Mapping[str, NDArray[Any]], width: int) -> bool:
    """Whether what was kept can be a posterior: its arrays, of the form's width, weights, and every number finite."""
    if {*found} != {"theta", "weight", "bank_ess", "fresh"}:
        return False
    theta, weight = found["theta"], found["weight"]
    shapes = theta.shape == (len(weight), width) if theta.ndim and weight.ndim == 1 else False
    single = found["bank_ess"].ndim == found["fresh"].ndim == 0 and found["fresh"].dtype == bool
    return shapes and single and theta.dtype == float and are_weights(weight) and finite(found)


def are_weights(weight: NDArray[Any]) -> bool:
    """Whether numbers can be weights: none below nothing, and together one."""
    return bool(weight.dtype == float and (weight >= 0.0).all() and abs(weight.sum() - 1.0) < 1e-6)


def finite(found: Mapping[str, NDArray[Any]]) -> bool:
    """Whether no number of what was kept is missing."""
    return not any(a.dtype.kind == "f" and np.isnan(a).any() for a in found.values())


def particles_fit(found: Mapping[str, NDArray[Any]], places: int, sides: int) -> bool:
    """Whether arrays that were kept can be the particles of a war of so many places and sides."""
    size = {"P": places, "S": sides, "Z": sides + 1, "3": 3, "6": 6}
    for name, along in ALONG.items():
        array = found.get(name)
        if array is None or array.ndim != len(along):
            return False
        if any(size.setdefault(sign, n) != n for sign, n in zip(along, array.shape, strict=True)):
            return False
    widest = int(found["state.width"].max(initial=0))
    return (
        size["D"] == size["T"] + 1
        and size["B"] == SLOW * widest
        and are_weights(found["weight"])
        and finite(found)
    )


def packed(particles: Particles) -> Mapping[str, NDArray[Any]]:
    """Particles as arrays by name, beliefs no wider than they are used."""
    state = {f"state.{name}": array for name, array in particles.state._asdict().items() if name != AGAIN}
    state["state.belief"] = particles.state.belief[:, :, : SLOW * int(particles.state.width.max())]
    reports = {f"reports.{name}": np.asarray(array) for name, array in particles.reports._asdict().items()}
    rest = {name: array for name, array in particles._asdict().items() if name not in ("state", "reports")}
    return state | reports | rest


def unpacked(found: Mapping[str, NDArray[Any]]) -> Particles | None:
    """The particles that `packed` made arrays of; None where something is missing."""
    from headlong.assimilation.initialise import lay_all_moves
    from headlong.assimilation.particle_filter import Particles
    from headlong.assimilation.particle_state import ParticleState
    from headlong.assimilation.report_arrays import ReportArrays

    try:
        width = int(found["state.width"].max())
        fast: NDArray[np.float64] = np.zeros((found["state.width"].size, width * width))
        arrays: Any = {
            name: fast if name == AGAIN else found[f"state.{name}"] for name in ParticleState._fields
        }
        state = ParticleState(**arrays)
        said: Any = {name: found[f"reports.{name}"] for name in ReportArrays._fields}
        reports = ReportArrays(**said)
        reports = reports._replace(p_confirmed=float(reports.p_confirmed))
        rest = {name: found[name] for name in Particles._fields if name not in ("state", "reports")}
    except KeyError:
        return None
    lay_all_moves(state, np.arange(fast.shape[0]))
    return Particles(state=state, reports=reports, **rest)
