"""Files are written whole or not at all, and leave nothing behind."""

import errno
import os
import stat
import subprocess
import sys
import threading

import pytest

from headlong import files
from headlong.cli import headlong
from headlong.cli.edge import run
from headlong.errors import BadRequest
from headlong.files import check_target, whole, write_bytes, write_text

posix = pytest.mark.skipif(os.name != "posix", reason="pipes, links and permissions of POSIX")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_written_and_nothing_else(tmp_path):
    write_text(tmp_path / "a.txt", "Kandahār\r\n")
    assert (tmp_path / "a.txt").read_bytes() == "Kandahār\r\n".encode()
    write_bytes(str(tmp_path / "a.txt"), b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"] and (tmp_path / "a.txt").read_bytes() == b"new"


@pytest.mark.parametrize("error", [RuntimeError("gone"), KeyboardInterrupt()])
def test_what_fails_changes_nothing(tmp_path, error):
    write_text(tmp_path / "a.txt", "old")
    with pytest.raises(type(error)), whole(tmp_path / "a.txt") as part:
        part.write_text("half")
        raise error
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"] and (tmp_path / "a.txt").read_text() == "old"


@posix
def test_permissions_are_those_of_the_umask_or_of_the_file_replaced(tmp_path):
    before = os.umask(0o027)
    try:
        write_text(tmp_path / "new", "x")
    finally:
        os.umask(before)
    assert mode(tmp_path / "new") == 0o640
    (tmp_path / "new").chmod(0o604)
    write_text(tmp_path / "new", "y")
    assert mode(tmp_path / "new") == 0o604


@posix
def test_links_are_followed(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there" / "file")
    for text in ("first", "second"):  # the first time the link leads nowhere yet
        write_text(tmp_path / "link", text)
        assert (tmp_path / "link").is_symlink() and (tmp_path / "there" / "file").read_text() == text
    assert [p.name for p in (tmp_path / "there").iterdir()] == ["file"]


@posix
def test_links_in_a_circle_are_refused_and_stay(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "c").symlink_to("c")
    for name in "abc":
        with pytest.raises(BadRequest, match="leads back to itself"):
            write_text(tmp_path / name, "x")
    assert all((tmp_path / name).is_symlink() for name in "abc")


def test_folders_are_refused(tmp_path):
    with pytest.raises(BadRequest, match="is a folder"):
        write_text(tmp_path, "x")
    with pytest.raises(BadRequest, match=r"no folder '.*gone' to write 'a' into"):
        write_text(tmp_path / "gone" / "a", "x")


@posix
def test_pipes_and_devices_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for target in (tmp_path / "pipe", "/dev/null"):
        with pytest.raises(BadRequest, match="is a pipe or a device"):
            check_target(target)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(BadRequest, match=r"cannot write .*a: Permission denied\."):
        write_text(tmp_path / "a", "x")


def test_a_full_disk_is_said(tmp_path, monkeypatch):
    def full(part, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_settle", full)
    with pytest.raises(BadRequest, match=r"cannot write .*: No space left on device\."):
        write_text(tmp_path / "a", "x")
    assert not list(tmp_path.iterdir())


@posix
def test_what_a_killed_writer_left_is_cleared_by_the_next(tmp_path):
    code = (
        "import os, sys; from headlong.files import whole\n"
        "with whole(sys.argv[1]) as part: part.write_text('half'); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.txt")])
    assert done.returncode == -9
    (left,) = tmp_path.iterdir()
    assert files.PART.fullmatch(left.name)
    elsewhere = tmp_path / left.name.replace(files._here(), "0" * 8)
    elsewhere.touch()  # of another machine: who knows whether it still writes
    write_text(tmp_path / "b.txt", "x")
    assert {p.name for p in tmp_path.iterdir()} == {"b.txt", elsewhere.name}


def test_many_writers_at_once_leave_one_whole_file(tmp_path):
    texts = [str(k) * 200_000 for k in range(8)]

    def work(text):
        for _ in range(5):
            write_text(tmp_path / "a", text)

    threads = [threading.Thread(target=work, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (tmp_path / "a").read_text() in texts
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_the_longest_name_there_can_be(tmp_path):
    write_text(tmp_path / ("a" * 255), "x")
    with pytest.raises(BadRequest, match="cannot write"):
        write_text(tmp_path / ("a" * 256), "x")


def test_a_folder_that_takes_no_file_is_refused_before_the_work(tmp_path, monkeypatch, capsys):
    """A file system that is read-only says so when a file is begun."""
    import tempfile

    def refuse(*args, **kwargs):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    monkeypatch.setattr("headlong.case.open_case", lambda name: pytest.fail("the work began"))
    monkeypatch.chdir(tmp_path)
    for words in (
        ["forecast", "chad-2008", "--out", "made.nc"],
        ["demo"],
        ["calibrate", "chad-2008", "--out", "a"],
    ):
        assert run(headlong, words) == 2
        said = capsys.readouterr().err
        assert "cannot write" in said and "that can be written to" in said and not [*tmp_path.iterdir()]
