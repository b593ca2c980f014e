"""What is kept of a calibration: stopped and resumed it gives the same bits, and nothing stale is served."""

import numpy as np
import pytest

from headlong.case import open_case
from headlong.errors import BadRequest
from headlong.inference import calibration as room
from headlong.inference import likelihood_cache as kept
from headlong.inference.bank import bank_for
from headlong.inference.contraction import learned, median_and_interval
from headlong.inference.parameter_vector import PARS


def twice(theta):
    return 2.0 * theta[:, :2]


def test_each_vector_is_worked_out_once(tmp_path):
    seen = []
    theta = np.random.default_rng(1).normal(size=(250, 6))

    def work(rows):
        seen.append(len(rows))
        return twice(rows)

    memory = kept.LikelihoodCache(work, ["a"], tmp_path)
    assert np.array_equal(memory(theta), twice(theta)) and seen == [100, 100, 50]
    assert np.array_equal(memory(theta[::-1]), twice(theta[::-1])) and len(seen) == 3
    again = kept.LikelihoodCache(work, ["a"], tmp_path)
    assert np.array_equal(again(theta), twice(theta)) and len(seen) == 3


def test_other_histories_or_other_kernels_are_another_file(tmp_path, monkeypatch):
    one = kept.LikelihoodCache(twice, ["a", "b"], tmp_path).path
    assert (
        kept.LikelihoodCache(twice, ["b", "a"], tmp_path).path != one
    )  # its values stand in the order of the histories
    assert kept.LikelihoodCache(twice, ["a", "c"], tmp_path).path != one
    monkeypatch.setattr(kept, "kernel_hash", lambda _: "another")
    assert kept.LikelihoodCache(twice, ["a", "b"], tmp_path).path != one


def test_a_broken_file_or_folder_is_no_fault(tmp_path):
    memory = kept.LikelihoodCache(twice, ["a"], tmp_path)
    memory.path.write_bytes(b"PK nonsense")
    assert kept.LikelihoodCache(twice, ["a"], tmp_path).found == {}
    (tmp_path / "file").write_text("")
    assert (
        kept.LikelihoodCache(twice, ["a"], tmp_path / "file" / "below")(np.ones((2, 6))).tolist()
        == [[2.0, 2.0]] * 2
    )


@pytest.fixture(scope="module")
def small():
    return [open_case("chad-2008")]


def test_stopped_and_resumed_gives_the_same_bits(small, tmp_path, monkeypatch):
    with pytest.raises(BadRequest, match="named more than once"):
        room.calibrate([*small, small[0]], draws=300)
    whole = room.calibrate(small, draws=300)
    likelihood, calls = room.likelihood, []

    def stopping(theta, *rest):
        calls.append(len(theta))
        if sum(calls) > 700:
            raise KeyboardInterrupt
        return likelihood(theta, *rest)

    monkeypatch.setattr(room, "likelihood", stopping)
    with pytest.raises(KeyboardInterrupt):
        room.calibrate(small, draws=300, folder=tmp_path)
    done = sum(calls[:-1])
    calls.clear()
    monkeypatch.setattr(
        room, "likelihood", lambda theta, *rest: calls.append(len(theta)) or likelihood(theta, *rest)
    )
    resumed = room.calibrate(small, draws=300, folder=tmp_path)
    assert np.array_equal(resumed.theta, whole.theta)
    assert np.array_equal(resumed.draws.weight, whole.draws.weight)
    calls_alone = sum(calls)
    calls.clear()
    room.calibrate(small, draws=300, folder=tmp_path)
    assert done > 600 and calls_alone > 0 and not calls


def made_of(theta):
    none = {"base": np.zeros(len(theta)), "told": np.zeros((len(theta), 0)), "wars": {}, "used": ()}
    return bank_for("")._replace(theta=theta, **none)


def test_a_war_is_left_out_exactly():
    """Weights without a war are those of prior and all other wars."""
    bank = bank_for("")
    for k, name in enumerate(list(bank.wars)[:3]):
        less = bank.without([name])
        log = bank.base + np.delete(bank.told, k, axis=1).sum(axis=1)
        wanted = np.exp(log - log.max())
        np.testing.assert_allclose(less.draws.weight, wanted / wanted.sum(), atol=1e-12)
        assert name not in less.cases and len(less.cases) == len(bank.cases) - 1


def test_draws_from_the_prior_have_learned_nothing():
    u = np.random.default_rng(3).random((4000, len(PARS)))
    theta = np.stack([p.prior.quantile(u[:, k]) for k, p in enumerate(PARS)], 1)
    for row in learned(made_of(theta)):
        assert abs(row.contraction) < 0.1, row
        assert np.allclose(row.prior, row.posterior, atol=0.25), row
    assert all(row.contraction > 0.999 for row in learned(made_of(theta[:1] + 0 * theta)))


def test_quantiles_respect_weights():
    assert median_and_interval(np.array([3.0, 1.0, 2.0]), np.array([0.0, 0.5, 0.5])) == (1.0, 1.0, 2.0)
