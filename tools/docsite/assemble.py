"""The source tree of the site: documents as they stand, and pages made from docstrings, examples and cases."""

from __future__ import annotations

import shutil
from pathlib import Path

from docsite.atlas import atlas_pages
from docsite.examples import examples_page
from docsite.links import Links
from docsite.reference import python_pages, verbs_page

ROOT = Path(__file__).resolve().parents[2]
TOP = {
    "README.md": "index.md",
    "VISION.md": "project/vision.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "KERNELS.md": "project/kernels.md",
    "CHANGELOG.md": "project/changelog.md",
    "SECURITY.md": "project/security.md",
    "CODE_OF_CONDUCT.md": "project/conduct.md",
    "validation/README.md": "project/validation.md",
    "docs/README.md": "docs/documents.md",
    "src/headlong/reading/drafter/coding/rules.md": "project/coding-rules.md",
}
FOLDERS = {"cases": "atlas.md", "examples": "examples.md", "validation": "project/validation.md"}
CONTENTS = {
    "Start": ("docs/tour", "docs/for-planners", "docs/for-journalists", "docs/for-researchers", "docs/own-war"),
    "Is it right": ("docs/track-record", "docs/model-card", "docs/verify", "docs/comparison", "project/validation"),
    "How it works": (
        "docs/model", "docs/reports", "docs/reading", "docs/page", "docs/model-log", "docs/reading-log",
        "project/coding-rules",
    ),
    "Look it up": (
        "python", "verbs", "examples", "atlas", "docs/case-format", "docs/facts-format", "docs/forecast-file",
        "docs/performance",
    ),
    "Project": (
        "project/vision", "project/contributing", "project/kernels", "project/security", "project/conduct",
        "project/changelog", "docs/documents",
    ),
}  # fmt: skip
"""Pages by the headings of the contents; one that is not named here comes last."""


def pages() -> dict[str, str]:
    """Documents of the repository and the pages they become."""
    found = dict(TOP)
    for path in [*sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob("cases/*/sources.md"))]:
        name = path.relative_to(ROOT).as_posix()
        found.setdefault(name, name)
    return found


def assemble(folder: Path, run: bool = True) -> list[str]:
    """Lay out the source tree of the site.

    Parameters
    ----------
    folder : Path
        Where; what stands there is replaced.
    run : bool
        Whether the examples are run, which takes a minute or two. Without, the gallery shows their code alone.

    Returns
    -------
    list of str
        Files that were written, from the folder.
    """
    shutil.rmtree(folder, ignore_errors=True)
    known = pages()
    links = Links(ROOT, known, FOLDERS)
    made: dict[str, str] = {}
    needed: set[str] = set()
    for document, page in known.items():
        text, beside = links.led((ROOT / document).read_text("utf-8"), document)
        made[page] = text
        needed |= beside
    made |= dict(python_pages())
    made["verbs.md"] = verbs_page()
    made |= dict(atlas_pages())
    pictures = folder / "pictures"
    made["examples.md"] = examples_page(ROOT / "examples", pictures if run else None)
    made["index.md"] += contents(set(made))
    for name, text in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for name in needed:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    shutil.copy(Path(__file__).parent / "conf.py", folder / "conf.py")
    return sorted([*made, *needed])


def contents(made: set[str]) -> str:
    """The contents at the side of every page."""
    named = {page for group in CONTENTS.values() for page in group}
    below = ("reference/", "cases/")
    others = sorted(
        name[:-3] for name in made
        if name.endswith(".md") and not name.startswith(below) and name[:-3] not in named | {"index"}
    )  # fmt: skip
    lines = []
    for heading, group in (*CONTENTS.items(), ("More", tuple(others))):
        here = [page for page in group if f"{page}.md" in made]
        if here:
            lines += ["", "```{toctree}", ":hidden:", f":caption: {heading}", "", *here, "```"]
    return "\n".join([*lines, ""])
