"""A hindcast: how likely was the fall of Kabul, seen from evenings before it, and was that any good?

Control up to each evening is taken as known; the parameters were learned on seven other wars.
"""

import headlong as hl

case = hl.open_case("afghanistan-2021")
fell = next(row for row in case.history if row["place"] == "kabul")
print(f"Kabul changed hands on {fell['date']} (read here only to judge the forecast)")

for init in ("2021-07-30", "2021-08-07", "2021-08-10", "2021-08-13"):
    forecast = hl.forecast(case, init=init, days=30, members=400, control="history")
    soon, later = (float(hl.fall_probability(forecast, within=w).sel(place="kabul")) for w in (7, 30))
    days = (fell["latest"] - forecast["time"].values[0].astype("datetime64[D]").item()).days
    print(f"{init}: within 7 days {soon:3.0%}, within 30 days {later:3.0%}; it came after {days} days")

print(
    "One city and one war prove nothing. The chance rises with the first burst of falls, and is far from\n"
    "certainty two days before the end. Over all cases: python validation/left_out.py, and docs/model.md."
)
