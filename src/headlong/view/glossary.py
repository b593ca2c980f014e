"""The vocabulary: one word, one meaning, in tables, code, command line and texts."""

from __future__ import annotations

__all__ = ["GLOSSARY"]

GLOSSARY = {
    "case": "a war and its tables",
    "place": "a node that can be held: town, capital, crossing, refuge",
    "road": "a link between places",
    "side": "who may hold places",
    "control": "which side holds a place",
    "garrison": "armed people of one side at one place",
    "leader": "somebody who commands garrisons, named only as a public office-holder",
    "client": "a garrison that follows a leader",
    "patron": "an outside backer",
    "strain": "how near a side is to breaking: the hidden, moving log-odds per day of losing a place",
    "front": "the nearest hostile place by road",
    "seat": "a side's core",
    "report": "a dated claim by a source, raw",
    "observation": "a cleaned report with place, date and error",
    "mechanism": "one process of the model, in one file",
    "law": "the scalar function of a mechanism",
    "member": "one run of the ensemble: one simulated future",
    "ensemble": "all members of a forecast",
    "init": "the forecast's start: the evening of that date; what was published by then may be used",
    "lead": "days since init",
    "forecast": "the ensemble from init on",
    "hindcast": "a forecast of the known past",
    "assimilate": "update by reports",
    "calibrate": "update priors by history",
    "scenario": "a named override of a case; a what-if compares it with the baseline",
    "reference": "a forecast to beat",
    "neutral": "the value at which a parameter does nothing",
}
