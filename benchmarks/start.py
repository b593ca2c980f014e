"""CPU time of a first run: on a new machine, where all is compiled, and on one that has run before.

    python benchmarks/start.py

Each is a process of its own: import, then 2 members for 90 days in a country of 50 places.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

RUN = (
    "import numpy as np, toy; from headlong.engine.run import Work, run; w = toy.toy_world(50);"
    "run(Work(w, toy.toy_opening(w, 2), toy.toy_params(2), 7, 90, np.arange(2)), threads=1)"
)


def first_run() -> str:
    """Code of a first run."""
    return RUN


def cpu_seconds(cache: str, code: str) -> float:
    """CPU time of a Python process that keeps its compiled kernels in `cache` [s]."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=Path(__file__).parent, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print both, and what of it is imports."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        print(f"first run ever: {cpu_seconds(cache, RUN):.1f} s of CPU time, all kernels compiled")
        warm = min(cpu_seconds(cache, RUN) for _ in range(3))
        bare = min(cpu_seconds(cache, "import numba, scipy.sparse.csgraph") for _ in range(3))
        print(f"first run of a later process: {warm:.2f} s, of which numba and scipy {bare:.2f} s")


if __name__ == "__main__":
    main()
