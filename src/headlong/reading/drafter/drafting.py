"""From a text to a draft by a model: pieces, requests, answers, checks, second opinion; the order of all this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from headlong.case import Case
from headlong.errors import BadRequest
from headlong.reading.claims.shapes import BEYOND, Draft, DraftCells, Failure, Field
from headlong.reading.drafter.answer import Answer, NoAnswer, answer_in
from headlong.reading.drafter.check import Checker
from headlong.reading.drafter.fields import harmless, number_of, text_cell
from headlong.reading.drafter.opinion import mark_by_reader
from headlong.reading.drafter.request import Piece, piece_request, pieces_of
from headlong.reading.lexicon.aliases import gazetteer_of
from headlong.reading.reader import day_of_publication, read_text
from headlong.reading.syntax.entities import names_a_place
from headlong.reading.text.dates import find_dates
from headlong.reading.text.decode import text_of
from headlong.reading.text.language import language_of
from headlong.reading.text.sentences import Layout, lay_out

__all__ = ["Ask", "by_hand", "draft_text", "requests_of"]

SAME: tuple[Field, ...] = (
    *("sentence", "place", "claim", "side", "leader", "polarity", "source_class", "event_date", "words"),
)
"""Two rows that agree in these are one."""

Ask = Callable[[str, Callable[[str], Answer]], Answer]
"""Puts a request to whoever answers; gets what turns the words of an answer into rows, to ask again if it cannot."""


def requests_of(text: bytes | str, case: Case, published: date | str) -> list[str]:
    """Return the requests for a text, one for each piece.

    Parameters
    ----------
    text
        The text.
    case
        The case that names the places, sides and leaders.
    published
        Day of publication.
    """
    day = day_of_publication(published)
    return [piece_request(piece, case, day) for piece in pieces_of(lay_out(text_of(text)))]


def draft_text(text: bytes | str, case: Case, published: date | str, ask: Ask) -> Draft:
    """Have a model draft reports from a text, and check all that it says.

    Parameters
    ----------
    text
        The text: characters, or bytes in any encoding; HTML is stripped.
    case
        The case that names the places, sides and leaders.
    published
        Day of publication.
    ask
        Called with each request; returns the answer.

    Returns
    -------
    dict
        As of ``read_text``, with ``failed`` (what did not pass the checks, and why) and ``second_opinion``.
    """
    day = day_of_publication(published)
    plain = text_of(text)
    layout = lay_out(plain)
    checker = Checker(case, layout, day)
    draft: Draft = {"reports": [], "displaced": [], "flags": [], "skipped": [], "unread": []}
    failed: list[Failure] = []
    whys: dict[int, str] = {}
    for piece in pieces_of(layout):
        answer = ask(piece_request(piece, case, day), answer_in)
        failed += _take(answer, piece, checker, draft, whys)
    draft["failed"] = failed
    _order(draft)
    _own_dates(layout, day, draft)
    english = not language_of(plain)
    mark_by_reader(draft, read_text(plain, case, day) if english else None)
    _skip(layout, case, draft, whys | _failed_sentences(failed))
    return draft


def _take(
    answer: Answer, piece: Piece, checker: Checker, draft: Draft, whys: dict[int, str]
) -> list[Failure]:
    """Check the rows and flags of one answer into a draft; return what failed."""
    failed: list[Failure] = []
    numbers = [sentence.number for sentence in piece.sentences]
    for raw in answer.rows:
        row, why = checker.row(raw, numbers)
        if row is None:
            failed.append({"what": "row", "why": why, "came": _shown(raw)})
        elif _again(row, draft["reports"] + draft["displaced"]):
            failed.append(
                {"what": "row", "why": "the same row twice. Nothing is to be done", "came": _shown(raw)}
            )
        else:
            (draft["displaced"] if row["claim"] == "displaced" else draft["reports"]).append(row)
    for raw in answer.flags:
        flag, why = checker.flag(raw)
        if flag is None:
            failed.append({"what": "flag", "why": why, "came": _shown(raw)})
        elif flag not in draft["flags"]:
            draft["flags"].append(flag)
    for one in answer.nothing:
        if isinstance(one, dict) and isinstance(one.get("sentence"), int):
            whys.setdefault(one["sentence"], text_cell(one.get("why"))[:100])
    if answer.broken:
        failed.append({"what": "answer", "why": answer.broken, "came": {}})
    return failed


def _again(row: DraftCells, rows: Sequence[DraftCells]) -> bool:
    return any(all(one[key] == row[key] for key in SAME) for one in rows)


def _shown(raw: Any) -> dict[str, str]:
    """Return a row as it came, in cells that do no harm."""
    if not isinstance(raw, dict):
        return {"words": harmless(str(raw)[:500], 200)}
    return {harmless(str(key), 30): harmless(str(value)[:1000], 200) for key, value in list(raw.items())[:24]}


def _order(draft: Draft) -> None:
    for rows in (draft["reports"], draft["displaced"]):
        rows.sort(key=lambda row: row["sentence"])
    draft["flags"].sort(key=lambda flag: (flag["sentences"], flag["kind"]))


def _own_dates(layout: Layout, published: date, draft: Draft) -> None:
    """Add the flags on dates that are plain reckoning: a day that does not exist, a weekday that does not fit."""
    known = {n for flag in draft["flags"] if flag["kind"] == "date_impossible" for n in flag["sentences"]}
    for sentence in layout.sentences:
        for when in find_dates(sentence.text, published):
            if when.wrong in ("no such day", "not that day of the week") and sentence.number not in known:
                said = sentence.text[when.start : when.end]
                known.add(sentence.number)
                draft["flags"].append(
                    {
                        "kind": "date_impossible",
                        "sentences": [sentence.number],
                        "note": f"{said}: {when.wrong} (by reckoning)",
                    }
                )


def _skip(layout: Layout, case: Case, draft: Draft, whys: dict[int, str]) -> None:
    """List the sentences without a row, with the drafter's reason, and those that name a place of the case."""
    told = {row["sentence"] for row in (*draft["reports"], *draft["displaced"])}
    if layout.headline:
        draft["skipped"].append({"sentence": 0, "why": "headline: never coded"})
    names = gazetteer_of(case)
    for sentence in layout.sentences:
        if sentence.number in told:
            continue
        why = whys.get(sentence.number, "")
        draft["skipped"].append({"sentence": sentence.number, "why": why or "the drafter says nothing of it"})
        if names_a_place(sentence.text, names):
            draft["unread"].append(sentence.number)
    last = len(layout.sentences)
    draft["skipped"] += [
        {"sentence": last + n, "why": f"{BEYOND} the first {last} sentences"}
        for n in range(1, layout.beyond + 1)
    ]


def _failed_sentences(failed: Sequence[Failure]) -> dict[int, str]:
    """Return the sentences of which a row came that failed the checks: they are listed with it."""
    numbers = [number_of(one["came"].get("sentence")) for one in failed if one["what"] == "row"]
    return {number: "its row failed the checks" for number in numbers if number is not None}


def by_hand(answers: Sequence[str]) -> Ask:
    """Return an ``ask`` that hands out answers that are there already, one for each request.

    Parameters
    ----------
    answers
        What an assistant wrote, in the order of the requests.
    """
    left = list(enumerate(answers, 1))

    def ask(request: str, read: Callable[[str], Answer]) -> Answer:
        if not left:
            raise BadRequest("There are fewer answers than requests.")
        number, words = left.pop(0)
        try:
            return read(words)
        except NoAnswer as why:
            raise BadRequest(
                f"Answer {number} cannot be used: {why}. Ask the assistant for the JSON object."
            ) from None

    return ask
