"""A server for one reader: the page, and the what-ifs it asks for. The standard library is enough for that.

It answers to its own address only, runs nothing without the page's token, and serves no files.
"""

from __future__ import annotations

import ipaddress
import json
import secrets
import socket
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import TYPE_CHECKING, Any

from headlong.errors import BadRequest, HeadlongError
from headlong.view.page.export import filled

if TYPE_CHECKING:
    import xarray as xr

    from headlong.archive.shapes import OverTime
    from headlong.case import Case

MARK = '<meta name="robots" content="noindex" />'
MOST_BYTES = 10_000
SECONDS, MOST_SECONDS = 10.0, 60.0
"""A client may be silent so long, and take so long in all."""
MOST_CLIENTS = 64
"""Clients answered at a time; more are let go at once."""


class Stopped(Exception):
    """The reader does not want the what-if any more."""


class Desk:
    """The forecast on show and the what-if that is being run.

    Parameters
    ----------
    forecast : xarray.Dataset
        What is shown first.
    case : Case or None
        Its case; without one there are no what-ifs.
    basemap : str or None
        As in `headlong.page`.
    over_time : dict, optional
        What was forecast before (`headlong.archive.over_time`).
    """

    def __init__(
        self,
        forecast: xr.Dataset,
        case: Case | None,
        basemap: str | None,
        over_time: OverTime | None = None,
    ) -> None:
        from headlong.case.gallery import bundled

        self.case = case if case is not None else bundled(str(forecast.attrs.get("case", "")))
        self.basemap, self.over_time = basemap, over_time
        self.token = secrets.token_urlsafe(24)
        self.forecast = forecast
        self.lock = threading.Lock()
        self.stop = threading.Event()
        self.state: dict[str, object] = {"state": "idle"}
        self.first = self.page_of(forecast)
        self.text = self.first

    def page_of(self, forecast: xr.Dataset) -> str:
        """Page that knows it is served."""
        from headlong.view.page.context import look_beside
        from headlong.view.page.payload import payload

        beside = look_beside(forecast, self.case, self.basemap).and_over_time(self.over_time)
        text = filled(payload(forecast, beside))
        if text.count(MARK) != 1:
            raise RuntimeError("the page has no place for its token")
        return text.replace(MARK, f'{MARK}<meta name="headlong-live" content="{self.token}" />')

    def start(self, scenario: str) -> None:
        """Begin a what-if, unless one is running."""
        if self.case is None:
            raise BadRequest("the case of this forecast is not at hand. Name it with --case.")
        self.case.scenario(scenario)
        with self.lock:
            if self.state["state"] == "running":
                raise BadRequest("a what-if is running. Cancel it first.")
            self.state = {"state": "running", "done": 0, "total": 1, "what": "starting"}
            self.stop.clear()
        threading.Thread(target=self.run, args=(scenario,), daemon=True).start()

    def run(self, scenario: str) -> None:
        """Run a what-if with the settings of the forecast on show, and put its page in the place of that."""
        from headlong.forecast import api
        from headlong.forecast.results.request_in_file import request_of
        from headlong.forecast.settings import Runtime

        try:
            request = replace(request_of(self.forecast, self.case), scenario=scenario)
            both = api.compare(request, Runtime(progress=self.report))
            self.show(self.page_of(both))
        except Stopped:
            self.state = {"state": "stopped", "what": "its result is discarded"}
        except HeadlongError as error:
            self.state = {"state": "failed", "error": str(error)}
        except Exception as error:
            self.state = {"state": "failed", "error": f"{type(error).__name__}: {error}"}

    def show(self, text: str) -> None:
        """Put the page of a what-if in the place of what is shown, unless it is not wanted any more."""
        with self.lock:
            if self.stop.is_set():
                raise Stopped
            self.text, self.state = text, {"state": "done"}

    def report(self, done: int, total: int, what: str) -> None:
        """Take note of how far the what-if is; stop it if that is wanted."""
        with self.lock:
            if self.stop.is_set():
                raise Stopped
            self.state = {"state": "running", "done": done, "total": total, "what": what}

    def back(self) -> None:
        """Show the first forecast again; what a what-if that runs will find is not wanted any more."""
        with self.lock:
            self.text = self.first
            self.stop.set()
            runs = self.state["state"] == "running"
            self.state = {**self.state, "what": "its result is discarded"} if runs else {"state": "idle"}


