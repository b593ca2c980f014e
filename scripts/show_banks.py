"""Print the parameters of every shipped bank: mean and standard deviation of the six, and the force of respite.

    python scripts/show_banks.py

Nothing is calibrated again; that is `python scripts/make_banks.py`.
"""

from __future__ import annotations

from math import nan
from pathlib import Path

import headlong
from headlong.inference.calibration import load_bank
from headlong.inference.parameter_vector import NAMES, PARS

BANKS = Path(headlong.__file__).parent / "forecast" / "banks"
WIDTH = max(map(len, NAMES)) + 1
RESPITE = "respite.force"


def main() -> None:
    """Print the table, and the range over the banks that leave a case out."""
    print(f"{'bank':<28}" + "".join(f"{name:>{WIDTH}}" for name in NAMES) + f"{'draws':>7}{'respite':>9}")
    priors = [p.prior.quantile(0.5) for p in PARS]
    print(f"{'prior median':<28}" + "".join(f"{value:>{WIDTH}.2f}" for value in priors))
    means = []
    for path in [BANKS / "all.npz", *sorted(BANKS.glob("without-*.npz"))]:
        draws, _, ahead = load_bank(path)
        cells = (f"{mean:.2f} ± {sd:.2f}" for mean, sd in zip(draws.mean, draws.sd, strict=True))
        print(
            f"{path.stem:<28}"
            + "".join(f"{cell:>{WIDTH}}" for cell in cells)
            + f"{draws.ess:>7.0f}"
            + f"{ahead.get(RESPITE, nan):>9.2f}"
        )
        means.append(draws.mean)
    ends = (f"{min(column):.2f} … {max(column):.2f}" for column in zip(*means[1:], strict=True))
    print(f"{'range of the left-out means':<28}" + "".join(f"{cell:>{WIDTH}}" for cell in ends))


if __name__ == "__main__":
    main()
