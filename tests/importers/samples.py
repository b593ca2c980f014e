# ruff: noqa: E501
"""Small files as other programs write them, all invented: a war in Moorland, 2031."""

import csv
import io
import json
import random
from datetime import date, timedelta

TOWNS = {  # name: lat, lon, people, region
    "Alpha": (10.0, 20.0, 900_000, "Low"),
    "Beta": (10.5, 20.5, 60_000, "Low"),
    "Gamma": (11.0, 20.2, 40_000, "High"),
    "Delta": (11.3, 21.0, 30_000, "High"),
    "Epsilon Óg": (10.2, 21.4, 25_000, "East"),
}
ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
ARMY = "Military Forces of Moorland (2028-)"
GUILD = "GM: Guild of the Moors"
TAKEN = "Non-state actor overtakes territory"
REGAINED = "Government regains territory"
FIGHT = "Armed clash"
EVENTS = [
    ("2031-01-05", FIGHT, GUILD, ARMY, "Beta"),
    ("2031-01-09", TAKEN, GUILD, ARMY, "Beta"),
    ("2031-01-20", TAKEN, GUILD, ARMY, "Gamma"),
    ("2031-01-25", "Protests", "Protesters (Moorland)", "", "Alpha"),
    ("2031-02-02", REGAINED, ARMY, GUILD, "Beta"),
    ("2031-02-10", "Non-violent transfer of territory", GUILD, ARMY, "Delta"),
    ("2031-02-12", "Headquarters or base established", ARMY, "", "Alpha"),
    ("2031-02-14", TAKEN, GUILD, ARMY, "Delta"),
]


def history(case):
    """Changes of hands of a case: place, day, who takes it."""
    from headlong.case import open_case

    return [(h.place, str(h.latest), h.to_side) for h in open_case(case).history]


