"""The payload: numbers go from numpy to the browser and come out as they were."""

import gzip

import numpy as np
import pytest

from headlong.errors import BadRequest
from headlong.text import FEW_MEMBERS
from headlong.view.page import pack, payload
from headlong.view.page.export import as_element_text, from_text


@pytest.fixture(scope="module")
def box(forecast):
    return payload.payload(forecast)


def histories(columns, members):
    """What `pack.unfold` wants of the control of places."""
    count = columns.get("0.control.count")
    count = pack.out_of_fours(columns["0.control.fours"], members) if count is None else count
    return [columns["0.control.base"], count, columns["0.control.day"], columns["0.control.value"]]


def test_whole_histories_come_back(forecast, box):
    _, columns = pack.unpack(box)
    parts = histories(columns, forecast.sizes["member"])
    control = forecast["control"].values
    assert (pack.unfold(*parts, control.shape[1]) == control).all()
    assert (control[:, -1] == control[:, 0]).any() and (parts[1] > 1).any()  # comebacks are in
    way = forecast["way"].values
    assert len(columns["0.control.way"]) == len(parts[2])
    assert np.bincount(columns["0.control.way"])[1:].sum() == (way > 0).sum()


def test_people_come_back_within_their_rounding(forecast, box):
    header, columns = pack.unpack(box)
    arm = header["arms"][0]
    gates = forecast["arrivals"].values[:, :, :, 0]
    series = arm["series"].index("civilians:1")
    wanted = np.quantile(gates[:, :, 1], header["levels"], axis=0).T
    assert np.allclose(
        pack.from_codes(np.cumsum(columns["0.people.q"], axis=1, dtype=np.uint16), arm["top"])[series],
        wanted,
        rtol=1e-3,
        atol=0.01,
    )
    days = columns["0.people.ends.days"]
    assert {3, 7, 14, 20} <= set(days.tolist())  # windows, and the last day
    last = pack.from_codes(columns["0.people.ends"], arm["top"])[:, arm["ends"].index("soldiers:1")]
    soldiers = np.quantile(forecast["arrivals"].values[:, days, 1, 1], header["levels"], axis=0).T
    assert np.allclose(last, soldiers, rtol=1e-3, atol=0.01)
    days = columns["0.displaced.days"]
    there = np.quantile(forecast["displaced"].values[:, days], header["displaced_levels"], axis=0)
    rounding = np.expm1(np.log1p(arm["top"]) / 255 / 2)
    assert np.allclose(
        pack.from_codes(columns["0.displaced"], arm["top"]), there, rtol=rounding * 1.02, atol=1
    )
    codes = np.cumsum(columns["0.people.members"], axis=1, dtype=np.uint8)
    kept = pack.from_codes(codes, arm["top"])[arm["kept"].index("civilians:1")]
    days = columns["0.people.days"]
    rounding = np.expm1(np.log1p(arm["top"]) / 255 / 2)
    assert np.allclose(kept, gates[:, days, 1].T, rtol=rounding * 1.02, atol=1)
    assert days[0] == 0 and days[-1] == forecast.sizes["time"] - 1


