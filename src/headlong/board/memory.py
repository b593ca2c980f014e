"""What has been worked out for a member and still holds: when it is to be forgotten."""

from headlong.board.kernel import kernel


@kernel
def forget(memo):
    """Let nothing of the last member be remembered."""
    for i in range(memo.weight.size):
        memo.weight[i] = 0.0
    for x in range(memo.draw.size):
        memo.draw[x] = -1.0


@kernel
def look_round(people, memo):
    """Forget shares abroad if any draw has changed."""
    same = True
    for x in range(memo.draw.size):
        same = same and memo.draw[x] == people.draw[0, x]
        memo.draw[x] = people.draw[0, x]
    for i in range(0 if same else memo.weight.size):
        memo.weight[i] = 0.0
