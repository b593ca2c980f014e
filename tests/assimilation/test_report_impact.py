"""What would be without a report: as if all were worked out anew without it, in time that grows with their number."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import report, tiny_war, told_of

from headlong.assimilation import report_impact as room
from headlong.assimilation.pilot import with_nobody
from headlong.assimilation.report_arrays import read_reports, starting, unreported
from headlong.assimilation.transitions import AGES, BACKGROUND, BACKGROUND_NOBODY
from headlong.case.rows import Side
from headlong.inputs.environment import read_environment
from headlong.reports.credibility import CLASSES, GROUPS

SIDES = ("gov", "rebels", "hill")
CLAIMS = ("fell", "held", "handed_over", "withdrew", "switched", "entered", "attacked", "repulsed")


@pytest.fixture(scope="module")
def war():
    tiny = tiny_war()
    return replace(tiny, sides=(*tiny.sides, Side("hill", "Hill people", "third", (), None, None)))


@st.composite
def reports(draw, days, most=14):
    rows = []
    for k in range(draw(st.integers(1, most))):
        day = draw(st.integers(1, days))
        out = min(days, day + draw(st.integers(0, 3)))
        rows.append(
            report(
                f"r{k}",
                out,
                draw(st.sampled_from(("town", "town", "capital"))),
                draw(st.sampled_from(CLAIMS)),
                draw(st.sampled_from(SIDES)),
                event_date=tiny_war().start.replace(day=1 + day),
                polarity=draw(st.sampled_from(("asserted", "asserted", "denied"))),
                source_class=draw(st.sampled_from(CLASSES)),
                origin=draw(st.sampled_from(("x", f"o{k}"))),
                verification=draw(st.sampled_from(("attributed", "unverified", "confirmed"))),
                interest=draw(st.sampled_from(("none", "own_success", "own_failure"))),
            )
        )
    return rows


def found_by(full, where, told, days, seed):
    """What particles would say: chances of loss and reliabilities drawn at random."""
    rng = np.random.default_rng(seed)
    return SimpleNamespace(
        reports=read_reports(full, where, told, days),
        hazard=rng.uniform(1e-4, 0.3, (days + 1, len(where.ids), len(where.sides))),
        reliability=rng.uniform(0.1, 0.99, len(CLASSES) * len(GROUPS)),
        history=np.zeros((1, days + 1, len(where.ids)), np.int8),
    )


def step(presses, known, hazard, untold):
    """One day as a matrix over holders and ages, by the words of `transitions`."""
    sides = len(presses)
    one_day = np.zeros(((sides + 1) * AGES,) * 2)
    for h in range(sides + 1):
        pressers = [q for q in range(sides) if h < sides and presses[q, h]]
        rates = np.full(sides + 1, BACKGROUND_NOBODY if h == sides else BACKGROUND) * known
        rates[[*pressers, h]] = 0.0
        stays = (1.0 - rates.sum()) * (1.0 - (hazard[h] if pressers else 0.0))
        rates[pressers] = hazard[h] / max(1, len(pressers))
        for age in range(AGES):
            one_day[h * AGES + age, ::AGES] += rates * untold
            one_day[h * AGES + age, h * AGES + min(age + 1, AGES - 1)] += stays
    return one_day


def plainly(full, where, told, days, found, skip):
    """Holders of a report's place in the end, all days gone through and all reports multiplied, but for one."""
    arrays, i = found.reports, int(found.reports.place[skip])
    environment, hazard = read_environment(full, where, days), with_nobody(found.hazard)
    others = [o for r, o in enumerate(told) if r != skip]
    untold = unreported(others, where, days, [p["kind"] for p in full.places])[:, i]
    state = np.zeros((len(where.sides) + 1) * AGES)
    state[starting(full, where)[i] * AGES + AGES - 1] = 1.0
    holder, age = np.divmod(np.arange(state.size), AGES)
    late = np.array([0, 1, 1, 2])[age]
    for day in range(days + 1):
        if day > 0:
            state = state @ step(environment.presses[day], arrays.known[i], hazard[day, i], untold[day])
        for r, o in enumerate(told):
            if o.day == day and r != skip and arrays.place[r] == i:
                own = found.reliability[o.cell]
                odds = own / (1.0 - own) * np.exp(o.shift)
                p_true = arrays.p_confirmed if o.confirmed else odds / (1.0 + odds)
                fit = np.array(o.fit)[np.where(holder == arrays.side[r], late, 3 + late)]
                told_so = max(p_true, 1.0 / (1.0 + o.base_rate_ratio))
                state *= (told_so * fit + (1.0 - told_so) * (1.0 - fit) / o.base_rate_ratio) ** o.counted
        state /= state.sum()
    return state.reshape(-1, AGES).sum(axis=1)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), days=st.integers(1, 12), seed=st.integers(0, 99))
def test_without_a_report_all_is_as_if_it_had_never_been(war, data, days, seed):
    full, where, told = told_of(war, data.draw(reports(days)), days)
    found = found_by(full, where, told, days, seed)
    for r, whole, alone in room.last_holders(full, where, told, found):
        np.testing.assert_allclose(alone, plainly(full, where, told, days, found, r), atol=1e-9)
        np.testing.assert_allclose(whole.sum(), 1.0)


def test_the_work_grows_with_the_number_of_reports(war, monkeypatch):
    """The days gone through without a report are its own and few others, however many reports there are."""
    rng, walked = np.random.default_rng(1), []
    plain = room.last_holder
    monkeypatch.setattr(room, "last_holder", lambda *a: walked.append(a[3] - a[2] + 1) or plain(*a))
    for count in (40, 160):
        walked.clear()
        rows = [
            report(f"r{k}", int(day), "town", rng.choice(CLAIMS), rng.choice(SIDES))
            for k, day in enumerate(rng.integers(1, 29, count))
        ]
        full, where, told = told_of(war, rows, 28)
        found = list(room.last_holders(full, where, told, found_by(full, where, told, 28, 1)))
        assert len(found) == len(walked) == count and sum(walked) < 3 * count + 28, (count, sum(walked))


def test_many_reports_of_a_day_are_not_too_many_for_the_numbers(war):
    """Each makes what it speaks against a hundred times less likely."""
    rows = [report(f"r{k}", 3, "town", "fell", "rebels", source_class="reporter") for k in range(400)]
    full, where, told = told_of(war, rows, 6)
    told = [o._replace(counted=1.0) for o in told]
    for _, whole, alone in room.last_holders(full, where, told, found_by(full, where, told, 6, 1)):
        assert np.isfinite(alone).all() and alone.sum() == pytest.approx(1.0)
        np.testing.assert_allclose(alone, whole, atol=1e-9)
