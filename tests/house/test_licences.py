"""Licences of what is installed with Headlong and its extras: nothing whose terms pass on to those who use it."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORBIDDEN = re.compile(r"(?<![A-Za-z])(A?GPL|LGPL|GNU|CC[- ]BY[- ]NC|SSPL|BUSL)", re.IGNORECASE)
WIDER = re.compile(r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|HPND|Zlib|0BSD|MPL", re.IGNORECASE)
SPOKEN_OF = {
    "docutils": r"\.el$",  # its one file under the GPL, a mode of Emacs, is not in the wheel
}
"""Distributions that speak of a licence above for a file that must not be among those installed."""
MARKED = re.compile(r"^([A-Za-z0-9._-]+).*?;.*extra\s*==", re.IGNORECASE)


def wanted(without=("test", "dev")):
    """Names in pyproject.toml: what everybody gets, and the extras but those for tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {k: v for k, v in project["optional-dependencies"].items() if k not in without}
    entries = [*project["dependencies"], *(entry for found in extras.values() for entry in found)]
    return {re.split(r"[<>=\[; ]", entry)[0] for entry in entries if not entry.startswith("headlong")}


def closure():
    """All distributions that these bring with them, and which of them are here."""
    todo, found = list(wanted()), {}
    while todo:
        name = todo.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        try:
            found[key] = distribution(name)
        except PackageNotFoundError:
            found[key] = None
            continue
        for line in found[key].requires or ():
            if not MARKED.match(line):
                todo.append(re.split(r"[<>=!~\[;( ]", line)[0])
    return found


def licence(dist):
    """What a distribution says of its licence: the expression, the classifiers, the first line of the text."""
    meta = dist.metadata
    said = [
        meta.get("License-Expression") or "",
        *(c for c in meta.get_all("Classifier") or () if "License" in c),
    ]
    return " | ".join([*said, (meta.get("License") or "").strip().split("\n")[0][:120]])


FOUND = closure()


@pytest.mark.parametrize("name", sorted(name for name, dist in FOUND.items() if dist is not None))
def test_no_licence_that_passes_on(name):
    said = licence(FOUND[name])
    if not WIDER.search(said):
        files = [f for f in FOUND[name].files or () if "licen" in f.name.lower()]
        said += " | " + " ".join(
            f.read_text()[:400] for f in files[:1] if f.suffix in ("", ".txt", ".md", ".rst")
        )
    assert WIDER.search(said), f"{name}: no licence is known ({said})"
    if name in SPOKEN_OF:
        here = [str(f) for f in FOUND[name].files or () if re.search(SPOKEN_OF[name], str(f))]
        assert not here, f"{name}: {here}"
    else:
        assert not FORBIDDEN.search(licence(FOUND[name])), f"{name}: {said}"


def test_the_library_inside_wheels_is_told_of():
    """The wheels of shapely and pyogrio carry GEOS (LGPL); users are told, and nothing else is like it."""
    told = (ROOT / "docs" / "own-war.md").read_text("utf-8")
    assert re.search(r"shapely and pyogrio.*GEOS library \(LGPL 2\.1\)", told, re.DOTALL)
    wheels = {name for name, dist in FOUND.items() if dist is not None and carries(dist, r"^libgeos")}
    assert {"shapely"} <= wheels <= {"shapely", "pyogrio"}


def carries(dist, what):
    """Whether a distribution brings a compiled library of that name."""
    return any(re.search(what, f.name) and re.search(r"\.(so|dll|dylib)\b", f.name) for f in dist.files or ())


def test_the_test_can_fail():
    assert FORBIDDEN.search(
        "License :: OSI Approved :: GNU Lesser General Public License v3"
    ) and FORBIDDEN.search("GPL-3.0")
    assert not FORBIDDEN.search("Apache-2.0") and WIDER.search("BSD-3-Clause")


def test_what_users_get_is_here_to_be_looked_at():
    """The extra that builds the documents need not be here: `make docs` installs it."""
    direct = {re.sub(r"[-_.]+", "-", name).lower() for name in wanted(without=("test", "dev", "docs"))}
    assert not [name for name in direct if FOUND[name] is None]
