"""Stop, starve and damage the program for some minutes: nothing half is left, nothing ends in a traceback.

    python scripts/soak.py [--minutes 10] [--seed 1]        (make soak)

Each round is one of: a verb that is killed (kill -9) or stopped (Ctrl-C) at a random moment; a verb whose files may
grow to a random size and no further, or that writes into a small full disk where one can be mounted; compiled
kernels damaged, cut short or of nobody; damaged inputs of a kind (`scripts/mutate_files.py`). After each, a file
under its final name is whole, what a killed process left is cleared by the next writer, and the exit code is one
that is promised.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import headlong as hl
from headlong.files import PART
from headlong.inference.bank import load_bank
from headlong.kernel_cache import use_kernel_cache

CASE = "chad-2008"
PROMISED = {0, 2, 130}
"""Exit codes that are no fault of ours."""
FORMS = (".html", ".csv", ".geojson", ".md")
KINDS = ("forecasts", "banks", "cases")


class Ground:
    """A folder to play in, with caches of its own."""

    def __init__(self, folder: Path, luck: random.Random) -> None:
        self.folder, self.luck = folder, luck
        self.out = folder / "out"
        self.out.mkdir()
        kernels = use_kernel_cache()
        shutil.copytree(kernels, folder / "cache" / "headlong" / kernels.name)
        self.kernels = folder / "cache" / "headlong" / kernels.name
        left = {k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}
        self.environment = {**left, "XDG_CACHE_HOME": str(folder / "cache")}
        self.longest = 20.0
        self.sound = self.out / "sound.nc"
        assert self.call(self.verbs()["forecast"](self.sound))[0] == 0, "a forecast to begin with"

    def verbs(self) -> dict[str, Callable[[Path], list[str]]]:
        """Words of each verb that writes to a path."""
        quick = ["--members", "40", "--days", "7"]
        return {
            "forecast": lambda out: ["forecast", CASE, *quick, "--control", "history", "--out", str(out)],
            "export": lambda out: ["export", str(self.sound), str(out.with_suffix(self.luck.choice(FORMS)))],
            "calibrate": lambda out: ["calibrate", CASE, "--draws", "200", "--out", str(out.with_suffix(".npz"))],
            "verify": lambda out: ["verify", CASE, "--members", "20", "--leads", "3", "--inits", "2008-02-01", "--out",
                                   str(out.with_suffix(".json"))],
        }  # fmt: skip

    def start(self, words: list[str], limit: int | None = None) -> subprocess.Popen[str]:
        """Start a verb; its files may grow to `limit` bytes."""

        def bound() -> None:
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        call = [sys.executable, "-m", "headlong", *words]
        return subprocess.Popen(
            call, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.folder,
            preexec_fn=bound, start_new_session=True,
        )  # fmt: skip

    def call(self, words: list[str], limit: int | None = None) -> tuple[int, str]:
        """Run a verb to its end: exit code, and what it said of errors."""
        child = self.start(words, limit)
        said = child.communicate()[1]
        return child.returncode, said

    def check(self, code: int, said: str, what: str) -> list[str]:
        """What is wrong after a round."""
        wrong = [] if code in PROMISED else [f"{what}: exit code {code}: {said[-300:]}"]
        wrong += [f"{what}: a traceback: {said[-600:]}"] if "Traceback" in said else []
        for path in self.out.iterdir():
            try:
                if path.suffix == ".nc":
                    hl.load(path)
                elif path.suffix == ".npz":
                    load_bank(path)
                elif path.suffix in (".json", ".html", ".csv", ".geojson", ".md"):
                    assert path.read_text("utf-8").endswith(("\n", ">", "}")), "it ends in the middle"
            except Exception as error:
                wrong.append(f"{what}: {path.name} is not whole: {error}")
        return wrong

    def no_parts(self, what: str) -> list[str]:
        """Parts that the next writer has not cleared."""
        self.call(["export", str(self.sound), str(self.out / "next.csv")])
        return [f"{what}: {p.name} is left" for p in self.out.iterdir() if PART.fullmatch(p.name)]


def stopped(ground: Ground) -> tuple[str, list[str]]:
    """A verb is killed, or stopped with Ctrl-C, at a random moment."""
    name, words = ground.luck.choice(sorted(ground.verbs().items()))
    how = ground.luck.choice((signal.SIGKILL, signal.SIGINT))
    child = ground.start(words(ground.out / f"{name}.nc"))
    began = time.monotonic()
    try:
        said = child.communicate(timeout=ground.luck.uniform(0.05, ground.longest))[1]
        ground.longest = max(3.0, 0.5 * (ground.longest + time.monotonic() - began))
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, how)
        said = child.communicate()[1]
    code = child.returncode
    if code in (-signal.SIGKILL, -signal.SIGINT) and how in (
        -code,
        signal.SIGINT,
    ):  # before our own handler stands
        code, said = 130, ""
    what = f"{name} after {how.name}"
    return what, [*ground.check(code, said, what), *ground.no_parts(what)]


def starved(ground: Ground) -> tuple[str, list[str]]:
    """A verb whose files may grow so far and no further."""
    name, words = ground.luck.choice(sorted(ground.verbs().items()))
    limit = int(10 ** ground.luck.uniform(0, 5.5))
    code, said = ground.call(words(ground.out / f"{name}.nc"), limit)
    what = f"{name} without room"
    return what, [*ground.check(code, said, f"{what} ({limit} bytes)"), *ground.no_parts(what)]


def full_disk(ground: Ground) -> tuple[str, list[str]]:
    """A verb that writes to a disk of 64 kB, where one can be mounted."""
    disk = ground.folder / "disk"
    disk.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        return "full disk (none can be mounted here)", []
    try:
        code, said = ground.call(["export", str(ground.sound), str(disk / "page.html")])
        left = [p.name for p in disk.iterdir()]
    finally:
        subprocess.run(["umount", str(disk)], check=False)
    wrong = ground.check(code, said, "full disk")
    wrong += [f"full disk: exit code {code}"] if code != 2 else []
    return "full disk", wrong + [f"full disk: {name} is left" for name in left]


def damaged_kernels(ground: Ground) -> tuple[str, list[str]]:
    """A compiled kernel is damaged; the forecast is the same, and the kernel is whole again."""
    kept = sorted(p for p in ground.kernels.rglob("*.nbc") if p.stat().st_size < 100_000)
    path = ground.luck.choice(kept)
    raw = path.read_bytes()
    path.write_bytes(ground.luck.choice((b"", raw[: len(raw) // 3], os.urandom(500), raw[:-9] + bytes(9))))
    code, said = ground.call(ground.verbs()["forecast"](ground.out / "again.nc"))
    wrong = ground.check(code, said, "kernels") + (
        [] if code == 0 else [f"kernels: exit code {code}: {said[-300:]}"]
    )
    if code == 0 and not hl.load(ground.out / "again.nc").equals(hl.load(ground.sound)):
        wrong.append("kernels: other numbers")
    return "damaged kernels", wrong


def damaged_inputs(ground: Ground) -> tuple[str, list[str]]:
    """Damaged inputs of a kind."""
    kind, seed = ground.luck.choice(KINDS), ground.luck.randrange(2**31)
    call = [sys.executable, str(ROOT / "scripts" / "mutate_files.py"), kind, "60", "--seed", str(seed)]
    done = subprocess.run(call, capture_output=True, text=True)
    return f"damaged {kind}", [] if done.returncode == 0 else [f"{kind}, seed {seed}: {done.stdout[-600:]}"]


ROUNDS = (stopped, stopped, stopped, starved, starved, full_disk, damaged_kernels, damaged_inputs)


def main() -> int:
    """Go on until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    luck, done, wrong = random.Random(asked.seed), Counter(), []
    end = time.monotonic() + 60 * asked.minutes
    with tempfile.TemporaryDirectory() as place:
        ground = Ground(Path(place), luck)
        while time.monotonic() < end:
            what, found = luck.choice(ROUNDS)(ground)
            done[what] += 1
            wrong += found
            for line in found:
                print(f"WRONG {line}", flush=True)
    for what, many in sorted(done.items()):
        print(f"{what:40} {many:5}")
    print(f"{sum(done.values())} rounds, {len(wrong)} found wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
