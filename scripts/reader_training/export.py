"""From the trained network to the file that the package reads: whole numbers of eight bits, a scale for each row."""

from __future__ import annotations

import json
from collections.abc import Container, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from headlong.reading.trained.view import MOST
from headlong.reading.trained.wordpiece import LEADER, NOWHERE, PLACES, SIDES
from reader_training.encoder import Network

COMMON = 15_000
"""Pieces that are kept from the head of the vocabulary, which is in the order of how common they are."""


def kept(vocabulary: Sequence[str], used: Container[int]) -> list[int]:
    """Return the numbers of the pieces that are worth their room: signs, letters, common ones, those that were used."""
    signs = {"[UNK]", "[CLS]", "[SEP]", *SIDES, *PLACES, NOWHERE, LEADER}
    found = []
    for at, piece in enumerate(vocabulary):
        bare = piece.removeprefix("##")
        plain = bare.isascii() and not piece.startswith("[")
        if piece in signs or at in used or (plain and (at < COMMON or len(bare) == 1)):
            found.append(at)
    return found


def export(
    network: Network,
    path: Path,
    about: dict[str, Any],
    only: Sequence[int] | None = None,
    exact: bool = False,
) -> None:
    """Write a network.

    Parameters
    ----------
    network
        The trained network.
    path
        The file.
    about
        Its vocabulary (``pieces``) and least chances.
    only
        Numbers of the pieces to keep; all if nothing is said.
    exact
        Whether to keep all digits, to compare.
    """
    if only is not None:
        about = about | {"pieces": [about["pieces"][at] for at in only]}
    out: dict[str, np.ndarray] = {"about": np.frombuffer(json.dumps(about).encode("utf-8"), np.uint8)}
    for name, value in network.state_dict().items():
        array = value.detach().float().numpy()
        if name == "words.weight" and only is not None:
            array = array[list(only)]
        if name == "positions.weight":
            array = array[:MOST]
        if exact or array.ndim < 2 or min(array.shape) < 8:
            out[name] = array
            continue
        scale = np.abs(array).max(1) / 127
        scale[scale == 0] = 1
        out[name] = np.round(array / scale[:, None]).astype(np.int8)
        out[f"{name}:scale"] = scale.astype(np.float32)
    np.savez_compressed(path, **out)
