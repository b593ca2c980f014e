"""Respite: losses after init make the next ones less likely, by the equation in the file, and never before."""

import numpy as np
import pytest
from steps import evenings
from worlds import morning, row_play, toy_play, with_params

from headlong.mechanisms.news import MEMORY_DAYS


def test_each_side_is_given_respite_for_what_it_lost_of_what_it_could_lose(moments):
    given = 0
    for play, _, before, after in moments["give_respite"]:
        force, hold = play.params[0]["respite"]["force"], before.hold
        for s in range(before.mood.respite.size):
            at_risk = (hold.control == s) & hold.pressed
            gone = at_risk & (hold.lost == s)
            expected = before.mood.respite[s] + (force * gone.sum() / at_risk.sum() if gone.any() else 0.0)
            assert after.mood.respite[s] == pytest.approx(expected, rel=1e-12)
            given += gone.any()
    assert given > 50


def test_respite_fades_as_news_does(moments):
    for _, _, before, after in moments["age_respite"]:
        np.testing.assert_allclose(
            after.mood.respite, before.mood.respite * np.exp(-1 / MEMORY_DAYS), rtol=1e-12
        )


def test_known_respite_of_a_side_that_loses_all_four_places_at_once():
    """At log-odds of 20 all fall on the first day; the taker loses nothing, and the respite of the loser fades."""
    play = row_play([1, 0, 0, 0, 0], km=50.0, days=3)
    play = with_params(play, respite__force=4.0, strain__mean=20.0)
    found = [state.mood.respite.copy() for _, state in evenings(play)]
    fade = np.exp(-1.0 / MEMORY_DAYS)
    np.testing.assert_allclose(found, [[0, 0], [4, 0], [4 * fade, 0], [4 * fade**2, 0]], rtol=1e-12)


def test_nothing_differs_before_the_first_loss_and_less_is_lost_after_it():
    play = toy_play(14, 200, 20)
    lost = []
    first = None
    for force in (0.0, 3.0, 30.0):
        control = with_params(play, respite__force=force).run().control.astype(int)
        changes = (np.diff(control, axis=1) != 0).sum(axis=2)
        lost.append(changes.sum())
        day = np.where(changes.any(axis=1), (changes > 0).argmax(axis=1), 20)
        first = day if first is None else first
        assert (day == first).all(), "respite acted before anything was lost"
    assert lost[0] > 1.1 * lost[1] > 1.1 * 1.1 * lost[2] > 0


def test_without_force_there_is_no_respite_and_none_at_init():
    play = with_params(toy_play(14, 1, 20), respite__force=0.0)
    assert not morning(play).mood.respite.any()
    for _, state in evenings(play):
        assert not state.mood.respite.any()
