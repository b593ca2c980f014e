"""The closed world of a case: every spelling of its places, provinces, sides and leaders, and who is meant by it."""

from __future__ import annotations

import re
from functools import lru_cache

from headlong.case import Case
from headlong.reading.lexicon.gazetteer import Entry, Gazetteer, skeleton, squeeze
from headlong.reading.lexicon.lexicon import armed_groups, countries, listed, rows, words
from headlong.reading.lexicon.tokens import fold

__all__ = ["Entry", "Gazetteer", "gazetteer_of", "skeleton", "squeeze"]

FAITH = re.compile(
    r"islam|ansar|qa[ei]da|aqim|jihad|taliban|shabaab|boko|tahrir al-sham|\bhts\b|mujao|daesh|isil|isis", re.I
)
WEAK = listed("names.weak")
HEADS = frozenset(
    ["Front", "Movement", "Guard", "Alliance", "League", "Union", "Command", "Party", "Brotherhood"]
)
OWN_LAND = re.compile(
    r"(?:Government|Republic|Kingdom|State|Federation|Army|Forces) of (?:the )?([A-Z][a-z]{3,})\b"
)
GENERIC = listed("names.generic")
OPENERS = listed("names.openers")
"""Words that many names begin with, and that name no place alone."""
GENERIC_IDS = listed("names.generic_ids")
KIND_WORDS = listed("names.kind_words")


@lru_cache(maxsize=16)
def gazetteer_of(case: Case) -> Gazetteer:
    """Return the names of a case; made once for each case."""
    names = Gazetteer(case)
    _places(names)
    _sides(names)
    _leaders(names)
    _countries(names)
    _soften(names)
    return names


def _keys(text: str) -> list[str]:
    return [fold(word) for word in re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.replace("\u2019", "'"))]


def _add(names: Gazetteer, text: str, kind: str, id: str, exact: str = "") -> None:
    key = squeeze(_keys(text))
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


def _places(names: Gazetteer) -> None:
    regions: dict[str, list[tuple[int, str]]] = {}
    rank = {"capital": 0, "provincial_capital": 0, "town": 2, "port": 1, "crossing": 3}
    for place in names.case.places:
        for spelling in _spellings(place["name"]):
            _add(names, spelling, "place", place["id"])
    for place in names.case.places:
        id, region = place["id"], re.sub(r"\s*\(.*?\)", "", place["region"] or "")
        for name in place["alt_names"]:
            for spelling in _spellings(name):
                _add(names, spelling, "place", id)
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
        _add(names, region, "province", region)


def _shorten(names: Gazetteer) -> None:
    """Learn how long names are cut short, where only one place can be meant: ``Faya``, ``San Vicente``."""
    short: dict[str, set[str]] = {}
    for place in names.case.places:
        said = re.sub(r"\s*\(.*?\)", "", place["name"]).split(",")[0].split()
        heads = [" ".join(said[:cut]) for cut in range(2, len(said))]
        heads += [said[0].split("-")[0]] if len(said) == 1 else []
        for head in heads:
            keys = _keys(head)
            if len(keys[0]) > 1 and len(squeeze(keys)) > 3 and not OPENERS & {keys[-1]} and head not in said:
                short.setdefault(head, set()).add(place["id"])
    for head, ids in short.items():
        if len(ids) == 1 and not names.entries.get(squeeze(_keys(head))):
            _add(names, head, "place", min(ids), head)


