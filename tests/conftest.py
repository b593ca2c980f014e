"""What several rooms of tests use: bundled cases opened once, and thin banks."""

import os

import pytest
from quick import thin

from headlong.case import open_case
from headlong.forecast import request
from headlong.inference.bank import bank_for

os.environ.setdefault("HEADLONG_KEEP", "0")  # no test reads what another has found


@pytest.fixture
def quick(monkeypatch):
    """Shipped banks are thin; `tests/helpers/quick.py` has verbs to match."""
    monkeypatch.setattr(request, "bank_for", lambda case: thin(bank_for(case)))


@pytest.fixture(scope="module")
def quick_module():
    """As `quick`, for fixtures that live as long as a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(request, "bank_for", lambda case: thin(bank_for(case)))
        yield


@pytest.fixture(scope="session")
def cases():
    """Return a function that opens a bundled case once."""
    opened = {}

    def find(name):
        if name not in opened:
            opened[name] = open_case(name)
        return opened[name]

    return find
