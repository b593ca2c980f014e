"""Verbs that look back: calibrate, verify."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from headlong.cli.edge import WholeParam, progress
from headlong.cli.group import headlong
from headlong.cli.options import BANK, SEED, bank_option, cluster, form_of, form_option
from headlong.cli.outputs import OutFile
from headlong.cli.verbs.run import check_cluster


@headlong.command()
@click.argument("cases", nargs=-1, required=True, metavar="CASE...")
@click.option("--out", type=BANK, required=True, help="Write the parameters to this file (.npz).")
@click.option(
    "--csv", "table", type=OutFile(kind="table"), help="Write what was learned to this file, too (CSV)."
)
@click.option("--draws", type=WholeParam(200, 100_000), default=2000, show_default=True)
@click.option("--seed", type=SEED, default=1, show_default=True)
@click.option("--threads", type=WholeParam(1, 1024), help="Threads.  [default: all cores]")
@form_option
@cluster
def calibrate(cases: tuple[str, ...], out: Path, form: Path | None, **how: Any) -> None:
    """Learn the core's parameters, or those of a form of your own, from the histories of CASE...

    Any war can be left out of the file afterwards, exactly. What is done is kept: the same command goes on where
    it was stopped.
    """
    from headlong.case import open_case

    check_cluster(how["cluster"])
    if form is not None:
        from headlong.forms.form_file import read_form

        how["form"] = read_form(form)
    opened = [open_case(case) for case in cases]
    from headlong.view.terminal.calibration import learn_all

    with progress() as report:
        learn_all(opened, out, progress=report, **how)


@headlong.command()
@click.argument("cases", nargs=-1, metavar="[CASE...]")
@click.option("--gallery", is_flag=True, help="All wars of the gallery.")
@click.option("--learn", is_flag=True, help="Those that the form was chosen on.")
@click.option("--validate", is_flag=True, help="Those that it was not chosen on.")
@click.option("--leads", default="3,7,14,30", show_default=True, help="Days ahead.")
@click.option(
    "--inits", default="weekly", show_default=True, help="Dates, or every 7th day and the case's own."
)
@click.option("--members", type=WholeParam(1, 100_000), default=400, show_default=True)
@click.option("--seed", type=SEED, default=1, show_default=True)
@click.option("--threads", type=WholeParam(1, 1024), help="Threads.  [default: all cores]")
@bank_option
@form_option
@click.option("--ablate", is_flag=True, help="Score the model without each of its terms, too.")
@click.option("--out", type=OutFile(kind="json"), help="Write the JSON to this file.")
@click.option("--csv", "table", type=OutFile(kind="table"), help="Write every score to this file (CSV).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")
@cluster
def verify(
    cases: tuple[str, ...],
    *,
    gallery: bool,
    learn: bool,
    validate: bool,
    leads: str,
    inits: str,
    out: Path | None,
    table: Path | None,
    bank: Path | None,
    form: Path | None,
    as_json: bool,
    **how: Any,
) -> None:
    """Hindcast CASE... and score it beside forecasts to beat.

    Needs a history. What is done is kept: the same command goes on where it was stopped. A case that the bank was
    learned from is left out of it, with the wars on its map.

    Whoever chooses anything by --validate has spent it: write the look down in docs/model-log.md.
    """
    from headlong.cli.inits_and_leads import read_inits, read_leads

    check_cluster(how["cluster"])
    days, dates = read_leads(leads), read_inits(inits)
    if sum(map(bool, (cases, gallery, learn, validate))) != 1:
        raise click.UsageError("Name cases, or one of --gallery, --learn and --validate.")
    if not cases:
        from headlong.case.sample import roles

        cases = tuple(
            name for name, role in roles().items() if gallery or role == ("learn" if learn else "validate")
        )
    from headlong.verify.hindcasts import hindcast
    from headlong.verify.results import text_tables

    own = form_of(form, bank)
    if bank is not None:
        from headlong.inference.bank import load_bank

        how["bank"] = load_bank(bank, own)
    with progress(as_json) as report:
        result = hindcast.verify(cases, days, dates, progress=report, **how)
    if out is not None:
        hindcast.write(result, out)
    if table is not None:
        from headlong.view.tables.scores import write_scores

        write_scores(result, table)
    click.echo(hindcast.as_json(result) if as_json else text_tables.verification_text(result))
