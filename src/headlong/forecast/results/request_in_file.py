"""The request that made a forecast, in the forecast's file: what it must carry to be run again from itself.

The file names its case, whose folder is the gallery's or the user's; all else is in it: the request as
attributes, and as variables the rows of reports from files and the draws of a bank of the user's own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from headlong.case import Case, open_case
from headlong.case.tables.cells import ID
from headlong.errors import BadRequest
from headlong.forecast.request import Request
from headlong.forms import Form
from headlong.inference.bank import Bank, bank_hash, form_of_file, must_be_sound
from headlong.reports.report_file import Added, as_text, from_texts

if TYPE_CHECKING:
    import xarray as xr

HASHED = ("case as it was known by init", "reports from files", "bank of parameters")
UNUSABLE = (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError)


def carried(request: Request) -> tuple[dict[str, object], dict[str, object]]:
    """Variables and coordinates that hold what neither the case nor the package has."""
    variables: dict[str, object] = {}
    coordinates: dict[str, object] = {}
    if rows := request.reports.by(request.init).rows:
        what = {"long_name": "report from a file, beyond the case's own, as JSON"}
        variables["added_report"] = ("added", [as_text(row) for row in rows], what)
    if request.bank is not None:
        bank = request.parameters
        form = (bank.form.name, bank.form.title, bank.form.free)
        told = {"cases": json.dumps(bank.cases), "form": json.dumps(form)}
        told |= {"form_hash": bank.form.file_hash} if bank.form.file_hash else {}
        what = {"long_name": "draws of the parameters that the forecast began with"}
        variables["bank_theta"] = (("bank_draw", "core_parameter"), bank.theta, what | told)
        what = {"long_name": "log of the weight of the draw, up to a constant"}
        variables["bank_log_weight"] = ("bank_draw", bank.log_weight, what)
        coordinates["core_parameter"] = list(bank.form.names)
    return variables, coordinates


def request_of(
    forecast: xr.Dataset, case: Case | str | Path | None = None, form: Form | None = None
) -> Request:
    """The request that made a forecast, from its file.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast` or `headlong.what_if`, or read with `headlong.load`.
    case : Case, str or Path, optional
        Its case, or the folder of it; by default the bundled one of that name.
    form : Form, optional
        The form of the model, where it brings columns of its own: a file holds no functions.

    Raises
    ------
    BadRequest
        The file does not say how it was made, or case or bank are not those it was made with.
    """
    attrs = forecast.attrs
    if "control" not in attrs:
        raise BadRequest("the file does not say how it was made: it is older than this version.")
    name = str(attrs.get("case", ""))
    if case is None and not ID.fullmatch(name):
        raise BadRequest(f"the file names the case '{name[:80]}', which is no id. Name its case with --case.")
    try:
        found = case if isinstance(case, Case) else open_case(case or name)
    except BadRequest as error:
        if case is not None:
            raise
        raise BadRequest(f"{error} A case of your own is named with --case FOLDER.") from error
    if found.id != name:
        raise BadRequest(f"the forecast is of {name[:80]}, not of {found.id}.")
    try:
        request = Request.from_attrs(attrs, found, _reports_of(forecast), _bank_of(forecast, form))
        then = [str(attrs[name]) for name in ("case_hash", "report_files_hash", "bank_hash")]
    except UNUSABLE as error:
        raise BadRequest(f"the file does not say how it was made (no usable {error}).") from error
    now = (request.past.hash, request.reports.hash, bank_hash(request.parameters))
    for what, one, other in zip(HASHED, now, then, strict=True):
        if one != other:
            raise BadRequest(
                f"the {what} is no longer what the forecast was made with ({one[:12]}, then {other[:12]}). "
                "Bring back what it was (a folder of your own: --case FOLDER), or make a new forecast."
            )
    return request


def _reports_of(forecast: xr.Dataset) -> Added:
    """The reports from files that the file carries."""
    texts = [str(text) for text in forecast["added_report"].values] if "added_report" in forecast else []
    return Added(from_texts(texts), tuple(map(str, json.loads(forecast.attrs["report_files"]))))


def _bank_of(forecast: xr.Dataset, given: Form | None) -> Bank | None:
    """The bank of the user's own that the file carries."""
    if "bank_theta" not in forecast:
        return None
    said = forecast["bank_theta"].attrs
    theta, log_weight = (np.asarray(forecast[n].values, float) for n in ("bank_theta", "bank_log_weight"))
    cases, (name, title, free) = dict(json.loads(said["cases"])), json.loads(said["form"])
    none = np.zeros((len(theta), len(cases)))
    told = Form(str(name), str(title), tuple(map(str, free)), file_hash=str(said.get("form_hash", "")))
    parameters = tuple(map(str, forecast["core_parameter"].values))
    form = form_of_file(told, parameters, given, "the bank in the file")
    bank = Bank(theta, log_weight, none, cases, tuple(cases), form)
    must_be_sound(bank, "the bank in the file", "Make a new forecast.")
    return bank
