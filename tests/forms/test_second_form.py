"""A form is one file: with it everything runs that runs with the default, and its own terms reach all of it."""

from dataclasses import replace

import numpy as np
import pytest
from large_towns import LARGE_TOWNS, size
from quick import QUICK, forecast

import headlong as hl
from headlong.errors import BadRequest
from headlong.forecast.rerun import differences, rerun
from headlong.forecast.results.request_in_file import request_of
from headlong.forms import DEFAULT, Form
from headlong.forms.form import NAMES, PARS, faults
from headlong.inference.bank import bank_hash, load_bank, save_bank, unseen
from headlong.inference.calibration import calibrate, exposures_of
from headlong.inference.likelihood import likelihood
from headlong.inference.parameter_vector import log_prior
from headlong.inputs.geography import read_map
from headlong.parameters import LogNormal, Normal
from headlong.verify.hindcasts.hindcast import as_json, verify

WARS, WAR = ("chad-1990", "chad-2008", "rwanda-1994"), "rwanda-1994"
SIZE = len(NAMES)  # its coefficient's place in the full vector
STEEP = 3.0


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    """Calibrated in the form, written and read."""
    path = tmp_path_factory.mktemp("banks") / "large-towns.npz"
    save_bank(calibrate([hl.open_case(name) for name in WARS], draws=300, form=LARGE_TOWNS), path)
    return load_bank(path, LARGE_TOWNS)


def with_size(bank, coefficient):
    """The bank with one coefficient of size in all draws."""
    theta = bank.theta.copy()
    theta[:, SIZE] = coefficient
    return bank._replace(theta=theta)


def as_default(bank):
    """The same draws in the default form, which has no such column."""
    return bank._replace(theta=np.ascontiguousarray(bank.theta[:, :SIZE]), form=DEFAULT)


def test_it_is_calibrated(bank):
    news = [NAMES.index(n) for n in ("news.nearby", "news.won", "news.won_lately")]
    assert bank.form == LARGE_TOWNS and bank.theta.shape[1] == SIZE + 1
    assert not bank.theta[:, news].any() and (bank.theta[:, NAMES.index("strain.fast_sd")] < 1e-5).all()
    assert bank.theta[:, LARGE_TOWNS.where].std(axis=0).min() > 0.0  # all that it learns is drawn


def test_the_default_is_calibrated_as_a_form_like_any_other():
    wars = [hl.open_case("chad-2008")]
    one, other = calibrate(wars, draws=300), calibrate(wars, draws=300, form=Form("twin", "the same", NAMES))
    assert np.array_equal(one.theta, other.theta) and np.array_equal(one.draws.weight, other.draws.weight)


def test_the_filter_reads_its_column(bank):
    case = hl.open_case(WAR)
    ours, plain = exposures_of(case, LARGE_TOWNS), exposures_of(case)
    for own, usual in zip(ours, plain, strict=True):
        assert np.array_equal(own.x[:, :-1], usual.x)
        assert np.array_equal(own.x[:, -1], size(case, None)[own.place])
    theta = bank.theta[:5]
    got = likelihood(theta, ours, 1)
    assert np.array_equal(got, likelihood(theta, ours, 2)) and np.isfinite(got).all()
    none = with_size(bank, 0.0).theta[:5]
    assert np.array_equal(likelihood(none, ours, 1), likelihood(none[:, :SIZE].copy(), plain, 1))
    assert (np.abs(got - likelihood(none, ours, 1)) > 1e-6).all()


def test_its_priors_are_those_of_its_file():
    z = np.array([[par.default for par in LARGE_TOWNS.pars]])
    z[:, LARGE_TOWNS.in_logs] = np.log(z[:, LARGE_TOWNS.in_logs])
    usual = replace(LARGE_TOWNS, priors={})
    mean, own = PARS[0].default, Normal(-8.0, 1.5)
    wanted = own.log_density(mean) - PARS[0].prior.log_density(mean)
    assert np.allclose(log_prior(z, LARGE_TOWNS) - log_prior(z, usual), wanted)


@pytest.mark.parametrize("control", ("reports", "history"))
def test_it_forecasts(bank, control):
    """Its column acts in the engine and in the particle filter; with a coefficient of nought it is not there."""
    how = {"days": 10, "members": 20, "control": control}
    made = forecast(WAR, bank=bank, **how)
    assert made.attrs["bank_hash"] == bank_hash(unseen(bank, WAR)) and hl.summarise(made)["places"]
    assert not made["parameters"].sel(parameter=["news.nearby", "news.won", "news.won_lately"]).values.any()
    none, plain = forecast(WAR, bank=with_size(bank, 0.0), **how), forecast(WAR, bank=as_default(bank), **how)
    assert np.array_equal(none["control"].values, plain["control"].values)
    steep = forecast(WAR, bank=with_size(bank, STEEP), **how)
    assert not np.array_equal(steep["control"].values, plain["control"].values)


def test_it_is_run_again_from_its_file(bank, tmp_path):
    hl.save(forecast(WAR, bank=bank, days=3, members=5), tmp_path / "one.nc")
    found = hl.load(tmp_path / "one.nc")
    assert not differences(found, rerun(found, form=LARGE_TOWNS))
    with pytest.raises(BadRequest, match=r"brings columns of its own \(extra\.size\)"):
        request_of(found)
    with pytest.raises(BadRequest, match="is for the form 'large-towns', not for 'shares'"):
        request_of(found, form=DEFAULT)


def test_it_is_verified(bank, tmp_path):
    """Scores are the form's own: they follow its column, and are the default's where that has no coefficient."""
    how = {
        "leads": (7,),
        "inits": [hl.open_case(WAR).init],
        "members": 20,
        "settings": QUICK,
        "folder": tmp_path,
    }

    def scores(bank):
        return as_json(verify([WAR], bank=bank, **how))

    plain = scores(as_default(bank))
    assert scores(with_size(bank, 0.0)) == plain
    assert scores(with_size(bank, STEEP)) != plain


def test_a_form_that_cannot_be_calibrated_is_refused_with_all_that_is_wrong():
    wrong = Form("w", "", ("strain.mean", "loss.wind"), LARGE_TOWNS.columns * 2,
                 {"strain.mean": LogNormal(1.0, 1.0), "loss.seat": Normal(0.0, 1.0)})  # fmt: skip
    assert [text.split("'")[1] for text in faults(wrong)] == [
        "loss.wind", "strain.slow_sd", "loss.seat", "strain.mean", "size"
    ]  # fmt: skip
    with pytest.raises(BadRequest, match=r"form 'w' cannot be used: it learns 'loss\.wind'"):
        calibrate([hl.open_case("chad-2008")], form=wrong)
    assert not faults(DEFAULT) and not faults(LARGE_TOWNS)


def test_a_column_of_another_size_is_refused():
    columns = (replace(LARGE_TOWNS.columns[0], values=lambda case, where: [1.0, np.nan]),)
    with pytest.raises(BadRequest, match="column 'size', case chad-2008: its function gave an array"):
        read_map(hl.open_case("chad-2008"), replace(LARGE_TOWNS, columns=columns))


def test_a_bank_in_a_file_needs_its_form(bank, tmp_path):
    save_bank(bank, tmp_path / "b.npz")
    with pytest.raises(BadRequest, match="brings columns of its own"):
        load_bank(tmp_path / "b.npz")
    for path in (tmp_path / "b.npz", str(tmp_path / "b.npz")):
        assert np.array_equal(load_bank(path, LARGE_TOWNS).theta, bank.theta)
