"""From the trained network to the file that the package reads: whole numbers of eight bits, a scale for each row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from reader_training.encoder import Network


def export(network: Network, path: Path, about: dict[str, Any], exact: bool = False) -> None:
    """Write a network.

    Parameters
    ----------
    network
        The trained network.
    path
        The file.
    about
        Its vocabulary (``pieces``) and least chances.
    exact
        Whether to keep all digits, to compare.
    """
    out: dict[str, np.ndarray] = {"about": np.frombuffer(json.dumps(about).encode("utf-8"), np.uint8)}
    for name, value in network.state_dict().items():
        array = value.detach().float().numpy()
        if exact or array.ndim < 2 or min(array.shape) < 8:
            out[name] = array
            continue
        scale = np.abs(array).max(1) / 127
        scale[scale == 0] = 1
        out[name] = np.round(array / scale[:, None]).astype(np.int8)
        out[f"{name}:scale"] = scale.astype(np.float32)
    np.savez_compressed(path, **out)
