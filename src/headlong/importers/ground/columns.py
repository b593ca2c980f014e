"""Which attribute or column of somebody's places is the name, the code, the region, the country.

Boundary files name them by level: ``ADM2_EN`` and ``ADM2_PCODE`` (UN), ``NAME_2`` (GADM), ``shapeName``
(geoBoundaries), ``TS`` and ``TS_PCODE`` (a name beside each code). The finest level is the place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from headlong.errors import BadRequest, nearest
from headlong.importers.formats.source import column_key

__all__ = ["Meant", "meant"]

LEVELS = tuple(map(re.compile, (
    r"adm(?:in)?_?(\d)_?(?:name)?_?en", r"adm(?:in)?_?(\d)_?(?:name)?_?(?:fr|es|pt)",
    r"(?:adm(?:in)?_?)?name_?(\d)_?(?:en)?", r"adm(?:in)?_?(\d)_?name", r"adm(?:in)?_?(\d)",
)))  # fmt: skip
"""Names of areas by level, those in letters that most can read first."""

ALONE = ("shapename", "name_en", "name", "nom", "nombre")
CODE = re.compile(r"(.*?)_?p_?code", re.ASCII)
NATION = (
    "adm0_pcode",
    "admin0pcode",
    "adm0_en",
    "admin0name_en",
    "adm0_name",
    "shapegroup",
    "gid_0",
    "id_0",
    "country",
)


class Meant(NamedTuple):
    """Attributes by what they hold; empty where there is none."""

    name: str
    code: str = ""
    region: str = ""
    country: str = ""


def meant(attributes: Mapping[str, Sequence[Any]], file: str, asked: str | None = None) -> Meant | None:
    """Say which attributes are meant; None if none is a name.

    Parameters
    ----------
    attributes : mapping
        Values by attribute.
    file : str
        Name of the file, for what is said.
    asked : str, optional
        The attribute with the names, where the user names it.
    """
    known = {column_key(str(name)): str(name) for name in attributes}
    country = next((known[name] for name in NATION if name in known), "")
    codes = {found[1]: known[name] for name in known if (found := CODE.fullmatch(name)) and found[1]}
    alone = known.get("pcode", known.get("p_code", ""))
    if asked is not None:
        if column_key(asked) not in known:
            there = ", ".join(map(str, attributes)) or "none"
            raise BadRequest(
                f"'{file}' has no attribute '{asked}'.{nearest(asked, attributes)} It has: {there}."
            )
        return Meant(known[column_key(asked)], codes.get(column_key(asked), alone), country=country)
    for pattern in LEVELS:
        levels = {int(found[1]): known[name] for name in known if (found := pattern.fullmatch(name))}
        if filled := [n for n in levels if n and _says(attributes[levels[n]])]:
            finest = max(filled)
            code = next((c for stem, c in codes.items() if stem.strip("_").endswith(str(finest))), alone)
            return Meant(levels[finest], code, levels.get(finest - 1, "") if finest > 1 else "", country)
    name = next((known[name] for name in ALONE if name in known and _says(attributes[known[name]])), "")
    if name:
        return Meant(name, alone, country=country)
    return _by_codes(
        attributes, {stem: code for stem, code in codes.items() if stem in known}, known, country
    )


def _by_codes(
    attributes: Mapping[str, Sequence[Any]], codes: Mapping[str, str], known: Mapping[str, str], country: str
) -> Meant | None:
    """Names that stand beside codes: the level with most codes is the finest, the one before it the region."""
    ranked = sorted(codes, key=lambda stem: len({*map(str, attributes[codes[stem]])}))
    ranked = [stem for stem in ranked if _says(attributes[known[stem]])]
    if not ranked:
        return next((Meant(known[n], country=country) for n in known if n.endswith("name")), None)
    return Meant(known[ranked[-1]], codes[ranked[-1]], known[ranked[-2]] if len(ranked) > 1 else "", country)


def _says(values: Sequence[Any]) -> bool:
    """Whether any value is a text that may be a name."""
    return any(isinstance(value, str) and any(map(str.isalpha, value)) for value in values)
