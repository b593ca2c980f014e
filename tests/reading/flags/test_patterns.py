"""Patterns of the reader on text that no writer writes: none takes longer than the text is long."""

import importlib
import pkgutil
import re
import signal

import pytest

import headlong.reading
from headlong.reading.lexicon.lexicon import phrases

LONG = 2000
LIMIT = 1.0
"""CPU seconds for one search; a sound pattern needs a thousandth."""
BEGINNINGS = (
    "",
    "thrown ",
    "denied ",
    "the army ",
    "after a ",
    "without ",
    "12 ",
    "no rebel ",
    "it was ",
    "1,000 ",
)


def patterns():
    """Every pattern that stands in a module of the reader, by name."""
    found = {f"phrases {name}": pattern for name, pattern in phrases().items()}
    for module in pkgutil.walk_packages(headlong.reading.__path__, "headlong.reading."):
        for name, value in vars(importlib.import_module(module.name)).items():
            held = (
                value.values()
                if isinstance(value, dict)
                else value
                if isinstance(value, list | tuple)
                else [value]
            )
            found |= {
                f"{module.name} {name} {k}": one for k, one in enumerate(held) if isinstance(one, re.Pattern)
            }
    return found


@pytest.mark.parametrize("run", ("a", "天", "1", "a ", "a'", "a-", "1,", ". ", '"', "( "))
def test_no_pattern_goes_round_and_round_in_a_long_run_of_signs(run):
    def stop(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        for name, pattern in patterns().items():
            for beginning in BEGINNINGS:
                signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
                try:
                    pattern.search(beginning + run * (LONG // len(run)))
                except TimeoutError:
                    pytest.fail(f"{name}: {pattern.pattern[:80]}")
                finally:
                    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.signal(signal.SIGVTALRM, before)
