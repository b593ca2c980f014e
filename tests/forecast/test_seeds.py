"""One limit of every seed, and luck that two neighbouring seeds or rounds never share."""

import numpy as np
import pytest

import headlong as hl
from headlong.board.draws import many_uniforms
from headlong.board.streams import ACCEPT, HISTORY, MOST_SEED, OUTSET, PILOT, REJUVENATE, RESAMPLE
from headlong.cli.options import DAYS, SEED
from headlong.errors import BadRequest
from headlong.forecast.request import MOST_DAYS

VERBS = {
    "forecast": lambda **how: hl.forecast("chad-2008", **how),
    "what_if": lambda **how: hl.what_if("chad-2008", "support-stays", **how),
    "nowcast": lambda **how: hl.nowcast("chad-2008", **how),
    "verify": lambda **how: hl.verify(["chad-2008"], **how),
    "calibrate": lambda **how: hl.calibrate([hl.open_case("chad-2008")], **how),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("seed", (-1, MOST_SEED + 1, 1.5, True, "1"))
def test_one_limit(verb, seed):
    with pytest.raises(BadRequest, match="seed is"):
        VERBS[verb](seed=seed)


def test_the_command_line_has_the_same():
    assert (SEED.min, SEED.max) == (0, MOST_SEED)


def test_no_round_has_the_luck_of_another_or_of_another_seed():
    streams, entities = (PILOT, HISTORY, OUTSET, RESAMPLE, REJUVENATE, ACCEPT), np.arange(20)
    seen = [
        many_uniforms(seed, np.arange(30), stream, entities, turn)
        for seed in (1, 2, 3, MOST_SEED - 1, MOST_SEED)
        for stream in streams
        for turn in range(3)
    ]
    assert len(np.unique(np.concatenate([part.ravel() for part in seen]))) > 0.999 * len(seen) * 600


def test_the_command_line_takes_as_many_days_as_a_request():
    assert (DAYS.min, DAYS.max) == (1, MOST_DAYS)
