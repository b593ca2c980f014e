"""The shipped banks belong to the bundled cases as they stand, each without the case it is for."""

import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from headlong.case import open_case
from headlong.forecast.ensemble import assemble, draw_params
from headlong.inference.calibration import LEAST_ESS, bank_for, evidence_of, fingerprint, load_bank, save_bank
from headlong.mechanisms.respite import Respite

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

import fit_respite

LEARNED = tuple(bank_for("a-war-of-ones-own").cases)


@pytest.fixture(scope="module")
def prints() -> dict[str, str]:
    return {name: fingerprint(evidence_of(open_case(name))) for name in LEARNED}


@pytest.mark.parametrize("name", [*LEARNED, "a-war-of-ones-own"])
def test_a_bank_is_calibrated_on_all_cases_but_its_own_as_they_stand(
    name: str, prints: dict[str, str]
) -> None:
    bank = bank_for(name)
    assert bank.cases == {k: v for k, v in prints.items() if k != name}, "run: python scripts/make_banks.py"
    assert bank.draws.ess >= LEAST_ESS
    assert bank.ahead.keys() == {"respite.force"}, "run: python scripts/fit_respite.py"
    assert 0.0 < bank.ahead["respite.force"] < 15.0


def test_what_is_fitted_to_hindcasts_is_kept_with_the_bank_and_reaches_every_member(tmp_path: Path) -> None:
    bank = bank_for("libya-2019")._replace(ahead={"respite.force": 3.25})
    save_bank(bank, tmp_path / "bank.npz")
    assert load_bank(tmp_path / "bank.npz").ahead == bank.ahead
    made = assemble(
        open_case("libya-2019"), date(2019, 5, 1), 5, 7, 1, bank=bank, known_control=True, reports=False
    )
    _, params = made.draw(np.arange(7))
    assert (params["respite"]["force"] == 3.25).all()
    assert (
        draw_params(bank.draws.theta[:3], np.arange(3), 1, True)["respite"]["force"] == Respite.force.default
    ).all()


def test_the_fit_for_a_case_does_not_know_the_case() -> None:
    """Scores of its hindcasts, and of members who know of it, are poisoned."""
    rng = np.random.default_rng(3)
    every = rng.uniform(0.5, 1.5, (4, 5, len(fit_respite.FORCES), 4, 3))
    for c in range(5):
        poisoned = every.copy()
        poisoned[:, [k for k in range(5) if k != c]] = np.nan
        if c < 4:
            poisoned[c] = np.nan
        np.testing.assert_array_equal(fit_respite.lesson(poisoned, c), fit_respite.lesson(every, c))
    assert not np.allclose(fit_respite.lesson(every, 0), fit_respite.lesson(every, 1))


def test_the_least_of_a_parabola_is_found() -> None:
    force = np.array(fit_respite.FORCES)
    assert fit_respite.least((force - 0.62) ** 2) == pytest.approx(0.62)
    assert fit_respite.least((force - 90.0) ** 2) == force[-1]


def test_scores_between_two_forces_lie_between_theirs() -> None:
    force = np.array(fit_respite.FORCES)
    table = np.stack([np.full((4, 3), f) for f in force])
    for f in (0.0, 0.1, 0.62, force[-1]):
        assert fit_respite.at_force(table, f) == pytest.approx(np.full((4, 3), f))
