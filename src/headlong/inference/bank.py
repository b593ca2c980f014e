"""A bank: what past wars say of the parameters, war by war, so that any of them can be left out exactly.

Draws from one proposal that covers every posterior asked for, each with the log of prior over proposal and its
log-likelihood on each war. The posterior given any of the wars is a set of weights on the same draws ::

    weight = prior / proposal * product over the wars used of likelihood
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.case.sample import sisters
from headlong.errors import BadRequest
from headlong.files import whole
from headlong.forms import Form
from headlong.inference.parameter_vector import Draws
from headlong.inference.resampling import IMPOSSIBLE, normalise
from headlong.npz import Damaged, read_arrays

SHIPPED = "shares.npz"
"""The bank that forecasts use unless another is named."""

LARGEST = 20_000_000
"""A bank's file may unpack to so many numbers, and to no more."""

MOST_LOG = 1e6
"""Logs of weights are nearer to 0 than this."""
LEAST_LOG = 1.1 * IMPOSSIBLE
"""No log of a likelihood is less."""


class Bank(NamedTuple):
    """Draws of the parameters and what each war says of them; D draws, W wars.

    `wars` has for each war the fingerprint of its history; `used` names those that the weights rest on.
    """

    theta: NDArray[np.float64]  # (D, 4 + K)
    base: NDArray[np.float64]  # (D) log of prior over proposal
    told: NDArray[np.float64]  # (D, W) log-likelihood on each war
    wars: dict[str, str]
    used: tuple[str, ...]
    form: Form

    @property
    def cases(self) -> dict[str, str]:
        """The wars that the weights rest on, each with its fingerprint."""
        return {name: self.wars[name] for name in self.used}

    @property
    def draws(self) -> Draws:
        """Weighted draws given the wars that are used."""
        return Draws(self.theta, normalise(self.log_weight))

    @property
    def log_weight(self) -> NDArray[np.float64]:
        """Log of the weights (D) given the wars that are used, up to a constant."""
        columns = [list(self.wars).index(name) for name in self.used]
        whole = self.base + self.told[:, columns].sum(axis=1)
        return np.asarray(np.maximum(whole, IMPOSSIBLE))  # wars that rule out a draw rule it out once

    def without(self, names: Iterable[str]) -> Bank:
        """The same bank with some wars left out."""
        left = set(names)
        return self._replace(used=tuple(name for name in self.used if name not in left))


def bank_hash(bank: Bank) -> str:
    """SHA-256 of all that a forecast takes from a bank."""
    digest = sha256(" ".join([*bank.used, *bank.form.free, *(c.name for c in bank.form.columns)]).encode())
    for array in bank.draws:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def bank_for(case_id: str) -> Bank:
    """The shipped bank for a case, which it has not seen."""
    return unseen(load_bank(files("headlong.inference") / "banks" / SHIPPED), case_id)


def unseen(bank: Bank, case_id: str) -> Bank:
    """A bank without a case and without the wars on the same map in the same years."""
    return bank.without((case_id, *sisters(case_id)))


def save_bank(bank: Bank, path: str | Path) -> None:
    """Write a bank to `path` (.npz), whole or not at all."""
    meta = json.dumps(
        {
            "wars": bank.wars,
            "used": bank.used,
            "form": [bank.form.name, bank.form.title, bank.form.free],
            "parameters": bank.form.names,
        }
        | ({"form_hash": bank.form.file_hash} if bank.form.file_hash else {})
    )
    with whole(Path(path)) as part, part.open("wb") as file:
        np.savez_compressed(
            file,
            theta=bank.theta.astype("f4"),
            base=bank.base.astype("f4"),
            told=bank.told.astype("f4"),
            meta=np.frombuffer(meta.encode(), np.uint8),
        )


