"""Claims in a clause: the frames of its verb and of the nouns in it, with place, side, person and count."""

from __future__ import annotations

from itertools import product

from headlong.reading.lexicon.lexicon import Frame, listed, words
from headlong.reading.meaning.discourse import Discourse, Place, Speaker
from headlong.reading.meaning.factuality import Stance, stance_of
from headlong.reading.meaning.frames.event import Event, Roles
from headlong.reading.meaning.frames.frame_filling import (
    LOCAL,
    USUAL,
    air_support,
    count_of,
    people_of,
    places_of,
    side_of,
    tried,
)
from headlong.reading.meaning.frames.parties import (
    LASTING,
    is_nameless,
    no_longer,
    settled_state,
    side_of_nameless,
    together,
)
from headlong.reading.meaning.semantic_types import kinds
from headlong.reading.syntax.clause import RUMOUR, Clause, kind_of
from headlong.reading.syntax.phrases import Noun, Parsed, Verb
from headlong.reading.syntax.subjects import antecedent

__all__ = ["Event", "events_of"]


def events_of(
    clause: Clause, clauses: list[Clause], parsed: Parsed, speaker: Speaker, memory: Discourse
) -> list[Event]:
    """Return the claims that a clause makes, also denied ones; those without a stance are left out."""
    found = _by_verb(clause, clauses, parsed, speaker, memory)
    if not found or all(event.claim in ("attacked", "support", "captured", "fled") for event in found):
        found += [
            e
            for e in _by_nouns(clause, clauses, parsed, speaker, memory)
            if not any(e.claim == other.claim and e.place.id == other.place.id for other in found)
        ]
    return found


def _by_verb(
    clause: Clause, clauses: list[Clause], parsed: Parsed, speaker: Speaker, memory: Discourse
) -> list[Event]:
    verb = clause.verb
    if verb is None:
        return []
    for roles in _readings(clause, clauses, parsed, memory):
        for frame in words().frames.get(verb.lemma, ()):
            if _particle(frame, roles, parsed, verb) and all(
                roles.fits(*condition) for condition in frame.when
            ):
                if not frame.claim:
                    return []
                stance = stance_of(clause, clauses, parsed, speaker)
                return _made(frame, roles, stance, clause, clauses, memory) if stance.polarity else []
    return []


def _readings(clause: Clause, clauses: list[Clause], parsed: Parsed, memory: Discourse) -> list[Roles]:
    """Return the roles as the voice has them; a bare participle may be read both ways."""
    verb = clause.verb
    assert verb is not None
    preps: dict[str, list[Noun]] = {}
    for noun in (*clause.preps, *clause.lead):
        preps.setdefault(noun.prep, []).append(noun)
    for other in clauses[: clause.number]:
        if other.verb is None and not clause.parent:
            for noun in other.preps:
                if noun.prep in LOCAL:
                    preps.setdefault(noun.prep, []).append(noun)
    for other in clauses[clause.number + 1 : clause.number + 2]:
        if other.verb is None and not other.objects and other.follows_sign == ",":
            for noun in other.preps:
                preps.setdefault(noun.prep, []).append(noun)
    preps["together"] = _companions(clause, clauses, parsed)
    keys = _keys(verb.start, clause.end, parsed)
    objects = [noun for noun in clause.objects if noun.start >= verb.end]
    if clause.opener in ("which", "whom") and clause.own_subject and not objects and not verb.passive:
        found = antecedent(clause, clauses[clause.number - 1]) if clause.number else None
        objects = [found] if found is not None and verb.lemma not in ("hold", "control") else objects
    subject = clause.subject
    by = next(iter(preps.get("by", [])), None)
    active = Roles(subject, objects, preps, memory, verb, keys)
    passive = Roles(by, [subject] if subject is not None else [], preps, memory, verb, keys)
    if verb.passive:
        return [passive]
    if (
        verb.bare
        and by is not None
        and "force" in kinds(by, memory)
        and (clause.opener == "part" or not objects)
    ):
        return [passive]
    if verb.bare and clause.opener == "part":
        return [passive, active] if not objects else [active, passive]
    if verb.bare and not objects:
        return [active, passive]
    return [active]


