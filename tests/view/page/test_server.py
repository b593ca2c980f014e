"""The server of `headlong view`: for one reader on this machine, and for nothing else."""

import http.client
import importlib
import json
import threading
import time
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from headlong.errors import BadRequest
from headlong.view.page import server as serve


@pytest.fixture
def desk(forecast):
    scenario = lambda name: SimpleNamespace(name=name)  # noqa: E731
    found = serve.Desk(forecast, None, None)
    found.case = SimpleNamespace(scenario=scenario, id="toyland")
    found.page_of = lambda forecast: "<p>what if"
    return found


@dataclass(frozen=True)
class Asked:
    """A request as the desk knows it: only the scenario changes."""

    scenario: str | None = None
    control: str = "start"


@pytest.fixture(autouse=True)
def request_of_the_file(monkeypatch):
    monkeypatch.setattr(
        "headlong.forecast.results.request_in_file.request_of", lambda forecast, case: Asked()
    )


@pytest.fixture
def server(desk):
    found = serve.open_server(desk)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


def ask(server, path="/", method="GET", body=None, token=True, **headers):
    line = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    given = {"X-Headlong": server.desk.token} if token else {}
    line.request(method, path, body, given | headers)
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, text


def test_it_listens_on_this_machine_only(server):
    assert server.server_address[0] == "127.0.0.1" and server.alone
    status, text = ask(server)
    assert status == 200 and f'content="{server.desk.token}"' in text and "payload" in text


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_every_address_at_once_is_refused(desk, host):
    with pytest.raises(BadRequest, match="every address"):
        serve.open_server(desk, host)


def test_another_address_must_be_this_machine_s(desk):
    with pytest.raises(BadRequest, match="cannot listen"):
        serve.open_server(desk, "192.0.2.1")
    assert serve.loopback("localhost") and serve.loopback("127.0.0.9") and serve.loopback("::1")
    assert not serve.loopback("192.0.2.1") and not serve.loopback("example.org")


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "/../../etc/passwd", "/page.html", "/what-if", "/%2e%2e/x", "/.git/config"]
)
def test_nothing_else_is_served(server, path):
    assert ask(server, path)[0] == 404


def test_another_site_cannot_pose_as_this_one(server):
    assert ask(server, Host="evil.example")[0] == 403
    assert ask(server, "/what-if", "POST", b'{"scenario":"calm"}', Host="evil.example")[0] == 403


def test_nothing_runs_without_the_token(server):
    for path in ("/what-if", "/cancel", "/back"):
        assert ask(server, path, "POST", b'{"scenario":"calm"}', token=False)[0] == 403
    assert ask(server, "/progress", token=False)[0] == 404
    assert server.desk.state == {"state": "idle"}


def until(server, state):
    for _ in range(200):
        found = json.loads(ask(server, "/progress")[1])
        if found["state"] == state:
            return found
        time.sleep(0.02)
    raise AssertionError(found)


def test_a_what_if_runs_and_is_shown(server, monkeypatch):
    asked = []

    def compare(request, runtime):
        asked.append((request.scenario, request.control))
        runtime.progress(1, 2, "forecasting")
        return "both"

    monkeypatch.setattr(importlib.import_module("headlong.forecast.api"), "compare", compare)
    assert json.loads(ask(server, "/what-if", "POST", b'{"scenario":"calm"}')[1])["state"] in (
        "running",
        "done",
    )
    until(server, "done")
    assert asked == [("calm", "start")]
    assert ask(server)[1] == "<p>what if"
    ask(server, "/back", "POST", b"{}")
    assert "payload" in ask(server)[1]


