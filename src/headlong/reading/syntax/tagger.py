"""What each word of a sentence does: verb, auxiliary, preposition, name and so on, by tables and neighbours."""

from __future__ import annotations

from headlong.reading.lexicon.lexicon import listed, words
from headlong.reading.lexicon.tokens import Token
from headlong.reading.syntax.entities import Mention
from headlong.reading.syntax.verb_forms import is_verb
from headlong.reading.text.dates import When

__all__ = ["tag"]

# One letter for each job: D determiner, P preposition, S subordinator, R relative, C conjunction, O pronoun, B be,
# H have, M modal, X do, N negation, A adverb, V verb, # number, T date, G name, ' possessive, w other word, . sign.
BOTH = listed("tags.both")
HOURS = frozenset(
    ["dawn", "sunrise", "daybreak", "noon", "midday", "sunset", "dusk", "nightfall", "midnight"]
)
ROUGHLY = frozenset(["about", "around", "over", "under", "nearly", "some", "up"])


def tag(found: list[Token], mentions: list[Mention], dates: list[When]) -> list[str]:
    """Return one tag for each token."""
    tags = _closed(found)
    for mention in mentions:
        for at in range(mention.start, mention.end):
            tags[at] = "G"
    for when in dates:
        for at, token in enumerate(found):
            joins = token.key in ("after", "before") and token.end == when.end
            if token.start >= when.start and token.end <= when.end and not joins:
                tags[at] = "T"
    for at, token in enumerate(found[:-1]):
        if tags[at] in "PD" and token.key in ROUGHLY and tags[at + 1] == "#":
            tags[at] = "A"
    for at in range(1, len(found) - 1):
        if (
            found[at].key == "and"
            and tags[at - 1] == tags[at + 1] == "#"
            and found[at - 1].key in ("hundred", "thousand")
        ):
            tags[at] = "#"
    for at, token in enumerate(found):
        if (
            token.key in ("there", "here")
            and tags[at] == "w"
            and tags[at + 1 : at + 2] not in (["B"], ["H"], ["M"])
        ):
            tags[at] = "A"
    for at, token in enumerate(found[:-2]):
        if found[at + 1].key == "than" and token.key in ("more", "less", "fewer"):
            tags[at : at + 2] = "AA"
        if (
            token.key == "as"
            and found[at + 2].key == "as"
            and found[at + 1].key in ("many", "much", "few", "far")
        ):
            tags[at : at + 3] = "AAA"
    for at, token in enumerate(found):
        if tags[at] in "wCA" and token.word and is_verb(found, tags, at):
            tags[at] = "V"
    _settle_that(found, tags)
    return tags


ORDER = (
    ("negations", "N"),
    ("be", "B"),
    ("have", "H"),
    ("modals", "M"),
    ("do", "X"),
    ("relatives", "R"),
    ("pronouns", "O"),
    ("determiners", "D"),
    ("prepositions", "P"),
    ("subordinators", "S"),
    ("conjunctions", "C"),
    ("adverbs", "A"),
)


def _closed_map() -> dict[str, str]:
    closed = words().closed
    found: dict[str, str] = {}
    for name, letter in ORDER:
        for word in closed[name]:
            found.setdefault(word, letter)
    found |= {
        "this": "D",
        "that": "S",
        "those": "D",
        "these": "D",
        "her": "D",
        "no": "D",
        "one": "#",
        "then": "A",
        "yet": "A",
        "where": "R",
        "nor": "C",
        "none": "O",
        "nobody": "O",
        "neither": "D",
        "such": "D",
    }
    return found


_MAP: dict[str, str] = {}


def _closed(found: list[Token]) -> list[str]:
    if not _MAP:
        _MAP.update(_closed_map())
    numbers = words()
    tags = []
    for token in found:
        key = token.key
        if token.text in ("'s", "'S"):
            tags.append("'")
        elif token.text in ("'re", "'m"):
            tags.append("B")
        elif token.text == "'ve":
            tags.append("H")
        elif token.text in ("'ll", "'d"):
            tags.append("M")
        elif token.text.lower() in ("n't",):
            tags.append("N")
        elif not token.word:
            tags.append(".")
        elif token.text.lower() in ("a.m.", "p.m."):
            tags.append("T")
        elif token.text[0].isdigit() or key in numbers.numbers or key in numbers.multipliers:
            tags.append("#")
        elif token.joined and key not in numbers.forms:
            tags.append("w")
        elif key in _MAP and not (token.cap and len(key) > 1 and token.text.isupper() and len(key) > 3):
            tags.append(_MAP[key])
        elif key.endswith("ly") and key not in numbers.nouns and len(key) > 4:
            tags.append("A")
        else:
            tags.append("w")
    _no_longer(found, tags)
    return tags


def _no_longer(found: list[Token], tags: list[str]) -> None:
    """``no longer`` denies what follows, as ``not`` does; ``any more`` after ``not`` says no more than that."""
    for at, token in enumerate(found[:-1]):
        follows = found[at + 1].key
        than = at + 2 < len(found) and found[at + 2].key == "than"
        if token.key == "no" and follows == "longer" and not than:
            tags[at : at + 2] = "NA"
        elif (
            token.key == "any"
            and follows in ("more", "longer")
            and not (than or _thing_follows(tags, at + 2))
        ):
            tags[at : at + 2] = "AA"


def _thing_follows(tags: list[str], at: int) -> bool:
    """Whether a word is told how much of: ``any more troops``."""
    return tags[at : at + 1] in (["w"], ["#"], ["G"])


def _settle_that(found: list[Token], tags: list[str]) -> None:
    """``that`` before a noun with no verb to follow is a determiner; ``after`` before a clause opens it."""
    for at, token in enumerate(found):
        if token.key == "that" and tags[at] == "S":
            follows = tags[at + 1] if at + 1 < len(found) else "."
            before = tags[at - 1] if at else "."
            if before == "P" or (follows == "." and before != "V"):
                tags[at] = "O"
            elif follows in "VBHM" and before in "wG":
                tags[at] = "R"
        elif token.key == "since" and at and tags[at - 1] == "H":
            tags[at] = "A"
        elif token.key in BOTH and tags[at] in "PS":
            tags[at] = "S" if _clause_follows(found, tags, at) else "P"
        elif (token.key == "since" and at and tags[at - 1] == "H") or (
            token.key == "so"
            and at + 1 < len(found)
            and found[at + 1].key in ("far", "many", "much", "called")
        ):
            tags[at] = "A"


def _clause_follows(found: list[Token], tags: list[str], at: int) -> bool:
    """Whether a finite verb comes before the next sign, an insertion between commas left out."""
    if found[at].key == "for" or (at + 1 < len(found) and found[at + 1].key in HOURS):
        return False
    k, end = at + 1, len(found)
    while k < end:
        if found[k].text == "," and (after := _past_insertion(found, k)):
            k = after
            continue
        if (tags[k] == "." and found[k].text in ',;:\u2014()"') or tags[k] in "SR":
            return False
        if tags[k] in "BMHX":
            return True
        if tags[k] == "V":
            tenses = words().forms.get(found[k].key, ("", frozenset({"past"})))[1]
            if k == at + 1 and found[k].key.endswith("ing"):
                return False
            if tenses - {"ing"}:
                return True
        k += 1
    return False


def _past_insertion(found: list[Token], at: int) -> int:
    """Return where it goes on after a second comma that is followed by a verb; 0 if it does not."""
    for k in range(at + 1, min(at + 14, len(found) - 1)):
        if found[k].text == ",":
            return k + 1 if found[k + 1].key in words().forms else 0
        if not found[k].word:
            return 0
    return 0
