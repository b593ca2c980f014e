"""Words and signs of a sentence, and the folded form by which names are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["Token", "fold", "tokens"]

WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|am|pm|km|m)?(?![^\W\d_])|[^\W_]+(?:'[^\W\d_]+)*|[^\w\s]|_"
)
SPECIAL = str.maketrans(
    {
        "\u0131": "i",
        "\u00f8": "o",
        "\u0142": "l",
        "\u00df": "ss",
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u0111": "d",
        "\u00f0": "d",
        "\u00fe": "th",
    }
)
ASCII = re.compile(r"[a-z0-9]*")


class Token:
    """A word or sign.

    Parameters
    ----------
    text, key : str
        As written, and folded: small letters, no accents, no apostrophes.
    start, end : int
        Where it stands in the sentence.
    joined : bool
        Whether a hyphen ties it to the word before.
    loose : bool
        Whether that hyphen has a space beside it, as in damaged names.
    """

    __slots__ = ("cap", "end", "joined", "key", "loose", "start", "text", "word")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.key = fold(text)
        self.word = text[0].isalnum()
        self.cap = text[0].isupper() or (text[0] > "\u0590" and text[0].isalpha() and not text[0].islower())
        self.joined = self.loose = False

    def __repr__(self) -> str:
        return f"<{'-' if self.joined else ''}{self.text}>"


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Return small letters without accents, apostrophes and dots."""
    low = text.lower().replace("'", "").replace(".", "") if len(text) > 1 else text.lower()
    if ASCII.fullmatch(low):
        return low
    low = low.translate(SPECIAL)
    return "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))


def tokens(text: str) -> list[Token]:
    """Return the words and signs of a sentence; hyphens become ties between words, ``'s`` its own word."""
    found: list[Token] = []
    tie = loose = False
    for match in WORD.finditer(text):
        word, start, end = match[0], match.start(), match.end()
        if word == "-":
            before, after = text[start - 1 : start].isspace(), text[end : end + 1].isspace()
            if found and found[-1].word and not (before and after and not _inside_name(text, start)):
                tie, loose = True, before or after
                continue
            word = "\u2014"
        if word == "'" and found and found[-1].end == start and found[-1].key.endswith("s"):
            word = "'s"
        parts = [word] if word == "'s" else _possessive(word)
        for piece in parts:
            token = Token(piece, start, start + len(piece))
            start += len(piece)
            if tie:
                token.joined, token.loose, tie = True, loose, False
            found.append(token)
    return found


def _inside_name(text: str, at: int) -> bool:
    """Whether a spaced hyphen stands inside a name such as ``Mazar-i - Sharif``."""
    return bool(re.search(r"-\w{1,3} $", text[:at][-6:])) or bool(
        re.match(r"- \w{1,2}-\w", text[at : at + 6])
    )


def _possessive(word: str) -> list[str]:
    low = word[-2:].lower()
    if len(word) > 2 and low == "'s":
        return [word[:-2], word[-2:]]
    if len(word) > 4 and word[-3:].lower() == "n't":
        return [word[:-3] if word.lower() != "can't" else word[:-2], word[-3:]]
    if low in ("'d", "'m") and len(word) > 2:
        return [word[:-2], word[-2:]]
    if word[-3:].lower() in ("'re", "'ve", "'ll") and len(word) > 3:
        return [word[:-3], word[-3:]]
    return [word]
