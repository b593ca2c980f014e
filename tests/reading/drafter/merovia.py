"""The invented war of the worked examples, its texts and answers, and rows to break."""

import json
import re
from importlib.resources import files
from pathlib import Path

from headlong.case import open_case

CASE = open_case(str(Path(__file__).parents[1] / "gold" / "cases" / "merovia"))
DAY = "2003-05-14"
TEXT = """Rebels say Dorun is theirs

SELM, May 14 (Wire) - Front fighters captured Dorun on Monday, two officials said.
The army denied it. "We are still there," a spokesman said.

More than 3,000 people crossed the Palat bridge on Tuesday.
"""
ROW = {
    "sentence": 1,
    "span": "Front fighters captured Dorun on Monday",
    "claim": "fell",
    "place": "dorun",
    "side": "front",
    "leader": "",
    "count": None,
    "polarity": "asserted",
    "speaker": "two officials",
    "source_class": "official",
    "verification": "attributed",
    "interest": "own_failure",
    "date_words": "on Monday",
    "event_date": "2003-05-12",
    "range": "",
    "to": "",
    "note": "",
}
FLAG = {"kind": "contradiction", "sentences": [1, 2], "note": "captured / denied"}


def answer(*rows, flags=(FLAG,), nothing=()):
    return json.dumps({"rows": list(rows or (ROW,)), "flags": list(flags), "nothing": list(nothing)})


def examples():
    """Yield day, text and answer of each worked example in the request."""
    told = (files("headlong.reading.drafter") / "coding" / "examples.md").read_text("utf-8")
    for part in told.split("## Example")[1:]:
        day = re.search(r"published \w+ (\S+)", part)[1]
        sentences = re.findall(r"^\[\d+\] (.*)$", part, re.M)
        headline = re.search(r"^\[0\]", part, re.M)
        text = (sentences[0] + "\n\n" if headline else "") + "\n".join(sentences[1 if headline else 0 :])
        yield day, text, json.loads(part[part.index("{") : part.rindex("}") + 1])
