"""XML in pieces and with damage: which elements are the articles, and that none is lost."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from framing.corpus.readers import xml_files
from tests.conftest import read_in
from tests.corpus.test_exports import FIRST, SECOND, body, heads
from tests.corpus.test_readers import TALKS

ITEM = "<item><title>{}</title><date>2031-03-{:02}</date><body>{}</body></item>"
OTHERS = "<note><title>{}</title><date>2031-03-{:02}</date><body>{}</body></note>"


def items(*numbers: int, item: str = ITEM) -> str:
    return "".join(item.format(f"Day {n}", n, f"On day {n}: {FIRST}") for n in numbers)


@pytest.mark.parametrize("size", [300, 301, 400, 999])
def test_a_file_in_pieces_is_read_as_a_whole_one(tmp_path, monkeypatch, size):
    """However many articles there are in a piece, and wherever it ends."""
    source = f"<?xml version='1.0'?><news>{items(*range(1, 10))}</news>"
    whole = read_in(tmp_path, "a.xml", source)
    monkeypatch.setattr(xml_files, "_AT_ONCE", size)
    corpus = fr.read_corpus(tmp_path)
    pd.testing.assert_frame_equal(corpus.articles, whole.articles)
    pd.testing.assert_frame_equal(corpus.paragraphs, whole.paragraphs)


@pytest.mark.parametrize(("most", "n"), [(400, 2), (300, 0)])
def test_an_article_without_an_end_is_held_up_to_a_limit(tmp_path, monkeypatch, most, n):
    """Those before it are read; the limit is that of one article, not of a piece with several."""
    monkeypatch.setattr(xml_files, "_AT_ONCE", 350)
    monkeypatch.setattr(xml_files, "ARTICLE_BYTES", most)
    source = f"<?xml version='1.0'?><news>{items(1, 2)}<item><body>{FIRST * 9}"
    corpus = read_in(tmp_path, "a.xml", source)
    assert len(corpus.articles) == 2
    assert corpus.audit["reason"].str.contains("over the limit").any()


@pytest.mark.parametrize("code", [*range(32), 127])
def test_a_control_character_costs_no_article_and_line_ends_stay(tmp_path, code):
    source = f"<?xml version='1.0'?><news>{items(1, 2)}</news>".replace("On day", f"On{chr(code)}day")
    texts = body(read_in(tmp_path, "a.xml", source))
    between = " " if chr(code) in "\t\n\r" else "\x7f" if code == 127 else ""
    assert texts == [f"On{between}day {n}: {FIRST}" for n in (1, 2)]


@pytest.mark.parametrize("first", [True, False])
def test_an_element_of_articles_that_stands_in_others_alone_is_none(tmp_path, first):
    """Whichever comes first: lists beside each other are all read, a box in an article is not."""
    box = items(9, item=OTHERS)
    inside = items(1, 2).replace("</body>", f"</body>{box}", 1)
    beside = items(1) + items(2, item=OTHERS)
    for source, titles in ((inside, ["Day 1", "Day 2"]), (beside, ["Day 1", "Day 2"])):
        source = source if first else "".join(reversed(source.partition("</item>")))
        corpus = read_in(tmp_path, "a.xml", f"<?xml version='1.0'?><news>{source}</news>")
        assert [title for title, *_ in heads(corpus)] == titles
