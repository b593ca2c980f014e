"""Statements of the time as distributions, beside a forecast of the same evening."""

import numpy as np
import pytest

from headlong.case import gallery, open_case
from headlong.verify.scores.expert_statements import beside, changed_by_day, days_of, statements
from headlong.verify.scores.scorecard import OURS
from headlong.verify.scores.scores import date_crps
from headlong.verify.scores.truth import read_history, truth_after


def test_every_statement_is_about_a_capital_of_the_gallery_and_has_a_source():
    found = [s for name in gallery() for s in statements(name)]
    assert len(found) == 9
    for s in found:
        case = open_case(s.case)
        assert next(p for p in case.places if p["id"] == s.place)["kind"] == "capital"
        assert case.start <= s.said_on < case.end and s.source and s.half_life > 0


def test_ninety_and_thirty_days_for_kabul():
    """The figures of the literature: 3.8 % and 10.9 % by 15 August."""
    said = {(str(s.said_on), round(s.half_life)): s for s in statements("afghanistan-2021")}
    assert changed_by_day(said["2021-08-10", 90], 30)[5] == pytest.approx(0.038, abs=5e-4)
    assert changed_by_day(said["2021-08-10", 30], 30)[5] == pytest.approx(0.109, abs=5e-4)
    july = next(s for s in statements("afghanistan-2021") if str(s.said_on) == "2021-07-15")
    assert changed_by_day(july, 47)[47] == pytest.approx(0.065)


def test_beside_a_forecast():
    case = open_case("afghanistan-2021")
    day = 101  # 10 August
    assert day in days_of(case) and statements("libya-2019") == []
    truth = truth_after(read_history(case), day, 27)
    k = [case.places[i]["kind"] for i in truth.scored].index("capital")
    ours = np.linspace(0, 0.9, 28)
    capital = {
        "place": "kabul", "by_day": ours.tolist(), "fell": {7: 1.0}, "fell_by_day": truth.fell[:, k].tolist(),
        "date_crps": {OURS: 12.0},
    }  # fmt: skip
    rows = beside(case, [{"case": case.id, "day": day, "capital": capital}], [7])
    assert [round(r["half_life"]) for r in rows] == [90, 30]
    assert rows[1]["p"][7] == pytest.approx(1 - 0.5 ** (7 / 30)) and rows[1]["ours"][7] == ours[7]
    by_hand = date_crps(changed_by_day(statements(case.id)[3], 27)[:, None], truth.fell[:, k : k + 1])[0]
    assert rows[1]["date_crps"] == pytest.approx(by_hand) and by_hand > 11  # censored after 27 days
