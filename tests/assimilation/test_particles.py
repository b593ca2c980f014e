"""Particles against brute force: two places, a few days, every history written out."""

import itertools

import numpy as np
import pytest
from exposures import theta
from tables import report, tiny_war, told_of

from headlong.assimilation import particle_filter as room
from headlong.assimilation.rejuvenate import exposure_along
from headlong.assimilation.report_arrays import GRID, mean_fits, prior_reliability, read_reports
from headlong.assimilation.transitions import BACKGROUND
from headlong.inference.parameter_vector import Draws
from headlong.inference.strain_filter import run_filter
from headlong.reports.credibility import CLASSES, GROUPS, value

THETA = np.array(
    [theta(-1.5, 1.2, 0.9, 0.5, 0.8, 0.4), theta(-3.0, 0.8, 1.4, 0.9, 0.6, 0.1, 0.1, loss__taken=1.0)]
)
DAYS = 3


@pytest.fixture(scope="module")
def tiny():
    return tiny_war()


def chance_of_reports(history, told, where, usual):
    """Chance of all reports under a history, reliabilities summed out class by class on the same grid.

    Each is the chance of speaking of this place and not of another; `usual` is how well a report fits the others.
    """
    total, trust = 0.0, prior_reliability()
    for cell in range(len(CLASSES) * len(GROUPS)):
        belief = trust[cell].copy()
        for o, mean in zip(told, usual, strict=True):
            if o.cell != cell or o.confirmed:
                continue
            sure = 1.0 / (1.0 + (1.0 - GRID) / GRID * np.exp(-o.shift))
            heard = np.maximum(sure, 1.0 / (1.0 + o.base_rate_ratio))
            here, all_over = (
                heard * fit + (1.0 - heard) * (1.0 - fit) / o.base_rate_ratio
                for fit in (fit_of(history, o, where), mean)
            )
            belief = belief * (here / all_over) ** o.counted
        total += np.log(belief.sum())
    firmly = value("verification", "confirmed")
    for o in told:
        if o.confirmed:
            fit = fit_of(history, o, where)
            total += o.counted * np.log(firmly * fit + (1.0 - firmly) * (1.0 - fit) / o.base_rate_ratio)
    return total


def fit_of(history, o, where, place=None):
    i, s = where.place[place or o.row["place"]], where.side[o.row["side"]]
    line = history[: o.day + 1, i]
    same = 0
    while same < o.day and line[-1 - same - 1] == line[-1]:
        same += 1
    age = 3 if same == o.day else min(3, same)
    late = 0 if age == 0 else (1 if age < 3 else 2)
    return o.fit[late if line[-1] == s else 3 + late]


def by_hand(case, reports, usual, days=DAYS, weights=(0.6, 0.4)):
    """Posterior chance of every last pair of holders, and of each set of parameters, by enumeration."""
    full, where, told = told_of(case, reports, days)
    silence = read_reports(full, where, told, days).p_unreported
    mass, by_theta = np.zeros((3, 3)), np.zeros(len(THETA))
    for flat in itertools.product(range(3), repeat=2 * days):
        history = np.vstack([[0, 0], np.array(flat).reshape(days, 2)]).astype(np.int8)
        changes = np.argwhere(history[1:] != history[:-1])
        if len(changes) > 3:
            continue
        log_p = 0.0
        for d in range(days):
            for i in range(2):
                a, b = history[d, i], history[d + 1, i]
                odd = 0.002 * 2 if a == 2 else BACKGROUND
                if a == b:
                    log_p += np.log(1 - odd)
                elif a != 2 and b != 2:
                    log_p += np.log((1 - odd) * silence[d + 1, i, b])
                else:
                    log_p += np.log((0.002 if a == 2 else BACKGROUND) * silence[d + 1, i, b])
        log_p += chance_of_reports(history, told, where, usual)
        evidence = exposure_along(full, where, history)
        for k, vector in enumerate(THETA):
            score = sum(run_filter(vector, *e.arrays)[0].sum() for e in evidence if e.lost.size)
            p = weights[k] * np.exp(log_p + score)
            mass[history[-1, 0], history[-1, 1]] += p
            by_theta[k] += p
    return mass / mass.sum(), by_theta / by_theta.sum()


def by_particles(case, reports, days=DAYS, count=4000, seed=1, **other):
    full, where, told = told_of(case, reports, days)
    found = room.assimilate(
        full, where, told, days, Draws(THETA, np.array([0.6, 0.4])), seed, particles=count, **other
    )
    mass = np.zeros((3, 3))
    np.add.at(mass, (found.history[:, -1, 0], found.history[:, -1, 1]), found.weight)
    by_theta = np.array([found.weight[found.state.draw == k].sum() for k in range(len(THETA))])
    return mass, by_theta, found


STORIES = {
    "nothing said": [],
    "one claim": [report("a", 2, "town", "fell", "rebels")],
    "claim and denial": [
        report("a", 2, "town", "fell", "rebels", source_class="belligerent", interest="own_success"),
        report("b", 3, "town", "fell", "rebels", polarity="denied", interest="own_success"),
    ],
    "confirmed": [report("a", 2, "capital", "fell", "rebels", verification="confirmed")],
    "one class on two places": [
        report("a", 1, "capital", "held", "gov"),
        report("b", 2, "town", "fell", "rebels"),
        report("c", 3, "town", "held", "gov", source_class="reporter"),
    ],
}


@pytest.mark.parametrize("story", STORIES)
def test_particles_give_the_law_that_enumeration_gives(tiny, story):
    found, by_theta, particles = by_particles(tiny, STORIES[story])
    exact, shares = by_hand(tiny, STORIES[story], particles.reports.mean_fit)
    error = 4.0 / np.sqrt(particles.last_ess)
    assert np.abs(found - exact).max() < max(0.02, error * 0.5), (found, exact)
    assert np.abs(by_theta - shares).max() < max(0.03, error * 0.6)


def test_how_well_a_report_fits_other_places_is_a_mean_over_histories_and_places(tiny):
    _, where, told = told_of(tiny, STORIES["one class on two places"], DAYS)
    _, _, particles = by_particles(tiny, STORIES["one class on two places"], count=40)
    found = mean_fits(particles.reports, particles.history, particles.weight, np.zeros(2, bool))
    for o, mean in zip(told, found, strict=True):
        fits = [[fit_of(h, o, where, place) for place in where.ids] for h in particles.history]
        easy = particles.weight @ np.mean(fits, axis=1)
        assert mean == pytest.approx(max(easy, 1.0 / (1.0 + o.base_rate_ratio)))
    found = mean_fits(particles.reports, particles.history, particles.weight, np.array([True, False]))
    town = [fit_of(h, told[-1], where, "town") for h in particles.history]
    assert found[-1] == pytest.approx(particles.weight @ np.array(town))  # what lies outside is not asked


def test_the_weight_of_a_day_does_not_hang_on_what_is_drawn(tiny):
    """Particles that are alike in the morning are alike in weight in the evening, whatever befell them."""
    full, where, told = told_of(tiny, [], 1)
    found = room.assimilate(full, where, told, 1, Draws(THETA[:1], np.ones(1)), 5, particles=2000)
    assert len(np.unique(found.history[:, -1], axis=0)) > 2
    assert np.ptp(found.state.weight) < 1e-9
