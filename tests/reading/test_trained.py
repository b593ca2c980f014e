"""The trained reader: what it sees holds no names, its arrays say what they should, and it drafts whole rows."""

from datetime import date

import numpy as np
import pytest
import reading_score as score

import headlong as hl
import reading
from headlong.case import open_case
from headlong.errors import BadRequest
from headlong.reading.api import network_for
from headlong.reading.flags.flags import flags_of_both
from headlong.reading.reader import read_text, reading_of
from headlong.reading.trained import weights as where
from headlong.reading.trained.cues import PLACE_CUES, SIDE_CUES
from headlong.reading.trained.network import CLASSES, Network, load_network
from headlong.reading.trained.revise import damaged, found_in
from headlong.reading.trained.slots import CLAIMS, EarlierClaim, slots_of
from headlong.reading.trained.speaking import side_that_speaks
from headlong.reading.trained.view import view_of
from headlong.reading.trained.wordpiece import CLOSE, LEADER, NOWHERE, OPEN, PLACES, SIDES, Pieces

CASE = open_case("afghanistan-2021")
DAY = "2021-08-13"
WORDS = [
    "the",
    "taliban",
    "fighters",
    "took",
    "city",
    "of",
    "by",
    "and",
    "said",
    "gone",
    "from",
    "is",
    "was",
    "not",
]
WORDS += ["fell"]
SIGNS = ["[UNK]", OPEN, CLOSE, *SIDES, *PLACES, NOWHERE, LEADER, ".", ",", "##s", "##y", "t", "g"]
PIECES = [
    *SIGNS,
    *dict.fromkeys([*WORDS, "government", "rebels", "militia", "foreign", "capital", "town", "border"]),
]


def small(seed=1, depth=2, width=24, small=8):
    """A network of the right form that has learned nothing."""
    luck = np.random.default_rng(seed)
    sizes = {
        "words.weight": (len(PIECES), width),
        "positions.weight": (256, width),
        "kinds.weight": (2, width),
        "unnamed": (2, width),
        "noside": (small,),
        "by_claim.weight": (2 * len(CLAIMS), small),
        "place_cues.weight": (2 * len(CLAIMS), PLACE_CUES),
        "side_cues.weight": (2 * len(CLAIMS), SIDE_CUES),
    }
    lines = {"place": (3 * width, small), "claim": (small, 2 * len(CLAIMS)), "side": (2 * width, small)}
    lines |= {"query": (small, small), "more": (small, len(CLASSES) + 1)}
    for n in range(depth):
        lines |= {f"layers.{n}.qkv": (width, 3 * width), f"layers.{n}.out": (width, width)}
        lines |= {f"layers.{n}.up": (width, 4 * width), f"layers.{n}.down": (4 * width, width)}
    for name, (into, out) in lines.items():
        sizes |= {f"{name}.weight": (out, into), f"{name}.bias": (out,)}
    for name in ("norm", *(f"layers.{n}.norm{k}" for n in range(depth) for k in (1, 2))):
        sizes |= {f"{name}.weight": (width,), f"{name}.bias": (width,)}
    parts = {name: luck.normal(0, 0.3, size).astype(np.float32) for name, size in sizes.items()}
    return Network(parts, {"pieces": PIECES})


def test_words_are_cut_into_the_longest_pieces():
    pieces = Pieces(PIECES)
    number = pieces.number
    assert pieces.numbers(["Towns", PLACES[0], "ÖY", "city."]) == [
        number["town"],
        number["##s"],
        number[PLACES[0]],
        number["[UNK]"],
        number["city"],
        number["."],
    ]


def seen(text, number=1, told=()):
    reading = reading_of(text, CASE, date.fromisoformat(DAY))
    slots = slots_of(reading, number, list(told))
    pieces = Pieces(PIECES)
    return view_of(reading, number, slots, pieces), slots, pieces


def test_names_do_not_matter():
    one, slots, _ = seen("The Taliban took Herat, and the city of Kandahar was not gone.")
    other, others, _ = seen("The Taliban took Kunduz, and the city of Taloqan was not gone.")
    assert slots.places[:2] == ["herat", "kandahar"] and others.places[:2] == ["kunduz", "taloqan"]
    assert one.numbers == other.numbers and one.named_places == other.named_places


def test_what_was_told_is_seen():
    told = [EarlierClaim("herat", "fell", "taliban", "asserted")]
    text = "The Taliban took Herat. The city is gone."
    view, slots, pieces = seen(text, 2, told)
    assert slots.places[0] == "herat" and not view.named_places[1]
    assert pieces.number["fell"] in view.numbers[: view.sides[0] + 30]
    assert view.place_cues[1][2] == 1.0 and view.place_cues[0][2] == 0.0


