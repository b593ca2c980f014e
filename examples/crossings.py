"""Where people run: who gets over the border at Hairatan day by day, and how many more wait."""

import headlong as hl

forecast = hl.forecast("afghanistan-2021", init="2021-08-12", days=14, members=300)
bridge = forecast[["arrivals", "queue"]].sel(crossing="hairatan")

print("Since init, at Hairatan: half of the futures have fewer (P50), nine in ten fewer (P90)")
for day in (1, 3, 7, 14):
    now = bridge.isel(time=day).quantile([0.5, 0.9], dim="member")
    date = str(forecast["time"].values[day])[:10]
    crossed, waiting = (
        " / ".join(f"{float(x):,.0f}" for x in now[name].sel(stream="civilians"))
        for name in ("arrivals", "queue")
    )
    soldiers = " / ".join(f"{float(x):,.0f}" for x in now["arrivals"].sel(stream="soldiers"))
    print(f"{date}  civilians {crossed}, waiting {waiting}; soldiers {soldiers}")

# A planner's question: how likely is it that more than 5,000 civilians stand at the bridge on some day?
worst = bridge["queue"].sel(stream="civilians").max("time")
print(f"More than 5,000 civilians waiting on some day: {float((worst > 5000).mean()):.0%}")

# Nobody is lost: at home, displaced (in a refuge abroad too), elsewhere abroad, on the road or waiting at a crossing,
# the sum is the same on every day.
waiting = forecast["queue"].sel(stream="civilians").sum("crossing")
books = forecast["displaced"].sum("place") + forecast["at_home"] + forecast["on_road"]
books = books + forecast["elsewhere"] + waiting
print(f"Books balance: {bool((books == books.isel(time=0)).all())}")