def _sides(names: Gazetteer) -> None:
    case = names.case
    held = [place for place in case.places if place["kind"] != "refuge"]
    for role, sort in (
        ("incumbent", ""),
        ("insurgent", "rebels"),
        ("third", "others"),
        ("outside", "others"),
    ):
        for side in case.sides:
            if side.role == role and role == "incumbent":
                names.incumbent = names.incumbent or side.id
            elif side.role == role:
                setattr(names, sort, (*getattr(names, sort), side.id))
    if not names.rebels:
        names.rebels, names.others = names.others, ()
    names.rebels = tuple(sorted(names.rebels, key=lambda id: _weight(case, id), reverse=True))
    tally: dict[str, int] = {}
    for place in held:
        tally[place["country"]] = tally.get(place["country"], 0) + 1
    names.home = frozenset(code for code, count in tally.items() if code and count * 4 >= len(held))
    for side in case.sides:
        _side_names(names, side.id, side.name)
    _side_words(names)
    pious = [s.id for s in case.sides if FAITH.search(s.name) and s.role != "incumbent"]
    names.islamist = pious[0] if len(pious) == 1 else ""
    armies = [
        s.id
        for s in case.sides
        if re.search(r"\barm(?:y|ed forces)\b", s.name, re.I) and s.id not in names.rebels
    ]
    own = (
        re.search(r"army|forces|military|troops|tatmadaw", case.side(names.incumbent).name, re.I)
        if names.incumbent
        else 1
    )
    names.army_side = armies[0] if len(armies) == 1 and not own else names.incumbent


def _weight(case: Case, id: str) -> tuple[int, int]:
    """How much there is of a side at the start: places that it holds, leaders; "the rebels" are those with most."""
    held = sum(place["held_by"] == id for place in case.places)
    return held, sum(leader["side"] == id for leader in case.leaders)


def _side_words(names: Gazetteer) -> None:
    """Learn the words that only one side has in its name: ``Oromo``, ``Kachin``, ``southern``."""
    owners: dict[str, set[str]] = {}
    for side in names.case.sides:
        for key in _keys(side.name.split(",")[0]):
            if len(key) > 3 or key == "un":
                owners.setdefault(key, set()).add(side.id)
    names.side_words = {
        key: min(ids)
        for key, ids in owners.items()
        if len(ids) == 1 and key not in GENERIC and ids != {names.incumbent}
    }


def _side_names(names: Gazetteer, id: str, full: str) -> None:
    pieces = [
        full,
        *re.split(r"\s*(?:[,;/()]|\bwith\b|\band\b|\bincluding\b|\bplus\b|\bin\b)\s*", full),
        id.replace("-", " "),
    ]
    for piece in filter(
        None, (re.sub(r"^(?:the|other|remnants of|former)\s+", "", p.strip(), flags=re.I) for p in pieces)
    ):
        keys = _keys(piece)
        if id.replace("-", " ") == piece and (fold(id) in GENERIC_IDS or len(id) < 3):
            continue
        strong = [key for key in keys if key not in WEAK]
        if not strong or len(keys) > 8:
            continue
        country = next(
            (code for code, own, demonyms, _ in countries() if piece in own or piece in demonyms), ""
        )
        if country or piece.lower().startswith("government of"):
            continue
        lone = len(keys) == 1 and (piece.islower() or keys[0] in words().groups or keys[0] in words().nouns)
        if not lone or piece.isupper():
            _add(names, piece, "side", id, piece.upper() if len(piece) < 5 or piece == id else "")
        if (
            " of " in piece
            and len(piece.split(" of ")[0].split()) > 1
            and piece.split()[0].lower() not in WEAK
        ):
            _add(names, piece.split(" of ")[0], "side", id)
        for word in piece.split():
            if word in HEADS and sum(word in side.name.split() for side in names.case.sides) == 1:
                _add(names, word, "side", id, word)
        initials = "".join(word[0] for word in re.findall(r"[^\W_]+", piece) if word[0].isupper())
        if len(initials) > 2 and len(keys) > 2:
            _add(names, initials, "side", id, initials)
    spoken = f" {' '.join(_keys(full))} {' '.join(_keys(id))} "
    for group in armed_groups():
        if any(f" {' '.join(_keys(name))} " in spoken for name in group):
            for name in group:
                _add(names, name, "side", id, name if len(name) < 6 and name.isupper() else "")


