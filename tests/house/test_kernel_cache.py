"""Compiled kernels: the cache folder follows the sources, and stale numbers are never served."""

import ast
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from headlong import kernel_cache
from headlong.kernel_cache import clear_old_kernels

PACKAGE = Path(kernel_cache.__file__).parent

LAW = "from headlong.board.kernel import law as kept\n@kept\ndef law(x):\n    return {factor} * x\n"
DAY = (
    "from headlong.board.kernel import law as kept\nfrom tiny.board.laws import law\n"
    "@kept\ndef day(x):\n    return law(x) + 1\n"
)
RUN = (
    "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
    "from headlong.kernel_cache import use_kernel_cache\n"
    "import headlong.board.kernel\n"
    "use_kernel_cache(Path(sys.argv[1]) / 'tiny')\n"
    "from tiny.engine.day import day\n"
    "print(day(10), sum(day.door.stats.cache_hits.values()))\n"
    "from tiny.board.laws import law\n"
    "law(10)\n"
)
SUM = (
    "import numpy as np\nfrom headlong.board.kernel import law as kept\n"
    "@kept\ndef law(x):\n    return 2 * int(np.full(3, x).cumsum()[0])\n"
)
HASH = (
    "from headlong.board.kernel import law as kept\n"
    "@kept\ndef law(x):\n    return hash(str(int(x))) * 0 + 2 * int(x)\n"
)
LOADED = RUN + "print('numba.np.arraymath' in sys.modules, day(10.5))\n"


@pytest.fixture
def tiny(tmp_path):
    """A package with a law in one file and its caller in another."""
    for room in ("board", "engine"):
        (tmp_path / "tiny" / room).mkdir(parents=True)
        (tmp_path / "tiny" / room / "__init__.py").touch()
    (tmp_path / "tiny" / "__init__.py").touch()
    (tmp_path / "tiny" / "engine" / "day.py").write_text(DAY)
    write_law(tmp_path, 2)
    return tmp_path


def write_law(folder, factor):
    (folder / "tiny" / "board" / "laws.py").write_text(LAW.format(factor=factor))


def called(folder, code=RUN, **how):
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(folder / "cache")}
    call = [sys.executable, "-B", "-c", code, str(folder)]
    return subprocess.run(call, env=environment, capture_output=True, text=True, check=True, **how)


def run(folder):
    done = called(folder)
    assert not done.stderr
    return [int(word) for word in done.stdout.split()]


def kept(folder):
    return sorted((folder / "cache").rglob("*.nbc"))


def test_no_stale_kernel_is_served(tiny):
    assert run(tiny) == [21, 0]
    assert run(tiny) == [21, 1]  # from the cache
    write_law(tiny, 3)
    assert run(tiny) == [31, 0]  # the caller's file is as it was, yet it is compiled anew
    write_law(tiny, 2)
    assert run(tiny) == [21, 1]


def test_a_kept_kernel_loads_nothing_that_compiles(tiny):
    """numba would load all it can compile, and the modules of all that was linked in: a fifth of a forecast's CPU."""
    (tiny / "tiny" / "board" / "laws.py").write_text(SUM)
    assert called(tiny).stdout.split() == ["21", "0"]
    assert called(tiny, LOADED).stdout.split() == ["21", "1", "False", "21"]  # a new signature is compiled
    (tiny / "tiny" / "board" / "laws.py").write_text(SUM + "\n")
    assert called(tiny, LOADED).stdout.split() == ["21", "0", "True", "21"]


def test_what_a_kept_kernel_asks_of_numba_is_loaded_first(tiny):
    """Code that names what is not there ends the process."""
    (tiny / "tiny" / "board" / "laws.py").write_text(HASH)
    assert called(tiny).stdout.split() == ["21", "0"]
    assert called(tiny, LOADED).stdout.split() == ["21", "1", "True", "21"]