def test_who_goes_back_stays_there_though_a_what_if_was_running(server, monkeypatch):
    going, gone = threading.Event(), threading.Event()

    def slow(request, runtime):
        going.set()
        gone.wait(20)
        return SimpleNamespace()

    monkeypatch.setattr("headlong.forecast.api.compare", slow)
    ask(server, "/what-if", "POST", b'{"scenario":"calm"}')
    assert going.wait(20)
    told = json.loads(ask(server, "/back", "POST")[1])
    assert told["state"] == "running" and "discarded" in told["what"]
    gone.set()
    assert "discarded" in until(server, "stopped")["what"]
    assert server.desk.text == server.desk.first and "payload" in ask(server)[1]


def test_a_what_if_can_be_stopped(server, monkeypatch):
    def compare(request, runtime):
        for done in range(1000):
            runtime.progress(done, 1000, "forecasting")
            time.sleep(0.01)

    monkeypatch.setattr(importlib.import_module("headlong.forecast.api"), "compare", compare)
    ask(server, "/what-if", "POST", b'{"scenario":"calm"}')
    assert until(server, "running")["total"] in (1, 1000)
    assert "is running" in ask(server, "/what-if", "POST", b'{"scenario":"calm"}')[1]
    ask(server, "/cancel", "POST", b"{}")
    until(server, "stopped")
    assert "payload" in ask(server)[1]


def test_a_what_if_that_fails_says_why(server, monkeypatch):
    def compare(*args):
        raise BadRequest("no such thing")

    monkeypatch.setattr(importlib.import_module("headlong.forecast.api"), "compare", compare)
    ask(server, "/what-if", "POST", b'{"scenario":"calm"}')
    assert until(server, "failed")["error"] == "no such thing"
    for body in (b"", b"[]", b"{}", b'"x"'):
        assert json.loads(ask(server, "/what-if", "POST", body)[1])["state"] == "failed"


def test_the_page_runs_a_what_if(desk, browser, toy, monkeypatch):
    desk.page_of = lambda forecast: serve.Desk.page_of(desk, forecast)
    desk.case = None
    served = toy.what_if()
    first = desk.page_of(desk.forecast)
    names = {"scenarios": [["calm", "It stays calm", "Nobody attacks."]]}
    from headlong.view.page.context import Beside
    from headlong.view.page.export import filled
    from headlong.view.page.payload import payload

    def page_of(forecast):
        return filled(payload(forecast, Beside(names))).replace(
            serve.MARK, f'{serve.MARK}<meta name="headlong-live" content="{desk.token}" />'
        )

    desk.page_of = page_of
    desk.first = desk.text = page_of(desk.forecast)
    assert first.count("headlong-live") >= 1
    desk.case = SimpleNamespace(scenario=lambda name: None)

    def compare(request, runtime):
        runtime.progress(1, 2, "forecasting")
        time.sleep(0.5)
        return served

    monkeypatch.setattr(importlib.import_module("headlong.forecast.api"), "compare", compare)
    server = serve.open_server(desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.address}#tab=trust")
    page.get_by_role("button", name="Run with the same luck").click()
    page.get_by_role("progressbar").wait_for()
    page.get_by_role("heading", name="What if: It stays calm").wait_for()
    page.get_by_role("button", name="Back to the forecast").click()
    page.get_by_text("This file holds one forecast").wait_for()
    context.close()
    server.shutdown()
    server.server_close()


def test_a_what_if_is_asked_for_as_the_forecast_was(monkeypatch):
    """Control, seed and settings of the file on show, not the defaults: the same baseline."""
    monkeypatch.undo()
    import headlong as hl
    from headlong.forecast.settings import Settings

    few = Settings(particles=40, pilot=20)
    made = hl.forecast("chad-2008", days=3, members=5, seed=8, control="start", settings=few)
    desk, asked = serve.Desk(made, None, None), []
    monkeypatch.setattr("headlong.forecast.api.compare", lambda request, runtime: asked.append(request))
    desk.run("leaders-stay")
    (request,) = asked
    assert (request.scenario, request.control, request.seed, request.settings) == (
        "leaders-stay",
        "start",
        8,
        few,
    )
    assert (request.days, request.members) == (3, 5)
