"""What a word means: taken from the vocabulary, the schema table and the mechanisms themselves."""

from __future__ import annotations

import pkgutil
import re
import textwrap
from collections.abc import Iterator
from importlib import import_module
from math import isinf
from typing import Any

from headlong.case.tables.schema import Column, schema
from headlong.errors import BadRequest, nearest
from headlong.parameters import Beta, LogNormal, Normal
from headlong.view.terminal.glossary import GLOSSARY, KEYS, OUTPUT

__all__ = ["explain"]

WIDTH = 100


def explain(word: str | None = None) -> str:
    """Say what a word means: a term, a table, a column, a value, a mechanism or a parameter.

    Parameters
    ----------
    word
        The word, such as ``strain``, ``places``, ``places.lat``, ``visa-only``, ``loss`` or ``loss.seat``;
        without it, all the words are listed.

    Returns
    -------
    str
        What it means; for a parameter also its unit, default, prior and source.

    Raises
    ------
    BadRequest
        When no meaning is known; a near word is suggested.
    """
    if word is None:
        return _all_words()
    key = _plain(word)
    found = [*_terms(key), *_tables(key), *_columns(key), *_choices(key), *_mechanisms(key)]
    if not found:
        raise BadRequest(
            f"'{word}' is not explained.{nearest(key, _known())} 'headlong explain' lists all words."
        )
    return "\n\n".join(found)


def _plain(word: str) -> str:
    """The word as it is looked up: capitals, dashes, underscores, spaces and the ending of a file do not matter."""
    plain = word.strip().lower().removesuffix(".csv").removesuffix(".toml")
    return "_".join(plain.replace("-", " ").replace("_", " ").split())


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False
    )


def _terms(key: str) -> Iterator[str]:
    for words in (GLOSSARY, OUTPUT, KEYS):
        for term, meaning in words.items():
            if key in (_plain(term), f"{_plain(term)}s"):
                yield _wrapped(f"{term} (term): {meaning}.")


def _tables(key: str) -> Iterator[str]:
    if key in schema():
        meanings = {name: column.meaning for name, column in schema()[key].items()}
        yield "\n".join([f"{key} (table of a case)", *_listed(meanings)])


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
        {"yes": "required", "column": "the column is required, its cells may be empty"}.get(
            column.required, "optional"
        ),
    ]
    if column.choices:
        facts.append("one of " + ", ".join(column.choices))
    if column.refers_to:
        facts.append(f"names an id of {column.refers_to}")
    if column.low is not None or column.high is not None:
        low = "" if column.low is None else f"from {column.low:,.10g}"
        high = "" if column.high is None else f"to {column.high:,.10g}"
        facts.append(f"{low} {high}".strip())
    if column.default:
        facts.append(f"empty means {column.default}")
    text = "; ".join(fact for fact in facts if fact)
    meaning = _wrapped(f"{column.table}.{column.column} (column): {column.meaning.rstrip('.')}.")
    return f"{meaning}\n{_wrapped(text, '  ')}"


def _choices(key: str) -> Iterator[str]:
    """Where a word is one of the values of a column."""
    where = [c for columns in schema().values() for c in columns.values() if key in map(_plain, c.choices)]
    for column in where:
        value = next(choice for choice in column.choices if _plain(choice) == key)
        yield _wrapped(f"{value} (value of {column.table}.{column.column}): {column.meaning}.")


def _rooms() -> Iterator[tuple[str, str, list[Any]]]:
    """Yield name, docstring and parameters of every mechanism."""
    import headlong.mechanisms as rooms

    for module in sorted(pkgutil.walk_packages(rooms.__path__, "headlong.mechanisms."), key=_last):
        if module.ispkg:
            continue
        found, name = import_module(module.name), _last(module)
        things = [thing for thing in vars(found).values() if isinstance(thing, type)]
        own = [getattr(thing, "pars", {}) for thing in things if thing.__module__ == found.__name__]
        yield name, found.__doc__ or "", [par for pars in own for par in pars.values()]


def _last(module: pkgutil.ModuleInfo) -> str:
    return module.name.rpartition(".")[2]


