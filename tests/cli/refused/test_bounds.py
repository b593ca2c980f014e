"""Days at the ends of the calendar, what is no number, bytes that are no text: refused, whatever the verb."""

from types import SimpleNamespace

import click
import pytest
from toyland import SMALL
from verbs import run_verb

from headlong import read_text
from headlong.case import open_case
from headlong.cli import headlong
from headlong.cli.edge import DayParam, NumberParam, WholeParam
from headlong.cli.inits_and_leads import read_leads
from headlong.errors import BadRequest
from headlong.importers.formats.values import day_of
from headlong.reports.report_file import read_added
from headlong.view.page.server import open_server


@pytest.mark.parametrize(
    "day",
    ["99999999999999999999-1-1", "1-1-99999999999999999999", "9" * 5000, "1-1-" + "9" * 5000, "0001-01-01",
     "9999-12-31", "٢٠٢١-٠١-٠١", "-", ""],
)  # fmt: skip
@pytest.mark.parametrize(
    "verb",
    [("forecast", "toyland", "--init"), ("nowcast", "toyland", "--init"),
     ("archive", "kept", "toyland", "--to", "2031-02-01", "--from"),
     ("read", "text.txt", "--case", "toyland", "--published"), ("import", "flee", ".", "new", "--start")],
)  # fmt: skip
def test_no_day_is_a_fault(toyland, capsys, tmp_path, verb, day):
    (tmp_path / "text.txt").write_text("The Guild captured Alpha on Thursday.")
    code, out, err = run_verb(capsys, *verb, day)
    assert code == 2 and out == "" and "fault of the program" not in err
    assert verb[-1] in err and len(err) < 700


@pytest.mark.parametrize("verb", ["check", "forecast", "nowcast", "verify", "what-if"])
@pytest.mark.parametrize("year", ["9999", "0001"])
@pytest.mark.parametrize("end", ["end = {year}-12-31", ""])
def test_a_case_at_an_end_of_the_calendar_is_refused(toyland, capsys, verb, year, end):
    settings = (
        SMALL["case.toml"].replace("2031-01-01", f"{year}-12-01").replace("2031-02-01", f"{year}-12-30")
    )
    settings = settings.replace("end = 2031-03-31", end.format(year=year))
    (toyland / "case.toml").write_text(settings)
    for name in ("history.csv", "reports.csv"):
        (toyland / name).unlink(missing_ok=True)
    code, out, err = run_verb(capsys, verb, "toyland", *(["calm"] if verb == "what-if" else []))
    assert code == 2 and out == "" and "case.toml" in err and "not in a year from 1000 to 9899" in err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_text_and_no_event_is_of_such_a_day(toyland, day):
    with pytest.raises(BadRequest, match="not in a year"):
        read_text("The Guild captured Alpha last week.", "toyland", day, "rules")
    assert day_of(day) is None and day_of("2021-08-12") is not None


def options(command):
    for one in getattr(command, "commands", {}).values():
        yield from options(one)
    yield from command.params


def test_no_option_takes_what_is_no_number(toyland, capsys, tmp_path):
    kinds = {type(option.type) for option in options(headlong)}
    assert {NumberParam, WholeParam} <= kinds
    assert not kinds & {
        click.FloatRange,
        click.types.FloatParamType,
        click.IntRange,
        click.types.IntParamType,
    }
    (tmp_path / "events.csv").write_text("event_date\n")
    for word in ("nan", "NaN", "-nan", "inf", "1e999"):
        code, out, err = run_verb(capsys, "import", "acled", "events.csv", "toyland", "--within", word)
        assert code == 2 and out == "" and "--within" in err


