"""Hindcasts: forecasts of the known past, scored beside forecasts to beat.

Control up to init is taken as known. The parameters come from a bank calibrated without the case, and the
references are fitted to the wars that the bank was calibrated on, and to no other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from headlong.board.streams import MOST_SEED
from headlong.case import Case, open_case
from headlong.errors import BadRequest, within
from headlong.files import write_text
from headlong.forecast.request import Request, as_known
from headlong.forecast.settings import MOST_MEMBERS, USUAL, Progress, Settings
from headlong.inference.bank import Bank, bank_for, unseen
from headlong.result_cache import folder_of
from headlong.text import as_json as json_of
from headlong.verify.hindcasts import cache as hindcast_cache
from headlong.verify.hindcasts import on_cluster
from headlong.verify.hindcasts.ablations import TERMS, ablated
from headlong.verify.hindcasts.card_cache import cards_of
from headlong.verify.hindcasts.comparisons import people_at, references
from headlong.verify.hindcasts.request import LEADS, VerifyRequest, all_days, dates_of, weekly
from headlong.verify.hindcasts.runs import FilterPass, HindcastRun, ensemble_at, run_hindcast, so_far
from headlong.verify.references.forecasters import Lesson, Lessons, learn, lesson_of
from headlong.verify.results.results import verification_of
from headlong.verify.results.shapes import Verification
from headlong.verify.scores.predictive import of_members
from headlong.verify.scores.scorecard import MARK, OURS, make_card
from headlong.verify.scores.shapes import Card
from headlong.verify.scores.truth import History, read_history, truth_after
from headlong.version import __version__


def verify(
    cases: Sequence[Case | str],
    leads: Sequence[int] = LEADS,
    inits: Sequence[date] | None = None,
    *,
    members: int = 400,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress | None = None,
    folder: Path | None = None,
    ablate: bool = False,
    settings: Settings = USUAL,
    bank: Bank | None = None,
    cluster: str | None = None,
) -> Verification:
    """Hindcast cases and score them against references.

    Parameters
    ----------
    cases : sequence of Case or str
        Cases, names of bundled ones, or folders; each with a history.
    leads : sequence of int
        Days ahead.
    inits : sequence of date, optional
        As-of dates; by default every 7th day after the start, and the case's own.
    members, seed : int
        Of each forecast.
    threads : int, optional
        Cores to use; all by default.
    progress : callable, optional
        Called with (done, of how many, a word).
    folder : Path, optional
        Where finished hindcasts are kept; by default in the user's cache.
    ablate : bool
        Score the model without each of its terms, too (`headlong.verify.hindcasts.ablations`).
    settings : Settings
        As in `headlong.forecast`.
    bank : Bank, optional
        Parameters from this bank, less the case and the wars on its map; by default the shipped one.
    cluster : str, optional
        Run what is not kept there (docs/cluster.md).

    Returns
    -------
    dict
        What ``headlong verify --json`` prints.
    """
    opened = [c if isinstance(c, Case) else open_case(c) for c in cases]
    histories = {c.id: read_history(c) for c in opened}
    if not leads or min(leads) < 1 or max(leads) > 365:
        raise BadRequest(f"leads are {', '.join(map(str, leads))}: not whole numbers from 1 to 365.")
    asked = VerifyRequest(
        tuple(sorted(set(leads))),
        within("members", members, 1, MOST_MEMBERS),
        within("seed", seed, 0, MOST_SEED),
        threads,
        folder or folder_of("hindcasts"),
        ablate,
        settings,
        bank,
    )
    dates = {c.id: dates_of(c, inits) for c in opened}
    if cluster is not None:
        forms = [f for c in opened for f in forms_of(c, all_days(dates[c.id]), asked).values()]
        on_cluster.make_missing(forms, cluster, threads, progress)
    total = sum(len(all_days(d)) for d in dates.values())
    cards: list[Card] = []
    taught: dict[str, Lesson] = {}
    for case in opened:
        days, sets = all_days(dates[case.id]), dates[case.id]
        tell = tell_after(progress, len(cards), total, case.id)

        def make(case: Case = case, days: list[int] = days, tell: Callable[[int], None] = tell) -> list[Card]:
            return hindcast(histories[case.id], days, asked, lessons_for(case, taught, asked), tell)

        found = cards_of(case, days, asked, fair_bank(case, asked.bank), make)
        for card in found:
            card["sets"] = [s for s in sets if card["day"] in sets[s]]
        cards += found
    return verification_of(opened, cards, asked.leads, members, seed, __version__)


def as_json(result: Verification) -> str:
    """The result of `verify` as JSON."""
    return json_of(result)


def write(result: Verification, path: Path) -> None:
    """Write the result of `verify` to a file, whole or not at all."""
    write_text(path, as_json(result) + "\n")


def tell_after(progress: Progress | None, before: int, total: int, what: str) -> Callable[[int], None]:
    """Tell of progress within one case."""
    return lambda done: progress(before + done, total, f"hindcasting {what}") if progress else None


def fair_bank(case: Case, chosen: Bank | None = None) -> Bank:
    """The bank for a case, which has not seen it: the shipped one, or another."""
    bank = bank_for(case.id) if chosen is None else unseen(chosen, case.id)
    if case.id in bank.cases:
        raise BadRequest(f"the parameters for {case.id} were calibrated on it: no fair hindcast.")
    return bank


def lessons_for(case: Case, lessons: dict[str, Lesson], asked: VerifyRequest) -> Lessons:
    """Lessons for one case from the wars that its bank was learned from: never it, nor its sisters on one map.

    `lessons` are kept from case to case.
    """
    names, horizon = list(fair_bank(case, asked.bank).cases), asked.horizon
    for name in names:
        if name not in lessons:
            history = read_history(open_case(name))
            lessons[name] = lesson_of(history, weekly(history.case), horizon)
    return learn([lessons[name] for name in names], horizon)


def hindcast(
    history: History, days: Sequence[int], asked: VerifyRequest, lessons: Lessons, tell: Callable[[int], None]
) -> list[Card]:
    """Score cards of one case at the given days."""
    case, cards = history.case, []
    forms = forms_of(case, days, asked)
    for done, day in enumerate(days):
        tell(done)
        truth = truth_after(history, day, asked.horizon)
        if truth.scored.size == 0:
            continue
        known_case = as_known(case, case.start + timedelta(days=day), "history")
        found = {name: form.run(known_case, day) for name, form in forms.items()}
        predictions = {n: of_members(f.day[:, truth.scored], asked.horizon) for n, f in found.items()}
        predictions |= references(history, known_case, day, truth.scored, asked, lessons)
        card = make_card(history, truth, day, asked.leads, predictions)
        card["arrivals"], card["camps"] = people_at(case, day, asked.leads, found[OURS])
        cards.append(card)
    tell(len(days))
    return cards


def forms_of(case: Case, days: Sequence[int], asked: VerifyRequest) -> dict[str, CaseRuns]:
    """The model, and if asked for without each of its terms."""
    bank = fair_bank(case, asked.bank)
    forms = {OURS: CaseRuns(case, bank, days, asked)}
    if asked.ablate:
        forms |= {MARK + term: CaseRuns(case, ablated(bank, term), days, asked) for term in TERMS}
    return forms


class CaseRuns:
    """The model with one bank, at all inits of a case; what it finds is kept.

    Parameters
    ----------
    case : Case
        With its history.
    bank : Bank
        Calibrated without the case.
    days : sequence of int
        Inits, as days of the case.
    asked : VerifyRequest
        What is asked of every case.
    """

    def __init__(self, case: Case, bank: Bank, days: Sequence[int], asked: VerifyRequest) -> None:
        self.case, self.bank, self.days, self.asked = case, bank, days, asked
        self.shared: FilterPass | None = None

    def run(self, known_case: Case, day: int) -> HindcastRun:
        """First changes and arrivals of a hindcast: as kept, or made now and kept."""
        a, case = self.asked, self.case

        def make() -> HindcastRun:
            if self.shared is None:
                exposures = so_far(case, max(self.days), self.bank.form)[3]
                self.shared = FilterPass(self.bank, exposures, a.threads, a.settings)
            return run_hindcast(ensemble_at(self.request(day), self.shared, a.threads), a.leads, a.threads)

        asked = hindcast_cache.RunAsked(case, a.leads, a.members)
        return hindcast_cache.kept_run(self.path(known_case, day), asked, make)

    def path(self, known_case: Case, day: int) -> Path | None:
        """The file in which a hindcast is kept; None if it is not."""
        asked = (day, self.asked.leads, self.asked.members, self.asked.seed, self.asked.settings)
        return hindcast_cache.path_of(self.asked.folder, self.case.id, known_case.hash, self.bank, *asked)

    def request(self, day: int) -> Request:
        """What is asked of the model on a day."""
        a, when = self.asked, self.case.start + timedelta(days=day)
        return Request(
            case=self.case,
            init=when,
            days=a.horizon,
            members=a.members,
            seed=a.seed,
            control="history",
            bank=self.bank,
            settings=a.settings,
        )
