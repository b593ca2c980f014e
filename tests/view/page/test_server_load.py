"""The server under many clients, slow ones, ones that leave, and garbage: it answers, forgets them and stays quiet."""

import json
import random
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from headlong.view.page import server as serve


@pytest.fixture
def server(forecast, monkeypatch):
    monkeypatch.setattr(serve.Answers, "timeout", 1.0)
    desk = serve.Desk(forecast, None, None)
    desk.case = SimpleNamespace(scenario=lambda name: SimpleNamespace(name=name), id="toyland")
    found = serve.open_server(desk)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


def line_to(server):
    return socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=20)


def raw(server, text):
    """All that comes back for bytes sent."""
    with line_to(server) as line:
        line.sendall(text)
        found = b""
        try:
            while piece := line.recv(65536):
                found += piece
        except ConnectionError:
            pass
        return found


def post(server, body, length=None, path="/what-if"):
    length = len(body) if length is None else length
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.server_address[1]}\r\n"
    head += f"X-Headlong: {server.desk.token}\r\nContent-Length: {length}\r\n\r\n"
    return raw(server, head.encode() + body)


def get(server):
    return raw(server, f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{server.server_address[1]}\r\n\r\n".encode())


@pytest.mark.parametrize("length", ["abc", "-5", "1e3", "9" * 30, "\u0663"])
def test_a_length_that_is_none_is_answered(server, length, capfd):
    assert post(server, b"{}", length).split()[1] in (b"400", b"413")
    assert get(server).split()[1] == b"200" and not capfd.readouterr().err


@pytest.mark.parametrize(
    "body", [b"[" * 9_000, b'{"a":' * 1_500, b"[]", b"5", b"", b"\xff\xfe", b'{"scenario": NaN']
)
def test_what_is_no_request_is_answered(server, body, capfd):
    said = post(server, body)
    assert said.split()[1] == b"200" and json.loads(said.partition(b"\r\n\r\n")[2])["state"] == "failed"
    assert server.desk.state == {"state": "idle"} and not capfd.readouterr().err


def test_a_body_that_does_not_come_is_not_waited_for(server, capfd):
    began = time.monotonic()
    post(server, b"{", 5_000)
    assert time.monotonic() - began < 10 and get(server).split()[1] == b"200"
    assert not capfd.readouterr().err


def test_clients_that_leave_are_let_go_in_silence(server, capfd):
    server.desk.text = "x" * 30_000_000  # more than the line holds
    for _ in range(5):
        line = line_to(server)
        line.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{server.server_address[1]}\r\n\r\n".encode())
        line.recv(10)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        line.close()  # at once, with a reset
    for _ in range(100):
        if not server.clients:
            break
        time.sleep(0.1)
    assert not server.clients and "Traceback" not in (said := capfd.readouterr().err) and not said


def test_slow_clients_do_not_hold_up_others(server, monkeypatch):
    slow = [line_to(server) for _ in range(30)]
    for line in slow:
        line.sendall(b"GET / HT")
    began = time.monotonic()
    assert get(server).split()[1] == b"200" and time.monotonic() - began < 10
    monkeypatch.setattr(serve, "MOST_SECONDS", 0.5)
    for line in slow:
        with line:
            try:  # a drop now and then does not keep a client for ever
                for _ in range(100):
                    line.sendall(b"T")
                    time.sleep(0.05)
                    if not server.clients:
                        break
            except ConnectionError:
                continue
    assert not server.clients


def test_many_clients_at_once(server):
    with ThreadPoolExecutor(40) as pool:
        found = list(pool.map(lambda _: get(server)[:15], range(200)))
    assert found.count(b"HTTP/1.0 200 OK") == 200


def test_no_more_than_so_many_at_a_time(server, monkeypatch):
    monkeypatch.setattr(serve, "MOST_CLIENTS", 3)
    held = [line_to(server) for _ in range(3)]
    while len(server.clients) < 3:
        time.sleep(0.02)
    assert raw(server, b"") == b""  # let go
    for line in held:
        line.close()
    while server.clients:
        time.sleep(0.02)
    assert get(server).split()[1] == b"200"


def test_garbage(server, capfd):
    luck = random.Random(3)
    heads = [
        b"GET / HTTP/1.1\r\n",
        b"POST /what-if HTTP/1.0\r\n",
        b"\x16\x03\x01",
        b"GET /%00 HTTP/9\r\n",
        b"\r\n" * 50,
    ]
    for _ in range(60):
        raw(server, luck.choice(heads) + luck.randbytes(luck.randint(0, 3000)) + b"\r\n\r\n")
    raw(server, b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n")
    raw(server, b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(500)) + b"\r\n")
    assert get(server).split()[1] == b"200" and not capfd.readouterr().err
