"""Who holds what, who goes next: a forecast of Afghanistan from the evening of 12 August 2021."""

import headlong as hl

case = hl.open_case("afghanistan-2021")
forecast = hl.forecast(case, init="2021-08-12", days=14, members=300)

print(forecast.sizes)  # member, time, place and others: an xarray.Dataset
chance = hl.fall_probability(forecast, within=7).to_series().sort_values(ascending=False)
names = forecast["place_name"].to_series()
print("Likeliest to change hands by 19 August:")
for place, p in chance.head(5).items():
    print(f"  {names[place]:<20} {p:.0%}")

print(hl.summarise(forecast)["sentence"])
