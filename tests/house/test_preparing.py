"""The user is told how far the program is prepared, and a law is the same called from Python and from a kernel."""

import os
import subprocess
import sys

from headlong import kernel_cache

SAID = (
    "from headlong.kernel_cache import watched\n"
    "from headlong.engine.warm import compiling_aside\n"
    "said = []\n"
    "with watched(lambda name, done, total: said.append((done, total))), compiling_aside() as ready:\n"
    "    ready()\n"
    "assert [done for done, _ in said] == list(range(1, len(said) + 1))\n"
    "print(len(said), said[-1][1])\n"
)


def test_only_kernels_of_ours_count_and_each_once(monkeypatch):
    for name in ("_known", "_done"):
        monkeypatch.setattr(kernel_cache, name, set())
    told = []
    kernel_cache.note_kernel("a")
    kernel_cache.note_kernel("b")
    with kernel_cache.watched(lambda *said: told.append(said)):
        for name in ("a", "numba's own", "a", "b"):
            kernel_cache.compiled(name)
    kernel_cache.compiled("b")
    assert told == [("a", 1, 2), ("b", 2, 2)]


def test_what_a_process_beside_compiles_is_told_here(tmp_path):
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", SAID], env=environment, capture_output=True, text=True, check=True
    )
    many, there = map(int, done.stdout.split())
    assert 60 < many <= there
