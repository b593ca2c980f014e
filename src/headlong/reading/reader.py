"""Reading a text: sentence by sentence into claims with speakers and dates, then rows, flags and what was skipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from headlong.case import Case
from headlong.errors import OUT_OF_REACH, BadRequest, in_reach
from headlong.reading.claims.claim import Claim, Reading
from headlong.reading.claims.event_dates import clause_dates, date_all
from headlong.reading.claims.persons import find_titles, name_people
from headlong.reading.claims.rows import rows_of, skipped_of, unread_of
from headlong.reading.claims.shapes import Draft, FlagEntry
from headlong.reading.claims.verification import disclaim, interest, muddled, verification
from headlong.reading.flags.flags import flags_of, flags_of_both
from headlong.reading.lexicon.aliases import gazetteer_of
from headlong.reading.lexicon.lexicon import listed, phrases
from headlong.reading.meaning.coreference import is_metonym, remember_clause, remember_places, subjects_of
from headlong.reading.meaning.discourse import REPORTER, Discourse, Speaker
from headlong.reading.meaning.factuality import text_between
from headlong.reading.meaning.frames.blanket_denials import blanket
from headlong.reading.meaning.frames.event import Event
from headlong.reading.meaning.frames.frames import events_of
from headlong.reading.meaning.location import where_of
from headlong.reading.meaning.speech.attribution import assign
from headlong.reading.meaning.speech.communique import author_of, first_party, is_communique, names_party
from headlong.reading.syntax.chunker import parse
from headlong.reading.syntax.clause import Clause
from headlong.reading.syntax.clause_splitter import clauses_of
from headlong.reading.syntax.entities import Mention
from headlong.reading.syntax.phrases import Parsed
from headlong.reading.text.dates import CURRENT
from headlong.reading.text.decode import text_of
from headlong.reading.text.items import item_days, stamp_end
from headlong.reading.text.sentences import Sentence, lay_out

if TYPE_CHECKING:
    from headlong.reading.trained.network import Network

__all__ = ["day_of_publication", "read_text", "reading_of", "settle_claims"]


RECENT = 12  # claims among which a denial seeks what it denies
TOPICS = listed("reader.topics")
"""Claims that make their place what the text is about."""


def read_text(text: bytes | str, case: Case, published: date | str, network: Network | None = None) -> Draft:
    """Read a news text into draft reports for a person to review.

    Parameters
    ----------
    text
        The text: characters, or bytes in any encoding; HTML is stripped.
    case
        The case that names the places, sides and leaders.
    published
        Day of publication.
    network
        The trained network that drafts; without it the rules do.

    Returns
    -------
    dict
        ``reports``, ``displaced`` (numbers of civilians who fled), ``flags``, ``skipped`` (every sentence gave a row or
        is skipped with a reason) and ``unread``: the sentences that name a place of the case and gave no row.
        `headlong.reading.claims.shapes` names every key.

    Raises
    ------
    BadRequest
        `published` is not a date.
    """
    reading = reading_of(text, case, day_of_publication(published))
    settle_claims(reading)
    second = _redraft(reading, network) if network is not None else []
    rows = rows_of(reading)
    flags = flags_of_both(flags_of(reading, rows), second)
    return {
        "reports": [row.cells for row in rows if row.cells["claim"] != "displaced"],
        "displaced": [row.cells for row in rows if row.cells["claim"] == "displaced"],
        "flags": flags,
        "skipped": skipped_of(reading, rows, flags),
        "unread": unread_of(reading, rows),
    }


def _redraft(reading: Reading, network: Network) -> list[FlagEntry]:
    """Let the network draft, unless the text is damaged throughout: that the rules read better.

    Numbers of civilians who fled are read well by the rules: they are kept where the network says nothing of them. So
    are the contradictions that the rules find, which are returned.
    """
    from headlong.reading.trained.revise import damaged, revise

    flags = flags_of(reading, rows_of(reading))
    if not damaged(flags, len(reading.laid.sentences)):
        counted = [one for one in reading.claims if one.event.claim == "displaced" and one.event.count]
        revise(reading, network)
        told = {one.number for one in reading.claims if one.event.claim in ("displaced", "crossed")}
        missed = [one for one in counted if one.number not in told]
        reading.claims = sorted([*reading.claims, *missed], key=lambda one: one.number)
        settle_claims(reading)
    return [flag for flag in flags if flag["kind"] == "contradiction"]


def reading_of(text: bytes | str, case: Case, day: date) -> Reading:
    """Read a text sentence by sentence into claims that have no day yet."""
    plain = text_of(text)
    if not plain.strip():
        raise BadRequest("the text is empty. Give the words of an article.")
    names = gazetteer_of(case)
    reading = Reading(names, day, lay_out(plain, lambda opening: names_party(opening, names, day)))
    memory = Discourse(reading.names, day)
    reading.memory = memory
    reading.headline = parse(reading.laid.headline[:300], reading.names, day)
    reading.items = item_days(reading.laid.sentences, day)
    for sentence in reading.laid.sentences:
        today = reading.items.get(sentence.number, day)
        parsed = parse(sentence.text, reading.names, today, sentence.opens)
        parsed.dates = [when for when in parsed.dates if when.start >= stamp_end(sentence.text)]
        if reading.laid.author and sentence.text.startswith(reading.laid.author):
            parsed.mentions = _about(parsed, reading.laid.author)
        reading.parsed.append(parsed)
    find_titles(reading.parsed, memory)
    memory.default = author_of(reading.laid.headline, reading.laid.author, memory)
    _start_from(reading, memory)
    for sentence, parsed in zip(reading.laid.sentences, reading.parsed, strict=True):
        reading.clauses.append(clauses_of(parsed, sentence.opens))
    for sentence in reading.laid.sentences:
        _read_sentence(sentence, reading, memory)
    return reading


def _about(parsed: Parsed, opening: str) -> list[Mention]:
    """Return the mentions of a sentence without the places in which its author says that he is."""
    end = len(opening)
    return [m for m in parsed.mentions if m.kind != "place" or parsed.tokens[m.start].start >= end]


def _days_spoken_of(reading: Reading) -> dict[int, date]:
    """Return the last day that each sentence names, of those of the last weeks."""
    found: dict[int, date] = {}
    for number, parsed in enumerate(reading.parsed, 1):
        for when in parsed.dates:
            if when.kind == "day" and when.day and 0 <= (reading.published - when.day).days <= CURRENT:
                found[number] = when.day
    return found


def settle_claims(reading: Reading) -> None:
    """Give the claims of a text their persons, days, verification and interest."""
    name_people(reading.claims, reading.parsed, reading.names)
    date_all(reading.claims, reading.published, reading.items, _days_spoken_of(reading))
    for one in reading.claims:
        one.verification = verification(one.speaker, one.event, one.words)
        one.interest = interest(one.speaker, one.event, reading.names)
    muddled(reading.claims)
    disclaim(reading.claims, [(s.number, s.text) for s in reading.laid.sentences])


def day_of_publication(published: date | str) -> date:
    """Return the day of publication, however it was given."""
    if isinstance(published, str):
        try:
            published = date.fromisoformat(published[:10])
        except ValueError:
            raise BadRequest(
                f"'{published}' is not a date. Write year-month-day, such as 2021-08-12."
            ) from None
    if not in_reach(published):
        raise BadRequest(f"'{published}' is {OUT_OF_REACH}. Give the day the text came out.")
    return published


def _start_from(reading: Reading, memory: Discourse) -> None:
    """Begin with the one place that the headline names, until the text names one."""
    named = reading.headline.mentions
    places = {m.id for m in named if m.kind == "place" and reading.names.kind_of.get(m.id) != "refuge"}
    if len(places) == 1:
        memory.saw_place(places.pop())


def _read_sentence(sentence: Sentence, reading: Reading, memory: Discourse) -> None:
    at = sentence.number - 1
    parsed, clauses = reading.parsed[at], reading.clauses[at]
    memory.sentence = sentence.number
    dates = clause_dates(clauses, parsed)
    memory.speaking = None
    memory.aside = bool(phrases()["history"].search(sentence.text))
    goes_on = at + 1 < len(reading.clauses) and reading.laid.sentences[at + 1].opens
    speakers = assign(clauses, memory, reading.clauses[at + 1] if goes_on else [])
    if sentence.number == 1 and memory.default is REPORTER and is_communique(reading.laid.headline):
        memory.default = first_party(speakers.values())
        speakers = {at: memory.default if one is REPORTER else one for at, one in speakers.items()}
    reading.speakers.append(speakers)
    reading.dates.append(dates)
    begun = len(reading.claims)
    for clause in clauses:
        speaker = speakers[clause.number]
        memory.speaking = speaker if speaker.source != "reporter" else None
        memory.quoted = clause.quoted
        there = where_of(clause, memory)
        lead = [noun for noun in clause.lead if noun in there]
        for noun in (*lead, *([] if clause.verb else clause.preps), *subjects_of(clause)):
            if noun is not clause.subject or not clause.own_report or not is_metonym(noun):
                remember_places(noun, memory)
        made = events_of(clause, clauses, parsed, speaker, memory)
        for event in made or blanket(
            clause, clauses, speaker, [one.event for one in reading.claims[-RECENT:]], memory
        ):
            _note(event, memory)
            said = _words(clause, clauses, parsed, speaker)
            spots = _spots(clause, parsed)
            for who in (speaker, *speaker.others):
                if (own := _said_by(event, who, speaker)) is not None:
                    claim = Claim(sentence.number, sentence.paragraph, own, who, clauses, dates, said, spots)
                    reading.claims.append(claim)
        remember_clause(clause, memory)
    main = next((one.event.place.id for one in reading.claims[begun:] if _is_main(one.event)), "")
    memory.saw_place(main)


def _said_by(event: Event, who: Speaker, first: Speaker) -> Event | None:
    """Return an event as one of several speakers tells it; nothing if he only says what the first of his class says.

    Of two sides that each claim a deed each claims its own: ``both the Front and the League say they took the town``.
    """
    rivals = [one for one in (first, *first.others) if one.source == first.source and one.side]
    if len(rivals) < 2 or who.source != first.source:
        return event
    subject = event.clause.subject
    told = {one.side for one in rivals}
    if "together" in event.tokens and event.side in told:
        return replace(event, tokens=event.tokens - {"together"}) if event.side == who.side else None
    if event.side == first.side and subject is not None and subject.pronoun:
        return replace(event, side=who.side)
    return event if who is first else None


def _note(event: Event, memory: Discourse) -> None:
    """Keep in mind the place of an event, and who has taken it."""
    if event.place.id:
        memory.saw_place(event.place.id)
        memory.topic = event.place.id if event.claim in TOPICS and not event.nominal else memory.topic
    if event.claim in ("fell", "handed_over") and event.stance.polarity == "asserted" and event.side:
        memory.taker[event.place.id] = event.side


def _spots(clause: Clause, parsed: Parsed) -> dict[str, int]:
    """Return where in the sentence each place of a clause is named."""
    named = [m for m in parsed.mentions if m.kind == "place" and clause.start <= m.start < clause.end]
    return {m.id: parsed.tokens[m.start].start for m in named}


def _is_main(event: Event) -> bool:
    """Whether an event is what its sentence is about, and where it was is what the next one starts from."""
    told = event.claim in TOPICS and not event.nominal and event.clause.opener in ("", "say", "that", "main")
    return bool(told and event.place.id)


def _words(clause: Clause, clauses: list[Clause], parsed: Parsed, speaker: Speaker) -> str:
    """Return the words of a clause, and of the clauses that say who says it."""
    own = text_between(parsed, clause.start, clause.end)
    beside = [c for c in clauses if c.own_report or c.number == clause.parent]
    return " ".join([own, *(text_between(parsed, c.start, c.end) for c in beside if c is not clause)])
