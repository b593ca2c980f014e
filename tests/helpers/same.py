"""Whether two forecasts agree in every bit."""


def identical(one, other):
    """Say whether two datasets agree in every bit of every variable, coordinate and attribute."""
    names = set(one.variables) == set(other.variables) and one.attrs == other.attrs
    return names and all(
        one[name].dims == other[name].dims
        and one[name].dtype == other[name].dtype
        and one[name].values.tobytes() == other[name].values.tobytes()
        if one[name].dtype.kind in "biufM"
        else list(one[name].values) == list(other[name].values)
        for name in one.variables
    )


def assert_identical(one, other):
    """Name what differs."""
    assert one.attrs == other.attrs
    assert set(one.variables) == set(other.variables)
    odd = [n for n in one.variables if not identical(one[[n]].drop_attrs(), other[[n]].drop_attrs())]
    assert not odd
    assert identical(one, other)


def assert_identical_but_text(one, other):
    """As `assert_identical`; a file gives texts back as objects, and whole numbers of attributes as numpy's."""
    assert set(one.variables) == set(other.variables)
    for name in one.variables:
        a, b = one[name], other[name]
        assert a.dims == b.dims
        if a.dtype.kind in "biufM":
            assert a.dtype == b.dtype and a.values.tobytes() == b.values.tobytes(), name
        else:
            assert [str(x) for x in a.values] == [str(x) for x in b.values], name
    assert {k: str(v) for k, v in one.attrs.items()} == {k: str(v) for k, v in other.attrs.items()}
