"""From bytes of any kind to plain text: markup, control characters and directional marks are gone.

Everything here is linear in the length of its input.
"""

from __future__ import annotations

import re
from html import unescape

__all__ = ["foreign", "one_line", "text_of", "without_controls"]

BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "td",
        "th",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "article",
        "section",
        "header",
        "footer",
        "blockquote",
        "hr",
        "main",
        "nav",
        "aside",
        "figure",
        "figcaption",
        "option",
        "form",
        "dd",
        "dt",
        "dl",
        "pre",
    ]
)
INLINE = frozenset({"a", "b", "i", "u", "em", "strong", "small", "span", "font", "label", "button"})
"""Elements within a line that may be hidden, as those of `BLOCKS` may."""
HIDDEN = frozenset({"script", "style", "title", "head", "noscript", "template", "svg", "nav", "figcaption"})
LONGEST_TAG = 2000
LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
"""To small letters of as many characters; `lower` makes two of some."""

ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]{0,500}(?:\x07|\x1b\\)?|\x1b[@-Z\\^_]?|\x9b[0-?]*[@-~]?"
)
# Control characters, zero-width and directional marks, private use, surrogates, and what is not a character.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\ue000-\uf8ff\ufffe\uffff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
LINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
PILED = re.compile("([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3})[\u0300-\u036f\u1ab0-\u20ff]+")
SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02", '"'),
        **dict.fromkeys("\u2019\u02bc\u02bb\u02bf\u02be\u2032\u00b4`\uff07", "'"),
        **dict.fromkeys("\u2010\u2011\u2043\u2212", "-"),
        **dict.fromkeys("\u2012\u2013\u2014\u2015", "\u2014"),
        "\u2026": "...",
        "\u2022": "\n",
        "\uff0c": ",",
    }
)


def text_of(raw: bytes | str) -> str:
    """Return plain text with one kind of quotation mark, apostrophe, dash and line end."""
    text = _decoded(raw) if isinstance(raw, bytes) else raw
    text = LINES.sub("\n", text)
    if "<" in text:
        text = _without_markup(text)
    if "&" in text:
        text = LINES.sub("\n", unescape(text))
    text = SPACES.sub(" ", without_controls(text))
    text = (
        re.sub(r"(?<![\w])['\u2018](?=\w[^\n']{0,400}[,.?!]['\u2019](?!\w))", '"', text)
        if _single(text)
        else text
    )
    text = text.replace("\u2018", "'").translate(SIGNS)
    text = re.sub(r"(?<=[,.?!])'(?!\w)", '"', text)
    text = re.sub(r" ?-- ?| -(?= )|(?<=\w)\u2014(?=\w)", _dash, text)
    return PILED.sub(r"\1", text)


def _dash(found: re.Match[str]) -> str:
    if found[0] != "\u2014":
        return " \u2014 " if "--" in found[0] else found[0]
    before = found.string[found.start() - 1]
    return "-" if before.isdigit() else " \u2014 "


def _single(text: str) -> bool:
    """Whether single quotation marks stand for speech."""
    return bool(re.search(r"[,.?!]['\u2019](?:\s|$)", text))


def without_controls(text: str) -> str:
    """Return text that does nothing to a terminal: no escapes, control characters or directional marks."""
    return UNSEEN.sub("", ESCAPES.sub("", text))


def one_line(text: str, longest: int = 400) -> str:
    """Return inert text on one line, cut at a length."""
    line = " ".join(without_controls(text[: 4 * longest]).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "\u2026"


def _decoded(raw: bytes) -> str:
    for mark, code in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(mark):
            return raw[len(mark) :].decode(code, "replace")
    head = raw[:2000]
    if len(head) > 3 and head.count(0) * 5 > len(head) * 2:
        code = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
        return raw.decode(code, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        mostly = raw.decode("utf-8", "replace")
        broken = mostly.count("\ufffd")
        foreign = sum(byte > 127 for byte in raw[: fault.start + 4000])
        return mostly if broken * 3 < foreign else raw.decode("cp1252", "replace")


def _without_markup(text: str) -> str:
    """Drop tags; a block tag ends a paragraph, and what a reader does not see goes with its tag."""
    out: list[str] = []
    at, unclosed = 0, set[str]()
    lower = text.translate(LOWER)
    while (start := text.find("<", at)) >= 0:
        out.append(text[at:start])
        if text.startswith("<!--", start):
            end = text.find("-->", start) if "-->" not in unclosed else -1
            if end < 0:
                unclosed.add("-->")
            at = start + 4 if end < 0 else end + 3
            continue
        end = text.find(">", start, start + LONGEST_TAG)
        name = re.match(r"[/!?]?([A-Za-z][A-Za-z0-9]*)", text[start + 1 : start + 40])
        if end < 0 or name is None:
            out.append("<" if name is None else " ")
            at = start + 1
            continue
        tag, at = name[1].lower(), end + 1
        if tag in HIDDEN and text[start + 1] != "/" and tag not in unclosed:
            closing = lower.find(f"</{tag}", at)
            if closing < 0:
                unclosed.add(tag)
            else:
                at = closing
        elif text[start + 1] != "/" and _unshown(tag, lower[start + 1 + len(tag) : end]):
            at = _end_of(tag, lower, at, unclosed)
        out.append("\n\n" if tag in BLOCKS and tag != "br" else "\n" if tag == "br" else "")
    out.append(text[at:])
    return "".join(out)


def _unshown(tag: str, attributes: str) -> bool:
    """Whether an element is hidden: by ``hidden``, or by a style that does not display it."""
    if tag not in BLOCKS | INLINE or tag in ("br", "hr") or attributes.endswith("/"):
        return False
    bare = re.sub(r"\sstyle\s*=\s*([\"'])([^\"']*)\1", _style, attributes)
    return bool(re.search(r"\shidden(?=[\s=]|$)", re.sub(r"=\s*(?:\"[^\"]*\"|'[^']*')", "= ", bare)))


def _style(found: re.Match[str]) -> str:
    hides = re.search(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", found[2])
    return " hidden " if hides else " "


def _end_of(tag: str, lower: str, at: int, unclosed: set[str]) -> int:
    """Return where a hidden element ends: at its closing tag, or where none comes at the next block."""
    depth = 1
    if tag != "p" and tag not in unclosed:
        for found in re.compile(rf"<(/?){tag}(?![a-z0-9])").finditer(lower, at):
            depth += -1 if found[1] else 1
            if not depth:
                return found.start()
        unclosed.add(tag)
    for found in re.compile(r"</?([a-z][a-z0-9]*)").finditer(lower, at):
        if found[1] == tag or found[1] in BLOCKS:
            return found.start()
    return len(lower)


MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
)


def foreign(raw: bytes) -> str:
    """Return what a file is that is no text: by how it begins, or because few of its characters are letters."""
    for start, kind in MAGIC:
        if raw.startswith(start):
            return kind
    head = raw[:20_000]
    controls = sum(0 < byte < 9 or 13 < byte < 27 for byte in head)
    if controls * 40 > len(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary"
    text = text_of(head)
    letters = sum(c.isalpha() or c.isspace() for c in text)
    broken = text.count("\ufffd") * 10 > len(text)
    return "binary" if len(raw) > 200 and (broken or letters < 0.4 * len(text)) else ""
