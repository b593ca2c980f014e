"""Names of the streams of luck: one number per mechanism, never reused, never renumbered."""

import numpy as np

WORD = np.uint64

STRAIN = WORD(1)
LOSS = WORD(2)
LEAVING = WORD(4)
SEIZURE = WORD(6)
COLUMNS = WORD(7)
MOBILISATION = WORD(8)
LEADERS = WORD(9)
FLIGHT = WORD(10)
CROSSINGS = WORD(12)
GARRISON = WORD(13)
RETURN = WORD(14)

# Draws made once per member, on the evening of init.
INIT = np.int64(0)
MEMBER_PARAMETERS = WORD(100)
MEMBER_STRAIN = WORD(101)
MEMBER_GARRISON = WORD(102)
MEMBER_TASTE = WORD(103)

# Draws of the histories that reports leave open: one number per particle in place of the member.
HISTORY = WORD(110)