@pytest.mark.parametrize(
    ("text", "number", "wanted"),
    [
        ("The Taliban said their men were in Herat. Our flag is over the square.", 2, "taliban"),
        ("Statement of the Islamic Emirate\n\nHerat is in our hands since noon.", 1, "taliban"),
        (
            'Rain fell. "We have seen nobody," a baker said. "We hold Herat," the army spokesman said.',
            3,
            "republic",
        ),
        ('The Taliban said their men were in Herat. "We fled," a shopkeeper said.', 2, ""),
        ("Rain fell in Herat.", 1, ""),
    ],
)
def test_who_is_meant_by_we(text, number, wanted):
    assert side_that_speaks(reading_of(text, CASE, date.fromisoformat(DAY)), number) == wanted


def test_the_sides_are_cued_by_who_speaks_and_who_is_near():
    view, slots, _ = seen(
        "The Taliban said their men were in Herat. Our men hold Kandahar, and the enemy is gone.", 2
    )
    own, other = (1 + slots.sides.index(side) for side in ("taliban", "republic"))
    ours, theirs, near = 7, 8, 9
    cues = view.side_cues[1]
    assert cues[own][ours] and not cues[other][ours] and cues[other][theirs] and not cues[own][theirs]
    for place, cells in zip(["", *slots.places], view.side_cues, strict=True):
        likely = [side for side, cell in zip(slots.sides, cells[1:], strict=True) if cell[near]]
        assert (likely and likely != [slots.holder[place]]) if place else not likely
    assert all(len(cell) == SIDE_CUES for cells in view.side_cues for cell in cells)
    assert sum(cell[11] for cell in cues) == pytest.approx(1) and 0 < sum(cell[-1] for cell in cues) <= 1


def test_python_drafts_by_the_trained_reader_where_its_weights_are(monkeypatch, tmp_path):
    text = "The Taliban captured Herat on Thursday, officials said."
    monkeypatch.setattr(where, "weights", lambda: tmp_path)
    monkeypatch.setattr("headlong.reading.trained.network.load_network", lambda path: small(3))
    assert network_for("rules") is None and network_for("") is not None
    by_default, by_rules = hl.read_text(text, CASE, DAY), hl.read_text(text, CASE, DAY, "rules")
    assert by_default != by_rules == read_text(text, CASE, DAY)
    monkeypatch.setattr(where, "weights", lambda: None)
    assert hl.read_text(text, CASE, DAY) == by_rules
    with pytest.raises(BadRequest, match="not installed"):
        hl.read_text(text, CASE, DAY, "local")


def test_numbers_who_fled_are_kept_where_the_network_says_nothing():
    network = small()
    network.least = {"alone": 1.1, "agreed": 1.1}
    found = read_text(
        "The Taliban took Herat. About 26,000 people fled Herat, the UN said.", CASE, DAY, network
    )
    assert not found["reports"]
    assert [(row["place"], row["count"]) for row in found["displaced"]] == [("herat", 26000)]


def test_contradictions_of_the_rules_are_kept_beside_those_of_the_network():
    network = small()
    network.least = {"alone": 1.1, "agreed": 1.1}
    text = "The Taliban captured Herat on Thursday, officials said. The army denied that Herat had fallen."
    found = read_text(text, CASE, DAY, network)
    assert not found["reports"] and [flag["sentences"] for flag in found["flags"]] == [[1, 2]]
    one = {"kind": "contradiction", "sentences": [2], "note": ""}
    assert flags_of_both(found["flags"], [one]) == found["flags"] and flags_of_both([], [one]) == [one]


def test_chances_are_chances():
    view, slots, _ = seen("The Taliban took Herat.")
    network = small()
    scores = network.scores(view)
    assert scores.chance.shape == (1 + len(slots.places), 2 * len(CLAIMS))
    assert np.all((scores.chance > 0) & (scores.chance < 1))
    sides = scores.side_chances(1, 0)
    assert sides.size == 1 + len(slots.sides) and sides.sum() == pytest.approx(1)


