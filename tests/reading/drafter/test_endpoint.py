"""A server that speaks the OpenAI protocol, played by a stub: good answers, and every way in which one goes wrong."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from merovia import CASE, DAY, TEXT, answer

import headlong as hl
from headlong.errors import BadRequest
from headlong.reading import api
from headlong.reading.drafter.drafting import draft_text
from headlong.reading.drafter.endpoint import KEY, Endpoint, endpoint_of


class Stub(BaseHTTPRequestHandler):
    """Answers with what stands in `server.script`, one entry for each call; the last one stays."""

    def do_GET(self):
        self._send(200, json.dumps({"data": [{"id": "stub-model"}]}).encode())

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.calls.append((self.path, dict(self.headers), body))
        script = self.server.script
        entry = script.pop(0) if len(script) > 1 else script[0]
        if callable(entry):
            entry = entry(self, body)
            if entry is None:
                return
        code, data = entry if isinstance(entry, tuple) else (200, entry)
        if isinstance(data, str):
            data = said(data)
        self._send(code, data)

    def _send(self, code, data):
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def said(words, **more):
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": words}, **more}]}).encode()


@pytest.fixture
def server():
    stub = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    stub.daemon_threads = True
    stub.calls, stub.script = [], [answer()]
    thread = threading.Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    stub.url = f"http://127.0.0.1:{stub.server_port}"
    yield stub
    stub.shutdown()
    stub.server_close()


def endpoint(server, seconds=5.0):
    made = endpoint_of(server.url, seconds=seconds)
    made.pause = lambda seconds: None
    return made


def draft(server, seconds=5.0):
    return draft_text(TEXT, CASE, DAY, endpoint(server, seconds).ask)


def test_a_good_answer(server):
    found = draft(server)
    assert [(row["claim"], row["place"], row["drafter"]) for row in found["reports"]] == [
        ("fell", "dorun", "both")
    ]
    path, headers, body = server.calls[0]
    assert path == "/v1/chat/completions" and body["model"] == "stub-model" and body["temperature"] == 0
    assert body["response_format"]["json_schema"]["schema"]["required"] == ["rows", "flags", "nothing"]
    assert "Authorization" not in headers and "# THE TEXT" in body["messages"][0]["content"]


@pytest.mark.parametrize("bad", ["I cannot do that.", "", '{"rows": ', "[]", '{"reports": []}'])
def test_an_answer_that_is_none_is_asked_for_again(server, bad):
    server.script = [bad, answer()]
    assert len(draft(server)["reports"]) == 1
    again = server.calls[1][2]["messages"]
    assert [one["role"] for one in again] == ["user", "assistant", "user"]
    assert "Answer the request" in again[2]["content"]


def test_tries_are_bounded(server):
    server.script = ["nothing of use"]
    with pytest.raises(BadRequest, match="tried 3 times"):
        draft(server)
    assert len(server.calls) == 3


def test_wrong_ids_and_false_spans_are_shown(server):
    rows = json.loads(answer())["rows"]
    server.script = [answer(rows[0] | {"place": "x"}, rows[0] | {"span": "they landed on the moon"}, rows[0])]
    found = draft(server)
    assert len(found["reports"]) == 1 and len(found["failed"]) == 2


@pytest.mark.parametrize(
    "refusal",
    [
        json.dumps({"choices": [{"message": {"content": None, "refusal": "I will not."}}]}).encode(),
        said("", finish_reason="content_filter"),
    ],
)
def test_a_refusal_is_said(server, refusal):
    server.script = [refusal]
    with pytest.raises(BadRequest, match="refuses"):
        draft(server)
    assert len(server.calls) == 3


def test_a_time_out_is_said(server):
    def sleep(handler, body):
        time.sleep(0.6)

    server.script = [sleep]
    begun = time.monotonic()
    with pytest.raises(BadRequest, match="no answer within"):
        draft(server, seconds=0.2)
    assert time.monotonic() - begun < 5


def test_a_reply_that_drips_is_not_waited_for(server):
    def drip(handler, body):
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            pass

    server.script = [drip]
    begun = time.monotonic()
    with pytest.raises(BadRequest, match="no answer within"):
        draft(server, seconds=0.3)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("reply", "why", "calls"),
    [
        ((500, b"boom"), "says 500", 3),
        ((429, b"slow down"), "says 429", 3),
        ((401, b"who are you"), KEY, 1),
        ((403, b"no"), "says 403", 1),
        (b"<html>", "no JSON", 3),
        (b"{}", "without an answer", 3),
        (b'{"choices": []}', "without an answer", 3),
        (b"[" * 5000, "no JSON", 3),
    ],
)
def test_replies_that_are_none(server, reply, why, calls):
    server.script = [reply]
    with pytest.raises(BadRequest, match=why):
        draft(server)
    assert len(server.calls) == calls


def test_a_server_that_recovers(server):
    server.script = [(503, b"loading"), answer()]
    assert len(draft(server)["reports"]) == 1


def test_a_server_that_cannot_force_a_form(server):
    def pick(handler, body):
        return (400, b"response_format is not supported") if "response_format" in body else answer()

    server.script = [pick]
    assert len(draft(server)["reports"]) == 1
    assert "response_format" not in server.calls[-1][2]


def test_parts_of_content(server):
    words = [{"type": "text", "text": answer()[:50]}, {"type": "text", "text": answer()[50:]}]
    server.script = [json.dumps({"choices": [{"message": {"content": words}}]}).encode()]
    assert len(draft(server)["reports"]) == 1


def test_no_redirection_is_followed(server):
    def away(handler, body):
        handler.send_response(302)
        handler.send_header("Location", "http://example.invalid/")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server.script = [away]
    with pytest.raises(BadRequest, match="says 302"):
        draft(server)


def test_the_key_comes_from_the_environment(server, monkeypatch):
    monkeypatch.setenv(KEY, "secret-1")
    draft(server)
    assert server.calls[0][1]["Authorization"] == "Bearer secret-1"
    with pytest.raises(BadRequest, match=KEY):
        endpoint_of("http://user:secret@127.0.0.1:1")
    with pytest.raises(BadRequest, match="in the clear"):
        endpoint_of("http://models.example", allowed="models.example")


def test_nobody_there():
    gone = Endpoint("http://127.0.0.1:9/v1", "m", pause=lambda seconds: None)
    with pytest.raises(BadRequest, match="no connection"):
        draft_text(TEXT, CASE, DAY, gone.ask)


@pytest.mark.parametrize(
    ("url", "allowed", "local"),
    [
        ("http://127.0.0.1:11434", "", True),
        ("http://localhost:8080/v1", "", True),
        ("http://[::1]:8080", "", True),
        ("https://models.example/v1/chat/completions", "models.example", False),
        ("https://models.example/api/v1", "MODELS.example", False),
    ],
)
def test_addresses(url, allowed, local):
    made = endpoint_of(url, "m", allowed)
    assert made.local is local and made.url.endswith("/v1")


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://models.example", ""),
        ("https://models.example", "example"),
        ("https://127.0.0.1.models.example", "127.0.0.1"),
        ("http://10.0.0.1:8080", ""),
        ("http://0.0.0.0:8080", ""),
    ],
)
def test_no_text_leaves_this_machine_unasked(url, allowed):
    with pytest.raises(BadRequest, match="not this machine"):
        endpoint_of(url, "m", allowed)


@pytest.mark.parametrize(
    "url", ["rule", "ftp://127.0.0.1", "http://", "http://127.0.0.1:99999", "http://[::1"]
)
def test_what_is_no_address(url):
    with pytest.raises(BadRequest, match="none of 'rules', 'local'"):
        endpoint_of(url)


def test_from_python(server, monkeypatch):
    found = hl.read_text(TEXT, CASE, DAY, server.url, model="mine")
    assert [row["place"] for row in found["reports"]] == ["dorun"] and "second_opinion" in found
    assert server.calls[0][2]["model"] == "mine"
    monkeypatch.setattr(api, "network_for", lambda drafter: None)
    assert hl.read_text(TEXT, CASE, DAY) == hl.read_text(TEXT, CASE, DAY, "rules")
    assert len(server.calls) == 1
    with pytest.raises(BadRequest, match="Did you mean 'rules'"):
        hl.read_text(TEXT, CASE, DAY, "rule")
    with pytest.raises(BadRequest, match="not this machine"):
        hl.read_text(TEXT, CASE, DAY, "https://models.example/v1")
    with pytest.raises(BadRequest, match="nobody is asked"):
        hl.read_text(TEXT, CASE, DAY, model="mine")
    with pytest.raises(BadRequest, match="is French"):
        hl.read_text("Les rebelles ont pris la ville de Dorun et les soldats sont partis.", CASE, DAY)
