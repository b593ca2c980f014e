"""Arrays from a file of numpy's (.npz): what it says of their sizes is looked at before any is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Damaged", "read_arrays"]


class Damaged(ValueError):
    """The file holds no arrays, or more than it may."""


def read_arrays(path: Any, most: int = 20_000_000) -> dict[str, NDArray[Any]]:
    """Read all arrays of a file by name.

    Parameters
    ----------
    path : Path or Traversable
        The file.
    most : int
        Numbers that all arrays may have together.

    Raises
    ------
    FileNotFoundError
        There is none.
    Damaged
        It cannot be read: why, in a few words.
    """
    import numpy as np

    if isinstance(path, Path) and path.exists() and not path.is_file():
        raise Damaged("it is no file")
    try:
        with path.open("rb") as file, ZipFile(file) as packed:
            sizes = {part.filename: _numbers(packed, part.filename) for part in packed.infolist()}
            if sum(sizes.values()) > most:
                raise Damaged(f"it says that it holds {sum(sizes.values()):,} numbers; {most:,} is the most")
            found = {}
            for name in sizes:
                with packed.open(name) as part:
                    found[name.removesuffix(".npy")] = np.lib.format.read_array(part, allow_pickle=False)
            return found
    except (FileNotFoundError, Damaged):
        raise
    except Exception as error:  # what zip files and heads of arrays raise when damaged has no end
        raise Damaged(" ".join(str(error).split())[:120] or type(error).__name__) from error


def _numbers(packed: ZipFile, name: str) -> int:
    """How many numbers a part holds by its head; a part that is shorter or longer than its head says is refused."""
    import numpy as np

    with packed.open(name) as part:
        version = np.lib.format.read_magic(part)
        read = (
            np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        )
        shape, _, kind = read(part)
        head = part.tell()
    count = 1
    for along in shape:
        count *= int(along)
    if kind.hasobject or packed.getinfo(name).file_size != head + count * kind.itemsize:
        raise Damaged(f"'{name}' is not as long as it says")
    return max(count, 1)
