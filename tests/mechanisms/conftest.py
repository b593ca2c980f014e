"""Hands out lived days."""

import pytest
from steps import copied, steps
from worlds import Size, random_play, with_params


@pytest.fixture(scope="session")
def moments():
    """Steps of lived days in random worlds by name: (play, day, state before, state after)."""
    found = {}
    for seed in range(40):
        size = Size(4 + seed % 9, 2 + seed % 3, seed % 5, seed % 3, seed % 2 + 1)
        play = with_params(random_play(seed, size, days=4), comeback__back=0.5)
        for day, name, before, after in steps(play):
            found.setdefault(name, []).append((play, day, before, copied(after)))
    return found
