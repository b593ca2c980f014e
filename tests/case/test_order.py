"""Rows and sides of a Case stand in an order of their own."""

from itertools import permutations

import pytest

from headlong.case import read

CHANGES = (
    "alpha,2031-02-10,2031-02-10,2031-02-10,crown,guild,fight,,chronicle,high\n",
    "alpha,2031-02-10,2031-02-10,2031-02-10,guild,hill,fight,,chronicle,high\n",
    "alpha,2031-02-10,2031-02-10,2031-02-10,hill,,fight,,chronicle,high\n",
)


def test_sides_by_role_and_id(write, small):
    text = small["case.toml"]
    head, *blocks = text.split("[[sides]]")
    turned = "[[sides]]".join([head + "\n", *(b.rstrip() + "\n\n" for b in blocks[::-1])])
    case, other = read(write({})), read(write({"case.toml": turned}))
    assert [s.id for s in case.sides] == [s.id for s in other.sides]
    assert case.sides[0].role == "incumbent" and case.hash == other.hash


def test_leaders_by_rank(write, small):
    head, *lines = small["leaders.csv"].splitlines()
    columns = head.split(",")
    at = columns.index("side") + 1

    def ranked(line, rank):
        cells = line.split(",")
        return ",".join([*cells[:at], rank, *cells[at:]])

    table = [ranked(head, "rank"), ranked(lines[0], ""), *(ranked(line, "3") for line in lines[1:])]
    second = lines[0].replace(lines[0].split(",")[0], "zoe", 1)
    case = read(write({"leaders.csv": "\n".join([*table, ranked(second, "1"), ""])}))
    same = [row["id"] for row in case.leaders if row["side"] == lines[0].split(",")[3]]
    assert same[0] == "zoe" and same[-1] == lines[0].split(",")[0]


@pytest.mark.parametrize("lines", list(permutations(CHANGES)))
def test_changes_of_one_day_follow_from_one_another(write, lines):
    head = "place,earliest,date,latest,from_side,to_side,mode,note,source,confidence\n"
    case = read(write({"history.csv": head + "".join(lines)}))
    found = [(row["from_side"], row["to_side"]) for row in case.history]
    assert [pair[0] for pair in found] == ["crown", "guild", "hill"]
