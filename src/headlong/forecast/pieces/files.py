"""Pieces on disk, so that a forecast that was stopped goes on where it was.

A folder is named by all that the bits depend on; old ones may be deleted at any time.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headlong.engine.record import Record
from headlong.errors import BadRequest
from headlong.files import whole
from headlong.forecast.pieces.plan import MemberPiece, Plan
from headlong.npz import read_arrays

MOST = 10_000_000_000
"""Numbers that a piece may hold."""

HEAD = ("key", "first", "last", "made_with", "probe")


def save_piece(piece: MemberPiece, path: str | Path) -> None:
    """Write a piece to a file (.npz), whole or not at all."""
    arrays: Any = {name: np.array(getattr(piece, name)) for name in HEAD}
    arrays |= {f"tracks.{name}": array for name, array in piece.tracks.items()}
    if piece.counts is not None:
        arrays |= {f"counts.{name}": array for name, array in piece.counts.items()}
    if piece.record is not None and piece.params is not None:
        arrays |= {f"record.{name}": array for name, array in piece.record._asdict().items()}
        arrays["params"] = piece.params
    with whole(Path(path)) as part, part.open("wb") as file:
        np.savez_compressed(file, **arrays)


def load_piece(path: str | Path) -> MemberPiece:
    """Read a piece that `save_piece` wrote.

    Raises
    ------
    BadRequest
        There is none, or it is damaged.
    """
    try:
        found = read_arrays(Path(path), MOST)
        key, first, last, made, probe = (found[name].item() for name in HEAD)
        head = MemberPiece(key, first, last, made, probe, None, None, None, without_start(found, "tracks."))
        if "params" in found:
            record = Record(*(found[f"record.{name}"] for name in Record._fields))
            return head._replace(params=found["params"], record=record)
        return head._replace(counts=without_start(found, "counts."))
    except FileNotFoundError:
        raise BadRequest(f"no piece of a forecast at {path}.") from None
    except (OSError, ValueError, KeyError) as error:
        raise BadRequest(f"{path} is not a piece of a forecast, or is damaged: {error}.") from error


def is_sound(piece: MemberPiece) -> bool:
    """Whether the arrays of a piece have its members, and no number of them is missing."""
    if piece.params is not None and len(piece.params) != piece.last - piece.first:
        return False
    counted = [*(piece.counts or {}).values(), *piece.tracks.values()]
    return not any(a.dtype.kind == "f" and np.isnan(a).any() for a in counted)


def without_start(arrays: Mapping[str, NDArray[Any]], start: str) -> dict[str, NDArray[Any]]:
    """Arrays whose names start so, without that start."""
    return {name.removeprefix(start): array for name, array in arrays.items() if name.startswith(start)}


def default_folder() -> Path:
    """Folder for pieces in the user's cache."""
    import platformdirs

    return platformdirs.user_cache_path("headlong") / "pieces"


class Shelf:
    """Pieces of one plan in a folder of their own.

    Parameters
    ----------
    plan : Plan
        Whose pieces they are.
    members : bool
        Whether they hold members, or counts of them.
    folder : Path, optional
        Where folders of pieces are; by default in the user's cache.
    """

    def __init__(self, plan: Plan, members: bool, folder: Path | None = None) -> None:
        self.plan = plan
        kind = "members" if members else "counts"
        self.folder = (folder or default_folder()) / f"{plan.ensemble.request.case.id}-{plan.key}-{kind}"

    def path(self, span: slice) -> Path:
        """File of a piece."""
        return self.folder / f"{span.start:07d}-{span.stop:07d}.npz"

    def has(self, span: slice) -> bool:
        """Whether a piece is there and whole; a damaged one is taken away and run again."""
        path = self.path(span)
        if not path.is_file():
            return False
        with suppress(BadRequest):
            piece = load_piece(path)
            whose = piece.probe == self.plan.parcel.probe and piece.key == self.plan.key
            if whose and (piece.first, piece.last) == (span.start, span.stop) and is_sound(piece):
                return True
        path.unlink(missing_ok=True)
        return False

    def keep(self, piece: MemberPiece) -> None:
        """Keep a piece."""
        self.folder.mkdir(parents=True, exist_ok=True)
        save_piece(piece, self.path(slice(piece.first, piece.last)))

    def pieces(self, spans: list[slice]) -> Iterator[MemberPiece]:
        """Pieces from their files, one at a time."""
        for span in spans:
            yield load_piece(self.path(span))

    def clear(self) -> None:
        """Take the folder away: the forecast is whole."""
        shutil.rmtree(self.folder, ignore_errors=True)
