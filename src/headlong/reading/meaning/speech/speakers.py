"""Who a speaker is: class, side and identity, from the words that name him."""

from __future__ import annotations

from headlong.reading.lexicon.lexicon import armed_groups, listed, rows, words
from headlong.reading.meaning.arguments import leaders_named, sides
from headlong.reading.meaning.discourse import REPORTER, Discourse, Speaker
from headlong.reading.meaning.heads import head_mention
from headlong.reading.meaning.retractions import is_superseded
from headlong.reading.syntax.phrases import Noun

__all__ = ["classify"]

OFFICES = (
    "governor",
    "minister",
    "mayor",
    "lawmaker",
    "police",
    "council",
    "ambassador",
    "spokes",
    "speaker",
    "senator",
    "deputy governor",
    "district",
    "adviser",
    "security",
)


SOLDIERS = ("commander", "general", "corps", "division", "chief of staff", "colonel", "brigade")


FIRST = frozenset(["president", "marshal", "leader", "strongman", "chair", "head"])


SPOKEN = ("spokes", "aide", "adviser", "advisor")


ARMED = frozenset(["army", "forces", "force", "troops", "military", "armed", "soldiers", "command", "guard"])
PARTIES = listed("speakers.parties")
UNARMED = frozenset(["group", "movement", "association", "union", "organisation", "organization"])
ONES = frozenset(
    ["councillor", "councilor", "councilman", "councilwoman", "elder", "mp", "member", "diplomat"]
)
OWN = (("his",), ("her",), ("their",), ("its",))
LANDS = frozenset({"country", "demonym", "capital"})


ABROAD = frozenset(
    [
        "nations",
        "un",
        "nato",
        "union",
        "peacekeepers",
        "embassy",
        "diplomat",
        "diplomats",
        "ambassador",
        "envoy",
        "western",
    ]
)


def classify(
    noun: Noun, memory: Discourse, beside: list[Noun] | None = None, behalf: Noun | None = None
) -> Speaker:
    """Return class, side and identity of whoever a group names."""
    if noun.pronoun:
        return _pronoun(noun, memory)
    if is_superseded(noun):
        return REPORTER
    named = (
        leaders_named(noun, memory)
        or [one for other in beside or [] for one in leaders_named(other, memory)][:1]
    )
    table = _class_of(noun, behalf if _speaks_for(noun) else None)
    if named and (not _speaks_for(noun) or "spokes" in memory.names.leader_role[named[0]]):
        return _leader(named[0], memory)
    mention = head_mention(noun)
    if mention is not None and mention.kind == "side" and not _speaks_for(noun):
        return _by_mentions(noun, memory)
    if table[1] == 0:
        for other in beside or []:
            table = _class_of(other)
            if table[1]:
                noun = Noun(
                    noun.start,
                    noun.end,
                    noun.head,
                    [*noun.mentions, *other.mentions],
                    noun.keys + other.keys,
                    of=other.of,
                    named=noun.named,
                )
                break
    name = noun.named.split()[-1] if noun.named and not table[1] else ""
    if table[1] == 0:
        return memory.known.get(name, None) or _by_mentions(noun, memory)
    source, side = _settled(table[0], noun, memory, behalf)
    key, single = f"{source}:{side}:{table[2]}", source == "official" and _is_one(noun)
    speaker = Speaker(source, side, "", "say", key, source == "none", name=noun.named, single=single)
    for word in (noun.named.split() or [""])[-1:]:
        if len(word) > 2:
            memory.known[word] = speaker
    return speaker


def _is_one(noun: Noun) -> bool:
    """Whether a speaker is one person, not a body of the state."""
    person = words().nouns.get(noun.head) == "person" or noun.head in ONES
    return person and not noun.head.endswith("s")