DAMAGE = {
    "empty": lambda raw: b"",
    "cut short": lambda raw: raw[: len(raw) // 2],
    "garbage": lambda raw: b"\x80\x04garbage" * 99,
    "one bit": lambda raw: raw[:-50] + bytes([raw[-50] ^ 1]) + raw[-49:],
    "of another version": lambda raw: raw[:32] + raw[32:].replace(b"law", b"lav"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_compiled_again_and_healed(tiny, damage):
    assert run(tiny) == [21, 0] and kept(tiny)
    for file in kept(tiny):
        file.write_bytes(damage(file.read_bytes()))
    assert run(tiny) == [21, 0]
    assert run(tiny) == [21, 1]


def test_a_kernel_of_another_signature_is_not_served(tiny):
    """The index of numba can name one file for two signatures; here a file says what it is of."""
    run(tiny)
    day, law = (next(f for f in kept(tiny) if f.name.startswith(name)) for name in ("day.", "laws."))
    day.write_bytes(law.read_bytes())
    assert run(tiny) == [21, 0]


def test_many_processes_at_once_on_an_empty_folder(tiny):
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tiny / "cache")}
    call = [sys.executable, "-B", "-c", RUN, str(tiny)]
    many = [subprocess.Popen(call, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert {child.communicate()[0].split()[0] for child in many} == {"21"}
    assert run(tiny) == [21, 1] and len(kept(tiny)) == 2


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_full_disk_is_one_line_and_no_fault(tiny):
    import resource

    full = called(tiny, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)))
    assert full.stdout.split() == ["21", "0"] and full.stderr.count("\n") == 1
    assert "are not kept" in full.stderr and "NUMBA_CACHE_DIR" in full.stderr
    assert not [f for f in (tiny / "cache").rglob("*") if f.is_file()]
    assert run(tiny) == [21, 0]


def test_a_place_that_cannot_be_is_one_line_and_no_fault(tiny):
    (tiny / "cache").write_text("a file")
    done = called(tiny)
    assert done.stdout.split() == ["21", "0"] and done.stderr.count("\n") == 1


def test_the_hash_follows_kernel_sources_only(tmp_path):
    copy = tmp_path / "headlong"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "cases"))
    before = kernel_cache.kernel_hash(copy)
    assert before == kernel_cache.kernel_hash(PACKAGE)
    (copy / "view" / "text.py").write_text("# no kernel\n")
    assert kernel_cache.kernel_hash(copy) == before
    seen = {before}
    for name in ("board/extra.py", "mechanisms/extra.py", "engine/extra.py"):
        (copy / name).write_text("LAMBDA = 1\n")
        seen.add(kernel_cache.kernel_hash(copy))
    (copy / "forecast" / "extra.py").write_text("from numba import njit\n")
    seen.add(kernel_cache.kernel_hash(copy))
    (copy / "forecast" / "more.py").write_text("from headlong.board.kernel import law\n")
    seen.add(kernel_cache.kernel_hash(copy))
    (copy / "engine" / "extra.py").write_text("LAMBDA = 2\n")
    seen.add(kernel_cache.kernel_hash(copy))
    assert len(seen) == 7


def test_the_hash_follows_the_version_of_numba(monkeypatch):
    before = kernel_cache.kernel_hash(PACKAGE)
    monkeypatch.setattr(kernel_cache, "_numba_version", lambda: "0.0.1")
    assert kernel_cache.kernel_hash(PACKAGE) != before


def test_where_the_folder_is(tmp_path, monkeypatch):
    folder = kernel_cache.use_kernel_cache.__wrapped__
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "mine"))
    first = folder(PACKAGE)
    assert first.parent == tmp_path / "mine"
    assert os.environ["NUMBA_CACHE_DIR"] == str(first)
    assert folder(PACKAGE) == first  # as in a child process: not nested
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / "user" / name)
    assert folder(PACKAGE).parent == tmp_path / "user" / "headlong"
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setattr(kernel_cache, "_writable", lambda path: False)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    assert folder(PACKAGE).parent.parent == tmp_path / "temporary"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_the_folder_under_the_temporary_one_is_the_user_s_alone(tmp_path, monkeypatch):
    made = kernel_cache._private(tmp_path / "mine")
    assert made == tmp_path / "mine" and made.stat().st_mode & 0o777 == 0o700
    assert kernel_cache._private(made) == made
    made.chmod(0o777)  # somebody else may have put something into it
    assert kernel_cache._private(made) == kernel_cache.NOWHERE
    made.chmod(0o700)
    (tmp_path / "link").symlink_to(made)
    assert kernel_cache._private(tmp_path / "link") == kernel_cache.NOWHERE
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert kernel_cache._private(made) == kernel_cache.NOWHERE
    assert not list((kernel_cache.NOWHERE / "x").rglob("*.nbc"))


