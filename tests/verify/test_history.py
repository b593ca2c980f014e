"""Truth: who held what, when it changed hands, intervals of days, and what is not known."""

import numpy as np
import pytest

from headlong.errors import BadRequest
from headlong.verify.scores.truth import at_risk, capital_of, read_history, truth_after

ALPHA, BETA, DELTA, GAMMA, HAVEN, OMEGA = range(6)
CROWN, GUILD = 0, 1


@pytest.fixture(scope="module")
def history(riverland):
    return read_history(riverland)


def test_holders_day_by_day(history):
    assert history.days == 50
    assert history.holder.shape == (51, 6)
    assert history.holder[8, DELTA] == CROWN and history.holder[9, DELTA] == GUILD
    assert history.holder[18, DELTA] == GUILD and history.holder[19, DELTA] == CROWN
    assert history.holder[14, GAMMA] == CROWN and history.holder[15, GAMMA] == GUILD  # the latest day
    assert (history.holder[:, HAVEN] == -1).all()


def test_only_places_that_may_be_taken_are_at_risk(history):
    assert at_risk(history, 0).tolist() == [True, True, True, True, False, True]


def test_truth_with_an_interval_of_days(history):
    truth = truth_after(history, 11, 10)
    assert truth.scored.tolist() == [ALPHA, DELTA, GAMMA, OMEGA]
    delta, gamma = truth.fell[:, 1], truth.fell[:, 2]
    # between 14 and 16 January, seen from the 12th: leads 2 to 4, each as likely
    assert gamma == pytest.approx([0, 0, 1 / 3, 2 / 3, 1, 1, 1, 1, 1, 1, 1])
    assert delta.tolist() == [0.0] * 8 + [1.0] * 3  # taken back on the 20th: away from its holder at init
    assert not truth.fell[:, 0].any() and not truth.fell[:, 3].any()
    assert (truth.first[2], truth.last[2]) == (2, 4)
    assert truth.known == 39


def test_an_interval_that_began_before_init_is_cut_there(history):
    gamma = truth_after(history, 14, 5)
    assert gamma.fell[:, list(gamma.scored).index(GAMMA)].tolist() == [0.0, 1.0, 1.0, 1.0, 1.0, 1.0]


def test_a_place_whose_day_is_not_known_is_left_out_where_that_matters(history):
    assert truth_after(history, 11, 10).undated == ("beta",)
    early = truth_after(history, 0, 3)  # its change is not before 5 January, beyond the horizon
    assert BETA in early.scored and not early.undated
    late = truth_after(history, 40, 5)
    assert BETA in late.scored and late.holder[list(late.scored).index(BETA)] == GUILD


def test_only_the_first_change_counts(history):
    truth = truth_after(history, 3, 40)
    delta = list(truth.scored).index(DELTA)
    assert truth.last[delta] == 6 and truth.fell[-1, delta] == 1.0


def test_nothing_is_known_after_the_end(history):
    assert truth_after(history, 48, 30).known == 2


def test_the_capital(history):
    truth = truth_after(history, 11, 10)
    assert capital_of(history, truth) == 0
    assert capital_of(history, truth._replace(scored=truth.scored[1:])) is None


def test_a_case_without_history_is_refused(riverland):
    from dataclasses import replace

    with pytest.raises(BadRequest, match=r"no changes in history\.csv"):
        read_history(replace(riverland, history=()))


def test_truth_is_the_same_as_what_the_forecast_takes_for_known(history):
    from headlong.verify.hindcasts.runs import so_far

    for day in (0, 9, 15, 31, 49):
        assert np.array_equal(so_far(history.case, day)[4].control, history.holder[day])
