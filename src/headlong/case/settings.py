"""The two settings files: case.toml and scenarios.toml, checked key by key against the schema."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from headlong.case.rows import Cells, Scenario, Side
from headlong.case.tables.cells import EMPTY, Misfit, parse
from headlong.case.tables.schema import Column, columns_of
from headlong.case.tables.table import SHOWN
from headlong.case.tables.table_text import file_text
from headlong.errors import Finding, nearest

__all__ = ["SettingsFile", "read_scenarios", "read_settings"]


@dataclass
class SettingsFile:
    """What came out of one settings file.

    Parameters
    ----------
    file : str
        File name.
    values : dict
        Typed value by key.
    sides : list of Side
        Sides (case.toml).
    ids : set of str
        Every side the file names, of broken blocks too.
    scenarios : dict
        Scenarios without a finding (scenarios.toml).
    blocks : dict
        What could be read of every scenario.
    findings : list of Finding
        What is wrong.
    usable : bool
        False when the file could not be read at all.
    """

    file: str
    values: Cells = field(default_factory=dict)
    sides: list[Side] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    blocks: dict[str, Cells] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    usable: bool = True
    text: str = ""

    def note(self, key: str | None, value: Any, problem: str, remedy: str, within: str = "") -> None:
        """Add a finding on a key; ``within`` is a text that stands above it in the file."""
        shown = None if value is None else str(value)[:SHOWN]
        row = self.line_of(key, within)
        self.findings.append(Finding(self.file, row, key, shown, problem, remedy))

    def lacks(self, key: str, meaning: str, within: str = "") -> None:
        """Add a finding on a key that is not there, on the line of its block."""
        row = self.text.count("\n", 0, self.text.find(within) + len(within)) + 1 if within else None
        remedy = f"Add it: {meaning[0].lower()}{meaning[1:]}."
        self.findings.append(Finding(self.file, row, key, None, "required key is missing", remedy))

    def head_of(self, name: str) -> str:
        """Return the line that opens a block, as it stands in the file; nothing where none is found."""
        head = rf"^[ \t]*\[[ \t]*{re.escape(_spelt(name))}[ \t]*[\].].*"
        found = re.search(head, self.text, re.MULTILINE)
        return found[0] if found else ""

    def line_of(self, key: str | None, within: str = "") -> int | None:
        """Return the line on which a key stands, the first one below ``within``."""
        start = max(self.text.find(within), 0) + len(within)
        for pattern in (rf"^\s*\[*\s*{re.escape(key or '')}\s*[=\].]", rf"{re.escape(key or '')}"):
            found = re.compile(pattern, re.MULTILINE).search(self.text, start) if key else None
            if found:
                return self.text.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip())) + 1
        return None


def _load(path: Path) -> SettingsFile:
    """Read the file as TOML into ``values``, or say why not."""
    settings = SettingsFile(path.name)
    text = file_text(path)
    if isinstance(text, Finding):
        settings.findings.append(text)
        settings.usable = False
        return settings
    settings.text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        settings.values = tomllib.loads(settings.text)
    except (ValueError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        reason = str(error).splitlines()[0][:160] if str(error) else "nested too deep"
        row = int(place[1]) if place else None
        remedy = 'Write lines such as key = "value"; lists in [ ], text in " ".'
        settings.findings.append(Finding(path.name, row, None, None, f"not TOML ({reason})", remedy))
        settings.usable = False
    return settings


def read_settings(path: Path) -> SettingsFile:
    """Read case.toml: its keys and its sides."""
    settings = _load(path)
    if not settings.usable:
        return settings
    raw = settings.values
    blocks = raw.get("sides", [])
    settings.values = _keys(settings, {k: v for k, v in raw.items() if k != "sides"}, "case", skip=("sides",))
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        settings.note("sides", None, "not a list of sides", "Write one [[sides]] block for each side.")
        blocks = []
    for number, block in enumerate(blocks):
        within = _nth(settings.text, "[[sides]]", number)
        settings.ids.add(str(block.get("id")))
        values = _keys(settings, block, "sides", within=within)
        if {"id", "name", "role"} <= values.keys():
            settings.sides.append(
                Side(
                    values["id"],
                    values["name"],
                    values["role"],
                    values.get("friends", ()),
                    values.get("presses"),
                    values.get("seat"),
                )
            )
    return settings


def read_scenarios(path: Path) -> SettingsFile:
    """Read scenarios.toml: one block for each named what-if."""
    settings = _load(path)
    for name, block in settings.values.items() if settings.usable else ():
        if not isinstance(block, dict):
            remedy = "Write a block [name] with title, what and judgement."
            settings.note(name, block, "not a scenario", remedy)
            continue
        before = len(settings.findings)
        _callable_by(name, settings)
        values = settings.blocks[name] = _keys(settings, block, "scenarios", within=settings.head_of(name))
        if len(settings.findings) == before:
            settings.scenarios[name] = Scenario(name=name, **values)
    return settings


def _callable_by(name: str, settings: SettingsFile) -> None:
    """Find a name that no command can give: none at all, one that looks like an option, or one with hidden signs."""
    if name.strip() and name.isprintable() and not name.startswith("-"):
        return
    remedy = "Write a block such as [my-scenario]: letters, digits and hyphens, a letter first."
    settings.note(_spelt(name), None, "not a name that what-if can be given", remedy)


def _spelt(name: str) -> str:
    """Return a key as TOML spells it: bare, or between quotes."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def _nth(text: str, word: str, number: int) -> str:
    """Return the text from the start to the n-th occurrence of a word, as an anchor for `line_of`."""
    place = -1
    for _ in range(number + 1):
        place = text.find(word, place + 1)
    return text[: place + len(word)] if place >= 0 else ""


