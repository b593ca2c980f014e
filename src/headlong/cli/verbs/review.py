"""A person goes through drafts in the terminal; what is decided is kept as drafts and as gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from headlong.case import Case
    from headlong.reading.claims.shapes import Draft

__all__ = ["review"]

ASKED = "[a]ccept, [e]dit, [r]eject, [q]uit and reject the rest"


def review(name: str, raw: bytes, found: Draft, case: Case, published: str, out: Path | None) -> Draft:
    """Walk a person through the rows and flags of one text.

    Parameters
    ----------
    name
        Name of the text.
    raw
        The text.
    found
        What was read.
    case, published
        As for reading.
    out
        Where the drafts will be written; the gold goes beside it.
    """
    from headlong.files import write_text
    from headlong.reading.drafter.review import Review, gold_text

    walk = Review(raw, found, case, published)
    for offer in walk.offers():
        click.echo("")
        click.echo("\n".join(offer.lines))
        if not _decide(walk, offer):
            break
    done = walk.result()
    if out is not None:
        gold = out.with_name(f"{out.stem}.{Path(name).stem}.gold.txt")
        write_text(gold, gold_text(raw, done, case, published))
        click.echo(f"\nKept as gold: {gold}.")
    return done


def _decide(walk: Any, offer: Any) -> bool:
    """Ask about one offer until there is a decision; false to stop."""
    while True:
        answer = click.prompt(ASKED, default=offer.default, show_default=True).strip()
        verb, _, rest = answer.partition(" ")
        verb = verb.lower()[:1]
        if verb == "q":
            return False
        if verb in "ar" and not rest:
            walk.decide(offer, verb == "a")
            return True
        if verb == "e":
            changes = rest or click.prompt(
                "field=value, several apart by ';' (e.g. side=taliban; claim=entered)"
            )
            why = walk.edit(offer, changes)
            if not why:
                click.echo("\n".join(offer.lines))
                return True
            click.echo(f"Not so: {why}")
            continue
        click.echo("a, e, r or q; 'e side=taliban; claim=entered' edits at once.")
