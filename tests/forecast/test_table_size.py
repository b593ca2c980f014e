"""The answer does not depend on how many places a table lists: whole forecasts, with villages added along the roads."""

import numpy as np
import pytest
from resized import bare, chances, refined

from headlong.case import open_case

MEMBERS, EVERY, MOST = 600, 28, 4


@pytest.mark.parametrize("name", ["mali-2012", "libya-2019", "south-vietnam-1975"])
def test_with_villages_in_the_table_places_fall_as_often(name):
    """Three times as many places, the same history: mean chances of the places move by at most 15 %."""
    case, sums = open_case(name), np.zeros((2, 2))
    for day in range(7, (case.end - case.start).days, EVERY)[:MOST]:
        whole, longer = (chances(table, day, MEMBERS) for table in (bare(case), refined(case)))
        sums += [np.sum([found[n] for n in whole], axis=0) for found in (whole, longer)]
    np.testing.assert_allclose(sums[1] / sums[0], 1.0, atol=0.15)
