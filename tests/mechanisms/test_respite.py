"""Respite: losses after init make the next ones less likely, by the equation in the file, and never before."""

import numpy as np
import pytest
from steps import evenings
from worlds import morning, row_play, toy_play, with_params

from headlong.mechanisms.news import MEMORY_DAYS
from headlong.mechanisms.respite import eased


def test_losses_count_by_their_share_of_what_the_side_could_lose_at_first(moments):
    first = later = 0
    for _, _, before, after in moments["shed_losses"]:
        hold, was, now = before.hold, before.mood, after.mood
        for s in range(was.shed.size):
            at_risk = (hold.control == s) & hold.pressed
            gone = (at_risk & (hold.lost == s)).sum()
            whole = was.whole[s] or (at_risk.sum() if gone else 0.0)
            assert now.whole[s] == whole
            assert now.shed[s] == pytest.approx(was.shed[s] + (gone / whole if gone else 0.0), rel=1e-12)
            first, later = first + (gone > 0 and was.whole[s] == 0), later + (gone > 0 and was.whole[s] > 0)
    assert first > 20 and later > 20


def test_what_was_shed_fades_as_news_does_and_gives_respite(moments):
    for play, _, before, after in moments["take_respite"]:
        shed = before.mood.shed * np.exp(-1 / MEMORY_DAYS)
        np.testing.assert_allclose(after.mood.shed, shed, rtol=1e-12)
        respite = play.params[0]["respite"]["force"] * np.log(1 + 20 * shed)
        np.testing.assert_allclose(after.mood.respite, respite, rtol=1e-12)


def test_known_respite():
    assert eased(0.0, 0.7) == 0.0 and eased(0.3, 0.0) == 0.0
    assert np.exp(-eased(0.1, 1.0)) == pytest.approx(1 / 3)
    assert np.exp(-eased(0.1, 0.5)) == pytest.approx(3**-0.5)


def test_known_respite_of_a_side_that_loses_all_four_places_at_once():
    """At log-odds of 20 all fall on the first day; the taker loses nothing, and what was shed fades."""
    play = row_play([1, 0, 0, 0, 0], km=50.0, days=3)
    play = with_params(play, respite__force=0.5, strain__mean=20.0)
    found = [(state.mood.shed[0], state.mood.respite[0], state.mood.shed[1]) for _, state in evenings(play)]
    fade = np.exp(-1.0 / MEMORY_DAYS)
    expected = [(0, 0), (1, 0), (fade, eased(fade, 0.5)), (fade**2, eased(fade**2, 0.5))]
    np.testing.assert_allclose(found, [(*pair, 0) for pair in expected], rtol=1e-12)


def test_nothing_differs_before_the_first_loss_and_less_is_lost_after_it():
    play = toy_play(14, 200, 20)
    lost = []
    first = None
    for force in (0.0, 0.5, 5.0):
        control = with_params(play, respite__force=force).run().control.astype(int)
        changes = (np.diff(control, axis=1) != 0).sum(axis=2)
        lost.append(changes.sum())
        day = np.where(changes.any(axis=1), (changes > 0).argmax(axis=1), 20)
        first = day if first is None else first
        assert (day == first).all(), "respite acted before anything was lost"
    assert lost[0] > 1.1 * lost[1] > 1.1 * 1.1 * lost[2] > 0


def test_without_force_there_is_no_respite_and_none_at_init():
    play = with_params(toy_play(14, 1, 20), respite__force=0.0)
    assert not morning(play).mood.respite.any() and not morning(play).mood.whole.any()
    for _, state in evenings(play):
        assert not state.mood.respite.any()
