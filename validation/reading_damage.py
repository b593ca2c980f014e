"""Damaged texts: what a reader must survive without a fault, and without anything that acts on a terminal or page."""

from __future__ import annotations

import random
import re

UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|<[a-zA-Z/!]")
"""What must never come out: control characters, marks of direction, markup."""


ENCODINGS = ("utf-8", "utf-8", "utf-16", "cp1252", "utf-16-be", "utf-8-sig")
CONTROLS = (
    b"\x1b[31m",
    b"\x1b]0;title\x07",
    b"\x00",
    "\u202e".encode(),
    "\u200f".encode(),
    b"\xff\xfe",
    b"\r",
)
MARKUP = (
    b"<script>", b"<p>", b"</div>", b"<!--", b"<b", b"&amp;", b"&#27;", b"&#x202e;", b"<![CDATA[",
)  # fmt: skip
SIGNS = ("=1+1", "@x", "+", "-", '"', "''", "((((", ", and ", " the ", "\u0301", "said ")


def mutate(text: str, luck: random.Random) -> bytes:
    """Damage a text: bytes, encodings, markup, directional marks, long lines, shuffled and repeated pieces."""
    raw = bytearray(text.encode(luck.choice(ENCODINGS), "replace"))
    for _ in range(luck.randint(1, 6)):
        kind, at = luck.randrange(9), luck.randrange(len(raw) + 1)
        if kind == 0 and raw:
            for _ in range(luck.randint(1, 50)):
                raw[luck.randrange(len(raw))] = luck.randrange(256)
        elif kind == 1:
            raw[at:at] = luck.choice(CONTROLS) * luck.randint(1, 9)
        elif kind == 2:
            raw[at:at] = luck.choice(MARKUP) * luck.randint(1, 30)
        elif kind == 3:
            del raw[at : at + luck.randint(1, 300)]
        elif kind == 4:
            piece = raw[at : at + 200]
            raw[at:at] = piece * luck.randint(1, 10)
        elif kind == 5:
            raw[at:at] = luck.choice(SIGNS).encode() * luck.randint(1, 60)
        elif kind == 6:
            raw = bytearray(raw.replace(b"\n", b" ").replace(b".", b""))
        elif kind == 7:
            words = raw.split(b" ")
            luck.shuffle(words)
            raw = bytearray(b" ".join(words))
        else:
            raw = bytearray(raw.upper() if luck.random() < 0.5 else raw.lower())
    return bytes(raw)


def damage_answer(said: str, luck: random.Random) -> str:
    """Damage an answer as transport, models and ill will do."""
    text = list(said)
    for _ in range(luck.randint(1, 8)):
        kind, at = luck.randrange(7), luck.randrange(len(text) + 1)
        if kind == 0:
            del text[at : at + luck.randint(1, 60)]
        elif kind == 1:
            text[at:at] = luck.choice(
                ["{", "}", "[", "]", '"', ",", "\\", "\x1b[31m", "\u202e", "\x00", "<b>", "```"]
            )
        elif kind == 2:
            text[at:at] = luck.choice(
                ["null", "1e999", "NaN", "-1", "true", '"=cmd()"', "[" * 200, '{"rows":[]}']
            )
        elif kind == 3:
            text[at:at] = text[max(0, at - 80) : at]
        elif kind == 4 and text:
            text[luck.randrange(len(text))] = chr(luck.randrange(32, 0x2FF))
        elif kind == 5:
            text = list("".join(text).replace("front", luck.choice(["", "frunt", "gov", "=1+1"]), 1))
        else:
            text = text[: luck.randint(0, len(text))] if luck.random() < 0.2 else text
    return "".join(text)
