"""The trained network on plain arrays: an encoder, and what it says of places, sides and sources."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_softmax, softmax

from headlong.errors import BadRequest
from headlong.reading.trained.cues import PLACE_CUES, SIDE_CUES
from headlong.reading.trained.view import View
from headlong.reading.trained.wordpiece import Pieces

__all__ = ["CLASSES", "Network", "Scores", "load_network"]

Array = NDArray[np.float32]
HEADS = 12
CLASSES = ("reporter", "agency", "official", "belligerent", "leader", "resident", "social_media", "none")
"""Classes of source, in the order of the network's outputs."""


@dataclass
class Scores:
    """What the network says of one sentence.

    Parameters
    ----------
    chance : array
        For each place (first: none of the case) the chance of each claim asserted, then of each denied.
    places, sides : array
        What sides and sources of single claims are told from.
    cues : array
        For each place and side what need not be learned from words.
    """

    chance: Array
    places: Array
    sides: Array
    cues: Array
    network: Network

    def side_chances(self, place: int, cell: int) -> Array:
        """Return the chance of each side (first: none of the case) for one claim at a place."""
        at = self.network.parts
        query = _linear(self.places[place], at, "query") * (1 + at["by_claim.weight"][cell])
        score = (
            self.sides @ query / float(query.size) ** 0.5 + self.cues[place] @ at["side_cues.weight"][cell]
        )
        return softmax(score)

    def about(self, place: int, cell: int) -> tuple[Array, float]:
        """Return the log chance of each class of source, and the chance that only a part is meant."""
        at = self.network.parts
        mixed = _gelu(_linear(self.places[place], at, "query") + at["by_claim.weight"][cell])
        out = _linear(mixed, at, "more")
        return log_softmax(out[:-1]), float(expit(out[-1]))


class Network:
    """The trained network.

    Parameters
    ----------
    parts
        Its arrays by name.
    about
        Its vocabulary and the least chances at which a claim is drafted.
    """

    def __init__(self, parts: Mapping[str, Array], about: Mapping[str, Any]) -> None:
        self.parts = parts
        self.pieces = Pieces(about["pieces"])
        self.least: dict[str, float] = about.get("least", {})
        self.depth = 1 + max(int(name.split(".")[1]) for name in parts if name.startswith("layers."))

    def scores(self, view: View) -> Scores:
        """Return what the network says of a sentence."""
        x = self._encode(view)
        p = self._spots(x, view.places, view.named_places, 0)
        s = self._spots(x, view.sides, view.named_sides, 1)
        at = self.parts
        whole = np.broadcast_to(x[:1], (len(p), x.shape[1]))
        places = _gelu(_linear(np.concatenate([p, whole], 1), at, "place"))
        sides = np.concatenate([at["noside"][None], _gelu(_linear(s, at, "side"))])
        cues = np.array(view.place_cues, np.float32) @ at["place_cues.weight"].T
        chance = expit(_linear(places, at, "claim") + cues)
        return Scores(chance, places, sides, np.array(view.side_cues, np.float32), self)

    def _encode(self, view: View) -> Array:
        at, size = self.parts, len(view.numbers)
        x = at["words.weight"][view.numbers] + at["positions.weight"][:size] + at["kinds.weight"][view.kinds]
        x = _norm(x, at, "norm")
        for n in range(self.depth):
            layer = f"layers.{n}."
            q, k, v = np.moveaxis(_linear(x, at, f"{layer}qkv").reshape(size, 3, HEADS, -1), 0, 2)
            seen = softmax(q @ k.transpose(0, 2, 1) / float(q.shape[-1]) ** 0.5, -1) @ v
            x = _norm(
                x + _linear(seen.transpose(1, 0, 2).reshape(size, -1), at, f"{layer}out"), at, f"{layer}norm1"
            )
            inner = _gelu(_linear(x, at, f"{layer}up"))
            x = _norm(x + _linear(inner, at, f"{layer}down"), at, f"{layer}norm2")
        return x

    def _spots(self, x: Array, where: list[int], named: list[list[int]], which: int) -> Array:
        means = [x[spots].mean(0) if spots else self.parts["unnamed"][which] for spots in named]
        if not where:
            return np.zeros((0, 2 * x.shape[1]), np.float32)
        return np.concatenate([x[where], np.stack(means)], 1)


def _linear(x: Array, at: Mapping[str, Array], name: str) -> Array:
    return x @ at[f"{name}.weight"].T + at[f"{name}.bias"]


def _gelu(x: Array) -> Array:
    """Return the soft step of the encoder, by the hyperbolic tangent: faster, and the same to a thousandth."""
    return 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))


def _norm(x: Array, at: Mapping[str, Array], name: str) -> Array:
    mean = x.mean(-1, keepdims=True)
    spread = np.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12)
    return (x - mean) / spread * at[f"{name}.weight"] + at[f"{name}.bias"]


@lru_cache(maxsize=2)
def load_network(path: Path) -> Network:
    """Load a network: its arrays in whole numbers of eight bits with a scale for each row, and what is said of it.

    Raises
    ------
    BadRequest
        When it was trained for another version of what is seen.
    """
    with np.load(path) as stored:
        about = json.loads(bytes(stored["about"]).decode("utf-8"))
        parts = {}
        for name in stored.files:
            if name != "about" and not name.endswith(":scale"):
                scale = stored[f"{name}:scale"] if f"{name}:scale" in stored.files else None
                values = stored[name].astype(np.float32)
                parts[name] = values * scale[:, None] if scale is not None else values
    wanted = {"place_cues.weight": PLACE_CUES, "side_cues.weight": SIDE_CUES}
    if any(parts[name].shape[1] != width for name, width in wanted.items()):
        raise BadRequest(
            f"{path}: the reader's weights are of another version. Install those that "
            "came with this program (from a clone: pip install ./extras/reader), or go on with --drafter rules."
        )
    return Network(parts, about)