@pytest.mark.parametrize("word", ["1e3", "0x10", "1_000", "\uff11\uff10", "\u0663", "5.0", "ten", "9" * 5000])
def test_what_is_not_written_in_digits_is_said_to_be_none(word):
    with pytest.raises(click.BadParameter, match="is not a whole number") as refused:
        WholeParam(1, 9).convert(word, None, None)
    assert len(str(refused.value)) < 120
    assert WholeParam(1, 9).convert("+5", None, None) == 5
    if not word[0].isascii() or "_" in word:
        with pytest.raises(click.BadParameter, match="is not a number"):
            NumberParam(1, 9).convert(word, None, None)
        with pytest.raises(BadRequest, match="are not whole numbers"):
            read_leads(f"3,{word}")


def test_digits_that_look_like_others_make_no_day():
    with pytest.raises(click.BadParameter, match="Did you mean 2021-08-12"):
        DayParam().convert("2021-08-\uff112", None, None)


def places_of_words(command, before=()):
    """Each verb with an empty word where a name or a value may stand."""
    for name, one in getattr(command, "commands", {}).items():
        yield from places_of_words(one, (*before, name))
    if not hasattr(command, "commands"):
        yield (*before, "")
        for option in command.params:
            if isinstance(option, click.Option) and not option.is_flag:
                yield (*before, "x", option.opts[-1], "")
                yield (*before, "x", f"{max(option.opts, key=len)}=")


@pytest.mark.parametrize("words", list(places_of_words(headlong)), ids=" ".join)
def test_an_empty_word_names_nothing(tmp_path, monkeypatch, capsys, words):
    monkeypatch.chdir(tmp_path)
    code, out, err = run_verb(capsys, *words)
    assert code == 2 and not out and "is empty ('')" in err and "Write what it should be" in err
    option = next((word.rstrip("=") for word in words if word.startswith("--")), "word")
    assert option in err and not list(tmp_path.iterdir())


def test_an_empty_name_is_no_case(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadRequest, match="the name of the case is empty"):
        open_case("")


def twice(command, before=()):
    """Each option of one value of each verb, given twice."""
    for name, one in getattr(command, "commands", {}).items():
        yield from twice(one, (*before, name))
    for option in () if hasattr(command, "commands") else command.params:
        if isinstance(option, click.Option) and not (option.is_flag or option.multiple):
            yield (*before, option.opts[0], "1", option.opts[0], "2")


@pytest.mark.parametrize("words", list(twice(headlong)), ids=" ".join)
def test_no_value_is_dropped_for_another(capsys, words):
    code, out, err = run_verb(capsys, *words)
    assert code == 2 and not out and f"{words[-2]} is given more than once" in err


@pytest.mark.parametrize(
    "words",
    [("forecast", "toyland", "--reports", "bad\udcff.csv"), ("check", "\udcff"),
     ("view", "made.nc", "--host", "\udcff"), ("\udcff",), ("export", "made.nc", "made\udcff.html")],
)  # fmt: skip
def test_bytes_that_are_no_text_are_refused_at_once(toyland, capsys, words):
    code, out, err = run_verb(capsys, *words)
    assert code == 2 and out == "" and "not UTF-8" in err and "?" in err


def test_names_that_are_no_text_are_told_with_a_sign_for_it(toyland, tmp_path):
    header = SMALL["reports.csv"].splitlines(keepends=True)[0]
    (tmp_path / "bad\udcff.csv").write_text(header)
    assert read_added(open_case("toyland"), tmp_path / "bad\udcff.csv").files == ("bad?.csv",)


@pytest.mark.parametrize("host", ["\udcff", "a" * 300, "a..b", "a\x00b"])
def test_no_name_of_a_host_is_a_fault(host):
    with pytest.raises(BadRequest, match="cannot listen"):
        open_server(SimpleNamespace(), host)


def test_settings_are_read_with_any_line_ends(toyland, tmp_path):
    plain = (tmp_path / "toyland" / "case.toml").read_text()
    first = open_case("toyland").title
    for ends in ("\r", "\r\n"):
        (tmp_path / "toyland" / "case.toml").write_bytes(plain.replace("\n", ends).encode())
        assert open_case("toyland").title == first
