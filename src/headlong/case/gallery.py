"""The bundled cases, and the one verb that opens any case."""

from __future__ import annotations

from pathlib import Path

from headlong.case.case import Case
from headlong.case.read import read
from headlong.case.tables.sniff import sniff
from headlong.errors import BadRequest, HeadlongError, nearest

__all__ = ["bundled", "gallery", "gallery_folder", "open_case"]


def gallery_folder() -> Path:
    """Return the folder of the bundled cases: inside the package, or beside ``src`` in a working copy."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "cases"
    return inside if inside.is_dir() else package.parents[1] / "cases"


def gallery() -> tuple[str, ...]:
    """Return the names of the bundled cases.

    Returns
    -------
    tuple of str
        Names that `open_case` opens, in the order of the alphabet.
    """
    folder = gallery_folder()
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.parent.name for path in folder.glob("*/case.toml")))


def bundled(name: str) -> Case | None:
    """Return the bundled case of that name; None where there is none, or it is not in order.

    Parameters
    ----------
    name : str
        A name from `gallery`, or any other text.
    """
    try:
        return read(gallery_folder() / name) if name in gallery() else None
    except HeadlongError:
        return None


def open_case(name: str | Path) -> Case:
    """Open a bundled case by name, or any case folder.

    Parameters
    ----------
    name : str or Path
        A name from `gallery`, or the path of a folder.

    Returns
    -------
    Case
        The case, checked; read-only.

    Raises
    ------
    CaseError
        When the folder has findings: all of them.
    BadRequest
        When there is neither such a case nor such a folder.
    """
    if isinstance(name, str) and name in gallery():
        return read(gallery_folder() / name)
    if name == "":  # as a path it would be the current folder
        raise BadRequest("the name of the case is empty. Write that of a bundled one, or a folder.")
    path = Path(name)
    kind = sniff(path) if path.exists() else None
    if kind is not None:
        raise BadRequest(f"'{name}' is no case: it looks like {kind.what}. {kind.remedy(str(name))}")
    if path.is_dir():
        return read(name)
    if path.is_file():
        raise BadRequest(f"'{name}' is a file, not a case. A case is a folder with case.toml and tables.")
    near = nearest(str(name), gallery())
    known = f"'headlong cases' lists the {len(gallery())} bundled ones." if gallery() else "None is bundled."
    raise BadRequest(f"no case and no folder '{name}'.{near} {known}")