def _keys(start: int, end: int, parsed: Parsed) -> tuple[str, ...]:
    """Return the words of a clause from its verb on, with adverbs after it: ``does not hold it any more``."""
    while end < len(parsed.tags) and parsed.tags[end] == "A":
        end += 1
    return tuple(token.key for token in parsed.tokens[start:end])


def _companions(clause: Clause, clauses: list[Clause], parsed: Parsed) -> list[Noun]:
    """Return with whom somebody does it: ``the Front, together with the League, took the town``."""
    loose = [other for other in clauses[: clause.number] if other.verb is None]
    beside = [noun for one in (*loose, clause) for noun in one.preps if noun.prep == "with"]
    return [noun for noun in beside if noun.start > 1 and parsed.tokens[noun.start - 2].key in JOINTLY]


JOINTLY = frozenset({"together", "along", "jointly"})


def _particle(frame: Frame, roles: Roles, parsed: Parsed, verb: Verb) -> bool:
    """Whether the particle of a frame stands after the verb or after its object; ``take over X`` gives X as object."""
    wanted = frame.particle
    if not wanted:
        return True
    if wanted == "hands":
        return any(noun.head == "hands" for noun in roles.objects)
    if wanted in ("prisoner", "captive", "hostage", "alive"):
        return wanted in roles.keys[:8]
    nxt = parsed.tokens[verb.end].key if verb.end < len(parsed.tokens) else ""
    if nxt == wanted:
        moved = [n for n in roles.preps.get(wanted, []) if n.start == verb.end + 1]
        if moved and not roles.objects:
            roles.objects = moved
        return True
    first = next((noun for noun in roles.objects if noun.start >= verb.end), None)
    last = first
    while last is not None and last.of is not None:
        last = last.of
    at = last.end if last is not None else -1
    if any(noun.start == at + 1 for noun in roles.preps.get(wanted, [])):
        return False  # "the garrison in Kunduz": no particle, but where it is
    return 0 <= at < len(parsed.tokens) and parsed.tokens[at].key == wanted


def _by_nouns(
    clause: Clause, clauses: list[Clause], parsed: Parsed, speaker: Speaker, memory: Discourse
) -> list[Event]:
    """Return the claims of nouns such as ``the fall of Kunduz`` or ``fighting in Herat``."""
    found: list[Event] = []
    groups = _with_reported(clause)
    for at, noun in enumerate(groups):
        frames = words().nominals.get(noun.head, ())
        if not frames:
            continue
        preps: dict[str, list[Noun]] = {noun.prep: [noun]} if noun.prep in ("in", "under") else {}
        if clauses[0].heading:
            preps["heading"] = [n for n in clauses[0].preps if n.prep == "in"]
        if noun.of is not None:
            preps["of"] = [noun.of]
        if noun.poss is not None:
            preps["poss"] = [noun.poss]
        for later in groups[at + 1 :]:
            preps.setdefault(later.prep or ("arrived" if later.prep == "" else ""), []).append(later)
        for earlier in (*clause.lead,):
            if earlier is not noun and earlier.prep in LOCAL:
                preps.setdefault(earlier.prep, []).append(earlier)
        subject = _agent(noun, clause)
        roles = Roles(subject, [], preps, memory, clause.verb)
        own = _with_sides(noun, memory)
        if own is not None:
            roles.preps.setdefault("poss", []).insert(0, own)
        for frame in frames:
            if "verbless" in frame.tokens and clause.verb is not None:
                continue
            if all(roles.fits(*condition) for condition in frame.when):
                stance = stance_of(clause, clauses, parsed, speaker, noun)
                if stance.polarity:
                    made = _made(frame, roles, stance, clause, clauses, memory)
                    for event in made:
                        event.nominal, event.start, event.end = True, noun.start, max(clause.end, noun.end)
                    found += made
                break
    return found


