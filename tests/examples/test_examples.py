"""Every example runs as a user would run it, and is short."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "examples"
SAYS = {
    "crossings.py": "Books balance: True",
    "first_forecast.py": "Likeliest to change hands by 19 August:",
    "hindcast_kabul.py": "2021-08-13: within 7 days",
    "next_to_fall.py": "Among the first provincial capitals to change hands:",
    "three_sides.py": "1 in history.",
    "what_if.py": "Rests on judgement: Who follows whom",
    "your_own_case.py": "From 2031-03-21, within 30 days:",
}


def test_every_example_is_tested():
    assert {path.name for path in FOLDER.glob("*.py")} == set(SAYS)


@pytest.mark.parametrize("name", sorted(SAYS))
def test_example(name, tmp_path):
    assert len((FOLDER / name).read_text("utf-8").splitlines()) < 50
    done = subprocess.run([sys.executable, str(FOLDER / name)], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert SAYS[name] in done.stdout and done.stderr == ""
    assert not list(tmp_path.iterdir()), "an example leaves nothing behind"
