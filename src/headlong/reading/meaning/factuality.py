"""Whether a clause asserts, denies, or only fears, plans, doubts or remembers what it speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from headlong.reading.lexicon.lexicon import listed, phrases, words
from headlong.reading.meaning.discourse import Speaker
from headlong.reading.meaning.retractions import taken_back
from headlong.reading.syntax.clause import Clause, kind_of
from headlong.reading.syntax.phrases import Noun, Parsed

__all__ = ["Stance", "stance_of", "text_between"]

REALISED = listed("stance.realised")
POSSIBLE = listed("stance.possible")
FEARED = listed("stance.feared")
SAID = listed("stance.said")
TRUE = frozenset({"true", "correct"})
UNTRUE = frozenset({"untrue", "false", "lie", "nonsense"})
RANKED = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "latest"})
DENIALS = frozenset({"denial", "denials", "rejection", "refutation", "rebuttal"})
NOT_YET = listed("stance.not_yet")


@dataclass(frozen=True)
class Stance:
    """How a clause stands to what it speaks of.

    Parameters
    ----------
    polarity : str
        asserted, denied, or empty: no claim.
    why : str
        Why there is no claim.
    hearsay : bool
        Whether it is passed on as only said.
    trial : str
        ``try``, ``fail`` or ``refuse`` where something was only tried, tried in vain, or not done on purpose.
    """

    polarity: str
    why: str = ""
    hearsay: bool = False
    trial: str = ""


NONE = Stance("", "hypothetical, a plan or a forecast")
HEDGE = Stance("", "hedged: said not to be known")
HISTORY = Stance("", "history or background")


def text_between(parsed: Parsed, start: int, end: int) -> str:
    """Return the text of some words."""
    if start >= end or start >= len(parsed.tokens):
        return ""
    return parsed.text[parsed.tokens[start].start : parsed.tokens[min(end, len(parsed.tokens)) - 1].end]


def stance_of(
    clause: Clause, clauses: list[Clause], parsed: Parsed, speaker: Speaker, noun: Noun | None = None
) -> Stance:
    """Return the stance of a clause to the claim of its verb, or of a noun in it."""
    following = clauses[clause.number + 1] if clause.number + 1 < len(clauses) else clause
    own = text_between(parsed, clause.start, following.end if following.opener == "inf" else clause.end)
    if parsed.text.rstrip("\"' ").endswith("?"):
        return Stance("", "a question")
    if _unclear(clause, clauses, parsed):
        return HEDGE
    if _historic(clause, clauses, parsed):
        return HISTORY
    if phrases()["future"].search(own) or any(w.kind == "future" for w in _dates(clause, parsed)):
        return NONE
    first = _nominal(clause, noun) if noun is not None else _verbal(clause, clauses, parsed)
    if not first.polarity:
        return first
    return _governed(first, clause, clauses, parsed, speaker)


def _dates(clause: Clause, parsed: Parsed) -> list:
    if not parsed.tokens or clause.start >= len(parsed.tokens):
        return []
    first = parsed.tokens[clause.start].start
    last = parsed.tokens[min(clause.end, len(parsed.tokens)) - 1].end
    return [when for when in parsed.dates if first - 4 <= when.start <= last + 22]


def _unclear(clause: Clause, clauses: list[Clause], parsed: Parsed) -> bool:
    pattern = phrases()["unclear"]
    seen, number = 0, clause.number
    current: Clause | None = clause
    while current is not None and seen < 6:
        until = clauses[current.number + 1].start if current.number + 1 < len(clauses) else current.end
        if pattern.search(text_between(parsed, current.start, max(until, current.end))):
            return True
        parent = current.parent
        asking = current.opener in ("who", "whether", "if", "which", "where", "how", "what", "when")
        if parent is None and asking and number > 0 and not current.follows_sign:
            parent = number - 1
        current = clauses[parent] if parent is not None else None
        number, seen = parent or 0, seen + 1
    return False


def _historic(clause: Clause, clauses: list[Clause], parsed: Parsed) -> bool:
    """Whether a clause speaks of the past beyond two weeks."""
    near = _dates(clause, parsed)
    own = [w for w in near if parsed.tokens[clause.start].start - 4 <= w.start]
    current = any(w.kind in ("day", "relative") and not w.since for w in own)
    if any(w.kind == "history" and not (w.since and _is_event(clause)) for w in own):
        return not current
    if not current and phrases()["history"].search(text_between(parsed, clause.start, clause.end)):
        return True
    begins = clause
    while begins.number and not begins.opener and clauses[begins.number - 1].verb is None:
        begins = clauses[begins.number - 1]
    joined = begins.opener in ("and", "but", "or", "then", "when", "where")
    before = clauses[begins.number - 1] if begins.number and joined and not current else None
    if before is not None and before.verb is not None and not own and _historic(before, clauses, parsed):
        return True
    if clause.number and not current and clause.opener not in ("who", "which", "when", "while", "but"):
        head = clauses[0]
        if head.verb is None and any(w.kind == "history" and not w.since for w in _dates(head, parsed)):
            return True
        first = parsed.dates[0] if parsed.dates else None
        return (
            first is not None
            and first.kind == "history"
            and not first.since
            and first.start < 12
            and clause.number < 3
        )
    first = parsed.dates[0] if parsed.dates else None
    return bool(
        first
        and first.kind == "history"
        and not first.since
        and first.start < 12
        and not current
        and clause.number == 0
    )


def _is_event(clause: Clause) -> bool:
    return clause.verb is not None and clause.verb.lemma not in (
        "hold",
        "control",
        "be",
        "remain",
        "rule",
        "keep",
        "have",
    )


def _verbal(clause: Clause, clauses: list[Clause], parsed: Parsed) -> Stance:
    """Return the stance that the verb itself has, with its auxiliaries and chain."""
    verb = clause.verb
    if verb is None:
        return Stance("asserted")
    if verb.start and parsed.tokens[verb.start - 1].key == "or":
        return HEDGE
    kinds = [words().kinds.get(lemma, "unreal") for lemma in verb.chain]
    if any(lemma in ("go", "use") for lemma in verb.chain):
        return NONE
    if clause.opener in ("if", "unless", "whether", "lest") or verb.prep in ("without",):
        return NONE
    seen = verb.passive and verb.modal == "could" and verb.lemma in ("see", "hear", "spot")
    if verb.modal in POSSIBLE and verb.lemma != "confirm" and not seen:
        return NONE
    after = clauses[clause.number + 1].verb if verb.ing and clause.number + 1 < len(clauses) else None
    if after is not None and after.modal in POSSIBLE and not clauses[clause.number + 1].own_subject:
        return NONE
    if "unreal" in kinds or (clause.subject is not None and clause.subject.head in ("whoever", "whatever")):
        return NONE
    if clause.opener in ("who", "which", "that") and verb.form == "held" and _had(clause, parsed):
        return HISTORY
    told = _realised(clause, clauses) or taken_back(clause, clauses)
    if verb.infinitive and not verb.chain and not told:
        return NONE
    beside = [noun.of for noun in clause.preps if noun.of is not None and noun.of.keys[:1] == ("neither",)]
    nouns = (clause.subject, *clause.objects[:1], *beside)
    negated = verb.negated or any(n.negated for n in nouns if n is not None)
    trial = "fail" if "fail" in kinds or ("try" in kinds and negated) else "try" if "try" in kinds else ""
    if "fail" in kinds and negated:
        trial, negated = "", False
    if "refuse" in kinds and not negated:
        trial = "refuse"
    elif "refuse" in kinds or "cease" in kinds:
        negated = not negated
    if "deny" in kinds:
        negated = True
    hearsay = bool({"seem", "think"} & set(kinds)) or ("say" in kinds and verb.chain_passive)
    return Stance("denied" if negated and not trial else "asserted", hearsay=hearsay, trial=trial)


def _had(clause: Clause, parsed: Parsed) -> bool:
    """Whether a state is one that was over before: ``who had held the town``."""
    verb = clause.verb
    return verb is not None and any(t.key == "had" for t in parsed.tokens[verb.start : verb.end])


def _realised(clause: Clause, clauses: list[Clause]) -> bool:
    parent = clauses[clause.parent] if clause.parent is not None else None
    if parent is not None and parent.verb is not None and parent.verb.lemma in ("be", "become"):
        return not parent.verb.modal and any(RANKED & set(noun.keys) for noun in parent.objects)
    return (
        parent is not None
        and parent.verb is not None
        and parent.verb.lemma in REALISED
        and not parent.verb.modal
    )


def _nominal(clause: Clause, noun: Noun | None) -> Stance:
    """Return the stance to what a noun such as ``the fall of`` names."""
    assert noun is not None
    verb = clause.verb
    after = verb is None or noun.start > verb.start
    if NOT_YET & set(noun.keys) and not (after and kind_of(verb) == "deny"):
        return NONE
    if verb is not None and after:
        if kind_of(verb) == "deny":
            return Stance("" if verb.negated else "denied", "hedged")
        if (
            kind_of(verb) in ("unreal", "refuse")
            or verb.infinitive
            or verb.modal in POSSIBLE
            or clause.opener in ("if", "unless", "whether")
        ):
            return NONE
        if verb.negated and kind_of(verb) in ("say", "confirm", "see", "show"):
            return HEDGE
    elif verb is not None and (verb.modal in POSSIBLE or (kind_of(verb) == "unreal" and verb.passive)):
        return NONE
    elif verb is not None and verb.passive and kind_of(verb) == "deny":
        return Stance("" if verb.negated else "denied", "hedged")
    negated = noun.negated or (
        verb is not None and verb.negated and after and verb.lemma in ("be", "see", "launch", "carry")
    )
    return Stance("denied" if negated else "asserted")


def _governed(
    first: Stance, clause: Clause, clauses: list[Clause], parsed: Parsed, speaker: Speaker
) -> Stance:
    """Carry the stance up through the verbs of speech and nouns that govern the clause."""
    polarity, hearsay = first.polarity, first.hearsay or speaker.hearsay
    untrue = bool(phrases()["untrue"].search(parsed.text))
    current, steps = clause, 0
    flipped = speaker.verb == "deny" and clause.parent is None and not clause.own_report
    flipped = flipped or taken_back(clause, clauses)
    while current is not None and steps < 8:
        if current.noun in FEARED:
            return NONE
        if current.noun in DENIALS:
            flipped = True
        if current.noun in SAID:
            hearsay = True
            flipped = flipped or untrue
        parent = clauses[current.parent] if current.parent is not None else None
        if parent is None or parent.verb is None:
            break
        kind = kind_of(parent.verb)
        if parent.verb.lemma == "be" and current.opener == "that":
            said = {noun.head for noun in parent.objects}
            flipped = flipped or bool(said & UNTRUE) or (parent.verb.negated and bool(said & TRUE))
        if kind == "deny" and current.opener in ("that", "say", "part", "whether", "and", "or", "nor"):
            if parent.verb.negated:
                return HEDGE
            flipped = True
        elif kind == "unreal" and current.opener != "inf":
            return NONE
        elif kind in ("say", "confirm", "think", "see", "show"):
            if parent.verb.negated or (parent.verb.modal in ("could", "would") and parent.verb.negated):
                return HEDGE
            if parent.verb.modal in POSSIBLE and kind != "confirm":
                return NONE
            hearsay = hearsay or kind == "think" or (parent.verb.passive and kind == "say")
        current, steps = parent, steps + 1
    if speaker.verb == "silent":
        return HEDGE
    if flipped:
        polarity = "denied"
    return Stance(polarity, "", hearsay, first.trial)
