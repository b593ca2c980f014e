"""Who drafts, for the verb that reads: the rules, a server, or an assistant that is asked by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from headlong.cli.outputs import check_replacing
from headlong.reading.api import OFFLINE, network_for

if TYPE_CHECKING:
    from headlong.case import Case
    from headlong.reading.claims.shapes import Draft

__all__ = ["bytes_of", "must_agree", "reader_of", "write_requests"]

ANSWERED = 220
"""Tokens that an answer takes for a sentence of the text, roughly."""

MOST_BYTES = 50_000_000
"""No text is as long; a device has no end."""


def must_agree(
    *, drafter: str, model: str, allow_remote: str, print_request: Path | None, answer: Any, **rest: Any
) -> None:
    """Refuse options that exclude each other."""
    by_hand = print_request is not None or bool(answer)
    if print_request is not None and answer:
        raise click.UsageError(
            "--print-request comes first, --answer when there is one. Ask for one of them."
        )
    if by_hand and drafter not in ("", "rules"):
        raise click.UsageError("--print-request and --answer go by hand; leave --drafter out.")
    if drafter in OFFLINE and (allow_remote or (model and not by_hand)):
        raise click.UsageError(
            "--model and --allow-remote are for --drafter URL; without one nobody is asked."
        )
    if rest.get("force") and rest.get("out") is None and print_request is None:
        raise click.UsageError("--force lets --out or --print-request replace files; add one of them.")
    if rest.get("anew") and not rest.get("review"):
        raise click.UsageError("--anew begins a --review afresh; add --review.")
    if rest.get("review") and rest.get("out") is None:
        raise click.UsageError("--review needs --out FILE, to keep what you decide.")
    if rest.get("review") and rest.get("as_json"):
        raise click.UsageError("--review talks to you; --json is for programs. Ask for one of them.")


def write_requests(
    raws: list[tuple[str, bytes]], case: Case, published: str, out: Path, *, force: bool
) -> None:
    """Write the requests, one file for each; say how long they are and what to do with them."""
    from headlong.files import write_text
    from headlong.reading.drafter.drafting import requests_of
    from headlong.reading.drafter.request import tokens_in

    requests = [request for _, raw in raws for request in requests_of(raw, case, published)]
    files = [out if len(requests) == 1 else _numbered(out, n) for n in range(1, len(requests) + 1)]
    check_replacing("--print-request", files, force)
    for file, request in zip(files, requests, strict=True):
        write_text(file, request)
        click.echo(f"Wrote {file}: about {tokens_in(request):,} tokens.", err=True)
    answers = " ".join("--answer FILE" for _ in files)
    click.echo(
        f"Give {'it' if len(files) == 1 else 'each'} to an assistant, save the answer, and go on with {answers}"
        f"{'' if len(files) == 1 else ', in this order'}.",
        err=True,
    )


def _numbered(out: Path, number: int) -> Path:
    return out.with_name(f"{out.stem}-{number}{out.suffix}")


def reader_of(
    raws: list[tuple[str, bytes]], case: Case, published: str, *, drafter: str, answer: Any, **asked: Any
) -> Callable[[bytes], Draft]:
    """Return what reads one text."""
    if drafter in OFFLINE and not answer:
        for name, raw in raws:
            _must_be_english(name, raw)
        from headlong.reading.reader import read_text

        network = network_for(drafter)
        return lambda raw: read_text(raw, case, published, network)
    from headlong.reading.drafter.drafting import by_hand, draft_text

    if answer:
        ask = by_hand([_text_in(bytes_of(file)) for file in answer])
        _must_count(raws, case, published, len(answer))
    else:
        ask = _server(raws, case, published, drafter, **asked)
    return lambda raw: draft_text(raw, case, published, ask)


def bytes_of(file: Any) -> bytes:
    """What a file or a stream holds, which must have an end.

    Parameters
    ----------
    file
        A file opened for its bytes.
    """
    raw: bytes = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise click.UsageError(
            f"'{file.name}' holds over {MOST_BYTES:,} bytes: no text is as long. Name the article's own file."
        )
    return raw


def _text_in(raw: bytes) -> str:
    for code in ("utf-8-sig", "utf-16") if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _must_count(raws: list[tuple[str, bytes]], case: Case, published: str, answers: int) -> None:
    from headlong.reading.drafter.drafting import requests_of

    wanted = sum(len(requests_of(raw, case, published)) for _, raw in raws)
    if wanted != answers:
        raise click.UsageError(
            f"{wanted} request{'' if wanted == 1 else 's'} and {answers} answer{'' if answers == 1 else 's'}: give "
            "--answer once for each request, in their order."
        )


def _must_be_english(name: str, raw: bytes) -> None:
    from headlong.reading.text.decode import text_of
    from headlong.reading.text.language import language_of

    if language := language_of(text_of(raw)):
        raise click.UsageError(
            f"'{name}' is {language}; only English is read here. A model can read it: --drafter URL, or "
            "--print-request and --answer."
        )


def _server(
    raws: list[tuple[str, bytes]],
    case: Case,
    published: str,
    drafter: str,
    *,
    model: str,
    allow_remote: str,
    **_: Any,
) -> Any:
    """Return what asks a server, after saying where the texts go and what it will take."""
    from headlong.reading.drafter.drafting import requests_of
    from headlong.reading.drafter.endpoint import endpoint_of
    from headlong.reading.drafter.request import tokens_in

    endpoint = endpoint_of(drafter, model, allow_remote)
    requests = [request for _, raw in raws for request in requests_of(raw, case, published)]
    sent = sum(map(tokens_in, requests))
    back = ANSWERED * sum(request.rpartition("# THE TEXT")[2].count("\n[") for request in requests)
    where = "this machine" if endpoint.local else "NOT this machine"
    click.echo(
        f"{len(requests)} request{'' if len(requests) == 1 else 's'} to {endpoint.url} ({where}): about {sent:,} "
        f"tokens out, {back:,} back; at most {endpoint.tries} tries each, {endpoint.seconds:.0f} s a try.",
        err=True,
    )
    return endpoint.ask
