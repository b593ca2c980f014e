"""Weighted draws from a law that is known beforehand, and from the bank when a war says more than it holds."""

import numpy as np
import pytest
from exposures import exposure, theta
from scipy import stats

from headlong.forms import Form
from headlong.inference.bank import bank_for, load_bank, save_bank
from headlong.inference.importance_sampling import (
    climb,
    covariance_at,
    cover,
    moments,
    sample,
    t_density,
    t_draws,
)
from headlong.inference.likelihood import likelihood
from headlong.inference.parameter_vector import NAMES, Draws, bound, free, log_prior
from headlong.inference.posterior import Posterior, draw_members, draw_numbers, weigh
from headlong.inference.resampling import ess, normalise

SIX = Form("six", "six parameters, some of them positive", NAMES[:6])
MODE = free(theta(-8.0, 3.0, 2.0, 0.5, 1.0, 0.8)[None], SIX)[0]
N = 2000


def correlated(seed=1):
    root = np.random.default_rng(seed).normal(size=(6, 6)) / 4 + np.diag([0.9, 0.3, 0.3, 0.5, 0.2, 0.2])
    return root @ root.T


def normal_target(z):
    return stats.multivariate_normal(MODE, correlated()).logpdf(z).reshape(len(z)) - 321.0


def heavy_target(z):
    return stats.multivariate_t(MODE, correlated(), df=5).logpdf(z).reshape(len(z)) + 12.0


@pytest.mark.parametrize("target, spread", ((normal_target, 1.0), (heavy_target, 5 / 3)))
def test_a_known_law_is_found_again(target, spread):
    """Started off the mode, all means within 5 standard errors, all covariances within a sixth."""
    z, weight = sample(target, MODE + 0.7, N)
    mean, cov = moments(z, weight)
    sd = np.sqrt(spread * np.diag(correlated()))
    assert ess(weight) > 0.4 * N
    assert (np.abs(mean - MODE) < 5 * sd / np.sqrt(ess(weight))).all()
    assert (np.abs(cov - spread * correlated()) < np.outer(sd, sd) / 6).all()
    assert weight.sum() == pytest.approx(1.0) and (weight >= 0).all()


def test_one_set_of_draws_serves_a_posterior_and_others_with_pieces_left_out():
    """Three normal pieces, one of which pulls hard: moments with it and without it, from the same draws."""
    centre = np.array([[0.0, 0.0], [0.3, -0.2], [3.5, 3.0]])

    def pieces(z):
        told = -0.5 * ((z[:, None] - centre) ** 2).sum(axis=2) * np.array([1.0, 1.0, 3.0])
        return -0.5 * (z**2).sum(axis=1) / 9.0, told

    z, base, told = cover(pieces, np.zeros(2), np.eye(3, dtype=bool), 3000)
    assert len(z) >= 3000
    for left in (None, 0, 1, 2):
        used = [k for k in range(3) if k != left]
        pull = np.array([1.0, 1.0, 3.0])[used]
        sharp = pull.sum() + 1 / 9
        weight = normalise(base + told[:, used].sum(axis=1))
        assert ess(weight) > 300
        mean, cov = moments(z, weight)
        np.testing.assert_allclose(mean, pull @ centre[used] / sharp, atol=5 / np.sqrt(sharp * ess(weight)))
        np.testing.assert_allclose(cov, np.eye(2) / sharp, atol=0.2 / sharp)


def test_quantiles_of_a_known_law():
    z, weight = sample(normal_target, MODE, N)
    for k, sd in enumerate(np.sqrt(np.diag(correlated()))):
        u = stats.norm(MODE[k], sd).cdf(z[:, k])
        shares = [weight[u < q].sum() for q in (0.05, 0.5, 0.95)]
        np.testing.assert_allclose(shares, (0.05, 0.5, 0.95), atol=0.05)


def test_the_same_seed_draws_the_same():
    one, two, other = (sample(normal_target, MODE, 300, seed=s) for s in (1, 1, 2))
    assert all(a.tobytes() == b.tobytes() for a, b in zip(one, two, strict=True))
    assert one[0].tobytes() != other[0].tobytes()


