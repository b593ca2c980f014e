"""Parameters: a number is never alone. It has a default, a unit, a prior, a neutral value and a source.

A mechanism declares its parameters in a class::

    @parameters
    class Strain:
        mean: float = par(-8.6, "log-odds/day", prior=Normal(-8.6, 1.0), neutral=-inf,
                          doc="...", source="...")

The ensemble turns these classes into one numpy record per member (`record_dtype`), which kernels read
as ``params.loss.front``. A parameter whose default is its neutral value does nothing in a forecast; in a
what-if it is drawn from its prior (`draw`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    import numpy as np


_C = TypeVar("_C", bound=type)


class Prior(Protocol):
    """A distribution that can be drawn from by inverting its distribution function."""

    def quantile(self, u: Any) -> Any:
        """Value below which a share `u` (0..1, scalar or array) of the distribution lies."""

    def log_density(self, x: Any) -> Any:
        """Log of the density at `x` (scalar or array), up to no constant."""


@dataclass(frozen=True)
class Normal:
    """Normal distribution with `mean` and standard deviation `sd`."""

    mean: float
    sd: float

    def quantile(self, u: Any) -> Any:
        from scipy.special import ndtri

        return self.mean + self.sd * ndtri(u)

    def log_density(self, x: Any) -> Any:
        z = (x - self.mean) / self.sd
        return -0.5 * z * z - math.log(self.sd * math.sqrt(2 * math.pi))


@dataclass(frozen=True)
class LogNormal:
    """Log-normal distribution with `median` and standard deviation `sd_log` of the logarithm."""

    median: float
    sd_log: float

    def quantile(self, u: Any) -> Any:
        import numpy as np
        from scipy.special import ndtri

        return self.median * np.exp(self.sd_log * ndtri(u))

    def log_density(self, x: Any) -> Any:
        import numpy as np

        z = (np.log(x) - math.log(self.median)) / self.sd_log
        return -0.5 * z * z - np.log(x) - math.log(self.sd_log * math.sqrt(2 * math.pi))


@dataclass(frozen=True)
class Beta:
    """Beta distribution on 0..1 with shape `a`, `b`."""

    a: float
    b: float

    def quantile(self, u: Any) -> Any:
        from scipy.special import betaincinv

        return betaincinv(self.a, self.b, u)

    def log_density(self, x: Any) -> Any:
        import numpy as np
        from scipy.special import betaln

        return (self.a - 1) * np.log(x) + (self.b - 1) * np.log1p(-x) - betaln(self.a, self.b)


@dataclass(frozen=True)
class Par:
    """One parameter: all that is known of a number before data are seen."""

    default: float
    unit: str
    prior: Prior
    neutral: float
    doc: str
    source: str
    name: str = ""

    @property
    def acts(self) -> bool:
        """Whether the parameter does something in a forecast (its default is not neutral)."""
        return self.default != self.neutral


def par(default: float, unit: str, *, prior: Prior, neutral: float, doc: str, source: str) -> Any:
    """Declare a parameter inside a class marked with `parameters`."""
    return Par(default, unit, prior, neutral, doc, source)


def parameters(cls: _C) -> _C:
    """Mark a class as the parameters of one mechanism; collect them in ``cls.pars``."""
    found = {k: v for k, v in vars(cls).items() if isinstance(v, Par)}
    pars = {k: Par(v.default, v.unit, v.prior, v.neutral, v.doc, v.source, k) for k, v in found.items()}
    for name, value in pars.items():
        setattr(cls, name, value)
    cls.pars = pars  # type: ignore[attr-defined]
    return cls


def pars_of(cls: type) -> dict[str, Par]:
    """Parameters of a class by name."""
    return cls.pars  # type: ignore[attr-defined]


def room_of(cls: type) -> str:
    """Field name of a parameter class in the record: ``StrongHold`` becomes ``strong_hold``."""
    return "".join("_" + c.lower() if c.isupper() else c for c in cls.__name__).lstrip("_")


def record_dtype(classes: Iterable[type]) -> np.dtype[Any]:
    """Numpy record type with one sub-record per parameter class, all float64."""
    import numpy as np

    rooms = [(room_of(c), np.dtype([(n, "f8") for n in pars_of(c)])) for c in classes]
    return np.dtype(rooms)


def fill(classes: Iterable[type], members: int, value_of: Callable[[str, Par], Any]) -> np.ndarray[Any, Any]:
    """Records for `members` members; `value_of(room, par)` gives a value or an array of `members` values."""
    import numpy as np

    classes = tuple(classes)
    records = np.zeros(members, record_dtype(classes))
    for c in classes:
        room = room_of(c)
        for name, p in pars_of(c).items():
            records[room][name] = value_of(room, p)
    return records


def flat(record: np.ndarray[Any, Any]) -> Mapping[str, Any]:
    """Columns of a record array by dotted name: ``{"strain.mean": array, ...}``."""
    names = record.dtype.names or ()
    return {f"{room}.{n}": record[room][n] for room in names for n in record.dtype[room].names or ()}
