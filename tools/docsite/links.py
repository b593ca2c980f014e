"""Links of a document, led to where its target stands in the site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from os.path import relpath
from pathlib import Path, PurePosixPath

LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
CODE = re.compile(r"(^```.*?^```$|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
ELSEWHERE = re.compile(r"^([a-z]+:|#)")


@dataclass(frozen=True)
class Links:
    """Where documents and folders of the repository stand in the site.

    Parameters
    ----------
    root : Path
        Top folder of the repository.
    pages : mapping of str to str
        Document to page, both from their top folders.
    folders : mapping of str to str
        Folder of the repository to the page that shows it.
    """

    root: Path
    pages: Mapping[str, str]
    folders: Mapping[str, str]

    def led(self, text: str, document: str) -> tuple[str, set[str]]:
        """Text with its links led to pages of the site, and the files that it needs beside it.

        Parameters
        ----------
        text : str
            Markdown.
        document : str
            Where it stands in the repository.

        Returns
        -------
        tuple of str and set of str
            The text as the site has it; files (from the top folder) that links and pictures name.
        """
        needed: set[str] = set()

        def one(match: re.Match[str]) -> str:
            picture, words, target = match.groups()
            if ELSEWHERE.match(target):
                return match.group(0)
            path, mark, anchor = target.partition("#")
            found = (self.root / document).parent / path
            name = PurePosixPath(relpath(found, self.root)).as_posix()
            if name in self.pages:
                return f"[{words}]({self.between(document, self.pages[name])}{mark}{anchor})"
            if found.is_dir():
                page = self.folders.get(name)
                return f"[{words}]({self.between(document, page)})" if page else words
            needed.add(name)
            return f"{picture}[{words}]({self.between(document, name)})"

        parts = CODE.split(text)
        parts[::2] = [LINK.sub(one, part) for part in parts[::2]]
        return "".join(parts), needed

    def between(self, document: str, target: str) -> str:
        """Way from a document's page to another file of the site."""
        page = PurePosixPath(self.pages.get(document, document))
        return PurePosixPath(relpath(target, page.parent)).as_posix()
