"""The law does not depend on how many places a table lists: the same war, the same places, other tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from resized import bare, chances, law_ratio, refined, thinned

from headlong.case import open_case
from headlong.case.sample import learning
from headlong.mechanisms.control.border import somewhere


@pytest.fixture(scope="module")
def wars():
    return [open_case(name) for name in learning()]


@pytest.mark.parametrize(("share", "reach"), [(1 / 2, 0.15), (1 / 3, 0.2)])
def test_thinned_tables_say_the_same_of_the_places_kept(wars, share, reach):
    """Which places are kept is luck, so several tables of each war; single ones move by a seventh, or by a quarter."""
    logs = [np.log(law_ratio(case, thinned(case, share, seed))) for case in wars[::2] for seed in range(4)]
    assert abs(np.expm1(np.mean(logs))) < reach
    assert np.std(logs) < 0.3


def test_villages_along_the_roads_change_little(wars):
    logs = [np.log(law_ratio(case, refined(case))) for case in wars]
    assert abs(np.expm1(np.mean(logs))) < 0.15 and np.std(logs) < 0.12


@given(st.floats(1.0, 1000.0), st.floats(0.0, 1.0), st.floats(1.0, 200.0))
def test_the_border_is_somewhere(far, part, least):
    ways = far * (1.0 - part * (np.arange(4000) + 0.5) / 4000)
    expected = 1.0 / np.mean(1.0 / np.maximum(ways, least))
    assert somewhere(far, part * far, least) == pytest.approx(expected, rel=2e-3)
    assert min(far, least) <= somewhere(far, part * far, least) <= max(far, least) * (1 + 1e-9)


def synthetic(luck, share):
    """Mean of one over the way to the border where places are strewn over a square: thinned over whole."""
    at = luck.random((60, 2))
    ours = at[:, 0] + 0.1 * np.sin(6.0 * at[:, 1]) > 0.45
    least = 0.07 * np.median(np.linalg.norm(at[:, None] - at, axis=2))

    def ways(rows):
        km = np.linalg.norm(at[rows][:, None] - at[rows], axis=2)
        mine, theirs = np.flatnonzero(ours[rows]), np.flatnonzero(~ours[rows])
        stretch = km[np.ix_(theirs, mine)].min(axis=1)
        best = (km[np.ix_(mine, theirs)] - 0.5 * stretch).argmin(axis=1)
        return {
            int(rows[i]): 1.0 / somewhere(km[i, theirs[j]], stretch[j], least)
            for i, j in zip(mine, best, strict=True)
        }

    rows = np.flatnonzero(luck.random(60) < share)
    if not 2 <= ours[rows].sum() < rows.size:
        return None
    part, whole = ways(rows), ways(np.arange(60))
    return sum(part.values()), sum(whole[k] for k in part)


@pytest.mark.parametrize("share", [1 / 2, 1 / 3])
def test_on_synthetic_maps_the_border_is_as_near_in_a_thinned_table(share):
    luck = np.random.default_rng(0)
    sums = np.sum([x for _ in range(80) if (x := synthetic(luck, share))], axis=0)
    assert sums[0] / sums[1] == pytest.approx(1.0, abs=0.1)


def test_with_villages_in_the_table_whole_forecasts_say_the_same():
    """Three times as many places, the same history. Single wars move by less than a fifth, their mean by a tenth."""
    logs = []
    for name in ("mali-2012", "libya-2019", "zaire-1996-97", "south-vietnam-1975"):
        case, sums = open_case(name), np.zeros((2, 2))
        for day in range(7, (case.end - case.start).days, 14)[:7]:
            whole, longer = (chances(table, day, 400) for table in (bare(case), refined(case)))
            sums += [np.sum([found[n] for n in whole], axis=0) for found in (whole, longer)]
        logs.append(np.log(sums[1] / sums[0]))
    print(np.exp(logs))
    assert np.abs(np.expm1(logs)).max() < 0.2 and np.abs(np.expm1(np.mean(logs, axis=0))).max() < 0.1
