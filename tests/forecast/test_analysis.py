"""Who held what up to init stands in the file, by the same weighing as init itself; nowcasts as datasets."""

import numpy as np
import pytest
from quick import QUICK, forecast

import headlong as hl
from headlong.forecast.nowcast import nowcast_summary
from headlong.inputs.control_history import holders_by_day, known_past
from headlong.inputs.geography import read_map

HOW = {"days": 5, "members": 200}


@pytest.mark.parametrize("name", ("afghanistan-2021", "mali-2012"))
def test_the_clock_does_not_jump_at_init(cases, name):
    """Members begin as the analysis of init has it, within what 200 draws differ from 40 histories."""
    made = forecast(cases(name), **HOW)
    found = made["control_analysis"]
    assert found.dims == ("analysis_time", "place", "side")
    assert found["analysis_time"].values[-1] == made["time"].values[0] == made["init"].values
    np.testing.assert_allclose(found.sum("side"), 1.0, rtol=1e-5)
    start = np.stack([(made["control"][:, 0] == s).mean("member") for s in range(made.sizes["side"])], 1)
    assert np.abs(found.values[-1] - start).max() < 0.03
    before, last = found.values[-2], found.values[-1]
    assert (np.abs(last - before).max(axis=1) > 0.5).sum() <= 3  # Ghazni, Herat and Kandahar fell that day


def test_known_control_is_known(cases):
    case = cases("iraq-2014")
    made = forecast(case, control="history", **HOW)
    found = made["control_analysis"].values
    assert set(np.unique(found)) == {0.0, 1.0}
    past = known_past(case.known_by(case.init), read_map(case), case.init)
    assert (found.argmax(axis=2) == holders_by_day(past) % made.sizes["side"]).all()
    assert (found[-1].argmax(axis=1) == made["control"].values[0, 0]).all()


def test_coordinates_of_time(cases):
    made = forecast(cases("chad-2008"), **HOW | {"members": 10})
    assert made["init"].ndim == 0 and made["lead"].values.tolist() == [*range(6)]
    words = made["control"].attrs["flag_meanings"].split()
    assert words == made["side"].values.tolist() and made.attrs["Conventions"].startswith("CF-")
    assert len(made["way"].attrs["flag_values"]) == len(made["way"].attrs["flag_meanings"].split())


def test_a_nowcast_is_a_dataset(cases, tmp_path):
    how = {"members": 60, "settings": QUICK}
    made, said = hl.nowcast(cases("mali-2012"), **how), nowcast_summary(cases("mali-2012"), **how)
    assert str(made["init"].values)[:10] == said["init"] and made["lead"].item() == 0
    np.testing.assert_allclose(made["p_held"].sum("side"), 1.0)
    for place in said["places"]:
        here = made.sel(place=place["id"])
        assert float(here["p_held"].max()) == place["p"] and bool(here["contested"]) == place["contested"]
        assert str(here["since"].values)[:10] == str(place["since"] or "NaT")
    hl.save(made, tmp_path / "nowcast.nc")
    assert hl.load(tmp_path / "nowcast.nc")["p_held"].identical(made["p_held"])
