"""Long sentences and long lists: each main clause is seen alone, and no place goes without a sign."""

from datetime import date
from itertools import pairwise

import pytest

import headlong as hl
import reading
from headlong.case import open_case
from headlong.reading.reader import reading_of
from headlong.reading.trained import weights as where
from headlong.reading.trained.parts import LONG, parts_of
from headlong.reading.trained.slots import slots_of

CASE = open_case("afghanistan-2021")
DAY = "2021-08-13"
TRAINED = pytest.mark.skipif(where.weights() is None, reason="the trained weights are not here")
FIRST = "The Taliban captured Herat on Thursday after a day of fighting in the streets of the old city"
SECOND = (
    "the army pulled out of Kandahar in the night without telling anybody in the town of what it was about"
)


def parts(text):
    """The words of each part of a text's first sentence."""
    laid = reading_of(text, CASE, date.fromisoformat(DAY))
    tokens = laid.parsed[0].tokens
    return [" ".join(token.text for token in tokens[a:b]) for a, b in parts_of(laid, 1)]


@pytest.mark.parametrize("sign", ["; ", ", and ", ", while ", " - ", ": ", ", but ", " \u2014 "])
def test_a_long_sentence_is_cut_where_a_main_clause_begins(sign):
    one, two = parts(f"{FIRST}{sign}{SECOND}.")
    assert "Kandahar" not in one and "Herat" not in two


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}.",
        f'"{FIRST}; {SECOND}," he said.',
        "The Taliban took Herat; the army left Kandahar.",
        f"{FIRST}, in a province of some two million, many of them poor, and of no great love for those in Kabul.",
        f"The ministry denied that {FIRST[0].lower()}{FIRST[1:]} and that {SECOND}.",
    ],
)
def test_what_is_short_or_quoted_or_hangs_on_a_denial_is_one_part(text):
    assert len(parts(text)) == 1


@pytest.mark.parametrize("gold", reading.gold_texts("tuned")[::4], ids=lambda gold: gold.id)
def test_parts_are_the_whole_sentence_in_order_and_each_has_a_verb(gold):
    case = reading.open_gold_case(gold.case)
    laid = reading_of(gold.text, case, date.fromisoformat(gold.published))
    for number, parsed in enumerate(laid.parsed, 1):
        spans = parts_of(laid, number)
        assert spans[0][0] == 0 and spans[-1][1] == len(parsed.tokens)
        assert all(a[1] == b[0] for a, b in pairwise(spans))
        if len(spans) > 1:
            verbs = [c.verb.start for c in laid.clauses[number - 1] if c.verb is not None]
            assert sum(token.word for token in parsed.tokens) > LONG
            assert all(any(a <= verb < b for verb in verbs) for a, b in spans)


def rows(text):
    found = hl.read_text(text, CASE, DAY, "local")["reports"]
    return {(row["place"], row["claim"], row["side"], row["polarity"]) for row in found}


@TRAINED
@pytest.mark.parametrize("sign", ["; ", ", and ", ", while ", " - "])
def test_two_sentences_joined_to_a_long_one_say_the_same(sign):
    assert rows(f"{FIRST}{sign}{SECOND}.") == rows(f"{FIRST}. {SECOND[0].upper()}{SECOND[1:]}.")


TOWNS = [
    "Sheberghan",
    "Sar-e Pul",
    "Kunduz",
    "Taloqan",
    "Aybak",
    "Farah",
    "Faizabad",
    "Ghazni",
    "Zaranj",
    "Bamyan",
]


@TRAINED
def test_no_place_of_a_long_list_is_left_out():
    told = rows(f"The Taliban now hold {', '.join(TOWNS)} and Khost.")
    assert len(told) == len(TOWNS) + 1 and {row[1:] for row in told} == {("held", "taliban", "asserted")}


def test_places_that_were_seen_make_room_for_the_others():
    laid = reading_of(f"The Taliban hold {', '.join(TOWNS)}.", CASE, date.fromisoformat(DAY))
    first = slots_of(laid, 1, [])
    second = slots_of(laid, 1, [], without=frozenset(first.places))
    assert not set(first.places) & set(second.places)
    assert len(first.named) == len(TOWNS) and first.named <= {*first.places, *second.places}
