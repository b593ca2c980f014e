"""More than two sides: northern Mali in April 2012. Who holds how many places, who takes what, and what came."""

from datetime import date, timedelta

import headlong as hl

case = hl.open_case("mali-2012")
init = date(2012, 4, 2)
for presser, pressed in sorted(case.presses(init)):
    print(f"{presser} presses {pressed}")

forecast = hl.forecast(case, init=init, days=14, members=300, known_control=True)
print("Places held, median of the futures:")
for number, side in enumerate(forecast["side"].values):
    held = (forecast["control"] == number).sum("place").median("member")
    print(f"  {side:<10} {int(held[0]):3d} on the first evening, {int(held[-1]):3d} on the last")

print("Likeliest to change hands within 14 days:")
places = sorted(hl.summarise(forecast)["places"], key=lambda place: -place["p_change"]["14"])
for place in places[:4]:
    taker = max(place["to"], key=place["to"].get)
    print(f"  {place['name']}: {place['p_change']['14']:.0%}, most often to {taker}")

days = [row["date"] or row["latest"] for row in case.history]
came = [day for day in days if init < day <= init + timedelta(days=14)]
mean = float((hl.fall_dates(forecast).notnull()).sum("place").mean())
print(f"Places that change hands: {mean:.1f} in the mean of the futures, {len(came)} in history.")
print("The burst of March had stopped. That a burst stops, the model does not see coming: docs/model.md.")
