"""What stands in a file: every variable with its dimensions, kind and bounds, as docs/forecast-file.md lists them."""

from __future__ import annotations

from typing import NamedTuple

from headlong.board.state import STATUSES, STREAMS, WAYS
from headlong.engine.record import BOOKS
from headlong.forecast.request import MOST_DAYS
from headlong.forecast.settings import MOST_MEMBERS

COUNT_MOST = 2e9
"""More people than this are in no war."""


class FileVariable(NamedTuple):
    """What a variable must be."""

    dims: tuple[str, ...]
    kind: str  # whole, number, text or day
    low: float = -1e6
    high: float = 1e6
    gaps: bool = False  # whether a value may be missing (not a number, not a time)
    needed: bool = True


def _whole(dims: str, high: float = COUNT_MOST, needed: bool = True) -> FileVariable:
    return FileVariable(tuple(dims.split()), "whole", 0, high, needed=needed)


def _chance(dims: str, gaps: bool = False) -> FileVariable:
    return FileVariable(tuple(dims.split()), "number", 0.0, 1.0, gaps, False)


def _text(dims: str, needed: bool = True) -> FileVariable:
    return FileVariable(tuple(dims.split()), "text", needed=needed)


def _day(dims: str, needed: bool = True, gaps: bool = False) -> FileVariable:
    return FileVariable(tuple(dims.split()), "day", gaps=gaps, needed=needed)


TOLD = ("place", "claim", "side", "leader", "polarity", "source_class", "verification", "interest", "outlet",
        "origin", "words")  # fmt: skip

FORECAST: dict[str, FileVariable] = {
    "control": _whole("member time place", 255),  # bounded by the sides of the file
    "way": _whole("member time place", len(WAYS) - 1),
    "weight": FileVariable(("member",), "number", 0.0, 1.0),
    "displaced": _whole("member time place"),
    "cut": _whole("member time place", 1, needed=False),
    "cut_off": _chance("within place"),
    "at_home": _whole("member time", needed=False),
    "on_road": _whole("member time", needed=False),
    "elsewhere": _whole("member time", needed=False),
    "arrivals": _whole("member time crossing stream"),
    "queue": _whole("member time crossing stream"),
    "leader_status": _whole("member time leader", len(STATUSES) - 1),
    "soldiers": _whole("member holder fate", needed=False),
    "arms": _whole("member holder", needed=False),
    "parameters": FileVariable(("member", "parameter"), "number", -1e9, 1e9, needed=False),
    "control_analysis": _chance("analysis_time place side"),
    "member": _whole("member", MOST_MEMBERS),
    "time": _day("time"),
    "lead": _whole("time", MOST_DAYS, needed=False),
    "init": _day("", needed=False),
    "place": _text("place"),
    "place_name": _text("place"),
    "kind": _text("place"),
    "lat": FileVariable(("place",), "number", -90.0, 90.0),
    "lon": FileVariable(("place",), "number", -180.0, 180.0),
    "population": _whole("place"),
    "side": _text("side"),
    "side_name": _text("side"),
    "holder": _text("holder", needed=False),
    "fate": _text("fate", needed=False),
    "crossing": _text("crossing"),
    "stream": _text("stream"),
    "leader": _text("leader"),
    "leader_name": _text("leader"),
    "leader_role": _text("leader"),
    "parameter": _text("parameter", needed=False),
    "within": _whole("within", MOST_DAYS, needed=False),
    "analysis_time": _day("analysis_time", needed=False),
    "report": _text("report", needed=False),
    "source_class": _text("source_class", needed=False),
    "claim_group": _text("claim_group", needed=False),
    "report_day": _day("report_day", needed=False),
    "contested": _whole("place", 1, needed=False),
    **{f"report_{name}": _text("report", needed=False) for name in TOLD},
    "report_published_at": _day("report", needed=False, gaps=True),
    "report_event_date": _day("report", needed=False, gaps=True),
    "report_weight": _chance("report", gaps=True),
    "report_counted": _chance("report"),
    "report_before": _chance("report", gaps=True),
    "report_after": _chance("report", gaps=True),
    "report_country_before": FileVariable(("report",), "number", 0.0, 1e5, True, False),
    "report_country_after": FileVariable(("report",), "number", 0.0, 1e5, True, False),
    "reliability": _chance("source_class"),
    "reliability_low": _chance("source_class"),
    "reliability_high": _chance("source_class"),
    "reliability_prior": _chance("source_class"),
    "reliability_reports": _whole("source_class", needed=False),
    "reliability_by_group": _chance("source_class claim_group"),
    "reliability_by_group_reports": _whole("source_class claim_group", needed=False),
    "assimilation_ess": FileVariable(("report_day",), "number", 0.0, 1e6, needed=False),
    "added_report": _text("added", needed=False),
    "bank_theta": FileVariable(("bank_draw", "core_parameter"), "number", -1e3, 1e3, needed=False),
    "bank_log_weight": FileVariable(("bank_draw",), "number", -1.1e12, 1e9, needed=False),
    "core_parameter": _text("core_parameter", needed=False),
    "area_before": _whole("area", needed=False),
    "area_stock": _whole("level within area", needed=False),
    "area_new": _whole("level within area", needed=False),
    "road_people": _whole("level road_lead road", needed=False),
    "level": FileVariable(("level",), "number", 0.0, 1.0, needed=False),
    "area": _text("area", needed=False),
    "road_lead": _whole("road_lead", MOST_DAYS, needed=False),
    "road_from": _text("road", needed=False),
    "road_to": _text("road", needed=False),
}

OF_MEMBERS = {"member", "time", "parameter", "holder", "fate"}
"""Dimensions that a forecast without members does not have."""


def _people(dims: str) -> FileVariable:
    return FileVariable((*dims.split(), "level"), "whole", 0, COUNT_MOST)


