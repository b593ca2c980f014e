"""A verb as a user meets it: exit code and both outputs, and never a traceback."""

from headlong.cli import headlong
from headlong.cli.edge import run


def run_verb(capsys, *words):
    code = run(headlong, list(words))
    shown = capsys.readouterr()
    assert "Traceback" not in shown.out + shown.err
    return code, shown.out, shown.err
