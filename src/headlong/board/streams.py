"""Names of the streams of luck: one number per mechanism, never reused, never renumbered."""

import numpy as np

WORD = np.uint64

MOST_SEED = 2**32 - 1
"""The one limit of every seed: a seed is half of the generator's key."""

STRAIN = WORD(1)
LOSS = WORD(2)
LEAVING = WORD(4)
SEIZURE = WORD(6)
COLUMNS = WORD(7)
MOBILISATION = WORD(8)
LEADERS = WORD(9)
FLIGHT = WORD(10)
CROSSINGS = WORD(12)  # crossings draw nothing now; the number stays theirs
GARRISON = WORD(13)
RETURN = WORD(14)
REFUGE = WORD(15)
REGISTRATION = WORD(16)

# Draws made once per member, on the evening of init.
INIT = np.int64(0)
MEMBER_PARAMETERS = WORD(100)
MEMBER_STRAIN = WORD(101)
MEMBER_GARRISON = WORD(102)
MEMBER_TASTE = WORD(103)
MEMBER_SEQUENCE = WORD(104)  # one draw for all members: where the even sequence over the parameters starts
MEMBER_COUNTS = WORD(105)

# Draws of the histories that reports leave open: one number per particle in place of the member.
HISTORY = WORD(110)
PILOT = WORD(111)  # the same in a round that only finds the look-ahead; with the round as a counter
OUTSET = WORD(112)  # one draw for all particles: where the even sequence over the parameters starts
RESAMPLE = WORD(113)  # one draw for all particles on a day
REJUVENATE = WORD(114)  # other parameters for a particle; with the turn as a counter
ACCEPT = WORD(115)  # whether it takes them

ALL = np.zeros(1, np.int64)
"""The number in place of the member's where one draw is for all."""
