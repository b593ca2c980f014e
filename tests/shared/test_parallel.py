"""Work on all cores comes out in the order of its parts, whatever the number of threads."""

import threading
import time

import pytest

from headlong.parallel import Crew, each, in_order, spans


@pytest.mark.parametrize("threads", [1, 2, 7, None])
def test_results_come_in_order(threads):
    def work(k):
        time.sleep(0.002 * (k % 3))
        return k * k

    assert list(in_order(work, range(40), threads)) == [k * k for k in range(40)]
    done = []
    each(work, range(9), threads, done.append)
    assert done == list(range(9))
    assert list(in_order(work, [], threads)) == []


def test_no_more_than_a_few_parts_are_ahead():
    begun, held = [], threading.Lock()

    def work(k):
        with held:
            begun.append(k)
        return k

    results = in_order(work, range(100), threads=2)
    for k in results:
        time.sleep(0.002)
        assert len(begun) <= k + 6
    assert len(begun) == 100


def test_what_fails_is_raised_and_the_rest_is_let_be():
    begun = []

    def work(k):
        begun.append(k)
        if k == 3:
            raise ValueError("three")
        time.sleep(0.002)

    with pytest.raises(ValueError, match="three"):
        each(work, range(1000), threads=2)
    assert len(begun) < 50


def test_a_caller_who_stops_listening_stops_the_work():
    begun = []
    for k in in_order(lambda k: begun.append(k) or k, range(1000), threads=2):
        if k == 3:
            break
    time.sleep(0.05)
    assert len(begun) < 50


def test_a_crew_can_be_called_again():
    total = []
    with Crew(2) as crew:
        for _ in range(3):
            crew.each(total.append, range(4))
    assert sorted(total) == sorted(3 * list(range(4)))


def test_spans_cover_everything_once():
    assert spans(10, 4) == [slice(0, 4), slice(4, 8), slice(8, 10)]
    assert spans(0, 4) == [] and spans(4, 4) == [slice(0, 4)]
