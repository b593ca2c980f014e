"""Contradictions: who says of a place that its likeliest holder has it, who says otherwise, and what settles it.

A claim against the holder is answered when somebody who has nothing to gain says at least as late that the holder
has the place: a confirmed report, the other side's own admission, or a reporter or an agency by their own word. A
claim of that kind is itself answered only by a later one. A side's denial of a loss is answered by such a report of
the days before too, and every claim is left behind after `LAPSE` days. A place with a claim that is not answered is
contested, however sure the weights are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from headlong.reports.credibility import CLASSES, GROUPS, believed, prior
from headlong.reports.observation import Observation, speaks_of_control

__all__ = ["LEAD_DAYS", "stands", "unanswered"]

LEAD_DAYS = 3
"""Reports on events so many days before the last change still speak of it."""

LAPSE = 30
"""Days after which a claim that nobody has taken up again is left behind (judgement)."""

ENOUGH = 0.95
"""A word believed this far before the war settles what it speaks of."""

LEANS = 0.05
"""Claims that fit two holders less far apart than this speak for neither."""

HOLDING = frozenset({"held", "fell", "handed_over", "withdrew", "entered", "relieved", "repulsed"})
"""Claims that, asserted or denied, can contradict a holder; attacks and sieges contradict nobody."""


def stands(o: Observation, holder: str | None) -> int:
    """Return whether a report speaks for (1) or against (-1) the holder, or neither (0)."""
    if not speaks_of_control(o.row):
        return 0
    lean = max(o.fit[0], o.fit[2]) - max(o.fit[3], o.fit[5])
    if abs(lean) < LEANS:
        return 0
    return 1 if (lean > 0.0) == (o.row["side"] == holder) else -1


def settles_dispute(o: Observation) -> bool:
    """Say whether a report settles what it speaks of: nobody gains by it, and its source is believed."""
    if o.confirmed:
        return True
    source, group = CLASSES[o.cell // len(GROUPS)], GROUPS[o.cell % len(GROUPS)]
    if group not in ("plain", "admitted"):
        return False
    right, wrong = prior(source, group)
    return believed(right / (right + wrong), o.shift) >= ENOUGH


def answered(o: Observation, answers: Iterable[Observation]) -> bool:
    """Say whether one of the reports for the holder settles what `o` says against him."""
    if settles_dispute(o):
        return any(settles_dispute(a) and a.day > o.day for a in answers)
    group = GROUPS[o.cell % len(GROUPS)]
    denial = group == "denial" or (
        group == "interested" and o.row["claim"] in ("held", "repulsed", "relieved")
    )
    since = o.day - (LEAD_DAYS if denial else 0)
    return any(settles_dispute(a) and a.day >= since for a in answers)


def unanswered(observations: Sequence[Observation], holder: str | None, last: int) -> list[Observation]:
    """Reports among those on one place that contradict its likeliest holder and are not answered by day `last`."""
    answers = [o for o in observations if stands(o, holder) > 0]
    return [
        o
        for o in observations
        if stands(o, holder) < 0 and o.counted > 0.0 and o.row["claim"] in HOLDING
        and last - o.day <= LAPSE and not answered(o, answers)
    ]  # fmt: skip
