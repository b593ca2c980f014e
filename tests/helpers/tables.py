"""Rows and small cases made up for tests."""

from dataclasses import replace
from datetime import date, timedelta

from headlong.case import Case
from headlong.case.rows import Row, Side
from headlong.inputs.geography import read_map
from headlong.reports.observation import observe

START = date(2020, 1, 1)


def report(name, day, place, claim, side, **other):
    row = {
        "id": name, "published_at": START + timedelta(days=day), "event_date": START + timedelta(days=day),
        "place": place, "claim": claim, "side": side, "leader": None, "count": None, "polarity": "asserted",
        "source_class": "official", "verification": "attributed", "interest": "none", "origin": name,
        "outlet": None, "url": None, "words": None, "note": None, "source": "made up", "confidence": "low",
    }  # fmt: skip
    return Row({**row, **other}, 1)


def place(name, lat, kind, holder):
    row = {"id": name, "name": name.title(), "alt_names": (), "kind": kind, "region": None, "country": None,
           "lat": lat, "lon": 30.0, "population": None, "held_by": holder, "airfield": None, "holdout": None,
           "note": None, "source": "made up", "confidence": "low"}  # fmt: skip
    return Row(row, 1)


def tiny_war():
    """A war of two places and two sides, without a road."""
    places = (place("capital", 10.0, "capital", "gov"), place("town", 10.5, "town", "gov"))
    sides = (
        Side("gov", "Government", "incumbent", (), None, None),
        Side("rebels", "Rebels", "insurgent", (), None, None),
    )
    return Case("tiny", "Tiny", START, START + timedelta(days=30), START, sides, places, ())


def told_of(case, reports, days):
    full = replace(case, reports=tuple(reports))
    return full, read_map(full), observe(reports, START, START + timedelta(days=days))
