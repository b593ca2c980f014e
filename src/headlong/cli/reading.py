"""The verb that reads reports out of a text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from headlong.cli.edge import Day, OutFile
from headlong.cli.group import headlong

if TYPE_CHECKING:
    from headlong.case import Case


@headlong.command()
@click.argument("text", type=click.File("rb"))
@click.option("--case", required=True, help="Case that names the places, sides and leaders.")
@click.option("--published", type=Day(), required=True, help="Day the text was published.")
@click.option("--out", type=OutFile(), help="Write the draft reports to this file (CSV).")
@click.option("--force", is_flag=True, help="Let --out replace a file that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")
def read(text: Any, case: str, published: str, out: Path | None, force: bool, as_json: bool) -> None:
    """Read a news text into draft reports to review.

    TEXT is a file (plain text or HTML), or - for standard input. What contradicts itself or looks mixed up is
    flagged, not believed.
    """
    from headlong.case import open_case
    from headlong.reading.reader import read_text

    opened = open_case(case)
    _may_write(out, force, text.name)
    raw = text.read()
    _must_be_text(raw, text.name)
    _warn(opened, published)
    found = read_text(raw, opened, published)
    if out is not None:
        from headlong.files import write_text
        from headlong.reading.output.draft_table import drafts_csv

        write_text(out, drafts_csv(found, opened, published, Path(text.name).name))
    if as_json:
        import json

        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    from headlong.reading.output.printing import lines_of

    click.echo("\n".join(lines_of(found)))
    click.echo(f"\nWrote {out}." if out else "\nNothing was written; --out FILE keeps the drafts.")


def _may_write(out: Path | None, force: bool, source: str) -> None:
    """Refuse to write over the text itself, or, unasked, over a file that somebody may have gone through."""
    if out is None or not out.exists():
        return
    if Path(source).exists() and out.samefile(source):
        raise click.UsageError(f"--out '{out}' is the text itself. Name another file.")
    if not force:
        raise click.UsageError(
            f"'{out}' is there already and may hold your review. Name another file, or add --force."
        )


def _must_be_text(raw: bytes, source: str) -> None:
    """Say what is wrong with a file that holds no text."""
    from headlong.reading.text.decode import foreign, text_of

    if kind := foreign(raw):
        raise click.UsageError(f"'{source}' is {kind}, not a text. Save the article as plain text or HTML.")
    if not text_of(raw).strip():
        raise click.UsageError(f"'{source}' has no text in it.")


def _warn(case: Case, published: str) -> None:
    if not case.covers(date.fromisoformat(published)):
        click.echo(f"{published} is outside the case {case.id} ({case.period}).", err=True)
