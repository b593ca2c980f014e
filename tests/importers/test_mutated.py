"""Damaged files of every kind: taken, or answered with words. The script tries ten thousand."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_sample_of_damaged_files():
    call = [sys.executable, str(ROOT / "scripts" / "mutate_imports.py"), "150", "--seed", "3"]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAULT" not in done.stdout and "150 files" in done.stdout
