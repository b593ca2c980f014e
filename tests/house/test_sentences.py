"""Prose for readers is short: sentences and paragraphs of the documents within bounds."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "KERNELS.md")] + sorted(
    (ROOT / "docs").glob("*.md")
)
MEAN, LONGEST, PARAGRAPH = 20, 35, 120
"""Words: of a sentence on average, of the longest sentence, of the longest paragraph."""

FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
END = re.compile(r"(?<=[.!?])[)\"*_]*\s+(?=[\"(*_`\[A-Z0-9À-Þ])")
NO_PROSE = ("|", "#", "<", "![", "    ")
SHORT = re.compile(r"\b(e\.g|i\.e|cf|vol|no|al|St|Mr|Ann|Stat|pp|Fig|J|Am|Rev)\.\s")


def paragraphs(text):
    """Paragraphs of prose: no code, tables, headings, pictures; an item of a list is one."""
    for block in re.split(r"\n\s*\n", FENCED.sub("", text)):
        lines = [line for line in block.splitlines() if not line.startswith(NO_PROSE)]
        for item in re.split(r"\n(?=\s*(?:[-*]|\d+\.)\s)", "\n".join(lines)):
            item = re.sub(r"^\s*(?:[-*]|\d+\.)\s+", "", item.strip())
            if len(words(item)) > 3:
                yield " ".join(item.split())


def words(text):
    """Words; a link counts as its text, a piece of code as one."""
    text = re.sub(r"`[^`]*`", "code", re.sub(r"\]\([^)]*\)", "]", text))
    return [word for word in text.split() if re.search(r"\w", word)]


def sentences(paragraph):
    return END.split(SHORT.sub(lambda m: m[0].replace(". ", "."), paragraph))


def too_long(text):
    """Every bound that a page breaks, as sentences."""
    parts = list(paragraphs(text))
    lengths = [(len(words(s)), s) for part in parts for s in sentences(part)]
    if lengths and sum(n for n, _ in lengths) / len(lengths) > MEAN:
        yield f"{sum(n for n, _ in lengths) / len(lengths):.1f} words a sentence, at most {MEAN}"
    yield from (f"{n} words: {s}" for n, s in lengths if n > LONGEST)
    yield from (
        f"paragraph of {len(words(part))} words: {part[:80]} ..."
        for part in parts
        if len(words(part)) > PARAGRAPH
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_sentences_are_short(page):
    found = list(too_long(page.read_text("utf-8")))
    assert not found, "\n".join(found)


def test_the_test_of_sentences_can_fail():
    long = " ".join(["word"] * 36) + "."
    assert [line[:8] for line in too_long(f"{long} One two three four.\n")] == ["36 words"]
    assert len(list(too_long(" ".join(["One two three four."] * 31)))) == 1
    assert not list(too_long(f"```\n{long}\n```\n\n| {long} |\n"))
