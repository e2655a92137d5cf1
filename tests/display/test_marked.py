from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import framing as fr
from framing.typeset.web import web_page


def shown(text: str, **columns: object) -> tuple[str, BeautifulSoup]:
    table = pd.DataFrame({"article": "a", "paragraph": 3, "text": [text], **columns})
    html = fr.show(table, fr.find_cues(table))._repr_html_()
    return html, BeautifulSoup(html, "html.parser")


def test_marks_hold_the_matches_and_their_category():
    _, page = shown("Talks may fail, officials fear.")
    marks = [m for m in page.find_all("mark") if m.find("span")]
    assert [m.contents[0] for m in marks] == ["may", "fear"]
    assert [m.find("span").text.strip() for m in marks] == ["modal verbs", "fear"]


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
    """Also of an article whose other paragraphs, which are not shown, have other marks."""
    texts = ["Talks may fail.", "“They could,” he said, “without risk.”"]
    table = pd.DataFrame({"article": "a", "paragraph": [0, 1], "text": texts})
    html = fr.show(table.head(1), fr.find_cues(table))._repr_html_()
    assert BeautifulSoup(html, "html.parser").find("p").text.split() == ["modal", "verbs"]


def test_what_is_not_scored_says_its_role():
    _, page = shown("Sign up for alerts", role="furniture")
    assert "furniture:" in page.text


def test_what_does_not_count_is_faint_and_says_why():
    """Another sense, or that it is negated; no tint and no category."""
    _, page = shown("She could not go. There is no risk. It may rain.")
    faint = [s.text for s in page.find_all("span") if "opacity" in s.get("style", "")]
    assert faint == ["not counted\xa0reason", "could\xa0another sense", "risk\xa0negated"]
    assert [m.contents[0] for m in page.find_all("mark") if m.find("span")] == ["may"]
    table = pd.DataFrame({"text": ["She could not go."]})
    assert repr(fr.show(table.assign(article="", paragraph=0), fr.find_cues(table))) == (
        "0  She [could: epi_modal, R-COULD] not go."
    )


def test_every_voice_has_its_own_line():
    """Five kinds of underline, and none for the outlet's own words; the legend names those there."""
    text = "It may. “It may,” he said. The “possible” deal. Officials said it might. “It could go"
    _, page = shown(text)
    lines = {
        m.contents[0]: m["style"].split("underline ")[-1].split(";")[0]
        for m in page.find_all("mark")
        if m.find("span") and "underline" in m["style"]
    }
    assert lines == {
        "said": "solid", "might": "dashed", "possible": "dotted 2px", "could": "wavy", "may": "dotted",
    }  # fmt: skip
    legend = page.find("p").text
    assert all(
        w in legend for w in ["reporting word", "reported", "quoted", "scare quote", "voice"]
    )


def test_a_table_is_the_same_in_every_web_page():
    """pandas names a styled table by chance: in the names of its cells and in its style sheet."""
    frame = pd.DataFrame({"outlet": ["Howl"], "articles": [3]})

    def page():
        data = {"text/html": fr.table(frame).to_html()}
        output = {"output_type": "display_data", "data": data, "metadata": {}}
        cell = {"cell_type": "code", "metadata": {}, "source": "", "outputs": [output]}
        return web_page({"cells": [cell], "metadata": {}}, name="a")

    assert "text-align: left" in page()
    assert page() == page()


def test_tables_in_the_wrong_order_are_an_error(strait, strait_cues):
    with pytest.raises(ValueError, match="no column 'title': expected a table of articles, as"):
        fr.show(strait.paragraphs, strait_cues, articles=strait.articles.drop(columns="title"))
    with pytest.raises(ValueError, match="no column 'text': expected a table of paragraphs"):
        fr.show(strait_cues, strait.paragraphs)
    with pytest.raises(ValueError, match="no column 'start', 'end', 'match': expected a table of"):
        fr.show(strait.paragraphs, strait.paragraphs)
