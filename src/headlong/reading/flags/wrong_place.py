"""Places and persons given to the wrong country or province."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from headlong.reading.claims.claim import Reading
from headlong.reading.claims.shapes import Flag
from headlong.reading.lexicon.gazetteer import Gazetteer
from headlong.reading.lexicon.lexicon import listed, words
from headlong.reading.syntax.entities import AREAS, Mention
from headlong.reading.syntax.phrases import Parsed

__all__ = ["mismatches"]

PEOPLES = listed("mismatch.peoples")
ARTICLES = frozenset(["a", "an", "the", "main", "largest"])
LINKS = listed("mismatch.links")
OWNED = listed("mismatch.owned")
TIES = (
    [","],
    ["in"],
    [",", "in"],
    ["in", "of"],
    [",", "in", "of"],
    [",", "capital", "of"],
    ["capital", "of"],
    [",", "a", "district", "of"],
    [",", "a", "town", "in"],
    [",", "a", "district", "in"],
    ["district", "of"],
    ["district", "in"],
    [",", "main", "town", "of"],
)
"""Words between a place and the province that it is said to lie in; ways of the compass and articles left out."""


def mismatches(reading: Reading) -> Iterator[Flag]:
    """Return the sentences that put a place or person of the case where it does not belong."""
    for at, parsed in enumerate(reading.parsed):
        for one, other in pairwise(parsed.mentions):
            note = _country(one, other, parsed, reading.names) or _province(one, other, parsed, reading.names)
            if note:
                yield "place_mismatch", (at + 1,), note
    yield from _unnamed(reading)


def _between(one: Mention, other: Mention, parsed: Parsed) -> list[str]:
    return [token.key or token.text for token in parsed.tokens[one.end : other.start]]


def _home(mention: Mention, names: Gazetteer) -> str:
    """Return the country where a place or leader of the case belongs; nothing where that is not one country."""
    if mention.kind == "place":
        return names.country_of.get(mention.id, "")
    if mention.kind == "province":
        return names.country_of.get(names.capital_of.get(mention.id, ""), "")
    if mention.kind == "leader":
        base = names.country_of.get(names.leader_base.get(mention.id, ""), "")
        own = [code for code, side in names.country_side.items() if side == names.leader_side[mention.id]]
        return base if base in names.home else own[0] if len(own) == 1 else ""
    return ""


def _country(one: Mention, other: Mention, parsed: Parsed, names: Gazetteer) -> str:
    gap = _between(one, other, parsed)
    if other.kind in ("country", "demonym"):
        place, country = one, other
        beside = (
            gap in ([","], ["in"], [",", "in"])
            or (gap[:1] == ["in"] and set(gap) <= LINKS)
            or (gap[:2] == [",", "in"] and set(gap[1:]) <= LINKS)
        )
        capital = gap[:1] == [","] and gap[-1:] in (["of"], ["in"]) and set(gap[1:]) <= LINKS | ARTICLES
        town = other.kind == "demonym" and gap in ([",", "a"], [",", "the"]) and _town_follows(other, parsed)
        person = one.kind == "leader" and gap == ["of"] and other.kind == "country"
        fits = other.kind == "country" and one.kind in ("place", "province") and (beside or capital)
        fits = fits or person or (town and one.kind == "place")
        if fits and gap == [","] and other.end < len(parsed.tokens) and parsed.tokens[other.end].text == "'s":
            fits = False
    elif one.kind in ("country", "demonym"):
        place, country = other, one
        owned = gap[:1] in (["'s"], ["s"]) or one.kind == "demonym"
        inner = gap[1:] if gap[:1] in (["'s"], ["s"]) else gap
        near = (
            (set(inner) <= LINKS - {"in"} and len(inner) > 0)
            if other.kind != "leader"
            else set(inner) <= OWNED
        )
        fits = owned and near and other.kind in ("place", "province", "leader") and len(inner) < 6
        if one.kind == "demonym" and other.kind == "leader" and parsed.tokens[one.start].key in PEOPLES:
            fits = False
    else:
        return ""
    home = _home(place, names) if fits else ""
    if not home or home == country.id or country.id in names.home:
        return ""
    return f"{place.text} is not of {country.text}"


def _town_follows(country: Mention, parsed: Parsed) -> bool:
    """Whether it goes on with a town: ``Al-Qaim, a Syrian town``."""
    after = [token.key for token in parsed.tokens[country.end : country.end + 3]]
    return any(words().nouns.get(key) == "settlement" for key in after)


def _province(one: Mention, other: Mention, parsed: Parsed, names: Gazetteer) -> str:
    """``Kunduz in Herat province``, ``Taloqan, capital of Balkh``: the place lies elsewhere."""
    gap = _between(one, other, parsed)
    if {one.kind, other.kind} != {"place", "province"} and not (one.kind == other.kind == "place"):
        return ""
    place, area = (one, other) if one.kind == "place" else (other, one)
    told = area is other and "of" in gap and bool(AREAS & set(gap))  # "in the region of Savanes"
    region = area.id if area.kind == "province" else _region_named(area, parsed, names, told)
    if not region or not names.region_of.get(place.id) or names.region_of[place.id] == region:
        return ""
    if area is other:
        words_ = [
            w
            for w in gap
            if w not in ("the", "northern", "southern", "eastern", "western", "central", "provincial", "city")
            and not (told and w in AREAS)
        ]
        tied = words_ in TIES
        after = parsed.tokens[area.end].key if area.end < len(parsed.tokens) else ""
        sure = after in AREAS or told or "capital" in gap or (area.kind == "province" and words_ != [","])
        return f"{place.text} is not in {region}" if tied and sure else ""
    tied = gap in (
        ["'s", "capital"],
        ["s", "capital"],
        ["province", "'s", "capital"],
        ["'s", "provincial", "capital"],
        ["'s", "capital", ","],
        ["province", "'s", "capital", ","],
        ["'s", "provincial", "capital", ","],
    )
    return f"{place.text} is not in {region}" if tied else ""


def _region_named(area: Mention, parsed: Parsed, names: Gazetteer, told: bool) -> str:
    """Return the province that a name like Kunduz means before the word province, or after ``the province of``."""
    after = parsed.tokens[area.end].key if area.end < len(parsed.tokens) else ""
    region = names.region_of.get(area.id, "")
    return region if (after in AREAS or told) and names.capital_of.get(region) == area.id else ""


def _unnamed(reading: Reading) -> Iterator[Flag]:
    """``India's strongmen`` who turn out to be leaders of the case."""
    names = reading.names
    for one in reading.claims:
        noun = one.event.person
        node = noun.of if noun is not None and noun.of is not None else noun
        if node is None or node.poss is None or not one.event.leader:
            continue
        lands = [
            m
            for m in node.poss.mentions
            if m.kind == "country" and m.id not in names.home and m.id not in names.country_side
        ]
        if (
            lands
            and words().nouns.get(node.head) == "person"
            and one.event.claim in ("fled", "captured", "stayed", "switched")
        ):
            parsed = reading.parsed
            beside = [
                n + 1
                for n in range(one.number, min(one.number + 3, len(parsed)))
                if any(m.kind == "leader" and m.id == one.event.leader for m in parsed[n].mentions)
            ]
            yield (
                "place_mismatch",
                (one.number, *beside[:1]),
                f"{lands[0].text}: the leaders are of the case's own country",
            )
