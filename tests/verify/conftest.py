"""An invented case that nothing has seen, with no more tables than a hindcast needs."""

import numpy as np
import pytest
from toyland import SIDES

from headlong.case import read
from headlong.forecast import request
from headlong.forecast.settings import Settings
from headlong.inference.bank import bank_for
from headlong.verify.hindcasts import hindcast

CASE = f"""id = "riverland"
title = "Riverland"
start = 2031-01-01
end = 2031-02-20
init = 2031-01-12

{SIDES}"""

PLACES = """id,name,alt_names,kind,region,country,lat,lon,population,held_by,airfield,note,source,confidence
alpha,Alpha,,capital,,TOY,10.0,20.0,900000,crown,,,atlas,high
beta,Beta,,provincial_capital,,TOY,10.5,20.0,,crown,,,atlas,high
gamma,Gamma,,town,,TOY,11.0,20.0,,crown,,,atlas,high
delta,Delta,,town,,TOY,11.5,20.0,,crown,,,atlas,high
omega,Omega,,town,,TOY,12.5,20.0,,guild,,,atlas,high
haven,Haven,,refuge,,LND,13.0,20.0,,,,,atlas,high
"""

ROADS = """from,to,distance_km,class,note,source,confidence
alpha,beta,70,primary,,atlas,high
beta,gamma,70,primary,,atlas,high
gamma,delta,70,primary,,atlas,high
delta,omega,120,primary,,atlas,high
omega,haven,60,track,,atlas,high
"""

HISTORY = """place,earliest,latest,from_side,to_side,mode,note,source,confidence
delta,2031-01-10,2031-01-10,crown,guild,,,Wire,high
gamma,2031-01-14,2031-01-16,crown,guild,,,Wire,high
delta,2031-01-20,2031-01-20,guild,crown,,,Wire,high
beta,2031-01-05,2031-02-01,crown,guild,,,Wire,low
"""

TABLES = {"case.toml": CASE, "places.csv": PLACES, "roads.csv": ROADS, "history.csv": HISTORY}


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Folder of the invented case."""
    found = tmp_path_factory.mktemp("cases") / "riverland"
    found.mkdir()
    for name, text in TABLES.items():
        (found / name).write_text(text, encoding="utf-8")
    return found


@pytest.fixture(scope="session")
def riverland(folder):
    """The invented case."""
    return read(folder)


LESSONS = ("chad-2008", "south-vietnam-1975")
"""Two small wars that the thin bank has learned from."""


def thin(case):
    """A few draws of a bank, all of one weight."""
    bank = bank_for("a-war-of-ones-own")
    theta = bank.theta[::50]
    none = np.zeros((len(theta), len(bank.wars)))
    return bank._replace(theta=theta, base=none[:, 0], told=none, used=LESSONS).without([case])


FEW = Settings(least_ess=1.0)


@pytest.fixture
def quick(monkeypatch):
    """A thin bank, content with few effective draws; lessons from two small cases."""
    for room in (request, hindcast):
        monkeypatch.setattr(room, "bank_for", thin)
    monkeypatch.setitem(hindcast.verify.__kwdefaults__, "settings", FEW)
    return thin
