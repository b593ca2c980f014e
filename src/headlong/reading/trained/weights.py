"""Where the trained weights lie: in the package headlong-reader, or in the clone that this file is part of."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from headlong.errors import BadRequest

__all__ = ["CLONE", "weights", "weights_needed"]

CLONE = Path(__file__).parents[4] / "extras" / "reader" / "src" / "headlong_reader" / "weights.npz"
"""Where a clone keeps them."""


def weights() -> Path | None:
    """Return the file of the trained weights, or nothing where there is none."""
    spec = find_spec("headlong_reader")
    installed = Path(spec.origin).with_name("weights.npz") if spec is not None and spec.origin else CLONE
    return next((path for path in (installed, CLONE) if path.is_file()), None)


def weights_needed() -> Path:
    """Return the file of the trained weights; say how to get it where there is none."""
    found = weights()
    if found is None:
        raise BadRequest(
            "The trained reader is not installed. From a clone: pip install ./extras/reader. The rules need nothing: "
            "--drafter rules."
        )
    return found
