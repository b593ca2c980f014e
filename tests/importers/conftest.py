"""What tests of imports share."""

import pytest

from headlong.cli import headlong
from headlong.cli.edge import run


@pytest.fixture
def say(tmp_path, monkeypatch, capsys):
    """Run a command in a folder of its own, and return what was said."""
    monkeypatch.chdir(tmp_path)

    def say(*words, code=0):
        found = run(headlong, [str(word) for word in words])
        told = capsys.readouterr()
        assert found == code, told
        return told.out + told.err

    return say
