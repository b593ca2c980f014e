"""What is committed: no registry hosts, no paths of one machine; texts and make targets agree."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import headlong

ROOT = Path(__file__).parents[2]

# Written in pieces, so that this file does not hold what it forbids.
HOSTS = [
    "py" + r"pi\.org",
    "python" + r"hosted\.org",
    "npm" + r"js\.(org|com)",
    "deb" + r"\.debian\.org",
    "--(extra-)?index" + "-url",
    "--find" + "-links",
]
TOPS = ["wo" + "rk", "fa" + "rm", "ro" + "ot", "ho" + "me", "Us" + "ers"]
PATHS = [rf"(?<![\w.~-])/{top}/[\w.]" for top in TOPS] + [r"/tmp/ba" + "sh_jobs", r"/opt/py" + "pi"]


def tracked():
    """Tracked text files; in a copy without git, all that would be tracked."""
    names = ""
    if shutil.which("git"):
        call = ["git", "-C", str(ROOT), "ls-files", "-z"]
        names = subprocess.run(call, capture_output=True, text=True).stdout
    if names:
        files = [ROOT / name for name in names.split("\0") if name]
    else:
        tops = [
            "src",
            "tests",
            "cases",
            "docs",
            "examples",
            "benchmarks",
            "validation",
            "scripts",
            "tools",
            ".ci",
        ]
        files = [path for top in tops for path in (ROOT / top).rglob("*") if path.is_file()]
        files += [path for path in ROOT.iterdir() if path.is_file()]
    return [path for path in files if path.is_file() and "__pycache__" not in path.parts]


def read(path):
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def offences(text):
    return [match.group(0) for pattern in HOSTS + PATHS for match in re.finditer(pattern, text)]


def test_no_hosts_and_no_machine_paths():
    found = {str(path.relative_to(ROOT)): offences(read(path)) for path in tracked()}
    assert not {name: what for name, what in found.items() if what}


def test_the_search_finds_what_it_should():
    assert offences("see https://" + "pypi" + ".org/project") and offences("cd /" + "work/main")
    assert not offences("docs/work/x, ~/home/x, and a network/path")


def test_constraints_are_pins_and_nothing_else():
    lines = [
        line
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert lines and all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line) for line in lines)


def test_every_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    names = [
        re.split(r"[<>=]", entry)[0]
        for entry in [*project["dependencies"], *(entry for extra in extras.values() for entry in extra)]
    ]
    pins = (ROOT / "constraints.txt").read_text("utf-8").lower().replace("_", "-")
    assert not [name for name in names if f"\n{name}==" not in pins]


@pytest.mark.parametrize("text", ["README.md", "CONTRIBUTING.md", ".ci/run"])
def test_make_targets_exist(text):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / text).read_text("utf-8"), re.MULTILINE))
    assert named and named <= targets


def test_readme_links_lead_somewhere():
    for name in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text("utf-8")):
            assert (ROOT / target).exists(), target


def test_the_version_is_one():
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert re.findall(r"version: (\S+)", citation.split("\n", 1)[1]) == 2 * [headlong.__version__]
    assert f"## {headlong.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_ci_ends_with_the_tests():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert script.read_text("utf-8").rstrip().splitlines()[-1] == "make test"


def test_hooks_run_from_the_clone_and_fetch_nothing():
    text = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    entries = re.findall(r"^ +entry: (\S+)", text, re.MULTILINE)
    assert re.findall(r"repo: (\S+)", text) == ["local"]
    assert len(entries) == text.count("- id:") == text.count("language: system")
    assert all(entry.startswith(".venv/bin/") for entry in entries)


def test_ignored_folders_are_ignored_as_links_too():
    lines = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert "node_modules" in lines, "with a slash at its end a link of that name would be tracked"
