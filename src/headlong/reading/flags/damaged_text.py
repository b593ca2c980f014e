"""Damaged sentences: stray spaces, lost quotation marks, doubled or missing words, broken characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from headlong.reading.claims.claim import Reading
from headlong.reading.claims.shapes import Flag
from headlong.reading.lexicon.lexicon import listed, words
from headlong.reading.meaning.retractions import retracts
from headlong.reading.syntax.clause import Clause, kind_of
from headlong.reading.syntax.labels import label_end
from headlong.reading.syntax.phrases import Parsed

__all__ = ["garbled"]

MINE = listed("garble.mine")
BROKEN = re.compile(
    "\ufffd|\u00c3[\u0080-\u00bf\u0192\u00a9]|\u00e2\u20ac|\u00d0[\u0080-\u00bf]|&[a-z]{2,6};|&#\\d+|[{}<>|\\\\^~]{2,}|%[0-9A-F]{2}"
)
DOUBLED = re.compile(
    r"\b(the|a|an|of|to|in|on|at|by|from|for|and|or|was|were|is|has|had|have|with|as|it|he|they|his)\s+\1\b",
    re.IGNORECASE,
)
MISPLACED = re.compile(
    r"\s[,.;:?!](?=\s|$)|[,;:]{2,}|(?<!\.)\.\.(?!\.)|\w[;:][A-Za-z]|\w,[A-Za-z]{2}|\( | \)"
    r"|\b\w*[a-z]\d+[a-z]\w*\b|\b[a-z]+[A-Z]{2,}[a-z]*\b"
)
MERGED = re.compile(r"\b[a-z]{3,}(?:[A-Z][a-z]{2,})+\b")
FUNCTION_PAIRS = listed("garble.pairs")
STOPPED = re.compile(r"[.!?:;\u2026\"')\]]\s*$|\.\.$")
ENDINGS = listed("garble.endings")
LEADING = frozenset({"the", "a", "an", "its", "their", "his", "our", "my", "your", "every"})
OUTLET = re.compile(
    r"\bour (?:\w+ )?(?:desk|delegates?|observers?|correspondents?|reporters?|newspaper|staff|volunteers?|listeners?"
    r"|readers?|programme|colleagues?|stringers?|newsroom|teams?)\b|\b(?:told|tells?|asks?|asked|reached|rang|wrote)"
    r"(?: to)? us\b",
    re.IGNORECASE,
)
"""An outlet or aid organisation that speaks of itself."""
FEW = 3
"""Sentences in the first person above which a text is somebody's own."""
FLEEING = frozenset(["flee", "escape"])


def garbled(reading: Reading) -> Iterator[Flag]:
    """Return the damaged sentences with what is wrong with them."""
    lost = _lost_quotes(reading)
    if lost:
        yield "garbled", tuple(sorted(lost)), "first person without quotation marks: whose words?"
    strays: set[str] = set()
    for number in _cut_short(reading):
        yield "garbled", (number,), "breaks off"
    for at, parsed in enumerate(reading.parsed):
        notes = [*_signs(parsed), *_words(parsed), *_grammar(reading.clauses[at])]
        stray = {m.id for m in parsed.mentions if m.damaged}
        if stray - strays:
            notes.append("a name with stray spaces")
        strays |= stray
        if note := _singular(reading, at):
            yield "garbled", (at, at + 1), note
        if notes:
            yield "garbled", (at + 1,), "; ".join(dict.fromkeys(notes))


def _cut_short(reading: Reading) -> Iterator[int]:
    """Return paragraphs' last sentences without a full stop, where nearly all others have one."""
    sentences = reading.laid.sentences
    ends = [
        s
        for s, after in zip_longest(sentences, sentences[1:])
        if after is None or after.paragraph != s.paragraph
    ]
    open_ = [s for s in ends if not STOPPED.search(s.text)]
    if len(ends) < 3 or len(open_) * 3 > len(ends):
        return
    for sentence in open_:
        keys = reading.parsed[sentence.number - 1].tokens
        acts = any(c.verb is not None for c in reading.clauses[sentence.number - 1])
        last = sentence is sentences[-1]
        if keys and (len(keys) > 9 or keys[-1].key in ENDINGS or (last and acts)):
            yield sentence.number


def _signs(parsed: Parsed) -> Iterator[str]:
    if BROKEN.search(parsed.text):
        yield "broken characters"
    if MISPLACED.search(parsed.text):
        yield "misplaced signs"
    if MERGED.search(parsed.text) and not re.search(r"\b(?:eBay|iPhone|al[A-Z])", parsed.text):
        yield "words run together"
    if parsed.text[:1].islower() and len(parsed.tokens) > 3:
        yield "begins in the middle"
    letters = sum(c.isalpha() or c.isspace() for c in parsed.text)
    if len(parsed.text) > 20 and letters < 0.7 * len(parsed.text):
        yield "mostly signs"


def _words(parsed: Parsed) -> Iterator[str]:
    if not parsed.tags:
        return
    keys = [token.key for token in parsed.tokens]
    if DOUBLED.search(parsed.text) or _twice(parsed):
        yield "a word twice"
    for at, pair in enumerate(pairwise(keys)):
        one, other = parsed.tokens[at], parsed.tokens[at + 1]
        small = (
            one.word
            and other.word
            and not other.cap
            and parsed.tags[at] in "PD"
            and parsed.tags[at + 1] in "PDBH"
        )
        if small and "_".join(pair) in FUNCTION_PAIRS:
            yield f"'{pair[0]} {pair[1]}'"
    last = next((token for token in reversed(parsed.tokens) if token.word), None)
    if last is not None and last.key in LEADING:
        yield "breaks off"


