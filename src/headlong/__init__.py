"""Headlong: who holds what, who goes next, and where people run, when a state's grip gives way.

The public verbs and nothing else. Importing this package imports nothing heavy: a verb is loaded when it is
first used.

>>> import headlong as hl
>>> case = hl.open_case("afghanistan-2021")
>>> forecast = hl.forecast(case, init="2021-08-12")
>>> hl.fall_probability(forecast, within=7)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from headlong.version import __version__ as __version__

if TYPE_CHECKING:
    from headlong.archive.api import archive
    from headlong.case import gallery, open_case
    from headlong.forecast.api import forecast, what_if
    from headlong.forecast.file.reading import load
    from headlong.forecast.file.writing import save
    from headlong.forecast.nowcast import nowcast
    from headlong.forecast.results.summary import fall_dates, fall_probability, summarise
    from headlong.inference.calibration import calibrate
    from headlong.reading.api import read_text
    from headlong.verify.api import verify
    from headlong.view.figures.matplotlib import draw_map, draw_timeline
    from headlong.view.page.export import page
    from headlong.view.terminal.explain import explain as explain

__all__ = [
    "archive",
    "calibrate",
    "draw_map",
    "draw_timeline",
    "fall_dates",
    "fall_probability",
    "forecast",
    "gallery",
    "load",
    "nowcast",
    "open_case",
    "page",
    "read_text",
    "save",
    "summarise",
    "verify",
    "what_if",
]

_HOME = {
    "archive": "headlong.archive.api",
    "calibrate": "headlong.inference.calibration",
    "draw_map": "headlong.view.figures.matplotlib",
    "draw_timeline": "headlong.view.figures.matplotlib",
    "explain": "headlong.view.terminal.explain",
    "fall_dates": "headlong.forecast.results.summary",
    "fall_probability": "headlong.forecast.results.summary",
    "forecast": "headlong.forecast.api",
    "gallery": "headlong.case",
    "load": "headlong.forecast.file.reading",
    "nowcast": "headlong.forecast.nowcast",
    "open_case": "headlong.case",
    "page": "headlong.view.page.export",
    "read_text": "headlong.reading.api",
    "save": "headlong.forecast.file.writing",
    "summarise": "headlong.forecast.results.summary",
    "verify": "headlong.verify.api",
    "what_if": "headlong.forecast.api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'headlong' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
