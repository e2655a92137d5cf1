from __future__ import annotations

import pandas as pd
from bs4 import BeautifulSoup

import framing as fr


def shown(text: str, **columns: object) -> tuple[str, BeautifulSoup]:
    table = pd.DataFrame({"article": "a", "paragraph": 3, "text": [text], **columns})
    html = fr.show(table, fr.find_cues(table))._repr_html_()
    return html, BeautifulSoup(html, "html.parser")


def test_marks_hold_the_matches_and_their_category():
    _, page = shown("Talks may fail, officials fear.")
    marks = [m for m in page.find_all("mark") if m.find("span")]
    assert [m.contents[0] for m in marks] == ["may", "fear"]
    assert [m.find("span").text.strip() for m in marks] == ["modal", "fear"]


def test_text_is_never_markup():
    """Script, entities and marks in a text are shown as they were written."""
    text = "<script>alert(1)</script> may &amp; <b>fear</b> “quote”"
    html, page = shown(text)
    assert page.find("script") is None
    assert "&lt;script&gt;" in html
    for label in page.find_all("span"):
        label.decompose()
    assert text in page.find_all("p")[-1].text


def test_the_legend_has_what_is_there_and_nothing_else():
    _, page = shown("Talks may fail.")
    assert [m.text.strip() for m in page.find("p").find_all("mark")] == ["modal"]


def test_what_is_not_scored_says_its_role():
    _, page = shown("Sign up for alerts", role="furniture")
    assert "furniture:" in page.text
