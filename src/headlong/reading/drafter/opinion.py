"""The rules as second opinion: which rows of a model they read too, which otherwise, and what they read alone."""

from __future__ import annotations

from headlong.reading.claims.shapes import Draft, DraftCells, Field, FlagEntry

__all__ = ["mark_by_reader"]

SAME: tuple[Field, ...] = ("place", "claim", "side", "polarity", "event_date")
SHOWN: tuple[Field, ...] = ("claim", "side", "place", "event_date", "polarity")


def mark_by_reader(drafted: Draft, rules: Draft | None) -> None:
    """Mark every row and flag of a draft by who reads it, and add what the rules alone read.

    Rows are marked ``both`` (the rules read the same place, claim, side, polarity and day), ``differ`` (they read the
    sentence otherwise; ``rules`` says how) or ``model``. Rows and flags of the rules alone are kept apart, under
    ``second_opinion``: the rules err too often to be mixed in unseen.

    Parameters
    ----------
    drafted : dict
        A draft, as ``drafting`` makes it; changed.
    rules : mapping or None
        What the rules read, or None where they cannot read the text.
    """
    rows, flags = drafted["reports"], drafted["flags"]
    if rules is None:
        for row in (*rows, *drafted["displaced"]):
            row["drafter"] = "model"
        for flag in flags:
            flag["drafter"] = "model"
        drafted["second_opinion"] = {"reports": [], "flags": []}
        return
    alone = _rows(rows, list(rules["reports"])) + _rows(drafted["displaced"], list(rules["displaced"]))
    found = list(rules["flags"])
    for flag in flags:
        same = [one for one in found if _same_flag(one, flag)]
        flag["drafter"] = "both" if same else "model"
    left = [one for one in found if not any(_same_flag(one, flag) for flag in flags)]
    drafted["second_opinion"] = {
        "reports": [{**row, "drafter": "rules"} for row in alone],
        "flags": [{**flag, "drafter": "rules"} for flag in left],
    }


def _rows(rows: list[DraftCells], left: list[DraftCells]) -> list[DraftCells]:
    """Mark rows; return those of the rules that no row took up."""
    for row in rows:
        twin = next((one for one in left if all(one[key] == row[key] for key in SAME)), None)
        row["drafter"] = "both" if twin else "model"
        if twin:
            left.remove(twin)
    for row in rows:
        if row["drafter"] == "both":
            continue
        near = next((one for one in left if _near(row, one)), None)
        if near:
            row["drafter"] = "differ"
            row["rules"] = " ".join(str(near[key]) for key in SHOWN if near[key] not in ("", "asserted"))
            left.remove(near)
    return left


def _near(row: DraftCells, one: DraftCells) -> bool:
    """Whether two rows are about one thing and differ in a field."""
    same = [row["place"] == one["place"], row["claim"] == one["claim"], row["side"] == one["side"]]
    if row["leader"] != one["leader"]:
        return False
    return row["sentence"] == one["sentence"] and sum(same) >= 2


def _same_flag(one: FlagEntry, other: FlagEntry) -> bool:
    return one["kind"] == other["kind"] and bool(set(one["sentences"]) & set(other["sentences"]))
