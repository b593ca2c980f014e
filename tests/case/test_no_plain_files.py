"""A table that is a device or a pipe is a finding, not a wait without end."""

import os
import shutil
from pathlib import Path

import pytest

from headlong.case import read
from headlong.case.gallery import gallery_folder
from headlong.case.tables.table_text import file_text
from headlong.errors import CaseError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="devices and pipes of POSIX")


@pytest.mark.parametrize("what", ["/dev/zero", "pipe"])
@pytest.mark.parametrize("name", ["reports.csv", "case.toml"])
def test_what_never_ends_is_a_finding(tmp_path, name, what):
    case = tmp_path / "chad-2008"
    shutil.copytree(gallery_folder() / "chad-2008", case)
    (case / name).unlink()
    if what == "pipe":
        os.mkfifo(case / name)
    else:
        (case / name).symlink_to(what)
    assert not isinstance(file_text(case / name), str)
    with pytest.raises(CaseError) as caught:
        read(case)
    assert "no plain file" in str(caught.value) and name in str(caught.value)


def test_a_file_larger_than_any_table_is_a_finding(tmp_path, monkeypatch):
    monkeypatch.setattr("headlong.case.tables.table_text.MOST_BYTES", 3)
    path = Path(tmp_path / "places.csv")
    path.write_text("id,name\n")
    assert "bytes" in str(file_text(path))
