"""What would change it: the strongmen stay at their bases, with the same luck on both sides."""

import numpy as np

import headlong as hl

case = hl.open_case("afghanistan-2021")
print("What-ifs of this case:", ", ".join(case.scenarios))
both = hl.what_if(case, "strongmen-stay", init="2021-08-12", days=14, members=400)

baseline, scenario = (both.sel(arm=arm) for arm in ("baseline", "scenario"))
change = hl.fall_probability(scenario, within=14) - hl.fall_probability(baseline, within=14)
for place in change.to_series().sort_values().head(4).index:
    pair = [hl.fall_dates(arm).sel(place=place).notnull() for arm in (baseline, scenario)]
    difference = pair[1].astype(int) - pair[0].astype(int)  # member by member
    error = 1.645 * float(difference.std()) / np.sqrt(difference.size)
    mean = float(difference.mean())
    print(f"{place:<16} {mean:+.0%}  (90 %: {mean - error:+.0%} to {mean + error:+.0%})")

print("Rests on judgement:", both.attrs["judgement"])