def _share(dims: str) -> FileVariable:
    return FileVariable(tuple(dims.split()), "number", 0.0, 1.0)


SUMMARY: dict[str, FileVariable] = {
    name: entry for name, entry in FORECAST.items() if not OF_MEMBERS & {*entry.dims} and name != "cut_off"
} | {
    "p_held": _share("place side lead"),
    "p_change": _share("place lead"),
    "p_number": _share("window number"),
    "p_taker": _share("place side"),
    "p_way": _share("place way_name"),
    "p_leader": _share("leader leader_state"),
    "p_cut_off": _share("within place"),
    "p_cut_off_at_init": _share("place"),
    "q_displaced": _people("within place"),
    "q_new": _people("within"),
    "q_abroad": _people("within"),
    "q_displaced_inside": _people(""),
    "q_arrivals": _people("crossing stream"),
    "q_arrivals_by_day": _people("look crossing"),
    "lead": _whole("lead", MOST_DAYS),
    "window": _whole("window", MOST_DAYS),
    "within": _whole("within", MOST_DAYS),
    "look": _whole("look", MOST_DAYS),
    "number": _whole("number"),
    "way_name": _text("way_name"),
    "leader_state": _text("leader_state"),
}

NOWCAST: dict[str, FileVariable] = {
    "p_held": FileVariable(("place", "side"), "number", 0.0, 1.0),
    "p_error": _chance("place", gaps=True),
    "since": _day("place", gaps=True, needed=False),
    "contested": _whole("place", 1),
    "rests_on": _text("place", needed=False),
    "contradicted_by": _text("place", needed=False),
    "effective": FileVariable(("day",), "number", 0.0, 1e6, True, False),
    "report_published_at": _day("report", gaps=True, needed=False),
    "report_event_date": _day("report", gaps=True, needed=False),
    **{f"report_{name}": _chance("report", gaps=True) for name in ("weight", "counted", "before", "after")},
    "reliability": _chance("source_class", gaps=True),
    "prior": _chance("source_class", gaps=True),
    "place": _text("place"),
    "place_name": _text("place"),
    "kind": _text("place", needed=False),
    "side": _text("side"),
    "side_name": _text("side", needed=False),
    "report": _text("report", needed=False),
    "source_class": _text("source_class", needed=False),
    "day": _day("day", needed=False),
    "init": _day("", needed=False),
    "lead": _whole("", 0, needed=False),
}

LAYOUTS = {
    "headlong-forecast/1": FORECAST,
    "headlong-what-if/1": FORECAST,
    "headlong-summary/1": SUMMARY,
    "headlong-nowcast/1": NOWCAST,
}
"""Variables by the attribute `schema`."""

AHEAD = ("headlong-forecast/1", "headlong-what-if/1", "headlong-summary/1")
"""Files that look ahead: forecasts, with members or without, and what-ifs."""

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("cut", "cut_off", "within"),
    ("at_home", "on_road"),
    ("parameters", "parameter"),
    ("bank_theta", "bank_log_weight", "core_parameter"),
    ("soldiers", "arms", "holder", "fate"),
    ("area_before", "area_stock", "area_new", "road_people", "area", "road_lead", "road_from", "road_to"),
    tuple(
        name
        for name in FORECAST
        if name.startswith(("report", "reliability", "assimilation", "source_", "claim_"))
    ),
)
"""Variables of a forecast of which a file has all or none."""

WITH = {"cut": ("at_home",), "control_analysis": ("analysis_time",)}
"""Variables that need others beside them."""

COORDINATES = ("lead", "init", "place_name", "kind", "lat", "lon", "population", "side_name", "leader_name",
               "leader_role")  # fmt: skip
"""Names and places that stand beside a dimension."""

MOST = {"member": MOST_MEMBERS, "time": MOST_DAYS + 1, "place": 10_000, "side": 100, "holder": 100, "arm": 2,
        "crossing": 10_000, "leader": 10_000, "parameter": 1_000, "within": 1_000, "report": 1_000_000,
        "lead": MOST_DAYS + 1, "look": MOST_DAYS + 1, "window": 1_000, "number": 10_001, "level": 3,
        "area": 10_000, "road": 1_000_000, "road_lead": MOST_DAYS}  # fmt: skip
"""The most that a dimension may have."""

LISTS = {"stream": STREAMS, "fate": BOOKS, "arm": ("baseline", "scenario"), "level": ("0.1", "0.5", "0.9"),
         "way_name": WAYS, "leader_state": STATUSES}  # fmt: skip
"""Coordinates that are always the same."""

ATTRIBUTES: dict[str, str] = {
    "case": "id", "title": "text", "init": "day", "days": "whole", "members": "count", "seed": "whole",
    "scenario": "text", "version": "text", "control_from": "text", "calibrated_on": "texts",
    "assumptions": "texts", "effective_draws": "number",
}  # fmt: skip
"""Attributes that a forecast must have, and what they are."""

OPTIONAL: dict[str, str] = {
    "control": "text", "acting": "whole", "report_files": "texts", "settings": "keys", "case_hash": "text",
    "report_files_hash": "text", "bank": "text", "bank_hash": "text", "words_hash": "text", "made_with": "text",
    "what": "text", "bank_effective_draws": "number", "Conventions": "text", "kept_at": "text", "content_hash": "text",
    "idle_reports": "texts",
}  # fmt: skip
"""Those that it may have."""

OF_WHAT_IF = (
    dict.fromkeys(("scenario_title", "scenario_what", "judgement", "acts_through"), "text") | OPTIONAL
)
"""Those of a what-if beside."""

OF_NOWCAST = {"case": "id", "title": "text", "version": "text", "sentence": "text"}
"""Those of a nowcast."""
