"""The data package of the wars: every cell is what the descriptor says, and every key finds its row."""

import csv
import json
import re
from datetime import date

import pytest

from docsite.data_package import write_atlas
from docsite.table_schema import resources
from headlong.case import gallery, open_case

READ = {
    "string": str,
    "number": float,
    "integer": int,
    "date": date.fromisoformat,
    "boolean": lambda text: {"yes": True, "no": False}[text],
}


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("atlas")
    write_atlas(folder)
    return folder, json.loads((folder / "datapackage.json").read_text("utf-8"))


def rows(folder, resource):
    with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def misfits(field, text):
    """What is wrong with a cell."""
    limits = field.get("constraints", {})
    if text == "":
        return ["missing"] if limits.get("required") else []
    try:
        value = READ[field["type"]](text)
    except (ValueError, KeyError):
        return [f"no {field['type']}"]
    found = []
    if "enum" in limits and text not in limits["enum"]:
        found.append("not one of the words")
    if "pattern" in limits and not re.fullmatch(limits["pattern"], text):
        found.append("not of the pattern")
    if value < limits.get("minimum", value) or value > limits.get("maximum", value):
        found.append("out of range")
    return found


def test_every_cell_is_what_is_said_of_it(package):
    folder, described = package
    found = []
    for resource in described["resources"]:
        fields = resource["schema"]["fields"]
        table = rows(folder, resource)
        assert list(table[0]) == [field["name"] for field in fields]
        for n, row in enumerate(table, 2):
            for field in fields:
                found += [f"{resource['name']}:{n} {field['name']} {row[field['name']]!r}: {what}"
                          for what in misfits(field, row[field["name"]])]  # fmt: skip
    assert not found, "\n".join(found[:20])


def test_keys_are_unique_and_find_their_rows(package):
    folder, described = package
    tables = {resource["name"]: rows(folder, resource) for resource in described["resources"]}
    for resource in described["resources"]:
        schema, table = resource["schema"], tables[resource["name"]]
        if "primaryKey" in schema:
            keys = [tuple(row[name] for name in schema["primaryKey"]) for row in table]
            assert len(set(keys)) == len(keys), resource["name"]
        for key in schema.get("foreignKeys", ()):
            there = key["reference"]
            known = {tuple(row[name] for name in there["fields"]) for row in tables[there["resource"]]}
            assert {tuple(row[name] for name in key["fields"]) for row in table} <= known, (
                resource["name"],
                key,
            )


def test_all_rows_of_all_wars_are_in_it(package):
    folder, described = package
    counts = {resource["name"]: len(rows(folder, resource)) for resource in described["resources"]}
    cases = [open_case(name) for name in gallery()]
    assert counts["cases"] == len(cases)
    for table in ("places", "roads", "history", "reports", "leaders"):
        assert counts[table] == sum(len(getattr(case, table)) for case in cases)


def test_its_shape_is_that_of_a_data_package(package):
    folder, described = package
    assert described["profile"] == "tabular-data-package" and described["licenses"][0]["name"] == "CC-BY-4.0"
    for resource in described["resources"]:
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"]) and (folder / resource["path"]).is_file()
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert len(set(names)) == len(names)
        assert all(field["type"] in READ and field["description"] for field in resource["schema"]["fields"])
    said = (folder / "README.md").read_text("utf-8")
    assert "{" not in said and "| ACLED | 0 rows |" in said
    for name in gallery():
        assert (folder / "sources" / f"{name}.md").is_file()


def test_the_checks_can_fail():
    place = {field["name"]: field for field in resources()["places"]["fields"]}
    assert misfits(place["lat"], "91") == ["out of range"] and misfits(place["lat"], "x") == ["no number"]
    assert misfits(place["kind"], "village") == ["not one of the words"] and misfits(place["id"], "") == [
        "missing"
    ]
    assert misfits(place["id"], "Two Words") == ["not of the pattern"] and not misfits(
        place["population"], ""
    )
