"""Random case folders: small wars of any shape that `headlong check` finds nothing wrong with."""

import csv
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

import numpy as np
from hypothesis import strategies as st

from headlong.case import read
from headlong.case.tables.schema import columns_of, tables

START = date(2030, 3, 1)
LENGTH = 40
OPTIONAL = tuple(t for t in tables() if t not in ("places", "roads"))
KINDS = ("capital", "provincial_capital", "port", "town", "town", "crossing", "refuge")
SIDES = ("crown", "guild", "hill")


def km(one, other):
    lat1, lon1, lat2, lon2 = (radians(x) for x in (one["lat"], one["lon"], other["lat"], other["lon"]))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(min(h, 1.0)))


class War:
    """Rows of every table of one random war."""

    def __init__(self, seed, places, sides, kept, scattered):
        self.rng = np.random.default_rng(seed)
        self.sides = SIDES[:sides]
        self.kept, self.scattered = kept, scattered
        self.rows = {"places": [self.place(i) for i in range(places)]}
        self.ids = [p["id"] for p in self.rows["places"]]
        self.rows["roads"] = self.roads()
        self.rows["leaders"] = [self.leader(i) for i in range(self.some(4))]
        makers = (self.garrisons, self.patrons, self.crossings, self.reports, self.relations, self.hinterland,
                  self.history, self.repulses, self.displacement)  # fmt: skip
        for make in makers:
            self.rows[make.__name__] = [make() for _ in range(1 + self.some(6))]
        self.rows["history"] = [r for r in self.rows["history"] if r["from_side"] != r["to_side"]]
        self.rows["relations"] = [r for r in self.rows["relations"] if r["side"] != r["other"]]

    def some(self, most):
        return int(self.rng.integers(0, most + 1))

    def pick(self, among):
        among = list(among)
        return among[int(self.rng.integers(len(among)))] if among else ""

    def maybe(self, value, chance=0.6):
        return value if self.rng.random() < chance else ""

    def day(self, first=-20, last=LENGTH):
        return START + timedelta(days=int(self.rng.integers(first, last + 1)))

    def place(self, i):
        kind = self.pick(KINDS)
        people = self.pick((0, 3, 900, 45_000, 2_000_000, 40_000_000))
        return {
            "id": f"p{i}", "name": f"Place {i}", "kind": kind, "population": self.maybe(people),
            "lat": round(float(self.rng.uniform(0, 3)), 3), "lon": round(float(self.rng.uniform(0, 3)), 3),
            "held_by": self.maybe(self.pick(self.sides), 0.1 if kind == "refuge" else 0.85),
            "airfield": self.pick(("yes", "no", "")),
        }  # fmt: skip

    def roads(self):
        """A net that may fall into pieces; some pairs have a second link of another class."""
        found, seen = [], set()
        for i in range(1, len(self.ids)):
            for j in {self.some(i - 1), self.some(i - 1)}:
                if i > 1 and self.rng.random() < self.scattered:
                    continue
                one, other = self.rows["places"][i], self.rows["places"][j]
                for kind in {
                    self.pick(("highway", "secondary", "track", "river", "air")),
                    self.pick(("rail", "")),
                }:
                    link = (i, j, kind or "secondary")
                    if link in seen:
                        continue
                    seen.add(link)
                    found.append({
                        "from": one["id"], "to": other["id"], "class": kind,
                        "distance_km": round(1.0 + km(one, other) * float(self.rng.uniform(1, 2)), 1),
                    })  # fmt: skip
        return found

    def leader(self, i):
        side, since = self.pick(self.sides), self.maybe(self.day())
        return {
            "id": f"l{i}", "name": f"Leader {i}", "role": "chief", "side": side,
            "base": self.maybe(self.pick(self.ids), 0.8),
            "clients": ";".join({self.pick(self.ids), self.pick(self.ids)}) if self.some(1) else "",
            "feud_with_centre": self.maybe(round(float(self.rng.random()), 2)), "known_from": since,
            "known_until": self.maybe((since or START) + timedelta(days=self.some(30)), 0.3),
        }  # fmt: skip

    def garrisons(self):
        low = self.some(4000)
        kind = self.pick(("army", "militia", "total", "police"))
        return {
            "side": self.pick(self.sides), "place": self.maybe(self.pick(self.ids), 0.8), "unit": "Unit",
            "leader": self.maybe(self.pick([r["id"] for r in self.rows["leaders"]])), "kind": kind,
            "nominal": self.maybe(self.some(9000)), "effective_low": self.maybe(low),
            "effective_high": self.maybe(low + self.some(3000)), "known_from": self.maybe(self.day()),
        }  # fmt: skip

    def patrons(self):
        said = self.day()
        return {
            "patron": self.pick(("Farland", "Isle")), "side": self.pick(self.sides), "announced_on": said,
            "from": said + timedelta(days=self.some(60)), "level": round(float(self.rng.random()), 2),
        }  # fmt: skip

    def crossings(self):
        return {
            "place": self.pick(self.ids), "from": self.maybe(self.day()),
            "policy": self.pick(("closed", "visa-only", "open", "")),
            "capacity_per_day": self.maybe(self.some(5000)),
        }  # fmt: skip

    def reports(self):
        when = self.day(0)
        self.count = getattr(self, "count", 0) + 1
        return {
            "id": f"r{self.count}", "published_at": when + timedelta(days=self.some(4)),
            "event_date": self.maybe(when), "place": self.maybe(self.pick(self.ids), 0.9),
            "claim": self.pick(("held", "fell", "fell", "handed_over", "fled", "captured")),
            "side": self.maybe(self.pick(self.sides), 0.9), "polarity": self.pick(("", "asserted", "denied")),
            "leader": self.maybe(self.pick([r["id"] for r in self.rows["leaders"]]), 0.3),
            "source_class": "agency", "verification": self.pick(("confirmed", "confirmed", "attributed")),
            "interest": self.pick(("", "own_failure")),
        }  # fmt: skip

    def relations(self):
        return {"from": self.day(), "side": self.pick(self.sides), "other": self.pick(self.sides),
                "presses": self.pick(("yes", "yes", "no"))}  # fmt: skip

    def hinterland(self):
        return {"published_on": self.day(), "side": self.pick(self.sides),
                "place": self.maybe(self.pick(self.ids)), "distance_km": self.some(400)}  # fmt: skip

    def history(self):
        first = self.day(0)
        return {
            "place": self.pick(self.ids), "earliest": first, "latest": first + timedelta(days=self.some(7)),
            "from_side": self.maybe(self.pick(self.sides), 0.9), "to_side": self.maybe(self.pick(self.sides), 0.9),
        }  # fmt: skip

    def repulses(self):
        return {"place": self.pick(self.ids), "date": self.day(0), "attacker": self.sides[1],
                "defender": self.sides[0]}  # fmt: skip

    def displacement(self):
        return {"date": self.day(0), "kind": "people on foot", "count": self.some(10_000)}

    def settings(self):
        """Text of case.toml."""
        roles = ["incumbent", *(self.pick(("insurgent", "third", "insurgent")) for _ in self.sides[1:])]
        lines = ['id = "somewhere"', 'title = "Somewhere"', f"start = {START}",
                 f"end = {START + timedelta(days=LENGTH)}"]  # fmt: skip
        for side, role in zip(self.sides, roles, strict=True):
            lines += ["[[sides]]", f'id = "{side}"', f'name = "The {side}"', f'role = "{role}"']
            lines += self.pick(([], [], ['seat = ""'], [f'seat = "{self.pick(self.ids)}"']))
        return "\n".join(lines) + "\n"

    def write(self, folder):
        """Write the folder and read it as a case."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "case.toml").write_text(self.settings(), encoding="utf-8")
        for table, rows in self.rows.items():
            if table in OPTIONAL and table not in self.kept:
                continue
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                out = csv.DictWriter(file, columns_of(table), restval="")
                out.writeheader()
                for row in rows:
                    filled = {"reason": "made up", "source": "nobody", "confidence": "low", **row}
                    out.writerow({k: v for k, v in filled.items() if k in columns_of(table)})
        return read(folder)


@st.composite
def wars(draw):
    """Three to twelve places, two or three sides, any of the optional tables."""
    kept = draw(st.frozensets(st.sampled_from(OPTIONAL), min_size=0))
    if "leaders" not in kept:
        kept -= {"garrisons", "reports"} if draw(st.booleans()) else frozenset()
        kept = kept | ({"leaders"} if kept & {"garrisons", "reports"} else frozenset())
    return War(
        draw(st.integers(0, 2**32 - 1)),
        draw(st.integers(3, 12)),
        draw(st.integers(2, 3)),
        kept,
        draw(st.sampled_from((0.0, 0.3, 0.9))),
    )