def _class_of(noun: Noun, institution: Noun | None = None) -> tuple[str, int, str]:
    """Return class, rank and phrase of what a group says about a speaker: by its head, else by its best word."""
    table = words().sources
    own = _phrase_at_end(noun.keys)
    if own and own[1] > 2 and not own[2].startswith(SPOKEN):
        return own
    keys = _flat(noun) + (("for", *_flat(institution)) if institution is not None else ())
    best = own or ("", 0, "")
    for size in (4, 3, 2, 1):
        for at in range(len(keys) - size + 1):
            phrase = " ".join(keys[at : at + size])
            hit = table.get(phrase)
            if hit and (hit[1] > best[1] or (hit[1] == best[1] and size > best[2].count(" ") + 1)):
                best = (hit[0], hit[1], phrase)
    return best


def _flat(noun: Noun | None) -> tuple[str, ...]:
    """Return the words of a group with its owner's and what follows with "of"."""
    if noun is None:
        return ()
    return (*_flat(noun.poss), *noun.keys, *(("of", *_flat(noun.of)) if noun.of is not None else ()))


def _phrase_at_end(keys: tuple[str, ...]) -> tuple[str, int, str] | None:
    for size in (3, 2, 1):
        phrase = " ".join(keys[-size:])
        hit = words().sources.get(phrase)
        if hit:
            return hit[0], hit[1], phrase
    return None


def _speaks_for(noun: Noun) -> bool:
    return any(
        key.startswith("spokes") or key in ("aide", "aides", "adviser", "bodyguard", "office")
        for key in noun.keys
    )


def _settled(source: str, noun: Noun, memory: Discourse, behalf: Noun | None = None) -> tuple[str, str]:
    """Return class and side, put right for foreigners and for parties that are no state."""
    names = memory.names
    near = [one for one in (noun.poss, noun, noun.of) if one is not None]
    if source == "agency" and any(m.kind == "side" for one in near for m in one.mentions):
        owner = [side for one in near for side in sides(one, memory)]
        return ("belligerent", owner[0]) if owner and owner[0] in names.rebels else (source, "")
    if source not in ("official", "belligerent"):
        return source, ""
    if source == "belligerent" and noun.poss and noun.head in UNARMED and not sides(noun.poss, memory):
        return "agency", ""
    found = (
        sides(noun, memory) or sides(noun.of, memory) or (sides(behalf, memory) if _speaks_for(noun) else [])
    )
    elsewhere = _elsewhere(source, noun, memory, behalf, found)
    if elsewhere is not None:
        return "official", elsewhere
    side = found[0] if found else ""
    party = side in names.rebels or side in names.others
    if source == "official":
        return ("belligerent", side) if party else ("official", side or names.incumbent)
    spoken = {"presidential", "government", "ministry", "governor", "police"} & {*_flat(noun), *_flat(behalf)}
    if spoken and not party:
        return "official", side or names.incumbent
    return "belligerent", side or ("" if PARTIES & {*noun.keys, *_flat(noun)} else memory.names.army_side)


def _elsewhere(
    source: str, noun: Noun, memory: Discourse, behalf: Noun | None, found: list[str]
) -> str | None:
    """Return for whom an official speaks who is not the government's: foreign, outside, or of a lost place."""
    names = memory.names
    lands = behalf.mentions if behalf and behalf.prep == "in" else []
    there = [m.id for m in lands if m.kind in ("capital", "country")]
    if there and source == "official" and not _speaks_for(noun):
        return names.country_side.get(there[0], "")
    codes = [m.id for n in (noun, noun.of, noun.poss) if n for m in n.mentions if m.kind in LANDS]
    if codes and all(code not in names.country_side for code in codes) and not found:
        return ""
    if ABROAD & set(noun.keys):
        return ""
    if found and found[0] and names.case.side(found[0]).role == "outside":
        return found[0]
    local = [m.id for n in (noun, noun.of) if n for m in n.mentions if m.kind == "place"]
    held = names.holder.get(local[0], "") if local and source == "official" and not found else ""
    return held if held and held != names.incumbent else None


