"""Too few members give no interval: null in JSON, words or a dash in print."""

import json
import re

import pytest
from verbs import run_verb

from headlong.text import FEW_MEMBERS

SHORT = ("--days", "5", "--no-reports")
SPREAD = re.compile(r"p05|p10|p25|p75|p90|p95|queue_p90|interval_50|interval_90|low|high|weak|strong")
BETWEEN = re.compile(r"\d–\d|[\d%] to [+−\d]|P90 \d")
"""What an interval looks like in print."""


def asked(capsys, verb, members, *more):
    words = (verb, "toyland", *(["calm"] if verb == "what-if" else []), *SHORT, "--members", str(members))
    code, out, _ = run_verb(capsys, *words, *more)
    assert code == 0
    return out


def spreads(found):
    """Every number that speaks of the spread of members."""
    for key, value in found.items() if isinstance(found, dict) else enumerate(found):
        if isinstance(key, str) and SPREAD.fullmatch(key):
            yield from value.values() if isinstance(value, dict) else [value]
        elif isinstance(value, (dict, list)):
            yield from spreads(value)


@pytest.mark.parametrize("verb", ("forecast", "what-if"))
def test_too_few_members_give_no_interval_in_json(toyland, capsys, verb):
    for members in (1, FEW_MEMBERS - 1, FEW_MEMBERS):
        found = json.loads(asked(capsys, verb, members, "--json"))
        found.pop("track_record", None)
        told = list(spreads(found))
        assert told and all((one is None) == (members < FEW_MEMBERS) for one in told)
        assert ("too few for an interval" in found["sentence"]) == (members < FEW_MEMBERS)
        assert not (members < FEW_MEMBERS and BETWEEN.search(found["sentence"]))


@pytest.mark.parametrize("verb", ("forecast", "what-if"))
def test_too_few_members_give_no_interval_in_print(toyland, capsys, verb):
    for members in (1, FEW_MEMBERS):
        text = " ".join(asked(capsys, verb, members).partition("Track record")[0].split())
        assert bool(BETWEEN.search(text)) == (members == FEW_MEMBERS), text
        assert ("too few" in text) == (members < FEW_MEMBERS)


def test_a_paragraph_to_paste_has_none_either(toyland, capsys):
    asked(capsys, "forecast", 1, "--out", "one.nc")
    assert run_verb(capsys, "export", "one.nc", "one.md", "--case", "toyland")[0] == 0
    text = (toyland.parent / "one.md").read_text("utf-8")
    assert "1 member, too few for an interval" in text and not BETWEEN.search(text)