def test_whatever_the_network_says_rows_are_whole():
    network = small(3)
    network.least = {"alone": 0.4, "agreed": 0.3}
    text = "The Taliban captured Herat on Thursday, officials said.\nGeneral Noor fled. 300 men crossed. Rain fell."
    found = read_text(text, CASE, DAY, network)
    rows = found["reports"] + found["displaced"]
    assert rows and {row["drafter"] for row in rows} <= {"local", "both"}
    sides, places = {side.id for side in CASE.sides} | {""}, {place["id"] for place in CASE.places} | {""}
    for row in rows:
        assert row["claim"] in CLAIMS and row["side"] in sides and row["place"] in places
        assert (row["polarity"] == "denied") == (row["verification"] == "denied")
        assert row["event_date"] <= DAY and row["words"]
    told = {row["sentence"] for row in rows} | {one["sentence"] for one in found["skipped"]}
    assert told >= {1, 2, 3, 4}


def test_a_network_is_stored_and_loaded(tmp_path):
    import json

    network = small()
    stored = {
        "about": np.frombuffer(json.dumps({"pieces": PIECES, "least": {"alone": 0.6}}).encode(), np.uint8)
    }
    for name, part in network.parts.items():
        stored[name] = part
    scale = np.abs(network.parts["place.weight"]).max(1) / 127
    stored["place.weight"] = np.round(network.parts["place.weight"] / scale[:, None]).astype(np.int8)
    stored["place.weight:scale"] = scale.astype(np.float32)
    np.savez_compressed(tmp_path / "weights.npz", **stored)
    loaded = load_network(tmp_path / "weights.npz")
    assert loaded.least == {"alone": 0.6} and loaded.depth == 2
    assert np.allclose(loaded.parts["place.weight"], network.parts["place.weight"], atol=0.02)


def test_weights_of_another_version_are_refused(tmp_path):
    parts = small().parts | {"side_cues.weight": np.zeros((2 * len(CLAIMS), SIDE_CUES - 1), np.float32)}
    about = np.frombuffer(b'{"pieces": []}', np.uint8)
    np.savez_compressed(tmp_path / "old.npz", about=about, **parts)
    with pytest.raises(BadRequest, match="another version"):
        load_network(tmp_path / "old.npz")


def test_where_the_weights_lie(monkeypatch, tmp_path):
    monkeypatch.setattr(where, "find_spec", lambda name: None)
    monkeypatch.setattr(where, "CLONE", tmp_path / "none.npz")
    assert where.weights() is None
    with pytest.raises(BadRequest, match="extras/reader"):
        where.weights_needed()


@pytest.mark.parametrize(
    ("text", "number", "place", "chance", "also", "drafted"),
    [
        ("Herat was quiet.", 1, "herat", 0.5, 0.0, False),
        ("Herat was quiet.", 1, "herat", 0.5, 0.7, True),
        ("Herat was quiet.", 1, "herat", 0.65, 0.0, True),
        ("Herat was quiet. It is cold.", 2, "herat", 0.7, 0.0, False),
        ("Herat was quiet. It is cold.", 2, "herat", 0.85, 0.0, True),
        ("Herat was quiet. It was cold in Kabul.", 2, "herat", 0.7, 0.9, False),
        ("The Taliban captured Herat.", 1, "herat", 0.35, 0.0, True),
    ],
)
def test_what_the_rules_do_not_read_must_be_likelier(text, number, place, chance, also, drafted):
    view, slots, _ = seen(text, number)
    network = small()
    network.least = {"alone": 0.4, "agreed": 0.3}
    scores = network.scores(view)
    scores.chance[:] = 0.0
    at = slots.places.index(place) + 1
    scores.chance[at, CLAIMS.index("fell")] = chance
    scores.chance[at, CLAIMS.index("held")] = also
    read = reading_of(text, CASE, date.fromisoformat(DAY))
    own = [one for one in read.claims if one.number == number]
    found = {(one.place, one.claim) for one in found_in(scores, slots, own, network)}
    assert ((place, "fell") in found) is drafted


@pytest.mark.parametrize(("flagged", "sentences", "wanted"), [(0, 6, False), (2, 6, False), (4, 6, True)])
def test_a_text_that_is_damaged_throughout_is_left_to_the_rules(flagged, sentences, wanted):
    flags = [{"kind": "garbled", "sentences": [n], "note": ""} for n in range(1, flagged + 1)]
    assert damaged(flags, sentences) is wanted


@pytest.mark.skipif(where.weights() is None, reason="the trained weights are not here")
def test_strangers_are_read_better_than_by_the_rules():
    golds = reading.gold_texts("validate")[::9]
    found = {name: score.strict_f1(reading.score_all(golds, read)) for name, read in reading.READERS.items()}
    assert found["local"] > found["rules"] + 0.05
