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


INTRODUCTION = (
    "Made by `python scripts/make_track_record.py`, version {version}: {inits} hindcasts of {cases} cases with "
    "{members} members each, every 7th day after each case's start, and one more at each case's own date. The dates "
    "are fixed by that rule. Parameters and references were fitted to the other cases only. Who held what up to each "
    "date was taken as known; live use has only reports."
)
SKILL = (
    "Skill is one less our score over the reference's: above 0 we are better. ± is the standard error by "
    "jackknife over cases. In brackets is the skill without Afghanistan; then come the cases in which we are "
    "better. Each of the three strata (wars that fell, partly fell, were held) counts the same, and within it each "
    "case. **Bold**: the strongest reference. Scored are the places that a side could take."
)


def headed(title: str, *paragraphs: str) -> Iterator[str]:
    """A heading and the paragraphs under it."""
    for line in (f"## {title}", *paragraphs):
        yield line
        yield ""


def page(result: dict[str, Any]) -> Iterator[str]:
    """Lines of the page."""
    yield from opening(result)
    yield from scores(result)
    yield from people(result)
    yield from flight.section()
    yield ""
    yield from headed("Limits")
    yield from LIMITS
    yield "- What had to be assumed for want of a table, or could not be scored:"
    for case in result["cases"]:
        notes = [f"{note[0].upper()}{note[1:]}." for note in case["assumed"]]
        yield f"  - {case['id']}: {' '.join(notes) or 'nothing'}"


def opening(result: dict[str, Any]) -> Iterator[str]:
    """What was asked, and first of all where it goes wrong."""
    weekly = result["sets"]["weekly"]
    asked = {"version": result["version"], "inits": weekly["inits"], "members": result["members"]}
    yield "# Track record"
    yield ""
    yield INTRODUCTION.format(cases=len(result["cases"]), **asked)
    yield ""
    yield SKILL
    yield ""
    yield from headed("Where we fail, or a reference beats us")
    yield from [*beaten(weekly["skill"], leads_of(result))] or ["- nowhere on the pooled scores below"]
    yield from missed(result, weekly)
    yield ""


def scores(result: dict[str, Any]) -> Iterator[str]:
    """Scores of who changes hands, and how many, beside every reference."""
    weekly, own, leads = result["sets"]["weekly"], result["sets"]["own"], leads_of(result)
    skill = weekly["skill"]
    yield from headed("Who changes hands, and how many")
    for score in ("brier", "count_crps", "log"):
        yield from skill_table(skill, score, leads)
    said_of = "Against the reference that is the strongest over all wars, which is not the strongest in each stratum."
    yield from headed("By how far the wars went", said_of)
    yield from by_stratum(weekly, leads)
    yield from states_of_war(weekly)
    said_of = "Gain is the reference's score less ours, so above 0 we are better; lower scores are better."
    yield from headed("Against the strongest reference", said_of)
    yield from gain_rows(skill, leads)
    yield from by_case(skill, leads, "brier")
    yield from by_case(skill, leads, "count_crps")
    said_of = "One date a case, most of them just after a burst; in Mali after the burst was over."
    yield from headed("From each case's own date", said_of)
    yield from skill_table(own["skill"], "brier", leads)
    yield from skill_table(own["skill"], "count_crps", leads)
    dots = "On the dashed line a forecast is right on average. Larger dots stand for more forecasts."
    yield from headed(
        "Reliability", "![Chance given against share that changed hands](reliability.svg)", dots
    )
    yield from reliability(weekly, leads)
    meant = "Meant: how often the number would lie within, were the forecast right; more, because numbers are whole."
    yield from headed("Number of changes: coverage", meant)
    yield from coverage(weekly)
    yield from headed("After bursts")
    yield from bursts(weekly)


def people(result: dict[str, Any]) -> Iterator[str]:
    """Capitals, statements of the time, arrivals; and, where it was asked, the model without each term."""
    weekly, leads = result["sets"]["weekly"], leads_of(result)
    known = "Beyond the last day of a case its capital's fate counts as known only if it had changed hands by then."
    yield from headed("Capitals", known)
    yield from capitals(result, weekly)
    yield from kabul(result)
    yield from said(result)
    yield from headed(
        "Arrivals beyond the border",
        "Only numbers that were reported are scored, and what was reported is less than what came. The reference "
        "says: as many as were reported in the window before.",
    )
    yield from arrivals(result)
    skill = weekly["skill"]
    if any(entry.get("ablations") for entry in skill.get(leads[0], {}).values()):
        again = (
            "The other parameters are not learned again, so this says how much a forecast leans on a term."
        )
        yield from headed("Without each term", again)
        yield from ablations(skill, leads)


def leads_of(result: dict[str, Any]) -> list[str]:
    """Days ahead, as keys."""
    return [str(days) for days in result["leads"]]
