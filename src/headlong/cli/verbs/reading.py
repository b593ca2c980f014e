"""The verb that reads reports out of texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from headlong.cli.edge import DayParam
from headlong.cli.group import headlong
from headlong.cli.outputs import OutFile, check_replacing

if TYPE_CHECKING:
    from headlong.case import Case
    from headlong.reading.claims.shapes import Draft

DRAFTER = (
    "Who drafts: 'local', the trained reader; 'rules'; or the address of a server that speaks the OpenAI protocol.  "
    "[default: local where its weights are, else rules]"
)
OPTIONS = [
    click.option("--case", required=True, help="Case that names the places, sides and leaders."),
    click.option("--published", type=DayParam(), required=True, help="Day the texts were published."),
    click.option(
        "--out", type=OutFile(table="reports.csv"), help="Write the draft reports to this file (CSV)."
    ),
    click.option("--force", is_flag=True, help="Let --out and --print-request replace files that are there."),
    click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output."),
    click.option("--drafter", default="", metavar="local|rules|URL", help=DRAFTER),
    click.option("--model", default="", help="Name of the model.  [default: the server's first]"),
    click.option("--allow-remote", default="", metavar="HOST", help="Let texts go to this host."),
    click.option("--print-request", type=OutFile(), help="Write what a model would be asked, and stop."),
    click.option(
        "--answer",
        type=click.File("rb"),
        multiple=True,
        help="What an assistant answered to --print-request; once for each request.",
    ),
    click.option("--review", is_flag=True, help="Go through the drafts row by row; keep the decisions."),
    click.option("--anew", is_flag=True, help="Begin a --review that was stopped afresh, not where it was."),
]


def _options(command: Any) -> Any:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@headlong.command()
@click.argument("texts", type=click.File("rb"), nargs=-1, required=True, metavar="TEXT...")
@_options
def read(texts: tuple[Any, ...], case: str, published: str, **asked: Any) -> None:
    """Read news texts into draft reports to review.

    TEXT is a file (plain text or HTML), or - for standard input. What contradicts itself or looks mixed up is
    flagged, not believed. By default a small trained reader drafts, and nothing leaves this machine. A language model
    drafts better: --drafter URL asks one; --print-request and --answer go by way of any assistant.
    """
    from headlong.case import open_case
    from headlong.cli.verbs import drafting

    drafting.must_agree(**asked)
    opened = open_case(case)
    out: Path | None = asked["out"]
    check_replacing("--out", [out] if out else [], asked["force"])
    raws = [(Path(text.name).name, drafting.bytes_of(text)) for text in texts]
    for name, raw in raws:
        _must_be_text(raw, name)
    _warn(opened, published)
    if asked["print_request"] is not None:
        drafting.write_requests(raws, opened, published, asked["print_request"], force=asked["force"])
        return
    kept = None
    if asked["review"] and out is not None:
        from headlong.cli.verbs.review import Decisions

        kept = Decisions(raws, opened, published, out, force=asked["force"], anew=asked["anew"])
    read_one = drafting.reader_of(raws, opened, published, **asked)
    found = [(name, read_one(raw)) for name, raw in raws]
    if kept is not None:
        found = kept.review_all([(raw, one) for (_, raw), (_, one) in zip(raws, found, strict=True)])
    elif out is not None:
        _write(found, opened, published, out)
    _show(found, asked["as_json"], out, reviewed=asked["review"])


def _write(found: list[tuple[str, Draft]], case: Case, published: str, out: Path) -> None:
    from headlong.files import write_text
    from headlong.reading.output.draft_table import table_of_texts

    write_text(out, table_of_texts(found, case, published))


def _show(found: list[tuple[str, Any]], as_json: bool, out: Path | None, *, reviewed: bool) -> None:
    """Print what was read: one object, or, of several texts, one for each under its name."""
    from headlong.reading.output.draft_table import unreviewed

    found = found if reviewed else [(name, unreviewed(one)) for name, one in found]
    if as_json:
        from headlong.text import as_json as text_of

        many = {"texts": [{"text": name, **one} for name, one in found]}
        click.echo(text_of(found[0][1] if len(found) == 1 else many))
        return
    from headlong.reading.output.printing import lines_of
    from headlong.reading.text.decode import one_line

    for name, one in found:
        if len(found) > 1:
            click.echo(f"== {one_line(name, 100)}")
        click.echo("\n".join(lines_of(one)) + ("\n" if len(found) > 1 else ""))
    click.echo(f"\nWrote {out}." if out else "\nNothing was written; --out FILE keeps the drafts.")


def _must_be_text(raw: bytes, source: str) -> None:
    """Say what is wrong with a file that holds no text."""
    from headlong.reading.text.decode import foreign, text_of

    if kind := foreign(raw):
        raise click.UsageError(f"'{source}' is {kind}, not a text. Save the article as plain text or HTML.")
    if not text_of(raw).strip():
        raise click.UsageError(f"'{source}' has no text in it.")


def _warn(case: Case, published: str) -> None:
    day = date.fromisoformat(published)
    if not case.covers(day):
        when = "before the start" if day < case.start else "after the end"
        click.echo(
            f"{published} is {when} of {case.id} ({case.period}): texts are read, but no forecast of this "
            "case will use what is drafted. Name the case of that time, or move the period in its case.toml.",
            err=True,
        )
