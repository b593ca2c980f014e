"""sources.md: where the rows come from, what is doubtful, what was coded by judgement."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from casebuild.draft import Draft, counted
from casebuild.folder import Facts
from casebuild.pages import credits
from casebuild.press import WITHIN
from headlong.case.rows import Row
from headlong.case.tables.schema import tables
from headlong.reports.confirmed import settles

LATE = 7  # days after a change within which a report tells of it


def sources(draft: Draft, facts: Facts, press: int, listed: int) -> str:
    """Return the text of sources.md."""
    lines = [
        f"# Sources of {draft.title}",
        "",
        "Every row of every table names its own source and how far it can be trusted (high, medium, low).",
        "Facts and figures are retold in our own words.",
        credits(draft) or "Where coordinates come from is said in each row.",
        "",
        "## Tables",
        "",
        "| table | rows | high | medium | low |",
        "|---|---|---|---|---|",
        *(_counts(draft, table) for table in tables() if draft.rows(table)),
        "",
        *_sure(draft),
        "## What a forecast may read",
        "",
        "`history`, `repulses` and `displacement` tell what happened: they serve verification and calibration. All",
        "other dated rows count only from their date on. What became of leaders and units, and whether a claim",
        "turned out to be true, was not carried over.",
        "",
    ]
    lines += [*_selected(press, listed), *_lag(draft)]
    lines += _list("## Left to its prior", draft.assumptions)
    lines += _list("## Coded by judgement", list(dict.fromkeys(draft.coded)))
    lines += _list("## Left out", [f"{why}: {number}" for why, number in sorted(draft.left_out.items())])
    lines += _list("## Rows of the facts that could not be used as they stand", facts.problems)
    lines += _list("## Doubts", [_plain(line) for line in draft.doubts])
    lines += _list("## Most cited", _most_cited(draft))
    return "\n".join(lines).rstrip() + "\n"


RECALLED = re.compile(r"recalled|from memory|not re-read|general reference|unverified", re.IGNORECASE)
SURE = {"high": "seen in a named source", "medium": "recalled from standard works", "low": "assumed"}


def _sure(draft: Draft) -> list[str]:
    """Return lines on how far the days of the changes can be trusted, and how much was recalled."""
    changes = draft.rows("history")
    if not changes:
        return []
    count = {word: sum(row["confidence"] == word for row in changes) for word in SURE}
    days = ", ".join(f"{number} {SURE[word]}" for word, number in count.items() if number)
    rows = [row for table in tables() for row in draft.rows(table)]
    recalled = sum(bool(RECALLED.search(str(row.get("source", "")))) for row in rows)
    lines = [
        "## How sure it is",
        "",
        f"The days of the {len(changes)} changes of hands: {days}. `history.csv` spreads them accordingly (one day",
        "either way, three, about ten), in the order in which a place changed hands and within the period.",
    ]
    if recalled:
        lines += [
            f"{recalled} of all {len(rows)} rows rest, wholly or partly, on works recalled and not read again."
        ]
    later = [row for row in draft.rows("reports") if str(row["id"]).startswith("status-")]
    if later:
        day = later[0]["published_at"]
        lines += [
            f"{len(later)} reports whose id starts with `status-` say who held a place on {day}, as a",
            "table compiled afterwards has it: they are that day's map, not items of its press.",
        ]
    return [*lines, ""]


def _selected(press: int, listed: int) -> list[str]:
    """Return lines on the reports that were made from what is known to have happened."""
    lines = []
    if press:
        lines += [
            f"{press} reports whose id starts with `press-` are there because later tables cite them for a change",
            f"of hands: items of the press that carry their own day, no more than {WITHIN} days after it, of changes",
            "whose day is sure and that nobody is known to have denied or only claimed.",
        ]
    if listed:
        lines += [
            f"{listed} reports whose id starts with `timeline-` are there because a list of dated events cites such",
            "an item for a change that it tells plainly.",
        ]
    if lines:
        lines += [
            "They are a selection of true reports; how often such reports are wrong they do not say.",
            "",
        ]
    return lines


def _lag(draft: Draft) -> list[str]:
    """Return lines on the changes that no report tells of in time."""
    changes = [row for row in draft.rows("history") if row["to_side"]]
    missed = [row for row in changes if not any(_tells(report, row) for report in draft.rows("reports"))]
    if not changes or not missed:
        return []
    return [
        f"No report settles {len(missed)} of the {len(changes)} changes of hands within {LATE} days: most of them rest",
        "on works written later, and by whom they were reported at the time is not known. A forecast that takes",
        "control from reports lags behind there; one from known control does not.",
        "",
    ]


def _tells(report: dict[str, Any], change: dict[str, Any]) -> bool:
    """Say whether a report settles a change no later than some days after it."""
    row = {"verification": "", "interest": "", "polarity": "", "place": "", "side": ""} | report
    if (row["place"], row["side"]) != (change["place"], change["to_side"]) or not settles(Row(row)):
        return False
    told, event = (
        str(day)[:10] for day in (row["published_at"], row.get("event_date") or row["published_at"])
    )
    late, first = timedelta(days=LATE), change.get("date") or change["earliest"]
    return str(first - late) <= event and told <= str(counted(change) + late)


def _counts(draft: Draft, table: str) -> str:
    rows = draft.rows(table)
    shares = [str(sum(row.get("confidence") == word for row in rows)) for word in ("high", "medium", "low")]
    return f"| {table} | {len(rows)} | {' | '.join(shares)} |"


def _list(title: str, lines: list[str]) -> list[str]:
    return [title, "", *(f"- {line}" for line in lines), ""] if lines else []


def _plain(line: str) -> str:
    """Drop the names of facts columns from a doubt."""
    return re.sub(r"\b(forces|roads|leaders|falls)\.csv\b", r"the \1 table", line)


def _most_cited(draft: Draft, most: int = 12) -> list[str]:
    counts: dict[str, int] = {}
    for table in tables():
        for row in draft.rows(table):
            parts = re.split(r"\s*\|\s*|;\s+(?![^()]*\))", str(row.get("source", "")))
            for part in {
                re.sub(r"^(holder|population|coordinates|holder/population): ", "", p) for p in parts
            }:
                if len(part) > 5:
                    counts[part] = counts.get(part, 0) + 1
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [f"{name} ({number} rows)" for name, number in best]
