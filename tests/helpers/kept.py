# ruff: noqa: E501
"""A small war that goes on, with reports, to keep forecasts of."""

from toyland import SMALL, write_case

REPORTS = """id,published_at,event_date,place,claim,side,leader,count,polarity,source_class,verification,interest,origin,outlet,url,words,note,source,confidence
r1,2031-01-10,2031-01-09,beta,held,guild,,,asserted,agency,confirmed,none,Wire,Wire,,holds,,Wire,high
r2,2031-02-03,2031-02-03,gate,fell,guild,,,asserted,agency,confirmed,none,Wire,Wire,,taken,,Wire,high
r3,2031-02-04,2031-02-04,alpha,attacked,guild,,,asserted,resident,unverified,none,Inn,Inn,,shots,,Wire,low
"""
HISTORY = """place,earliest,latest,from_side,to_side,mode,note,source,confidence
gate,2031-02-03,2031-02-03,crown,guild,,,Wire,high
alpha,2031-02-09,2031-02-09,crown,guild,,,Wire,high
"""


def small_war(folder, **changes):
    """Write the case; returns its folder."""
    tables = {"reports.csv": REPORTS, "history.csv": HISTORY, "repulses.csv": None, "displacement.csv": None}
    return write_case(folder, tables | changes, base=SMALL)