def _twice(parsed: Parsed) -> bool:
    """Whether any longer word stands twice in a row."""
    pairs = pairwise(parsed.tokens)
    named = {
        at for m in parsed.mentions for at in (parsed.tokens[k].start for k in range(m.start + 1, m.end))
    }
    return any(
        one.key == two.key
        and one.word
        and len(one.key) > 3
        and not two.joined
        and one.key not in ("that", "very")
        and two.start not in named
        for one, two in pairs
    )


def _grammar(clauses: list[Clause]) -> Iterator[str]:
    """A verb that lost its subject; a flight "in" a place."""
    for clause in clauses:
        verb = clause.verb
        if verb is None:
            continue
        there = {noun.prep for noun in clause.preps}
        if (
            verb.lemma in FLEEING
            and "in" in there
            and "to" in there
            and "from" not in there
            and not clause.objects
        ):
            yield "fled in ... to ...: from where is not clear"
        if (
            verb.bare
            and clause.opener == "and"
            and not clause.own_subject
            and verb.lemma == "clash"
            and _thing(clause)
        ):
            yield f"'{verb.form}' has lost its subject"


def _thing(clause: Clause) -> bool:
    """Whether the subject that a verb would share is a thing that cannot do it."""
    subject = clause.subject
    if subject is None:
        return True
    return (
        not subject.mentions
        and words().nouns.get(subject.head, "") != "person"
        and subject.head not in words().groups
    )


def _lost_quotes(reading: Reading) -> set[int]:
    """Return the few sentences in the first person that stand outside quotation marks in the middle of a report.

    Texts with more of them, or with labels that say whose words follow, are somebody's own. Few are `FEW` where a text
    has lost all its marks, one where it has some.
    """
    if reading.memory is None or reading.memory.default.source != "reporter" or _labelled(reading):
        return set()
    own = [at for at, parsed in enumerate(reading.parsed) if '"' not in parsed.text and _mine(parsed)]
    if len(own) > (1 if '"' in "".join(parsed.text for parsed in reading.parsed) else FEW):
        return set()
    found: set[int] = set()
    for at in own:
        parsed, clauses = reading.parsed[at], reading.clauses[at]
        known = at in found or (_of_a_party(parsed, clauses) and not OUTLET.search(parsed.text))
        if known and not reading.laid.sentences[at].opens and not _correspondent(parsed, clauses):
            found.add(at + 1)
    return found


def _labelled(reading: Reading) -> bool:
    """Whether sentences of a text have labels that say whose words they are."""
    return any(label_end(parsed) for parsed in reading.parsed)


def _mine(parsed: Parsed) -> bool:
    """Whether a sentence says I, we, our or the like."""
    return any(
        (t.text == "I" and not t.joined)
        or (t.key in MINE - {"i"} and not t.cap and (t.key != "mine" or tag == "O"))
        or t.text in ("We", "Our")
        for t, tag in zip(parsed.tokens, parsed.tags, strict=False)
    )


def _of_a_party(parsed: Parsed, clauses: list[Clause]) -> bool:
    """Whether words in the first person are a party's: it is said who says them, or they speak of "our men"."""
    if any(c.own_report for c in clauses):
        return True
    keys = [token.key for token in parsed.tokens]
    table = words()
    ours = {other for one, other in pairwise(keys) if one == "our"}
    return any(word in table.groups or table.nouns.get(word) in ("person", "arms", "target") for word in ours)


def _correspondent(parsed: Parsed, clauses: list[Clause]) -> bool:
    """Whether a reporter speaks of himself: ``told us``, ``our correspondent``."""
    keys = [t.key for t in parsed.tokens]
    told = any(
        retracts(c)
        or (
            kind_of(c.verb) in ("say", "confirm", "deny")
            and any(n.head in ("us", "me") for n in (*c.objects, *c.preps))
        )
        for c in clauses
    )
    return told or any(
        pair
        in (
            ("our", "correspondent"),
            ("our", "reporter"),
            ("our", "team"),
            ("we", "saw"),
            ("our", "agent"),
            ("our", "office"),
            ("our", "colleague"),
        )
        for pair in pairwise(keys)
    )


def _singular(reading: Reading, at: int) -> str:
    """``He`` after a sentence with two leaders and nobody else: not clear who."""
    parsed = reading.parsed[at]
    if at == 0 or not parsed.tokens or parsed.tokens[0].key not in ("he", "she"):
        return ""
    before = reading.parsed[at - 1]
    people = list(dict.fromkeys(m.id for m in before.mentions if m.kind == "leader"))
    clauses = reading.clauses[at - 1]
    subject = next((c.subject for c in clauses if c.subject is not None and c.verb is not None), None)
    several = subject is not None and (
        len({m.id for n in (subject, *subject.also) for m in n.mentions if m.kind == "leader"}) > 1
    )
    with_him = subject is not None and {"he", "she"} & {n.head for n in (subject, *subject.also)}
    if len(people) == 1 and subject is not None and subject.also and with_him:
        return "two men before, 'he' here: not clear who"
    if len(people) == 2 and (several or _both_act(before, clauses)):
        return "two leaders before, 'he' here: not clear who"
    return ""


def _both_act(before: Parsed, clauses: list[Clause]) -> bool:
    """Whether a plural verb joins the two leaders of a sentence."""
    return any(token.key in ("have", "were", "are") for token in before.tokens[:40]) and not any(
        kind_of(c.verb) in ("say", "confirm", "deny") for c in clauses
    )
