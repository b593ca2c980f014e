"""A form of the model in a Python file of one's own, which makes one `Form`; reading it runs it.

`headlong calibrate --form FILE.py` learns its parameters; other verbs take the file together with that bank.
"""

from __future__ import annotations

import traceback
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from headlong.errors import BadRequest
from headlong.files import must_be_plain
from headlong.forms import shares
from headlong.forms.form import Form

TO_START_FROM = "docs/for-researchers.md has one to start from."


def read_form(path: str | Path) -> Form:
    """Run a file that makes a form, and take the form from it.

    Parameters
    ----------
    path : str or Path
        A Python file. What it imports must be installed.

    Returns
    -------
    Form
        With the hash of the file, by which banks and forecasts know it again.

    Raises
    ------
    BadRequest
        There is no such file, it does not run, it makes no form or several, or its form cannot be used.
    """
    path = Path(path)
    if path.suffix != ".py":
        raise BadRequest(f"{path} is no form: a form is a Python file (.py) that makes one. {TO_START_FROM}")
    must_be_plain(path, "a Python file")
    try:
        source = path.read_bytes()
    except OSError as error:
        raise BadRequest(
            f"{path} cannot be read as a form: {error.strerror or error}. Name the file of a form."
        ) from error
    made = [form for form in values_of(source, path) if isinstance(form, Form)]
    forms = list({id(form): form for form in made if form is not shares.SHARES}.values())
    if len(forms) != 1:
        names = ", ".join(f"'{form.name}'" for form in forms)
        raise BadRequest(
            f"{path} makes {f'{len(forms)} forms ({names})' if forms else 'no form'}: a file has one, by a name of its "
            f"own, as NAME = Form(...). {TO_START_FROM}"
        )
    forms[0].must_be_sound()
    return replace(forms[0], file_hash=sha256(source).hexdigest())


def values_of(source: bytes, path: Path) -> list[object]:
    """What a file has names for, once it has run; what goes wrong in it is said with its line."""
    module = ModuleType(path.stem)
    module.__file__ = str(path)
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)
    except SyntaxError as error:
        raise BadRequest(f"{path}:{error.lineno or 1} is not Python: {error.msg}. Mend the file.") from error
    except (Exception, SystemExit) as error:
        lines = [at.lineno for at in traceback.extract_tb(error.__traceback__) if at.filename == str(path)]
        where = f"{path}:{lines[-1]}" if lines else str(path)
        raise BadRequest(f"{where} does not run: {type(error).__name__}: {error}. Mend the file.") from error
    return list(vars(module).values())
