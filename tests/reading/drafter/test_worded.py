"""Where words leave no choice both drafters say the same: what is over, taken back, done by two, or by nobody known."""

import pytest

import headlong as hl
from headlong.reading.trained import weights as where
from reading import open_gold_case

CASE = open_gold_case("lurania")
DAY = "2031-03-28"
TRAINED = pytest.param(
    "local", marks=pytest.mark.skipif(where.weights() is None, reason="the trained weights are not here")
)
BOTH = pytest.mark.parametrize("drafter", ["rules", TRAINED])


def read(text, drafter):
    return hl.read_text(f"VELMONT, 28 March. {text}", CASE, DAY, drafter)


def told(text, drafter):
    found = set()
    for row in read(text, drafter)["reports"]:
        denied = " denied" if row["polarity"] == "denied" else ""
        found.add(f"{row['claim']} {row['side'] or '-'} {row['place']}{denied}")
    return found


OVER = [
    ("The army said it no longer holds Ribwell.", "gov ribwell", "own_failure"),
    ("The Front no longer holds Pinford.", "front pinford", "none"),
    ("Government forces no longer control Tambor.", "gov tambor", "none"),
    ("The ministry conceded that Ribwell was not in its hands any more.", "gov ribwell", "own_failure"),
    ("The army does not hold Ribwell anymore.", "gov ribwell", "none"),
    ("The army does not control Ribwell any longer.", "gov ribwell", "none"),
    ("Ribwell is no longer under government control.", "gov ribwell", "none"),
    ("The army has ceased to hold Ribwell.", "gov ribwell", "none"),
    ("Pinford is no longer held by the Front.", "front pinford", "none"),
    ("The Front said it was no longer in control of Pinford.", "front pinford", "own_failure"),
    ("The army has lost control of Tambor.", "gov tambor", "none"),
    ("The Front lost Pinford, its commander admitted.", "front pinford", "own_failure"),
    ("The army admitted it had lost Ribwell.", "gov ribwell", "own_failure"),
]


@BOTH
@pytest.mark.parametrize(("text", "who", "interest"), OVER)
def test_that_a_side_holds_a_place_no_more_is_its_holding_denied(text, who, interest, drafter):
    assert told(text, drafter) == {f"held {who} denied"}
    (row,) = read(text, drafter)["reports"]
    assert (row["verification"], row["interest"]) == ("denied", interest)


@BOTH
@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("The Front no longer holds talks in Ribwell.", set()),
        ("The army lost a tank near Ribwell.", set()),
        ("The army no longer attacks Ribwell.", set()),
        ("The army still holds Ribwell.", {"held gov ribwell"}),
        ("The Front lost Pinford to the army.", {"fell gov pinford"}),
        ("The League captured Ribwell on Friday, and the army lost Lusk.", None),
        ("The army no longer holds Ribwell, which the League captured on Friday.", None),
    ],
)
def test_a_winner_who_is_named_has_it_and_other_words_say_nothing_of_it(text, rows, drafter):
    found = told(text, drafter)
    if rows is None:
        assert "fell league ribwell" in found
    else:
        assert found == rows


RETRACTED = [
    ("The Front took back its claim that it had captured Zelmar.", "fell front zelmar"),
    ("The Front took its claim to have captured Zelmar back.", "fell front zelmar"),
    ("We withdraw our report that the Coastal League captured Zelmar.", "fell league zelmar"),
    ("On Saturday the agency retracted its report of Monday that Zelmar had fallen.", "fell - zelmar"),
    ("The report that Zelmar had fallen was withdrawn.", "fell - zelmar"),
    (
        "CORRECTION: An earlier version said Zelmar had fallen to the League. It has not.",
        "fell league zelmar",
    ),
    ("A previous version of this story said that the League had captured Zelmar.", "fell league zelmar"),
    ("The Front withdrew its statement that it holds Tambor.", "held front tambor"),
    ("The agency corrected an earlier report that Tambor had fallen to the Front.", "fell front tambor"),
    ("The League disowned its claim to have taken Lusk.", "fell league lusk"),
    ("The Front retracted its claim of the capture of Zelmar.", "fell front zelmar"),
]


