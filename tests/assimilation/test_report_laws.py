"""Laws of weighing reports, on a small war."""

from dataclasses import replace

import numpy as np
import pytest
from quick import thin
from tables import START, place, report, tiny_war, told_of

from headlong.assimilation import report_needs
from headlong.assimilation.particle_filter import assimilate
from headlong.assimilation.report_impact import effects, reliabilities, shares_held
from headlong.inference.bank import bank_for

DAYS = 12


@pytest.fixture(scope="module")
def tiny():
    return tiny_war()


def posterior(case, *rows, seed=1, count=600, threads=None):
    full, where, told = told_of(case, rows, DAYS)
    draws = thin(bank_for("none"), 60).draws
    found = assimilate(full, where, told, DAYS, draws, seed, particles=count, threads=threads)
    return full, where, told, found


def p_rebels(case, *rows, place=1, **how):
    _, where, _, found = posterior(case, *rows, **how)
    return shares_held(found, len(where.sides))[place, 1]


def claim(name="a", day=8, **other):
    return report(name, day, "town", "fell", "rebels", **other)


def test_the_better_the_source_the_more_it_moves(tiny):
    post = claim(source_class="social_media", verification="unverified")
    ladder = [
        p_rebels(tiny),
        p_rebels(tiny, post),
        p_rebels(tiny, claim(source_class="belligerent", interest="own_success")),
        p_rebels(tiny, claim(source_class="belligerent", interest="own_failure")),
        p_rebels(tiny, claim(verification="confirmed")),
    ]
    assert ladder == sorted(ladder) and ladder[-1] > 0.85


def test_a_denial_lowers(tiny):
    denial = claim("b", 9, polarity="denied", source_class="resident")
    assert p_rebels(tiny, claim(), denial) < 0.6 * p_rebels(tiny, claim())


@pytest.mark.parametrize(
    "who",
    (
        {"source_class": "leader", "interest": "own_success"},
        {"source_class": "none"},
        {"source_class": "none", "verification": "unverified"},
        {"source_class": "social_media", "interest": "own_success"},
    ),
)
def test_a_denial_that_is_worth_nothing_does_not_speak_for_what_it_denies(tiny, who):
    said = claim(source_class="reporter", interest="none")
    assert p_rebels(tiny, said, claim("b", 9, polarity="denied", **who)) <= p_rebels(tiny, said) + 0.02


@pytest.mark.parametrize("interest", ("none", "own_success"))
def test_a_claim_that_is_worth_nothing_does_not_speak_against_itself(tiny, interest):
    post = claim(source_class="none", verification="unverified", interest=interest)
    assert p_rebels(tiny, post) >= p_rebels(tiny) - 0.01


@pytest.mark.parametrize(
    "leaves",
    (
        {"claim": "withdrew", "interest": "own_failure"},
        {"claim": "held", "polarity": "denied", "interest": "own_failure"},
        {"claim": "withdrew", "verification": "confirmed", "source_class": "reporter"},
    ),
)
def test_who_says_that_he_is_not_there_any_more_does_not_hold_the_place(tiny, leaves):
    """Beside a weight that says how sure that is."""
    word = report("a", 8, "town", **{"side": "gov", "claim": "withdrew", **leaves})
    full, where, told, found = posterior(tiny, word)
    held, weight = shares_held(found, 2)[1, 0], effects(full, where, told, found).weight[0]
    assert held < 0.5 and weight == pytest.approx(1.0 - held, abs=0.1)


@pytest.mark.parametrize("proof", ("reporter", "admission"))
@pytest.mark.parametrize("has", (True, False))
def test_what_would_settle_a_place_never_speaks_for_the_opposite_either(monkeypatch, proof, has):
    """The floor under a claim holds for a claim that nobody has made yet."""
    monkeypatch.setattr(report_needs, "prior", lambda *_: (0.001, 0.999))
    chance = report_needs.likeness(proof, has, 1, 2)
    assert np.allclose(chance, chance[0, 0])


@pytest.mark.parametrize("claim_of", ("held", "fell", "withdrew"))
def test_what_is_said_of_a_refuge_moves_no_town(tiny, claim_of):
    beyond = replace(tiny, places=(*tiny.places, place("camp", 11.0, "refuge", None)))
    said = claim(source_class="agency")
    more = [report(f"r{k}", 8, "camp", claim_of, "gov", source_class="agency") for k in range(5)]
    assert p_rebels(beyond, said, *more) == p_rebels(beyond, said)


