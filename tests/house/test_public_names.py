"""Public names say in numpydoc what they take, what they give and what can go wrong."""

import inspect
import re

import pytest

import headlong as hl
from headlong.archive import api as archive_api
from headlong.forecast import api as forecast_api
from headlong.verify import api as verify_api

VERBS = {name: getattr(hl, name) for name in hl.__all__}
VERBS |= {"archive": archive_api.archive, "forecast": forecast_api.forecast, "verify": verify_api.verify}
NO_ERRORS = {"fall_dates", "gallery", "summarise"}
"""Verbs to which nothing wrong can be given that they would name."""


def missing(function, errors=True):
    """Sections and parameters that a docstring leaves out."""
    text = inspect.getdoc(function) or ""
    stars = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    names = [stars.get(p.kind, "") + name for name, p in inspect.signature(function).parameters.items()]
    told = re.search(r"Parameters\n-+\n(.*?)(?=\n\n\w+\n-+\n|\Z)", text, re.DOTALL)
    heads = [
        line.split(" :")[0] for line in (told[1] if told else "").splitlines() if not line.startswith(" ")
    ]
    documented = {name.strip() for head in heads for name in head.split(",")}
    yield from (f"parameter {name}" for name in names if name not in documented)
    yield from (
        f"section {head}"
        for head in ("Returns", *(["Raises"] if errors else []))
        if f"\n{head}\n---" not in text
    )


@pytest.mark.parametrize("name", sorted(VERBS))
def test_public_name_is_documented(name):
    assert not list(missing(VERBS[name], name not in NO_ERRORS))


def test_packages_that_are_verbs_show_the_verbs_parameters():
    assert inspect.signature(hl.forecast) == inspect.signature(forecast_api.forecast)
    assert inspect.signature(hl.verify) == inspect.signature(verify_api.verify)


def test_the_test_of_public_names_can_fail():
    def half(a, *, b, **more):
        """Do.

        Parameters
        ----------
        a : int
            A number.
        """

    assert list(missing(half)) == ["parameter b", "parameter **more", "section Returns", "section Raises"]
