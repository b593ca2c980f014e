"""What each word of a sentence does: verb, auxiliary, preposition, name and so on, by tables and neighbours."""

from __future__ import annotations

from headlong.reports.reading.dates import When
from headlong.reports.reading.lexicon import listed, words
from headlong.reports.reading.mentions import Mention
from headlong.reports.reading.tokens import Token

__all__ = ["tag"]

# One letter for each job: D determiner, P preposition, S subordinator, R relative, C conjunction, O pronoun, B be,
# H have, M modal, X do, N negation, A adverb, V verb, # number, T date, G name, ' possessive, w other word, . sign.
BOTH = listed("tags.both")
NOUNISH = listed("tags.nounish")
ARTICLES = frozenset(["the", "a", "an", "its", "their", "his", "our", "her", "my", "every", "no", "your"])
STATIVE = listed("tags.stative")
QUALIFYING = frozenset({"lost", "used", "based", "backed", "armed", "allied", "led"})
ROUGHLY = frozenset(["about", "around", "over", "under", "nearly", "some", "up"])


def tag(found: list[Token], mentions: list[Mention], dates: list[When]) -> list[str]:
    """Return one tag for each token."""
    tags = _closed(found)
    for mention in mentions:
        for at in range(mention.start, mention.end):
            tags[at] = "G"
    for when in dates:
        for at, token in enumerate(found):
            if token.start >= when.start and token.end <= when.end:
                tags[at] = "T"
    for at, token in enumerate(found[:-1]):
        if tags[at] in "PD" and token.key in ROUGHLY and tags[at + 1] == "#":
            tags[at] = "A"
    for at, token in enumerate(found):
        if tags[at] in "wCA" and token.word and _is_verb(found, tags, at):
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
    return tags


def _is_verb(found: list[Token], tags: list[str], at: int) -> bool:
    """Decide whether a word that can be a verb is one here."""
    token = found[at]
    form = words().forms.get(token.key)
    if form is None:
        return _looks_past(found, tags, at)
    if token.joined or (at + 1 < len(found) and found[at + 1].joined):
        return False
    if token.cap and at > 0 and tags[at - 1] != "." and found[at - 1].text != '"':
        return False
    lemma, tenses = form
    before, earlier = _before(tags, at)
    key = found[before].key if before >= 0 else ""
    if _names_a_thing(token, tenses, earlier, key, _object_follows(tags, at)):
        return False
    if earlier in "MBHX" or (earlier == "N" and before > 0):
        return not ("ing" not in tenses and earlier == "B" and tenses <= {"base", "s"})
    if key == "to":
        return "base" in tenses
    if "past" in tenses or "part" in tenses:
        plain = "base" in tenses and lemma in NOUNISH and earlier in "DP'"
        return not plain and _is_past_verb(found, tags, at, earlier)
    if "ing" in tenses:
        return _is_ing_verb(found, tags, at, earlier, lemma)
    return _is_present_verb(found, tags, at, lemma)


def _names_a_thing(token: Token, tenses: frozenset[str], earlier: str, key: str, acts: bool) -> bool:
    """Whether a word that the tables know as a noun is one: ``forces``, ``crossing``, ``witnesses``."""
    table = words()
    if token.key not in table.nouns and token.key not in table.groups and token.key not in table.sources:
        return False
    if tenses <= {"s", "base"} and earlier not in "OMXR" and key != "to":
        return True
    return tenses == {"ing"} and earlier in "GD'" and not acts


def _is_present_verb(found: list[Token], tags: list[str], at: int, lemma: str) -> bool:
    """``control`` after a plural or a name is a verb, after an article a noun."""
    before, earlier = _before(tags, at)
    key = found[before].key if before >= 0 else ""
    if earlier == "w" and _in_article(tags, at):
        plural = key.endswith("s") or key in ("people", "men", "police", "women", "strongmen")
        if not plural or lemma == "rush":
            return False
    if lemma in NOUNISH:
        if lemma in STATIVE and earlier in "Gw":
            return _object_follows(tags, at)
        return earlier in "OR" or (before == at - 2 and tags[at - 1] == "A" and earlier in "GOw")
    return earlier not in "DP'#" and before >= 0


def _before(tags: list[str], at: int) -> tuple[int, str]:
    """Return the position and tag of the word before, adverbs skipped."""
    before = at - 1
    while before >= 0 and tags[before] == "A":
        before -= 1
    return before, tags[before] if before >= 0 else "."


def _object_follows(tags: list[str], at: int) -> bool:
    return at + 1 < len(tags) and tags[at + 1] in "DGOw#"


def _is_past_verb(found: list[Token], tags: list[str], at: int, earlier: str) -> bool:
    """``captured`` after a subject is a verb; between an article and a noun it is not."""
    follows = tags[at + 1] if at + 1 < len(found) else "."
    noun_follows = follows in "wG#"
    if tags[at - 1] == "D" and found[at - 1].key in ARTICLES:
        return False
    if earlier in "D'#" and follows in "wG":
        return False
    if earlier == "P" and noun_follows and found[at].key not in ("left",):
        return False
    if found[at].key == "left" and earlier in "DP":
        return False
    return not (found[at].key in QUALIFYING and follows == "w" and earlier in "P.")


def _is_ing_verb(found: list[Token], tags: list[str], at: int, earlier: str, lemma: str) -> bool:
    follows = tags[at + 1] if at + 1 < len(found) else "."
    if found[at].key in words().nominals or found[at].key in (
        "fighting",
        "shelling",
        "bombing",
        "meeting",
        "building",
    ):
        return earlier == "B" or (earlier in "GwO" and follows in "P" and earlier == "O")
    if earlier in "D'" or (earlier == "w" and follows in "."):
        return follows in "DG" and earlier != "D"
    return True


def _looks_past(found: list[Token], tags: list[str], at: int) -> bool:
    """Unknown small words in -ed after a subject or auxiliary count as verbs."""
    token = found[at]
    if token.cap or token.joined or len(token.key) < 5 or not token.key.endswith("ed") or tags[at] != "w":
        return False
    if (
        token.key in words().nouns
        or token.key in words().groups
        or token.key in ("hundred", "kindred", "united", "sacred")
    ):
        return False
    _, earlier = _before(tags, at)
    follows = tags[at + 1] if at + 1 < len(found) else "."
    if earlier in "BH":
        return True
    return earlier in "GwOR" and not (follows == "w" and _in_article(tags, at))


def _in_article(tags: list[str], at: int) -> bool:
    """Whether an article opens the group that a word stands in."""
    while at > 0 and tags[at - 1] in "wA#":
        at -= 1
    return at > 0 and tags[at - 1] in "D'"


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
        elif token.key in BOTH and tags[at] in "PS":
            tags[at] = "S" if _clause_follows(found, tags, at) else "P"
        elif (token.key == "since" and at and tags[at - 1] == "H") or (
            token.key == "so"
            and at + 1 < len(found)
            and found[at + 1].key in ("far", "many", "much", "called")
        ):
            tags[at] = "A"


def _clause_follows(found: list[Token], tags: list[str], at: int) -> bool:
    """Whether a finite verb comes before the next sign."""
    if found[at].key == "for":
        return False
    for k in range(at + 1, len(found)):
        if (tags[k] == "." and found[k].text in ',;:\u2014()"') or tags[k] in "SR":
            return False
        if tags[k] in "BMHX":
            return True
        if tags[k] == "V":
            tenses = words().forms.get(found[k].key, ("", frozenset({"past"})))[1]
            if k == at + 1 and found[k].key.endswith("ing"):
                return False
            return bool(tenses - {"ing"})
    return False
