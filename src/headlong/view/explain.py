"""What a word means: taken from the vocabulary, the schema table and the mechanisms themselves."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from headlong.case.schema import Column, schema
from headlong.errors import BadRequest, nearest
from headlong.view.glossary import GLOSSARY

__all__ = ["explain"]


def explain(word: str | None = None) -> str:
    """Say what a word means: a term, a table, a column, a mechanism or a parameter.

    Parameters
    ----------
    word
        The word, such as ``strain``, ``places``, ``places.lat``, ``loss`` or ``loss.front``; without it, all
        the words are listed.

    Raises
    ------
    BadRequest
        When no meaning is known; a near word is suggested.
    """
    if word is None:
        return _all_words()
    key = word.strip().lower().replace("-", "_")
    found = [*_terms(key), *_tables(key), *_columns(key), *_mechanisms(key)]
    if not found:
        raise BadRequest(
            f"'{word}' is not explained.{nearest(key, _known())} 'headlong explain' lists all words."
        )
    return "\n\n".join(found)


def _terms(key: str) -> Iterator[str]:
    if key in GLOSSARY:
        yield f"{key} (term): {GLOSSARY[key]}."


def _tables(key: str) -> Iterator[str]:
    if key in schema():
        width = max(len(name) for name in schema()[key])
        lines = [f"  {name:<{width}}  {column.meaning}" for name, column in schema()[key].items()]
        yield "\n".join([f"{key} (table of a case)", *lines])


def _columns(key: str) -> Iterator[str]:
    table, _, name = key.rpartition(".")
    for columns in schema().values():
        for column in columns.values():
            if column.column == name and table in ("", column.table):
                yield _column(column)


def _column(column: Column) -> str:
    facts = [
        column.type,
        column.unit,
        {"yes": "required", "column": "may be empty"}.get(column.required, "optional"),
    ]
    if column.choices:
        facts.append("one of " + ", ".join(column.choices))
    if column.refers_to:
        facts.append(f"names an id of {column.refers_to}")
    if column.low is not None or column.high is not None:
        low = "" if column.low is None else f"from {column.low:g}"
        high = "" if column.high is None else f"to {column.high:g}"
        facts.append(f"{low} {high}".strip())
    if column.default:
        facts.append(f"empty means {column.default}")
    text = "; ".join(fact for fact in facts if fact)
    return f"{column.table}.{column.column} (column): {column.meaning.rstrip('.')}.\n  {text}"


def _rooms() -> Iterator[tuple[str, str, list[Any]]]:
    """Yield name, docstring and parameters of every mechanism."""
    import headlong.mechanisms as rooms

    for module in pkgutil.iter_modules(rooms.__path__):
        found = import_module(f"headlong.mechanisms.{module.name}")
        things = [thing for thing in vars(found).values() if isinstance(thing, type)]
        own = [getattr(thing, "pars", {}) for thing in things if thing.__module__ == found.__name__]
        yield module.name, found.__doc__ or "", [par for pars in own for par in pars.values()]


def _mechanisms(key: str) -> Iterator[str]:
    room, _, name = key.rpartition(".")
    for mechanism, text, pars in _rooms():
        if key == mechanism:
            yield "\n\n".join(
                [f"{mechanism} (mechanism): {text.strip()}", *(_parameter(mechanism, par) for par in pars)]
            )
        elif room in ("", mechanism):
            yield from (_parameter(mechanism, par) for par in pars if par.name == name)


def _parameter(mechanism: str, par: Any) -> str:
    return (
        f"{mechanism}.{par.name} (parameter) [{par.unit}]: {par.doc}.\n"
        f"  default {par.default:g}; neutral {par.neutral:g}; prior {par.prior}\n"
        f"  source: {par.source}"
    )


def _known() -> list[str]:
    words = [*GLOSSARY, *schema()]
    words += [column for columns in schema().values() for column in columns]
    for mechanism, _, pars in _rooms():
        words += [mechanism, *(par.name for par in pars), *(f"{mechanism}.{par.name}" for par in pars)]
    return words


def _all_words() -> str:
    width = max(len(word) for word in GLOSSARY)
    lines = ["Terms", *(f"  {word:<{width}}  {meaning}" for word, meaning in GLOSSARY.items())]
    lines += ["", "Tables of a case (headlong explain TABLE, or TABLE.COLUMN)"]
    lines += [f"  {table}: {', '.join(columns)}" for table, columns in schema().items()]
    lines += ["", "Mechanisms (headlong explain MECHANISM, or MECHANISM.PARAMETER)"]
    lines += [f"  {name}: {text.strip().splitlines()[0]}" for name, text, _ in _rooms()]
    return "\n".join(lines)
