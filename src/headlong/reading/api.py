"""Reading a text from Python: the same drafters as on the command line, with the same defaults."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from headlong.case import Case
from headlong.errors import BadRequest
from headlong.reading import reader
from headlong.reading.claims.shapes import Draft
from headlong.reading.output.draft_table import unreviewed
from headlong.reading.text.decode import text_of
from headlong.reading.text.language import language_of

if TYPE_CHECKING:
    from headlong.reading.trained.network import Network

__all__ = ["OFFLINE", "network_for", "read_text"]

OFFLINE = ("", "local", "rules")
"""Drafters that ask nobody; the first: the trained reader where its weights are, else the rules."""


def read_text(
    text: bytes | str,
    case: Case,
    published: date | str,
    drafter: str = "",
    *,
    model: str = "",
    allow_remote: str = "",
) -> Draft:
    """Read a news text into draft reports for a person to review.

    Parameters
    ----------
    text
        The text: characters, or bytes in any encoding; HTML is stripped.
    case
        The case that names the places, sides and leaders.
    published
        Day of publication.
    drafter
        ``"local"``, the trained reader; ``"rules"``; or the address of a server that speaks the OpenAI protocol. By
        default the trained reader where its weights are, else the rules.
    model
        Name of the server's model; its first by default.
    allow_remote
        The one host beyond this machine that the text may be sent to.

    Returns
    -------
    dict
        ``reports``, ``displaced`` (numbers of civilians who fled), ``flags``, ``skipped`` (every sentence gave a row or
        is skipped with a reason) and ``unread``: the sentences that name a place of the case and gave no row. From a
        server also ``failed`` (what did not pass the checks, and why) and ``second_opinion``. `docs/reading.md` names
        every key.

    Raises
    ------
    BadRequest
        `published` is not a date, the text is empty, or not English and no server is asked; the drafter is none, its
        weights are not here, or the server gives no usable answer.

    Examples
    --------
    >>> import headlong as hl
    >>> case = hl.open_case("afghanistan-2021")
    >>> draft = hl.read_text("The Taliban captured Herat on Thursday.", case, "2021-08-13", "rules")
    >>> [(row["event_date"], row["place"], row["claim"]) for row in draft["reports"]]
    [('2021-08-12', 'herat', 'fell')]
    """
    if drafter in OFFLINE:
        if model or allow_remote:
            raise BadRequest(
                "model and allow_remote are for a server as drafter; without one nobody is asked."
            )
        if language := language_of(text_of(text)):
            raise BadRequest(
                f"the text is {language}; only English is read here. A model can read it: "
                "drafter='http://127.0.0.1:11434', the address of its server."
            )
        return unreviewed(reader.read_text(text, case, published, network_for(drafter)))
    from headlong.reading.drafter.drafting import draft_text
    from headlong.reading.drafter.endpoint import endpoint_of

    return unreviewed(draft_text(text, case, published, endpoint_of(drafter, model, allow_remote).ask))


def network_for(drafter: str) -> Network | None:
    """Return the trained network, if it is asked for or there.

    Parameters
    ----------
    drafter
        One of `OFFLINE`.
    """
    from headlong.reading.trained.weights import weights, weights_needed

    path = None if drafter == "rules" else weights_needed() if drafter == "local" else weights()
    if path is None:
        return None
    from headlong.reading.trained.network import load_network

    return load_network(path)
