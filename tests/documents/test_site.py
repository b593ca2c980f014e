"""The source tree of the site: every document, public name, verb and war is in it, and its links lead somewhere."""

import re
from xml.etree import ElementTree

import pytest

import headlong as hl
from docsite import assemble as site
from docsite.links import Links
from docsite.reference import GROUPS
from headlong.cli import headlong

LINK = re.compile(r"!?\[[^\]]*\]\((?![a-z]+:|#)([^)\s#]+)")
FENCED = re.compile(r"^```.*?^```$|`[^`\n]*`", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "source"
    site.assemble(folder, run=False)
    return folder


def test_links_of_every_page_lead_somewhere(tree):
    broken = [
        f"{page.relative_to(tree)}: {target}"
        for page in tree.rglob("*.md")
        for target in LINK.findall(FENCED.sub("", page.read_text("utf-8")))
        if not (page.parent / target).exists()
    ]
    assert not broken, "\n".join(broken)


def test_every_page_is_in_some_contents(tree):
    listed = set()
    for page in tree.rglob("*.md"):
        for block in re.findall(
            r"^```\{toctree\}\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
        ):
            names = [line for line in block.splitlines() if line and not line.startswith(":")]
            listed |= {path for name in names for path in page.parent.glob(f"{name}.md")}
    assert set(tree.rglob("*.md")) - listed == {tree / "index.md"}


def test_every_public_name_has_a_page():
    assert sorted(name for group in GROUPS.values() for name in group) == sorted(hl.__all__)


def test_every_verb_is_shown(tree):
    text = (tree / "verbs.md").read_text("utf-8")
    assert all(f"## headlong {verb}\n" in text for verb in headlong.commands)
    assert "Usage: headlong forecast [OPTIONS] CASE" in text


def test_every_war_has_a_map_a_timeline_and_its_sources(tree):
    text = (tree / "atlas.md").read_text("utf-8")
    for name in hl.gallery():
        assert f"({name})=" in text and f"cases/{name}/sources.md" in text
        case = hl.open_case(name)
        war_map, timeline = (
            ElementTree.parse(tree / "atlas" / f"{name}-{kind}.svg").getroot() for kind in ("map", "time")
        )
        strokes = [e for e in timeline.iter() if e.get("stroke-width") == "1.6"]
        assert len(strokes) == len(case.history)
        assert len(war_map.findall("{*}polygon")) > 0


def test_examples_that_are_not_run_are_said_not_to_be(tree):
    assert "They were not run for this page" in (tree / "examples.md").read_text("utf-8")


def test_links_are_led_to_pages_files_and_folders(tmp_path):
    (tmp_path / "src").mkdir()
    links = Links(tmp_path, {"a/x.md": "a/x.md", "README.md": "index.md"}, {"src": "code.md"})
    text = "[up](../README.md#top) [web](https://x.org) ![p](p.png) `[no](../src)` [f](../src) [g](../a)"
    (tmp_path / "a").mkdir()
    led, needed = links.led(text, "a/x.md")
    assert led == "[up](../index.md#top) [web](https://x.org) ![p](p.png) `[no](../src)` [f](../code.md) g"
    assert needed == {"a/p.png"}
