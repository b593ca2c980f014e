"""What has been worked out for a member and still holds: when it is to be forgotten."""

from headlong.board.kernel import kernel
from headlong.board.world import UNKNOWN


@kernel
def forget(memo):
    """Let nothing of the last member be remembered."""
    for i in range(memo.weight.size):
        memo.control[i] = UNKNOWN
        memo.side[i] = UNKNOWN
        memo.weight[i] = 0.0
    for x in range(memo.draw.size):
        memo.draw[x] = -1.0


@kernel
def look_round(hold, people, memo):
    """Forget what no longer holds: shares abroad where a draw has changed, havens where a holder has."""
    same = True
    for i in range(hold.control.size):
        same = same and memo.control[i] == hold.control[i]
    for i in range(0 if same else hold.control.size):
        memo.control[i] = hold.control[i]
        memo.side[i] = UNKNOWN
    same = True
    for x in range(memo.draw.size):
        same = same and memo.draw[x] == people.draw[0, x]
        memo.draw[x] = people.draw[0, x]
    for i in range(0 if same else memo.weight.size):
        memo.weight[i] = 0.0
