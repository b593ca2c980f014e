"""Which places and sides a text names."""

from __future__ import annotations

import re

from casebuild.draft import Draft
from casebuild.speakers import aliases

ASIDE = re.compile(
    r"(\b(?:to|towards?|for|near|around|outside|between|km from|north of|south of|east of|west of)"
    r"|\b(?:back|advanc\w+|mov\w+|march\w*|drive|heading|head\w*) on)(?: the)?\s*$",
    re.IGNORECASE,
)
"""Words before a name that is where something went or lies near, not where it happened."""

NEAR = re.compile(r"\b(?:near|outside|around|km from)(?: the)? (?=[A-Z])")
ARTICLE = re.compile(r"^(?:al|el|an|as|ar)[- ]", re.IGNORECASE)
KIND = re.compile(r" (?:border )?(?:crossing|air ?base|town|city|district)$", re.IGNORECASE)
SHORTEST = 3  # letters a name needs to be looked for


def named_places(text: str, draft: Draft) -> list[str]:
    """Return the ids of the places that a text says something of, in its order, each once."""
    found, names = [], place_names(draft)
    if not names:
        return []
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in longest_first)})(?!\w)")
    of_sides = [hit.span() for side in aliases(draft).values() for hit in side.finditer(text)]
    for hit in pattern.finditer(text):
        within = any(a <= hit.start() and hit.end() <= b and b - a > len(hit[0]) for a, b in of_sides)
        if not within and not ASIDE.search(text[: hit.start()]):
            found.append(names[hit[0]])
    return list(dict.fromkeys(found))


def only_names(text: str, draft: Draft) -> bool:
    """Say whether a text is the name of a place and nothing else."""
    return text.strip(" .") in place_names(draft)


def place_names(draft: Draft) -> dict[str, str]:
    """Return place by name: full names, other spellings, names without their article or kind."""
    names: dict[str, str] = {}
    rows = [(row["id"], _spellings(row["name"], row["alt_names"])) for row in draft.rows("places")]
    for shorten in (False, True):  # a full name goes before another's short one
        for id, spellings in rows:
            for name in spellings:
                short = (ARTICLE.sub("", name), KIND.sub("", name), KIND.sub("", ARTICLE.sub("", name)))
                for word in short if shorten else (name,):
                    if len(word) >= SHORTEST and not word[0].islower():
                        names.setdefault(word, id)
    return names


def _spellings(name: str, others: str) -> list[str]:
    return [re.sub(r"\s*[(,].*", "", name), *re.split(r"\s*;\s*", others)]
