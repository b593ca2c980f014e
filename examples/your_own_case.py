"""A case of your own: three small tables and a settings file, read, checked and forecast."""

import tempfile
from pathlib import Path

import headlong as hl

SETTINGS = """
id = "riverland-2031"
title = "Riverland, spring of 2031"
start = 2031-03-01
end = 2031-06-30
[[sides]]
id = "government"
name = "Government of Riverland"
role = "incumbent"
[[sides]]
id = "rebels"
name = "Hill Front"
role = "insurgent"
"""
PLACES = """id,name,kind,lat,lon,population,held_by,source,confidence
port,Port Royal,capital,10.0,20.0,900000,government,invented,low
ford,Old Ford,town,10.6,20.2,40000,government,invented,low
mill,Mill Town,provincial_capital,11.0,20.8,120000,government,invented,low
hills,Hill Camp,town,11.6,21.2,8000,rebels,invented,low
"""
ROADS = """from,to,distance_km,source,confidence
port,ford,75,invented,low
ford,mill,90,invented,low
mill,hills,95,invented,low
"""
HISTORY = """place,earliest,latest,from_side,to_side,source,confidence
mill,2031-03-20,2031-03-20,government,rebels,invented,low
"""

with tempfile.TemporaryDirectory() as folder:
    tables = {"case.toml": SETTINGS, "places.csv": PLACES, "roads.csv": ROADS, "history.csv": HISTORY}
    for name, text in tables.items():
        Path(folder, name).write_text(text, encoding="utf-8")
    case = hl.open_case(folder)  # raises headlong.errors.CaseError with all findings if something is wrong
    for init in ("2031-03-15", "2031-03-21"):
        forecast = hl.forecast(case, init=init, days=30, members=300, control="history")
        print(f"From {init}, within 30 days:")
        for place, p in hl.fall_probability(forecast, within=30).to_series().items():
            print(f"  {place:<6} {p:.0%}")