def test_a_folder_under_a_file_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    assert kernel_cache._writable(tmp_path / "new" / "folder")
    assert not kernel_cache._writable(tmp_path / "file" / "folder")


def test_it_does_not_import_numba():
    code = "import sys, headlong.kernel_cache as k; k.use_kernel_cache(); sys.exit('numba' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_it_reaches_numba_when_that_came_first():
    code = (
        "import numba; from headlong.kernel_cache import use_kernel_cache; f = use_kernel_cache()\n"
        "assert numba.config.CACHE_DIR == str(f)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def kernel_files():
    for path in kernel_cache.kernel_sources(PACKAGE):
        tree = ast.parse(path.read_text("utf-8"))
        sources = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        if sources & {"numba", "headlong.board.kernel"}:
            yield path, tree


def test_every_package_with_kernels_uses_the_cache():
    assert list(kernel_files())
    for path, _ in kernel_files():
        assert path.parent != PACKAGE, f"{path.name}: kernels stand in packages that use the cache"
        assert "use_kernel_cache()" in (path.parent / "__init__.py").read_text("utf-8"), path


def test_kernels_take_names_only_from_hashed_files():
    hashed = set(kernel_cache.kernel_sources(PACKAGE))
    for path, tree in kernel_files():
        if path.relative_to(PACKAGE).parts[0] in kernel_cache.FLOORS:
            continue  # the floors below them are all hashed
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("headlong."):
                module = PACKAGE.joinpath(*node.module.split(".")[1:])
                inside = ("__init__", *(alias.name for alias in node.names))
                homes = {module.with_suffix(".py"), *(module / f"{name}.py" for name in inside)}
                names = {alias.name for alias in node.names}
                outside = not homes & hashed and any(name.isupper() for name in names)
                assert not outside, f"{path}: constants from {node.module}, which is not hashed"


def test_folders_of_old_sources_go_when_a_new_one_is_made(tmp_path):
    def made(name, days, place=tmp_path):
        file = place / name / "board_0" / "draws.nbc"
        file.parent.mkdir(parents=True)
        file.write_bytes(b"compiled")
        for path in (file, file.parent, place / name):
            os.utime(path, (time.time() - 86_400 * days,) * 2)
        return place / name

    old, new, ours = (made(f"kernels-{n * 16}", days) for n, days in (("a", 31), ("b", 29), ("c", 31)))
    read = made(f"kernels-{'d' * 16}", 31)
    os.utime(read / "board_0" / "draws.nbc", (time.time(), time.time() - 86_400 * 31))
    others = [
        made(name, 31)
        for name in ("kernels-of-mine", "weighed", f"kernels-{'e' * 15}", f"kernels-{'E' * 16}")
    ]
    elsewhere = made("elsewhere", 31, tmp_path / "other")
    link = tmp_path / f"kernels-{'f' * 16}"
    link.symlink_to(elsewhere)
    clear_old_kernels(ours)
    assert not old.exists() and link.is_symlink()
    assert all((one / "board_0" / "draws.nbc").exists() for one in (new, ours, read, elsewhere, *others))


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners of POSIX")
def test_a_folder_of_somebody_else_stays(tmp_path, monkeypatch):
    folder = tmp_path / f"kernels-{'a' * 16}"
    folder.mkdir()
    os.utime(folder, (0, 0))
    monkeypatch.setattr(os, "getuid", lambda: 987_654)
    clear_old_kernels(tmp_path / "kernels-ours")
    assert folder.is_dir()
