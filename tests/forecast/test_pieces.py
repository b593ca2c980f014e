"""A forecast run in pieces is the forecast run at once, to the bit: with its members, and counted."""

import pickle

import numpy as np
import pytest
from click.testing import CliRunner
from quick import QUICK
from same import assert_identical, assert_identical_but_text

import headlong as hl
from headlong.cli import headlong
from headlong.errors import BadRequest
from headlong.forecast.api import chances
from headlong.forecast.pieces.counts import sum_of
from headlong.forecast.pieces.digest import digest_of
from headlong.forecast.pieces.files import Shelf, load_piece, save_piece
from headlong.forecast.pieces.plan import plan, runs
from headlong.forecast.rerun import differences, rerun

CASE = "chad-2008"
HOW = {"init": "2008-02-03", "days": 8, "members": 130, "settings": QUICK}


@pytest.fixture(scope="module", params=["reports", "history"])
def made(request):
    """A plan, and the same forecast in one run."""
    how = HOW | {"control": request.param}
    return plan(CASE, **how), hl.forecast(CASE, **how)


@pytest.fixture(scope="module")
def planned():
    return plan(CASE, **HOW | {"control": "history"})


@pytest.mark.parametrize("members", [True, False])
def test_pieces_join_to_the_bits_of_one_run(made, members, tmp_path):
    whole, one = made
    parcel = pickle.loads(pickle.dumps(whole.parcel))  # as another process gets it
    pieces = [parcel.run(97, 130, members=members), whole.run(0, 31, members=members)]
    pieces.append(parcel.run(31, 97, members=members))
    for k, piece in enumerate(pieces):
        save_piece(piece, tmp_path / f"{k}.npz")
    joined = whole.join(load_piece(tmp_path / f"{k}.npz") for k in range(3))
    assert_identical(joined, one if members else digest_of(one))


def test_chances_are_shares_of_members(made):
    _, one = made
    few, control = digest_of(one), one["control"].values
    for s in range(one.sizes["side"]):
        share = (control == s).sum(axis=0) / 130
        assert np.array_equal(few["p_held"].values[:, s, :].T, share)
    fallen = (control[:, 1:] != control[:, :1]).cumsum(axis=1) > 0
    assert np.array_equal(few["p_change"].values[:, 1:].T, fallen.sum(axis=0) / 130)
    number = fallen[:, 6].sum(axis=1)
    assert np.array_equal(few["p_number"].sel(window=7), np.bincount(number, minlength=33) / 130)
    shares = {c["id"]: c["p50"]["civilians"] for c in hl.summarise(one)["crossings"]}
    found = few["q_arrivals"].sel(stream="civilians", level=0.5).to_series().to_dict()
    assert found == shares


def test_a_file_without_members_says_how_it_was_made(tmp_path):
    how = HOW | {"members": 60}
    few, summary = chances(CASE, **how)
    one = hl.forecast(CASE, **how)
    assert summary == hl.summarise(one)
    assert_identical(few, digest_of(one))
    hl.save(few, tmp_path / "few.nc")
    found = hl.load(tmp_path / "few.nc")
    assert not differences(found, rerun(found))
    done = CliRunner().invoke(
        headlong, ["rerun", str(tmp_path / "few.nc"), "--whole", "--out", str(tmp_path / "whole.nc")]
    )
    assert done.exit_code == 0 and "The same bits" in done.output
    assert_identical_but_text(one, hl.load(tmp_path / "whole.nc"))


def test_what_does_not_belong_is_refused(planned, tmp_path):
    first, last = planned.run(0, 50, members=False), planned.run(50, 130, members=False)
    for pieces, words in (
        ([first], "members 50 to 129 are missing"),
        ([first, first, last], "members 0 to 49 holds members that have come already"),
        ([first._replace(key="x"), last], "of another forecast"),
        ([first._replace(probe="x"), last], "computes otherwise"),
        ([first._replace(made_with="headlong 9"), last], "computes otherwise"),
        ([first, planned.run(50, 130)], "some pieces hold members"),
    ):
        with pytest.raises(BadRequest, match=words):
            planned.join(pieces)
    with pytest.raises(BadRequest, match="not among the 130"):
        planned.run(100, 131)
    other = plan(CASE, **HOW | {"control": "history", "seed": 2})
    assert other.key != planned.key
    (tmp_path / "x.npz").write_bytes(b"PK\3\4 nothing")
    with pytest.raises(BadRequest, match="is damaged"):
        load_piece(tmp_path / "x.npz")
    with pytest.raises(BadRequest, match="no piece"):
        load_piece(tmp_path / "none.npz")


def test_a_shelf_keeps_what_is_whole(planned, tmp_path):
    shelf = Shelf(planned, False, tmp_path)
    span = slice(0, 50)
    assert not shelf.has(span)
    shelf.keep(planned.run(0, 50, members=False))
    assert shelf.has(span)
    path = shelf.path(span)
    path.write_bytes(path.read_bytes()[:-300])
    assert not shelf.has(span) and not path.exists()
    other = slice(50, 100)  # of other members, whole, under this name
    save_piece(planned.run(0, 50, members=False), shelf.path(other))
    assert not shelf.has(other) and not shelf.path(other).exists()
    piece = planned.run(0, 50, members=True)
    save_piece(piece._replace(params=piece.params[:-1]), path)
    assert not shelf.has(span)
    shelf.clear()
    assert not list(tmp_path.iterdir())


def test_pieces_do_not_depend_on_where_they_are_run(planned):
    assert [(s.start, s.stop) for s in planned.spans] == [(0, 50), (50, 100), (100, 130)]
    assert runs(np.array([1, 1, 0, 0, 1], bool)) == "0 to 1, 4 to 4"


def test_tables_of_counts_add_up_whatever_their_length():
    one, other = np.ones((2, 3)), np.ones((2, 5))
    assert sum_of(one, other).sum() == 16 and sum_of(other.copy(), np.ones((2, 3))).shape == (2, 5)


def test_typos(toyland_folder):
    def said(*words):
        done = CliRunner().invoke(headlong, ["forecast", toyland_folder, *words])
        return f"{done.output} {done.exception}"

    assert "name the file" in said("--members-out", "none")
    for text, words in (
        ("locl", "neither local:N nor an address. Did you mean 'local'?"),
        ("local:0", "write local:N with N from 1"),
        ("local:many", "write local:N"),
        ("tcp://host", "neither local:N"),
        ("host:99999", "neither local:N"),
        ("none.json", "no such file"),
    ):
        assert words in said("--cluster", text), text


@pytest.fixture
def toyland_folder(tmp_path):
    from toyland import write_case

    return str(write_case(tmp_path / "toyland"))
