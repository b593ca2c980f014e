"""One page to look at a forecast: a file to mail, a cell of a notebook, a tab of the browser."""

from __future__ import annotations

import html
import zlib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from headlong.errors import BadRequest
from headlong.files import write_text
from headlong.view.page.context import look_beside
from headlong.view.page.payload import payload

if TYPE_CHECKING:
    import xarray as xr

    from headlong.archive.shapes import OverTime
    from headlong.case import Case

TOKEN = "@@HEADLONG_PAYLOAD@@"
SHELL = "page.html"
SIGNS = "".join(chr(k) for k in range(33, 127) if chr(k) not in '"&<')
"""Signs that can stand in a page's element and in an attribute of it: 91, so that two of them hold 13 bits."""
BITS = 13
GZIP = 31
"""Window and wrapper of zlib: gzip, without a time, so that the same box gives the same text."""


def page(forecast: xr.Dataset, case: Case | None = None, basemap: str | None = None) -> Page:
    """Make the page of a forecast or of a what-if.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast` or `headlong.what_if`, or read with `headlong.load`.
    case : Case, optional
        Its case, for roads and the past; by default the bundled one of that name.
    basemap : str, optional
        ``none``, or a GeoJSON file to draw behind the map instead of the shipped countries.

    Returns
    -------
    Page
        ``.save("page.html")`` writes it; a notebook shows it.

    Raises
    ------
    BadRequest
        What is given is not a whole forecast, or the GeoJSON file cannot be drawn.
    """
    return Page(forecast, case, basemap)


class Page:
    """The page of one forecast: shows itself in a notebook, and can be saved.

    Parameters
    ----------
    forecast, case, basemap
        As in `page`.
    over_time : dict, optional
        What was forecast before (`headlong.archive.over_time`).
    """

    def __init__(
        self,
        forecast: xr.Dataset,
        case: Case | None = None,
        basemap: str | None = None,
        over_time: OverTime | None = None,
    ) -> None:
        self.forecast = forecast
        self.box = payload(forecast, look_beside(forecast, case, basemap).and_over_time(over_time))

    def html(self) -> str:
        """Text of the whole page."""
        return filled(self.box)

    def save(self, path: str | Path) -> Path:
        """Write the page to one file, whole or not at all; it needs nothing else and no network."""
        write_text(path, self.html())
        return Path(path)

    def show(self, height: int = 720) -> PageFrame:
        """Give the live page for a notebook's cell."""
        return PageFrame(self.html(), height)

    def _repr_html_(self) -> str:
        from headlong.view.figures.svg import sketch

        return sketch(self.forecast)

    def __repr__(self) -> str:
        title = self.forecast.attrs.get("title", "forecast")
        return f"<Page of {title}: .save('page.html') writes it, .show() shows it here>"


class PageFrame:
    """A page inside a notebook's cell."""

    def __init__(self, text: str, height: int) -> None:
        self.text, self.height = text, height

    def _repr_html_(self) -> str:
        inner = html.escape(self.text, quote=False).replace('"', "&quot;")
        style = "width:100%;border:1px solid #ccc"
        return (
            f'<iframe srcdoc="{inner}" style="{style}" height="{self.height}" '
            'sandbox="allow-scripts allow-downloads" title="Headlong"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<Frame of a page, {len(self.text):,} characters>"


def filled(box: bytes) -> str:
    """Put a payload into the page."""
    text = shell()
    if text.count(TOKEN) != 1:
        raise RuntimeError(f"{SHELL} has {text.count(TOKEN)} places for a payload, not one")
    return text.replace(TOKEN, as_element_text(box))


def as_element_text(box: bytes) -> str:
    """Write bytes as text that cannot end the element it stands in: their number once packed, a colon, and `SIGNS`."""
    press = zlib.compressobj(9, zlib.DEFLATED, GZIP, 9, zlib.Z_FILTERED)
    packed = press.compress(box) + press.flush()
    bits = np.unpackbits(np.frombuffer(packed, np.uint8))
    groups = np.r_[bits, np.zeros(-len(bits) % BITS, np.uint8)].reshape(-1, BITS)
    numbers = groups @ (1 << np.arange(BITS)[::-1])
    signs = np.frombuffer(SIGNS.encode(), np.uint8)
    pairs = np.stack(np.divmod(numbers, len(SIGNS)), axis=1)
    return f"{len(packed)}:{signs[pairs].tobytes().decode('ascii')}"


def from_text(text: str) -> bytes:
    """Bytes that `as_element_text` wrote."""
    length, _, signs = text.partition(":")
    place = np.zeros(128, np.int64)
    place[list(SIGNS.encode())] = np.arange(len(SIGNS))
    pairs = place[np.frombuffer(signs.encode("ascii"), np.uint8)].reshape(-1, 2)
    numbers = pairs @ (len(SIGNS), 1)
    bits = (numbers[:, None] >> np.arange(BITS)[::-1]) & 1
    packed = np.packbits(bits.astype(np.uint8).ravel()).tobytes()
    return zlib.decompress(packed[: int(length)], GZIP)


def shell() -> str:
    """The page without a forecast, as built from viewer/."""
    path = files("headlong.view.page") / SHELL
    if not path.is_file():
        raise BadRequest(
            "this copy of Headlong has no page. From a clone, `make page` builds it (needs node)."
        )
    return path.read_text("utf-8")


def export(
    forecast: Any,
    path: Path,
    case: Case | None = None,
    basemap: str | None = None,
    over_time: OverTime | None = None,
) -> int:
    """Write the page of a forecast; returns its size in bytes."""
    return Page(forecast, case, basemap, over_time).save(path).stat().st_size
