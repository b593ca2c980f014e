"""What a worker of a cluster is given to do in tests; it must stand in a module that the worker can import."""

import os
import signal
import time

from headlong.errors import BadRequest


def part_or_trouble(shared, part, threads):
    """Give back what came, fail as a user can mend, or die."""
    if part == "mend":
        raise BadRequest("a finding of the worker")
    if part == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return shared, part, threads


def rest(shared, part, threads):
    """Take a second."""
    time.sleep(1)
    return part
