"""What was read, as plain lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from headlong.reading.claims.shapes import (
    BEYOND,
    Draft,
    DraftCells,
    Failure,
    Field,
    FlagEntry,
    SecondOpinion,
    Skipped,
)
from headlong.reading.text.decode import one_line
from headlong.text import many

__all__ = ["lines_of", "row_lines"]

SHOWN: tuple[Field, ...] = ("event_date", "place", "claim", "side", "leader", "count")
WEIGHED: tuple[Literal["source_class", "verification", "interest"], ...] = (
    "source_class",
    "verification",
    "interest",
)
WHO = {
    "local": "the trained reader",
    "model": "model",
    "both": "model and rules",
    "differ": "model; the rules differ",
}


def lines_of(found: Draft) -> Iterator[str]:
    """Yield the drafts, the flags and the skipped sentences, one line each, the words below their draft."""
    yield _summary(found)
    for report in sorted([*found["reports"], *found["displaced"]], key=lambda row: row["sentence"]):
        yield from ("", *row_lines(report))
    yield from _flags("Flags", found["flags"])
    yield from _failed(found.get("failed", ()))
    yield from _opinion(found.get("second_opinion"))
    if found["skipped"]:
        yield "\nSkipped"
    unread = set(found["unread"])
    for skipped, last in _together(found["skipped"]):
        place = "  (names a place)" if skipped["sentence"] in unread else ""
        numbers = f"{skipped['sentence']}" + (f"-{last}" if last > skipped["sentence"] else "")
        yield f"  {numbers:>6}  {skipped['why']}{place}"
    if unread:
        yield f"\nNot read: {many(len(unread), 'sentence')} that {'names' if len(unread) == 1 else 'name'} places."


def _together(skipped: Sequence[Skipped]) -> Iterator[tuple[Skipped, int]]:
    """Yield skipped sentences, each with the last that goes with it: those beyond the longest text as one."""
    beyond = [one for one in skipped if one["why"].startswith(BEYOND)]
    yield from ((one, one["sentence"]) for one in skipped if not one["why"].startswith(BEYOND))
    if beyond:
        yield beyond[0], beyond[-1]["sentence"]


def _summary(found: Draft) -> str:
    rows = [*found["reports"], *found["displaced"]]
    sentences = {row["sentence"] for row in rows} | {one["sentence"] for one in found["skipped"]} - {0}
    counts = [many(len(found["reports"]), "draft report")]
    if found["displaced"]:
        counts.append(many(len(found["displaced"]), "displacement figure"))
    flags, failed = many(len(found["flags"]), "flag"), found.get("failed", ())
    left = f", {len(failed)} that failed the checks" if failed else ""
    of = f"{' and '.join(counts)} from {many(len(sentences), 'sentence')}, {flags}"
    return f"{of}{left}. Nothing is believed unchecked."


def row_lines(report: DraftCells) -> Iterator[str]:
    """Yield the lines of one draft: what, how far to be trusted, the words, and who drafted it."""
    what = "  ".join(str(report[key]) for key in SHOWN if report[key] not in ("", None))
    to = f"  to {report['to']}" if report.get("to") else ""
    denied = "  DENIED" if report["polarity"] == "denied" else ""
    weight = ", ".join(report[key].replace("_", " ") for key in WEIGHED if report[key] != "none")
    yield f"{report['sentence']:>4}  {what}{to}{denied}"
    yield f"      {weight}{'; ' + report['note'] if report['note'] else ''}"
    yield f'      "{one_line(report["words"], 100)}"'
    by = WHO.get(report.get("drafter", ""), "")
    marks = [f"by {by}" + (f": {report['rules']}" if report.get("rules") else "")] if by else []
    if report.get("mended"):
        marks.append(f"mended: {report['mended']}")
    if marks:
        yield f"      {'; '.join(marks)}"


def _flags(title: str, flags: list[FlagEntry]) -> Iterator[str]:
    if flags:
        yield f"\n{title}"
    for flag in flags:
        yield f"  {', '.join(map(str, flag['sentences'])):>6}  {flag['kind'].replace('_', ' ')}: {flag['note']}"


def _failed(failed: Sequence[Failure]) -> Iterator[str]:
    """Yield what did not pass the checks, as it came, with the reason."""
    if failed:
        yield "\nFailed the checks (not among the drafts)"
    for one in failed:
        came = one["came"]
        keys = ("claim", "place", "side", "leader", "kind", "span", "words", "note")
        said = " ".join(str(came[key]) for key in keys if came.get(key))
        number = str(came.get("sentence", came.get("sentences", "")))
        yield f"  {number[:6]:>6}  {one['why']}" + (f" | {one_line(said, 120)}" if said else "")


def _opinion(alone: SecondOpinion | None) -> Iterator[str]:
    """Yield what the rules read and the model did not: a second opinion, not among the drafts."""
    if alone and alone["reports"]:
        yield "\nRead by the rules alone (not among the drafts)"
        for row in alone["reports"]:
            yield from row_lines(row)
    if alone:
        yield from _flags("Flagged by the rules alone", alone["flags"])