@BOTH
@pytest.mark.parametrize(("text", "denied"), RETRACTED)
def test_what_is_taken_back_is_denied(text, denied, drafter):
    assert told(text, drafter) == {f"{denied} denied"}


def test_who_takes_back_a_success_of_his_own_admits_a_failure():
    (row,) = read(RETRACTED[0][0], "rules")["reports"]
    assert (row["source_class"], row["interest"]) == ("belligerent", "own_failure")


@BOTH
@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("The Front took back Zelmar.", {"fell front zelmar"}),
        ("The army took Zelmar back from the League.", {"fell gov zelmar"}),
        ("The ministry withdrew the report of the mine.", set()),
        ("The Front withdrew from Zelmar, the agency reported.", {"withdrew front zelmar"}),
        ("The League withdrew its fighters from Zelmar.", {"withdrew league zelmar"}),
        ("The Front repeated its claim that it had captured Zelmar.", {"fell front zelmar"}),
        ("The agency corrected its report: the League captured Zelmar.", {"fell league zelmar"}),
    ],
)
def test_towns_and_troops_are_taken_back_too(text, rows, drafter):
    assert told(text, drafter) == rows


@BOTH
@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("The League and the Front took Zelmar together.", {"fell league zelmar", "fell front zelmar"}),
        (
            "The Front, together with the League, captured Zelmar.",
            {"fell league zelmar", "fell front zelmar"},
        ),
        ("Zelmar was captured by the Front and the League.", {"fell league zelmar", "fell front zelmar"}),
        (
            "Zelmar is in the hands of neither the Front nor the League.",
            {"held front zelmar denied", "held league zelmar denied"},
        ),
        (
            "Neither the Front nor the League holds Zelmar.",
            {"held front zelmar denied", "held league zelmar denied"},
        ),
        (
            "The Front took Zelmar and the League took Lusk.",
            {"fell front zelmar", "fell league lusk"},
        ),
        ("The Front took Zelmar from the League.", {"fell front zelmar"}),
    ],
)
def test_two_sides_of_one_deed_are_two_rows_that_contradict_nothing(text, rows, drafter):
    assert told(text, drafter) == rows
    assert not read(text, drafter)["flags"]


@BOTH
@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Both the Front and the League claim to have taken Zelmar.", "fell"),
        ("The Front and the League each said they had captured Zelmar.", "fell"),
    ],
)
def test_two_who_claim_one_place_each_claim_it_for_themselves(text, claim, drafter):
    assert told(text, drafter) == {f"{claim} front zelmar", f"{claim} league zelmar"}
    found = read(text, drafter)
    assert {row["interest"] for row in found["reports"]} == {"own_success"}
    assert [flag["kind"] for flag in found["flags"]] == ["contradiction"]


@BOTH
@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Unknown gunmen attacked Lusk on Friday.", "attacked - lusk"),
        ("Unknown fighters took Lusk on Friday.", "fell - lusk"),
        ("Lusk was attacked by unidentified gunmen.", "attacked - lusk"),
        ("Armed men of unknown allegiance captured Lusk.", "fell - lusk"),
        ("Gunmen attacked Lusk.", "attacked - lusk"),
        ("Unknown fighters of the Front attacked Lusk.", "attacked front lusk"),
        ("Gunmen of the League attacked Lusk.", "attacked league lusk"),
    ],
)
def test_doers_whom_nobody_knows_are_of_no_side(text, row, drafter):
    assert told(text, drafter) == {row}


@BOTH
def test_nobody_takes_or_holds_a_place_over_the_border(drafter):
    found = read("Gorsh fell to the Coastal League, officials said.", drafter)
    assert not found["reports"]
    assert "'gorsh' lies over the border and cannot be 'fell'" in [one["why"] for one in found["skipped"]]
    found = read("Gorsh fell to the Coastal League and the Front captured Lusk.", drafter)
    assert [row["place"] for row in found["reports"]] == ["lusk"]
    assert [flag["kind"] for flag in found["flags"]] == ["place_mismatch"]
    assert told("The army attacked Gorsh.", drafter) == {"attacked gov gorsh"}