def _with_reported(clause: Clause) -> list[Noun]:
    """Return the groups of a clause; of ``rejected reports of the fall of Nyala`` also what is reported."""
    settled = kind_of(clause.verb) in ("deny", "confirm")
    found: list[Noun] = []
    for noun in clause.nouns:
        found.append(noun)
        if settled and noun.head in RUMOUR and noun.of is not None:
            found.append(noun.of)
    return found


AGENTIVE = listed("events.agentive")


def _agent(noun: Noun, clause: Clause) -> Noun | None:
    """Return who does what a noun names, when the verb hands it over: ``the rebels launched an attack``."""
    verb = clause.verb
    if verb is None or clause.subject is noun or noun.start < verb.start:
        return None
    return clause.subject if verb.lemma in AGENTIVE and not verb.passive else None


def _with_sides(noun: Noun, memory: Discourse) -> Noun | None:
    """Return a stand-in owner for ``the Taliban attack``: the name inside the group."""
    inside = [m for m in noun.mentions if m.kind in ("side", "demonym", "country", "leader")]
    role = any(key in words().groups for key in noun.keys[:-1])
    if not inside and not role:
        return None
    keys = noun.keys[:-1]
    return Noun(noun.start, noun.end - 1, keys[-1] if keys else "", inside, keys)


def _turned(claim: str, marks: set[str], side: str, place: Place, roles: Roles) -> str:
    """Return what a claim comes to, by how much of a place it is about and by who held it."""
    memory = roles.memory
    held = memory.names.holder.get(place.id)
    if "retaken" in marks and side in memory.names.rebels and side != held:
        marks.discard("retaken")
    if claim == "handed_over" and side == held and memory.taker.get(place.id, side) != side:
        marks.add("retaken")
    if "edge" in marks and claim in ("entered", "fell"):
        claim = "attacked"
    elif claim == "fell" and "part" in marks and "retaken" not in marks:
        claim = "entered"
    if "inside" in marks and side and side == held:
        claim = "held"
    if "joins" in marks and side and side == memory.holder(place.id):
        claim = "support"
    if claim == "attacked" and air_support(roles.get("S") or roles.get("poss"), side, memory):
        claim = "support"
    return claim


def _made(
    frame: Frame, roles: Roles, stance: Stance, clause: Clause, clauses: list[Clause], memory: Discourse
) -> list[Event]:
    """Make the events of a frame: one for each place, and one for each leader."""
    where = places_of(frame, roles, clause, clauses)
    claim, tokens = frame.claim, set(frame.tokens)
    people = people_of(frame, roles)
    if claim in ("fled", "captured", "stayed") and not people:
        people = [""]
    events: list[Event] = []
    nameless = frame.claim in USUAL and is_nameless(_doer(frame, roles), memory)
    for place in where:
        side = side_of_nameless(place, memory) if nameless else side_of(frame, roles, place)
        marks = tokens | set(place.tokens) | ({"nameless"} if nameless and not side else set())
        what = _turned(claim, marks, side, place, roles)
        if stance.trial:
            side = memory.holder(place.id) if (what, stance.trial) == ("handed_over", "refuse") else side
            what = tried(what, stance.trial)
            if not what:
                continue
        if stance.polarity == "denied" and what not in LASTING and no_longer(roles):
            continue
        parties = together(what, frame, roles, side)
        marks |= {"together"} if len(parties) > 1 else set()
        for party, person in product(parties, people or [""]):
            personal = what in ("fled", "captured", "stayed")
            own = memory.names.leader_side.get(person, party) if person and personal else party
            count = None if person else count_of(frame, roles, what)
            event = Event(
                what, place, own, person, count, stance, clause, marks - ({"part"} if personal else set())
            )
            event.person = roles.get(frame.person[0]) if frame.person else None
            event.start, event.end, event.sentence = clause.start, clause.end, memory.sentence
            events.append(settled_state(event, roles))
    return events


def _doer(frame: Frame, roles: Roles) -> Noun | None:
    """Return the group that says whose deed it was, if one does."""
    groups = (roles.get(name) for name in frame.side if not name.startswith("!"))
    return next((noun for noun in groups if noun is not None), None)
