"""Where a cluster is, as the user names it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from headlong.errors import BadRequest, nearest

MOST_LOCAL = 256
"""Most workers on this machine."""


@dataclass(frozen=True)
class Where:
    """What the user named: processes of this machine, an address, or a file that holds the address."""

    text: str
    local: int = 0
    address: str = ""
    file: str = ""


def where_is(text: str) -> Where:
    """Read ``local:4``, ``tcp://host:8786``, ``host:8786`` or a scheduler's file (.json).

    Parameters
    ----------
    text
        What the user wrote.
    """
    cores = os.cpu_count() or 1
    name, _, number = text.partition(":")
    if name == "local":
        count = int(number) if re.fullmatch(r"\d{1,4}", number) else cores if text == "local" else 0
        if not 1 <= count <= MOST_LOCAL:
            raise BadRequest(
                f"cluster '{text}': write local:N with N from 1 to {MOST_LOCAL}, as local:{cores}."
            )
        return Where(text, local=count)
    if text.endswith(".json"):
        if not Path(text).is_file():
            raise BadRequest(
                f"cluster '{text}': no such file. `dask scheduler --scheduler-file FILE` writes it."
            )
        return Where(text, file=text)
    found = re.fullmatch(r"(?:(tcp|tls|ucx|ws|wss)://)?(\[[0-9A-Fa-f:.]+\]|[\w.-]+):(\d{1,5})", text)
    if found is None or int(found[3]) > 65535:
        raise BadRequest(
            f"cluster '{text}' is neither local:N nor an address.{nearest(name, ['local'])} Write local:4, "
            "tcp://HOST:8786, or the name of a scheduler's file (.json)."
        )
    return Where(text, address=f"{found[1] or 'tcp'}://{found[2]}:{found[3]}")
