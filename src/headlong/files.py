"""Files that are written whole or not at all.

What is written goes to a new file beside the target, is brought to disk, and then takes the target's name in
one step. Whoever reads meanwhile sees the old file or the new one, never a part. A symbolic link is
followed, a file that is replaced keeps its permissions, and a new one has those that the umask leaves.

A process that is killed leaves its part behind, named ``.headlong-HERE-PID-….part``, a file or a folder of files; the
next writer in that folder clears it away once its process is gone.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from headlong.errors import BadRequest

__all__ = [
    "advice",
    "aside",
    "check_target",
    "must_be_plain",
    "must_be_writable",
    "part_in",
    "whole",
    "write_bytes",
    "write_text",
]

PART = re.compile(r"\.headlong-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.part")
ADVICE = {
    errno.EACCES: "Name a place that you may write to.",
    errno.EPERM: "Name a place that you may write to.",
    errno.EROFS: "Name a place that can be written to.",
    errno.ENOSPC: "Make room on the disk, or name another one.",
    errno.EDQUOT: "Make room, or name a place that is not counted against your quota.",
    errno.EFBIG: "Raise the limit on the size of files (ulimit -f), or name a place that takes larger ones.",
    errno.ENAMETOOLONG: "Take a shorter name.",
    errno.ENOENT: "The folder is gone: make it again, or name another.",
    errno.EMFILE: "Close other programs, or raise the limit on open files (ulimit -n).",
    errno.EIO: "The disk does not answer as it should; name another.",
}
"""What to do where the system refuses to write."""


def write_text(path: str | Path, text: str) -> None:
    """Write a text in UTF-8, lines as they are.

    Parameters
    ----------
    path, text
        The file, replaced if it is there, and what it is to hold.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str | Path, content: bytes | memoryview) -> None:
    """Write bytes.

    Parameters
    ----------
    path, content
        The file, replaced if it is there, and what it is to hold.
    """
    with whole(path) as part:
        part.write_bytes(content)


@contextmanager
def whole(path: str | Path) -> Iterator[Path]:
    """Give a path to write to, which takes the place of the target at the end if nothing went wrong.

    Parameters
    ----------
    path
        The target.

    Raises
    ------
    BadRequest
        The target is a folder, a pipe or a device; or the system refuses to write: no room, no permission ...
    """
    target = check_target(path)
    part = part_in(target.parent)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield part
        _settle(part, target)
    except OSError as error:
        raise BadRequest(f"cannot write '{path}': {advice(error)}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def aside() -> Iterator[Path]:
    """Give a folder among the temporary ones, which is gone at the end.

    Of a process that is killed it stays; the next one that asks for such a folder clears it away.

    Raises
    ------
    BadRequest
        None can be made.
    """
    import shutil
    import tempfile

    home = Path(tempfile.gettempdir())
    folder = part_in(home)
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise BadRequest(f"cannot write in '{home}': {advice(error)} TMPDIR=FOLDER names another.") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def advice(error: OSError, *, writing: bool = True) -> str:
    """Say in one line what the system has refused, and what to do.

    Parameters
    ----------
    error
        What it raised.
    writing
        Whether something was to be written; otherwise that is not known.
    """
    if not writing and error.errno in (errno.EACCES, errno.EPERM):
        return f"{error.strerror}. Have the right to use it given to you, or name another place."
    said = " ".join((error.strerror or str(error) or type(error).__name__).split()).rstrip(".")
    return f"{said[:200]}. {ADVICE.get(error.errno or 0, 'Try another place.')}"


def check_target(path: str | Path) -> Path:
    """Find the file that a path leads to, and refuse what cannot be replaced in one step.

    Parameters
    ----------
    path
        A file that is there, or one that is not.

    Raises
    ------
    BadRequest
        It is a folder, a pipe or a device, its folder is not there, or no disk here takes its name.
    """
    path = Path(path)
    with suppress(OSError):  # not there, or a link that leads nowhere yet
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise BadRequest(f"'{path}' is a folder. Name a file in it.")
        if not stat.S_ISREG(mode):
            raise BadRequest(f"'{path}' is a pipe or a device; this is written as a whole file. Name one.")
    target = Path(os.path.realpath(path))
    if os.path.islink(target):  # what a link leads to is no link: this one leads round in a circle
        raise BadRequest(f"'{path}' is a link that leads back to itself. Take it away, or name another file.")
    try:
        os.lstat(target)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise BadRequest(f"cannot write '{path}': {advice(error)}") from error
    if not target.parent.is_dir():
        folder = target.parent if path.is_symlink() else path.parent
        raise BadRequest(f"no folder '{folder}' to write '{path.name}' into. Make it first, or name another.")
    return target


def must_be_writable(path: str | Path) -> None:
    """Refuse a target before the work that it is for, where no file can be begun beside it.

    Parameters
    ----------
    path
        What will be written.
    """
    import tempfile

    target = check_target(path)
    try:
        with tempfile.TemporaryFile(dir=target.parent):
            pass
    except OSError as error:
        raise BadRequest(f"cannot write '{path}': {advice(error)}") from error


def must_be_plain(path: Path, what: str) -> None:
    """Refuse to read a folder, or a pipe or device, which may never end; what is not there is said by who opens it.

    Parameters
    ----------
    path, what
        What was named, and what it should be.
    """
    if path.exists() and not path.is_file():
        raise BadRequest(f"'{path}' is a folder or a device, not {what}. Name the file itself.")


def part_in(folder: Path) -> Path:
    """Name a part that a writer may make in a folder, after clearing what dead ones left there.

    Parameters
    ----------
    folder
        Where it will stand, as what it is part of.
    """
    import secrets

    clear_stale(folder)
    return folder / f".headlong-{_here()}-{os.getpid()}-{secrets.token_hex(4)}.part"


def clear_stale(folder: Path) -> None:
    """Take away what writers left in a folder that died on this machine while they wrote."""
    import shutil

    with suppress(OSError):
        for entry in os.scandir(folder):
            found = PART.fullmatch(entry.name)
            if found and found[1] == _here() and not _runs(int(found[2])):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                    continue
                with suppress(OSError):
                    os.unlink(entry.path)


def _settle(part: Path, target: Path) -> None:
    """Bring a part to disk and let it take the target's place."""
    _to_disk(part)
    with suppress(OSError):
        os.chmod(part, stat.S_IMODE(os.stat(target).st_mode))
    os.replace(part, target)
    if os.name == "posix":
        with suppress(OSError):
            _to_disk(target.parent)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@cache
def _here() -> str:
    """Eight digits for where numbers of processes mean the same: this machine, this container."""
    import platform

    space = ""
    with suppress(OSError):
        space = os.readlink("/proc/self/ns/pid")
    from hashlib import sha256

    return sha256(f"{platform.node()} {space}".encode()).hexdigest()[:8]


def _runs(process: int) -> bool:
    """Whether a process is there; where that cannot be asked, it is taken to be."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
