"""What the command line asks of a verification, read and checked before anything heavy is imported."""

from __future__ import annotations

import re
from datetime import date

from headlong.errors import BadRequest


def read_leads(text: str) -> tuple[int, ...]:
    """Leads written as 3,7,14,30.

    Raises
    ------
    BadRequest
        They are something else.
    """
    if not re.fullmatch(r"\s*[+-]?[0-9]{1,9}\s*(,\s*[+-]?[0-9]{1,9}\s*)*", text):
        raise BadRequest(f"leads '{text[:40]}' are not whole numbers with commas. Write 3,7,14,30.")
    return tuple(int(word) for word in text.split(","))


def read_inits(text: str) -> list[date] | None:
    """Dates with commas; None for ``weekly``, the dates fixed by the rule.

    Raises
    ------
    BadRequest
        They are something else.
    """
    if text == "weekly":
        return None
    try:
        return [date.fromisoformat(word.strip()) for word in text.split(",")]
    except ValueError:
        raise BadRequest(
            f"inits '{text}' are not dates with commas. Write 2021-08-10,2021-08-12, or weekly."
        ) from None
