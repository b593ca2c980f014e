"""From the names that a source gives to those who fight, to the sides of the case: a table that a person edits.

The first import proposes a side for each name and writes the proposal beside the case; whatever stands there is
taken as it stands by the next import, and only new names are added. A name without a side is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from headlong.case.rows import Cells, Side
from headlong.errors import nearest
from headlong.importers.folder import ASIDE, Folder
from headlong.importers.formats.source import read_source
from headlong.importers.naming import new_id, plain_name

__all__ = ["Actor", "settle_sides", "sides_from"]

COLUMNS = ("actor", "side", "kind", "events", "first", "last", "note")
LIKE = 85.0  # names at least so alike are taken for one (rapidfuzz, of 100)
MOST_SIDES = 4
PROPOSED, NONE = "proposed", "no side proposed"
"""Notes on a name: its side is proposed; it has none, and nobody has said that it shall have none."""

GOVERNMENT = Side("government", "The government", "incumbent")


@dataclass
class Actor:
    """One name of a source: its kind, how often and when it was seen, how often ground went to it or from it."""

    name: str
    kind: str = ""
    events: int = 0
    moved: int = 0
    first: date | None = None
    last: date | None = None

    def seen(self, day: date, moved: bool) -> None:
        """Count one event."""
        self.events += 1
        self.moved += moved
        self.first = min(self.first or day, day)
        self.last = max(self.last or day, day)


def sides_from(actors: Iterable[Actor], state: str, rebel: tuple[str, ...]) -> dict[str, Side]:
    """Propose sides where the case has none: the state's forces, and each rebel group that took or lost ground.

    Parameters
    ----------
    actors : iterable of Actor
        All names.
    state : str
        Kind of the state's forces.
    rebel : tuple of str
        Kinds that may be a side of their own.

    Returns
    -------
    dict
        Side by name of the actor.
    """
    found: dict[str, Side] = {}
    everyone = sorted(actors, key=lambda a: (-a.moved, -a.events, a.name))
    home = max((a for a in everyone if a.kind == state), key=lambda a: a.events, default=None)
    for actor in everyone:
        same_state = home is not None and _country(actor.name) == _country(home.name)
        if actor.kind == state and same_state:
            found[actor.name] = GOVERNMENT
    rebels = [actor for actor in everyone if actor.kind in rebel]
    holders = [actor for actor in rebels if actor.moved] or rebels[:1]
    for actor in holders[: MOST_SIDES - 1]:
        taken = {side.id for side in found.values()} | {GOVERNMENT.id}
        found[actor.name] = Side(new_id(_short(actor.name), taken, "rebels"), _short(actor.name), "insurgent")
    return found


def _short(name: str) -> str:
    """Name of an actor without the years and spellings in brackets."""
    return name.split("(")[0].split(":")[-1].strip() or name


def _country(name: str) -> str:
    """The part of ``Military Forces of Mali (2020-2021)`` that names the state."""
    return plain_name(name.split("(")[0].rpartition(" of ")[2])


def settle_sides(
    folder: Folder, actors: Mapping[str, Actor], proposed: Mapping[str, Side], file: str
) -> tuple[dict[str, str], list[str]]:
    """Return the side of each name, and lines that say what a person should look at.

    Parameters
    ----------
    folder : Folder
        The case folder.
    actors : mapping of str to Actor
        All names of the source.
    proposed : mapping of str to Side
        Sides proposed where the case has none.
    file : str
        Name of the table that the person edits.
    """
    known = [side.id for side in folder.sides]
    edited = _edited(folder, file)
    rows: list[Cells] = []
    for actor in sorted(actors.values(), key=lambda a: (-a.events, a.name)):
        if actor.name in edited:
            side, note = edited[actor.name]
        elif folder.settled:
            side, note = _alike(actor, folder), PROPOSED
        else:
            side, note = proposed[actor.name].id if actor.name in proposed else "", PROPOSED
        if not side and note == PROPOSED:
            note = NONE
        rows.append({**vars(actor), "actor": actor.name, "side": side, "note": note})
    path = folder.write_aside(file, COLUMNS, rows)
    notes = [
        f"Sides of {len(rows):,} names: {path}. Edit its column 'side', then the same command with --replace."
    ]
    wrong = {row["side"] for row in rows} - {"", *known, *(side.id for side in proposed.values())}
    for side in sorted(wrong) if folder.settled else ():
        notes.append(f"Side '{side}' is not in case.toml, so its names are left out.{nearest(side, known)}")
    allowed = set(known) if folder.settled else {side.id for side in proposed.values()} | wrong
    return {row["actor"]: row["side"] for row in rows if row["side"] in allowed}, notes


def _edited(folder: Folder, file: str) -> dict[str, tuple[str, str]]:
    """What the person's table says: side and note by name."""
    path = folder.path / ASIDE / file
    if not path.is_file():
        return {}
    source = read_source(path)
    source.need("actor", "side")
    theirs = [row for row in source.rows if row["actor"] and (row["side"] or row["note"] != NONE)]
    return {row["actor"]: (row["side"], row["note"]) for row in theirs}


def _alike(actor: Actor, folder: Folder) -> str:
    """The side of case.toml whose name is like an actor's; nothing where none is."""
    from rapidfuzz import fuzz

    name = plain_name(actor.name)
    scores = {
        side.id: max(
            fuzz.token_set_ratio(name, plain_name(side.name)), fuzz.partial_ratio(plain_name(side.id), name)
        )
        for side in folder.sides
    }
    best = max(scores, key=lambda side: scores[side])
    if scores[best] >= LIKE:
        return best
    return (folder.incumbent or "") if actor.kind.startswith("state") else ""
