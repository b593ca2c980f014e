"""The edge: progress, files, and the program as a process."""

import io
import os
import subprocess
import sys

import pytest

import headlong as hl
from headlong.cli.edge import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_quiet_without_a_terminal(capsys):
    with progress() as report:
        assert report is None
    assert capsys.readouterr() == ("", "")


def test_progress_goes_to_standard_error(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr", Terminal())
    with progress() as report:
        report(1, 4, "members")
        report(4, 4, "members")
    assert "members" in sys.stderr.getvalue() and "4/4" in sys.stderr.getvalue()
    assert capsys.readouterr().out == ""


def test_progress_can_be_silenced(monkeypatch):
    monkeypatch.setattr("sys.stderr", Terminal())
    with progress(quiet=True) as report:
        assert report is None


def headlong(*words, cwd=None):
    call = [sys.executable, "-m", "headlong", *words]
    return subprocess.run(call, capture_output=True, text=True, cwd=cwd)


def test_version():
    import headlong as package

    assert headlong("--version").stdout == f"headlong {package.__version__}\n"


def test_an_unknown_case_is_mendable(tmp_path):
    done = headlong("check", "afganistan-2021", cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == "" and "Traceback" not in done.stderr
    assert "afghanistan-2021" in done.stderr


def test_a_broken_case_is_mendable(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "case.toml").write_text("id = [")
    done = headlong("forecast", "mine", "--init", "2021-08-12", cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == "" and "Traceback" not in done.stderr
    assert "case.toml" in done.stderr and "finding" in done.stderr


@pytest.mark.parametrize("case", ["afghanistan-2021", "mali-2012"])
def test_bundled_cases_have_no_findings(case, tmp_path):
    done = headlong("check", case, cwd=tmp_path)
    assert done.returncode == 0 and "No findings." in done.stdout, done.stderr


def test_a_closed_pipe_is_no_fault():
    line = f"{sys.executable} -m headlong explain | head -n 1"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True)
    assert done.stdout == "Terms\n" and "Traceback" not in done.stderr and "failed" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a shell that closes streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_fault(tmp_path, closed):
    verb = "forecast chad-2008 --days 3 --members 5 --no-reports --out made.nc"
    for line, code in (("explain garrison", 0), ("explain nosuchword", 2), (verb, 0))[
        : 3 if "<" in closed else 2
    ]:
        done = subprocess.run(
            ["sh", "-c", f"{sys.executable} -m headlong {line} {closed}"], capture_output=True, cwd=tmp_path
        )
        assert done.returncode == code and b"fault" not in done.stderr, (line, done.stderr)
    if "<" in closed:  # nothing printed stands in it
        assert len(hl.load(tmp_path / "made.nc")["member"]) == 5


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_stream_that_lacks_a_sign_is_no_fault(encoding):
    call = [sys.executable, "-m", "headlong", "nowcast", "libya-2019", "--members", "20"]
    found = subprocess.run(call, capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding})
    assert found.returncode == 0 and b"fault of the program" not in found.stderr
