"""The names of a case's places and provinces: every spelling, cut short where only one place can be meant."""

from __future__ import annotations

import re
from collections import Counter

from headlong.reading.lexicon.gazetteer import Entry, Gazetteer, squeeze
from headlong.reading.lexicon.lexicon import listed
from headlong.reading.lexicon.tokens import fold

__all__ = ["KIND_WORDS", "add", "keys_of", "name_places"]

KIND_WORDS = listed("names.kind_words")
ADJECTIVES = listed("names.adjectives")
"""Words that names begin with and that are left out: ``Petrovac`` for ``Bosanski Petrovac``."""
OPENERS = listed("names.openers")
"""Words that many names begin with, and that name no place alone."""


def keys_of(text: str) -> list[str]:
    """Return the folded words of a name."""
    return [fold(word) for word in re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.replace("\u2019", "'"))]


def add(names: Gazetteer, text: str, kind: str, id: str, exact: str = "") -> None:
    """Enter what a name stands for; ``exact``: only in this very spelling."""
    key = squeeze(keys_of(text))
    entry = Entry(kind, id, exact)
    if len(key) > 1 and entry not in names.entries.setdefault(key, []):
        names.entries[key].append(entry)


def _spellings(name: str) -> list[str]:
    """Return a place's name, what stands in brackets or before a comma, and the name without its kind."""
    bare = re.sub(r"\s*\(.*?\)", "", name).split(",")[0].strip()
    found = [bare, bare.replace(" International", "")]
    keys = bare.split()
    while len(keys) > 1 and fold(keys[-1]) in KIND_WORDS:
        keys = keys[:-1]
        found.append(" ".join(keys))
    found += [part.strip() for part in re.split(r"\s+and\s+", bare) if len(part) > 3]
    for inside in re.findall(r"\(([^)]*)\)", name):
        if re.fullmatch(r"(?:[A-Z][\w'-]*\s?)+", inside) and "HQ" not in inside:
            found.append(inside)
    return list(dict.fromkeys(found))


def name_places(names: Gazetteer) -> None:
    """Enter the places and provinces of a case."""
    regions: dict[str, list[tuple[int, str]]] = {}
    rank = {"capital": 0, "provincial_capital": 0, "town": 2, "port": 1, "crossing": 3}
    doubtful = _doubtful(names)
    for place in names.case.places:
        for spelling in _spellings(place["name"]):
            if spelling == place["name"] or spelling not in doubtful:
                add(names, spelling, "place", place["id"])
    for place in names.case.places:
        id, region = place["id"], re.sub(r"\s*\(.*?\)", "", place["region"] or "")
        for name in place["alt_names"]:
            for spelling in _spellings(name):
                add(names, spelling, "place", id)
        names.region_of[id] = region
        names.country_of[id] = place["country"]
        names.kind_of[id] = place["kind"]
        names.holder[id] = place["held_by"] or ""
        if region and place["kind"] != "refuge":
            seat = "(provincial capital)" in place["region"]
            regions.setdefault(region, []).append((0 if seat else rank.get(place["kind"], 4), id))
        if place["kind"] == "capital" and not names.capital:
            names.capital = id
    _shorten(names)
    for region, found in regions.items():
        best = min(found)
        names.capital_of[region] = best[1] if best[0] <= 1 or len(found) == 1 else ""
        add(names, region, "province", region)


def _doubtful(names: Gazetteer) -> set[str]:
    """Return words in which longer names end, and no name by itself: ``Tarn`` where there is ``Upper Tarn``.

    They are short for none: ``Tarn Bridge`` is not meant more than the others.
    """
    said = [place["name"] for place in names.case.places]
    return {words[-1] for words in map(str.split, said) if len(words) > 1} - set(said)


def _shorten(names: Gazetteer) -> None:
    """Learn how long names are cut short, where only one place can be meant: ``Faya``, ``San Vicente``."""
    short: dict[str, set[str]] = {}
    told = Counter(word for place in names.case.places for word in set(re.findall(r"\w+", place["name"])))
    for place in names.case.places:
        said = re.sub(r"\s*\(.*?\)", "", place["name"]).split(",")[0].split()
        heads = [" ".join(said[:cut]) for cut in range(2, len(said))]
        heads += [said[0].split("-")[0]] if len(said) == 1 else []
        heads += [said[1]] if len(said) == 2 and fold(said[0]) in ADJECTIVES and told[said[1]] == 1 else []
        for head in heads:
            keys = keys_of(head)
            if (
                len(keys[0]) > 1
                and len(squeeze(keys)) > 3
                and not (OPENERS | ADJECTIVES) & {keys[-1]}
                and head != said[0]
            ):
                short.setdefault(head, set()).add(place["id"])
    for head, ids in short.items():
        if len(ids) == 1 and not names.entries.get(squeeze(keys_of(head))):
            add(names, head, "place", min(ids), head)
