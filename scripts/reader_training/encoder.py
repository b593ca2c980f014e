"""The network while it is trained: a small encoder with open weights, and heads for claims, sides and sources."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from headlong.reading.trained.cues import PLACE_CUES, SIDE_CUES
from headlong.reading.trained.wordpiece import LEADER, NOWHERE, PLACES, SIDES

WIDTH, HEADS, CLAIMS, CLASSES = 384, 12, 16, 8
SMALL = 256
RARE = -4.5
"""Where claim scores begin: most claims do not hold at most places."""


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # written out: on a processor this is three times faster to train than the fused form
        weight = torch.softmax(q @ k.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + mask, -1).to(v.dtype)
        seen = self.out((weight @ v).transpose(1, 2).reshape(b, t, WIDTH))
        x = self.norm1(x + F.dropout(seen, drop, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), drop, self.training))


class Network(nn.Module):
    """Encoder and heads.

    Parameters
    ----------
    size
        Pieces in the vocabulary.
    depth
        Layers.
    """

    def __init__(self, size: int, depth: int = 6, drop: float = 0.1) -> None:
        super().__init__()
        self.drop = drop
        self.words = nn.Embedding(size, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList([Layer() for _ in range(depth)])
        self.unnamed = nn.Parameter(torch.zeros(2, WIDTH))
        self.place = nn.Linear(3 * WIDTH, SMALL)
        self.claim = nn.Linear(SMALL, 2 * CLAIMS)
        nn.init.constant_(self.claim.bias, RARE)
        self.side = nn.Linear(2 * WIDTH, SMALL)
        self.noside = nn.Parameter(torch.randn(SMALL) * 0.1)
        self.query = nn.Linear(SMALL, SMALL)
        self.by_claim = nn.Embedding(2 * CLAIMS, SMALL)
        self.more = nn.Linear(SMALL, CLASSES + 1)
        self.place_cues = nn.Linear(PLACE_CUES, 2 * CLAIMS, bias=False)
        self.side_cues = nn.Embedding(2 * CLAIMS, SIDE_CUES)
        nn.init.zeros_(self.place_cues.weight)
        nn.init.zeros_(self.side_cues.weight)

    def encode(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        at = torch.arange(ids.shape[1])
        x = self.norm(self.words(ids) + self.positions(at) + self.kinds(kinds))
        x = F.dropout(x, self.drop, self.training)
        wide = torch.where(mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide.to(x.dtype), self.drop)
        return x.float()

    def spots(self, x: Tensor, where: Tensor, named: Tensor, which: int) -> Tensor:
        """Return for each sign its explanation and the mean of where the sentence names it."""
        own = torch.gather(x, 1, where[:, :, None].expand(-1, -1, WIDTH))
        total = named.sum(-1, keepdim=True)
        mean = torch.einsum("bst,btw->bsw", named / total.clamp(min=1), x)
        mean = torch.where(total > 0, mean, self.unnamed[which])
        return torch.cat([own, mean], -1)

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Return claim scores (b, p, 32) and what is needed for the sides of claims."""
        x = self.encode(batch["ids"], batch["kinds"], batch["mask"])
        p = self.spots(x, batch["places"], batch["named_places"], 0)
        whole = x[:, :1].expand(-1, p.shape[1], -1)
        z = F.gelu(self.place(torch.cat([p, whole], -1)))
        z = F.dropout(z, self.drop, self.training)
        s = F.gelu(self.side(self.spots(x, batch["sides"], batch["named_sides"], 1)))
        s = torch.cat([self.noside.expand(s.shape[0], 1, -1), s], 1)
        return self.claim(z) + self.place_cues(batch["place_cues"]), z, s

    def sides(self, z: Tensor, s: Tensor, cues: Tensor, claim: Tensor) -> Tensor:
        """Return scores of the sides for rows: z (n, w), s (n, k, w), cues (n, k, c), claim (n,)."""
        q = self.query(z) * (1 + self.by_claim(claim))
        return torch.einsum("nw,nkw->nk", q, s) / SMALL**0.5 + torch.einsum(
            "nkc,nc->nk", cues, self.side_cues(claim)
        )

    def about(self, z: Tensor, claim: Tensor) -> Tensor:
        """Return scores of the class of source, and of a part, for rows."""
        return self.more(F.gelu(self.query(z) + self.by_claim(claim)))


class Mean:
    """The mean of a network's weights at several times: it reads strangers better than the last weights do."""

    def __init__(self) -> None:
        self.total: dict[str, Tensor] = {}
        self.times = 0

    def add(self, network: Network) -> None:
        """Count the weights as they are now."""
        for name, value in network.state_dict().items():
            self.total[name] = self.total[name] + value if self.times else value.clone()
        self.times += 1

    def give(self, network: Network) -> None:
        """Put the mean in the place of the weights."""
        network.load_state_dict({name: value / self.times for name, value in self.total.items()})


def load_base(network: Network, folder: Path, vocabulary: list[str]) -> None:
    """Fill the encoder with open weights; signs begin as common words."""
    from safetensors.torch import load_file

    given = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    own = (folder / "vocab.txt").read_text("utf-8").split("\n")
    number = {piece: at for at, piece in enumerate(own)}
    with torch.no_grad():
        words = given["embeddings.word_embeddings.weight"]
        network.words.weight.copy_(words[[number[piece] for piece in vocabulary]])
        at = {piece: n for n, piece in enumerate(vocabulary)}
        for signs, word in (
            (SIDES, "group"),
            (PLACES, "town"),
            ((NOWHERE,), "somewhere"),
            ((LEADER,), "leader"),
        ):
            for sign in signs:
                network.words.weight[at[sign]] = words[number[word]] + 0.02 * torch.randn(WIDTH)
        network.positions.weight.copy_(given["embeddings.position_embeddings.weight"])
        network.kinds.weight.copy_(given["embeddings.token_type_embeddings.weight"])
        _norm(network.norm, given, "embeddings.LayerNorm")
        for n, layer in enumerate(network.layers):
            base = f"encoder.layer.{n}."
            parts = [f"{base}attention.self.{name}" for name in ("query", "key", "value")]
            layer.qkv.weight.copy_(torch.cat([given[f"{part}.weight"] for part in parts]))
            layer.qkv.bias.copy_(torch.cat([given[f"{part}.bias"] for part in parts]))
            for mine, theirs in (
                (layer.out, "attention.output.dense"),
                (layer.up, "intermediate.dense"),
                (layer.down, "output.dense"),
            ):
                mine.weight.copy_(given[f"{base}{theirs}.weight"])
                mine.bias.copy_(given[f"{base}{theirs}.bias"])
            _norm(layer.norm1, given, f"{base}attention.output.LayerNorm")
            _norm(layer.norm2, given, f"{base}output.LayerNorm")


def _norm(norm: nn.LayerNorm, given: dict[str, Tensor], name: str) -> None:
    norm.weight.copy_(given[f"{name}.weight"])
    norm.bias.copy_(given[f"{name}.bias"])


def vocabulary_of(folder: Path) -> list[str]:
    """Return all pieces of the open weights."""
    return (folder / "vocab.txt").read_text("utf-8").rstrip("\n").split("\n")
