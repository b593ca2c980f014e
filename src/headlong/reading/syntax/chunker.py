"""Groups of words: who and what (`Noun`), what is done (`Verb`), and the signs between them (`Sign`)."""

from __future__ import annotations

from datetime import date

from headlong.reading.lexicon.gazetteer import Gazetteer
from headlong.reading.lexicon.lexicon import listed, words
from headlong.reading.lexicon.tokens import Token, tokens
from headlong.reading.syntax.coordination import attach
from headlong.reading.syntax.entities import find_mentions
from headlong.reading.syntax.noun_phrases import noun_group
from headlong.reading.syntax.phrases import Item, Parsed, Sign, Verb
from headlong.reading.syntax.tagger import tag
from headlong.reading.text.dates import find_dates

__all__ = ["parse"]

TOO_LONG = 260
"""Words after which a sentence is not read: no one writes it so."""

ASIDES = listed("chunks.asides")
AUXILIARIES = listed("chunks.auxiliaries")
CHAIN = listed("chunks.chain")
LOCAL = frozenset(["in", "at", "near", "outside", "inside", "around", "from"])
GERUNDS = frozenset(["real", "try", "cease", "deny", "confirm", "see"])


def parse(text: str, names: Gazetteer, published: date, opens: bool = False) -> Parsed:
    """Return the groups of a sentence; ``opens``: it begins inside a quotation."""
    found = _without_asides(tokens(text))
    if len(found) > TOO_LONG:
        return Parsed(text, found, [], [], [], [])
    mentions = find_mentions(found, names)
    dates = find_dates(text, published)
    tags = tag(found, mentions, dates)
    _hide_brackets(found, tags)
    _hide_quotes(found, tags, opens)
    parsed = Parsed(text, found, tags, mentions, dates, [])
    parsed.items = attach(_items(parsed))
    return parsed


def _without_asides(found: list[Token]) -> list[Token]:
    """Leave out a word between commas that parts a verb from its auxiliary: ``did not, however, deny``."""
    out: list[Token] = []
    at = 0
    while at < len(found):
        three = found[at : at + 3]
        parted = len(three) == 3 and three[0].text == three[2].text == "," and three[1].key in ASIDES
        if parted and out and out[-1].key in AUXILIARIES:
            at += 3
        else:
            out.append(found[at])
            at += 1
    return out


def _hide_brackets(found: list[Token], tags: list[str]) -> None:
    """Leave out short remarks in brackets: an acronym, a distance, who is meant."""
    opened = -1
    for at, token in enumerate(found):
        if token.text in "([":
            opened = at
        elif token.text in ")]" and opened >= 0:
            if at - opened < 12 and "V" not in tags[opened:at]:
                tags[opened : at + 1] = ["Z"] * (at + 1 - opened)
            opened = -1


def _hide_quotes(found: list[Token], tags: list[str], opens: bool) -> None:
    """Leave out the marks around a few quoted words that belong to the reporter's own sentence."""
    marks = [at for at, token in enumerate(found) if token.text == '"']
    if opens:
        marks = marks[1:]
    for first, last in zip(marks[::2], marks[1::2], strict=False):
        before = found[first - 1] if first else None
        if before is None or not before.word or last - first > 14:
            continue
        if words().kinds.get(words().forms.get(before.key, ("", 0))[0], "") in ("say", "confirm", "deny"):
            continue
        tags[first] = tags[last] = "Z"


def _items(parsed: Parsed) -> list[Item]:
    items: list[Item] = []
    at, prep = 0, ""
    tags, found = parsed.tags, parsed.tokens
    while at < len(found):
        letter = tags[at]
        if letter == "P":
            if found[at].key == "to" and _infinitive(parsed, at):
                verb = _verb(parsed, at)
                if verb is not None:
                    items.append(verb)
                    at, prep = verb.end, ""
                    continue
            prep, at = found[at].key, at + 1
        elif letter in "VBHMX" or (letter in "NA" and _leads_verb(tags, at)):
            verb = _verb(parsed, at)
            verb.prep, prep = prep, ""
            items.append(verb)
            at = verb.end
        elif letter in "DGOw#'N":
            noun = noun_group(parsed, at, prep in LOCAL)
            noun.prep, prep = prep, ""
            items.append(noun)
            at = max(noun.end, at + 1)
        elif letter in ".SRC":
            items.append(Sign(at, at + 1, found[at].key if found[at].word else found[at].text, letter))
            at, prep = at + 1, ""
        else:
            prep = "" if letter == "T" else prep
            at += 1
    return items


