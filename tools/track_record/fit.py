"""Reliability, coverage, bursts: whether chances and intervals mean what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from track_record.tables import LEFT, num, share, table


def reliability(found: dict[str, Any], leads: list[str]) -> Iterator[str]:
    """Reliability with counts."""
    for d in leads:
        rows = [
            [f"{share(r['from'])} to {share(r['to'])}", f"{r['n']:,}", num(r["said"], 3), num(r["came"], 3)]
            for r in found["reliability"][d]
        ]
        yield from table(
            [f"within {d} days, chance given", "times", "mean chance", "share that changed hands"], rows
        )


def diagram(found: dict[str, Any], leads: list[str]) -> str:
    """Reliability diagram: chance given against share that came, one panel a lead; area of a dot by count."""
    side, gap, top = 190, 46, 34
    width, height = gap + len(leads) * (side + gap), side + top + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="11" fill="#222"><rect width="{width}" height="{height}" fill="#fff"/>'
    ]
    for k, d in enumerate(leads):
        x, y = gap + k * (side + gap), top
        parts.append(
            f'<text x="{x}" y="{y - 12}" font-weight="bold">within {d} days</text>'
            f'<rect x="{x}" y="{y}" width="{side}" height="{side}" fill="none" stroke="#999"/>'
            f'<path d="M{x} {y + side}L{x + side} {y}" stroke="#999" stroke-dasharray="4 3"/>'
            f'<text x="{x + side / 2}" y="{y + side + 30}" text-anchor="middle">chance given</text>'
            f'<text x="{x + 6}" y="{y + 14}" fill="#666">share that changed hands</text>'
        )
        for tick in (0, 50, 100):
            at = side * tick / 100
            parts.append(f'<text x="{x + at}" y="{y + side + 15}" text-anchor="middle">{tick} %</text>')
            parts.append(f'<text x="{x - 4}" y="{y + side - at + 4}" text-anchor="end">{tick}</text>')
        for row in found["reliability"][d]:
            r = max(1.5, min(14.0, 0.35 * row["n"] ** 0.5))
            parts.append(
                f'<circle cx="{x + side * row["said"]:.1f}" cy="{y + side * (1 - row["came"]):.1f}" r="{r:.1f}" '
                f'fill="#1f5a96" fill-opacity=".65"><title>{row["n"]:,} chances</title></circle>'
            )
    return "\n".join([*parts, "</svg>"]) + "\n"


def coverage(found: dict[str, Any]) -> Iterator[str]:
    """Coverage and ranks of the count."""
    rows = [
        [d, str(e["inits"]), f"{num(e['inside_90'])} ({num(e['meant_90'])})",
         f"{num(e['inside_50'])} ({num(e['meant_50'])})", " ".join(num(x) for x in e["pit"])]
        for d, e in found["counts"].items()
    ]  # fmt: skip
    yield from table(
        ["days", "dates", "within 90 % (meant)", "within 50 % (meant)", "ranks in tenths (even: .10 each)"],
        rows,
    )


def bursts(found: dict[str, Any]) -> Iterator[str]:
    """Over-reaction after bursts."""
    entry = found["bursts"].get("7")
    if not entry:
        return
    rows, total = [], {"all": [0, 0.0, 0.0], f"all without {LEFT}": [0, 0.0, 0.0]}
    for case, row in entry["by_case"].items():
        values = [row["inits"], row["foreseen"], row["came"]]
        rows.append([case, str(values[0]), num(values[1], 1), num(values[2], 1)])
        for name, sums in total.items():
            if name == "all" or case != LEFT:
                sums[:] = [a + b for a, b in zip(sums, values, strict=True)]
    for name, (n, foreseen, came) in total.items():
        ratio = f" ({num(foreseen / came)} to one)" if came else ""
        rows.append([f"**{name}**", str(n), num(foreseen, 1) + ratio, num(came, 1)])
    yield f"Dates with {entry['rule']}; changes in the next 7 days:"
    yield ""
    yield from table(["case", "dates", "foreseen", "came"], rows)
