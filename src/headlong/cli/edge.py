"""The edge of the command line: near-miss suggestions, exit codes, progress. A user never meets a traceback.

Exit codes: 0 done, 1 a fault of ours, 2 something the user can mend, 130 stopped by the user.
"""

from __future__ import annotations

import io
import math
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from headlong.cli.outputs import Command
from headlong.errors import OUT_OF_REACH, BadRequest, CaseError, HeadlongError, in_reach, nearest
from headlong.files import advice
from headlong.text import inert

if TYPE_CHECKING:
    from headlong.forecast.settings import Progress

MOST_SHOWN = 40
"""Signs of a text that is no date that are said again."""
PREPARING = "preparing the program, first time only"

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
"""A number as it is written here: no "1_0", and no digits that look like others."""

__all__ = ["DayParam", "NumberParam", "Verbs", "WholeParam", "progress", "run"]


class Verbs(click.Group):
    """A group of commands that suggests the command that may have been meant."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            known = self.list_commands(ctx)
            hint = nearest(name, known) or f" There are: {', '.join(known)}."
            raise click.UsageError(f"No such command '{name}'.{hint}", ctx)
        return super().resolve_command(ctx, args)


class DayParam(click.ParamType):
    """A date written as ``2021-08-12``."""

    name = "DATE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check a date and return it as it is written in ISO 8601."""
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            try:
                day = date.fromisoformat(value)
            except ValueError:
                self.fail(f"'{value}' is not a day of the calendar.", param, ctx)
            if not in_reach(day):
                self.fail(f"'{value}' is {OUT_OF_REACH}. Check the year.", param, ctx)
            return day.isoformat()
        value = value[:MOST_SHOWN]
        meant = _meant(value)
        hint = f" Did you mean {meant}?" if meant else ""
        self.fail(f"'{value}' is not a date. Write year-month-day, such as 2021-08-12.{hint}", param, ctx)


class NumberParam(click.FloatRange):
    """A number within bounds; "nan", which lies within any, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Check a number and return it."""
        if not NUMBER.fullmatch(str(value).strip()) or not math.isfinite(float(value)):
            self.fail(f"'{str(value)[:MOST_SHOWN]}' is not a number. Write one such as 2.5.", param, ctx)
        return super().convert(value, param, ctx)


class WholeParam(click.IntRange):
    """A whole number within bounds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Check a whole number and return it."""
        if not re.fullmatch(r"[+-]?[0-9]{1,40}", str(value).strip()):
            hint = "Write it in digits, such as 1000."
            self.fail(f"'{str(value)[:MOST_SHOWN]}' is not a whole number. {hint}", param, ctx)
        return super().convert(value, param, ctx)


def run(group: click.Group, arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    group
        The commands.
    arguments
        Words of the command line; by default those of the process.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):  # a terminal or file that cannot hold a sign gets "?" for it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        _must_be_text(words)
        _must_not_be_empty(words)
        result = group.main(words, prog_name="headlong", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        said = io.StringIO()
        error.show(said)
        click.echo(inert(said.getvalue()), err=True, nl=False)
        return 2
    except HeadlongError as error:
        click.echo(inert(_mendable(error)), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; nothing broken", err=True)
        return 130
    except OSError as error:
        _forget_output()
        about = f"'{error.filename}': " if error.filename else ""
        click.echo(inert(f"the system refuses: {about}{advice(error, writing=False)}"), err=True)
        return 2
    except MemoryError:
        click.echo("Not enough memory. Ask for fewer --members or --days.", err=True)
        return 1
    except Exception as error:  # a fault of ours: one line, unless asked for more
        if "--debug" in words:
            import traceback

            traceback.print_exc()
        click.echo(inert(_fault(error)), err=True)
        return 1


@contextmanager
def progress(quiet: bool = False) -> Iterator[Progress | None]:
    """Show a progress bar on standard error, if that is a terminal.

    Parameters
    ----------
    quiet
        Show nothing in any case.

    Yields
    ------
    callable or None
        To be called with (done, total, what).
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich import progress as bars

    from headlong.kernel_cache import watched
    from headlong.view.terminal.tables import console

    columns = (bars.TextColumn("{task.description}"), bars.BarColumn(), bars.MofNCompleteColumn())
    with bars.Progress(*columns, console=console(stderr=True), transient=True) as bar:
        tasks: dict[str, bars.TaskID] = {}

        def report(done: int, total: int, what: str) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)
            if PREPARING in tasks:
                bar.update(tasks[PREPARING], visible=what == PREPARING)

        with watched(lambda name, done, total: report(done, total, PREPARING)):
            yield report


def _must_be_text(words: Sequence[str]) -> None:
    """Refuse bytes that are not UTF-8: no file of ours could say what was named."""
    for word in words:
        if any("\ud800" <= sign <= "\udfff" for sign in word):
            shown = word.encode("utf-8", "replace").decode()
            raise BadRequest(
                f"'{shown}' holds bytes that are not UTF-8. Rename the file, or name it by a link."
            )


def _must_not_be_empty(words: Sequence[str]) -> None:
    """Refuse words without a sign in them: as a path they would name the current folder."""
    for number, word in enumerate(words):
        option = word[:-1] if re.fullmatch(r"--[a-z-]+=", word) else ""
        before = words[number - 1] if number else ""
        if not word or option:
            option = option or (before if re.fullmatch(r"--[a-z-]+", before) else "")
            where = f"the value of {option}" if option else f"word {number + 1} of the command"
            raise BadRequest(
                f"{where} is empty (''): perhaps a variable of the shell that is not set. Write what it should be, "
                "or leave it out."
            )


def _open_closed_streams() -> None:
    """Open what the caller closed (``>&-``, as timers do) on nothing, so that no file of ours gets its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open to the end


def _forget_output() -> None:
    """Let what could not be printed go, so that the end of the process does not try it once more."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _meant(value: str) -> str | None:
    """Guess the date behind 2021-8-12, 2021/08/12, 20210812, 12.08.2021 or 12-8-2021."""
    numbers = [int(word) for word in re.findall(r"\d+", value)]
    if len(numbers) == 1 and len(value) == 8 and value.isdigit():
        numbers = [int(value[:4]), int(value[4:6]), int(value[6:])]
    if len(numbers) == 3 and numbers[2] > 31:
        numbers.reverse()
    try:
        return date(*numbers).isoformat() if len(numbers) == 3 else None
    except (ValueError, OverflowError):
        return None


def _mendable(error: HeadlongError) -> str:
    if isinstance(error, CaseError):
        count = len(error.findings)
        return f"{error}\n{count} finding{'' if count == 1 else 's'}."
    return str(error)


def _fault(error: Exception) -> str:
    text = " ".join(str(error).split())
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return (
        f"headlong failed: {what}\n"
        "This is a fault of the program, not yours. Please report it in the project's issue tracker, "
        "with the command and what 'headlong --debug COMMAND ...' prints."
    )
