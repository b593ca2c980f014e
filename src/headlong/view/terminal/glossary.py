"""The vocabulary: one word, one meaning, in tables, code, command line and texts."""

from __future__ import annotations

__all__ = ["GLOSSARY", "KEYS", "OUTPUT"]

GLOSSARY = {
    "case": "a war and its tables",
    "place": "a node that can be held: town, capital, port or crossing; a refuge lies outside the war",
    "road": "a link between places, whatever one travels by",
    "side": "who may hold places",
    "control": "which side holds a place",
    "garrison": "armed people of one side at one place",
    "leader": "somebody who commands garrisons, named only as a public office-holder",
    "client": "a garrison that follows a leader",
    "patron": "an outside backer",
    "strain": "how near a side is to breaking: the hidden, moving log-odds per day of losing a place, other "
    "things equal",
    "news": "a side's losses, as they are heard of at each of its places",
    "front": "the nearest hostile place by road",
    "hinterland": "the countryside around places; a side that is known to be there is a front",
    "seat": "a side's core place",
    "crossing": "a place where people leave the country, with a policy, a capacity and a queue",
    "way": "how a place changes hands: handed over, withdrew, switched, melted away or overrun",
    "seed": "the number that names all luck of a run: the same seed gives the same bits; 0 to 4294967295",
    "nowcast": "who holds each place on the evening of init, how sure that is, and which reports it rests on",
    "contested": "a place whose likeliest holder a report contradicts that nobody without interest has answered",
    "report": "a dated claim by a source, raw",
    "observation": "a cleaned report with place, date and error",
    "mechanism": "one process of the model, in one file",
    "law": "the scalar function of a mechanism",
    "luck": "the random numbers of a member, each keyed by seed, member, mechanism, day and entity",
    "member": "one run of the ensemble: one simulated future",
    "ensemble": "all members of a forecast",
    "init": "the forecast's start: the evening of that date; what was published by then may be used",
    "lead": "days since init",
    "forecast": "the ensemble from init on",
    "hindcast": "a forecast of the known past",
    "assimilate": "update by what is known of this war up to init",
    "calibrate": "update priors by the histories of past wars",
    "bank": "the weighted draws of the core's parameters that calibration leaves",
    "scenario": "a named override of a case",
    "what-if": "a scenario compared with the baseline, the same luck on both sides",
    "baseline": "the side of a what-if without the scenario; the terms that rest on judgement act in it too",
    "neutral": "the value at which a parameter does nothing",
    "reference": "a forecast to beat",
    "verify": "compare forecasts with what happened",
    "score": "a number for how well a forecast agreed with what happened; proper: honesty pays",
    "skill": "how much better than a reference: 1 - score / score of the reference; 0 is no better",
}
"""Words of the model."""

OUTPUT = {
    "p within": "share of the members in which the place changes hands by that many days after init; <1 % "
    "and >99 % stand where it is nearer to none or all",
    "median": "half of the members are below, half above; of a date: the day by which half of them have seen "
    "it, 'later' if fewer have by the last day",
    "since": "of a place in a nowcast: the likeliest day on which it came to its holder, if a report tells that it "
    "fell, was handed over or was left; else the day by which it is his in half of the histories; the start if in half "
    "of them it always was",
    "later": "a date beyond the forecast's last day; so fewer members than asked for have seen it by then",
    "interval": "the 50 % or 90 % in the middle of the members",
    "p50": "half of the members have fewer: the middle, not the figure to plan with",
    "p90": "nine in ten members have fewer: the reasonable worst case",
    "changes": "changes of hands; a place that is lost and retaken counts twice",
    "fallen": "places that change hands at least once",
    "arrivals": "people who have crossed the border at a crossing since init",
    "waiting": "civilians and soldiers in the queue of a crossing on the last day",
    "soldiers": "armed people of any side, police and militia included",
    "civilians": "everybody else",
    "displaced": "civilians who have left home and are in another place inside, those displaced before init among them",
    "handed over": "a way of falling: by agreement, the garrison goes home",
    "withdrew": "a way of falling: the garrison leaves as a column, towards its own side or the border",
    "switched": "a way of falling: part of the garrison joins the taker",
    "melted away": "a way of falling: the garrison goes home without an agreement",
    "overrun": "a way of falling: taken by force",
}
"""Words of the tables that a forecast prints."""

KEYS = {
    "p_change": "chance that the place has changed hands within so many days of init, or by that evening: the share of "
    "the members in which it has",
    "p_held": "chance that the side holds the place that evening",
    "p_number": "chance that so many places change hands within the days",
    "p_taker": "chance that the first change of hands goes to the side",
    "p_way": "chance that the first change of hands goes this way",
    "p_cut_off": "chance that the place is cut off within the days: that no chain of roads through its side's places "
    "leads to that side's seat or abroad",
    "p_cut_off_at_init": "chance that the place is cut off already on the evening of init",
    "p_leader": "chance of what becomes of the leader by the last day",
    "p_fled": "chance that the leader has fled by the last day",
    "p_captured": "chance that the leader has been captured by the last day",
    "p_least": "share of one member: a chance of 0 is below it, one of 1 above 1 less it",
    "median_date": "day by which the place has changed hands in half of the members; null if in fewer by the last day",
    "interval_50": "first and last day of the 50 % in the middle of the members, null for a day beyond the last; null "
    "where too few members give no interval",
    "interval_90": "the same of the 90 % in the middle",
    "q_displaced": "quantiles over members of the displaced civilians in the place after the days",
    "q_new": "quantiles over members of the people who have left home since init",
    "q_abroad": "quantiles over members of the refugees in places over the border",
    "q_displaced_inside": "quantiles over members of the displaced civilians in the whole country on the last day",
    "q_arrivals": "quantiles over members of the people who have crossed by the last day",
    "q_arrivals_by_day": "quantiles over members of the civilians who have crossed, by day",
}
"""Chances and intervals as JSON, tables and files call them."""
