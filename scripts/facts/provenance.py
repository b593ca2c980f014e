"""sources.md: where the rows come from, what is doubtful, what was coded by judgement."""

from __future__ import annotations

import re

from facts.draft import Draft
from facts.folder import Facts
from facts.pages import credits
from headlong.case.schema import tables


def sources(draft: Draft, facts: Facts, press: int) -> str:
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
        "## What a forecast may read",
        "",
        "`history`, `repulses` and `displacement` tell what happened: they serve verification and calibration. All",
        "other dated rows count only from their date on. What became of leaders and units, and whether a claim",
        "turned out to be true, was not carried over.",
        "",
    ]
    if press:
        lines += [
            f"{press} reports whose id starts with `press-` are there because later tables cite them for a change",
            "of hands: dated press items, no more than five days after it. They are a selection of true reports",
            "and say nothing about how often such reports are wrong.",
            "",
        ]
    lines += _list("## Left to its prior", draft.assumptions)
    lines += _list("## Coded by judgement", list(dict.fromkeys(draft.coded)))
    lines += _list("## Left out", [f"{why}: {number}" for why, number in sorted(draft.left_out.items())])
    lines += _list("## Rows of the facts that could not be used as they stand", facts.problems)
    lines += _list("## Doubts", [_plain(line) for line in draft.doubts])
    lines += _list("## Most cited", _most_cited(draft))
    return "\n".join(lines).rstrip() + "\n"


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
