"""Whether a word that can be a verb is one where it stands."""

from __future__ import annotations

from headlong.reading.lexicon.lexicon import listed, words
from headlong.reading.lexicon.tokens import Token

__all__ = ["is_verb"]

NOUNISH = listed("tags.nounish")


ARTICLES = frozenset(["the", "a", "an", "its", "their", "his", "our", "her", "my", "every", "no", "your"])


STATIVE = listed("tags.stative")


MOVING = frozenset(["retreat", "flee", "advance", "withdraw", "surrender", "defend", "march"])
QUALIFYING = frozenset({"lost", "used", "based", "backed", "armed", "allied", "led"})


def is_verb(found: list[Token], tags: list[str], at: int) -> bool:
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
    ends = tags[at + 1 : at + 2] in ([], ["."]) and bool({"V", "B", "H"} & set(tags[:at]))
    ends = ends and _group_after(found, tags, at) not in "VP"
    if _names_a_thing(token, tenses, earlier, key, _object_follows(tags, at), ends):
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


def _names_a_thing(
    token: Token, tenses: frozenset[str], earlier: str, key: str, acts: bool, ends: bool
) -> bool:
    """Whether a word that the tables know as a noun is one: ``forces``, ``crossing``, ``witnesses``."""
    table = words()
    if token.key not in table.nouns and token.key not in table.groups and token.key not in table.sources:
        return False
    if tenses <= {"s"} and earlier in "Gw" and table.kinds.get(table.forms[token.key][0]) == "say" and ends:
        return False
    if acts and tenses <= {"s", "base"} and table.forms[token.key][0] in STATIVE and earlier in "Gw":
        return False
    if tenses <= {"s", "base"} and earlier not in "OMXRN" and key != "to":
        return True
    return tenses == {"ing"} and earlier in "GD'" and not acts


def _is_present_verb(found: list[Token], tags: list[str], at: int, lemma: str) -> bool:
    """``control`` after a plural or a name is a verb, after an article a noun."""
    before, earlier = _before(tags, at)
    key = found[before].key if before >= 0 else ""
    if words().forms[found[at].key][1] == {"s"}:
        return _is_third_person(found, tags, at, lemma, key, earlier)
    if (
        lemma in NOUNISH
        and earlier == "C"
        and "V" in tags[:before]
        and tags[at + 1 : at + 2] in (["D"], ["G"], ["O"])
    ):
        return True
    if earlier == "w" and _in_article(tags, at):
        plural = key.endswith("s") or key in ("people", "men", "police", "women", "strongmen")
        if not plural or lemma == "rush":
            return False
    if lemma in NOUNISH:
        if lemma in STATIVE and earlier in "Gw":
            to = at + 1 < len(found) and found[at + 1].key == "to" and lemma in ("claim", "plan", "hope")
            return to or _object_follows(tags, at)
        return earlier in "OR" or (before == at - 2 and tags[at - 1] == "A" and earlier in "GOw")
    return earlier not in "DP'#" and before >= 0


def _is_third_person(
    found: list[Token], tags: list[str], at: int, lemma: str, key: str, earlier: str
) -> bool:
    """``says``, ``tells`` after one speaker; ``reports``, ``controls`` only with an object or at the end."""
    if lemma in NOUNISH | STATIVE - {"say"} and _group_after(found, tags, at) in "VP":
        return False
    if lemma not in NOUNISH and lemma not in STATIVE - {"say"}:
        return earlier in "GwOR#" or (earlier == "." and _after_comma(found, at))
    if earlier in "OR":
        return True
    follows = tags[at + 1] if at + 1 < len(found) else "."
    if key.endswith("s") and earlier == "w":
        return False
    spoken = words().kinds.get(lemma) in ("say", "confirm", "deny") and bool({"V", "B", "H"} & set(tags[:at]))
    ends = follows in ".T" and spoken
    return earlier in "Gw" and (ends or follows in "DGOS")


def _group_after(found: list[Token], tags: list[str], at: int) -> str:
    """Return what stands before the group of words before a word; after a verb or preposition it is no subject."""
    while at > 0 and (tags[at - 1] in "wA#DG'" or found[at - 1].key == "of"):
        at -= 1
    return tags[at - 1] if at > 0 else "."


def _after_comma(found: list[Token], at: int) -> bool:
    """Whether a comma stands before a word: ``Karzai, with his daughters beside him, says``."""
    return at > 0 and found[at - 1].text == ","


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
    if found[at].key in QUALIFYING and at + 1 < len(found) and found[at + 1].key in words().groups:
        return False
    if earlier == "V" and follows in "wG" and found[at].key.endswith("ed"):
        return False
    described = _in_article(tags, at) and found[at].key.endswith("ed") and not _can_act(found[at - 1])
    if (earlier in "D'#" or described) and follows in "wG":
        return False
    if earlier == "P" and noun_follows and found[at].key not in ("left",):
        return False
    if found[at].key == "left" and earlier in "DP":
        return False
    return not (found[at].key in QUALIFYING and follows == "w" and earlier in "P.")


def _can_act(token: Token) -> bool:
    """Whether a word can be who does it: ``the army captured Kunduz``, not ``the heavily armed men``."""
    table = words()
    key = token.key
    known = (
        key in table.groups
        or key in table.sources
        or table.nouns.get(key) in ("person", "civil", "settlement")
    )
    return known or (key.endswith("s") and key not in table.closed["adverbs"])


def _is_ing_verb(found: list[Token], tags: list[str], at: int, earlier: str, lemma: str) -> bool:
    follows = tags[at + 1] if at + 1 < len(found) else "."
    if found[at].key in words().nominals or found[at].key in (
        "fighting",
        "shelling",
        "bombing",
        "meeting",
        "building",
    ):
        if earlier in "w" and follows == "P" and found[at - 1].key in words().groups:
            return True
        return earlier == "B" or (earlier == "O" and follows == "P") or (earlier in "PS" and follows in "GD")
    if earlier == "." and lemma in MOVING and follows == "w" and found[at + 1].key in words().groups:
        return False
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
