"""What was read, as plain lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from headlong.reading.text.decode import one_line
from headlong.text import many

__all__ = ["lines_of"]

SHOWN = ("event_date", "place", "claim", "side", "leader", "count")
WEIGHED = ("source_class", "verification", "interest")


def lines_of(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the drafts, the flags and the skipped sentences, one line each, the words below their draft."""
    reports, flags = found["reports"], found["flags"]
    sentences = len({report["sentence"] for report in reports})
    counts = many(len(reports), "draft report"), many(sentences, "sentence"), many(len(flags), "flag")
    yield f"{counts[0]} from {counts[1]}, {counts[2]}. Nothing is believed unchecked."
    for report in reports:
        what = "  ".join(str(report[key]) for key in SHOWN if report[key] not in ("", None))
        denied = "  DENIED" if report["polarity"] == "denied" else ""
        weight = ", ".join(report[key].replace("_", " ") for key in WEIGHED if report[key] != "none")
        yield f"\n{report['sentence']:>4}  {what}{denied}"
        yield f"      {weight}{'; ' + report['note'] if report['note'] else ''}"
        yield f'      "{one_line(report["words"], 100)}"'
    if flags:
        yield "\nFlags"
    for flag in flags:
        yield f"  {', '.join(map(str, flag['sentences'])):>6}  {flag['kind'].replace('_', ' ')}: {flag['note']}"
    if found["skipped"]:
        yield "\nSkipped"
    for skipped in found["skipped"]:
        yield f"  {skipped['sentence']:>6}  {skipped['why']}"
