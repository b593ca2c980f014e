"""Pages of reference: the public Python names from their docstrings, the verbs from their ``--help``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module

import click

GROUPS = {
    "Cases": ("gallery", "open_case"),
    "Forecasts": ("forecast", "what_if", "nowcast", "save", "load"),
    "Reading a forecast": ("fall_probability", "fall_dates", "summarise"),
    "Figures and the page": ("draw_map", "draw_timeline", "page"),
    "Was it right, and learning": ("verify", "calibrate", "archive"),
    "News texts": ("read_text",),
}
CLASSES = {"Case": "headlong.case.case.Case", "Settings": "headlong.forecast.settings.Settings"}
ERRORS = "headlong.errors"
WIDTH = 96


def first_line(name: str) -> str:
    """First line of a public name's docstring."""
    import headlong

    text = inspect.getdoc(getattr(import_module(headlong._HOME[name]), name)) or ""
    return text.split("\n")[0]


def python_pages() -> Iterator[tuple[str, str]]:
    """Pages of the public Python names, as (file, text)."""
    names = [name for group in GROUPS.values() for name in group]
    lines = [
        "# Python",
        "",
        "`import headlong as hl` gives these names; the table links each to its page.",
        "",
    ]
    for group, members in GROUPS.items():
        lines += [f"## {group}", "", "| name | what it does |", "|---|---|"]
        lines += [f"| [`hl.{name}`](reference/{name}.md) | {first_line(name)} |" for name in members]
        lines.append("")
    lines += ["## What they give and raise", ""]
    lines += [f"- [`{name}`](reference/{name}.md)" for name in CLASSES]
    lines += ["- [errors](reference/errors.md)", "", "```{toctree}", ":hidden:", ""]
    lines += [f"reference/{name}" for name in (*names, *CLASSES, "errors")]
    yield "python.md", "\n".join([*lines, "```", ""])
    for name in names:
        yield f"reference/{name}.md", directive(f"hl.{name}", f"autofunction:: hl.{name}")
    for name, home in CLASSES.items():
        yield f"reference/{name}.md", directive(name, f"autoclass:: {home}", "   :members:")
    yield (
        "reference/errors.md",
        directive("Errors", f"automodule:: {ERRORS}", "   :members:", "   :show-inheritance:"),
    )


def directive(title: str, *lines: str) -> str:
    """A page of one directive of reStructuredText."""
    return "\n".join([f"# {title}", "", "```{eval-rst}", f".. {lines[0]}", *lines[1:], "```", ""])


def verbs_page() -> str:
    """The page of the verbs: what ``headlong VERB --help`` says."""
    from headlong.cli import headlong as group

    top = click.Context(group, info_name="headlong", max_content_width=WIDTH, terminal_width=WIDTH)
    lines = ["# Verbs", "", "What `headlong VERB --help` says, verb by verb."]
    for path, command in commands(group, top):
        context = click.Context(command, info_name=path, max_content_width=WIDTH, terminal_width=WIDTH)
        lines += ["", f"## {path}", "", "```text", command.get_help(context).rstrip(), "```"]
    return "\n".join([*lines, ""])


def commands(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Every verb with its path, verbs of verbs included."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        path = f"{context.info_name} {name}"
        yield path, command
        if isinstance(command, click.Group):
            yield from commands(command, click.Context(command, info_name=path))
