"""What has been worked out for a member and still holds: when it is to be forgotten."""

from headlong.board.kernel import kernel
from headlong.board.world import NOBODY


@kernel
def forget(memo):
    """Let nothing of the last member be remembered."""
    for i in range(memo.weight.size):
        memo.control[i] = NOBODY
    for x in range(memo.draw.size):
        memo.draw[x] = -1.0
    note_holders(memo.control, memo)
    for i in range(memo.weight.size):
        memo.weight[i] = 0.0


@kernel
def note_holders(control, memo):
    """Write down who holds what; sums over havens are to be made anew where that has changed."""
    for i in range(control.size):
        memo.control[i] = control[i]
        for s in range(memo.havens.shape[1]):
            memo.havens[i, s] = -1.0


@kernel
def look_round(hold, people, memo):
    """Forget what no longer holds: shares abroad where a draw has changed, havens where a holder has."""
    same = True
    for i in range(hold.control.size):
        same = same and memo.control[i] == hold.control[i]
    if not same:
        note_holders(hold.control, memo)
    same = True
    for x in range(memo.draw.size):
        same = same and memo.draw[x] == people.draw[x]
        memo.draw[x] = people.draw[x]
    for i in range(0 if same else memo.weight.size):
        memo.weight[i] = 0.0
