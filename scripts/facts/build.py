"""From facts to case: the order of the work, written out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from facts.chronology import chronology_reports
from facts.claims import reports, status_reports
from facts.codings import Codings
from facts.folder import read_facts, slug
from facts.frame import frame
from facts.ground import displacement, history, places, repulses
from facts.links import guess_roads, roads
from facts.pages import write
from facts.parties import first_holders, name_parties, name_places
from facts.people import garrisons, leaders
from facts.policy import coded_rows, crossings, hinterland
from facts.press import press_reports
from facts.provenance import sources
from facts.refs import drop_strangers
from facts.whatifs import scenarios
from headlong.case import read


def build(source: Path, target: Path) -> Iterator[str]:
    """Build a case folder and check it; yield lines that say what was done.

    Parameters
    ----------
    source : Path
        The facts folder.
    target : Path
        Where the case folder is written.
    """
    facts = read_facts(source)
    name_parties(facts)
    name_places(facts)
    first_holders(facts)
    codings = Codings(slug(str(facts.meta.get("id") or source.resolve().name)))
    draft = frame(facts, codings)
    places(facts, draft, codings)
    roads(facts, draft)
    if not draft.rows("roads"):
        guess_roads(draft)
    history(facts, draft)
    repulses(facts, draft)
    displacement(facts, draft)
    leaders(facts, draft, codings)
    garrisons(facts, draft, codings)
    coded_rows(facts, draft, codings)
    crossings(facts, draft)
    hinterland(facts, draft, codings)
    reports(facts, draft, codings)
    status_reports(facts, draft)
    press = press_reports(draft, codings)
    listed = chronology_reports(facts, draft, codings)
    draft.rows("reports").sort(key=lambda row: (str(row["published_at"]), row["id"]))
    drop_strangers(facts, draft)
    facts.problems += codings.unused()
    write(draft, target, scenarios(draft, codings), sources(draft, facts, press, listed))
    case = read(target)
    yield from (f"left out: {line}" for line in facts.problems)
    yield f"{case!r} in {target}"
