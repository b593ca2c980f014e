"""Batches of sentences of like length, and what the network shall say of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from headlong.reading.trained.cues import PLACE_CUES, SIDE_CUES
from headlong.reading.trained.view import View
from headlong.reading.trained.wordpiece import Pieces
from reader_training.encoder import CLAIMS, Network
from reader_training.examples import UNTOLD, Example

SURE = -3.5
"""Score below which a sentence without claims is known to say nothing."""
SELDOM = 0.3
"""How often such a sentence is shown again."""


def packed(views: Sequence[View]) -> dict[str, Tensor]:
    """Return views as tensors, the shorter ones filled up."""
    b, t = len(views), max(len(view.numbers) for view in views)
    p, s = max(len(view.places) for view in views), max(len(view.sides) for view in views)
    batch = {
        "ids": torch.zeros(b, t, dtype=torch.long),
        "kinds": torch.zeros(b, t, dtype=torch.long),
        "mask": torch.zeros(b, t, dtype=torch.bool),
        "places": torch.zeros(b, p, dtype=torch.long),
        "sides": torch.zeros(b, s, dtype=torch.long),
        "named_places": torch.zeros(b, p, t),
        "named_sides": torch.zeros(b, s, t),
        "place_cues": torch.zeros(b, p, PLACE_CUES),
        "side_cues": torch.zeros(b, p, s + 1, SIDE_CUES),
        "has_place": torch.zeros(b, p, dtype=torch.bool),
        "has_side": torch.zeros(b, s + 1, dtype=torch.bool),
    }
    for n, view in enumerate(views):
        length = len(view.numbers)
        batch["ids"][n, :length] = torch.tensor(view.numbers)
        batch["kinds"][n, :length] = torch.tensor(view.kinds)
        batch["mask"][n, :length] = True
        batch["has_place"][n, : len(view.places)] = True
        batch["has_side"][n, : len(view.sides) + 1] = True
        batch["place_cues"][n, : len(view.places)] = torch.tensor(view.place_cues)
        batch["side_cues"][n, : len(view.places), : len(view.sides) + 1] = torch.tensor(view.side_cues)
        for name in ("places", "sides"):
            spots, named = getattr(view, name), getattr(view, f"named_{name}")
            batch[name][n, : len(spots)] = torch.tensor(spots)
            for k, where in enumerate(named):
                for at in where:
                    batch[f"named_{name}"][n, k, at] = 1.0
    return batch


def batches(
    examples: Sequence[Example], pieces: Pieces, size: int, luck: random.Random | None
) -> Iterator[tuple[list[Example], dict[str, Tensor]]]:
    """Yield batches; with luck in random order, with shuffled signs."""
    shown = [one for one in examples if luck is None or not one.easy or luck.random() < SELDOM]
    made = [(one, one.view(pieces, luck)) for one in shown]
    made.sort(key=lambda pair: len(pair[1].numbers) + (luck.random() * 8 if luck else 0))
    groups = [made[at : at + size] for at in range(0, len(made), size)]
    if luck:
        luck.shuffle(groups)
    for group in groups:
        yield [one for one, _ in group], packed([view for _, view in group])


def loss_of(network: Network, examples: Sequence[Example], batch: dict[str, Tensor]) -> Tensor:
    """Return what the network has still to learn on a batch; note which sentences it knows to say nothing."""
    claims, z, s = network(batch)
    highest = claims.detach().masked_fill(~batch["has_place"][:, :, None], -1e4).amax((1, 2))
    for one, score in zip(examples, highest.tolist(), strict=True):
        one.easy = not one.rows and score < SURE
    wanted, weight = torch.zeros_like(claims), batch["has_place"][:, :, None].float().repeat(1, 1, 2 * CLAIMS)
    where: list[tuple[int, int, int]] = []
    sides: list[list[int]] = []
    sources: list[int] = []
    parts: list[int] = []
    for n, one in enumerate(examples):
        for at, claim, denied in one.unsure:
            weight[n, at, claim + CLAIMS * denied] = 0
        for row in one.rows:
            cell = row.claim + CLAIMS * row.denied
            wanted[n, row.place, cell] = 1
            weight[n, row.place, cell] = row.weight
            where.append((n, row.place, cell))
            sides.append(row.sides)
            sources.append(row.source)
            parts.append(row.part)
    each = F.binary_cross_entropy_with_logits(claims, wanted, weight, reduction="sum") / len(examples)
    if not where:
        return each
    n, p, c = (torch.tensor(column) for column in zip(*where, strict=True))
    score = network.sides(z[n, p], s[n], batch["side_cues"][n, p], c).masked_fill(~batch["has_side"][n], -1e4)
    chosen = torch.zeros_like(score)
    for k, good in enumerate(sides):
        chosen[k, good] = 1 / len(good)
    side = -(torch.log_softmax(score, -1) * chosen).sum() / len(examples)
    about = network.about(z[n, p], c)
    more = F.cross_entropy(about[:, :-1], torch.tensor(sources), ignore_index=UNTOLD, reduction="sum")
    known = (torch.tensor(sources) != UNTOLD).float()
    part = torch.tensor(parts).float()
    more = more + F.binary_cross_entropy_with_logits(about[:, -1], part, known, reduction="sum")
    return each + side + 0.3 * more / len(examples)
