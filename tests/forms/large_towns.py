"""A form of the model, whole in one file: its own column, priors and strain. For tests.

Losses and gains are no news, strain has no fast part, and large places are held otherwise than small ones.
"""

import numpy as np

from headlong.forms import Covariate, Form
from headlong.parameters import Normal, par


def size(case, where):
    """Log of the inhabitants of a place over ten thousand (P); 0 where they are not known."""
    people = np.array([place["population"] or 10_000 for place in case.places], float)
    return np.log(np.maximum(people, 100.0) / 10_000)


LARGE_TOWNS = Form(
    "large-towns",
    "strain without a fast part, the lie of the land, and how large a place is",
    ("strain.mean", "strain.slow_sd", "strain.renewal", "loss.border", "loss.seat", "loss.home", "loss.taken"),
    columns=(
        Covariate(
            "size",
            size,
            par(0.1, "1", prior=Normal(0.0, 0.5), neutral=0.0, source="judgement: weak",
                doc="power by which the odds of loss rise with the inhabitants"),
        ),
    ),
    priors={"strain.mean": Normal(-8.0, 1.5)},
)  # fmt: skip
