"""A besieged town: the attacker has taken it, the army denies, the army says two days later that it has gone."""

import pytest
from twin_sieges import DENIED, GONE, STILL, TAKEN, WEEKS, heard, says

SIEGE = [says("besieged", 1, "besieged", "rsf", "none", source_class="agency")]


def town(rows, day):
    return heard(rows, day, members=300)


@pytest.mark.parametrize("before", ([], SIEGE, WEEKS), ids=("nothing", "a siege", "weeks of claims"))
@pytest.mark.parametrize("denials", ([DENIED], [DENIED, STILL]), ids=("denied", "denied twice"))
def test_after_the_admission_the_attacker_holds_it(before, denials):
    found, reports, _ = town([*before, TAKEN, *denials, GONE], 28)
    assert found["holder"] == "rsf" and found["p"] >= 0.95 and not found["contested"]
    assert {"taken", "gone"} <= set(found["rests_on"]) and set(found["contradicted_by"]) >= {"denied"}
    assert reports["gone"]["weight"] > 0.95 and reports["taken"]["weight"] > 0.9 > reports["denied"]["weight"]
    assert reports["gone"]["before"] > reports["gone"]["after"] + 0.1  # its side, the army, goes


@pytest.mark.parametrize("before", ([], WEEKS), ids=("nothing", "weeks of claims"))
def test_before_it_the_town_is_contested_and_never_sure(before):
    found, reports, said = town([*before, TAKEN, DENIED, STILL], 27)
    assert found["contested"] and found["p"] < 0.95 and found["unanswered"]
    assert "contested" in said["sentence"]
    assert set(found["settled_by"]) == {"army", "rsf"}
    assert found["settled_by"]["rsf"]["admission"] >= 0.95 > found["held_by"]["rsf"]
    assert 0.1 < reports["taken"]["weight"] < 0.9


def test_the_admission_alone_nearly_settles_it():
    found, _, _ = town([GONE], 28)
    assert found["holder"] == "rsf" and found["p"] > 0.8


def test_a_takers_own_word_that_nobody_denies_is_likelier_than_not_and_makes_nobody_sure():
    """Of such claims about three of four were so."""
    found, reports, _ = town([TAKEN], 26)
    assert found["contested"] or found["p"] < 0.95
    assert 0.55 < found["held_by"]["rsf"] < 0.95 and 0.5 < reports["taken"]["weight"] < 0.95
