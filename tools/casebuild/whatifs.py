"""scenarios.toml: what-ifs that hold for any case, where the case has what they are about."""

from __future__ import annotations

from casebuild.draft import Draft
from casebuild.judgement import Codings
from casebuild.pages import text


def scenarios(draft: Draft, codings: Codings) -> str:
    """Return the text of scenarios.toml: coded ones where there are any, else those that apply."""
    if codings.scenarios:
        return codings.scenarios
    day = draft.start
    blocks = []
    if draft.rows("patrons"):
        what = f"Outside support stays as it was on {day.day} {day:%B %Y}, whatever was announced later."
        judgement = "The support path and how strongly it acts rest on judgement."
        override = f'support = "as-on:{day}"'
        blocks.append(_block("support-stays", "Outside support stays", what, judgement, override))
    if draft.rows("leaders"):
        what = "Every leader stays at the base, whatever happens."
        judgement = "How far places follow a leader rests on judgement."
        blocks.append(_block("leaders-stay", "Leaders stay", what, judgement, "leaders_stay = true"))
    what = "Nobody believes an offer of amnesty, so fewer places are handed over or change sides."
    judgement = "How strongly an offer of amnesty acts rests on judgement."
    blocks.append(_block("amnesty-not-credible", "Amnesty is not believed", what, judgement, "amnesty = 0.0"))
    blocks += _crossings(draft)
    what = "Everyone on the payroll is at the post: garrisons are as strong as on paper."
    judgement = "How far strength on paper would change a forecast rests on judgement."
    blocks.append(_block("ghosts-present", "Ghost soldiers are there", what, judgement, "ghost_share = 0.0"))
    return "\n".join(blocks)


def _crossings(draft: Draft) -> list[str]:
    names = list(dict.fromkeys(row["place"] for row in draft.rows("crossings")))
    if not names:
        return []
    told = (
        ("open", "Everyone who reaches a crossing may pass."),
        ("closed", "No crossing lets anyone pass."),
    )
    return [
        _block(
            f"crossings-{policy}",
            f"All crossings {policy}",
            what,
            "How many people pass in a day under a policy rests on judgement.",
            "crossings = { " + ", ".join(f'"{name}" = "{policy}"' for name in names) + " }",
        )
        for policy, what in told
    ]


def _block(name: str, title: str, what: str, judgement: str, override: str) -> str:
    lines = [f"[{name}]", f"title = {text(title)}", f"what = {text(what)}", f"judgement = {text(judgement)}"]
    return "\n".join([*lines, override]) + "\n"