def test_a_constant_makes_no_difference():
    one, two = (sample(lambda z, c=c: normal_target(z) + c, MODE, 300) for c in (0.0, -5000.0))
    np.testing.assert_allclose(one[1], two[1], rtol=1e-6)


def test_mode_and_spread():
    assert np.abs(climb(normal_target, MODE - 1.0) - MODE).max() < 0.05
    values = np.linalg.eigvalsh(correlated())
    assert values.max() < 5.0  # below the bound that keeps a flat direction from running away
    np.testing.assert_allclose(covariance_at(normal_target, MODE), correlated(), atol=1e-6)


def test_densities_are_those_of_scipy():
    z, log_q = t_draws(np.random.default_rng(2), MODE, correlated(), 50)
    np.testing.assert_allclose(log_q, stats.multivariate_t(MODE, correlated(), df=6).logpdf(z))
    np.testing.assert_allclose(t_density(z, MODE, correlated()), log_q)
    values, total = bound(z, SIX), np.zeros(50)
    for k, p in enumerate(SIX.pars):
        if hasattr(p.prior, "sd_log"):
            law, at = stats.norm(np.log(p.prior.median), p.prior.sd_log), z[:, k]
        else:
            law, at = stats.norm(p.prior.mean, p.prior.sd), values[:, k]
        total += law.logpdf(at)
    np.testing.assert_allclose(log_prior(z, SIX), total)


def test_draws_of_the_proposal_have_its_covariance():
    z, _ = t_draws(np.random.default_rng(3), MODE, correlated(), 40_000)
    np.testing.assert_allclose(np.cov(z.T), 1.5 * correlated(), atol=0.1)


def test_free_and_bound_undo_each_other():
    bank = bank_for("")
    np.testing.assert_allclose(bound(free(bank.theta, bank.form), bank.form), bank.theta, rtol=1e-12)
    positive = [n for n, log in zip(bank.form.free, bank.form.in_logs, strict=True) if log]
    assert positive == ["strain.slow_sd", "strain.fast_sd", "strain.renewal"]
    assert (bound(np.full((1, len(NAMES)), -3.0), bank.form)[0, 1:4] > 0).all()
    six = bound(MODE[None], SIX)[0]
    assert not six[6:].any() and six[0] == -8.0 and six[1] == pytest.approx(3.0)


def test_weights_from_logs_of_any_size():
    np.testing.assert_allclose(normalise(np.log([1.0, 3.0]) - 1e4), [0.25, 0.75])
    np.testing.assert_allclose(normalise(np.array([0.0, -1e12])), [1.0, 0.0])
    draws = Draws(np.arange(12.0).reshape(2, 6), np.array([0.25, 0.75]))
    assert draws.ess == pytest.approx(1.6) and draws.mean[0] == 4.5
    assert draws.sd[0] == pytest.approx(6 * np.sqrt(0.25 * 0.75))


def test_members_follow_the_weights():
    """Any first so many members are spread over the draws by weight, to within a few each."""
    weight = np.array([0.5, 0.0, 0.2, 0.05, 0.25])
    posterior = Posterior(Draws(np.zeros((5, 6)), weight), 0.0, False)
    which = draw_numbers(posterior, np.arange(2000), 0.77)
    for n in (10, 100, 2000):
        counts = np.bincount(which[:n], minlength=5)
        assert np.abs(counts - n * weight).max() < 4 and counts[1] == 0
    some = np.array([1500, 3, 3, 999])
    assert draw_numbers(posterior, some, 0.77).tolist() == which[some].tolist()


def losses(days, held, lost):
    """A side that holds `held` places near the front and loses `lost` of them every day."""
    start = np.arange(days + 1) * (held + lost)
    n = start[-1]
    fallen = np.tile(np.arange(held + lost) < lost, days)
    return exposure(start, np.zeros(n), np.full(n, -1.0), np.zeros(n), fallen)


