"""Cases as they would have been written on an earlier evening, in copied folders."""

import csv

from headlong.case import read

DATED = {
    "garrisons": "known_from",
    "leaders": "known_from",
    "patrons": "announced_on",
    "crossings": "from",
    "reports": "published_at",
    "relations": "from",
    "hinterland": "published_on",
    "history": "latest",
    "repulses": "date",
    "displacement": "date",
    "refuges": "known_from",
    "fighting": "from",
}
"""The column that dates a row, by table: written out here again, so that the code cannot forget one."""


def copy_case(folder, target, change):
    """Copy a case folder, with ``change(table, header, rows) -> rows`` applied to every table."""
    target.mkdir(parents=True)
    for path in sorted(folder.iterdir()):
        if path.suffix != ".csv":
            (target / path.name).write_bytes(path.read_bytes())
            continue
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        with (target / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *change(path.stem, header, rows)])
    return target


def since(table, header, row):
    """Return the day from which a row is known, as text; an empty text for always."""
    columns = ("date", "latest") if table == "history" else (DATED.get(table),)
    cells = [row[header.index(column)][:10] for column in columns if column in header]
    return next(filter(None, cells), "")


def cut_rows(day, leaders):
    """Return a change for `copy_case`: every row dated after `day` goes, and every later date in the others."""

    def change(table, header, rows):
        kept = [list(r) for r in rows if since(table, header, r) <= str(day)]
        for row in kept:
            if "known_until" in header and row[header.index("known_until")] > str(day):
                row[header.index("known_until")] = ""
            if "leader" in header and row[header.index("leader")] not in leaders:
                row[header.index("leader")] = ""
        return kept

    return change


def cut_case(case, day, target):
    """Case read from a copy of its folder as it would have been written on the evening of `day`."""
    leaders = {row["id"] for row in case.known_by(day).leaders}
    folder = copy_case(case.folder, target, cut_rows(day, leaders))
    text = (folder / "case.toml").read_text(encoding="utf-8")
    text = text.replace(f"end = {case.end}", f"end = {day}").replace(f"init = {case.init}", f"init = {day}")
    (folder / "case.toml").write_text(text, encoding="utf-8")
    found = read(folder)
    assert found.end == found.init == day
    return found
