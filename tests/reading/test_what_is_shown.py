"""What a page does not show is not read, and what a long text leaves unread is said in one line."""

import pytest

from headlong.case import open_case
from headlong.reading.output.printing import lines_of
from headlong.reading.reader import read_text
from headlong.reading.text.decode import text_of

CASE = open_case("afghanistan-2021")


@pytest.mark.parametrize(
    "opening",
    [
        "div hidden",
        'div hidden="until-found" id=a',
        'div style="display:none"',
        "DIV class='a' STYLE = 'color: red; Display : None !important'",
        'div style="visibility:hidden"',
        'span style="display:none"',
        "p hidden",
        "li hidden",
    ],
)
def test_what_a_page_hides_is_not_read(opening):
    tag = opening.split()[0]
    said = text_of(f"<p>Before İ.</p><{opening}>Herat <b>fell</b>.</{tag}><p>After.</p>").split()
    assert said == ["Before", "İ.", "After."]


@pytest.mark.parametrize(
    "opening",
    [
        'p class="hidden"',
        'p title="a hidden place"',
        'p data-hidden="a"',
        'p style="display:block"',
        'p title=">" style="color:red"',
        'p data-style="display:none"',
        'p aria-hidden="true"',
        'body style="display:none"',
        'input type="hidden"',
        "br hidden",
    ],
)
def test_what_a_page_shows_is_read(opening):
    assert "Herat fell." in text_of(f"<{opening}>Herat fell.")


def test_a_hidden_element_ends_where_it_ends():
    assert text_of("<div hidden>a<div>b</div>c</div>d").split() == ["d"]
    assert text_of("<p hidden>a<p>b").split() == ["b"]
    assert text_of("<li hidden>a<li>b<li hidden>c<li>d").split() == ["b", "d"]
    assert text_of("<div hidden>a<p>b</p>").split() == ["b"]


def test_sentences_beyond_the_longest_text_are_told_in_one_line():
    found = read_text("Rain fell on the hills.\n\n" * 1300, CASE, "2021-08-13")
    told = [line for line in lines_of(found) if "beyond" in line]
    assert [" ".join(line.split()) for line in told] == [
        "1001-1300 not read: beyond the first 1000 sentences"
    ]
    assert {one["sentence"] for one in found["skipped"]} >= set(range(1, 1301))
