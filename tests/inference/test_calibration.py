"""Calibration by simulation, in short: the engine's own histories are read, filtered and found again.

The long version is validation/sbc.py.
"""

import numpy as np
import pytest
import sbc
from scipy.stats import kstest

from headlong.inference.parameter_vector import NAMES

COUNT = 42


@pytest.fixture(scope="module", autouse=True)
def fewer_members():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sbc, "MEMBERS", 80)
        yield


@pytest.fixture(scope="module")
def found():
    return sbc.trials(("iraq-2014", "libya-2019"), COUNT // 2, draws=120, days=50)


def test_ranks_are_uniform(found):
    """For the parameters, the parts of strain on the last evening, and the changes of the next two weeks."""
    ranks = np.array([t.ranks for t in found])
    assert ranks.shape == (COUNT, len(sbc.RANKED)) and set(NAMES) < set(sbc.RANKED)
    chances = {n: kstest(ranks[:, j], "uniform").pvalue for j, n in enumerate(sbc.RANKED)}
    assert min(chances.values()) > 0.001, chances
    for part in ("slow", "fast", "strain"):  # both sides together: twice the power
        both = [sbc.RANKED.index(f"{part} of the {side} side") for side in ("first", "second")]
        assert kstest(ranks[:, both].ravel(), "uniform").pvalue > 0.001, part


def test_intervals_hold_the_truth_nine_times_in_ten(found):
    share = sbc.covered(np.array([t.ranks for t in found]))
    assert (share >= 0.7).all() and 0.84 < share.mean() < 0.96, dict(zip(sbc.RANKED, share, strict=True))


def test_histories_say_something(found):
    """Wars differ, parameters are learned, and believed strain follows the true one."""
    losses = np.array([t.losses for t in found])
    assert np.median(losses) >= 2 and (losses == 0).mean() < 0.6
    assert np.mean([t.shrunk for t in found]) < 0.98
    strain = np.array([t.strain for t in found])
    assert (
        np.mean([np.corrcoef(strain[:, 0, s], strain[:, 1, s])[0, 1] for s in (0, 1)]) > 0.35
    )  # .45 to .70 by seed


def test_a_wrong_history_is_found_out(found):
    """The check can fail: strain believed without looking, or a war read with its losses left out."""
    strain = np.array([t.strain for t in found])
    mixed = np.random.default_rng(0).permutation(strain[:, 1, 0])
    assert abs(np.corrcoef(strain[:, 0, 0], mixed)[0, 1]) < 0.5
    land, thetas = sbc.country("iraq-2014"), sbc.prior_draws(40)
    wars = sbc.simulate(land, thetas[:40], 60, sbc.AHEAD, 3)
    peace = [w._replace(control=np.repeat(w.control[:1], len(w.control), axis=0)) for w in wars]
    ranks = np.array([sbc.try_one(land, p, thetas, k, k, 60).ranks for k, p in enumerate(peace)])
    at = [sbc.RANKED.index(f"strain of the {side} side") for side in ("first", "second")]
    assert min(kstest(ranks[:, j], "uniform").pvalue for j in at) < 1e-4
