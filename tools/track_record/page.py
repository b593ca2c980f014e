"""The page from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from track_record import flight
from track_record.fit import bursts, coverage, reliability
from track_record.people import arrivals, capitals, kabul, missed, said
from track_record.skill import ablations, beaten, by_case, gain_rows, skill_table
from track_record.strata import by_stratum, states_of_war

LIMITS = (
    "- Thirty-six cases are not many, and some share a year or a land. The form of the model was chosen on 24 of them; "
    "the other twelve were looked at before it was settled (the model's log).",
    "- A lead beyond the last day of a case is not scored. Collapses end early, so their last weeks count less.",
    "- Statements of the time are read as a constant hazard with the named time as its median: our reading.",
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
        "jackknife over cases. In brackets is the skill without Afghanistan; then come the cases in which we are "
        "better. Each of the three strata (wars that fell, partly fell, were held) counts the same, and within it each "
        "case. **Bold**: the strongest reference. Scored are the places that a side could take."
    )
    yield ""
    yield "## Where we fail, or a reference beats us"
    yield ""
    yield from [*beaten(skill, leads)] or ["- nowhere on the pooled scores below"]
    yield from missed(result, weekly)
    yield ""
    yield "## Who changes hands, and how many"
    yield ""
    for score in ("brier", "count_crps", "log"):
        yield from skill_table(skill, score, leads)
    yield "## By how far the wars went"
    yield ""
    yield "Against the reference that is the strongest over all wars, which is not the strongest in each stratum."
    yield ""
    yield from by_stratum(weekly, leads)
    yield from states_of_war(weekly)
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
    yield "![Chance given against share that changed hands](reliability.svg)"
    yield ""
    yield "On the dashed line a forecast is right on average. Larger dots stand for more forecasts."
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
    yield "## Arrivals beyond the border"
    yield ""
    yield (
        "Only numbers that were reported are scored, and what was reported is less than what came. The reference "
        "says: as many as were reported in the window before."
    )
    yield ""
    yield from arrivals(result)
    if any(entry.get("ablations") for entry in skill.get(leads[0], {}).values()):
        yield "## Without each term"
        yield ""
        yield "The other parameters are not learned again, so this says how much a forecast leans on a term."
        yield ""
        yield from ablations(skill, leads)
    yield from flight.section()
    yield ""
    yield "## Limits"
    yield ""
    yield from LIMITS
    yield "- What had to be assumed for want of a table, or could not be scored:"
    for case in result["cases"]:
        notes = [f"{note[0].upper()}{note[1:]}." for note in case["assumed"]]
        yield f"  - {case['id']}: {' '.join(notes) or 'nothing'}"
