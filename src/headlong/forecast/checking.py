"""Checks of what a user asks for: each says what is wrong and what to do, and all are said together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from headlong.errors import BadRequest, HeadlongError


class Notes:
    """Collects what is wrong: ``with wrong(): ...`` keeps a `HeadlongError` and goes on."""

    def __init__(self) -> None:
        self.errors: list[HeadlongError] = []

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Keep what goes wrong in a block."""
        try:
            yield
        except HeadlongError as error:
            self.errors.append(error)


@contextmanager
def findings() -> Iterator[Notes]:
    """Raise at the end what was kept: one error as it is, several as one, a line each."""
    notes = Notes()
    yield notes
    if len(notes.errors) == 1:
        raise notes.errors[0]
    if notes.errors:
        raise BadRequest("\n".join(map(str, notes.errors)))


def as_date(value: str | date | None, default: date) -> date:
    """Day meant by `value`.

    Raises
    ------
    BadRequest
        It is not a day written as 2021-08-12.
    """
    if value is None:
        return default
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise BadRequest(f"init '{value}' is not a date. Write it as {default}.") from None