def load_bank(path: Any, form: Form | None = None) -> Bank:
    """Read a bank that `save_bank` wrote.

    Parameters
    ----------
    path : str, Path or Traversable
        The file.
    form : Form, optional
        The form that it was made for. Needed where that brings columns of its own: a file holds no functions.

    Raises
    ------
    BadRequest
        There is none, it is no bank, it is for other parameters, or its numbers cannot be true: all findings at once.
    """
    again = "Make one with `headlong calibrate`."
    try:
        found = read_arrays(Path(path) if isinstance(path, str) else path, LARGEST)
    except FileNotFoundError:
        raise BadRequest(f"no bank of parameters at {path}. {again}") from None
    except Damaged as error:
        raise BadRequest(f"{path} is not a bank of parameters ({error}). {again}") from error
    try:
        meta = json.loads(found["meta"].tobytes())
        theta, base, told = (found[name].astype(float) for name in ("theta", "base", "told"))
        wars, used, told_form = dict(meta["wars"]), tuple(meta["used"]), Form(*_texts(meta["form"]))
        known, form_hash = tuple(map(str, meta["parameters"])), str(meta.get("form_hash", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadRequest(f"{path} is not a bank of parameters. {again}") from error
    made_for = form_of_file(replace(told_form, file_hash=form_hash), known, form, str(path))
    bank = Bank(theta, base, told, wars, used, made_for)
    must_be_sound(bank, str(path), again)
    return bank


def form_of_file(told: Form, parameters: tuple[str, ...], given: Form | None, name: str) -> Form:
    """The form of a bank in a file: as the file tells it, or the one given, which must be the same."""
    form = given or told
    if (form.name, form.free) != (told.name, told.free):
        raise BadRequest(f"{name} is for the form '{told.name[:80]}', not for '{form.name}'.")
    if form.file_hash and told.file_hash and form.file_hash != told.file_hash:
        raise BadRequest(
            f"the file of the form '{form.name}' is no longer the one that {name} was made with "
            f"({form.file_hash[:12]}, then {told.file_hash[:12]}). Bring it back, or calibrate again."
        )
    if parameters == form.names:
        return form
    if parameters[: len(told.names)] == told.names and given is None:
        own = ", ".join(parameters[len(told.names) :])[:300]
        raise BadRequest(
            f"{name} is for the form '{told.name[:80]}', which brings columns of its own ({own}); a file holds no "
            "functions. Give the form, too: --form FILE.py; in Python load_bank(path, form), rerun(file, form=form)."
        )
    raise BadRequest(f"{name} is for other parameters: {', '.join(parameters)[:300]}. Calibrate again.")


def must_be_sound(bank: Bank, name: str, remedy: str) -> None:
    """Refuse a bank whose numbers cannot be true; all that is wrong is said."""
    if wrong := faults(bank):
        raise BadRequest(f"{name} cannot be used: {'; '.join(wrong)}. {remedy}")


def _texts(form: Any) -> tuple[str, str, tuple[str, ...]]:
    name, title, free = form
    return str(name), str(title), tuple(map(str, free))


def faults(bank: Bank) -> list[str]:
    """What is wrong with a bank, in words."""
    draws = bank.theta.shape[0] if bank.theta.ndim else 0
    shape: Mapping[str, tuple[int, ...]] = {
        "theta": (draws, len(bank.form.names)),
        "base": (draws,),
        "told": (draws, len(bank.wars)),
    }
    found = [
        f"{name} has the shape {getattr(bank, name).shape}, not {wanted}"
        for name, wanted in shape.items()
        if getattr(bank, name).shape != wanted
    ]
    found += [] if draws else ["it has no draws"]
    found += [
        f"{name} has numbers that are not finite"
        for name in shape
        if not np.isfinite(getattr(bank, name)).all()
    ]
    found += [
        f"a log of a weight in {name} is beyond all sense"
        for name in ("base", "told")
        if (getattr(bank, name) > MOST_LOG).any() or (getattr(bank, name) < LEAST_LOG).any()
    ]
    return found + _wars(bank) + _parameters(bank)


def _wars(bank: Bank) -> list[str]:
    """What is wrong with the names of a bank."""
    texts = [*bank.wars, *bank.wars.values(), *bank.used]
    if not all(isinstance(x, str) for x in texts):
        return ["a war or its fingerprint is no text"]
    found = [f"it has no war called {str(name)[:80]}" for name in bank.used if name not in bank.wars]
    found += [] if bank.form.free else ["its form frees no parameter"]
    found += ["a war is used twice"] if len({*map(str, bank.used)}) < len(bank.used) else []
    found += [
        f"its form has no parameter called {n[:80]}" for n in bank.form.free if n not in bank.form.names
    ]
    return found + (
        ["its form frees a parameter twice"] if len({*bank.form.free}) < len(bank.form.free) else []
    )


def _parameters(bank: Bank) -> list[str]:
    """What is wrong with the values of a bank's parameters, where they can be told apart."""
    if (
        bank.theta.ndim != 2
        or bank.theta.shape[1] != len(bank.form.names)
        or not bank.form.free
        or not {*bank.form.free} <= {*bank.form.names}
    ):
        return []
    values = bank.theta[:, bank.form.where][:, bank.form.in_logs]
    found = ["a parameter that must be above 0 is not"] if (values <= 0.0).any() else []
    return found + (["a parameter is beyond all sense"] if (np.abs(bank.theta) > 100.0).any() else [])
