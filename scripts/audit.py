"""Look the pinned packages up among known faults with pip-audit, where it is installed and a network is there.

    python scripts/audit.py        (make audit)

Ends with 1 if a fault is known; without pip-audit or a network it says so and ends with 0: nothing was looked up.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

PINS = Path(__file__).resolve().parents[1] / "constraints.txt"
NO_ANSWER = (
    "ConnectionError",
    "Max retries",
    "NewConnectionError",
    "timed out",
    "ServiceError",
    "Name or service",
)


def main() -> int:
    """Look up, and say what was found."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    if find_spec("pip_audit") is None:
        print(
            "Nothing was looked up: pip-audit is not installed. Install it beside the others: pip install pip-audit"
        )
        return 0
    call = [sys.executable, "-m", "pip_audit", "-r", str(PINS), "--no-deps", "--disable-pip"]
    done = subprocess.run([*call, "--progress-spinner", "off"], capture_output=True, text=True)
    if done.returncode and any(word in done.stderr for word in NO_ANSWER):
        print("Nothing was looked up: the service that knows the faults does not answer.")
        return 0
    print((done.stdout + done.stderr).strip())
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
