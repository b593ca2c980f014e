"""The bundled wars as a sample: how far each went, which are learned from, and which lie on one map.

The split is a rule, fixed before any form of the model was compared on it: a third of the wars validates. The
eight that were studied for long before learn, whatever the rule would say; of the others each stratum gives its
share, in the order of the SHA-256 of their names.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from headlong.case.gallery import gallery, gallery_folder

__all__ = ["LONG_KNOWN", "STRATA", "learning", "roles", "sisters", "split", "strata"]

STRATA = ("fell", "partly", "held")
"""How far a war went in the end; scores are told apart by it."""

LONG_KNOWN = frozenset(
    {
        "afghanistan-2021",
        "chad-2008",
        "drc-kivu-2012",
        "iraq-2014",
        "libya-2019",
        "mali-2012",
        "south-vietnam-1975",
        "zaire-1996-97",
    }
)
"""Wars on which some 120 forms were tried before the sample grew: they can validate nothing."""

VALIDATE = 3  # one war of so many


def split(stratum_of: Mapping[str, str]) -> dict[str, str]:
    """Return the role of each war, ``learn`` or ``validate``, by the rule.

    Parameters
    ----------
    stratum_of : mapping of str to str
        Stratum by name.
    """
    new = sorted(name for name in stratum_of if name not in LONG_KNOWN)
    wanted = len(stratum_of) / VALIDATE
    found = dict.fromkeys(sorted(stratum_of), "learn")
    for stratum in STRATA:
        mine = [name for name in new if stratum_of[name] == stratum]
        mine.sort(key=lambda name: sha256(name.encode()).hexdigest())
        for name in mine[: round(wanted * len(mine) / max(len(new), 1))]:
            found[name] = "validate"
    return found


def strata() -> Mapping[str, str]:
    """Return the stratum of each bundled war."""
    return MappingProxyType(
        {name: head.get("stratum", "") for name, head in _heads(gallery_folder()).items()}
    )


def roles() -> Mapping[str, str]:
    """Return the role of each bundled war: ``learn`` or ``validate``."""
    return MappingProxyType(split(strata()))


def learning() -> tuple[str, ...]:
    """Return the bundled wars that may be learned from and looked at."""
    return tuple(name for name, role in roles().items() if role == "learn")


def sisters(name: str) -> tuple[str, ...]:
    """Return the other bundled wars on the map of one; none for a case that is not bundled."""
    heads = _heads(gallery_folder())
    ground = heads.get(name, {}).get("map")
    return tuple(
        other for other, head in heads.items() if ground and other != name and head.get("map") == ground
    )


@cache
def _heads(folder: Path) -> dict[str, dict[str, str]]:
    """Return what case.toml says of each bundled war, by name."""
    paths = {name: folder / name / "case.toml" for name in gallery()}
    return {name: tomllib.loads(path.read_text(encoding="utf-8")) for name, path in paths.items()}
