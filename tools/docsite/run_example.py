"""Run one example in an empty folder, and draw the forecast that it leaves in its names.

    python tools/docsite/run_example.py PROGRAM FOLDER

What the program prints goes to standard output; FOLDER gets PROGRAM's name with .png.
"""

from __future__ import annotations

import argparse
import contextlib
import runpy
import tempfile
from pathlib import Path
from typing import Any

ON = 7
"""Days after init that the map shows."""


def main() -> None:
    """Run it and draw."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program", type=Path)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as empty, contextlib.chdir(empty):
        names = runpy.run_path(str(asked.program), run_name="__main__")
    draw(names, asked.folder / f"{asked.program.stem}.png")


def draw(names: dict[str, Any], path: Path) -> None:
    """Figures of the forecast or what-if among a program's names, if there is one."""
    import matplotlib.pyplot as plt

    import headlong as hl

    forecast = names.get("both", names.get("forecast"))
    if forecast is None:
        return
    figure, axes = plt.subplots(1, 2, figsize=(11, 4.6), layout="constrained")
    if "arm" in forecast.dims:
        for ax, arm in zip(axes, forecast["arm"].values, strict=True):
            hl.draw_timeline(forecast.sel(arm=arm), ax=ax)
            ax.set_title(f"{ax.get_title(loc='left')}\n{arm}", loc="left", fontsize=9)
    else:
        hl.draw_map(forecast, on=min(ON, forecast.sizes["time"] - 1), ax=axes[0])
        hl.draw_timeline(forecast, ax=axes[1])
    figure.savefig(path, dpi=90)


if __name__ == "__main__":
    main()
