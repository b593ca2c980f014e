"""A small made-up forecast, with everything a page has to cope with: comebacks, doubt on day 0, hostile texts."""

import json

import numpy as np
import xarray as xr

NASTY = '<img src=x onerror="window.hacked=1">'
SCRIPT = "</script><script>window.hacked=1</script>"
FORMULA = '=HYPERLINK("file:///etc/passwd","click")'
INIT = "2021-08-12"
SIDES = ("state", "rebels", "third", "none")
KINDS = ("capital", "provincial_capital", "port", "town", "town", "crossing")


def plain(text):
    """Text with plain spaces: numbers and their percent signs are not parted."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


def control(rng, members, days, places, refuges):
    """Holders (member, time, place): falls, comebacks, one place in doubt on day 0, refuges held by nobody."""
    held = np.zeros((members, days + 1, places), np.int8)
    held[:, :, places // 2 : places // 2 + 3] = 1
    held[rng.random(members) < 0.3, :, 1] = 1
    mood = rng.normal(0, 1.2, members)
    for p in range(places):
        pace = 0.03 + 0.25 * rng.random()
        for m in range(members):
            day = 1 + int(rng.exponential(1 / (pace * np.exp(mood[m]))))
            while day <= days:
                now = held[m, day, p]
                held[m, day:, p] = 2 if rng.random() < 0.1 else 1 - min(now, 1)
                day += 1 + int(rng.exponential(3 * days / 2))
    held[:, :, 0] = np.where(mood[:, None] > 0.9, held[:, :, 0], 0)
    held[:, :, -refuges:] = 3
    return held


def variables(rng, members, days, held):
    """What happens to places, people and leaders."""
    moved = np.zeros(held.shape, np.int8)
    moved[:, 1:] = np.where(held[:, 1:] != held[:, :-1], rng.integers(1, 6, held[:, 1:].shape), 0)
    gates, streams = 2, 3
    steps = rng.poisson(
        rng.gamma(0.7, 120, (members, 1, gates, streams)), (members, days + 1, gates, streams)
    )
    steps[:, 0] = 0
    arrivals = np.cumsum(steps, axis=1).astype(np.int32)
    status = np.zeros((members, days + 1, 2), np.int8)
    status[:, days // 2 :, 0] = (rng.random(members) < 0.4)[:, None]
    day, spot = ("member", "time"), ("member", "time", "place")
    return {
        "control": (spot, held),
        "way": (spot, moved),
        "weight": (("member",), np.full(members, 1 / members)),
        "displaced": (spot, rng.integers(0, 5000, held.shape).astype(np.int32)),
        "at_home": (day, np.sort(rng.integers(10**5, 10**6, (members, days + 1)))[:, ::-1]),
        "on_road": (day, rng.integers(0, 10**4, (members, days + 1))),
        "arrivals": ((*day, "crossing", "stream"), arrivals),
        "queue": ((*day, "crossing", "stream"), (arrivals // 7).astype(np.int32)),
        "leader_status": ((*day, "leader"), status),
    }


def coordinates(rng, members, days, places, refuges):
    """Names along every dimension; two of places are hostile."""
    names = [f"Place {chr(65 + p)}" for p in range(places)]
    names[2], names[3] = NASTY, FORMULA
    ids = [f"p{p}" for p in range(places)]
    kinds = [KINDS[min(p, 5)] if p < places - refuges else "refuge" for p in range(places)]
    return {
        "member": np.arange(members),
        "time": np.datetime64(INIT, "ns") + np.arange(days + 1) * np.timedelta64(1, "D"),
        "place": ids,
        "side": list(SIDES),
        "crossing": [ids[5], ids[6]],
        "stream": ["civilians", "soldiers", "leaders"],
        "leader": ["l1", "l2"],
        "place_name": ("place", names),
        "kind": ("place", kinds),
        "lat": ("place", 33 + 3.5 * rng.random(places)),
        "lon": ("place", 63 + 6.0 * rng.random(places)),
        "population": ("place", rng.integers(5000, 2 * 10**6, places)),
        "side_name": ("side", ["The State", "Rebels", "Third force", "nobody"]),
        "leader_name": ("leader", ["A. Governor", SCRIPT]),
        "leader_role": ("leader", ["governor", "militia leader"]),
    }


def toy(members=240, days=20, places=14, refuges=2, seed=3, title="Toyland, a made-up war"):
    """A forecast as `headlong.forecast` gives it."""
    rng = np.random.default_rng(seed)
    found = variables(rng, members, days, control(rng, members, days, places, refuges))
    attributes = {
        "schema": "headlong-forecast/1",
        "case": "toyland",
        "title": title,
        "case_hash": "0" * 64,
        "init": INIT,
        "days": days,
        "members": members,
        "seed": seed,
        "scenario": "",
        "version": "0.1.0",
        "control_from": "made up",
        "calibrated_on": json.dumps(["here"]),
        "assumptions": json.dumps([NASTY]),
        "effective_draws": 100.0,
        "what": "model estimate, not a fact",
    }
    return xr.Dataset(found, coordinates(rng, members, days, places, refuges), attributes)


def with_reports(forecast):
    """The same with reports, some of them hostile."""
    words = ["the town fell at dawn", SCRIPT, FORMULA, NASTY, "+cmd|' /C calc'!A0", "@SUM(1+1)"]
    n = len(words)
    text = {
        "place": ["p0", "p1", "p2", "p3", "p4", "nowhere"],
        "claim": ["fell"] * n,
        "side": ["rebels"] * n,
        "leader": [""] * n,
        "polarity": ["asserted", "denied"] * 3,
        "source_class": ["reporter", "official"] * 3,
        "verification": ["confirmed", "unverified", "denied"] * 2,
        "interest": ["none"] * n,
        "outlet": [SCRIPT] * n,
        "origin": [""] * n,
        "words": words,
    }
    stamps = np.datetime64("2021-08-10", "ns") + np.arange(n) * np.timedelta64(6, "h")
    numbers = {
        "weight": np.linspace(0, 1, n),
        "counted": np.array([1, 1, 1, 0.02, 1, 1]),
        "before": np.linspace(0.1, 0.9, n),
        "after": np.linspace(0.9, 0.1, n),
        "country_before": np.full(n, 3.0),
        "country_after": np.full(n, 4.0),
    }
    found = {f"report_{k}": ("report", np.array(v)) for k, v in text.items()}
    found |= {f"report_{k}": ("report", v) for k, v in numbers.items()}
    found |= {"report_published_at": ("report", stamps), "report_event_date": ("report", stamps)}
    for name, values in {
        "reliability": [0.9, 0.5],
        "reliability_low": [0.8, 0.3],
        "reliability_high": [0.95, 0.7],
        "reliability_prior": [0.85, 0.6],
        "reliability_reports": [3.0, 3.0],
    }.items():
        found[name] = ("source_class", np.array(values))
    found["assimilation_ess"] = ("report_day", np.array([80.0]))
    return forecast.assign(found).assign_coords(
        report=[f"r{k}" for k in range(n)],
        source_class=["reporter", "official"],
        report_day=np.array(["2021-08-12"], "datetime64[ns]"),
    )


IDLE = {"r1": "no_side", "r2": "no_place", "r3": "no_place_and_no_side", "r4": "refuge", "r5": "nobody"}
"""Reports of `claimed` without a weight, and why; the last claims nothing of who holds a place."""
CONTESTED = (1, 4)


def claimed(forecast):
    """The same with reports that can move no place, and places that are contested at init."""
    told = with_reports(forecast)
    lacking = {"side": ["r1", "r3"], "place": ["r2", "r3"]}
    cells = {name: told[f"report_{name}"].values.astype("U12") for name in ("place", "side", "claim")}
    for name, rows in lacking.items():
        cells[name][[int(row[1]) for row in rows]] = ""
    cells["place"][4], cells["claim"][5] = "p13", "support"
    for name in ("weight", "before", "after"):
        told[f"report_{name}"][1:] = np.nan
    contested = np.zeros(told.sizes["place"], np.int8)
    contested[list(CONTESTED)] = 1
    found = {f"report_{name}": ("report", values) for name, values in cells.items()}
    idle = [f"{name}: it lacks something" for name in list(IDLE)[:4]]
    return told.assign(found | {"contested": ("place", contested)}).assign_attrs(
        idle_reports=json.dumps(idle)
    )


def what_if(members=240):
    """A pair with the same luck: in the scenario fewer places fall."""
    arms = [toy(members), toy(members)]
    after = arms[1]["control"].values
    spared = np.arange(after.shape[0]) % 3 == 0
    after[spared, :, 4] = after[spared, :1, 4]
    both = xr.concat(arms, xr.Variable("arm", ["baseline", "scenario"]), combine_attrs="override")
    both.attrs |= {
        "schema": "headlong-what-if/1",
        "scenario": "calm",
        "scenario_title": "It stays calm",
        "scenario_what": "Nobody attacks the fifth place.",
        "judgement": "All of it is made up.",
        "acts_through": "none",
    }
    return both


def pacific():
    """A war on both sides of 180 degrees, around Fiji."""
    forecast = toy()
    rng = np.random.default_rng(8)
    n = forecast.sizes["place"]
    lon = 177.2 + 3.6 * np.linspace(0, 1, n)
    return forecast.assign_coords(
        lon=("place", np.where(lon > 180, lon - 360, lon)), lat=("place", -18.6 + 2.4 * rng.random(n))
    )


def analysed(forecast, before=6):
    """The same with who held what before init, as reports weighed at init tell it, and who may be cut off."""
    rng = np.random.default_rng(5)
    shares = np.stack(
        [(forecast["control"].values[:, 0] == s).mean(axis=0) for s in range(forecast.sizes["side"])], 1
    )
    other = rng.dirichlet(np.ones(forecast.sizes["side"]), forecast.sizes["place"])
    other[-2:] = shares[-2:]
    mixed = np.linspace(1, 0, before + 1)[:, None, None]
    found = mixed * other + (1 - mixed) * shares
    days = np.datetime64(INIT, "ns") + np.arange(-before, 1) * np.timedelta64(1, "D")
    now = np.zeros(forecast["control"].shape, np.int8)
    now[:, 0, 4] = now[::4, 0, 7] = (
        1  # the fifth place at the start already, the eighth in one future of four
    )
    cut = np.sort(rng.random((3, forecast.sizes["place"])), axis=0)
    return forecast.assign(
        control_analysis=(("analysis_time", "place", "side"), found),
        cut_off=(("within", "place"), cut),
        cut=(("member", "time", "place"), now),
    ).assign_coords(analysis_time=days, within=[7, 14, 30])
