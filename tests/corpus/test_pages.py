"""The benchmark of web pages, on pages made of the example corpus."""

from __future__ import annotations

import gzip
import html
import json

import pytest

import framing as fr
from tests.benchmarks.pages import Found, compared, overlap

# As pages carry them; `{}` is the text.
_MARKUP = {
    "headline": "<h1>{}</h1>",
    "standfirst": "<p class='standfirst'>{}</p>",
    "body": "<p>{}</p>",
    "caption": "<figure><img src='a.jpg'><figcaption>{}</figcaption></figure>",
    "related": "<aside><ul><li><a href='/x'>{}</a></li></ul></aside>",
    "furniture": "<div class='meta'>{}</div>",
    "fragment": "<h2>{}</h2>",
}


def test_overlap_counts_words_as_often_as_they_stand():
    """Two of three words found are right, and two of four of the page were found."""
    found = overlap("Talks fail fail", "The talks fail now")
    assert found == Found(2 / 3, 2 / 4)
    assert found.f1 == pytest.approx(4 / 7)
    assert overlap("", "Talks").f1 == 0


@pytest.mark.parametrize("marked", [True, False])
def test_no_word_of_the_body_of_a_page_is_lost(strait, tmp_path, marked):
    """Of pages with a mark for each role, and of others all of paragraphs: trafilatura or more."""
    (tmp_path / "html").mkdir()
    known = {}
    for n, (_, blocks) in enumerate(strait.paragraphs.groupby("article")):
        rows = zip(blocks["role"], blocks["text"], strict=True)
        said = [
            _MARKUP[role if marked or role == "headline" else "body"].format(html.escape(text))
            for role, text in rows
        ]
        page = f"<html><body><main><article>{''.join(said)}</article></main></body></html>"
        (tmp_path / "html" / f"{n}.html.gz").write_bytes(gzip.compress(page.encode(), mtime=0))
        body = blocks["text"][blocks["role"].isin(["body", "standfirst"])]
        known[str(n)] = {"articleBody": "\n".join(body)}
    (tmp_path / "ground-truth.json").write_text(json.dumps(known), "utf-8")
    theirs, ours = compared(tmp_path).to_dict("records")
    assert ours["pages"] == theirs["pages"] == len(known)
    assert ours["word F1"] > theirs["word F1"]
    assert ours["recall"] >= theirs["recall"] > 0.999


def test_items_of_a_list_in_the_story_are_body(tmp_path):
    """An item without a final mark looks like the title of another story, and is none."""
    story = "".join(f"<p>On day {n} they talked until late, officials said.</p>" for n in range(9))
    items = "<ul><li>Both navies keep five miles apart</li><li>Ships pay less from May</li></ul>"
    page = f"<html><body><article><h1>Talks end</h1>{story}{items}{story}</article></body></html>"
    (tmp_path / "page.html").write_text(page.replace("<p>On", "<p>Here on", 9), "utf-8")
    paragraphs = fr.read_corpus(tmp_path).paragraphs
    listed = paragraphs[paragraphs["text"].str.startswith("• ")]
    assert listed["role"].tolist() == ["body", "body"]


def test_dates_scores_places_and_rows_of_a_table_are_body(tmp_path):
    """A page marks its paragraphs: short lines without a final mark are no links to other stories."""
    story = "".join(f"<p>On day {n} they talked until late, officials said.</p>" for n in range(9))
    lines = [
        "Monday, March 3",
        "Gull 2, Herring 1",
        "Port Ansel",
        "Tickets: from the harbour office",
    ]
    table = "<table><tr><th>Ship</th><th>Crew</th></tr><tr><td>Alda</td><td>19</td></tr></table>"
    middle = "".join(f"<p>{line}</p>" for line in lines) + table
    page = f"<html><body><article><h1>Talks end</h1>{story}{middle}{story}</article></body></html>"
    (tmp_path / "page.html").write_text(page.replace("<p>On", "<p>Here on", 9), "utf-8")
    paragraphs = fr.read_corpus(tmp_path).paragraphs
    body = paragraphs.loc[paragraphs["role"] == "body", "text"].tolist()
    assert [line for line in [*lines, "Ship | Crew", "Alda | 19"] if line not in body] == []
