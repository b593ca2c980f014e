"""Make the shipped banks: calibrated without each bundled case and on all, with the force of respite fitted after.

    python scripts/make_banks.py

The first half is ``headlong calibrate ... --leave-one-out``: what is done is kept, and the same command goes on
where it was stopped. The second is scripts/fit_respite.py.
"""

from __future__ import annotations

import fit_respite
from headlong.case import open_case
from headlong.case.sample import learning
from headlong.view.terminal.calibration import learn_each

if __name__ == "__main__":
    learn_each([open_case(name) for name in learning()], fit_respite.BANKS)
    fit_respite.main()
