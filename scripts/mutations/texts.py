"""News texts, damaged as transport and ill will do, through the rules and the trained reader where it is."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HERE / "validation"))

from mutations.runner import Kind


def make(folder: Path) -> list[str]:
    """The texts of the golds."""
    import reading

    return [gold.text for gold in reading.gold_texts("all")]


def damage(sound: object, root: Path, luck: random.Random) -> Path:
    """Write a damaged text."""
    from reading_damage import mutate

    assert isinstance(sound, list)
    path = root / "damaged.txt"
    path.write_bytes(mutate(luck.choice(sound), luck))
    return path


def use(sound: object, path: Path) -> None:
    """Read it both ways; nothing that comes out acts on a terminal or a page."""
    from reading_damage import UNSAFE

    from headlong.case import open_case
    from headlong.reading.output.draft_table import drafts_csv
    from headlong.reading.output.printing import lines_of
    from headlong.reading.reader import read_text
    from headlong.reading.trained.weights import weights

    case, raw, found = open_case("afghanistan-2021"), path.read_bytes(), weights()
    networks = [None]
    if found is not None:
        from headlong.reading.trained.network import load_network

        networks.append(load_network(found))
    for network in networks:
        read = read_text(raw, case, "2021-08-15", network)
        said = json.dumps(read, ensure_ascii=False) + "\n".join(lines_of(read))
        assert not UNSAFE.search(said), "something acts"
        drafts_csv(read, case, "2021-08-15", "damaged.txt")


KIND = Kind(make, damage, use)
