"""What a reader has in mind while reading: the place, side and person last spoken of, the speaker, the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from headlong.reading.lexicon.gazetteer import Gazetteer

__all__ = ["REPORTER", "Discourse", "Place", "Speaker"]


@dataclass(frozen=True)
class Place:
    """A place of the case, or an unnamed one; ``tokens`` may hold ``province`` and ``part``."""

    id: str
    tokens: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Speaker:
    """Who says something.

    Parameters
    ----------
    source : str
        Class of the source.
    side, leader : str
        The side spoken for, and the leader if it is one.
    verb : str
        say, confirm, deny, show, unreal, think.
    key : str
        By which the same speaker is known again.
    hearsay : bool
        Whether the verb or noun itself says that it is only said.
    single : bool
        Whether it is one office-holder, whose "they" are others.
    """

    source: str
    side: str = ""
    leader: str = ""
    verb: str = "say"
    key: str = ""
    hearsay: bool = False
    others: tuple[Speaker, ...] = ()
    person: str = ""
    name: str = ""
    single: bool = False


REPORTER = Speaker("reporter", key="reporter")


@dataclass
class Discourse:
    """The state of reading, carried from sentence to sentence.

    Parameters
    ----------
    names : Gazetteer
        The case's names.
    published : date
        Day of publication.
    """

    names: Gazetteer
    published: date
    place: str = ""
    topic: str = ""
    places: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    side: str = ""
    side_at: int = 0
    subject_side: str = ""
    subject_at: int = 0
    rebel: str = ""
    leader: str = ""
    leader_before: str = ""
    leader_at: int = 0
    quoted: bool = False
    titles: dict[str, str] = field(default_factory=dict)
    taker: dict[str, str] = field(default_factory=dict)
    known: dict[str, Speaker] = field(default_factory=dict)
    speaker: Speaker | None = None
    speaking: Speaker | None = None
    default: Speaker = REPORTER
    actor: Speaker | None = None
    sentence: int = 0
    aside: bool = False
    spoken: set[str] = field(default_factory=set)
    day: date | None = None

    def saw_place(self, id: str) -> None:
        """Remember a place."""
        if id:
            self.place = id
            if id in self.places:
                self.places.remove(id)
            self.places.append(id)

    def spot(self, head: str) -> str:
        """Return the place that ``the city`` or ``the crossing`` means."""
        crossing = head in ("crossing", "bridge", "gate", "ferry", "checkpoint")
        for id in reversed(self.places):
            if (self.names.kind_of.get(id) == "crossing") == crossing:
                return id
        return self.place

    def saw_leader(self, id: str) -> None:
        """Remember a leader, and the one spoken of before."""
        if id != self.leader:
            self.leader_before, self.leader = self.leader, id
        self.leader_at = self.sentence

    def he(self) -> str:
        """Return the leader that ``he`` means: in quoted speech not the speaker."""
        person = self.speaking.person if self.speaking else ""
        if person and not self.quoted:
            return person
        if person and person == self.leader:
            return self.leader_before
        return self.leader

    def saw_side(self, id: str) -> None:
        """Remember a side; rebels also as the rebels last spoken of."""
        if id:
            self.side, self.side_at = id, self.sentence
            self.spoken.add(id)
            if self.names.case.side(id).role in ("insurgent", "third"):
                self.rebel = id

    def holder(self, place: str) -> str:
        """Return who holds a place as far as the case and the text so far say."""
        return self.taker.get(place) or self.names.holder.get(place, "")

    def taker_of(self, place: str) -> str:
        """Return who has probably taken a place when the text does not say."""
        held = self.names.holder.get(place, "") if place else self.names.incumbent
        foe = self.names.opponent(held)
        if foe:
            return foe
        gained = [
            side for side in reversed(self.taker.values()) if side in self.names.rebels and side != held
        ]
        if held and gained:
            return gained[0]
        if held and self.rebel in self.names.rebels and self.rebel != held:
            return self.rebel
        return self.side if self.side != held else ""

    def winner(self, loser: str, place: str) -> str:
        """Return who has what a side has lost: its only foe, or one that was spoken of; nothing if none was."""
        taker = self.taker.get(place, "")
        if taker and taker != loser:
            return taker
        foes = self.foes(loser)
        spoken = [side for side in foes if side in self.spoken]
        gained = [side for side in reversed(self.taker.values()) if side in foes]
        likely = [*gained, *(side for side in (self.names.incumbent, self.rebel) if side in spoken)]
        return next(iter(foes if len(foes) == 1 else likely), "")

    def foes(self, side: str) -> list[str]:
        """Return the sides that fight a side inside the country."""
        fighting = (self.names.incumbent, *self.names.rebels)
        friends = self.names.case.side(side).friends if side else ()
        return [one for one in dict.fromkeys(fighting) if one and one != side and one not in friends]

    def rebels(self) -> str:
        """Return the rebels that are meant when only "rebels" is said."""
        names = self.names
        if len(names.rebels) == 1:
            return names.rebels[0]
        return self.rebel if self.rebel in names.rebels else (names.rebels[0] if names.rebels else "")