def _keys(
    settings: SettingsFile, raw: Mapping[str, Any], table: str, within: str = "", skip: tuple[str, ...] = ()
) -> Cells:
    """Check one block of keys; return those that are right, typed."""
    columns = {name: column for name, column in columns_of(table).items() if name not in skip}
    for key in raw:
        if key not in columns:
            remedy = nearest(key, columns).strip() or f"Known keys: {', '.join(columns)}."
            settings.note(key, None, "unknown key", remedy, within)
    values: Cells = {}
    for key, column in columns.items():
        if key not in raw:
            if column.required == "yes":
                settings.lacks(key, column.meaning, within)
            continue
        try:
            values[key] = _value(raw[key], column)
        except Misfit as misfit:
            settings.note(key, raw[key], misfit.problem, misfit.remedy, within)
    return values


def _value(raw: Any, column: Column) -> Any:
    """Return the typed value of one key."""
    if column.table == "scenarios" and column.column in SCENARIO_VALUES:
        return SCENARIO_VALUES[column.column](raw, column)
    if column.type in ("list", "textlist"):
        if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
            raise Misfit("not a list of texts", 'Write ["one", "two"].')
        return tuple(raw)
    if isinstance(raw, (dict, list)):
        raise Misfit("not a single value", f"Write {column.meaning.lower()}.")
    if column.type in ("text", "id", "choice", "ref") and not isinstance(raw, str):
        raise Misfit("not a text", 'Put it between "quotes".')
    text = str(raw).strip()
    if not text:
        if column.required == "yes":
            raise Misfit("must not be empty", f"Write {column.meaning.lower()}.")
        return "" if column.type == "ref" else EMPTY.get(column.type)
    return parse(text, column)


def _support(raw: Any, column: Column) -> date:
    if isinstance(raw, str) and raw.startswith("as-on:"):
        day = parse(raw.removeprefix("as-on:").strip(), DAY)
        if isinstance(day, date):
            return day
    raise Misfit("not a support path", "Write as-on:DATE, such as as-on:2021-06-30.")


def _leaders_stay(raw: Any, column: Column) -> bool | tuple[str, ...]:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, list) and all(isinstance(item, str) for item in raw):
        return tuple(raw)
    raise Misfit("neither true nor a list of leaders", 'Write true, or ["leader-one", "leader-two"].')


def _crossings(raw: Any, column: Column) -> Mapping[str, str]:
    if not isinstance(raw, dict):
        raise Misfit("not a table of crossings", 'Write { crossing-id = "open" }.')
    for place, policy in raw.items():
        if policy not in column.choices:
            words = ", ".join(column.choices)
            problem = f"policy of '{place}' is not one of {words}"
            raise Misfit(problem, f"Write one of them.{nearest(str(policy), column.choices)}")
    return MappingProxyType(dict(raw))


SCENARIO_VALUES = {"support": _support, "leaders_stay": _leaders_stay, "crossings": _crossings}
DAY = Column("scenarios", "support", "date", "", "no", "", (), None, None, "", "a day")
