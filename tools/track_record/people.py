"""Capitals, statements of the time, arrivals beyond the border."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from track_record.tables import LEFT, OURS, num, share, table


def capitals(result: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    """Capitals that changed hands and those that held."""
    rows = []
    for d, entry in found["capital"].items():
        for word, what in (("fell", "changed hands"), ("held", "held")):
            e = entry[word]
            if e["inits"]:
                best = "momentum-core"
                rows.append([d, what, str(e["inits"]), str(len(e["cases"])), num(e["mean_p"][OURS]),
                             num(e["most"][OURS]), num(e["mean_p"][best])])  # fmt: skip
    yield from table(
        ["days", "the capital", "dates", "cases", "mean chance given", "highest", "mean by momentum-core"],
        rows,
    )
    rows = []
    for case in dict.fromkeys(c["case"] for c in result["capitals"]):
        ps = [(c["p"][OURS]["30"], c["init"], c["fell"]["30"]) for c in result["capitals"]
              if c["case"] == case and "weekly" in c["sets"]]  # fmt: skip
        top = max(ps)
        rows.append([case, num(sum(p for p, _, _ in ps) / len(ps)), f"{num(top[0])} ({top[1]})",
                     "yes" if any(f and f >= 0.5 for _, _, f in ps) else "no"])  # fmt: skip
    yield from table(["capital of", "mean 30-day chance", "highest (date)", "changed hands"], rows)


def missed(result: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    """Capitals seen too late, and cases in which the strongest reference is mostly better."""
    for d in ("7", "30"):
        fell = found["capital"].get(d, {}).get("fell", {})
        if fell.get("inits"):
            means = fell["mean_p"]
            best = max((n for n in means if n != OURS), key=lambda n: means[n])
            yield (
                f"- capitals that changed hands within {d} days had been given {share(means[OURS])} on average "
                f"({fell['inits']} dates of {len(fell['cases'])} cases); most by {best}: {share(means[best])}"
            )
    lost: dict[str, int] = {}
    entries = [found["skill"][str(d)]["brier"] for d in result["leads"] if str(d) in found["skill"]]
    for entry in entries:
        for case, skill in entry["against"][entry["strongest"]]["skill_by_case"].items():
            lost[case] = lost.get(case, 0) + (skill < 0)
    names = [case for case, times in sorted(lost.items()) if 2 * times > len(entries)]
    if names:
        yield f"- Brier score at most leads, against the strongest reference, in {', '.join(names)}"


def said(result: dict[str, Any]) -> Iterator[str]:
    """Statements of the time beside ours."""
    rows = []
    for s in result["statements"]:
        fell = next((k for k, v in enumerate(s["fell_day"]) if v >= 0.5), None)
        scores = ["–", "–"]
        if "date_crps" in s:
            scores = [num(s["date_crps"], 1), num(s["ours_date_crps"], 1)]
        rows.append([
            s["init"], s["place"], f"{s['by']}: {s['what']}", str(fell) if fell else "not within 30 days",
            f"{share(s['p']['7'])} / {share(s['p']['30'])}", f"{share(s['ours']['7'])} / {share(s['ours']['30'])}",
            *scores,
        ])  # fmt: skip
    yield from table(
        ["said on", "of", "what", "fell after (days)", "their chance 7 / 30 d", "ours 7 / 30 d",
         "their CRPS of the date, to 30 d", "ours"], rows,
    )  # fmt: skip


def kabul(result: dict[str, Any]) -> Iterator[str]:
    """Kabul as of 10 August and mid-July 2021."""
    ours = {c["init"]: c for c in result["capitals"] if c["case"] == LEFT}
    rows = []
    for init, ends in (
        ("2021-08-10", {"by 15 August": 5, "by 31 August": 21}),
        ("2021-07-15", {"by 14 August": 30}),
    ):
        if init in ours:
            for word, day in ends.items():
                others = [f"{s['by']} {share(s['by_day'][day])}" for s in result["statements"]
                          if s["case"] == LEFT and s["init"] == init]  # fmt: skip
                rows.append([init, word, share(ours[init]["by_day"][day]), "; ".join(others) or "–"])
    yield from table(
        ["as of", "Kabul changes hands", "ours", "said at the time, read as a constant hazard"], rows
    )


def arrivals(result: dict[str, Any]) -> Iterator[str]:
    """Arrivals said and reported, from the cases' own dates."""
    rows = [
        [r["case"], r["init"], str(r["lead"]), r["refuge"], r["stream"],
         " to ".join(f"{n:,}" for n in sorted(set(r["reported"]))),
         f"{r['said'][1]:,.0f} ({r['said'][0]:,.0f} to {r['said'][2]:,.0f})", num(r["log_crps"][OURS]),
         num(r["log_crps"]["as-before"])]
        for r in result["arrivals"] if "own" in r["sets"]
    ]  # fmt: skip
    if rows:
        yield from table(
            ["case", "as of", "days", "to", "who", "reported", "ours (90 %)", "CRPS of the log", "as before"],
            rows,
        )
    weekly = [r["log_crps"] for r in result["arrivals"] if "weekly" in r["sets"]]
    if weekly:
        ours, before = (sum(r[n] for r in weekly) / len(weekly) for n in (OURS, "as-before"))
        yield f"On the weekly dates, {len(weekly)} numbers: CRPS of the log {num(ours)}, as before {num(before)}."
        yield ""
