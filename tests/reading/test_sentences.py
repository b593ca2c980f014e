"""Many ways of saying one thing: each sentence with the claims, the flags or the class of source it must give.

``sentences/claims.txt``: sentence, then claim, side and place (several apart by ``;``), ``-`` for none.
``sentences/flags.txt``: sentence and the kind of flag. ``sentences/speakers.txt``: who says it, and the class.
``sentences/spoken.txt``: claim, side, place and class of source of each row.
``sentences/passages.txt``: case, day, two or three sentences, and sentence number, claim, side and place of each row.
"""

from pathlib import Path

import pytest

from headlong.case import open_case
from headlong.reading.reader import read_text

CASE = open_case("zaire-1996-97")
FOLDER = Path(__file__).parent / "sentences"
OWN = Path(__file__).parent / "gold" / "cases"


def lines(name):
    return [tuple(line.rsplit("|", 1)) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def told(report):
    denied = " denied" if report["polarity"] == "denied" else ""
    return f"{report['claim']} {report['side'] or '-'} {report['place']}{denied}"


@pytest.mark.parametrize(("sentence", "wanted"), lines("claims.txt"))
def test_claims(sentence, wanted):
    reports = read_text(f"Rain fell. {sentence}.", CASE, "1997-05-03")["reports"]
    assert ({told(report) for report in reports} or {"-"}) == set(wanted.split(";"))


@pytest.mark.parametrize(("sentence", "kind"), lines("flags.txt"))
def test_flags(sentence, kind):
    flags = read_text(f"Rain fell on the town. {sentence}", CASE, "1997-05-04")["flags"]
    assert ({flag["kind"] for flag in flags} or {"-"}) == {kind}


@pytest.mark.parametrize(("who", "wanted"), lines("speakers.txt"))
def test_speakers(who, wanted):
    after = f"AFDL fighters entered Kikwit on Friday, {who}."
    before = f"{who[0].upper()}{who[1:]} that AFDL fighters entered Kikwit on Friday."
    if who.endswith("showed"):
        after = before = f"{who[0].upper()}{who[1:]} AFDL fighters entering Kikwit on Friday."
    for text in (before, after):
        reports = read_text(f"Rebels took Kenge on Friday. {text}", CASE, "1997-05-03")["reports"]
        assert [r["source_class"] for r in reports if r["place"] == "kikwit"] == [wanted]


@pytest.mark.parametrize("line", (FOLDER / "passages.txt").read_text("utf-8").splitlines())
def test_passages(line):
    case, day, text, wanted = line.split("|")
    opened = open_case(str(OWN / case) if (OWN / case).exists() else case)
    reports = read_text(text, opened, day)["reports"]
    assert sorted(f"{r['sentence']} {r['claim']} {r['side']} {r['place']}" for r in reports) == sorted(
        wanted.split(";")
    )


@pytest.mark.parametrize(("text", "wanted"), lines("spoken.txt"))
def test_spoken(text, wanted):
    reports = read_text(text, CASE, "1997-05-03")["reports"]
    assert {f"{told(report)} {report['source_class']}" for report in reports} == set(wanted.split(";"))
