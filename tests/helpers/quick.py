"""Forecasts that are quick because their bank is thin and their particles are few."""

import numpy as np

from headlong.forecast import api
from headlong.forecast.settings import Settings

QUICK = Settings(particles=40, pilot=20, least_ess=1.0)


def forecast(*asked, **how):
    """As `headlong.forecast`, quick unless told otherwise."""
    return api.forecast(*asked, **{"settings": QUICK} | how)


def outlook(*asked, **how):
    """The same for `outlook`."""
    return api.outlook(*asked, **{"settings": QUICK} | how)


def what_if(*asked, **how):
    """The same for `headlong.what_if`."""
    return api.what_if(*asked, **{"settings": QUICK} | how)


def thin(bank, draws=24):
    """A few draws of a bank, all of one weight."""
    kept = bank.theta[:: len(bank.theta) // draws][:draws]
    return bank._replace(theta=kept, base=np.zeros(len(kept)), told=np.zeros((len(kept), len(bank.wars))))
