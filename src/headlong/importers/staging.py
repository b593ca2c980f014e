"""What an import writes into a case folder: all of it, or nothing.

Texts are gathered; at the end they are brought to disk in a hidden folder inside the case, and that folder is renamed.
From then on the import is done: what remains is to move each file to its place. A process that is killed before leaves
the case as it was; one that is killed after is finished by whoever opens the case to write next. Until then the case is
refused, for it would be half old and half new.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from headlong.case.read import IMPORTED
from headlong.errors import BadRequest
from headlong.files import advice, part_in, write_text

__all__ = ["Staging", "finish"]


class Staging:
    """Texts of files to be written into a folder, all or none.

    Parameters
    ----------
    path : Path
        The folder, made if it is not there.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.texts = path, dict[str, str]()

    def put(self, name: str, text: str) -> None:
        """Take the text of a file; it is written by `commit`."""
        self.texts[name] = text

    def commit(self) -> None:
        """Write all files, or none."""
        if not self.texts:
            return
        new = not self.path.exists()
        shelf = part_in(self.path)  # each import's own; when it is whole it is `IMPORTED`
        try:
            self.path.mkdir(exist_ok=True)
            shelf.mkdir()
            for name, text in self.texts.items():
                write_text(shelf / name, text)
            finish(self.path)  # another import, whole since this one began
            os.rename(shelf, self.path / IMPORTED)
        except (OSError, BadRequest) as error:
            shutil.rmtree(self.path if new else shelf, ignore_errors=True)
            if isinstance(error, BadRequest):
                raise
            raise BadRequest(
                f"cannot write into '{self.path}': {advice(error)} Nothing was changed."
            ) from error
        self.texts = {}
        finish(self.path)


def finish(path: Path) -> None:
    """Move the files of an import that is whole to their places."""
    ready = path / IMPORTED
    if not ready.is_dir():
        return
    try:
        for name in sorted(os.listdir(ready)):
            os.replace(ready / name, path / name)
        ready.rmdir()
    except OSError as error:
        raise BadRequest(
            f"an import into '{path}' is done but for moving its files: {advice(error)} Then give any import again."
        ) from error
