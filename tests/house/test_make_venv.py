"""Setting up on a machine whose Python lacks the venv module, with stand-ins for apt-get and Python."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_venv"

PYTHON = """#!/bin/sh
case "$*" in
  *ensurepip*) test -e {flag} ;;
  "-m venv"*) mkdir -p "$3/bin" && touch "$3/bin/pip" ;;
  *) exec {python} "$@" ;;
esac
"""
APT = """#!/bin/sh
echo "$*" >> {log}
case "$*" in *{package}*) touch {flag} ;; esac
"""


@pytest.fixture
def machine(tmp_path):
    """A folder of commands that is all the machine has."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "mkdir", "touch", "env", "test"):
        (tools / name).symlink_to(shutil.which(name))

    def command(name, text):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)

    flag, log = tmp_path / "has_venv", tmp_path / "log"
    command("python3", PYTHON.format(flag=flag, python=sys.executable))

    def run(*arguments, user="0", apt="python3-venv", sudo=False):
        command("id", f"#!/bin/sh\necho {user}\n")
        if apt:
            command("apt-get", APT.format(log=log, flag=flag, package=apt))
        if sudo:
            command("sudo", f'#!/bin/sh\necho sudo >> {log}\nexec "$@"\n')
        call = [str(tools / "sh"), str(SCRIPT), str(tmp_path / "venv"), *arguments]
        done = subprocess.run(call, env={"PATH": str(tools)}, capture_output=True, text=True)
        made = (tmp_path / "venv" / "bin" / "pip").exists()
        return done, made, log.read_text().splitlines() if log.exists() else []

    run.flag = flag
    run.command = command
    return run


def test_a_complete_python_needs_no_apt(machine):
    machine.flag.touch()
    done, made, log = machine(user="1000", apt=None)
    assert done.returncode == 0 and made and not log


def test_root_installs_what_is_missing(machine):
    done, made, log = machine()
    assert done.returncode == 0 and made, done.stderr
    assert log == ["update -qq", "install -y -qq --no-install-recommends python3-venv"]


def test_a_second_package_is_tried(machine):
    version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    done, made, log = machine(apt=version)
    assert done.returncode == 0 and made and log[-1].endswith(version)


def test_others_use_sudo(machine):
    done, made, log = machine(user="1000", sudo=True)
    assert done.returncode == 0 and made and log[0] == "sudo"


@pytest.mark.parametrize("how", [{"user": "1000"}, {"apt": None}])
def test_without_the_means_the_remedy_is_said(machine, how):
    done, made, _ = machine(**how)
    assert done.returncode == 2 and not made
    assert "apt-get install -y python3-venv" in done.stderr


def test_an_old_python_is_refused(machine):
    machine.command("python3", "#!/bin/sh\nexit 1\n")
    done, made, _ = machine()
    assert done.returncode == 2 and not made and "Python 3.11 or newer" in done.stderr


def test_the_script_can_be_run():
    assert SCRIPT.stat().st_mode & 0o111
