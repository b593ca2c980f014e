"""No two stretches of code are alike for long: what is written twice drifts apart unseen."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("src", "scripts", "tools", "validation", "benchmarks", "examples", "tests")
LONG = 8
"""Lines of code, without imports, docstrings, comments and lone brackets."""


def skipped(tree):
    """Numbers of the lines of imports and docstrings."""
    for node in ast.walk(tree):
        text = (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        )
        if text or isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from range(node.lineno, node.end_lineno + 1)


def code_lines(text):
    """Lines of code as (number, text without blanks at its ends and without a comma at its end)."""
    left_out = set(skipped(ast.parse(text)))
    lines = [(n, line.split("  # ")[0].strip().rstrip(",")) for n, line in enumerate(text.splitlines(), 1)]
    return [
        (n, line)
        for n, line in lines
        if n not in left_out and line[:1] != "#" and any(map(str.isalnum, line))
    ]


def duplicates(texts):
    """Where stretches of `LONG` lines begin that stand in two places, each pair once."""
    seen, found, last = {}, [], None
    for name, text in texts.items():
        lines = code_lines(text)
        for k in range(len(lines) - LONG + 1):
            stretch = tuple(line for _, line in lines[k : k + LONG])
            here = (name, lines[k][0])
            if stretch not in seen:
                seen[stretch] = here
                continue
            there = seen[stretch]
            if last is None or (last[0][0], last[1][0], last[2] + 1) != (there[0], name, k):
                found.append(f"{there[0]}:{there[1]} and {here[0]}:{here[1]}: {stretch[0]}")
            last = (there, here, k)
    return found


def test_nothing_long_is_written_twice():
    files = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    found = duplicates({str(path.relative_to(ROOT)): path.read_text("utf-8") for path in files})
    assert not found, "\n".join(found)


def test_the_test_of_duplicates_can_fail():
    body = "".join(f"    x{k} = f({k})\n" for k in range(LONG))
    one, two = f"def one():\n{body}", f"import os\n\n\ndef two():\n    'Doc.'\n\n    # said\n{body}"
    assert len(duplicates({"one": one, "two": two})) == 1
    assert not duplicates({"one": one, "two": two.replace("f(3)", "f(9)")})
