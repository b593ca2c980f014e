"""The user is told how far the program is prepared, and a law is the same called from Python and from a kernel."""

import os
import subprocess
import sys

from headlong import preparing

SAID = (
    "from headlong.preparing import watched\n"
    "from headlong.engine.warm import compiling_aside\n"
    "said = []\n"
    "with watched(lambda name, done, total: said.append((done, total))), compiling_aside() as ready:\n"
    "    ready()\n"
    "assert [done for done, _ in said] == list(range(1, len(said) + 1))\n"
    "print(len(said), said[-1][1])\n"
)


def test_only_kernels_of_ours_count_and_each_once(monkeypatch):
    for name in ("_known", "_done"):
        monkeypatch.setattr(preparing, name, set())
    told = []
    preparing.known("a")
    preparing.known("b")
    with preparing.watched(lambda *said: told.append(said)):
        for name in ("a", "numba's own", "a", "b"):
            preparing.compiled(name)
    preparing.compiled("b")
    assert told == [("a", 1, 2), ("b", 2, 2)]


def test_what_a_process_beside_compiles_is_told_here(tmp_path):
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", SAID], env=environment, capture_output=True, text=True, check=True
    )
    many, there = map(int, done.stdout.split())
    assert 60 < many <= there
