"""The atlas of wars: one page, made from the cases."""

from __future__ import annotations

from collections.abc import Iterator

from docsite.war_map import war_map
from docsite.war_timeline import war_timeline
from headlong.case import open_case
from headlong.case.listing import listing
from headlong.text import day

KINDS = {
    "fell": "the state fell",
    "partly": "a part was lost",
    "held": "the state held, or came back",
    None: "not said",
}


def atlas_pages() -> Iterator[tuple[str, str]]:
    """The page of the wars and its figures, as (file, text)."""
    wars = listing()
    changes = sum(war["changes"] for war in wars)
    seen = sum(war["days"]["high"] for war in wars)
    lines = [
        "# Atlas of wars",
        "",
        f"The {len(wars)} wars that forecasts are scored on, with {changes:,} changes of hands. The days of {seen:,} "
        "were seen in a named source. Made from the tables of each case when this site was built.",
        "",
        "On the maps a shape is the holder at the start; an inner dot is the holder at the end, where that is another. "
        "On the timelines a stroke is a change of hands, in the colour of the side that took the place. A line through "
        "it spans the days on which it may have happened. *Seen*: in a named source. *Recalled*: from standard works. "
        "*Assumed*: judged from what came before and after.",
        "",
        "Boundaries are Natural Earth's, of today and de facto; showing them endorses none. Places, roads and changes "
        "are CC BY 4.0. `make atlas` writes them as one data package.",
        "",
        "| war | how it went | window | places | changes | seen / recalled / assumed |",
        "|---|---|---|---|---|---|",
    ]
    lines += [row(war) for war in wars]
    for war in wars:
        yield from figures(war["id"])
        lines += ["", *section(war)]
    lines += ["", "```{toctree}", ":hidden:", ":glob:", "", "cases/*/sources", "```", ""]
    yield "atlas.md", "\n".join(lines)


def figures(name: str) -> Iterator[tuple[str, str]]:
    """Map and timeline of a war."""
    case = open_case(name)
    yield f"atlas/{name}-map.svg", war_map(case)
    yield f"atlas/{name}-time.svg", war_timeline(case)


def quality(war: dict) -> str:
    """How the days of its changes are known, as three numbers."""
    return " / ".join(str(war["days"][word]) for word in ("high", "medium", "low"))


def window(war: dict) -> str:
    """First and last day."""
    first, last = (day(war[word], year=True) for word in ("start", "end"))
    return f"{first} – {last}"


def row(war: dict) -> str:
    """Line of a war in the table."""
    return (
        f"| [{war['title']}](#{war['id']}) | {KINDS[war['stratum']]} | {window(war)} | {war['places']} | "
        f"{war['changes']} | {quality(war)} |"
    )


def section(war: dict) -> list[str]:
    """A war with its figures."""
    name, title = war["id"], war["title"]
    role = {"learn": "learned from", "validate": "kept for validation"}[war["role"]]
    reports = f"{war['reports']} reports" if war["reports"] else "no reports"
    return [
        f"({name})=",
        f"## {title}",
        "",
        f"![{title}: who held what at the start and at the end](atlas/{name}-map.svg)",
        f"![{title}: places held by each side, and changes of hands](atlas/{name}-time.svg)",
        "",
        f"{KINDS[war['stratum']].capitalize()}. {window(war)}; {war['places']} places, {war['sides']} sides, "
        f"{war['changes']} changes of hands ({quality(war)} seen, recalled, assumed), {reports}; {role}. "
        f"[Sources](cases/{name}/sources.md). `headlong forecast {name}` runs it.",
    ]
