"""The light pieces a case is made of: rows, sides and scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

__all__ = ["LONGEST", "Cells", "Row", "Scenario", "Side"]

LONGEST = 20_000
"""Days that a war may last; from so many days after the start a forecast of one that goes on may start."""

Cells = dict[str, Any]
"""One row of a table by column: which columns there are, and of what type, schema.csv says."""


class Row(Mapping[str, Any]):
    """One line of a table with typed values, read-only: ``row["from"]``, ``row.place``, ``row.from_``.

    Empty cells are None (text: an empty string, lists: an empty tuple). A trailing underscore in an
    attribute is dropped, so that ``from`` and ``class`` can be reached as ``row.from_`` and ``row.class_``.

    Parameters
    ----------
    cells : mapping
        Value by column.
    line : int
        Line in the file as an editor shows it.
    """

    __slots__ = ("_cells", "line")
    _cells: Cells
    line: int

    def __init__(self, cells: Mapping[str, Any], line: int = 0) -> None:
        object.__setattr__(self, "_cells", dict(cells))
        object.__setattr__(self, "line", line)

    def __getitem__(self, column: str) -> Any:
        return self._cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def __getattr__(self, name: str) -> Any:
        key = name[:-1] if name.endswith("_") and not name.startswith("_") else name
        if name.startswith("_") or key not in self._cells:
            raise AttributeError(f"a row with the columns {', '.join(self._cells)} has no '{name}'")
        return self._cells[key]

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("rows are read-only")

    def __hash__(self) -> int:
        return hash(tuple(self._cells.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return Row, (self._cells, self.line)

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{key}={value!r}' for key, value in self._cells.items())})"

    def but(self, **changes: Any) -> Row:
        """Return the same row with some cells changed."""
        return Row({**self._cells, **changes}, self.line)


@dataclass(frozen=True)
class Side:
    """An armed side.

    Parameters
    ----------
    id, name : str
        Short and full name.
    role : str
        incumbent, insurgent, third or outside.
    friends : tuple of str
        Sides it does not fight.
    presses : tuple of str or None
        Sides it presses; None: from the roles.
    seat : str or None
        Its core place; an empty string: none in the table; None: from the rule (`Case.seat_of`).
    """

    id: str
    name: str
    role: str
    friends: tuple[str, ...] = ()
    presses: tuple[str, ...] | None = None
    seat: str | None = None


@dataclass(frozen=True)
class Scenario:
    """A named what-if: what is overridden, and what of it rests on judgement.

    Parameters
    ----------
    name, title, what, judgement : str
        How it is called and what it says.
    support : date or None
        Outside support stays as it was on this day.
    leaders_stay : bool or tuple of str
        Leaders who stay: all, none, or these.
    amnesty : float or None
        How far an offer of amnesty is believed, 0 to 1.
    crossings : mapping
        Policy by crossing.
    ghost_share : float or None
        Share of the nominal strength that is not there, 0 to 1.
    """

    name: str
    title: str
    what: str
    judgement: str
    support: date | None = None
    leaders_stay: bool | tuple[str, ...] = False
    amnesty: float | None = None
    crossings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ghost_share: float | None = None

    def __hash__(self) -> int:
        return hash((self.name, self.title))

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "crossings": dict(self.crossings)}
