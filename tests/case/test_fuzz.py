"""Whatever bytes a case holds: a Case or a CaseError, never another exception."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from headlong.case import Case, read
from headlong.errors import CaseError

BITES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [b'"', b",", b"\n", b"\r", b"\x00", b"\xff", b"nan", b"-", b"9" * 30, b"[[sides]]", b"=", b"#", b"{"]
    ),
    st.text(max_size=6).map(lambda text: text.encode("utf-8", "surrogatepass")),
)


@st.composite
def mutations(draw, names):
    """Choose a file, and places where bytes are put in, over or taken out."""
    name = draw(st.sampled_from(names))
    edits = st.tuples(st.integers(0, 2000), st.integers(0, 30), BITES)
    return name, draw(st.lists(edits, min_size=1, max_size=6))


def mutate(data, edits):
    for at, length, bite in edits:
        at %= len(data) + 1
        data = data[:at] + bite + data[at + length :]
    return data


def test_any_bytes(small):
    files = {name: text.encode() for name, text in small.items()}

    @settings(max_examples=300, deadline=None)
    @given(st.lists(mutations(sorted(files)), min_size=1, max_size=3))
    def holds(changes):
        with tempfile.TemporaryDirectory() as place:
            broken = dict(files)
            for name, edits in changes:
                broken[name] = mutate(broken[name], edits)
            for name, data in broken.items():
                (Path(place) / name).write_bytes(data)
            try:
                case = read(place)
            except CaseError as error:
                assert error.findings and all(f.remedy and f.problem for f in error.findings)
            else:
                assert isinstance(case, Case) and len(case.hash) == 64
                assert case.known_by(case.init).presses(case.init) is not None

    holds()
