"""Verbs about cases and words: cases, new, check, explain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from headlong.cli.edge import WholeParam
from headlong.cli.group import headlong


@headlong.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")
def cases(as_json: bool) -> None:
    """List the bundled wars by how far they went."""
    from headlong.case.listing import listing

    if as_json:
        from headlong.text import as_json as text_of

        click.echo(text_of(listing()))
        return
    from headlong.view.terminal.gallery import print_gallery
    from headlong.view.terminal.tables import console

    print_gallery(listing(), console())


@headlong.command()
@click.argument("name")
@click.option(
    "--country", help="Country by three letters, such as MLI: the case has its places and runs at once."
)
@click.option("--places", help="Gazetteer (table) or boundaries (map layer) to take the places from.")
@click.option("--least", type=WholeParam(0, 100_000_000), default=15_000, show_default=True, help="People a place has at least.")  # fmt: skip  # noqa: E501
@click.option("--most", type=WholeParam(2, 2000), default=100, show_default=True, help="Most places.")
@click.option("--roads", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Layer of roads (OpenStreetMap pbf, ...).")  # fmt: skip  # noqa: E501
@click.option("--names", help="Column or attribute with the names.  [default: found]")
@click.option("--layer", help="Layer of a file that has several.")
def new(name: str, country: str | None, places: str | None, least: int, most: int, **how: Any) -> None:
    """Make a case: a folder NAME, empty, or with the places of a country."""
    if country is None and places is None:
        from headlong.case.template import new_case

        folder = new_case(name)
        click.echo(f"Made {folder}. Fill in its tables, then: headlong check {folder}")
        click.echo("What a column means: headlong explain COLUMN")
        return
    from headlong.importers.ground.new_war import new_war

    for line in new_war(Path(name), country, places, least, most, **how):
        click.echo(line)
    click.echo(f"It runs as it is: headlong check {name}; headlong forecast {name} --out {name}.nc")


@headlong.command()
@click.argument("case")
def check(case: str) -> None:
    """List everything that is wrong with CASE."""
    from headlong.case import open_case
    from headlong.view.terminal.case import print_case
    from headlong.view.terminal.tables import console

    print_case(open_case(case), console())


@headlong.command()
@click.argument("word", required=False)
def explain(word: str | None) -> None:
    """Say what a word means.

    WORD is a term, table, column, mechanism or parameter; without it, all words are listed.
    """
    from headlong.view.terminal.explain import explain as meaning

    click.echo(meaning(word))
