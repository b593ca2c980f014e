"""The shipped banks belong to the bundled cases as they stand, each without the case it is for."""

import pytest

from headlong.case import gallery, open_case
from headlong.forecast.calibrate import LEAST_ESS, bank_for, evidence_of, fingerprint


@pytest.fixture(scope="module")
def prints() -> dict[str, str]:
    return {name: fingerprint(evidence_of(open_case(name))) for name in gallery()}


@pytest.mark.parametrize("name", [*gallery(), "a-war-of-ones-own"])
def test_a_bank_is_calibrated_on_all_cases_but_its_own_as_they_stand(
    name: str, prints: dict[str, str]
) -> None:
    bank = bank_for(name)
    assert bank.cases == {k: v for k, v in prints.items() if k != name}, "run: python scripts/make_banks.py"
    assert bank.draws.ess >= LEAST_ESS