def _infinitive(parsed: Parsed, at: int) -> bool:
    k = at + 1
    while k < len(parsed.tags) and parsed.tags[k] in "AN":
        k += 1
    if k >= len(parsed.tags) or (parsed.tags[k] not in "VBHX" and not _plain_verb(parsed, k)):
        return False
    form = words().forms.get(parsed.tokens[k].key)
    if form is None and parsed.tags[k] == "w":
        parsed.tags[k] = "V"
        return True
    return parsed.tokens[k].key in ("be", "have", "do") or (form is not None and "base" in form[1])


def _plain_verb(parsed: Parsed, at: int) -> bool:
    """Whether an unknown small word after ``to`` takes an object, and so is a verb."""
    token = parsed.tokens[at]
    if parsed.tags[at] != "w" or token.cap or token.key in words().nouns or token.key in words().groups:
        return False
    return at + 1 < len(parsed.tags) and parsed.tags[at + 1] in "DOG"


def _participle(key: str) -> bool:
    """Whether a form is a past participle, as in ``are reported captured``."""
    return "part" in words().forms.get(key, ("", frozenset[str]()))[1]


def _leads_verb(tags: list[str], at: int) -> bool:
    k = at
    while k < len(tags) and tags[k] in "AN":
        k += 1
    return k < len(tags) and tags[k] in "VBHMX"


PRESENT = frozenset({"has", "have", "is", "are", "am"})
"""Forms that say that something is so now, or has just been done."""


def _verb(parsed: Parsed, at: int) -> Verb:
    """Read auxiliaries, adverbs and chained verbs up to the main verb."""
    tags, found, table = parsed.tags, parsed.tokens, words()
    verb = Verb(at, at, "", "", present=found[at].key in PRESENT)
    be = False
    while at < len(found):
        letter, key = tags[at], found[at].key
        if letter == "N":
            verb.negated = True
        elif letter == "M":
            verb.modal = verb.modal or key
        elif letter == "H":
            verb.perfect, verb.lemma = True, "have"
        elif letter == "B":
            be, verb.lemma = True, "be"
            verb.ing = verb.ing or key == "being"
        elif key == "to" and letter == "P":
            verb.infinitive = True
        elif letter == "V":
            lemma, tenses = table.forms.get(key, (key, frozenset({"past", "part"})))
            verb.form, verb.lemma = key, lemma
            verb.passive = be and "part" in tenses and "ing" not in tenses
            verb.progressive = be and "ing" in tenses
            verb.ing = not be and "ing" in tenses and not verb.perfect
            verb.bare = (
                not be and not verb.perfect and not verb.modal and not verb.infinitive and "part" in tenses
            )
            verb.end = at + 1
            if not _chained(parsed, verb, at + 1):
                return verb
            be = verb.passive
        elif letter not in "AX":
            break
        elif letter == "X":
            verb.lemma = "do"
        at += 1
        verb.end = at
    return verb


def _chained(parsed: Parsed, verb: Verb, at: int) -> bool:
    """Whether the verb only introduces the next one, as in ``tried to enter`` or ``began withdrawing``."""
    kind = words().kinds.get(verb.lemma, "")
    if verb.lemma in ("go", "use"):
        kind = "unreal"
    if at >= len(parsed.tokens):
        return False
    key = parsed.tokens[at].key
    gerund = parsed.tags[at] == "V" and key.endswith("ing") and kind in GERUNDS
    heard = verb.passive and kind in ("say", "think") and parsed.tags[at] == "V" and _participle(key)
    having = parsed.tags[at] == "H" and key == "having" and kind in ("deny", "confirm")
    if (
        key == "to"
        and _infinitive(parsed, at)
        and (kind in CHAIN or verb.lemma == "claim" or (verb.passive and kind in ("say", "see", "show")))
    ) or ((gerund or having or heard) and kind != "see"):
        verb.chain.append(verb.lemma)
    else:
        return False
    verb.chain_passive = verb.chain_passive or verb.passive
    verb.passive = heard
    return True
