"""Calibrate the shipped banks: one without each bundled case, and one on all of them.

    python scripts/make_banks.py [CASE ...]      only the banks without these cases

A bank that exists is made again, and keeps what was fitted to hindcasts: run scripts/fit_respite.py next. Each
takes half a minute or so on two cores.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from headlong.case import gallery, open_case
from headlong.forecast.calibrate import calibrate, load_bank, save_bank
from headlong.forecast.core import NAMES

OUT = Path(__file__).parents[1] / "src" / "headlong" / "forecast" / "banks"


def make(name: str, left_out: str | None) -> None:
    """Calibrate on all bundled cases but `left_out`, write the bank, print what came out."""
    began = time.perf_counter()
    bank = calibrate([open_case(c) for c in gallery() if c != left_out])
    path = OUT / f"{name}.npz"
    save_bank(bank._replace(ahead=load_bank(path).ahead) if path.is_file() else bank, path)
    d = bank.draws
    values = "  ".join(f"{n} {m:.2f}±{s:.2f}" for n, m, s in zip(NAMES, d.mean, d.sd, strict=True))
    print(f"{name}: {values}  ({d.ess:.0f} effective draws, {time.perf_counter() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or [*gallery(), "all"]
    for case in wanted:
        if case == "all":
            make("all", None)
        else:
            make(f"without-{case}", case)
