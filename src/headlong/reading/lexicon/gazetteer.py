"""The names of a case, ready for look-up, and how spellings are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from headlong.case import Case
from headlong.reading.lexicon.lexicon import listed

__all__ = ["LINKS", "Entry", "Gazetteer", "skeleton", "squeeze"]

LINKS = listed("names.links")


@dataclass(frozen=True)
class Entry:
    """What a name can stand for.

    Parameters
    ----------
    kind : str
        place, province, leader, side, country, demonym.
    id : str
        Which one; for provinces their name, for countries the code.
    exact : bool
        Whether only this very spelling counts, capitals included.
    """

    kind: str
    id: str
    exact: str = ""


@dataclass
class Gazetteer:
    """All names of a case.

    Parameters
    ----------
    case : Case
        The case.
    entries : dict
        What a squeezed name stands for.
    soft : dict
        The same by skeleton, where a spelling may vary.
    near : dict
        Squeezed names that a misspelt word may mean, by first letters.
    """

    case: Case
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    soft: dict[str, list[Entry]] = field(default_factory=dict)
    near: dict[str, list[Entry]] = field(default_factory=dict)
    capital_of: dict[str, str] = field(default_factory=dict)  # province -> place
    region_of: dict[str, str] = field(default_factory=dict)  # place -> province
    country_of: dict[str, str] = field(default_factory=dict)  # place -> country code
    kind_of: dict[str, str] = field(default_factory=dict)
    holder: dict[str, str] = field(default_factory=dict)  # place -> side that held it at the start
    leader_side: dict[str, str] = field(default_factory=dict)
    leader_role: dict[str, str] = field(default_factory=dict)
    leader_base: dict[str, str] = field(default_factory=dict)
    leader_name: dict[str, str] = field(default_factory=dict)
    country_side: dict[str, str] = field(default_factory=dict)
    home: frozenset[str] = frozenset()  # countries in which the war is
    incumbent: str = ""
    rebels: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    capital: str = ""
    army_side: str = ""
    side_words: dict[str, str] = field(default_factory=dict)  # a word of one side's name alone -> side
    islamist: str = ""

    def opponent(self, side: str) -> str:
        """Return the other side where there is one that can be meant, else nothing."""
        if not side:
            return ""
        if side == self.incumbent or side not in self.rebels:
            foes = [one for one in self.rebels if one != side] or [
                one for one in (self.incumbent,) if one != side
            ]
            return foes[0] if len(foes) == 1 else ""
        return self.incumbent


def squeeze(keys: list[str]) -> str:
    """Return the words of a name as one string, without the small links between them."""
    return "".join(key for key in keys if key not in LINKS) or "".join(keys)


@lru_cache(maxsize=20_000)
def skeleton(name: str) -> str:
    """Return what stays of a name when usual differences of transliteration are taken out."""
    for old, new in (
        ("tch", "ch"),
        ("dj", "j"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("aa", "a"),
        ("ph", "f"),
        ("kh", "k"),
        ("gh", "g"),
        ("q", "k"),
        ("ck", "k"),
        ("w", "v"),
        ("y", "i"),
        ("ei", "i"),
        ("ai", "a"),
        ("eh", "a"),
        ("ah", "a"),
        ("o", "u"),
        ("e", "i"),
        ("dh", "d"),
        ("th", "t"),
        ("z", "s"),
        ("c", "k"),
    ):
        name = name.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", name)
