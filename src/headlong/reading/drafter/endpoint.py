"""Any server that speaks the OpenAI protocol (Ollama, llama.cpp, vLLM, hosted ones): loopback unless a host is allowed.

Every wait and every number of tries is bounded. The key comes from the environment, goes to the named host only, and
over https only unless that is this machine; redirections are not followed.
"""

from __future__ import annotations

import ipaddress
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from http.client import HTTPException
from typing import Any
from urllib.parse import SplitResult, urlsplit

from headlong.errors import BadRequest
from headlong.reading.drafter.answer import Answer, NoAnswer
from headlong.reading.drafter.schema import answer_schema
from headlong.reading.text.decode import one_line

__all__ = ["KEY", "Endpoint", "endpoint_of"]

KEY = "HEADLONG_API_KEY"
"""Environment variable that holds the key."""
LARGEST = 20_000_000
"""Bytes of a reply that are read."""
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
"""Replies after which another try may help."""
UNSURE = frozenset({400, 404, 415, 422, 501})
"""Replies of a server that may only not know how an answer is forced into a form."""


class Trouble(Exception):
    """One try failed; ``again`` says whether another may help."""

    def __init__(self, what: str, again: bool = True, unsure: bool = False) -> None:
        super().__init__(what)
        self.again, self.unsure = again, unsure


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow no redirection: it could lead away from the allowed host."""


@dataclass
class Endpoint:
    """A server and a model.

    Parameters
    ----------
    url : str
        Address up to and with ``/v1``.
    model : str
        Name of the model; the server's first one if empty.
    local : bool
        Whether it is on this machine.
    seconds : float
        How long one try may take.
    tries : int
        Tries for one request.
    pause : callable
        Waits some seconds; for tests.
    """

    url: str
    model: str = ""
    local: bool = True
    seconds: float = 600.0
    tries: int = 3
    pause: Callable[[float], object] = time.sleep
    forced: bool = field(default=True, init=False)

    def ask(self, request: str, read: Callable[[str], Answer]) -> Answer:
        """Put a request; ask again, a bounded number of times, where the answer cannot be used.

        Parameters
        ----------
        request : str
            The request.
        read : callable
            Turns the words of an answer into rows.
        """
        self.model = self.model or self._first_model()
        said, turn = "", 0
        talk: list[dict[str, str]] = [{"role": "user", "content": request}]
        for turn in range(self.tries):
            if turn and said:
                self.pause(min(2.0**turn, 8.0))
            try:
                words = self._complete(talk)
            except Trouble as trouble:
                said = str(trouble)
                if trouble.unsure and self.forced:
                    self.forced = False  # the server does not know how to force a form: ask without
                    continue
                if not trouble.again:
                    break
                continue
            try:
                return read(words)
            except NoAnswer as why:
                said = f"the answer has {why}" if str(why).startswith("no ") else str(why)
                talk = [talk[0], *_complaint(words, str(why))]
        raise BadRequest(
            f"{self.url} ({self.model}): {said}; tried {turn + 1} times. Nothing was drafted. Try another --model, "
            "or --print-request and --answer."
        )

    def _first_model(self) -> str:
        try:
            listed = self._call("models", None)
            return str(listed["data"][0]["id"])
        except (Trouble, KeyError, IndexError, TypeError) as why:
            what = str(why) if isinstance(why, Trouble) else "it lists no model"
            raise BadRequest(
                f"{self.url}: {what}. Is the server running? Or name the model: --model."
            ) from None

    def _complete(self, talk: list[dict[str, str]]) -> str:
        """Return what the model says."""
        body: dict[str, object] = {"model": self.model, "messages": talk, "temperature": 0, "stream": False}
        if self.forced:
            form = {"name": "draft", "strict": True, "schema": answer_schema()}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        reply = self._call("chat/completions", body)
        try:
            choice = reply["choices"][0]
            message = choice["message"]
            words, refusal = message.get("content"), message.get("refusal")
        except (KeyError, IndexError, TypeError, AttributeError):
            raise Trouble("a reply without an answer in it") from None
        if refusal or choice.get("finish_reason") == "content_filter":
            raise Trouble(f"the model refuses: '{one_line(str(refusal or words or ''), 120)}'")
        if isinstance(words, list):  # some servers send parts
            words = "".join(str(part.get("text", "")) for part in words if isinstance(part, dict))
        return str(words or "")

    def _call(self, path: str, body: dict[str, object] | None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        call = urllib.request.Request(f"{self.url}/{path}", data, {"Content-Type": "application/json"})
        key = os.environ.get(KEY, "")
        if key and (self.local or self.url.startswith("https:")):
            call.add_unredirected_header("Authorization", f"Bearer {key}")
        handlers: list[Any] = [_NoRedirect()]
        if self.local:
            handlers.append(urllib.request.ProxyHandler({}))
        try:
            with urllib.request.build_opener(*handlers).open(call, timeout=self.seconds) as reply:
                raw = _read(reply, self.seconds)
        except urllib.error.HTTPError as error:
            raise _refused(error) from None
        except TimeoutError:
            raise Trouble(f"no answer within {self.seconds:.0f} s") from None
        except (OSError, HTTPException) as error:
            slow = isinstance(getattr(error, "reason", None), TimeoutError)
            what = f"no answer within {self.seconds:.0f} s" if slow else "no connection"
            raise Trouble(f"{what} ({one_line(str(getattr(error, 'reason', error)), 100)})") from None
        try:
            return json.loads(raw)
        except (ValueError, RecursionError):
            raise Trouble(
                f"a reply that is no JSON: '{one_line(raw[:200].decode('utf-8', 'replace'), 80)}'"
            ) from None


def _read(reply: Any, seconds: float) -> bytes:
    """Read a reply that is neither endless nor endlessly slow."""
    begun, parts, size = time.monotonic(), [], 0
    while part := reply.read1(65_536):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise Trouble("a reply without end", again=False)
        if time.monotonic() - begun > seconds:
            raise TimeoutError
    return b"".join(parts)


def _refused(error: urllib.error.HTTPError) -> Trouble:
    try:
        said = one_line(error.read(2000).decode("utf-8", "replace"), 160)
    except (OSError, HTTPException):
        said = ""
    what = f"the server says {error.code}" + (f": {said}" if said else "")
    if error.code in (401, 403):
        what += f" (the key is taken from {KEY})"
    return Trouble(what, error.code in AGAIN, error.code in UNSURE)


def _complaint(words: str, why: str) -> list[dict[str, str]]:
    """Return what is said to a model whose answer could not be used."""
    return [
        {"role": "assistant", "content": words[:2000]},
        {
            "role": "user",
            "content": f"That cannot be used: {why[:200]}. Answer the request above again, with one JSON object of the "
            "form it gives, and nothing else.",
        },
    ]


def endpoint_of(url: str, model: str = "", allowed: str = "", seconds: float = 600.0) -> Endpoint:
    """Return an endpoint, after a look at where its address leads.

    Parameters
    ----------
    url
        Address of the server: with or without ``/v1`` and what follows it.
    model
        Name of the model.
    allowed
        The one host beyond this machine that text may be sent to.
    seconds
        How long one try may take.
    """
    parts = _parts(url)
    host = (parts.hostname or "").lower()
    local = _is_local(host)
    if not local and host != allowed.lower().strip("[]"):
        raise BadRequest(
            f"{host} is not this machine: the text would leave it. If that is meant, add --allow-remote {host}."
        )
    if not local and parts.scheme == "http" and os.environ.get(KEY):
        raise BadRequest(f"A key is not sent to {host} in the clear. Use https, or unset {KEY}.")
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    path = path if path.endswith(("/v1", "/v2", "/v3", "/openai", "/v1beta")) else f"{path}/v1"
    return Endpoint(f"{parts.scheme}://{parts.netloc}{path}", model, local, seconds)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        near = get_close_matches(url.lower(), ("local", "rules"), 1)
        meant = f" Did you mean '{near[0]}'?" if near else ""
        raise BadRequest(
            f"drafter '{url}' is none of 'rules', 'local' and an address such as http://127.0.0.1:11434.{meant}"
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BadRequest(f"--drafter takes a plain address; a key belongs into the environment as {KEY}.")
    return parts


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
