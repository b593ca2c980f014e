"""The archive: a folder with one file a day, named by its init; nothing in it is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from headlong.archive.daily import SAME, Daily, differ, unlike, write_daily
from headlong.archive.folder import MEMBERS, read_all, refuse_what_is_no_archive
from headlong.archive.lock import locked
from headlong.archive.moves import Move, moved
from headlong.archive.shapes import ArchiveScores
from headlong.case import Case, gallery, open_case
from headlong.errors import BadRequest, HeadlongError, nearest
from headlong.files import clear_stale
from headlong.forecast import api
from headlong.forecast.file.reading import load
from headlong.forecast.file.writing import save
from headlong.forecast.pieces.digest import digest_of
from headlong.forecast.request import Options, Request
from headlong.forecast.results.request_in_file import request_of
from headlong.forecast.settings import HERE, Runtime

if TYPE_CHECKING:
    import xarray as xr

FIRST = "`headlong archive DIR CASE --init DATE` keeps the first."
"""What to do where nothing is kept yet."""


@dataclass
class Keeping:
    """What came of keeping some days, as `Archive.keep` gives it."""

    kept: list[Daily] = field(default_factory=list)
    there: list[Daily] = field(default_factory=list)  # kept before, and left as they are
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # what could not be kept, and why


class Archive:
    """A folder of kept forecasts of one case, one for each init.

    Parameters
    ----------
    folder : str or Path
        The folder.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        refuse_what_is_no_archive(self.folder)
        self._read: list[Daily] | None = None
        self._faults: list[str] = []

    def __repr__(self) -> str:
        inits = [str(d.init) for d in self.dailies]
        span = f"{inits[0]} to {inits[-1]}" if inits else "empty"
        return f"<Archive {self.folder}: {len(inits)} forecasts, {span}>"

    @property
    def dailies(self) -> list[Daily]:
        """Kept forecasts by init: those that are whole, of one case and of the same settings."""
        if self._read is None:
            self._read, self._faults = read_all(self.folder)
        return self._read

    @property
    def faults(self) -> list[str]:
        """Files that are damaged or do not belong, each with what is wrong; they are left out of everything."""
        self.dailies  # noqa: B018  they are read now, if they have not been
        return self._faults

    @property
    def latest(self) -> Daily:
        """The newest kept forecast."""
        if not self.dailies:
            raise BadRequest("\n".join([f"no forecast is kept in '{self.folder}'. {FIRST}", *self._faults]))
        return self.dailies[-1]

    def daily(self, init: date | str) -> Daily:
        """The kept forecast of one init."""
        found = {str(d.init): d for d in self.dailies}
        if str(init) not in found:
            raise BadRequest(
                f"no forecast from {init} is kept in '{self.folder}'.{nearest(str(init), found)} There are "
                f"{len(found)}: {', '.join([*found][:3])}{' …' if len(found) > 3 else ''}"
            )
        return found[str(init)]

    def before(self, init: date) -> Daily | None:
        """The last kept forecast before an init."""
        return next((d for d in reversed(self.dailies) if d.init < init), None)

    def moved(self, init: date | str | None = None) -> list[Move]:
        """What moved from the kept forecast before to that of `init`, by default the newest."""
        now = self.latest if init is None else self.daily(init)
        before = self.before(now.init)
        return [] if before is None else moved(before, now)

    def changes(self, now: Daily) -> list[str]:
        """Settings, places and sides that differ from the kept forecast before, in words."""
        before = self.before(now.init)
        return [] if before is None else differ(before, now)

    def keep(
        self,
        case: Case | str | Path,
        inits: Iterable[date | str | None] = (None,),
        *,
        members_too: bool = False,
        runtime: Runtime = HERE,
        scenario: str | None = None,
        **options: Unpack[Options],
    ) -> Keeping:
        """Make and keep forecasts of some days; what is kept already is left as it is.

        Parameters
        ----------
        case : Case, str or Path
            The case.
        inits : iterable of date or str
            Days; the case's own by default.
        members_too : bool
            Keep every member, too, in the folder ``members``.
        runtime : Runtime
            Threads, cluster, progress.
        scenario, **options
            As in `headlong.forecast`.
        """
        opened = case if isinstance(case, Case) else open_case(case)
        requests = {r.init: r for r in all_right(opened, inits, scenario, options)}
        self.folder.mkdir(parents=True, exist_ok=True)
        with locked(self.folder):
            clear_stale(self.folder)
            self._read = None
            self._refuse_others(next(iter(requests.values())))
            done = Keeping()
            for init in sorted(requests):
                self._keep(requests[init], members_too, runtime, done)
        return done

    def _keep(self, request: Request, members_too: bool, runtime: Runtime, done: Keeping) -> None:
        path = self.folder / f"{request.init}.nc"
        if path.exists():
            there = next((d for d in self.dailies if d.path == path), None)
            if there is None:
                done.faults.append(next((f for f in self.faults if f.startswith(path.name)), path.name))
                return
            done.there.append(there)
            if there.members != request.members:
                done.notes.append(
                    f"{request.init} is kept already, of {there.members:,} members and not {request.members:,}."
                )
            return
        if members_too:
            whole = api.run(request, runtime)
            (self.folder / MEMBERS).mkdir(exist_ok=True)
            save(whole, self.folder / MEMBERS / path.name)
            data = digest_of(whole)
        else:
            data, _ = api.counted(request, runtime)
        new = write_daily(data, path, datetime.now(UTC).isoformat(timespec="seconds"))
        done.kept.append(new)
        self._read = sorted([*self.dailies, new], key=lambda d: d.init)
        before = self.before(new.init)
        if before is not None and (said := same_tables(before, request.case)):
            done.notes.append(
                f"Since the forecast from {before.init} was kept, {said}: what moved may be that."
            )

    def _refuse_others(self, request: Request) -> None:
        """Refuse a case or settings that are not those of the archive."""
        if not self.dailies:
            return
        asked = tuple(str(request.to_attrs().get(name, "")) for name in SAME)
        there = self.dailies[0].identity
        if asked != there:
            raise BadRequest(
                f"'{self.folder}' keeps other forecasts: {unlike(asked, there)}. Keep these in a folder of their own."
            )

    def dataset(self) -> xr.Dataset:
        """All kept forecasts as one dataset with the dimensions `init, place, side, lead` and others."""
        from headlong.archive.stack import stack

        self.latest  # noqa: B018  an empty archive is said
        return stack(self.dailies)

    def score(self, case: Case | str | Path | None = None) -> ArchiveScores:
        """Scores of all kept forecasts whose time has come, by the case's history (`headlong.archive.score`)."""
        from headlong.archive.score import score

        return score(self.dailies, self.case(case))

    def case(self, case: Case | str | Path | None = None) -> Case:
        """The case of the archive: the one named, or the bundled one of its name."""
        name = str(self.latest.data.attrs["case"])
        if case is None and name not in gallery():
            raise BadRequest(f"'{self.folder}' is of the case {name}, which is not bundled. Name its folder.")
        found = case if isinstance(case, Case) else open_case(name if case is None else case)
        if found.id != name:
            raise BadRequest(f"'{self.folder}' is of the case {name}, not of {found.id}.")
        return found

    def whole(self, init: date | str | None = None, case: Any = None, runtime: Runtime = HERE) -> xr.Dataset:
        """A kept forecast with members: from their file, or made again, the same bits.

        Parameters
        ----------
        init : date or str, optional
            The newest by default.
        case : Case, str or Path, optional
            The case, where it is not a bundled one.
        runtime : Runtime
            Threads and progress.
        """
        daily = self.latest if init is None else self.daily(init)
        path = self.folder / MEMBERS / daily.path.name
        if path.is_file():
            with suppress(BadRequest):  # damaged, or of an earlier forecast of that day: made again
                found = load(path)
                if daily.made_as(found):
                    return found
        return api.run(request_of(daily.data, self.case(case)), runtime)


def all_right(
    case: Case, inits: Iterable[date | str | None], scenario: str | None, options: Options
) -> Sequence[Request]:
    """Requests for all days; what is wrong with any is said of all at once."""
    found, wrong = [], []
    for init in inits:
        try:
            found.append(Request(case=case, init=init, scenario=scenario, **options))  # type: ignore[arg-type]
        except HeadlongError as error:
            wrong.append(str(error))
    if wrong:
        raise BadRequest("\n".join(dict.fromkeys(wrong)))
    return found


def same_tables(daily: Daily, case: Case) -> str:
    """In what the case or what was shipped is no longer what a kept forecast was made with; nothing if the same."""
    try:
        request_of(daily.data, case)
    except BadRequest as error:
        text = str(error)
        return "the case's tables have changed" if "case as it was known" in text else text.split(" (")[0]
    return ""