def text_of(header, rows, separator=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerows([header, *rows])
    return out.getvalue()


def acled(separator=",", codes=False, spelt=False):
    """An export as ACLED writes it; older ones have numbers for kinds and spelt days."""
    kinds = {ARMY: ("1", "State forces"), GUILD: ("2", "Rebel group"), "": ("0", "")}
    rows = []
    for number, (day, what, one, other, town) in enumerate(EVENTS):
        lat, lon, _, region = TOWNS[town]
        when = date.fromisoformat(day)
        row = dict.fromkeys(ACLED, "")
        row |= {
            "event_id_cnty": f"MOO{number}", "event_date": f"{when:%d %B %Y}" if spelt else day, "year": day[:4],
            "time_precision": "2" if number == 2 else "1", "event_type": "Battles", "sub_event_type": what,
            "actor1": one, "inter1": kinds.get(one, ("6", "Protesters"))[0 if codes else 1],
            "actor2": other, "inter2": kinds[other][0 if codes else 1], "iso": "999", "country": "Moorland",
            "admin1": region, "location": town, "latitude": str(lat + 0.02), "longitude": str(lon),
            "geo_precision": "1", "source": "Moor Wire; Lowland News", "source_scale": "National",
            "notes": "Not to be copied, with a comma.", "fatalities": "12", "timestamp": "1928000000",
        }  # fmt: skip
        rows.append([row[name] for name in ACLED])
    return text_of(ACLED, rows, separator)


GED = [
    "id",
    "relid",
    "year",
    "type_of_violence",
    "conflict_name",
    "dyad_name",
    "side_a",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "country",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "best",
    "high",
    "low",
]


def ged():
    """Events as UCDP writes them."""
    rows = []
    for number, (town, first, last, kind, prec) in enumerate(
        [
            ("Beta", 5, 5, "1", "1"),
            ("Gamma", 18, 20, "1", "2"),
            ("Delta", 9, 9, "3", "1"),
            ("Low", 10, 10, "1", "4"),
        ]
    ):
        lat, lon = TOWNS.get(town, TOWNS["Alpha"])[:2]
        row = dict.fromkeys(GED, "")
        row |= {
            "id": str(400 + number), "year": "2031", "type_of_violence": kind, "side_a": "Government of Moorland",
            "side_b": "GM", "where_prec": prec, "where_coordinates": f"{town} town", "latitude": str(lat),
            "longitude": str(lon), "country": "Moorland", "date_prec": "1", "best": "7",
            "date_start": f"2031-01-{first:02} 00:00:00.000", "date_end": f"2031-01-{last:02} 00:00:00.000",
        }  # fmt: skip
        rows.append([row[name] for name in GED])
    return text_of(GED, rows)


def gazetteer(separator=","):
    """A gazetteer with columns as people name them."""
    rows = [
        [n, lat, lon, people, region, f"MO0{i}"]
        for i, (n, (lat, lon, people, region)) in enumerate(TOWNS.items())
    ]
    return text_of(["Name", "Lat", "Lon", "Population", "Region", "pcode"], rows, separator)


def square(lat, lon, size=0.15):
    """A square around a spot, as GeoJSON."""
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    return {"type": "Polygon", "coordinates": [[[lon + size * x, lat + size * y] for x, y in corners]]}


def features(found):
    """GeoJSON of (geometry, properties)."""
    return json.dumps(
        {"type": "FeatureCollection",
         "features": [{"type": "Feature", "geometry": g, "properties": p} for g, p in found]}
    )  # fmt: skip


def daily_control(folder, days=10, holder="controlled_by"):
    """A folder of one layer a day: the guild takes Gamma on day 4 and Beta on day 7; Delta is mapped twice."""
    folder.mkdir()
    for n in range(days):
        when = date(2031, 1, 1) + timedelta(days=n)
        found = []
        for town, (lat, lon, *_) in TOWNS.items():
            guild = (town == "Gamma" and n >= 4) or (town == "Beta" and n >= 7)
            found.append((square(lat, lon), {holder: "Guild" if guild else "Government"}))
        found.append((square(*TOWNS["Delta"][:2], 0.05), {holder: "Guild"}))
        (folder / f"control_{when:%Y%m%d}.geojson").write_text(features(found))
    return folder


def flee(folder):
    """A conflict as Flee keeps it: headers with #, ragged conflicts, closures, a forced way, camps."""
    (folder / "input_csv").mkdir(parents=True)
    (folder / "source_data").mkdir()
    files = {
        "input_csv/locations.csv": '"#name","region","country","latitude","longitude","location_type","conflict_date","population"\n'
        '"Alpha","Low","Moorland",10.0,20.0,"town",,900000\n"Beta","Low","Moorland",10.5,20.5,"conflict_zone",0,60000\n'
        '"Gamma_Hill","High","Moorland",11.0,20.2,"conflict_zone",5,40000\n'
        '"Camp_A","Abroad","Farland",11.5,20.3,"camp",,12000\n"Camp_B","Abroad","Farland",10.4,21.6,"camp",,\n',
        "input_csv/routes.csv": "#name1,name2,distance,forced_redirection\nAlpha,Beta,90,0\nBeta,Gamma_Hill,20,0\n"
        "Gamma_Hill,Camp_A,70,1\nBeta,Camp_B,130,0\nCamp_A,Camp_B,190,0\n",
        "input_csv/closures.csv": "#closure_type,name1,name2,closure_start,closure_end\ncountry,Moorland,Farland,3,9\n"
        "location,Beta,Camp_B,20,-1\n",
        "input_csv/conflicts.csv": "#Day, Beta, Gamma_Hill, Alpha\n0, 1, 0\n1, 1, 0, 0\n5, 1, 1, 0, \n6, 0\n9, 1, 1, 0\n",
        "input_csv/sim_period.csv": "StartDate,2031-01-01\nLength,30\n",
        "source_data/data_layout.csv": "total,refugees.csv\nCamp_A,a.csv\nCamp_B,b.csv\n",
        "source_data/refugees.csv": "Date,Refugee_numbers\n2031-01-01,100\n2031-01-10,900\n",
        "source_data/a.csv": "#DateTime,count\n2031-01-01,100\n2031-01-10,800\n",
        "source_data/b.csv": "2031-01-01,0\n2031-01-10,100\n",
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


HARD = [b'"', b"\n", b"\x00", b"\xff\xfe", b"{", b"]", b"\xe2\x82", b"<", b"9" * 400]
SOFT = [b",", b"nan", b"-", b"9" * 30, b"1e309", b"-1e30", b"#", b";", b"\t", b"2031-13-45", b"=", b"'", b"0", b"5", b"x", b" ",
        b"Gamma", b"Guild", b"1899-12-31", b"9999-12-31", b"null", b"[]", b"\xc3\xa9", b"\xe2\x80\xae"]  # fmt: skip


def mutate(data, luck: random.Random):
    """Bytes with a few places put in, over or taken out; two times of three such that the file can still be read."""
    hard = luck.random() < 0.34
    for _ in range(luck.choice((1, 1, 2, 3, 6))):
        at = luck.randint(0, len(data))
        bite = luck.choice(HARD if hard else SOFT)
        data = (
            data[:at] + bite + data[at + luck.choice((0, 0, 1, 4, 30, 400) if hard else (0, 1, 1, 3, 10)) :]
        )
    return data


def mutate_workbook(data, luck: random.Random):
    """A workbook one part of which is damaged inside its container."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as made:
        hit = luck.choice([name for name in packed.namelist() if "sheet" in name or "sharedStrings" in name])
        for name in packed.namelist():
            part = packed.read(name)
            made.writestr(name, mutate(part, luck) if name == hit else part)
    return out.getvalue()
