"""A form is one file: with it everything runs that runs with the default."""

import numpy as np
import pytest
from no_news import NO_NEWS
from quick import QUICK, forecast

import headlong as hl
from headlong.forms.form import NAMES
from headlong.inference.bank import bank_hash, load_bank, save_bank
from headlong.inference.calibration import calibrate, exposures_of
from headlong.inference.likelihood import likelihood
from headlong.verify.hindcasts.hindcast import verify

WARS = ("chad-1990", "chad-2008", "rwanda-1994")


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    """Calibrated in the new form, written and read."""
    path = tmp_path_factory.mktemp("banks") / "no-news.npz"
    save_bank(calibrate([hl.open_case(name) for name in WARS], draws=300, form=NO_NEWS), path)
    return load_bank(path)


def test_it_is_calibrated(bank):
    news = [k for k, name in enumerate(NAMES) if name.startswith("news.")]
    assert bank.form == NO_NEWS and not bank.theta[:, news].any() and bank.theta[:, NO_NEWS.where].any()


def test_it_is_filtered(bank):
    scores = likelihood(bank.theta[:5], exposures_of(hl.open_case("rwanda-1994")), 1)
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("control", ("reports", "history"))
def test_it_forecasts(bank, control):
    made = forecast("rwanda-1994", days=10, members=20, control=control, bank=bank)
    assert made.attrs["bank_hash"] == bank_hash(bank)
    drawn = made["parameters"].sel(parameter=["news.nearby", "news.won", "news.won_lately"])
    assert not drawn.values.any() and hl.summarise(made)["places"]


def test_it_is_verified(bank, tmp_path):
    how = {"members": 20, "folder": tmp_path, "settings": QUICK}
    result = verify(["rwanda-1994"], leads=(7,), inits=[hl.open_case("rwanda-1994").init], bank=bank, **how)
    assert [case["id"] for case in result["cases"]] == ["rwanda-1994"]