@pytest.mark.parametrize("members", [1, 3, 4, 5, 8])
def test_small_numbers_stand_four_in_a_byte(members):
    number = np.random.default_rng(members).integers(0, 4, (7, members)).astype(np.uint8)
    packed = pack.in_fours(number)
    assert packed.shape == (7, -(-members // 4)) and packed.dtype == np.uint8
    assert (pack.out_of_fours(packed, members) == number).all()
    number[3, 0] = 4
    assert pack.in_fours(number) is None


def test_a_box_keeps_every_dtype():
    columns = {name: np.arange(7).astype(name) for name in pack.DTYPES}
    header, found = pack.unpack(pack.pack({"é": "–"}, columns))
    assert header["é"] == "–"
    assert all((found[k] == v).all() and found[k].dtype == v.dtype for k, v in columns.items())
    with pytest.raises(TypeError):
        pack.pack({}, {"x": np.arange(3.0)})


def test_what_is_no_payload_is_refused():
    with pytest.raises(BadRequest, match="not the payload"):
        pack.unpack(b"GIF89a..........")
    with pytest.raises(BadRequest, match="version 1"):
        pack.unpack(pack.MAGIC + (1).to_bytes(4, "little") + bytes(8))


def test_what_is_no_forecast_is_refused(forecast):
    with pytest.raises(BadRequest, match="no control"):
        payload.payload(forecast.drop_vars("control"))
    with pytest.raises(BadRequest, match="at least one day"):
        payload.payload(forecast.isel(time=slice(0, 1)))


def test_small_forecasts_have_a_page_too(forecast):
    for part in ({"leader": slice(0), "crossing": slice(0)}, {"time": slice(2)}, {"member": slice(1)}):
        small = forecast.isel(part)
        _, columns = pack.unpack(payload.payload(small))
        parts = histories(columns, small.sizes["member"])
        assert (pack.unfold(*parts, small.sizes["time"]) == small["control"].values).all()


def test_a_restless_war_keeps_its_histories(toy):
    forecast = toy.toy(members=30)
    control = forecast["control"].values
    control[:, :, 0] = np.arange(control.shape[1]) % 2  # twenty times in every future
    _, columns = pack.unpack(payload.payload(forecast))
    assert "0.control.count" in columns and "0.control.fours" not in columns
    assert (pack.unfold(*histories(columns, 30), control.shape[1]) == control).all()


def test_the_browser_knows_every_holder(opened, forecast):
    view = opened()
    control = forecast["control"].values
    found = view.read(
        "[...Array(model.times).keys()].map((t) => model.places.map((p) => "
        "[...Array(model.header.members).keys()].map((m) => model.arms[0].control.at(p.index, m, t))))"
    )
    assert (np.array(found).transpose(2, 0, 1) == control).all()


def test_the_same_forecast_gives_the_same_bytes(forecast, box):
    assert payload.payload(forecast) == box
    assert len(gzip.compress(box)) < 120_000


def test_the_browser_reads_every_column_as_numpy_does(opened, written):
    text = written("what-if").read_text()
    inside = text.split('id="payload">')[1].split("<")[0]
    _, columns = pack.unpack(from_text(inside))
    view = opened("what-if")
    found = view.read("Object.fromEntries([...model.box.columns].map(([k, v]) => [k, Array.from(v)]))")
    assert set(found) == set(columns)
    for name, column in columns.items():
        assert np.array_equal(np.array(found[name], column.dtype), column.ravel()), name


def test_unequal_weights_are_kept(forecast):
    uneven = forecast.copy()
    weight = np.linspace(1, 3, forecast.sizes["member"])
    uneven["weight"] = ("member", weight / weight.sum())
    _, columns = pack.unpack(payload.payload(uneven))
    assert np.allclose(columns["weight"], weight / weight.sum())


@pytest.mark.parametrize("length", range(9))
def test_a_payload_as_text_cannot_end_its_element(length):
    box = bytes(range(length)) * 7
    text = as_element_text(box)
    assert from_text(text) == box and not set('<&"') & set(text)


def test_what_a_file_does_not_say_leaves_no_trace(forecast, box, toy):
    header, columns = pack.unpack(box)
    assert not {"past", "cut_off", "contested"} & set(header) and not {"past.share", "cut_off"} & set(columns)
    made = toy.analysed(forecast)
    header, columns = pack.unpack(payload.payload(made))
    before = made["control_analysis"].values[:-1]
    assert np.abs(columns["past.share"] / 255 - before).max() <= 0.5 / 255 + 1e-9
    assert header["past"]["days"] == 6 and header["cut_off"] == [7, 14, 30]
    assert np.abs(columns["cut_off.start"] / 255 - made["cut"].values[:, 0].mean(axis=0)).max() <= 0.5 / 255
    holder = before.argmax(axis=2)
    for day, place, side in header["past"]["changes"]:
        assert holder[6 + day, place] == side != holder[5 + day, place]
    assert len(header["past"]["changes"]) == (holder[1:] != holder[:-1]).sum()


def test_what_is_contested_and_what_moves_nothing_is_in_the_header(toy, forecast):
    header, _ = pack.unpack(payload.payload(toy.claimed(forecast)))
    assert header["contested"] == list(toy.CONTESTED)
    assert {row["id"]: row["idle"] for row in header["reports"]["rows"]} == {"r0": "", **toy.IDLE}
    assert header["few_members"] == FEW_MEMBERS


def test_chances_in_whole_numbers_are_chances(forecast, toy):
    """A file may hold them so; a byte does not hold 255 of them."""
    made = toy.analysed(forecast)
    made["cut_off"] = (made["cut_off"] > 0.5).astype("i1")
    columns = pack.unpack(payload.payload(made))[1]
    assert {*np.unique(columns["cut_off"]).tolist()} <= {0, 255}
