"""What is kept of a calibration: stopped and resumed it gives the same bits, and nothing stale is served."""

import numpy as np
import pytest

from headlong.case import open_case
from headlong.inference import calibration as room
from headlong.inference import likelihood_cache as kept
from headlong.inference.contraction import learned, quantiles
from headlong.inference.leave_one_out import each_without
from headlong.inference.parameter_vector import PARS, Draws


def twice(theta):
    return 2.0 * theta[:, 0]


def test_each_vector_is_worked_out_once(tmp_path):
    seen = []
    theta = np.random.default_rng(1).normal(size=(250, 6))

    def work(rows):
        seen.append(len(rows))
        return twice(rows)

    memory = kept.Kept(work, ["a"], tmp_path)
    assert np.array_equal(memory(theta), twice(theta)) and seen == [100, 100, 50]
    assert np.array_equal(memory(theta[::-1]), twice(theta[::-1])) and len(seen) == 3
    again = kept.Kept(work, ["a"], tmp_path)
    assert np.array_equal(again(theta), twice(theta)) and len(seen) == 3


def test_other_histories_or_other_kernels_are_another_file(tmp_path, monkeypatch):
    one = kept.Kept(twice, ["a", "b"], tmp_path).path
    assert kept.Kept(twice, ["b", "a"], tmp_path).path == one
    assert kept.Kept(twice, ["a", "c"], tmp_path).path != one
    monkeypatch.setattr(kept, "kernel_hash", lambda _: "another")
    assert kept.Kept(twice, ["a", "b"], tmp_path).path != one


def test_a_broken_file_or_folder_is_no_fault(tmp_path):
    memory = kept.Kept(twice, ["a"], tmp_path)
    memory.path.write_bytes(b"PK nonsense")
    assert kept.Kept(twice, ["a"], tmp_path).found == {}
    (tmp_path / "file").write_text("")
    assert kept.Kept(twice, ["a"], tmp_path / "file" / "below")(np.ones((2, 6))).tolist() == [2.0, 2.0]


@pytest.fixture(scope="module")
def small():
    return [open_case("chad-2008")]


def test_stopped_and_resumed_gives_the_same_bits(small, tmp_path, monkeypatch):
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
    assert np.array_equal(resumed.draws.theta, whole.draws.theta)
    assert np.array_equal(resumed.draws.weight, whole.draws.weight)
    calls_alone = sum(calls)
    calls.clear()
    room.calibrate(small, draws=300, folder=tmp_path)
    assert done > 600 and calls_alone > 0 and not calls


def test_each_bank_leaves_its_case_out(tmp_path, monkeypatch):
    cases = [open_case("chad-2008"), open_case("libya-2019")]
    monkeypatch.setattr(
        "headlong.inference.leave_one_out.calibrate", lambda chosen, **_: [c.id for c in chosen]
    )
    assert dict(each_without(cases)) == {
        "without-chad-2008": ["libya-2019"],
        "without-libya-2019": ["chad-2008"],
        "all": ["chad-2008", "libya-2019"],
    }


def test_draws_from_the_prior_have_learned_nothing():
    u = np.random.default_rng(3).random((4000, len(PARS)))
    theta = np.stack([p.prior.quantile(u[:, k]) for k, p in enumerate(PARS)], 1)
    bank = room.Bank(Draws(theta, np.full(len(u), 1 / len(u))), {})
    for row in learned(bank):
        assert abs(row.contraction) < 0.1, row
        assert np.allclose(row.prior, row.posterior, atol=0.25), row
    halved = room.Bank(Draws(theta[:1] + 0 * theta, bank.draws.weight), {})
    assert all(row.contraction > 0.999 for row in learned(halved))


def test_quantiles_respect_weights():
    assert quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.0, 0.5, 0.5])) == (1.0, 1.0, 2.0)