def _mechanisms(key: str) -> Iterator[str]:
    room, _, name = key.rpartition(".")
    for mechanism, text, pars in _rooms():
        if key == mechanism:
            about = _about(text)
            yield "\n\n".join(
                [f"{mechanism} (mechanism): {about}", *(_parameter(mechanism, p) for p in pars)]
            )
        elif room in ("", mechanism):
            yield from (_parameter(mechanism, par) for par in pars if par.name == name)


def _about(docstring: str) -> str:
    """A mechanism's docstring as plain text, without its name at the beginning."""
    text = re.sub(r" ?::$", ":", docstring.strip(), flags=re.MULTILINE)
    text = text.partition(": ")[2] if ": " in text.partition("\n")[0] else text
    return "\n\n".join(_paragraph(part) for part in text.split("\n\n"))


def _paragraph(text: str) -> str:
    """Prose in lines of readable length; equations, which are indented, and lists of arrays as they stand."""
    as_it_stands = any(line.startswith(" ") for line in text.splitlines()) or text.startswith("Reads ")
    return (
        text if as_it_stands else textwrap.fill(text, WIDTH, break_on_hyphens=False, break_long_words=False)
    )


def _parameter(mechanism: str, par: Any) -> str:
    lines = [
        f"default {_number(par.default)}; neutral {_number(par.neutral)}; prior {_prior(par.prior)}",
        _use(mechanism, par),
        f"source: {par.source}",
    ]
    head = _wrapped(f"{mechanism}.{par.name} (parameter) [{par.unit}]: {par.doc}.")
    return "\n".join([head, *(_wrapped(line, "  ") for line in lines)])


def _use(mechanism: str, par: Any) -> str:
    """Say whether a parameter is calibrated, drawn from its prior, or neutral in a forecast."""
    from headlong.mechanisms import CORE
    from headlong.parameters import room_of

    if mechanism in map(room_of, CORE):
        return "calibrated: each member draws it from the posterior of past cases and this war so far"
    if par.acts:
        return "each member draws it from its prior"
    return "neutral in a forecast; in a what-if each member draws it from its prior"


def _number(value: float) -> str:
    return ("minus " if value < 0 else "") + "infinity" if isinf(value) else f"{value:g}"


def _prior(prior: Any) -> str:
    if isinstance(prior, Normal):
        return f"normal, mean {prior.mean:g}, sd {prior.sd:g}"
    if isinstance(prior, LogNormal):
        return f"log-normal, median {prior.median:g}, sd of the log {prior.sd_log:g}"
    if isinstance(prior, Beta):
        return f"beta({prior.a:g}, {prior.b:g}), mean {prior.a / (prior.a + prior.b):.2g}"
    return str(prior)


def _known() -> list[str]:
    words = [*GLOSSARY, *OUTPUT, *KEYS, *schema()]
    for columns in schema().values():
        for name, column in columns.items():
            words += [name, f"{column.table}.{name}", *column.choices]
    for mechanism, _, pars in _rooms():
        words += [mechanism, *(par.name for par in pars), *(f"{mechanism}.{par.name}" for par in pars)]
    return words


def _all_words() -> str:
    lines = ["Terms", *_listed(GLOSSARY), "", "Words of a forecast's tables", *_listed(OUTPUT)]
    lines += ["", "Words of JSON, tables and files", *_listed(KEYS)]
    lines += ["", "Tables of a case (headlong explain TABLE, or TABLE.COLUMN)"]
    lines += [_wrapped(f"{table}: {', '.join(columns)}", "  ") for table, columns in schema().items()]
    lines += ["", "Mechanisms (headlong explain MECHANISM, or MECHANISM.PARAMETER)"]
    lines += _listed({name: _about(text).partition("\n")[0].rstrip(".") for name, text, _ in _rooms()})
    return "\n".join(lines)


def _listed(words: dict[str, str]) -> list[str]:
    width = max(len(word) for word in words) + 4
    return [
        textwrap.fill(
            meaning,
            WIDTH,
            initial_indent=f"  {word}".ljust(width),
            subsequent_indent=" " * width,
            break_on_hyphens=False,
        )
        for word, meaning in words.items()
    ]
