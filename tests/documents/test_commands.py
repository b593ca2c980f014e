"""Pages that are made from the record, and what cheap commands in the documents print, are as they are now."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import refresh_docs

ROOT = Path(__file__).parents[2]
CHEAP = re.compile(
    r"^(headlong (explain|check|cases|new)\b|cp |sed |ls |echo |mkdir |printf |python scripts/build_case\.py)"
)
"""Commands that take a second or less; all of a block must be such, for they build on each other."""


def blocks(page):
    """Console blocks of a page whose commands are all cheap."""
    for kind, block in refresh_docs.BLOCK.findall(page.read_text("utf-8")):
        commands = re.findall(r"^\$ (.*)$", block, re.MULTILINE)
        ours = any(command.startswith("headlong") for command in commands)
        if kind == "console" and ours and all(CHEAP.match(command) for command in commands):
            yield block


PAGES = [page for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))] if [*blocks(page)]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_cheap_commands_print_what_is_shown(page, tmp_path):
    for linked in refresh_docs.LINKED:
        (tmp_path / linked).symlink_to(ROOT / linked)
    for block in blocks(page):
        assert refresh_docs.console(block, tmp_path) == block


def test_the_tour_has_such_commands():
    assert ROOT / "docs" / "tour.md" in PAGES


def test_the_model_card_is_up_to_date():
    call = [sys.executable, str(ROOT / "scripts" / "make_model_card.py"), "--check"]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
