"""Every form of export meets a limit on the size of files: one line, exit 2, nothing under the final name."""

import os
import signal
import sys
import tempfile
from contextlib import contextmanager

import pytest
import quick

import headlong as hl
from headlong.case import open_case
from headlong.cli import headlong
from headlong.cli.edge import run


@contextmanager
def files_up_to(size):
    """Let no file of this process grow beyond a size."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "one.nc"
    hl.save(quick.forecast(open_case("chad-2008"), days=3, members=4, control="history"), path)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize(
    "ending", [".html", ".csv", ".md", ".geojson", ".xlsx", ".parquet", ".png", ".svg", ".gpkg"]
)
def test_no_room_is_said(file, tmp_path, ending, capsys):
    out = tmp_path / f"out{ending}"
    assert run(headlong, ["export", str(file), str(tmp_path / f"first{ending}")]) == 0
    (tmp_path / f"first{ending}").unlink()
    with files_up_to(900):
        assert run(headlong, ["export", str(file), str(out)]) == 2
    said = capsys.readouterr().err
    assert "cannot write" in said and "fault" not in said
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_nothing_stays_of_a_killed_export(file, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    child = os.fork()
    if not child:
        monkeypatch.setattr("pyogrio.raw.write", lambda *a, **b: os.kill(os.getpid(), signal.SIGKILL))
        os._exit(run(headlong, ["export", str(file), str(tmp_path / "out.gpkg")]))
    assert os.waitpid(child, 0)[1] == signal.SIGKILL and len(list(tmp_path.iterdir())) == 1
    assert run(headlong, ["export", str(file), str(tmp_path / "out.gpkg")]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["out.gpkg"]


def test_a_file_that_is_there_is_said_to_be_replaced(file, tmp_path, capfd):
    out = tmp_path / "out.csv"
    for word in ("Wrote", "Replaced"):
        assert run(headlong, ["export", str(file), str(out)]) == 0
        assert capfd.readouterr().out.startswith(f"{word} {out}")
    text = out.read_text()
    assert not any(
        len(cell.partition(".")[2]) > 12 for row in text.splitlines()[1:] for cell in row.split(",")[9:]
    )
    (tmp_path / "same.nc").write_bytes(file.read_bytes())
    (tmp_path / "same.csv").symlink_to(tmp_path / "same.nc")
    assert run(headlong, ["export", str(tmp_path / "same.nc"), str(tmp_path / "same.csv")]) == 2
    assert "is the forecast itself" in capfd.readouterr().err
