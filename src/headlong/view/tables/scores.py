"""Scores and parameters as tables: one row for each number, for a spreadsheet or a data frame."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headlong.files import write_text

if TYPE_CHECKING:
    from headlong.inference.bank import Bank
    from headlong.verify.results.shapes import Verification

__all__ = ["write_banks", "write_scores"]

SCORES = ("case", "init", "sets", "lead", "n", "observed", "forecaster", "score", "value")
PARAMETERS = ("bank", "parameter", "unit", "prior_p05", "prior_p50", "prior_p95", "posterior_p05", "posterior_p50",
              "posterior_p95", "contraction")  # fmt: skip
BASE = SCORES[:6]


def write_scores(result: Verification, path: Path) -> int:
    """Write every score of every hindcast; return how many.

    Parameters
    ----------
    result : mapping
        From `headlong.verify.hindcasts.hindcast.verify`.
    path : Path
        File to write.
    """
    return _write(path, SCORES, (row for found in result["rows"] for row in _scores(found)))


def _scores(found: Mapping[str, Any]) -> Iterator[list[Any]]:
    """Rows of one hindcast and lead: each score of each forecaster."""
    base = [" ".join(found[k]) if k == "sets" else found.get(k, "") for k in BASE]
    for score, by in found.items():
        for name, value in by.items() if isinstance(by, Mapping) else ():
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                yield [*base, name, score, float(value)]


def write_banks(banks: Mapping[str, Bank], path: Path) -> int:
    """Write what each bank was told and what it learned, parameter by parameter; return how many rows.

    Parameters
    ----------
    banks : mapping of str to Bank
        By name.
    path : Path
        File to write.
    """
    from headlong.inference.contraction import learned

    rows = (
        [name, row.name, row.unit, *map(float, row.prior), *map(float, row.posterior), float(row.contraction)]
        for name, bank in banks.items()
        for row in learned(bank)
    )
    return _write(path, PARAMETERS, rows)


def _write(path: Path, header: tuple[str, ...], rows: Iterator[list[Any]]) -> int:
    out, count = io.StringIO(), 0
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(row)
        count += 1
    write_text(path, out.getvalue())
    return count
