"""In which order: which of two places changes hands first, and which of the provincial capitals is next."""

import numpy as np

import headlong as hl

forecast = hl.forecast("afghanistan-2021", init="2021-08-12", days=30, members=400)
falls = hl.fall_dates(forecast)  # one date for each member and place, NaT where it does not fall

mazar, kabul = falls.sel(place="mazar-i-sharif"), falls.sel(place="kabul")
never = np.datetime64("2262-01-01", "ns")
before = mazar.fillna(never) < kabul.fillna(never)
print(f"Mazar-i-Sharif before Kabul: {float(before.mean()):.0%} of the futures")
print(f"Kabul before Mazar-i-Sharif: {float((kabul.fillna(never) < mazar.fillna(never)).mean()):.0%}")

# The next one: in each future the first day on which a provincial capital that still stands is lost.
republic = forecast["control"].isel(member=0, time=0) == list(forecast["side"].values).index("republic")
capitals = falls.isel(place=np.flatnonzero((forecast["kind"] == "provincial_capital") & republic))
first = capitals.fillna(never).min("place")
with_first = (capitals == first) & (first < never)  # several can fall on one day
share = with_first.mean("member").to_series().sort_values(ascending=False)
print("Among the first provincial capitals to change hands:")
print(share.head(5).map("{:.0%}".format).to_string())

# A place that falls early tells of the others: chances given that Mazar-i-Sharif falls within three days.
early = mazar <= forecast["time"].values[3]
for name, given in (("falls", early), ("holds", ~early)):
    p = float((kabul.isel(member=np.flatnonzero(given)) <= forecast["time"].values[10]).mean())
    print(f"If Mazar-i-Sharif {name} within 3 days, Kabul changes hands within 10 days: {p:.0%}")
