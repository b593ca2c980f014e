"""What has been worked out for a member and still holds: when it is to be forgotten."""

from headlong.board.kernel import kernel


@kernel
def forget(memo):
    """Let nothing of the last member be remembered."""
    for i in range(memo.weight.size):
        memo.weight[i] = 0.0
    memo.draw[:] = -1.0


@kernel
def look_round(people, memo):
    """Forget shares abroad if any draw has changed."""
    same = True
    for tastes in range(2):
        for x in range(memo.draw.shape[1]):
            same = same and memo.draw[tastes, x] == people.draw[tastes, x]
            memo.draw[tastes, x] = people.draw[tastes, x]
    for i in range(0 if same else memo.weight.size):
        memo.weight[i] = 0.0
