"""What counts teach of flight: a conflict that is left out teaches nothing of itself, and what is done is kept."""

from types import SimpleNamespace

import numpy as np
import pytest

from headlong.errors import BadRequest
from headlong.verify.hindcasts import flight_learning as room
from headlong.verify.hindcasts.flight import Flow


def flow(seed, members=30, days=40, camps=3):
    """A conflict in which the first members are the nearer to the counts."""
    rng = np.random.default_rng(seed)
    truth = np.cumsum(rng.integers(0, 90, (days, camps)), axis=0).astype(float)
    off = np.arange(members)[:, None, None] / members
    stock = truth * (1 - off) + truth[:, ::-1] * off
    by_road = np.rint(stock).astype(np.int64)
    return Flow(tuple("abc"[:camps]), truth, by_road[::-1], by_road, truth[:, ::-1])


def test_weights_do_not_know_the_conflict_that_is_left_out():
    own = np.stack([room.errors_of(flow(k)) for k in range(3)])
    other = own.copy()
    other[1] = own[1][::-1]
    np.testing.assert_array_equal(room.weigh_draws(own, 1), room.weigh_draws(other, 1))
    assert not np.allclose(room.weigh_draws(own), room.weigh_draws(other))
    assert room.weigh_draws(own).sum() == pytest.approx(1.0)
    assert room.weigh_draws(own)[0] == room.weigh_draws(own).max()


PLACES = [{"id": name} for name in "abc"]


def some_cases(monkeypatch, *names):
    """Cases that need no engine, and the list of those that were run."""
    ran = []

    def run(case, *, members, **_):
        ran.append(case.id)
        return flow(len(case.id), members)

    monkeypatch.setattr(room, "send_given", run)
    monkeypatch.setattr(room, "with_capacities", lambda case, known: case)
    return [SimpleNamespace(id=name, hash=name, places=PLACES) for name in names], ran


def test_what_is_done_is_kept_and_the_same(monkeypatch, tmp_path):
    cases, ran = some_cases(monkeypatch, "one", "three")
    first = room.learn_flight(cases, members=40, folder=tmp_path)
    more, _ = [*cases, SimpleNamespace(id="seventeen", hash="x", places=PLACES)], ran.clear()
    second = room.learn_flight(more, members=40, folder=tmp_path)
    assert ran == ["seventeen"]
    np.testing.assert_array_equal(second.own[:2], first.own)
    next(tmp_path.iterdir()).write_bytes(b"torn")  # a file that was cut off is made again
    ran.clear()
    np.testing.assert_array_equal(room.learn_flight(more, members=40, folder=tmp_path).own, second.own)
    assert len(ran) == 1
    ran.clear()
    room.learn_flight(cases, members=41, folder=tmp_path)
    assert ran == ["one", "three"]


def test_what_is_learned_as_plain_numbers(monkeypatch, tmp_path):
    cases, _ = some_cases(monkeypatch, "one", "three")
    told = room.summarise_learned(room.learn_flight(cases, members=40, folder=tmp_path), False)
    assert {"destinations.reach", "refuges.newest", "alarm.felt"} <= {p["name"] for p in told["parameters"]}
    assert not {p["name"] for p in told["parameters"]} & set(room.UNTAUGHT)
    for p in told["parameters"]:
        assert p["before"] == sorted(p["before"]) and set(p["without"]) == {"one", "three"}
    assert all(c["left_out"] < c["priors"] < c["gravity"] for c in told["conflicts"])


def test_one_case_or_one_twice_is_refused():
    case = SimpleNamespace(id="one")
    for cases in ([case], [case, case]):
        with pytest.raises(BadRequest, match="two cases"):
            room.learn_flight(cases)


def test_the_last_rate_knows_nothing_of_the_days_between():
    truth = np.arange(100.0)[:, None] * 5
    np.testing.assert_allclose(room.last_rate(truth)[60:], truth[60:])
    changed = truth.copy()
    changed[70:] = 0.0
    np.testing.assert_array_equal(room.last_rate(changed)[:100], room.last_rate(truth)[:100])
