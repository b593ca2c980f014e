"""The grid filter against brute force, and what must leave it unmoved."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from brute import dense, paths
from exposures import AT, exposure, theta
from numba import njit

from headlong.board.draws import many_uniforms
from headlong.case.case import Case
from headlong.case.rows import Row, Side
from headlong.case.tables.schema import columns_of
from headlong.inference.calibration import exposures_of
from headlong.inference.likelihood import likelihood
from headlong.inference.strain_filter import draw_strain, filter_side, log_likelihoods, run_filter
from headlong.inference.strain_moves import HALF_SLOW, slow_moves, spacing
from headlong.inputs.control_history import known_past
from headlong.inputs.exposure import Exposure, gather
from headlong.inputs.geography import read_map

USUAL = theta(-8.7, 3.4, 1.85, 0.4, 1.25, 0.95)
THETAS = (
    USUAL,
    theta(-7.7, 2.6, 2.4, 0.6, 1.0, 0.8, 0.1),
    theta(-9.5, 4.3, 1.4, 0.3, 1.4, 1.1, 0.0),
)
"""Near the posterior of eight cases, and some two standard deviations off on either side."""


def row(table, **cells):
    empty = {"text": "", "list": (), "textlist": ()}
    blank = {name: empty.get(column.type) for name, column in columns_of(table).items()}
    return Row(blank | cells)


def place(ident, kind, lat, holder):
    return row("places", id=ident, name=ident, kind=kind, lat=lat, lon=0.0, held_by=holder)


@pytest.fixture(scope="module")
def tiny():
    """Two sides, three places on one road, six days: the middle one falls on the third, and comes back."""
    start = date(2031, 1, 1)
    change = {"earliest": None, "latest": None, "from_side": "crown", "to_side": "guild"}

    def at(day, where, loser, taker):
        when = start + timedelta(days=day)
        return row("history", place=where, **change | {"earliest": when, "latest": when}
                   | {"from_side": loser, "to_side": taker})  # fmt: skip

    return Case(
        id="tiny", title="Tiny", start=start, end=start + timedelta(days=6), init=start,
        sides=(Side("crown", "Crown", "incumbent"), Side("guild", "Guild", "insurgent", seat="gamma")),
        places=(
            place("alpha", "capital", 0.0, "crown"),
            place("beta", "town", 0.9, "crown"),
            place("gamma", "provincial_capital", 1.6, "guild"),
        ),
        roads=(
            row("roads", **{"from": "alpha", "to": "beta", "distance_km": 110.0, "class": "primary"}),
            row("roads", **{"from": "beta", "to": "gamma", "distance_km": 80.0, "class": "primary"}),
        ),
        history=(at(3, "beta", "crown", "guild"), at(5, "beta", "guild", "crown")),
    )  # fmt: skip


def evidence_in(case):
    where = read_map(case)
    return gather(case, where, known_past(case, where, case.end))[0]


def moments_of(belief):
    """(mean, sd) of slow, fast and their sum under the filter's belief."""
    w, step = belief
    x = (np.arange(w.shape[0]) - w.shape[0] // 2)[:, None] * step + 0 * w
    y = (np.arange(w.shape[1]) - w.shape[1] // 2) * step + 0 * w
    found = []
    for value in (x, y, x + y):
        mean = (w * value).sum()
        found.append((mean, np.sqrt((w * (value - mean) ** 2).sum())))
    return found


@pytest.mark.parametrize("vector", THETAS)
@pytest.mark.parametrize("side", (0, 1))
def test_as_by_brute_force(tiny, vector, side):
    """Within .01 nats a day and .05 of a standard deviation: what is left is the grid's own coarseness."""
    evidence = evidence_in(tiny)[side]
    scores, belief = filter_side(vector, evidence)
    exact, wanted = dense(vector, evidence)
    assert len(scores) == 6 and evidence.lost.sum() == 1
    np.testing.assert_allclose(scores, exact, atol=0.01)
    assert abs(scores.sum() - exact.sum()) < 0.01
    for (mean, sd), (m, s) in zip(moments_of(belief), wanted, strict=True):
        assert abs(mean - m) < 0.05 * s and abs(sd / s - 1) < 0.05


def test_brute_force_by_other_means(tiny):
    """The dense grid agrees with 400,000 random paths within five standard errors of these."""
    for side, evidence in enumerate(evidence_in(tiny)):
        exact, wanted = dense(USUAL, evidence)
        found, error, moments = paths(USUAL, evidence, 400_000, seed=side)
        assert error < 0.01 and abs(found - exact.sum()) < 5 * error
        for (mean, sd), (m, s) in zip(moments, wanted, strict=True):
            assert abs(mean - m) < 0.05 * s and abs(sd / s - 1) < 0.05


def test_a_history_written_out_by_hand(tiny):
    """Six days of the crown from places and roads alone: border, seat, losses nearby and their days."""
    extent = 110.0  # of the ways 110, 80 and 190
    seat = np.log(np.array([25.0, 110.0]) / extent * 3.0)  # alpha counts as 25 km from itself
    # with gamma hostile the border lies between gamma and beta; with beta too, between beta and alpha; it is
    # anywhere there, and one over the way is averaged, ways under .07 of the extent counting as that
    least = 0.07 * extent
    edge = [
        80.0 / np.log(190.0 / 110.0),
        80.0 / (1.0 + np.log(80.0 / least)),
        110.0 / (1.0 + np.log(110.0 / least)),
    ]
    border = np.log(np.array(edge) / extent * 6.0)
    near = np.array([[0.0, 110.0, 190.0], [110.0, 0.0, 80.0], [190.0, 80.0, 0.0]]) / (extent / 6.0)
    reach = np.where(near > 0, 1.0 / (1.0 + near**2), 0.0)
    heard = (reach / reach.sum(axis=0))[1]  # of beta's loss at alpha, and at beta itself: nothing
    shed, week = 1.0 / 2.0, np.exp(-np.array([1.0, 2.0, 3.0]) / 7.0)
    month, taken = np.exp(-1.0 / 30.0), np.exp(-np.array([1.0, 2.0]) / 14.0)
    names = ("nearby", "shed", "won", "won_lately", "border", "seat", "taken", "lost")
    quiet = [(0, 0, 0, 0, border[0], seat[0], 0, 0), (0, 0, 0, 0, border[1], seat[1], 0, 0)]
    won = 1.0 / 2.0  # it has one place when it wins one back
    days = [
        quiet,
        quiet,
        [quiet[0], (*quiet[1][:-1], 1)],
        [(heard[0] * week[0], shed * week[0], 0, 0, border[2], seat[0], 0, 0)],
        [(heard[0] * week[1], shed * week[1], 0, 0, border[2], seat[0], 0, 0)],
        [
            (heard[0] * week[2], shed * week[2], won * week[0], won * month, border[0], seat[0], 0, 0),
            (0, shed * week[2], won * week[0], won * month, border[1], seat[1], taken[0], 0),
        ],
    ]
    rows = [dict(zip(names, row, strict=True)) for day in days for row in day]
    x = np.zeros((len(rows), len(AT)))
    table = {name: np.array([row[name] for row in rows], float) for name in names}
    x[:, AT["nearby"]] = np.log1p(100 * table["nearby"]) - np.log1p(100 * table["shed"]) * 2 / 3
    for name in ("won", "won_lately"):
        x[:, AT[name]] = np.log1p(100 * table[name])
    x[:, AT["border"]], x[:, AT["seat"]], x[:, AT["taken"]] = -table["border"], table["seat"], table["taken"]
    found = evidence_in(tiny)[0]
    assert found.start.tolist() == np.cumsum([0] + [len(day) for day in days]).tolist()
    np.testing.assert_allclose(found.x, x, rtol=1e-12, atol=1e-12)
    assert found.lost.tolist() == [bool(row["lost"]) for row in rows]
    exact, _ = dense(USUAL, found)
    assert abs(likelihood(USUAL[None], [found])[0] - exact.sum()) < 0.01


@pytest.mark.parametrize("name", ("chad-2008", "south-vietnam-1975"))
def test_as_by_brute_force_in_a_real_war(cases, name):
    """A whole history, some hundred place-days a side: within .1 nats, far below what tells forms apart."""
    for evidence in exposures_of(cases(name)):
        scores, belief = filter_side(USUAL, evidence)
        exact, wanted = dense(USUAL, evidence)
        assert abs(scores.sum() - exact.sum()) < 0.1
        assert np.abs(scores - exact).max() < 0.05
        for (mean, sd), (m, s) in zip(moments_of(belief), wanted, strict=True):
            assert abs(mean - m) < 0.12 * s and abs(sd / s - 1) < 0.12


def without_evidence(days):
    start = np.zeros(days + 1, int)
    return exposure(start, *np.zeros((4, 0)))


@pytest.mark.parametrize("days", (0, 1, 30, 400))
def test_without_evidence_strain_stays_at_rest(days):
    """The grid's own law keeps the long-run spread of both parts, for a day and for a year."""
    scores, belief = filter_side(USUAL, without_evidence(days))
    assert not scores.any()
    (slow, slow_sd), (fast, fast_sd), _ = moments_of(belief)
    assert abs(slow) < 1e-9 and abs(fast) < 1e-9
    assert abs(slow_sd / USUAL[1] - 1) < 0.02 and abs(fast_sd / USUAL[2] - 1) < 0.03


def test_after_a_shock_strain_forgets_at_the_right_pace():
    """One day of three losses, then silence: the fast part is gone in days, the slow part lasts for months."""
    lost = exposure([0, 3], *np.zeros((3, 3)), np.ones(3))
    before = moments_of(filter_side(USUAL, lost)[1])
    for days in (4, 20, 90):
        start, quiet = np.array([0] + [3] * (days + 1)), np.zeros(days + 1, bool)
        (slow, _), (fast, _), _ = moments_of(filter_side(USUAL, lost._replace(start=start, new=quiet))[1])
        assert slow / before[0][0] == pytest.approx((0.98 * np.exp(-1 / 90)) ** days, rel=0.05)
        assert fast / before[1][0] == pytest.approx(np.exp(-days / 4), rel=0.03, abs=1e-3)


def some(rng, days=9, most=7):
    counts = rng.integers(0, most, days)
    start = np.concatenate([[0], counts.cumsum()])
    n = start[-1]
    return exposure(start, rng.random(n), rng.normal(size=n), rng.normal(size=n), rng.random(n) < 0.1)


def test_the_order_of_places_does_not_matter():
    rng = np.random.default_rng(5)
    told = some(rng, most=30)
    mixed = np.concatenate([rng.permutation(np.arange(a, b)) for a, b in zip(told.start, told.start[1:])])  # noqa: B905
    turned = Exposure(told.start, told.new, *(column[mixed] for column in told[2:6]))
    one, other = (filter_side(USUAL, e) for e in (told, turned))
    np.testing.assert_allclose(one[0], other[0], rtol=1e-10)
    np.testing.assert_allclose(one[1].weights, other[1].weights, rtol=1e-8, atol=1e-12)


def test_many_places_at_once_neither_overflow_nor_vanish():
    """Three hundred places, all lost or all held on one day, at strains far from likely."""
    for lost in (True, False):
        n = 300
        told = exposure([0, n], *np.zeros((3, n)), np.full(n, lost))
        for shift in ([0, 0, 0], [0, 10, 5], [-40, 0, 0], [40, 0, 0]):
            vector = USUAL + np.array([*shift, *np.zeros(len(USUAL) - 3)])
            scores, belief = filter_side(vector, told)
            assert np.isfinite(scores).all() and np.isfinite(belief.weights).all()
            assert belief.weights.sum() == pytest.approx(1.0)


def test_the_mean_is_pushed_by_what_happened():
    """Nothing lost is likelier with a lower mean of strain, everything lost with a higher one."""
    rng = np.random.default_rng(3)
    told = some(rng)
    thetas = np.tile(USUAL, (9, 1))
    thetas[:, 0] = np.linspace(-14, 2, 9)
    held, lost = (told._replace(lost=np.full(told.lost.size, v)) for v in (False, True))
    assert (np.diff(likelihood(thetas, [held])) < 0).all()
    assert (np.diff(likelihood(thetas, [lost])) > 0).all()
    (a, _), _, _ = moments_of(filter_side(USUAL, lost)[1])
    (b, _), _, _ = moments_of(filter_side(USUAL, held)[1])
    assert a > 1 > 0 > b


def test_a_day_without_places_scores_nothing():
    told = some(np.random.default_rng(8))
    scores, _ = filter_side(USUAL, told)
    assert (scores[np.diff(told.start) == 0] == 0).all()
    assert (scores[np.diff(told.start) > 0] < 0).all()


def test_a_side_without_pressed_places_changes_nothing(tiny):
    """A side that holds nothing, and places beyond the border, are not of the country."""
    idle = Side("watch", "Watch", "outside")
    there = place("delta", "refuge", 3.0, None)
    road = row("roads", **{"from": "gamma", "to": "delta", "distance_km": 200.0, "class": "primary"})
    wider = replace(tiny, sides=(*tiny.sides, idle), places=(*tiny.places, there), roads=(*tiny.roads, road))
    few, more = evidence_in(tiny), evidence_in(wider)
    assert len(more) == 3 and more[2].lost.size == 0
    for one, other in zip(few, more, strict=False):
        for a, b in zip(one.arrays, other.arrays, strict=True):
            np.testing.assert_array_equal(a, b)
    assert likelihood(USUAL[None], few) == likelihood(USUAL[None], more)


def test_the_sum_over_sides_and_days_is_the_likelihood(tiny):
    evidence = evidence_in(tiny)
    total = sum(filter_side(USUAL, e)[0].sum() for e in evidence)
    assert likelihood(USUAL[None], evidence)[0] == pytest.approx(total, rel=1e-12)
    out = np.zeros(3)
    for e in evidence:
        log_likelihoods(np.array(THETAS), *e.arrays, out)
    for threads in (1, 2, 5):
        assert likelihood(np.array(THETAS), evidence, threads).tobytes() == out.tobytes()


def test_strain_is_drawn_from_the_belief():
    """Ten thousand members drawn for one vector have the belief's moments; a cell's width is spread evenly."""
    told, n = some(np.random.default_rng(11), days=5), 10_000
    slow, fast = np.zeros((n, 2)), np.zeros((n, 2))
    numbers = np.arange(n)
    draw_strain(USUAL[None], *told.arrays, 3, 1, 1, np.array([0, n]), numbers, numbers, slow, fast)
    assert not slow[:, 0].any() and not fast[:, 0].any()
    belief = filter_side(USUAL, told)[1]
    for drawn, (mean, sd) in zip((slow[:, 1], fast[:, 1]), moments_of(belief)[:2], strict=True):
        sd = np.hypot(sd, belief.step / np.sqrt(12))
        assert abs(drawn.mean() - mean) < 5 * sd / np.sqrt(n)
        assert abs(drawn.std() / sd - 1) < 0.04
    both = slow[:, 1] + fast[:, 1]
    assert np.corrcoef(slow[:, 1], fast[:, 1])[0, 1] < 0  # one sum, two parts: they trade
    assert both.std() < np.hypot(slow[:, 1].std(), fast[:, 1].std())


@njit(cache=True)
def slow_table(n):
    """A kernel can be called by compiled code only."""
    table = np.empty((2 * n + 2, 2 * n + 1))
    slow_moves(table)
    return table


def test_the_slow_part_steps_with_exact_mean_and_variance():
    """Away from the edges one step of the grid has the law's mean and variance; rows add up to one."""
    n, r = 40, np.exp(-1 / 90)
    *table, rest = slow_table(n)
    table = np.array(table)
    steps = np.arange(-n, n + 1)
    assert rest.sum() == pytest.approx(1.0) and rest @ steps**2 * spacing(1.0) ** 2 == pytest.approx(
        1.0, rel=1e-6
    )
    np.testing.assert_allclose(table.sum(axis=1), 1.0)
    assert (table >= 0).all()
    inner = np.abs(steps) < n - 1
    mean = table @ steps
    np.testing.assert_allclose(mean[inner], (r * steps)[inner], atol=1e-12)
    var = table @ steps**2 - mean**2
    wanted = USUAL[1] ** 2 * (1 - r * r) / spacing(USUAL[1]) ** 2
    np.testing.assert_allclose(var[inner], wanted, atol=1e-12)


def test_belief_is_a_distribution_on_its_grid():
    score, weights = run_filter(USUAL, *some(np.random.default_rng(2)).arrays)
    assert weights.shape[1] == 2 * HALF_SLOW + 1 and weights.shape[0] % 2 == 1
    assert (weights >= 0).all() and weights.sum() == pytest.approx(1.0)
    assert score.size == 9


def test_luck_of_strain_is_the_member_s_own():
    """A member gets the same strain whoever else is drawn with it."""
    told = some(np.random.default_rng(4))
    numbers = np.array([7, 2, 40])
    slow, fast = np.zeros((3, 1)), np.zeros((3, 1))
    draw_strain(USUAL[None], *told.arrays, 1, 0, 0, np.array([0, 3]), np.arange(3), numbers, slow, fast)
    for k, number in enumerate(numbers):
        one, two = np.zeros((1, 1)), np.zeros((1, 1))
        alone = np.array([number])
        draw_strain(USUAL[None], *told.arrays, 1, 0, 0, np.array([0, 1]), np.zeros(1, int), alone, one, two)
        assert (one[0, 0], two[0, 0]) == (slow[k, 0], fast[k, 0])
    assert len({*slow[:, 0]}) == 3
    assert many_uniforms(1, numbers, np.uint64(101), np.array([0]), 0).shape == (3, 1)
