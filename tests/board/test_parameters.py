"""Parameters: priors are the distributions they are named for, and a number is never alone."""

import ast
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from headlong import mechanisms
from headlong.mechanisms import AROUND, CORE, PARAMETERS
from headlong.parameters import (
    Beta,
    LogNormal,
    Normal,
    fill,
    flat,
    par,
    parameters,
    pars_of,
    record_dtype,
    room_of,
)

ALL = [(room_of(c), name, p) for c in PARAMETERS for name, p in pars_of(c).items()]
LUCK = np.array([1e-6, 0.001, 0.025, 0.2, 0.5, 0.77, 0.975, 0.9999])
BUILT_IN = {name for kind in (np.void, np.record, np.recarray, np.ndarray) for name in dir(kind)}
"""Names that numpy's records and arrays keep for themselves."""

scale = st.floats(0.05, 4.0)
shape = st.floats(0.8, 90.0)
priors = st.one_of(
    st.builds(Normal, st.floats(-9.0, 9.0), scale),
    st.builds(LogNormal, st.floats(1e-3, 50.0), scale),
    st.builds(Beta, shape, shape),
)


def frozen(prior):
    """The same distribution in scipy."""
    if isinstance(prior, Normal):
        return stats.norm(prior.mean, prior.sd)
    if isinstance(prior, LogNormal):
        return stats.lognorm(prior.sd_log, scale=prior.median)
    return stats.beta(prior.a, prior.b)


@given(prior=priors, u=st.floats(1e-6, 1 - 1e-6))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_quantile_inverts_its_distribution(prior, u):
    x = prior.quantile(u)
    assert frozen(prior).cdf(x) == pytest.approx(u, rel=1e-7, abs=1e-12)
    np.testing.assert_allclose(prior.quantile(LUCK), frozen(prior).ppf(LUCK), rtol=1e-9, atol=1e-12)


@given(prior=priors)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_density_belongs_to_its_quantiles(prior):
    x = prior.quantile(LUCK[1:-1])
    np.testing.assert_allclose(prior.log_density(x), frozen(prior).logpdf(x), rtol=1e-8, atol=1e-8)
    step = 1e-6
    rise = (prior.quantile(0.4 + step) - prior.quantile(0.4 - step)) / (2 * step)
    assert math.log(1.0 / rise) == pytest.approx(float(prior.log_density(prior.quantile(0.4))), abs=1e-4)


@pytest.mark.parametrize(("room", "name", "p"), ALL, ids=[f"{room}.{name}" for room, name, _ in ALL])
def test_a_number_is_never_alone(room, name, p):
    assert p.name == name
    assert p.unit.strip() and p.doc.strip() and p.source.strip()
    assert p.doc[0].islower() or p.doc[0].isupper(), "a sentence in words"
    assert isinstance(p.prior, (Normal, LogNormal, Beta))
    assert np.isfinite(p.default)
    assert np.isfinite(p.neutral) or (room, name) == ("strain", "mean")
    if p.default == p.neutral:  # not in force in a forecast: drawn from its prior in what-ifs
        assert not p.acts
        assert (p.prior.quantile(LUCK) != p.neutral).all()
    else:
        assert p.acts
        assert np.isfinite(p.prior.log_density(p.default)), "the default has no weight under its prior"
        assert 0.005 < frozen(p.prior).cdf(p.default) < 0.995, "the default lies in the tail of its prior"


def test_a_name_stands_once():
    rooms = [room_of(c) for c in PARAMETERS]
    assert len(set(rooms)) == len(rooms)
    assert (*CORE, *AROUND) == PARAMETERS
    assert all(name.isidentifier() and room.isidentifier() for room, name, _ in ALL)


def test_only_the_core_is_calibrated():
    assert [p.name for c in CORE for p in pars_of(c).values()] == [
        "mean", "slow_sd", "fast_sd", "renewal", "nearby", "won", "won_lately", "border", "seat", "home", "taken",
    ]  # fmt: skip


def test_rooms_are_named_after_their_class():
    class StrongHold:
        pass

    assert room_of(StrongHold) == "strong_hold"


def test_a_class_collects_its_parameters():
    @parameters
    class Tide:
        height: float = par(2.0, "m", prior=LogNormal(2.0, 0.5), neutral=0.0, doc="a height", source="none")
        other = 3

    assert list(pars_of(Tide)) == ["height"] and Tide.height is pars_of(Tide)["height"]
    assert Tide.height.name == "height" and Tide.height.acts and Tide.other == 3


def test_flat_and_fill_are_a_round_trip():
    rng = np.random.default_rng(1)
    values = {(room, name): rng.random(5) for room, name, _ in ALL}
    records = fill(PARAMETERS, 5, lambda room, p: values[room, p.name])
    assert records.dtype == record_dtype(PARAMETERS) and records.shape == (5,)
    columns = flat(records)
    assert set(columns) == {f"{room}.{name}" for room, name, _ in ALL}
    again = fill(PARAMETERS, 5, lambda room, p: columns[f"{room}.{p.name}"])
    assert again.tobytes() == records.tobytes()
    for room, name, _ in ALL:
        assert (columns[f"{room}.{name}"] == values[room, name]).all()


def test_fill_spreads_a_single_value():
    records = fill(PARAMETERS, 3, lambda room, p: p.default)
    for column, (_, _, p) in zip(flat(records).values(), ALL, strict=True):
        assert (column == p.default).all()


READ_BY_ITEM = {"strain.mean"}
"""Fields with the name of a method of numpy, which no kernel may read as an attribute."""


@pytest.mark.parametrize("name", [f"{room}.{name}" for room, name, _ in ALL])
def test_no_field_hides_an_attribute_of_numpy(name):
    """Plain Python would find the method instead; what has such a name is read by item."""
    hidden = set(name.split(".")) & BUILT_IN
    assert not hidden or name in READ_BY_ITEM
    for path in Path(mechanisms.__file__).parent.rglob("*.py"):
        read = {n.attr for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Attribute)}
        assert not hidden & read, path.name
