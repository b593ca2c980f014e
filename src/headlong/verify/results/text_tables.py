"""The result of a verification in words and tables, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from headlong.text import many, percent
from headlong.verify.results.shapes import ArrivalRow, CampRow, SetSummary, Verification
from headlong.verify.scores.camps import KEPT, RATE, camps_in_short
from headlong.verify.scores.scorecard import OURS
from headlong.verify.scores.shapes import ScoreSkill, Skill, Stratum

FEW = 10
"""From fewer dates than this nobody can tell how often an interval holds."""

TOO_FEW = "too few members for an interval"

TITLES = {
    "brier": "Brier score of 'changes hands'",
    "log": "Log score of the same",
    "count_crps": "CRPS of the number of changes",
    "date_crps": "CRPS of the dates",
    "order": "Who goes first",
}
SETS = {
    "weekly": "every 7th day after the start",
    "own": "each case's own date",
    "chosen": "the dates asked for",
}


def verification_text(result: Verification) -> str:
    """What ``headlong verify`` prints.

    Parameters
    ----------
    result : dict
        From `headlong.verify.hindcasts.hindcast.verify`.
    """
    lines = []
    for name, found in result["sets"].items():
        lines += [f"Hindcasts from {SETS[name]}: {found['inits']} dates, {result['members']} members.", ""]
        lines += list(skill_lines(found["skill"], result["leads"]))
        lines += list(strata_lines(found["strata"], result["leads"]))
        lines += list(other_lines(found))
    lines += list(arrival_lines(result["arrivals"]))
    lines += list(camp_lines(result["camps"]))
    for case in result["cases"]:
        notes = case["assumed"] + (case["left_to_prior"] if len(result["cases"]) == 1 else [])
        if notes:
            lines += [f"{case['id']}, assumed:", *(f"  - {note}" for note in notes), ""]
    lines.append(
        "Skill is one less our score over theirs: above 0 we are better. In brackets its 90 % interval by jackknife\n"
        "over cases, then the cases in which we are better. Wars of the gallery are pooled by how far they went, each\n"
        "such stratum counting the same. Control up to each date was taken as known."
    )
    return "\n".join(lines)


def skill_lines(skill: Skill, leads: list[int]) -> Iterator[str]:
    """Tables of skill, references by leads, the strongest reference marked; then who beats us."""
    for score in ("brier", "count_crps"):
        columns = [str(d) for d in leads if score in skill.get(str(d), {})]
        if not columns:
            continue
        yield f"{TITLES[score]}: skill against"
        yield f"  {'':26s}" + "".join(f"{d + ' days':>24s}" for d in columns)
        for name in skill[columns[0]][score]["against"]:
            cells = "".join(f"{skill_cell(skill[d][score], name):>24s}" for d in columns)
            yield f"  {name:26s}{cells}"
        for name in skill[columns[0]][score]["ablations"]:
            cells = "".join(f"{skill_cell(skill[d][score], name, 'ablations'):>24s}" for d in columns)
            yield f"  {'ours ' + name:26s}{cells}"
        yield ""
    for score in ("date_crps", "order"):
        entry = skill.get("horizon", {}).get(score)
        if entry and (best := entry["strongest"]):
            yield f"{TITLES[score]}: against the strongest, {best}: {skill_cell(entry, best).strip(' *')}"
    losing = list(beaten(skill))
    yield "Beaten by: " + ("; ".join(losing) if losing else "no reference on any score and lead") + "."
    yield "* the strongest reference"
    yield ""


def strata_lines(strata: dict[str, Stratum], leads: list[int]) -> Iterator[str]:
    """Strata told apart: changes expected over come, coverage, skill against the strongest of all."""
    if not strata:
        return
    yield "Wars by how far they went: changes expected / came; number within its 90 % interval; skill (Brier, CRPS)"
    for name, found in strata.items():
        yield f"  {name}, {found['cases']} wars"
        for lead in map(str, leads):
            if row := found["leads"].get(lead):
                skills = ", ".join(
                    f"{row['skill'][score]['skill']:+.2f}"
                    for score in ("brier", "count_crps")
                    if score in row["skill"]
                )
                ratio = f" = {row['expected'] / row['came']:.2f}" if row["came"] else ""
                inside = f"{percent(row['inside_90'])} (meant {percent(row['meant_90'])})"
                if row["inside_90"] is None:
                    inside = TOO_FEW
                elif found["inits"] < FEW:
                    inside = f"rests on {many(found['inits'], 'date')}"
                yield (
                    f"    {lead + ' days':8s} {row['expected']:6.2f} / {row['came']:.2f}{ratio:8s} {inside}, {skills}"
                )
    yield ""


def skill_cell(entry: ScoreSkill, name: str, among: Literal["against", "ablations"] = "against") -> str:
    """Skill with its interval and the cases won."""
    found = entry[among][name]
    mark = "*" if name == entry["strongest"] else " "
    if found["skill_90"] is None:
        return f"{found['skill']:.2f}{mark}"
    low, high = found["skill_90"]
    return f"{found['skill']:.2f} [{low:.2f}, {high:.2f}] {found['won']}/{found['cases']}{mark}"


def beaten(skill: Skill) -> Iterator[str]:
    """Every score and lead at which a reference has the better pooled score."""
    for lead, scores in skill.items():
        for score, entry in scores.items():
            names = [n for n, a in entry["against"].items() if a["score"] < entry["ours"]]
            if names:
                when = "" if lead == "horizon" else f" at {lead} days"
                yield f"{', '.join(names)} ({TITLES[score].lower()}{when})"


def other_lines(found: SetSummary) -> Iterator[str]:
    """Coverage of the count, bursts and capitals."""
    for lead, entry in found["counts"].items():
        if entry["inside_90"] is None:
            yield f"Number of changes in {lead} days: {TOO_FEW}."
            continue
        if entry["inits"] < FEW:
            yield (
                f"Number of changes in {lead} days: {many(entry['inits'], 'date')}, too few to say how often it lies "
                "within its intervals."
            )
            continue
        yield (
            f"Number of changes in {lead} days: within the 90 % interval {percent(entry['inside_90'])} of the time "
            f"(meant: {percent(entry['meant_90'])}), within the 50 % interval {percent(entry['inside_50'])} "
            f"({percent(entry['meant_50'])})."
        )
    if burst := found["bursts"].get("7"):
        rows = burst["by_case"].values()
        foreseen, came = sum(row["foreseen"] for row in rows), sum(row["came"] for row in rows)
        yield f"After {burst['rule']}: {foreseen:.0f} changes foreseen in 7 days, {came:.0f} came."
    if quiet := found["quiet"]:
        yield (
            f"After six weeks without a change, and where none came ({quiet['inits']} dates, {quiet['cases']} cases): "
            f"{quiet['said']:.2f} changes a week foreseen."
        )
    for lead, order in found["order"].items():
        yield f"Which places, within {lead} days: order right in {percent(order['auc'])} of pairs."
    for lead, capitals in found["capital"].items():
        for word, row in capitals.items():
            if row["inits"]:
                yield (
                    f"Capitals that {'changed hands' if word == 'fell' else 'held'} within {lead} days "
                    f"({row['inits']} dates, {len(row['cases'])} cases): mean chance given "
                    f"{percent(row['mean_p'][OURS])}, at most {percent(row['most'][OURS])}."
                )
    yield ""


def arrival_lines(rows: list[ArrivalRow]) -> Iterator[str]:
    """Arrivals beyond the border: mean score on the log scale, and how often less was said than reported."""
    if not rows:
        return
    ours, before = (sum(row["log_crps"][name] for row in rows) / len(rows) for name in (OURS, "as-before"))
    ends = [(row["said"][2], row["reported"][0]) for row in rows]
    low = sum(end < reported for end, reported in ends if end is not None)
    inside = TOO_FEW if ends[0][0] is None else f"reported was above our 90 % interval {low} times"
    yield (
        f"Arrivals beyond the border, {len(rows)} reported numbers: CRPS of the log {ours:.2f}, "
        f"'as many as in the window before' {before:.2f}; {inside}. "
        f"What was reported is less than what came."
    )
    yield ""


def camp_lines(rows: Sequence[CampRow]) -> Iterator[str]:
    """People in camps, case by case: relative error, score on the log scale, coverage; totals not given."""
    for case in sorted({row["case"] for row in rows}):
        found = camps_in_short([row for row in rows if row["case"] == case])
        if found is None:
            continue
        ours, kept, rate = (
            f"{found.error[n]:.2f} ({found.error_scaled[n]:.2f} as shares)" for n in (OURS, KEPT, RATE)
        )
        crps = ", ".join(f"{found.log_crps[n]:.2f}" for n in (OURS, KEPT, RATE))
        inside = f"{percent(found.inside_90)} of the counts lie inside the 90 % intervals"
        inside = TOO_FEW if found.inside_90 is None else inside
        yield (
            f"People in camps of {case}, {found.numbers} counts, totals not given: relative error {ours}; as at init "
            f"{kept}; at the last rate {rate}. CRPS of the log {crps}; {inside}."
        )
    if rows:
        yield ""
