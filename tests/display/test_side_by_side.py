"""Two columns and a margin: what is shown is what stands in the tables, and text is text."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import framing as fr
from framing.display.marked import Marked

SOURCE = [
    "The harbour talks could fail on Monday in Dovek, officials fear.",
    "The old bridge <b>may</b> close after & before the summer storm.",
    "Nine sailors were at home in the evening.",
    "A tanker might leave the eastern port with grain.",
]
COPY = [
    "The harbour talks fail on Monday in Dovek.",
    "The old bridge <b>may</b> close after & before the summer storm.",
    "A tanker could leave the eastern port with grain.",
    "Somebody dreads the night.",
]
FIRST = ["strengthened", "alarm down", "attribution lost", "dropped: could, fear"]


def shown(**options: object) -> tuple[Marked, list[list[str]]]:
    aligned = fr.align(*(pd.DataFrame({"text": texts}) for texts in (SOURCE, COPY)))
    marked = fr.show_aligned(aligned, fr.shifts(aligned), **options)
    page = BeautifulSoup(marked.html, "html.parser")
    for lines in page.find_all("br"):
        lines.replace_with("\n")
    rows = page.find("tbody").find_all("tr")
    return marked, [[cell.get_text() for cell in row.find_all("td")] for row in rows]


def test_the_largest_shift_comes_first_and_what_stands_alone_last():
    """Two cues and a speaker gone; a modal for a modal; nothing; left out; added."""
    _, rows = shown()
    assert [row[2].split("\n") for row in rows] == [
        [*FIRST, *rows[0][2].split("\n")[4:]],
        ["might → could", "11% of words reworded"],
        ["0% of words reworded"],
        ["left out"],
        ["added"],
    ]
    assert rows[3][1] == rows[4][0] == ""
    assert rows[3][0].startswith("2\n") and rows[4][1].startswith("3\n")


def test_text_is_never_markup():
    marked, rows = shown()
    assert BeautifulSoup(marked.html, "html.parser").find_all("b", string="may") == []
    assert "<b>may modal verbs</b>" in rows[2][0].replace("\xa0", " ")


def test_measures_and_top_choose_what_is_told():
    _, rows = shown(measures=["alarm"], top=1)
    assert len(rows) == 1
    assert "dropped: fear" in rows[0][2].split("\n")
    assert "could modal" not in rows[0][0].replace("\xa0", " ")


def test_nothing_to_show_is_an_empty_table():
    empty = fr.align(*[pd.DataFrame({"text": ["Talks."]})] * 2)[:0]
    assert fr.show_aligned(empty, fr.shifts(empty)).plain == ""


@pytest.mark.parametrize(
    "other",
    [
        lambda a: a.assign(text_a="The " + a["text_a"]),  # cues would stand at other words
        lambda a: a.assign(article_b="z"),  # notes would be of other paragraphs
        lambda a: fr.align(*(pd.DataFrame({"text": t}) for t in (SOURCE[::-1], COPY))),
    ],
)
def test_shifts_of_another_alignment_are_an_error(other):
    aligned = fr.align(*(pd.DataFrame({"text": texts}) for texts in (SOURCE, COPY)))
    with pytest.raises(ValueError, match="shifts are those of another alignment"):
        fr.show_aligned(other(aligned), fr.shifts(aligned))
    fr.show_aligned(aligned[2:], fr.shifts(aligned))
