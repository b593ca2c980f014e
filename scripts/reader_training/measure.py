"""How well single sentences are read while training: no dates; what was told before is taken from the coding."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from headlong.reading.trained.wordpiece import Pieces
from reader_training.batches import batches
from reader_training.encoder import CLAIMS, Network
from reader_training.examples import Example


@torch.no_grad()
def measured(network: Network, examples: Sequence[Example], pieces: Pieces, least: float = 0.5) -> str:
    """Return F1 of claims at places, and with their sides, in words."""
    network.eval()
    hits = right = said = coded = 0
    for group, batch in batches(examples, pieces, 32, None):
        claims, z, s = network(batch)
        likely = torch.sigmoid(claims) * batch["has_place"][:, :, None] > least
        for n, one in enumerate(group):
            wanted = {(row.place, row.claim + CLAIMS * row.denied): row for row in one.rows}
            unsure = {(at, claim + CLAIMS * denied) for at, claim, denied in one.unsure}
            got = {(p, c) for p, c in likely[n].nonzero().tolist()} - (unsure - set(wanted))
            said, coded = said + len(got), coded + len(wanted)
            for p, c in got & set(wanted):
                score = network.sides(
                    z[n, p][None], s[n][None], batch["side_cues"][n, p][None], torch.tensor([c])
                )
                best = int(score.masked_fill(~batch["has_side"][n], -1e4).argmax())
                hits, right = hits + 1, right + (best in wanted[(p, c)].sides)
    whole = max(1, said + coded)
    return f"| held out: F1 {2 * hits / whole:.3f}, with side {2 * right / whole:.3f}, {said} said, {coded} coded"
