"""What a form of the model is, and the whole of what one file can bring to it.

The law of loss is linear in the columns of a design matrix, one row for each place-day at risk ::

    log-odds of loss = strain of the side + X @ beta

A form says, from one file:

- which of the shared columns (`headlong.mechanisms.control.covariates.COLUMNS`) act, and what their priors are;
- which columns it brings itself: a function of a case and its map each, with a coefficient and its prior;
- what strain does: with or without its fast part and its renewals, and with which priors.

What it cannot bring is a column that moves from day to day, or another law of movement for strain. Kernels are
linked when they are compiled, so these belong into `headlong.mechanisms.control`, with a neutral parameter. A form of
the user's own, in a file outside the package, is read by `headlong.forms.form_file.read_form`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headlong.errors import BadRequest
from headlong.mechanisms import CORE
from headlong.parameters import LogNormal, Par, Prior, pars_of, room_of

NAMES = tuple(f"{room_of(c)}.{name}" for c in CORE for name in pars_of(c))
"""Order of the vector of parameters that all forms share: strain first, then the coefficients in the order of the
covariates. Coefficients of the columns that a form brings follow."""

PARS: tuple[Par, ...] = tuple(p for c in CORE for p in pars_of(c).values())

NEEDED = ("strain.mean", "strain.slow_sd")
"""Without these there is no strain: a level, and the part that the filter's grid is laid out by."""


LITTLE = 1e-6
"""A positive parameter that does nothing, over its default: grids cannot be laid out by a scale of nought."""


def off(par: Par) -> float:
    """Value at which a parameter does nothing; its default where there is none."""
    if not np.isfinite(par.neutral):
        return par.default
    return LITTLE * par.default if isinstance(par.prior, LogNormal) else par.neutral


@dataclass(frozen=True)
class Covariate:
    """A column of the design matrix that a form brings.

    Parameters
    ----------
    name : str
        Its name; its coefficient is called ``extra.name``.
    values : callable
        From a case, as it was known by init, and its map (`headlong.inputs.geography.Geography`) to a number for each
        place (P), or for each place and the side that holds it (P, S). It stands still during a forecast.
    coefficient : Par
        What one unit of it adds to the log-odds of loss (`headlong.parameters.par`).
    """

    name: str
    values: Callable[[Any, Any], Any] = field(compare=False)
    coefficient: Par


@dataclass(frozen=True)
class Form:
    """A form of the model.

    Every form runs through the same engine, the same filter of strain and the same particles: the parameters that
    it does not learn are `off`.

    Parameters
    ----------
    name : str
        Its name, as banks carry it.
    title : str
        What it is, in a sentence.
    free : tuple of str
        Shared parameters that are learned, of `NAMES`, in that order.
    columns : tuple of Covariate
        Columns that it brings; their coefficients are learned, too.
    priors : mapping
        Priors of shared parameters by name, where they are not the usual ones. A parameter that is positive stays so.
    file_hash : str
        SHA-256 of the file that it was read from (`headlong.forms.form_file`); empty where it was made in a program.
    """

    name: str
    title: str
    free: tuple[str, ...]
    columns: tuple[Covariate, ...] = ()
    priors: Mapping[str, Prior] = field(default_factory=dict, compare=False, hash=False)
    file_hash: str = field(default="", compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """All parameters in the order of the full vector (4 + K)."""
        return NAMES + tuple(f"extra.{column.name}" for column in self.columns)

    @property
    def all_pars(self) -> tuple[Par, ...]:
        """The parameters in the order of the full vector (4 + K), with the priors of this form."""
        shared = (
            replace(par, prior=self.priors[name]) if name in self.priors else par
            for name, par in zip(NAMES, PARS, strict=True)
        )
        return (*shared, *(column.coefficient for column in self.columns))

    @property
    def where(self) -> NDArray[np.int64]:
        """Rows of the full vector (D) that are learned."""
        return np.array([*map(NAMES.index, self.free), *range(len(NAMES), len(self.names))], np.int64)

    @property
    def pars(self) -> tuple[Par, ...]:
        """The learned parameters, with their priors."""
        every = self.all_pars
        return tuple(every[k] for k in self.where)

    @property
    def in_logs(self) -> NDArray[np.bool_]:
        """Which of the learned parameters are positive, and move as logs (D)."""
        return np.array([isinstance(p.prior, LogNormal) for p in self.pars])

    def full(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Full vectors (..., 4 + K) from the learned values (..., D)."""
        theta = np.zeros((*values.shape[:-1], len(self.names)))
        theta[...] = [off(par) for par in self.all_pars]
        theta[..., self.where] = values
        return theta

    @property
    def start(self) -> NDArray[np.float64]:
        """Full vector (4 + K) of the defaults."""
        return self.full(np.array([p.default for p in self.pars]))

    def must_be_sound(self) -> None:
        """Refuse a form that cannot be calibrated; all that is wrong is said."""
        if wrong := faults(self):
            raise BadRequest(f"form '{self.name}' cannot be used: {'; '.join(wrong)}. Mend its file.")


def faults(form: Form) -> list[str]:
    """What is wrong with a form, in words."""
    free, priors = form.free, form.priors
    found = [f"it learns '{n}', which is no parameter" for n in free if n not in NAMES]
    found += [f"it does not learn '{n}', without which there is no strain" for n in NEEDED if n not in free]
    found += [f"it has a prior for '{n}', which it does not learn" for n in priors if n not in free]
    found += [
        f"its prior for '{n}' must {'be' if log else 'not be'} log-normal, as the usual one"
        for n, log in ((n, isinstance(PARS[NAMES.index(n)].prior, LogNormal)) for n in priors if n in NAMES)
        if isinstance(priors[n], LogNormal) != log
    ]
    names = [*free, *(column.name for column in form.columns)]
    return found + [f"'{name}' is there twice" for name in sorted({n for n in names if names.count(n) > 1})]