def _is_army(text: str, noun: Noun) -> bool:
    """Whether a name is an army's: by its words, or by what its letters stand for."""
    if noun.head in ARMED or any(text in row["names"].split(";") for row in rows("armies.csv")):
        return True
    if not text.isupper():
        return bool(ARMED & set(text.lower().split()))
    long = (name for group in armed_groups() if text in group for name in group)
    return any(ARMED & set(name.lower().split()) and _initials(name) == text for name in long)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


def _by_mentions(noun: Noun, memory: Discourse) -> Speaker:
    """Classify a speaker known by names only: a side, a government meant by its capital, a person."""
    names = memory.names
    for mention in noun.mentions:
        if mention.kind == "side":
            official = mention.id == names.incumbent and not _is_army(mention.text, noun)
            return Speaker("official" if official else "belligerent", mention.id, key=f"side:{mention.id}")
        if mention.kind in ("country", "capital", "demonym") and mention.end == noun.end:
            side = names.country_side.get(mention.id, "")
            return Speaker("official", side, key=f"country:{mention.id}")
    found = sides(noun, memory)
    place = next((m.id for m in noun.mentions if m.kind == "place"), "")
    if place and not found:
        side = names.incumbent if place == names.capital else ""
        return Speaker("official" if side else "none", side, key=f"place:{place}")
    if found:
        official = found[0] == names.incumbent and not _is_army("", noun)
        return Speaker("official" if official else "belligerent", found[0], key=f"side:{found[0]}")
    if noun.keys[:1] in OWN and noun.head in ("account", "telling", "version"):
        return memory.speaker or Speaker("none", key=noun.head)
    if len(noun.named.split()) > 1:
        return Speaker("official", names.incumbent, key=f"person:{noun.named}")
    if noun.head in ("it", "reports") or not noun.keys or noun.head.isdigit():
        return Speaker("none", key=noun.head, hearsay=noun.head in ("it", "reports"))
    return Speaker("resident", key=f"resident:{noun.head}")


def _leader(id: str, memory: Discourse) -> Speaker:
    role, side = memory.names.leader_role[id], memory.names.leader_side[id]
    rebel = side in memory.names.rebels or side in memory.names.others
    rebel = rebel and memory.names.case.side(side).role != "outside"
    if "spokes" in role:
        armed = rebel or any(word in role for word in ("army", "military", "forces", "troops"))
        return Speaker("belligerent" if armed else "official", side, key=f"leader:{id}", person=id)
    former = "former" in role or "militia" in role or "leader" in role
    if (
        any(word in role for word in OFFICES)
        and not former
        and "president" not in role
        and "prime minister" not in role
    ):
        return Speaker("belligerent" if rebel else "official", side, key=f"leader:{id}", person=id)
    if any(word in role for word in SOLDIERS) and not any(word in role for word in FIRST) and not rebel:
        return Speaker("belligerent", side, key=f"leader:{id}", person=id)
    return Speaker("leader", side, id, key=f"leader:{id}", person=id)


def _pronoun(noun: Noun, memory: Discourse) -> Speaker:
    if noun.head in ("he", "she") and memory.leader and memory.leader_at == memory.sentence:
        return _leader(memory.leader, memory)
    if noun.head in ("he", "she", "they", "it", "we", "i") and memory.speaker is not None:
        if noun.head == "it" and memory.speaker.source in ("resident", "reporter"):
            return Speaker("none", key="it", hearsay=True)
        return memory.speaker
    if noun.head in ("he", "she") and memory.leader:
        return _leader(memory.leader, memory)
    if noun.head in ("they", "it") and memory.subject_side:
        side = memory.subject_side
        if memory.actor is not None and memory.actor.side == side:
            return memory.actor
        return Speaker(
            "official" if side == memory.names.incumbent else "belligerent", side, key=f"side:{side}"
        )
    return Speaker("none", key=noun.head)