def test_a_war_moves_the_bank():
    """After many losses strain is believed higher; weights are likelihood times what they were."""
    bank, told = bank_for(""), losses(10, 6, 2)
    found = weigh(bank, [told])
    assert not found.fresh and 100 <= found.bank_ess == found.draws.ess < len(bank.draws.weight)
    expected = bank.draws.weight * np.exp(likelihood(bank.draws.theta, [told]) + 100)
    np.testing.assert_allclose(found.draws.weight, expected / expected.sum(), rtol=1e-9, atol=1e-15)
    assert found.draws.mean[0] + found.draws.mean[1] > bank.draws.mean[0] + bank.draws.mean[1]


def test_without_evidence_the_bank_is_kept():
    bank = bank_for("")
    nothing = exposure(np.zeros(6), *np.zeros((4, 0)))
    for evidence in ([], [nothing], [nothing, nothing]):
        found = weigh(bank, evidence)
        assert not found.fresh
        assert all(np.array_equal(a, b) for a, b in zip(found.draws, bank.draws, strict=True))


def like(bank, theta):
    """A bank of these draws, all of one weight."""
    return bank._replace(theta=theta, base=np.zeros(len(theta)), told=np.zeros((len(theta), len(bank.wars))))


def test_too_few_draws_are_made_anew():
    """Where few draws carry the weight, new ones are made; they agree with a far larger bank."""
    rng, told = np.random.default_rng(6), [losses(15, 3, 1), losses(30, 5, 0)]
    bank = bank_for("")
    mean, cov = moments(free(bank.theta, bank.form), bank.draws.weight)
    whole = bound(t_draws(rng, mean, cov * 4 / 6, 8_000)[0], bank.form)
    few, many = (like(bank, whole[:n]) for n in (900, 8_000))
    found = weigh(few, told, least_ess=800.0)
    assert found.fresh and found.bank_ess < 800 < len(found.draws.theta) == 900
    assert found.draws.ess > 150
    wanted = weigh(many, told, least_ess=1.0)
    assert not wanted.fresh and wanted.draws.ess > 1000
    one, other = (moments(free(d.theta, bank.form), d.weight) for d in (found.draws, wanted.draws))
    sd = np.sqrt(np.diag(other[1]))
    assert (np.abs(one[0] - other[0]) < 0.35 * sd).all()
    assert (np.abs(np.sqrt(np.diag(one[1])) / sd - 1) < 0.25).all()
    again = weigh(few, told, threads=1, least_ess=1.0)
    assert again.bank_ess == found.bank_ess
    assert weigh(few, told, threads=1, least_ess=800.0).draws.theta.tobytes() == found.draws.theta.tobytes()


def test_members_get_strain_whatever_the_grouping():
    told = [losses(5, 4, 1), losses(5, 3, 0)]
    posterior = weigh(bank_for(""), told)
    numbers, luck = np.arange(300), {"seed": 9, "offset": 0.3, "names": np.arange(2)}
    whole = draw_members(posterior, told, numbers, threads=2, **luck)
    back = draw_members(posterior, told, numbers[::-1].copy(), threads=1, **luck)
    part = draw_members(posterior, told, numbers[40:57], **luck)
    for a, b, c in zip(whole, back, part, strict=True):
        assert a.tobytes() == b[::-1].copy().tobytes()
        assert a[40:57].tobytes() == c.tobytes()
    assert whole.slow[:, 0].mean() > 0 > whole.slow[:, 1].mean()


def test_a_bank_is_read_as_it_was_written(tmp_path):
    bank = bank_for("")
    save_bank(bank, tmp_path / "new.npz")
    found = load_bank(tmp_path / "new.npz")
    assert found.cases == bank.cases and found.form == bank.form
    assert found.theta.tobytes() == bank.theta.tobytes()
    np.testing.assert_array_equal(found.draws.weight, bank.draws.weight)
    assert [p.name for p in tmp_path.iterdir()] == ["new.npz"]
