"""What an answer holds: fields of a row, claims and who may stand in them, and the JSON schema that forces it."""

from __future__ import annotations

__all__ = [
    "CLAIMS",
    "CLASSES",
    "FIELDS",
    "FLAGS",
    "NOTES",
    "SIDELESS",
    "VERIFIED",
    "answer_schema",
]

CLAIMS = (
    *("fell", "held", "entered", "attacked", "repulsed", "withdrew", "handed_over", "switched"),
    *("fled", "captured", "stayed", "crossed", "support", "besieged", "relieved", "displaced"),
)
SIDELESS = frozenset({"crossed", "support", "displaced", "attacked", "entered", "handed_over", "fell"})
"""Claims that may be without a side: civilians, givers and fighters who are no side of the case."""
CLASSES = ("reporter", "agency", "official", "belligerent", "resident", "social_media", "leader", "none")
VERIFIED = ("confirmed", "attributed", "unverified", "denied")
INTERESTS = ("own_success", "own_failure", "none")
FLAGS = ("contradiction", "place_mismatch", "side_swap", "date_impossible", "garbled")
NOTES = frozenset({"part", "province", "retaken", "arrived", "disputed", "flagged"})
FIELDS = (
    *("sentence", "span", "claim", "place", "side", "leader", "count", "polarity", "speaker"),
    *("source_class", "verification", "interest", "date_words", "event_date", "range", "to", "note"),
)


def answer_schema() -> dict[str, object]:
    """Return the JSON schema of an answer."""
    word: dict[str, object] = {"type": "string"}
    choices = {
        "claim": CLAIMS,
        "polarity": ("asserted", "denied"),
        "source_class": CLASSES,
        "verification": VERIFIED,
        "interest": INTERESTS,
    }
    row: dict[str, object] = dict.fromkeys(FIELDS, word)
    row |= {name: {"type": "string", "enum": list(some)} for name, some in choices.items()}
    row |= {"sentence": {"type": "integer"}, "count": {"type": ["integer", "null"]}}
    flag = {
        "kind": {"type": "string", "enum": list(FLAGS)},
        "sentences": {"type": "array", "items": {"type": "integer"}},
        "note": word,
    }
    nothing = {"sentence": {"type": "integer"}, "why": word}
    return _object({"rows": _list(row), "flags": _list(flag), "nothing": _list(nothing)})


def _object(fields: dict[str, object]) -> dict[str, object]:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _list(fields: dict[str, object]) -> dict[str, object]:
    return {"type": "array", "items": _object(fields)}
