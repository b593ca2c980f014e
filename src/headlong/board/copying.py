"""Copy and wipe arrays inside kernels, without making new ones."""

from headlong.board.kernel import kernel


@kernel
def copy_line(target, source):
    """Write `source` into `target`; both one-dimensional and equally long."""
    for i in range(target.size):
        target[i] = source[i]


@kernel
def wipe_table(target):
    """Set a two-dimensional array to zero."""
    for i in range(target.shape[0]):
        for j in range(target.shape[1]):
            target[i, j] = 0
