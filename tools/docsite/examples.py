"""The gallery of examples: what each program says, its code, what it prints, and a figure of its forecast."""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
from pathlib import Path

RUN = Path(__file__).with_name("run_example.py")


def examples_page(folder: Path, pictures: Path | None) -> str:
    """The page of the examples.

    Parameters
    ----------
    folder : Path
        Where the programs are.
    pictures : Path or None
        Where their figures go; None: they are not run.
    """
    lines = [
        "# Examples",
        "",
        "Each is a whole program. What it prints and draws was made with this page.",
        "",
    ]
    if pictures is None:
        lines[2] = (
            "Each is a whole program. They were not run for this page; `make docs` without LIGHT runs them."
        )
    for path in sorted(folder.glob("*.py")):
        code = path.read_text("utf-8")
        lines += [
            f"## {path.stem.replace('_', ' ').capitalize()}",
            "",
            ast.get_docstring(ast.parse(code)) or "",
        ]
        lines += ["", f"```python\n{code.rstrip()}\n```", ""]
        if pictures is not None:
            printed = run(path, pictures)
            lines += [f"It prints:\n\n```text\n{printed.rstrip()}\n```", ""]
            if (pictures / f"{path.stem}.png").is_file():
                lines += [f"![Figures of the forecast of {path.name}](pictures/{path.stem}.png)", ""]
    return "\n".join(lines)


def run(path: Path, pictures: Path) -> str:
    """What a program prints; its figure is left in the folder. Kept beside the site, by what it was made from."""
    kept = pictures.parent.parent / "examples" / f"{path.stem}-{mark(path)}"
    if not (kept / "said.txt").is_file():
        kept.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [sys.executable, str(RUN), str(path.resolve()), str(kept.resolve())],
            capture_output=True, text=True, env={**os.environ, "MPLBACKEND": "agg"},
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{path.name} fails:\n{done.stderr}")
        (kept / "said.txt").write_text(done.stdout, encoding="utf-8")
    pictures.mkdir(parents=True, exist_ok=True)
    for figure in kept.glob("*.png"):
        (pictures / figure.name).write_bytes(figure.read_bytes())
    return (kept / "said.txt").read_text("utf-8")


def mark(path: Path) -> str:
    """Sixteen digits that change with the program, the package and the cases."""
    digest = hashlib.sha256(path.read_bytes())
    top = path.resolve().parents[1]
    for tree in (top / "src", top / "cases"):
        for found in sorted(tree.rglob("*")):
            if found.suffix in (".py", ".csv", ".toml", ".npz"):
                digest.update(found.relative_to(top).as_posix().encode() + found.read_bytes())
    return digest.hexdigest()[:16]