def test_a_confirmed_report_beats_an_unverified_one(tiny):
    post = claim(source_class="social_media", verification="unverified")
    held = report("b", 9, "town", "held", "gov", verification="confirmed")
    assert p_rebels(tiny, post, held) < 0.1


def test_a_thousand_copies_are_one_claim(tiny):
    copies = [claim(f"c{k:04}", 7 + k % 2, origin="Radio", source_class="social_media") for k in range(1000)]
    first = p_rebels(tiny, copies[0])
    assert p_rebels(tiny, *copies) == pytest.approx(first, abs=0.12)
    held = report("z", 9, "town", "held", "gov", verification="confirmed")
    assert p_rebels(tiny, *copies, held) < 0.1


def test_a_copy_changes_no_bit_of_the_weights_and_says_that_it_does_not_count(tiny):
    *_, one = posterior(tiny, claim(origin="x"))
    full, where, told, two = posterior(tiny, claim(origin="x"), claim("b", origin="x"))
    assert np.array_equal(one.weight, two.weight) and np.array_equal(one.history, two.history)
    assert [o.counted for o in told] == [1.0, 0.0]
    found = effects(full, where, told, two)
    assert found.before[1] == found.after[1]


def test_neither_threads_nor_the_order_of_rows_change_a_bit(tiny):
    rows = [claim("a"), claim("b", 8, polarity="denied"), report("c", 8, "capital", "held", "gov")]
    *_, one = posterior(tiny, *rows, threads=1)
    *_, two = posterior(tiny, *rows[::-1], threads=3)
    assert all(np.array_equal(a, b) for a, b in zip(one.state, two.state, strict=True))
    assert np.array_equal(one.history, two.history) and np.array_equal(one.ess, two.ess)


def test_a_report_from_after_init_changes_no_bit(tiny):
    *_, one = posterior(tiny, claim())
    late = report("z", DAYS + 1, "town", "held", "gov", verification="confirmed", event_date=START)
    *_, two = posterior(tiny, claim(), late)
    assert np.array_equal(one.weight, two.weight)


def test_to_deny_what_is_so_nowhere_teaches_little(tiny):
    """Both places are held, so every denial that one has fallen is true, whoever speaks."""
    held = [report(f"h{k}", 3 + k, "town", "held", "gov", verification="confirmed") for k in range(8)]
    denials = [
        report(f"d{k}", 3 + 2 * k, "town", "fell", "rebels", polarity="denied", interest="own_success")
        for k in range(4)
    ]
    _, _, told, found = posterior(tiny, *held, *denials)
    trust = reliabilities(found, told)
    assert trust.group_claims[2, 3] == 4 and abs(trust.group_mean[2, 3] - trust.before[2]) < 0.02


def test_a_class_that_is_caught_out_is_believed_less(tiny):
    false = [claim(f"f{k}", 3 + k, source_class="belligerent", interest="own_success") for k in range(3)]
    held = [report(f"h{k}", 3 + k, "town", "held", "gov", verification="confirmed") for k in range(8)]
    _, _, told, before = posterior(tiny, *held)
    _, _, told, after = posterior(tiny, *false, *held)
    trust = reliabilities(after, told)
    assert trust.group_mean[3, 1] < reliabilities(before, ()).group_mean[3, 1] - 0.1
    assert trust.claims[3] == 3 and trust.low[3] <= trust.mean[3] <= trust.high[3]


def test_the_effect_of_a_report_is_what_its_absence_makes(tiny):
    rows = [claim("a", source_class="resident"), report("b", 9, "town", "held", "gov")]
    full, where, told, found = posterior(tiny, *rows, count=3000)
    said = effects(full, where, told, found)
    for r, o in enumerate(told):
        without = p_rebels(tiny, *(row for row in rows if row["id"] != o.row["id"]), count=3000)
        mine = said.before[r] if o.row["side"] == "rebels" else 1.0 - said.before[r]
        assert mine == pytest.approx(without, abs=0.08)
    assert np.all((said.weight >= 0.0) & (said.weight <= 1.0))


def test_claims_without_place_or_side_do_no_harm(tiny):
    rows = [
        report("a", 3, None, "support", "gov"),
        report("b", 3, None, "fled", "gov"),
        report("c", 4, "town", "held", None),
    ]
    full, where, told, found = posterior(tiny, *rows)
    said = effects(full, where, told, found)
    assert np.isnan(said.before).all() and np.isfinite(said.weight).all()
