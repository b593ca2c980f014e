"""Whose words a sentence is, by its label or the headline; and which side speaks: whom ``we`` and ``our men`` mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from headlong.reading.claims.claim import Reading
from headlong.reading.lexicon.lexicon import listed
from headlong.reading.meaning.discourse import Speaker
from headlong.reading.syntax.labels import label_end
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.trained.slots import side_of_mention

__all__ = ["OURS", "denier_among", "side_that_speaks", "voice_of"]

OURS = frozenset({"we", "us", "our", "ours", "ourselves"})
FORCES = listed("meant.forces")
OFFICES = listed("meant.offices") | listed("meant.state") | listed("meant.army")
REBELS = listed("meant.rebel")
OPENING = 12
"""Words in which a text that a party puts out names the party."""
TURNS = frozenset({"a", "q", "answer", "question"})
"""Labels that say only whose turn it is."""
LABELS_BACK = 60
"""Sentences back in which a label may have been explained."""


def side_that_speaks(reading: Reading, number: int) -> str:
    """Return the side whose words a sentence is, as "we" would mean it; empty if none is or nobody can tell.

    Who speaks in the sentence, else whose label stands before it, else who spoke last before, else whom the headline
    names first. Outside quotation marks "we" are those who put out the text.

    Parameters
    ----------
    reading
        The text, its sentences parsed.
    number
        Which sentence, from 1.
    """
    voice, length = voice_of(reading, number)
    if voice is reading.headline and _says_we(reading, number) and (author := _author(reading)):
        return author
    heard = [one for one in reading.speakers[number - 1].values() if one.source != "reporter"]
    labelled = _first_side(voice, reading, length) if voice is not reading.headline else ""
    if labelled and label_end(reading.parsed[number - 1]):
        return labelled
    if heard:
        return next((one.side for one in heard if one.side), "")
    if voice is not reading.headline:
        return labelled
    for at in range(number - 2, -1, -1):
        sides = [one.side for one in reading.speakers[at].values() if one.side]
        if sides:
            return sides[0]
        if label_end(reading.parsed[at]):
            break
    return _first_side(reading.headline, reading, len(reading.headline.tokens))


def _author(reading: Reading) -> str:
    """Return the side that puts out a text in its own words: it says "our troops" outside quotation marks."""
    if not any(_our_forces(reading, number) for number in range(1, len(reading.parsed) + 1)):
        return ""
    headed = _first_side(reading.headline, reading, len(reading.headline.tokens))
    if headed or not reading.parsed:
        return headed
    last = reading.parsed[-1]
    signed = _first_side(last, reading, len(last.tokens)) if len(last.tokens) <= OPENING else ""
    return _first_side(reading.parsed[0], reading, OPENING) or signed


def _says_we(reading: Reading, number: int) -> bool:
    return any(key in OURS for key in _outside(reading, number))


def _our_forces(reading: Reading, number: int) -> bool:
    keys = list(_outside(reading, number))
    return any(key == "our" and FORCES & set(keys[at + 1 : at + 3]) for at, key in enumerate(keys))


def _outside(reading: Reading, number: int) -> Iterator[str]:
    """Yield the words of a sentence that stand outside quotation marks."""
    inside = reading.laid.sentences[number - 1].opens
    for token in reading.parsed[number - 1].tokens:
        if token.text in ('"', "\u201c", "\u201d"):
            inside = not inside
        elif not inside:
            yield token.key


def _first_side(parsed: Parsed, reading: Reading, end: int) -> str:
    """Return the side that the first words of a sentence name, else whose office they name."""
    sides = (side_of_mention(mention, reading.names) for mention in parsed.mentions if mention.start < end)
    named = next(filter(None, sides), "")
    if named:
        return named
    names, keys = reading.names, {token.key for token in parsed.tokens[:end]}
    worded = next((names.side_words[key] for key in sorted(keys & set(names.side_words))), "")
    if worded:
        return worded
    if keys & REBELS:
        return names.rebels[0] if len(names.rebels) == 1 else ""
    return names.incumbent if keys & OFFICES else ""


def voice_of(reading: Reading, number: int) -> tuple[Parsed, int]:
    """Return the sentence that says whose words another is, and how many words of it do.

    A label that was explained when it first stood (``EAGLE POST (channel of the garrison): ...``) means the same later.

    Parameters
    ----------
    reading
        The text, its sentences parsed.
    number
        Which sentence, from 1.
    """
    laid = reading.laid.sentences
    for at in range(number - 1, -1, -1):
        if laid[at].paragraph != laid[number - 1].paragraph:
            break
        one = reading.parsed[at]
        end = label_end(one)
        if end and _name(one, end) not in TURNS:
            return _explained(reading.parsed[max(0, at - LABELS_BACK) : at], one, end)
    return reading.headline, len(reading.headline.tokens)


def _explained(before: Sequence[Parsed], one: Parsed, end: int) -> tuple[Parsed, int]:
    """Return the longest form of a label so far."""
    best = one, end
    for other in before:
        length = label_end(other)
        if length > best[1] and _name(other, length) == _name(one, end):
            best = other, length
    return best


def _name(parsed: Parsed, end: int) -> str:
    """Return a label without what stands in brackets."""
    words = [token.text.lower() for token in parsed.tokens[:end]]
    return " ".join(words[: words.index("(")] if "(" in words else words)


def denier_among(claimants: set[str], reading: Reading, number: int) -> Speaker | None:
    """Return the one party that a sentence hears beside those who claim what is denied: ``a claim the army denied``.

    Parameters
    ----------
    claimants
        Keys of the speakers who claim it.
    reading, number
        The text, and which of its sentences, from 1.
    """
    heard = [one for one in reading.speakers[number - 1].values() if one.key not in claimants and one.side]
    return heard[0] if len({one.key for one in heard}) == 1 else None
