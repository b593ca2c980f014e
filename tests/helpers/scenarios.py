"""A case with one scenario made up for a test."""

from dataclasses import replace
from types import MappingProxyType

from headlong.case.rows import Scenario


def with_scenario(case, **override):
    one = Scenario(name="test", title="Test", what="", judgement="", **override)
    return replace(case, scenarios=MappingProxyType({"test": one}))
