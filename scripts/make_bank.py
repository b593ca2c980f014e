"""Make the shipped bank: what all bundled wars say of the parameters, war by war.

    python scripts/make_bank.py

``headlong calibrate`` on all of them: what is done is kept, and the same command goes on where it was stopped.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import headlong
from headlong.case import gallery, open_case
from headlong.cli.edge import progress
from headlong.inference.bank import SHIPPED
from headlong.view.terminal.calibration import learn_all

if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args()
    with progress() as report:
        bank = Path(headlong.__file__).parent / "inference" / "banks" / SHIPPED
        learn_all([open_case(name) for name in gallery()], bank, progress=report)
