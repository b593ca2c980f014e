"""Hindcasts of all bundled cases: docs/track-record.md, and in short src/headlong/verify/record.json.

    python scripts/make_track_record.py [--members 400] [--from FILE]

With --from it only writes the page, from a file that `headlong verify ... --out FILE` wrote. Finished
hindcasts are kept in the user's cache, so a run that is stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "track-record.md"
RECORD = ROOT / "src" / "headlong" / "verify" / "record.json"
OURS = "headlong"
LEFT = "afghanistan-2021"
SCORES = {"brier": "Brier score", "log": "log score", "count_crps": "CRPS of the number of changes",
          "date_crps": "CRPS of the dates", "order": "who goes first"}  # fmt: skip
LIMITS = (
    "- Eight cases, so eight independent facts at most: intervals are wide. The form of the model was chosen on them.",
    "- A lead beyond the last day of a case is not scored. Collapses end early, so their last weeks count less.",
    "- Statements of the time are read as a constant hazard with the named time as its median: our reading.",
)


def num(x: float | None, places: int = 2) -> str:
    """Number without the nought before the point."""
    if x is None:
        return "–"
    text = f"{x:.{places}f}"
    text = text.replace("-", "−").replace("0.", ".", 1) if abs(x) < 1 else text.replace("-", "−")
    return text.replace("−." + "0" * places, "." + "0" * places)


def share(p: float | None) -> str:
    """Chance as a percentage, never 0 or 100."""
    if p is None:
        return "–"
    return "<1 %" if p < 0.01 else ">99 %" if p > 0.99 else f"{100 * p:.0f} %"


def table(header: list[str], rows: list[list[str]]) -> Iterator[str]:
    """Lines of a table."""
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def skill_cell(entry: dict[str, Any], name: str) -> str:
    """Skill ± error, [without Afghanistan], cases won; the strongest reference in bold."""
    a = entry["against"][name]
    text = f"{num(a['skill'])}±{num(a['skill_se'])} [{num(a['skill_without'].get(LEFT))}] {a['won']}/{a['cases']}"
    return f"**{text}**" if name == entry["strongest"] else text


def skill_table(skill: dict[str, Any], score: str, leads: list[str]) -> Iterator[str]:
    """References by leads."""
    leads = [d for d in leads if score in skill.get(d, {})]
    names = skill[leads[0]][score]["against"]
    rows = [[name, *(skill_cell(skill[d][score], name) for d in leads)] for name in names]
    yield from table([f"{SCORES[score]}, skill against", *(f"{d} days" for d in leads)], rows)


def gain_rows(skill: dict[str, Any], leads: list[str]) -> Iterator[str]:
    """Against the strongest reference: scores themselves, their difference and its interval."""
    rows = []
    for d in [*leads, "horizon"]:
        for score, entry in skill.get(d, {}).items():
            best = entry["against"][entry["strongest"]]
            low, high = best["gain_90"] or (None, None)
            rows.append([
                SCORES[score], "–" if d == "horizon" else d, num(entry["ours"], 4), entry["strongest"],
                num(best["score"], 4), f"{num(best['gain'], 4)} [{num(low, 4)}, {num(high, 4)}]",
                f"{best['won']}/{best['cases']}",
            ])  # fmt: skip
    yield from table(
        ["score", "days", "ours", "strongest reference", "its score", "gain [90 %]", "cases won"], rows
    )


def beaten(skill: dict[str, Any], leads: list[str]) -> Iterator[str]:
    """Where a reference wins, said plainly."""
    for d in [*leads, "horizon"]:
        for score, entry in skill.get(d, {}).items():
            names = [
                f"{n} ({num(a['skill'])})" for n, a in entry["against"].items() if a["score"] < entry["ours"]
            ]
            if names:
                when = "" if d == "horizon" else f" at {d} days"
                yield f"- {SCORES[score]}{when}: {', '.join(names)}"


def by_case(skill: dict[str, Any], leads: list[str], score: str) -> Iterator[str]:
    """Our score and that of the strongest reference, case by case."""
    leads = [d for d in leads if score in skill.get(d, {})]
    cases = sorted({c for d in leads for c in skill[d][score]["by_case"]})
    rows = []
    for case in cases:
        row = [case]
        for d in leads:
            entry = skill[d][score]
            ours = entry["by_case"].get(case)
            found = entry["against"][entry["strongest"]]["skill_by_case"].get(case)
            row.append("–" if ours is None else f"{num(ours, 4)} ({num(found)})")
        rows.append(row)
    yield from table([f"{SCORES[score]} (skill against the strongest)", *(f"{d} days" for d in leads)], rows)


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


def page(result: dict[str, Any]) -> Iterator[str]:
    """Lines of the page."""
    leads = [str(d) for d in result["leads"]]
    weekly, own = result["sets"]["weekly"], result["sets"]["own"]
    skill = weekly["skill"]
    yield "# Track record"
    yield ""
    yield (
        f"Made by `python scripts/make_track_record.py`, version {result['version']}: {weekly['inits']} hindcasts of "
        f"{len(result['cases'])} cases with {result['members']} members each, every 7th day after each case's start, "
        "and one more at each case's own date. The dates are fixed by that rule. Parameters and references were "
        "fitted to the other cases only. Who held what up to each date was taken as known; live use has only reports."
    )
    yield ""
    yield (
        "Skill is one less our score over the reference's: above 0 we are better. ± is the standard error by "
        "jackknife over cases; in brackets the skill without Afghanistan; then the cases in which we are better. "
        "Each case counts the same. **Bold**: the strongest reference. Scored are the places that a side could take."
    )
    yield ""
    yield "## Where a reference beats us"
    yield ""
    yield from [*beaten(skill, leads)] or ["Nowhere, on the pooled scores below."]
    yield ""
    yield "## Who changes hands, and how many"
    yield ""
    for score in ("brier", "count_crps", "log"):
        yield from skill_table(skill, score, leads)
    yield "## Against the strongest reference"
    yield ""
    yield "Gain is the reference's score less ours, so above 0 we are better; lower scores are better."
    yield ""
    yield from gain_rows(skill, leads)
    yield from by_case(skill, leads, "brier")
    yield from by_case(skill, leads, "count_crps")
    yield "## From each case's own date"
    yield ""
    yield "One date a case, most of them just after a burst; in Mali after the burst was over."
    yield ""
    yield from skill_table(own["skill"], "brier", leads)
    yield from skill_table(own["skill"], "count_crps", leads)
    yield "## Reliability"
    yield ""
    yield from reliability(weekly, leads)
    yield "## Number of changes: coverage"
    yield ""
    yield "Meant: how often the number would lie within, were the forecast right; more, because numbers are whole."
    yield ""
    yield from coverage(weekly)
    yield "## After bursts"
    yield ""
    yield from bursts(weekly)
    yield "## Capitals"
    yield ""
    yield "Beyond the last day of a case its capital's fate counts as known only if it had changed hands by then."
    yield ""
    yield from capitals(result, weekly)
    yield from kabul(result)
    yield from said(result)
    yield "## Limits"
    yield ""
    yield from LIMITS
    yield "- What had to be assumed for want of a table, or could not be scored:"
    for case in result["cases"]:
        yield f"  - {case['id']}: {'; '.join(case['assumed']) or 'nothing'}"


def main() -> None:
    """Run the hindcasts, or read them, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=400)
    parser.add_argument("--threads", type=int, default=None)
    parser.add_argument("--from", dest="source", type=Path)
    asked = parser.parse_args()
    if asked.source:
        result = json.loads(asked.source.read_text("utf-8"))
    else:
        from headlong.case import gallery
        from headlong.verify import hindcast

        def tell(done: int, total: int, what: str) -> None:
            print(f"\r{done:4d} of {total} {what:40s}", end="", file=sys.stderr, flush=True)

        found = hindcast.verify(gallery(), members=asked.members, threads=asked.threads, progress=tell)
        result = json.loads(hindcast.as_json(found))
        print(file=sys.stderr)
    from headlong.verify.record import brief

    RECORD.write_text(json.dumps(brief(result), indent=1) + "\n", encoding="utf-8")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join(page(result)).rstrip() + "\n", encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)} and {RECORD.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
