"""Files that a command writes, the rule of all verbs, said before the work.

None is a file that it reads, and no two are one. What is there is replaced where a command wrote it, of the same kind
and not meant to be gone on with by hand, or where it is empty; anything else only with ``--force``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import click

from headlong.cli.written import of_our_own
from headlong.errors import BadRequest
from headlong.files import must_be_writable

__all__ = ["Command", "OutFile", "check_outputs", "check_replacing", "files_read", "must_be_ours"]

KEPT = ".nc"
"""Ending of the forecasts that an archive's folder keeps."""


class OutFile(click.ParamType):
    """A file to be written, in a folder that is there; said before the long work, not after it.

    Parameters
    ----------
    endings
        Endings that the name may have; empty: any.
    otherwise
        What to do for another form.
    table
        The one file of a case that it may be, although the case is read.
    kind
        What is written (`headlong.cli.written`): a file of this kind may be replaced. Empty: none may.
    """

    name = "FILE"

    def __init__(
        self, endings: tuple[str, ...] = (), otherwise: str = "", table: str = "", kind: str = ""
    ) -> None:
        self.endings, self.otherwise, self.table, self.kind = endings, otherwise, table, kind

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Check that the file can be written and return its path."""
        try:
            must_be_writable(value)
        except BadRequest as error:
            self.fail(str(error), param, ctx)
        if self.endings and Path(value).suffix.lower() not in self.endings:
            self.fail(
                f"'{value}' must end in {' or '.join(self.endings)}. {self.otherwise}".rstrip(), param, ctx
            )
        return Path(value)


FORCE = "force"
FORCE_HELP = "Replace files that are there, whoever wrote them."


class Named(NamedTuple):
    """A file or folder of the command line: what it is there, its path, the file of a case that it may be."""

    what: str
    path: Path
    table: str = ""


class Command(click.Command):
    """A command that destroys nothing unasked; where it writes files it has ``--force``."""

    def __init__(self, *words: Any, **how: Any) -> None:
        super().__init__(*words, **how)
        self.own_force = any(param.name == FORCE for param in self.params)
        if not self.own_force and any(isinstance(param.type, OutFile) for param in self.params):
            self.params.append(click.Option([f"--{FORCE}"], is_flag=True, help=FORCE_HELP))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command line, and refuse outputs that would destroy something."""
        self._refuse_twice(ctx, args)
        rest = super().parse_args(ctx, args)
        force = ctx.params.get(FORCE) if self.own_force else ctx.params.pop(FORCE, False)
        if not ctx.resilient_parsing:
            written = {
                Named(_label(param), path, param.type.table): param.type.kind
                for param in self.params
                if isinstance(param.type, OutFile) and (path := ctx.params.get(param.name or ""))
            }
            check_outputs([*written], files_read(ctx))
            for new, kind in written.items():
                must_be_ours(new.what, new.path, kind, bool(force))
        return rest

    def _refuse_twice(self, ctx: click.Context, args: list[str]) -> None:
        """Refuse an option of one value that is given two: the first would be dropped in silence."""
        if ctx.resilient_parsing:
            return
        given = self.make_parser(ctx).parse_args(args=[*args])[2]
        for param in given:
            one = isinstance(param, click.Option) and not (param.multiple or param.is_flag or param.count)
            if one and given.count(param) > 1:
                raise click.UsageError(
                    f"{_label(param)} is given more than once, and takes one value. Leave all but one out.",
                    ctx,
                )


def files_read(ctx: click.Context) -> list[Named]:
    """Files and folders that a command names and does not write.

    Parameters
    ----------
    ctx
        The command, its words read.
    """
    return [
        Named(_as_read(param), path)
        for param in ctx.command.params
        if not isinstance(param.type, OutFile)
        for path in _paths(ctx.params.get(param.name or ""))
    ]


def check_outputs(written: Sequence[Named], read: Sequence[Named]) -> None:
    """Refuse two outputs to one file, and an output to what is read.

    Parameters
    ----------
    written, read
        What the command writes and reads.

    Raises
    ------
    click.UsageError
        There is such an output.
    """
    for number, new in enumerate(written):
        for other in written[:number]:
            if _one_file(new.path, other.path):
                raise click.UsageError(
                    f"{other.what} and {new.what} are one file, '{new.path}': one would replace the other. Name two."
                )
        for there in read:
            if _one_file(new.path, there.path):
                raise click.UsageError(
                    f"{new.what} '{new.path}' is {there.what}, which is read. Name another file."
                )
            if there.path.is_dir():
                _check_folder(new, there.path)


def must_be_ours(what: str, path: Path, kind: str, force: bool = False) -> None:
    """Refuse to replace what no command wrote, or what people go on with.

    Parameters
    ----------
    what
        What the user calls it.
    path, kind
        The file, and what will be written into it (`headlong.cli.written`).
    force
        Whether it may be replaced all the same.

    Raises
    ------
    click.UsageError
        It is such a file.
    """
    if force or not path.is_file() or not path.stat().st_size or of_our_own(path, kind):
        return
    why = "does not look like what this command writes" if kind else "may hold what somebody went on with"
    raise click.UsageError(f"{what} '{path}' is there already and {why}. Name another file, or add --force.")


def check_replacing(what: str, files: Sequence[Path], force: bool) -> None:
    """Refuse names that a verb makes itself: where nothing can be written, what is read, and, unasked, what is there.

    Parameters
    ----------
    what
        What they are, in words.
    files
        The names.
    force
        Whether files that are there may be replaced, all but those that are read.
    """
    written = [Named(what, file, "reports.csv") for file in files]
    for file in files:
        must_be_writable(file)
    check_outputs(written, files_read(click.get_current_context()))
    there = [file for file in files if file.exists()]
    if there and not force:
        raise click.UsageError(
            f"'{there[0]}' is there already and may hold your review. Name another file, or add --force."
        )


def _check_folder(new: Named, folder: Path) -> None:
    """Refuse to write over the tables of a case that is read, and among the forecasts of an archive."""
    inside = Path(os.path.realpath(new.path))
    home = Path(os.path.realpath(folder))
    if (folder / "case.toml").is_file():
        from headlong.case.tables.schema import tables

        own = {"case.toml", "scenarios.toml", *(f"{table}.csv" for table in tables())} - {new.table}
        if inside.parent == home and inside.name in own and inside.exists():
            raise click.UsageError(
                f"{new.what} '{new.path}' is a table of the case '{folder}', which is read. Name another file."
            )
    elif home in inside.parents and inside.suffix.lower() == KEPT:
        raise click.UsageError(
            f"{new.what} '{new.path}' would stand among the forecasts that '{folder}' keeps. Name a file elsewhere."
        )


def _label(param: click.Parameter) -> str:
    """What a user calls a parameter: ``--out``, ``FORECAST``."""
    return (
        max(param.opts, key=len)
        if isinstance(param, click.Option)
        else param.human_readable_name.strip("[].")
    )


def _as_read(param: click.Parameter) -> str:
    said = _label(param)
    return f"the file of {said}" if isinstance(param, click.Option) else f"the {said.lower()} itself"


def _paths(value: Any) -> Iterator[Path]:
    """Files and folders that are there, among the values of a parameter."""
    for one in value if isinstance(value, (tuple, list)) else (value,):
        named = getattr(one, "name", None) if hasattr(one, "read") else one
        if isinstance(named, (str, Path)) and os.path.exists(named):
            yield Path(named)


def _one_file(one: Path, other: Path) -> bool:
    """Whether two names are of one file, by another spelling or a link, too; neither need be there."""
    with suppress(OSError):
        return os.path.samefile(one, other)
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))
