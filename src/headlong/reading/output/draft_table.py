"""Draft reports as a case's reports.csv, for a person to review; every cell is inert in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from hashlib import blake2b

from headlong.case import Case
from headlong.reading.claims.shapes import Draft, DraftCells
from headlong.reading.text.decode import one_line

__all__ = ["COLUMNS", "drafts_csv", "table_of_texts", "unreviewed"]

COLUMNS = (
    *("id", "published_at", "event_date", "place", "claim", "side", "leader", "count", "polarity"),
    *(
        "source_class",
        "verification",
        "interest",
        "origin",
        "outlet",
        "words",
        "note",
        "source",
        "confidence",
    ),
)
WHO = {"both": "model and rules", "differ": "model, the rules differ"}
ONE_VOICE = ("reporter", "belligerent")
"""Classes of which a text has one source for each interest: two residents may be two witnesses."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "|")


def drafts_csv(
    found: Draft, case: Case, published: str, source: str, *, head: bool = True, reviewed: bool = False
) -> str:
    """Write reading results as CSV text that a case folder can hold.

    Parameters
    ----------
    found
        What ``read_text`` or ``draft_text`` returned.
    case
        The case it was read for.
    published
        Day of publication, as ``2021-08-12``.
    source
        Where the text came from.
    head
        Whether to begin with the names of the columns.
    reviewed
        Whether a person has seen each row: then ``confirmed`` stands as it is (`unreviewed`).
    """
    found = found if reviewed else unreviewed(found)
    ids = {row["name"]: row["id"] for row in case.leaders}
    rows = sorted([*found["reports"], *found["displaced"]], key=lambda row: row["sentence"])
    told = " ".join(report["words"] for report in rows)
    mark = blake2b(f"{source} {told}".encode("utf-8", "replace"), digest_size=3).hexdigest()
    flagged = {n: flag["kind"] for flag in found["flags"] for n in flag["sentences"]}
    out = io.StringIO()
    write = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    if head:
        write.writeheader()
    for number, report in enumerate(rows, 1):
        cells: dict[str, object] = {key: report.get(key, "") for key in COLUMNS}
        cells |= {
            "id": f"draft-{published}-{mark}-{number:03d}",
            "published_at": published,
            "leader": ids.get(report["leader"], ""),
            "origin": _origin(report, mark),
            "outlet": "",
            "note": _note(report, flagged.get(report["sentence"], "")),
            "source": source or "a text",
            "confidence": "low",
        }
        write.writerow({key: spreadsheet_cell(value) for key, value in cells.items()})
    return out.getvalue()


def table_of_texts(
    found: Sequence[tuple[str, Draft]], case: Case, published: str, *, reviewed: bool = False
) -> str:
    """Write what was read of several texts as one table.

    Parameters
    ----------
    found
        Name of each text, and what was read of it.
    case, published, reviewed
        As for one (`drafts_csv`).
    """
    return "".join(
        drafts_csv(one, case, published, name, head=number == 0, reviewed=reviewed)
        for number, (name, one) in enumerate(found)
    )


def unreviewed(found: Draft) -> Draft:
    """Return reading results as they stand before a person has seen them: in tables, in JSON and in print.

    By the rules of coding a writer's own plain voice is ``confirmed``, and so is what a party "confirms" of itself. A
    table's ``confirmed`` is believed outright, whoever speaks: that is not for one text to say.

    Parameters
    ----------
    found
        What ``read_text`` or ``draft_text`` returned.
    """
    kept: Draft = {**found, "reports": _claimed(found["reports"]), "displaced": _claimed(found["displaced"])}
    if alone := found.get("second_opinion"):
        kept["second_opinion"] = {**alone, "reports": _claimed(alone["reports"])}
    return kept


def _claimed(rows: Sequence[DraftCells]) -> list[DraftCells]:
    return [{**row, "verification": _verified(row)} for row in rows]


def _verified(report: DraftCells) -> str:
    said, interest = report["verification"], report["interest"]
    if said != "confirmed" or interest == "own_failure":
        return said
    return said if interest == "none" and report["source_class"] in ("agency", "official") else "attributed"


def _origin(report: DraftCells, mark: str) -> str:
    """Return who first said it: the text's own voice, or the party that speaks in it, is one source however often."""
    if report["source_class"] not in ONE_VOICE:
        return ""
    return f"draft {mark}, {report['source_class']}, {report['interest']}"


def _note(report: DraftCells, warning: str) -> str:
    """Return what a reviewer should know of a row: where it stands, its marks, who drafted it, what was mended."""
    by = report.get("drafter", "rules")
    notes = [f"sentence {report['sentence']}", report["note"], warning and f"flagged: {warning}"]
    notes += [f"to {report['to']}" if report.get("to") else "", f"drafted by {WHO.get(by, by)}"]
    notes += [f"rules: {report['rules']}" if report.get("rules") else "", report.get("mended", "")]
    return "; ".join(filter(None, notes))


def spreadsheet_cell(value: object) -> str:
    """Return a cell on one line that no spreadsheet takes for a formula."""
    text = "" if value is None else one_line(str(value))
    return f"'{text}" if text.startswith(FORMULA) else text
