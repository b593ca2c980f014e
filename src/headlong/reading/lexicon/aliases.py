"""The closed world of a case: every spelling of its places, provinces, sides and leaders, and who is meant by it."""

from __future__ import annotations

import re
from functools import lru_cache

from headlong.case import Case
from headlong.reading.lexicon.gazetteer import Entry, Gazetteer, skeleton, squeeze
from headlong.reading.lexicon.lexicon import armed_groups, countries, listed, rows, words
from headlong.reading.lexicon.place_names import add, keys_of, name_places
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
GOVERNS = re.compile(r"\b(?:government|republic|federal|army|armed forces|kingdom)\b", re.I)
GENERIC = listed("names.generic")
GENERIC_IDS = listed("names.generic_ids")


@lru_cache(maxsize=16)
def gazetteer_of(case: Case) -> Gazetteer:
    """Return the names of a case; made once for each case."""
    names = Gazetteer(case)
    name_places(names)
    _sides(names)
    _leaders(names)
    _countries(names)
    _soften(names)
    return names


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
    tally: dict[str, int] = {}
    for place in held:
        tally[place["country"]] = tally.get(place["country"], 0) + 1
    names.home = frozenset(code for code, count in tally.items() if code and count * 4 >= len(held))
    state = _state(case, max(tally, key=lambda code: tally[code], default=""), names.incumbent)
    if state != names.incumbent:
        names.rebels = (names.incumbent, *(side for side in names.rebels if side != state))
        names.incumbent = state
    if not names.rebels:
        names.rebels, names.others = names.others, ()
    names.rebels = tuple(sorted(names.rebels, key=lambda id: _weight(case, id), reverse=True))
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


def _state(case: Case, home: str, incumbent: str) -> str:
    """Return the side that texts call the government, though the one that loses ground may be another.

    In the Krajina of 1995 that was Zagreb's, in Mosul in 2016 Baghdad's: the side whose name has a government, republic
    or army of the country where most places lie, if the incumbent's has none.
    """
    words = [word for code, own, people, _ in countries() if code == home for word in (*own, *people)]
    land = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in words)) if words else None
    rules = [side.id for side in case.sides if land and land.search(side.name) and GOVERNS.search(side.name)]
    named = incumbent and re.search(r"\bgovernment\b", case.side(incumbent).name, re.I)
    return incumbent if named or incumbent in rules or not rules else rules[0]


def _weight(case: Case, id: str) -> tuple[int, int]:
    """How much there is of a side at the start: places that it holds, leaders; "the rebels" are those with most."""
    held = sum(place["held_by"] == id for place in case.places)
    return held, sum(leader["side"] == id for leader in case.leaders)


def _side_words(names: Gazetteer) -> None:
    """Learn the words that only one side has in its name: ``Oromo``, ``Kachin``, ``southern``."""
    owners: dict[str, set[str]] = {}
    for side in names.case.sides:
        for key in keys_of(side.name.split(",")[0]):
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
        keys = keys_of(piece)
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
            add(names, piece, "side", id, piece.upper() if len(piece) < 5 or piece == id else "")
        if (
            " of " in piece
            and len(piece.split(" of ")[0].split()) > 1
            and piece.split()[0].lower() not in WEAK
        ):
            add(names, piece.split(" of ")[0], "side", id)
        for word in piece.split():
            if word in HEADS and sum(word in side.name.split() for side in names.case.sides) == 1:
                add(names, word, "side", id, word)
        initials = "".join(word[0] for word in re.findall(r"[^\W_]+", piece) if word[0].isupper())
        if len(initials) > 2 and len(keys) > 2:
            add(names, initials, "side", id, initials)
    spoken = f" {' '.join(keys_of(full))} {' '.join(keys_of(id))} "
    for group in armed_groups():
        if any(f" {' '.join(keys_of(name))} " in spoken for name in group):
            for name in group:
                add(names, name, "side", id, name if len(name) < 6 and name.isupper() else "")


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
            add(names, alias, "leader", id)
        add(names, " ".join(bare), "leader", id)
        if len(bare) > 2:
            add(names, f"{bare[0]} {bare[-1]}", "leader", id)
            for cut in range(1, len(bare) - 1):
                add(names, " ".join(bare[cut:]), "leader", id)
        for word in {bare[-1], bare[0]}:
            if fold(word) not in given and len(word) > (2 if word == bare[-1] else 4):
                tails.setdefault(fold(word), set()).add(id)
    for tail, owners in tails.items():
        taken = any(entry.kind in ("place", "province", "side") for entry in names.entries.get(tail, []))
        if len(owners) == 1 and not taken:
            add(names, tail, "leader", next(iter(owners)))


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
            add(names, word, "country", code, word if len(word) < 4 else "")
        for word in demonyms:
            add(names, word, "demonym", code, word)
        for word in capitals:
            if not any(e.kind == "place" for e in names.entries.get(squeeze(keys_of(word)), [])):
                add(names, word, "capital", code, word)
    _own_country(names)
    _coalitions(names)
    for row in rows("armies.csv"):
        kind, id = ("side", names.incumbent) if row["code"] in names.home else ("demonym", row["code"])
        for word in row["names"].split(";"):
            if not names.entries.get(squeeze(keys_of(word))):
                add(names, word, kind, id, word)
    for code in names.home:
        if names.incumbent:
            names.country_side[code] = names.incumbent


def _coalitions(names: Gazetteer) -> None:
    """Learn whose men a force of several countries has: Nigerians are of ECOMOG, where it is a side or part of one."""
    for row in rows("coalitions.csv"):
        known = [s.id for s in names.case.sides if any(name in s.name for name in row["names"].split(";"))]
        for code in row["codes"].split(";") if known else ():
            names.country_side.setdefault(code, known[0])


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
            add(names, name, "country", code)
            stem = name[:-1] if name[-1] in "aeiou" else name
            for ending in ("n", "an", "ian", "i", "ese"):
                add(names, (name if ending == "n" else stem) + ending, "demonym", code)
                add(names, (name if ending == "n" else stem) + ending + "s", "demonym", code)


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