def _leaders(names: Gazetteer) -> None:
    given = words().given
    tails: dict[str, set[str]] = {}
    for row in names.case.leaders:
        id = row["id"]
        names.leader_side[id] = row["side"]
        names.leader_role[id] = (row["role"] or "").lower()
        names.leader_base[id] = row["base"] or ""
        names.leader_name[id] = row["name"]
        aliases = re.findall(r"[\(\"']([^)\"']{3,})[\)\"']", row["name"])
        bare = re.sub(r"\s*[\(\"'][^)\"']{3,}[\)\"']", "", row["name"]).replace("-", " ").split()
        for alias in aliases:
            _add(names, alias, "leader", id)
        _add(names, " ".join(bare), "leader", id)
        if len(bare) > 2:
            _add(names, f"{bare[0]} {bare[-1]}", "leader", id)
            for cut in range(1, len(bare) - 1):
                _add(names, " ".join(bare[cut:]), "leader", id)
        for word in {bare[-1], bare[0]}:
            if fold(word) not in given and len(word) > (2 if word == bare[-1] else 4):
                tails.setdefault(fold(word), set()).add(id)
    for tail, owners in tails.items():
        taken = any(entry.kind in ("place", "province", "side") for entry in names.entries.get(tail, []))
        if len(owners) == 1 and not taken:
            _add(names, tail, "leader", next(iter(owners)))


def _countries(names: Gazetteer) -> None:
    sides = names.case.sides
    for code, own, demonyms, capitals in countries():
        mentions = [
            s.id for s in sides if any(re.search(rf"\b{re.escape(w)}\b", s.name) for w in (*own, *demonyms))
        ]
        if code in names.home and names.incumbent:
            names.country_side[code] = names.incumbent
        elif mentions:
            names.country_side[code] = mentions[0]
        for word in own:
            _add(names, word, "country", code, word if len(word) < 4 else "")
        for word in demonyms:
            _add(names, word, "demonym", code, word)
        for word in capitals:
            if not any(e.kind == "place" for e in names.entries.get(squeeze(_keys(word)), [])):
                _add(names, word, "capital", code, word)
    _own_country(names)
    for row in rows("armies.csv"):
        kind, id = ("side", names.incumbent) if row["code"] in names.home else ("demonym", row["code"])
        for word in row["names"].split(";"):
            if not names.entries.get(squeeze(_keys(word))):
                _add(names, word, kind, id, word)
    for code in names.home:
        mention = [s.id for s in sides if s.role == "incumbent"]
        if mention:
            names.country_side[code] = mention[0]


def _own_country(names: Gazetteer) -> None:
    """Learn the words for a country that no table knows from the names of the sides: ``Karsava``, ``Karsavan``."""
    known = {word for country in countries() for word in (*country.names, *country.people)}
    home = next(iter(sorted(names.home)), "")
    for side in names.case.sides:
        for name in OWN_LAND.findall(side.name):
            if name in known or not home:
                continue
            code = home if side.role == "incumbent" else side.id
            names.country_side[code] = side.id
            _add(names, name, "country", code)
            stem = name[:-1] if name[-1] in "aeiou" else name
            for ending in ("n", "an", "ian", "i", "ese"):
                _add(names, (name if ending == "n" else stem) + ending, "demonym", code)
                _add(names, (name if ending == "n" else stem) + ending + "s", "demonym", code)


def _soften(names: Gazetteer) -> None:
    """Index names by skeleton, and by what a misspelling may come near to; doubtful ones are left out."""
    for key, entries in names.entries.items():
        firm = [
            entry for entry in entries if entry.kind in ("place", "province", "leader") and not entry.exact
        ]
        if not firm or len(key) < 4:
            continue
        names.soft.setdefault(skeleton(key), []).extend(
            e for e in firm if e not in names.soft.get(skeleton(key), [])
        )
        if len(key) >= 5:
            names.near[key] = firm
    for key, entries in list(names.soft.items()):
        if len({(e.kind, e.id) for e in entries if e.kind != "province"}) > 1:
            del names.soft[key]
