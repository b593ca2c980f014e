"""Runs damaged inputs in children, slice by slice, so that one that ends the process is found and named."""

from __future__ import annotations

import contextlib
import io
import os
import random
import resource
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from headlong.errors import CaseError, HeadlongError

SLICE = 250
LIMIT = 20.0  # CPU seconds for one input
LOCATED = (
    "variable '",
    "attribute '",
    "coordinate '",
    "column '",
    "key '",
    ".csv:",
    ".toml",
    "line ",
    "row ",
)


class Kind(NamedTuple):
    """One kind of input."""

    make: Callable[[Path], object]  # writes what is sound into a folder; returns what the rest needs
    damage: Callable[[object, Path, random.Random], Path]  # writes one damaged input
    use: Callable[[object, Path], None]  # uses it as the program would


def outcome(kind: Kind, sound: object, path: Path) -> str:
    """What came of one damaged input."""
    before = time.process_time()
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            kind.use(sound, path)
        said = "taken"
    except HeadlongError as error:
        text = str(error).strip()
        located = isinstance(error, CaseError) or any(word in text for word in LOCATED)
        said = "FAULT: refused without a word" if not text else "findings" if located else "refused"
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        said = f"FAULT: {type(error).__name__} at {Path(at.filename).name}:{at.lineno}"
    return said if time.process_time() - before < LIMIT else f"FAULT: took more than {LIMIT:.0f} s ({said})"


def run(name: str, kind: Kind, count: int, seed: int, keep: Path | None = None) -> Counter[str]:
    """Damage `count` inputs and count what came of them, slice by slice; those that end in a fault are kept.

    Interrupted, it gives what came of the slices that are whole.
    """
    came: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        sound = kind.make(root)
        for start in range(0, count, SLICE):
            stop = min(start + SLICE, count)
            try:
                came += _slice(name, kind, sound, root, range(start, stop), seed, keep)
            except KeyboardInterrupt:
                break
            faults = sum(many for what, many in came.items() if "FAULT" in what)
            print(f"{stop:,} of {count:,} {name}, {faults:,} faults", file=sys.stderr, flush=True)
    return came


def _slice(
    name: str, kind: Kind, sound: object, root: Path, numbers: range, seed: int, keep: Path | None
) -> Counter[str]:
    came: Counter[str] = Counter()
    log = root / "log"
    done = numbers.start
    while done < numbers.stop:
        log.write_text("")
        child = os.fork()
        if child == 0:
            _child(kind, sound, root, range(done, numbers.stop), seed, (log, keep))
        _, status = os.waitpid(child, 0)
        lines = log.read_text().splitlines()
        came.update(lines[1::2])
        if status:  # the child died of this one
            came[
                "FAULT: the process ended"
                if len(lines) % 2
                else "(no input: the library that makes it ended)"
            ] += 1
            if len(lines) % 2:
                _keep(f"{name}-{seed}-{done + len(lines) // 2}", Path(lines[-1]), keep)
        done += len(lines) // 2 + bool(status)
    return came


def _child(
    kind: Kind, sound: object, root: Path, numbers: range, seed: int, told: tuple[Path, Path | None]
) -> None:
    """Work in a process of its own, and end it: a line for each input that was made, one for what came of it."""
    status, (log, keep) = 1, told
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with log.open("a", buffering=1) as out:
            for number in numbers:
                path = kind.damage(sound, root, random.Random(f"{seed}-{number}"))
                out.write(f"{path}\n")
                came = outcome(kind, sound, path).replace("\n", " ")
                if "FAULT" in came:
                    _keep(f"{seed}-{number}", path, keep)
                out.write(f"{came}\n")
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def _keep(name: str, path: Path, keep: Path | None) -> None:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        target = keep / f"{name}{path.suffix}"
        if path.is_dir():
            shutil.copytree(path, target, symlinks=True, dirs_exist_ok=True)  # a link may lead to /dev/zero
        else:
            shutil.copy(path, target)
