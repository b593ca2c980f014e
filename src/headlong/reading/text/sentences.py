"""Headline, paragraphs, datelines and sentences, numbered as a reader counts them: from 1, the headline 0."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from headlong.reading.lexicon.lexicon import listed, words

__all__ = ["Layout", "Sentence", "lay_out"]

MOST = 1000
"""Sentences that are read of one text: no report is longer, and time stays bounded."""
LONGEST = 2500
"""Characters after which a run without a full stop is cut: no sentence is that long."""

ENDS = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)|(?<=[.!?][\"'])(?=[A-Z])|(?<=[a-z)][.!?])(?=[A-Z][a-z])")
DATELINE = re.compile(
    r"(?P<place>[^\W\d_][\w.'/ -]{1,40}(?:, [A-Z][\w.'-]{0,20}(?: \w[\w.'-]{0,20}){0,3})?)"
    r"(?:,? (?P<date>[\w.]{3,9} \d{1,2}|\d{1,2} [\w.]{3,9})(?:,? \d{4})?)?"
    r",? ?(?P<outlet>\([\w ./-]{2,30}\))? ?(?P<mark>\u2014|-|:|\u2014|--) (?=[\"A-Z0-9])"
)
DATED = re.compile(
    r"[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}, "
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?\. (?=[\"A-Z])"
)
BYLINE = re.compile(
    r"(?:by|from|reporting by|editing by|writing by|additional reporting|photo|photograph|image|read more|source"
    r"|copyright|\u00a9|advertisement|share|published|updated|last updated)\b[^.!?]{0,120}$",
    re.IGNORECASE,
)
PAPERS = listed("sentences.papers")
BEFORE = listed("sentences.before")
"""What a statement may be called, and the words before its author."""
TITLE = re.compile(r"[A-Z][^.!?:\"]{3,110}: (?=[\"A-Z])")
DATED_BY = re.compile(r"\d|[a-z]{2,6}day\b")
"""What a text may begin with, and what tells a day in it."""
RANKED = 3
"""Rank of the words that mean a speaker and hardly anything else."""
STAMP = re.compile(
    r"[\[(]?(?P<h>[01]?\d|2[0-4])[:.h]?(?P<m>[0-5]\d)[\])]?\s*"
    r"(?:GMT|UTC|BST|CET|EST|hrs|hours|local(?: time)?|[ap]\.?m\.?)?"
    r"\s*[-\u2013\u2014:|]*\s+(?=[\"'A-Z0-9])"
)
"""The hour that an entry of a running report begins with."""
LABEL = re.compile(r"[A-Z][^.!?:\"]{1,45}: \S")
"""What an item of a list begins with: ``Herat: ...``."""
COUNTED = re.compile(r"\d (?:km|mi|ft|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$", re.IGNORECASE)
"""A number with its unit, or a day of a month."""
BULLET = re.compile(r"(?:[-*\u2022\u00b7\u2013\u2014]|\(?[a-z0-9]{1,2}[.)])\s+(?=[\"A-Z])")


@dataclass
class Sentence:
    """One sentence of the text.

    Parameters
    ----------
    number, paragraph : int
        Its number as a reader counts, and the number of its paragraph.
    text : str
        What it says.
    opens : bool
        Whether it begins inside a quotation.
    entry : bool
        Whether its paragraph began with an hour or a bullet, which are set aside.
    """

    number: int
    paragraph: int
    text: str
    opens: bool = False
    entry: bool = False


@dataclass
class Layout:
    """A text laid out: its headline, dateline and sentences, and how many more there are than are read.

    Parameters
    ----------
    headline, dateline : str
        What stands before the first sentence.
    author : str
        What stands where a dateline would be, if it says whose words the text is; mostly the first sentence's opening.
    sentences : list of Sentence
        What is read.
    beyond : int
        How many sentences are not read.
    """

    headline: str = ""
    dateline: str = ""
    author: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    beyond: int = 0


def lay_out(text: str, party: Callable[[str], bool] = lambda _: False) -> Layout:
    """Split a plain text into headline, dateline and numbered sentences.

    Parameters
    ----------
    text
        The text.
    party
        Says whether what may be a dateline names a party, so that it is none.
    """
    laid = Layout()
    paragraphs = _paragraphs(text)
    while len(paragraphs) > 1 and _is_title(paragraphs[0], paragraphs[1:]):
        if laid.headline and paragraphs[0].endswith("?"):
            break
        laid.headline = " / ".join(filter(None, [laid.headline, paragraphs.pop(0)]))
    hourly = sum(bool(STAMP.match(paragraph)) for paragraph in paragraphs) > 1
    entries = [len(_unmarked(paragraph, hourly)) < len(paragraph) for paragraph in paragraphs]
    paragraphs = [_unmarked(paragraph, hourly) for paragraph in paragraphs]
    labelled = sum(bool(LABEL.match(paragraph)) for paragraph in paragraphs) > 1
    for number, paragraph in enumerate(paragraphs):
        if number < 2 and not (laid.dateline or laid.author):
            opening, rest = _dateline(paragraph, labels=labelled)
            if opening and (_speaks(opening) or party(opening)):
                laid.author = opening if DATED_BY.search(opening) and not labelled else ""
            elif opening:
                laid.dateline, paragraph = opening, rest
        if number == 0 and not (laid.dateline or laid.author) and (dated := DATED.match(paragraph)):
            laid.dateline, paragraph = dated[0].strip(), paragraph[dated.end() :]
            laid.author = laid.dateline if _speaks(laid.dateline) else ""
        if number == 0 and not (laid.dateline or laid.author or labelled):
            laid.author = _paper(paragraph)
        quoted = False
        for part in _split(paragraph):
            laid.sentences.append(Sentence(len(laid.sentences) + 1, number, part, quoted, entries[number]))
            quoted ^= part.count('"') % 2 == 1
    laid.beyond = max(0, len(laid.sentences) - MOST)
    del laid.sentences[MOST:]
    return laid


def _paragraphs(text: str) -> list[str]:
    lines = [line.strip() for line in text.split("\n")]
    if sum(not line for line in lines[1:-1]) and any(lines):
        blocks = [block for block in re.split(r"\n[ \n]*\n", "\n".join(lines)) if block.strip()]
        hard = any("\n" in block and not _stops(block.split("\n")[0]) for block in blocks)
        if hard:
            return [" ".join(block.split()) for block in blocks]
    full = [line for line in lines if line]
    wrapped = len(full) > 3 and sum(_stops(line) for line in full[1:]) * 2 < len(full)
    if wrapped and max(map(len, full)) < 130:
        first = [] if _stops(full[0]) or len(full[0]) > 0.8 * max(map(len, full)) else [full.pop(0)]
        return [*first, " ".join(full)]
    return full


def _stops(line: str) -> bool:
    return line.rstrip("\"') ").endswith((".", "!", "?", ":"))


def _is_title(line: str, rest: list[str]) -> bool:
    """Whether a first line is a headline or byline: short, without a full stop, before full sentences."""
    if BYLINE.match(line) and len(line) < 160:
        return True
    return len(line.split()) <= 25 and not line.rstrip("\"')").endswith((".", "!")) and any(map(_stops, rest))


def _unmarked(paragraph: str, hourly: bool) -> str:
    """Return a paragraph without its bullet or, in a running report, its hour."""
    if hourly and (stamp := STAMP.match(paragraph)):
        return paragraph[stamp.end() :]
    bullet = BULLET.match(paragraph)
    return paragraph[bullet.end() :] if bullet else paragraph


def _dateline(paragraph: str, *, labels: bool = False) -> tuple[str, str]:
    """Return dateline and rest; where other paragraphs have labels too ("Herat: ..."), a label is none."""
    found = DATELINE.match(paragraph[:160])
    if not found:
        return "", paragraph
    sure = found["date"] or found["outlet"]
    if labels and found["mark"] == ":" and not found["date"]:
        return "", paragraph
    capitals = [word for word in re.findall(r"[^\W\d_]{3,}", found["place"]) if word not in ("and",)]
    shouted = bool(capitals) and all(word.isupper() for word in capitals[:1])
    named = all(word[0].isupper() for word in capitals) and len(capitals) <= 3 and found["mark"] != "-"
    spaced = paragraph[found.end() - 3] == " " or found["mark"] == ":" or found["outlet"]
    if (sure or shouted or named) and spaced:
        return found[0].strip(), paragraph[found.end() :]
    return "", paragraph


def _paper(paragraph: str) -> str:
    """Return the dated title of a statement that a text begins with: ``Statement, High Command, Thursday: ...``."""
    found = TITLE.match(paragraph)
    if not found or not DATED_BY.search(found[0]):
        return ""
    named = re.split(r",| \(", found[0].lower())[:2]
    return found[0].strip() if PAPERS & {word for group in named for word in group.split()} else ""


def _speaks(opening: str) -> bool:
    """Whether what looks like a dateline says who speaks: ``Bulletin of the Council, Herat, 26 April: ...``.

    A place in capitals before a day and a dash is a place, whatever its name means.
    """
    first, dated = opening.split(",")[0], bool(DATED_BY.search(opening))
    group = re.findall(r"[^\W\d_][\w'-]*", first.lower())
    if dated and first.isupper() and not opening.endswith(":"):
        return False
    sources = {word for word in group if words().sources.get(word, ("resident", 0))[0] != "resident"}
    if len(group) == 1 and dated:
        return bool(sources) and words().sources[group[0]][1] == RANKED
    heads = {word for word, after in pairwise(group) if after in BEFORE} | set(group[-1:])
    return bool(PAPERS & (heads | set(group[:1])) or sources & heads)


def _split(paragraph: str) -> list[str]:
    parts, start = [], 0
    for found in ENDS.finditer(paragraph):
        if found.end() > start and _ends(paragraph, found):
            parts.append(paragraph[start : found.end()].strip())
            start = found.end()
    parts.append(paragraph[start:].strip())
    return [piece for part in parts if re.search(r"\w", part) for piece in _cut(part)]


def _cut(part: str) -> list[str]:
    return [part[i : i + LONGEST] for i in range(0, len(part), LONGEST)]


def _ends(paragraph: str, found: re.Match[str]) -> bool:
    """Whether a stop ends a sentence: not after an abbreviation or initial, nor before small letters."""
    after = paragraph[found.end() : found.end() + 40].lstrip()
    if not after or not found[0]:
        return True
    nxt = after.lstrip("\"'(")
    if nxt[:1].islower():
        return False
    if not found[0].startswith(".") or len(found[0]) > 1:
        return True
    grammar = words()
    before = re.search(r"[\w.&]+$", paragraph[max(0, found.start() - 20) : found.start()])
    word = before[0].lower() if before else ""
    following = re.match(r"\w+", nxt)
    starter = following is not None and following[0].lower() in grammar.starters
    if re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return starter
    if (
        len(word) == 1
        and word.isalpha()
        and word != "i"
        and not re.search(r"['\u2019]\w$", paragraph[: found.start()])
    ):
        return False
    if word in grammar.abbreviations:
        return (starter and word in grammar.loose_abbreviations) or _is_word(paragraph[: found.start()], nxt)
    return True


def _is_word(before: str, after: str) -> bool:
    """Whether what looks like an abbreviation ends a sentence: "told us.", or "4 Jan." and "40 km." before a word."""
    return bool(re.search(r"\bus$", before) or (COUNTED.search(before) and not after[:1].isdigit()))
