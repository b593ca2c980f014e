"""What has no end is no input: devices and pipes are refused wherever a file is named, and never waited for."""

import os
import signal

import pytest
from verbs import run_verb

from headlong.errors import BadRequest
from headlong.view.figures.basemap import geojson

pytestmark = pytest.mark.skipif(os.name != "posix", reason="devices and pipes of POSIX")

NAMED = {
    "form.py": ("calibrate", "toyland", "--out", "bank.npz", "--form", "form.py"),
    "bank.npz": ("forecast", "toyland", "--bank", "bank.npz"),
    "more.csv": ("forecast", "toyland", "--reports", "more.csv"),
    "made.nc": ("rerun", "made.nc"),
    "events.csv": ("import", "acled", "events.csv", "toyland"),
    "events.json": ("import", "acled", "events.json", "toyland"),
    "areas.geojson": ("import", "control", "areas.geojson", "toyland"),
    "book.xlsx": ("import", "xlsx", "book.xlsx", "toyland"),
    "places.txt": ("import", "places", "places.txt", "toyland"),
    "flee": ("import", "flee", "flee", "toyland"),
    "case": ("check", "case"),
    "kept": ("archive", "kept"),
}


@pytest.fixture(autouse=True)
def patience():
    """Half a minute for each; then it waits, or reads, without end."""

    def give_up(*_):
        raise AssertionError("it does not end")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def put(path, what):
    if what == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(what)
    return path


@pytest.mark.parametrize("what", ["/dev/zero", "pipe"])
@pytest.mark.parametrize("name", NAMED)
def test_no_verb_reads_without_end(toyland, capsys, tmp_path, name, what):
    put(tmp_path / name, what)
    code, out, err = run_verb(capsys, *NAMED[name])
    assert code == 2 and out == "" and name in err and "fault of the program" not in err


@pytest.mark.parametrize("what", ["/dev/zero", "pipe"])
def test_no_basemap_is_read_without_end(tmp_path, what):
    with pytest.raises(BadRequest, match="folder or a device"):
        geojson(put(tmp_path / "land.geojson", what))


@pytest.mark.parametrize("option", [[], ["--answer", "/dev/zero"]])
def test_a_text_without_an_end_is_refused(toyland, capsys, tmp_path, option):
    (tmp_path / "text.txt").write_text("The Guild captured Alpha on Thursday.")
    text = "text.txt" if option else "/dev/zero"
    code, out, err = run_verb(capsys, "read", text, "--case", "toyland", "--published", "2031-01-20", *option)
    assert code == 2 and out == "" and "/dev/zero" in err and "50,000,000 bytes" in err
