"""Verbs about cases and words: cases, new, check, explain."""

from __future__ import annotations

import click

from headlong.cli.group import headlong


@headlong.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")
def cases(as_json: bool) -> None:
    """List the bundled wars by how far they went."""
    from headlong.case.listing import listing

    if as_json:
        import json

        click.echo(json.dumps(listing(), ensure_ascii=False, indent=1))
        return
    from headlong.view.terminal.forecast import console
    from headlong.view.terminal.gallery import print_gallery

    print_gallery(listing(), console())


@headlong.command()
@click.argument("name")
def new(name: str) -> None:
    """Make an empty case to fill in: a folder NAME."""
    from headlong.case.template import new_case

    folder = new_case(name)
    click.echo(f"Made {folder}. Fill in its tables, then: headlong check {folder}")
    click.echo("What a column means: headlong explain COLUMN")


@headlong.command()
@click.argument("case")
def check(case: str) -> None:
    """List everything that is wrong with CASE."""
    from headlong.case import open_case
    from headlong.view.terminal.case import print_case
    from headlong.view.terminal.forecast import console

    print_case(open_case(case), console())


@headlong.command()
@click.argument("word", required=False)
def explain(word: str | None) -> None:
    """Say what a word means.

    WORD is a term, table, column, mechanism or parameter; without it, all words are listed.
    """
    from headlong.view.terminal.explain import explain as meaning

    click.echo(meaning(word))
