"""Many processes give the bits of one, also where one of them dies; and what does not answer is said in time."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from at_work import part_or_trouble
from quick import QUICK
from same import assert_identical

pytest.importorskip("distributed", reason="needs headlong[cluster]")

import headlong as hl
from headlong.cluster import cluster as room
from headlong.cluster.cluster import open_cluster
from headlong.cluster.local import Local
from headlong.errors import BadRequest
from headlong.forecast.pieces.digest import digest, digest_of
from headlong.forecast.pieces.on_cluster import count_on, run_on
from headlong.forecast.request import Request
from headlong.forecast.settings import Runtime

HOW = {"init": "2008-02-03", "days": 8, "members": 300, "settings": QUICK, "control": "history"}


def asked():
    return Request(case="chad-2008", **HOW)


def workers(besides=()):
    """Processes of this one that do a part each."""
    found = []
    for child in psutil.Process().children(recursive=True):
        if any("dask_worker" in word for word in child.cmdline()):
            found += [c for c in child.children(recursive=True) if "spawn_main" in " ".join(c.cmdline())]
    return [process for process in found if process not in besides]


@pytest.fixture(scope="module")
def one():
    """The same in this process, which leaves compiled kernels for the workers."""
    return hl.forecast("chad-2008", **HOW)


@pytest.fixture(scope="module")
def address(one):
    """Of a scheduler with two workers, which run as long as these tests, as those of a cluster do."""
    import dask
    import distributed

    helpers = str(Path(__file__).parents[1] / "helpers")
    with (
        pytest.MonkeyPatch.context() as patch,
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
    ):
        patch.setenv("PYTHONPATH", os.pathsep.join([helpers, os.environ.get("PYTHONPATH", "")]))
        own = Local(distributed, 2, room.GONE)
        with distributed.Client(own.scheduler, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=300)
    yield own.scheduler.scheduler_address
    own.close(room.ANSWER)


class Stopped(Exception):
    """As if the user had stopped it."""


def test_a_stop_and_a_killed_worker(one, address, tmp_path):
    """Stopped after the second piece; then the rest is run, while a worker is killed, and nothing is left behind."""
    seen = []

    def stop(done, total, what):
        if what == "forecasting":
            seen.append(done)
            if done >= 100:
                raise Stopped

    with pytest.raises(Stopped):
        run_on(asked(), Runtime(cluster=address, progress=stop), tmp_path)
    assert seen == [0, 50, 100] and len(list(tmp_path.rglob("*.npz"))) == 2

    before, killed = workers(), []

    def kill(done, total, what):
        if what == "forecasting" and not killed:
            assert done == 100  # what was finished is not run again
            victim = workers(besides=before)[0]
            os.kill(victim.pid, signal.SIGKILL)
            killed.append(victim.pid)

    found = run_on(asked(), Runtime(cluster="local:2", progress=kill), tmp_path)
    assert killed
    assert_identical(found, one)
    assert not list(tmp_path.iterdir()) and not workers(besides=before)


def test_counted_on_processes(one, address, tmp_path):
    assert_identical(digest(*count_on(asked(), Runtime(cluster=address), tmp_path)), digest_of(one))


def test_nobody_answers(monkeypatch):
    """Nobody listens; or somebody does who is no scheduler and says nothing."""
    monkeypatch.setattr(room, "ANSWER", 2.0)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        free = socket.socket()
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
        free.close()
        for port in (number, silent.getsockname()[1]):
            begun = time.monotonic()
            with pytest.raises(BadRequest, match="no Dask scheduler answers"):
                run_on(asked(), Runtime(cluster=f"127.0.0.1:{port}"))
            assert time.monotonic() - begun < 60


def test_a_scheduler_without_workers(monkeypatch):
    import distributed

    monkeypatch.setattr(room, "WORKERS", 1.0)
    here = {"host": "127.0.0.1", "dashboard_address": None, "processes": True, "n_workers": 0}
    with (
        distributed.LocalCluster(**here) as empty,
        pytest.raises(BadRequest, match="has no workers"),
        open_cluster(empty.scheduler_address),
    ):
        pass
    assert threading.active_count() < 100


def test_hindcasts_and_likelihoods(address, tmp_path, monkeypatch):
    """`verify` and `calibrate` on processes say the same to the bit; a second run finds all that is kept."""
    from datetime import date

    from quick import thin

    from headlong.case import open_case
    from headlong.inference.bank import bank_for
    from headlong.inference.calibration import exposures_of, likelihoods
    from headlong.verify.hindcasts import hindcast, on_cluster

    few = thin(bank_for("chad-2008")).without([])
    asked = {"members": 20, "settings": QUICK, "inits": [date(2008, 2, 1), date(2008, 2, 3)]}
    asked |= {"bank": few._replace(used=("mali-2012",)), "leads": (3, 7)}
    monkeypatch.setattr(on_cluster, "TOGETHER", 1)
    here = hindcast.verify(["chad-2008"], folder=tmp_path / "here", **asked)
    there = hindcast.verify(["chad-2008"], folder=tmp_path / "there", cluster=address, **asked)
    assert there == here
    names = [sorted(p.name for p in (tmp_path / name).iterdir()) for name in ("here", "there")]
    assert names[0] == names[1] and len(names[0]) == 3  # two hindcasts, and the cards of the war
    monkeypatch.setattr(on_cluster, "open_cluster", None)  # nothing is left to be done there
    assert hindcast.verify(["chad-2008"], folder=tmp_path / "there", cluster=address, **asked) == here

    wars = [exposures_of(open_case(name)) for name in ("chad-2008", "mali-2012")]
    with likelihoods(wars, None, None) as one, likelihoods(wars, 1, address) as two:
        assert one(few.theta[:12]).tobytes() == two(few.theta[:12]).tobytes()


def test_what_goes_wrong_in_a_worker_comes_home(address, monkeypatch):
    monkeypatch.setattr(room, "TRIES", 1)
    with open_cluster(address) as cluster:
        assert list(cluster.each(part_or_trouble, ["a"], "all")) == [(0, ("all", "a", 1))]
        with pytest.raises(BadRequest, match="a finding of the worker"):
            list(cluster.each(part_or_trouble, ["mend"]))
        listening = [c for c in psutil.Process().net_connections() if c.status == psutil.CONN_LISTEN]
        assert listening and all(c.laddr.ip in ("127.0.0.1", "::1") for c in listening)
        with pytest.raises(BadRequest, match="was lost"):
            list(cluster.each(part_or_trouble, ["die"]))


def test_a_scheduler_that_ends_is_said_at_once(capfd):
    """No fault of ours, no trace of Dask's; not after minutes."""
    import distributed
    from at_work import rest

    helpers = str(Path(__file__).parents[1] / "helpers")
    env = os.environ | {"PYTHONPATH": os.pathsep.join([helpers, os.environ.get("PYTHONPATH", "")])}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": env}
    call = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        port,
        "--no-dashboard",
    ]
    made = [subprocess.Popen([*call, "--no-dashboard"], **quiet)]
    address = f"tcp://127.0.0.1:{port}"
    call = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
    made.append(subprocess.Popen([*call, "--death-timeout", "60"], **quiet))
    try:
        with distributed.Client(address, set_as_default=False, timeout=120) as client:
            client.wait_for_workers(1, timeout=120)
        with open_cluster(address) as cluster:
            parts = cluster.each(rest, list(range(50)), "all")
            next(parts)
            made[0].kill()
            begun = time.monotonic()
            with pytest.raises(BadRequest, match=r"does not answer any more.*give the same command again"):
                list(parts)
        assert time.monotonic() - begun < 60 and "Traceback" not in capfd.readouterr().err
    finally:
        for process in made:
            process.kill()
            process.wait()
