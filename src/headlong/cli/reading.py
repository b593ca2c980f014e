"""The verb that reads reports out of a text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from headlong.cli.group import headlong
from headlong.view.shell import Day, OutFile


@headlong.command()
@click.argument("text", type=click.File("rb"))
@click.option("--case", required=True, help="Case that names the places, sides and leaders.")
@click.option("--published", type=Day(), required=True, help="Day the text was published.")
@click.option("--out", type=OutFile(), help="Write the draft reports to this file (CSV).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")
def read(text: Any, case: str, published: str, out: Path | None, as_json: bool) -> None:
    """Read a news text into draft reports to review.

    TEXT is a file, or - for standard input. What contradicts itself or looks mixed up is flagged, not believed.
    """
    from headlong.case import open_case
    from headlong.reports import read_text

    opened = open_case(case)
    found = read_text(text.read(), opened, published)
    if out is not None:
        from headlong.reports.reading.drafts import drafts_csv

        out.write_text(drafts_csv(found, opened, published, Path(text.name).name), encoding="utf-8")
    if as_json:
        import json

        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    from headlong.reports.reading.printing import lines_of

    click.echo("\n".join(lines_of(found)))
    click.echo(f"\nWrote {out}." if out else "\nNothing was written; --out FILE keeps the drafts.")
