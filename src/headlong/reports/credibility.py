"""How far a kind of source is believed before anything is known of this war: the tables beside this file.

`priors.csv` gives for each class of source the share of its claims that are true and how many claims that
judgement is worth, and what interest, denial and verification add. `claims.csv` says how well each claim fits
each state of its place. Every number stands there with its reason.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from math import exp

__all__ = [
    "CLASSES",
    "FITS",
    "GROUPS",
    "base_rate_ratio",
    "believed",
    "chance_heard",
    "fits",
    "prior",
    "value",
]

CLASSES = ("reporter", "agency", "official", "belligerent", "resident", "social_media", "leader", "none")
GROUPS = ("plain", "interested", "admitted", "denial")
"""What a class says for nothing, for its side, against its side, and what it denies: learned apart."""

CITIES = frozenset({"capital", "provincial_capital", "port"})

FITS = ("took_today", "took_lately", "holds", "lost_today", "lost_lately", "other")
"""States of a place as a claim sees them: its side took it 0, 1-2 or more days ago; another did."""


@cache
def _table() -> dict[tuple[str, str], dict[str, str]]:
    text = (files("headlong.reports") / "priors.csv").read_text("utf-8")
    return {(row["kind"], row["name"]): row for row in csv.DictReader(text.splitlines())}


@cache
def _claims() -> dict[tuple[str, str, str], dict[str, str]]:
    text = (files("headlong.reports") / "claims.csv").read_text("utf-8")
    return {
        (row["claim"], row["polarity"], row["interest"]): row for row in csv.DictReader(text.splitlines())
    }


def _claim(claim: str, polarity: str, interest: str | None) -> dict[str, str]:
    """Row of claims.csv for a claim with this interest, or the one for any."""
    table = _claims()
    return table.get((claim, polarity, interest or "none")) or table[claim, polarity, "any"]


def value(kind: str, name: str) -> float:
    """Return one number of priors.csv."""
    return float(_table()[kind, name]["value"])


def fits(claim: str, polarity: str, interest: str | None = None) -> tuple[float, ...]:
    """Return how well a claim fits each state of its place, in the order of `FITS`."""
    row = _claim(claim, polarity, interest)
    return tuple(float(row[name]) for name in FITS)


def base_rate_ratio(claim: str, polarity: str, interest: str | None = None) -> float:
    """Return how many times fewer places see what is claimed than could be said to."""
    return float(_claim(claim, polarity, interest)["rare"])


def believed(share: float, shift: float) -> float:
    """Return a share with `shift` added to its log-odds."""
    return 1.0 / (1.0 + exp(-shift) * (1.0 - share) / share) if share < 1.0 else 1.0


def prior(source_class: str, group: str) -> tuple[float, float]:
    """Return the two numbers of the Beta prior of the share of true claims of a class in a group."""
    row = _table()["class", source_class]
    share = believed(float(row["value"]), value("group", group))
    return share * float(row["claims"]), (1.0 - share) * float(row["claims"])


@cache
def chance_heard(days: float, kind: str) -> float:
    """Return the chance that a change of hands of a place of this kind is reported within `days` days."""
    late = 1.0 - value("silence", "same_day")
    share = value("silence", "heard_city" if kind in CITIES else "heard")
    return share * (1.0 - late * exp(-days / value("silence", "delay")))
