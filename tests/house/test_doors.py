"""Every door leads somewhere: names, paths, anchors and verbs that documents and docstrings give are there."""

import ast
import re
from functools import cache
from pathlib import Path

import click
import pytest

import headlong as hl
from headlong.cli import headlong

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "headlong"
TOPS = ("src", "tests", "tools", "scripts", "validation", "benchmarks", "docs", "examples", "extras", ".ci")
"""Folders of the repository; a path that begins with one, or with a room of the package, must be there."""

PAGES = [ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "KERNELS", "VISION", "SECURITY")]
PAGES += [
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted(ROOT.glob("*/README.md")),
    *sorted(ROOT.glob("tools/*/README.md")),
]
CODE = [
    path
    for top in ("src", "tools", "scripts", "validation", "benchmarks")
    for path in sorted((ROOT / top).rglob("*.py"))
]

QUOTED = re.compile(r"(?<!`)`{1,2}([^`\n]+)`{1,2}(?!`)")
DOTTED = re.compile(r"headlong(?:\.\w+)+")
PUBLIC = re.compile(r"hl\.(\w+)")
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")


@cache
def names_in(path):
    """Names that a module defines or brings in, and those of its classes as ``Class.name``."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        found |= set(bound(node))
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{name}" for inner in node.body for name in bound(inner)}
    return found


def bound(node):
    """Names that one statement binds; those within an ``if`` or ``try`` too."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (alias.asname or alias.name for alias in node.names)
    elif isinstance(node, (ast.If, ast.Try)):
        for inner in node.body:
            yield from bound(inner)


def resolves(dotted):
    """Whether ``headlong.room.module.name`` is a room, a module or a name in one."""
    here, parts = PACKAGE, dotted.split(".")[1:]
    for k, part in enumerate(parts):
        if (here / part / "__init__.py").is_file():
            here /= part
            continue
        module = here / f"{part}.py"
        rest = parts[k + 1 :] if module.is_file() else parts[k:]
        module = module if module.is_file() else here / "__init__.py"
        return not rest or ".".join(rest) in names_in(module) | set(hl.__all__ if here == PACKAGE else ())
    return True


def is_there(path):
    """Whether a path of the repository or of the package is there; ``LANGUAGE`` stands for any name."""
    path = path.partition(":")[0].partition("#")[0].replace("LANGUAGE", "*")
    return any(any(top.glob(path.rstrip("/"))) for top in (ROOT, PACKAGE))


def paths_in(quoted):
    """The path that a quoted text is, if it begins with a folder that is ours."""
    first = quoted.split("/")[0] or "."
    if (
        re.fullmatch(r"[\w.*:/-]+", quoted)
        and "/" in quoted
        and (first in TOPS or (first[0] != "." and (PACKAGE / first).is_dir()))
    ):
        yield quoted


def wrong(text):
    """Names and paths in quotes that lead nowhere."""
    for quoted in QUOTED.findall(text):
        yield from (dotted for dotted in DOTTED.findall(quoted) if not resolves(dotted))
        yield from (f"hl.{name}" for name in PUBLIC.findall(quoted) if name not in hl.__all__)
        yield from (path for path in paths_in(quoted) if not is_there(path))


def docstrings(path):
    """All texts that stand alone in a module: docstrings, and those after a name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            yield node.value.value


def anchors(path):
    """Marks of a page's headings, as sites for code make them."""
    for heading in re.findall(r"^#+ (.*)$", FENCED.sub("", path.read_text("utf-8")), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_is_there(page):
    text = page.read_text("utf-8")
    assert not [*wrong(FENCED.sub("", text))]
    for _, target in LINK.findall(FENCED.sub("", text)):
        path, _, anchor = target.partition("#")
        if anchor and not re.match(r"[a-z]+:", target):
            assert anchor in {*anchors(page.parent / path if path else page)}, target


def test_what_docstrings_name_is_there():
    found = {str(p.relative_to(ROOT)): [*wrong("\n".join(docstrings(p)))] for p in CODE}
    assert not {name: names for name, names in found.items() if names}


def verbs_shown(text):
    """Verb and options of each entry of the README's list, whose long entries go on in the next line."""
    (block,) = re.findall(r"^## The verbs\n+```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    for entry in re.split(r"^headlong ", block, flags=re.MULTILINE)[1:]:
        said = re.sub(r"#.*", "", entry)
        yield said.split()[0], re.findall(r"(?<!\w)--[\w-]+", said)


def test_the_verbs_of_the_readme_are_all_verbs_with_options_that_they_have():
    shown = [*verbs_shown((ROOT / "README.md").read_text("utf-8"))]
    hidden = {name for name, verb in headlong.commands.items() if verb.hidden}
    assert {verb for verb, _ in shown} | {"cases", "map", "timeline"} >= {*headlong.commands} - hidden
    for verb, options in shown:
        command = headlong.get_command(click.Context(headlong), verb)
        assert command is not None, verb
        known = {
            word for parameter in command.params for word in (*parameter.opts, *parameter.secondary_opts)
        }
        assert {*options} <= known, f"{verb}: {sorted({*options} - known)}"


def doors(text):
    """Doors of the README: what is looked for, and the files that it leads to."""
    part = text[text.index("Some doors:") :].split("\n## ")[0]
    for entry in re.split(r"^- ", part, flags=re.MULTILINE)[1:]:
        yield from re.findall(r"([^\[\]()]*)\[([^\]]*)\]\(([^)]*)\)", " ".join(entry.split()))


def test_the_doors_of_the_readme_open_on_what_they_say():
    found = [*doors((ROOT / "README.md").read_text("utf-8"))]
    assert len(found) > 8
    for words, said, target in found:
        assert target == f"src/headlong/{said}".rstrip("/") and (ROOT / target).exists(), target
        path = ROOT / target / "__init__.py" if (ROOT / target).is_dir() else ROOT / target
        first = ast.get_docstring(ast.parse(path.read_text("utf-8"))).lower()
        meant = [
            word[:5]
            for word in re.findall(r"[a-z]{3,}", words.lower())
            if word not in ("the", "and", "can", "what")
        ]
        assert not meant or any(word in first for word in meant), f"{said} does not speak of {words.strip()}"


def test_these_tests_can_fail():
    assert [*wrong("`headlong.board.draws.nothing`")] and not [*wrong("`headlong.board.draws.philox`")]
    assert [*wrong("`hl.nothing(3)` and `src/headlong/nothing.py` and `board/nothing.py`")] == [
        "hl.nothing", "src/headlong/nothing.py", "board/nothing.py",
    ]  # fmt: skip
    assert not [*wrong("`hl.load(FILE)`, `board/kernel.py`, `headlong-summary/1`, ``headlong.forms``")]
    assert (
        not resolves("headlong.forms.form.Form.nothing")
        and resolves("headlong.forms.form.Form.faults") is False
    )
