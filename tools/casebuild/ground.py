"""The ground: places, assaults that failed and people who moved."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from casebuild.draft import Draft
from casebuild.folder import Facts, Row, day_of, slug
from casebuild.frame import armed, held_by_column, home_country, is_refuge
from casebuild.judgement import Codings
from headlong.errors import BadRequest

KINDS = {"provincial_capital", "capital", "port", "town", "crossing", "refuge"}
KIND_WORDS = {"border": "crossing", "gate": "crossing", "harbour": "port", "harbor": "port", "camp": "town"}


def places(facts: Facts, draft: Draft, codings: Codings) -> None:
    """Add the places; their holders at the start are kept in the draft until history is known."""
    column, home = held_by_column(facts), home_country(facts)
    seen: set[str] = set()
    for row in facts.rows("places"):
        id = slug(row["id"] or row["name"])
        lat, lon = number(row.get("lat", "")), number(row.get("lon", ""))
        if not id or id in seen or lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
            facts.drop(row, "a place needs an id of its own and coordinates in decimal degrees")
            continue
        seen.add(id)
        side = armed(row.get(column, ""))
        refuge = is_refuge(row, home) and (row.get("kind") == "refuge" or side not in draft.side_ids)
        draft.holder[id] = "" if refuge or side not in draft.side_ids else side
        population = number(row.get("population", ""))
        values: dict[str, Any] = {
            "id": id,
            "name": row.get("name") or id,
            "alt_names": row.get("alt_names", "").replace("|", ";"),
            "kind": "refuge" if refuge else word(row.get("kind", ""), KINDS, KIND_WORDS, "town"),
            "region": row.get("region", ""),
            "country": row.get("country", ""),
            "lat": _digits(row["lat"]),
            "lon": _digits(row["lon"]),
            "population": "" if population is None or population < 0 else round(population),
            "held_by": "",
            "airfield": row.get("airfield", ""),
            "note": "",
            "source": _places_source(row),
            "confidence": row["confidence"],
        }
        draft.add("places", **(values | codings.cells("places", id)))
        reason = codings.correction("places", id)
        if reason:
            draft.coded.append(f"place {row.get('name') or id}: {reason['reason']}")
    if not draft.holder:
        raise BadRequest("no usable place:\n" + "\n".join(facts.problems))
    if any(row["population"] == "" for row in draft.rows("places") if row["kind"] != "refuge"):
        draft.assume("Places without a population: left to its prior.")
    if not any(row["airfield"] for row in draft.rows("places")):
        draft.assume("Which places have a usable airfield is not known: left to its prior.")


def _digits(text: str) -> str:
    """Return a number as it is written, where that is plain, else its value."""
    return text if re.fullmatch(r"[-+]?\d+(\.\d+)?", text) else f"{number(text):g}"


def _places_source(row: Row) -> str:
    parts = [row["source"], row.get("held_by_source", ""), row.get("population_source", "")]
    labels = ("", "holder: ", "population: ")
    return " | ".join(label + part for label, part in zip(labels, parts, strict=True) if part)


def number(text: str) -> float | None:
    """Return the number in a cell, without its unit and its 'about'; None if there is none."""
    plain = re.sub(r",(?=\d{3}\b)", "", text.strip())
    found = re.fullmatch(
        r"(?:about|approx\.?|ca?\.|~)?\s*([-+]?\d*\.?\d+(?:e[-+]?\d+)?)\s*(?:km|people)?", plain, re.I
    )
    value = float(found[1]) if found else None
    return value if value is not None and abs(value) < 1e9 else None


def word(text: str, known: set[str], others: dict[str, str], default: str) -> str:
    """Return the known word that a facts word stands for."""
    plain = text.strip().lower().replace(" ", "_").replace("-", "_")
    if plain in known:
        return plain
    return next((word for part, word in others.items() if part in plain), default)


def repulses(facts: Facts, draft: Draft) -> None:
    """Add the dated failed assaults."""
    for row in facts.rows("repulses"):
        day, place = facts.day(row, "date"), slug(row["place"])
        attacker, defender = armed(row.get("attacker", "")), armed(row.get("defender", ""))
        if day is None or place not in draft.holder or not {attacker, defender} <= draft.side_ids:
            facts.drop(row, "a repulse needs a date, a known place and two known sides")
            continue
        draft.add(
            "repulses",
            place=place,
            date=day,
            attacker=attacker,
            defender=defender,
            note=row["note"],
            source=row["source"],
            confidence=row["confidence"],
        )


def displacement(facts: Facts, draft: Draft) -> None:
    """Add the dated counts of people who moved."""
    for row in facts.rows("displacement"):
        day = facts.day(row, "date")
        ends = {key: slug(row.get(key, "")) for key in ("from_place", "to_place")}
        unknown = [name for name in ends.values() if name and name not in draft.holder]
        if day is None or unknown:
            facts.drop(row, "a count needs a date and known places")
            continue
        counts: dict[str, Any] = {}
        for key in ("count", "count_high"):
            value = number(row.get(key, ""))
            counts[key] = "" if value is None or value < 0 else round(value)
        draft.add(
            "displacement",
            date=day,
            **ends,
            kind=row["kind"] or "people",
            **counts,
            unit=row.get("unit", ""),
            note=row["note"],
            source=row["source"],
            confidence=row["confidence"],
        )


def stamp_day(text: str) -> date | None:
    """Return the day of a date or a date and time; None if it is neither."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return day_of(text)


def stamp(text: str) -> str:
    """Return a date and time as tables write it: as it stands where it is in ISO form, else the day."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return str(day_of(text) or "")
    return text


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())
