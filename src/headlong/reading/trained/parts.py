"""Long sentences in parts: what the network has learned from is short, so each main clause is shown to it alone."""

from __future__ import annotations

from headlong.reading.claims.claim import Reading
from headlong.reading.syntax.clause import Clause
from headlong.reading.syntax.labels import label_end
from headlong.reading.syntax.phrases import Parsed

__all__ = ["part_end", "parts_of"]

LONG = 30
"""Words from which a sentence is read in parts; of 100 sentences that were learned from 3 have more."""
LEAST = 7
"""Words that a part has at least."""
BREAKS = frozenset({";", ":", "\u2014", "\u2013"})
JOINING = frozenset({"and", "but", "while", "whereas", "though", "although", "yet", "so"})


def parts_of(reading: Reading, number: int) -> list[tuple[int, int]]:
    """Return the parts of a sentence, from which word to which; one part if it is short.

    It is cut at semicolons, colons and dashes, and where a joining word begins a main clause with a subject and a verb
    of its own. Nothing is cut inside quotation marks, nor where a part would have no verb.

    Parameters
    ----------
    reading
        The text, its sentences parsed and in clauses.
    number
        Which sentence, from 1.
    """
    parsed, clauses = reading.parsed[number - 1], reading.clauses[number - 1]
    size = len(parsed.tokens)
    if sum(token.word for token in parsed.tokens) <= LONG:
        return [(0, size)]
    verbs = [clause.verb.start for clause in clauses if clause.verb is not None]
    cuts = [0]
    for at in sorted(_borders(parsed, clauses, reading.laid.sentences[number - 1].opens)):
        both = any(cuts[-1] <= verb < at for verb in verbs) and any(verb >= at for verb in verbs)
        if both and min(at - cuts[-1], size - at) >= LEAST:
            cuts.append(at)
    return list(zip(cuts, [*cuts[1:], size], strict=True))


def _borders(parsed: Parsed, clauses: list[Clause], quoted: bool) -> set[int]:
    """Return the words with which a part may begin; a sign or joining word stays with what is before it."""
    label = label_end(parsed)
    inside, found = quoted, set[int]()
    begins = {begin for clause in clauses if (begin := _joined(parsed, clause))}
    for at, token in enumerate(parsed.tokens):
        if token.text in ('"', "\u201c", "\u201d"):
            inside = not inside
        if inside:
            continue
        if at in begins or (token.text in BREAKS and at != label):
            found.add(at + 1)
    return found


def _joined(parsed: Parsed, clause: Clause) -> int:
    """Return where the joining word stands that begins a main clause with a subject of its own; 0 if none does."""
    if clause.opener not in JOINING or clause.parent is not None or not clause.nouns:
        return 0
    if clause.verb is not None and not clause.own_subject:
        return 0
    before = range(clause.start - 1, max(0, clause.start - 5), -1)
    at = next((at for at in before if parsed.tokens[at].key == clause.opener), 0)
    return at if at and (parsed.tokens[at - 1].text == "," or clause.verb is not None) else 0


def part_end(parsed: Parsed, begin: int) -> int:
    """Return where what is told before a part ends, without the sign and the word that join the two."""
    while begin > 0 and (not parsed.tokens[begin - 1].word or parsed.tokens[begin - 1].key in JOINING):
        begin -= 1
    return begin