class Server(ThreadingHTTPServer):
    """Server of one desk."""

    daemon_threads, block_on_close = True, False
    request_queue_size = 128

    def __init__(self, desk: Desk, host: str, port: int, alone: bool) -> None:
        self.desk, self.alone = desk, alone
        self.clients: dict[Any, float] = {}
        self.counting = threading.Lock()
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), Answers)
        number = self.server_address[1]
        shown = f"[{host}]" if ":" in host else host
        self.address = f"http://{shown}:{number}/"
        names = {shown, *(("localhost", "127.0.0.1", "[::1]") if alone else ())}
        self.hosts = {f"{name}:{number}" for name in names} | (names if number == 80 else set())

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a client in a thread of its own, unless there are too many."""
        with self.counting:
            full = len(self.clients) >= MOST_CLIENTS
            if not full:
                self.clients[request] = monotonic()
        if full:
            self.shutdown_request(request)
        else:
            super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Let a client go."""
        with self.counting:
            self.clients.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Let go of clients that take too long: called twice a second."""
        with self.counting:
            late = [one for one, since in self.clients.items() if monotonic() - since > MOST_SECONDS]
        for one in late:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that leaves; say a fault of ours in one line."""
        error = sys.exception()
        if error is not None and not isinstance(error, OSError):
            print(
                f"a request failed: {type(error).__name__}: {' '.join(str(error).split())}", file=sys.stderr
            )


class Answers(BaseHTTPRequestHandler):
    """Five answers; everything else is not found."""

    server: Server
    timeout = SECONDS
    server_version, sys_version = "Headlong", ""

    def do_GET(self) -> None:
        """The page, and how far a what-if is."""
        if not self.mine():
            return
        if self.path.split("?")[0] == "/":
            self.answer(200, self.server.desk.text.encode(), "text/html; charset=utf-8")
        elif self.path == "/progress" and self.trusted():
            self.json(self.server.desk.state)
        else:
            self.answer(404, b"not found", "text/plain")

    def do_POST(self) -> None:
        """Start, stop or leave a what-if."""
        said = (self.headers.get("Content-Length") or "0").strip()
        length = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1
        body = self.rfile.read(length) if 0 <= length <= MOST_BYTES else b""
        if not self.mine():
            return
        if not 0 <= length <= MOST_BYTES:
            self.answer(*((413, b"too long") if length > 0 else (400, b"no length")), "text/plain")
            return
        desk = self.server.desk
        if not self.trusted():
            self.answer(403, b"no token", "text/plain")
            return
        try:
            if self.path == "/what-if":
                desk.start(str(json.loads(body)["scenario"]))
            elif self.path == "/cancel":
                desk.stop.set()
            elif self.path == "/back":
                desk.back()
            else:
                self.answer(404, b"not found", "text/plain")
                return
            self.json(desk.state)
        except (HeadlongError, ValueError, KeyError, TypeError, RecursionError) as error:
            self.json({"state": "failed", "error": str(error)[:1000]})

    def mine(self) -> bool:
        """Whether the request names this server: another site's page cannot pose as this one."""
        if self.headers.get("Host", "") in self.server.hosts:
            return True
        self.answer(403, b"not this host", "text/plain")
        return False

    def trusted(self) -> bool:
        """Whether the request comes from the page."""
        given = self.headers.get("X-Headlong", "")
        return secrets.compare_digest(given.encode(), self.server.desk.token.encode())

    def json(self, found: dict[str, object]) -> None:
        """Answer with JSON."""
        self.answer(200, json.dumps(found).encode(), "application/json")

    def answer(self, status: int, body: bytes, kind: str) -> None:
        """Answer once."""
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": "no-store"}
        headers |= {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
        headers |= {"X-Frame-Options": "DENY"}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on the terminal."""


def loopback(host: str) -> bool:
    """Whether an address is this machine and no other."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def open_server(desk: Desk, host: str = "127.0.0.1", port: int = 0) -> Server:
    """Open a server; every address at once is refused, another machine's reach only given by name.

    Parameters
    ----------
    desk : Desk
        What to serve.
    host : str
        Address to listen on.
    port : int
        Port; 0 takes a free one.
    """
    try:
        every = host == "" or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        every = False
    if every:
        raise BadRequest(f"host '{host}' is every address of this machine. Name the one you mean.")
    try:
        return Server(desk, host, port, loopback(host))
    except (OSError, UnicodeError, TypeError) as error:  # the latter: a name that can be none of a machine
        why = getattr(error, "strerror", None) or "no name of a machine"
        raise BadRequest(f"cannot listen on {host[:100]}, port {port}: {why}. Name another.") from None
