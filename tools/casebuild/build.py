"""From facts to case: the order of the work, written out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from casebuild.changes import history
from casebuild.chronology import chronology_reports
from casebuild.claims import found_reports, reports, status_reports
from casebuild.folder import read_facts, slug
from casebuild.frame import frame
from casebuild.ground import displacement, places, repulses
from casebuild.homes import homes
from casebuild.judgement import Codings
from casebuild.links import guess_roads, roads
from casebuild.pages import write
from casebuild.parties import first_holders, name_parties, name_places
from casebuild.people import garrisons, leaders
from casebuild.policy import coded_rows, crossings, hinterland
from casebuild.press import press_reports
from casebuild.provenance import sources
from casebuild.refs import drop_strangers
from casebuild.whatifs import scenarios
from headlong.case import read
from headlong.errors import BadRequest, nearest


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
    homes(facts, draft)
    repulses(facts, draft)
    displacement(facts, draft)
    leaders(facts, draft, codings)
    garrisons(facts, draft, codings)
    coded_rows(facts, draft, codings)
    crossings(facts, draft)
    hinterland(facts, draft, codings)
    reports(facts, draft, codings)
    found_reports(facts, draft, codings)
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


def build_all(root: Path, target: Path, names: Sequence[str] = ()) -> Iterator[str]:
    """Build every facts folder below one, or the named ones; yield a line for each case.

    Parameters
    ----------
    root : Path
        The folder that holds the facts folders.
    target : Path
        Where the case folders are written, each under the name of its facts folder.
    names : sequence of str
        Facts folders; all by default.
    """
    known = sorted(path.name for path in root.glob("*/") if (path / "places.csv").exists())
    if not known:
        raise BadRequest(f"'{root}' holds no facts folders: none has a places.csv.")
    for name in names or known:
        if name not in known:
            raise BadRequest(f"no facts folder '{name}' in '{root}'.{nearest(name, known)}")
        *_, last = build(root / name, target / name)
        yield last
