"""XML in pieces and with damage: which elements are the articles, and that none is lost."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from framing.corpus.readers import xml_files
from tests.conftest import read_in
from tests.corpus.test_exports import FIRST, heads

ITEM = "<item><title>{}</title><date>2031-03-{:02}</date><body>{}</body></item>"
NOTE = ITEM.replace("item>", "note>")


def items(*numbers: int, item: str = ITEM) -> str:
    return "".join(item.format(f"Day {n}", n, f"On day {n}: {FIRST}") for n in numbers)


@pytest.mark.parametrize("size", [300, 301, 400, 999])
def test_a_file_in_pieces_is_read_as_a_whole_one(tmp_path, monkeypatch, size):
    """However many articles there are in a piece, wherever it ends, and with no other input."""
    whole = read_in(tmp_path, "a.xml", f"<?xml version='1.0'?><news>{items(*range(1, 10))}</news>")
    monkeypatch.setattr(xml_files, "_AT_ONCE", size)
    monkeypatch.setattr(xml_files, "ARTICLE_BYTES", 200)
    corpus = fr.read_corpus(tmp_path)
    assert set(corpus.audit["outcome"]) == {"scored"} and len(corpus.articles) == 9
    for name in ("articles", "paragraphs", "audit"):
        pd.testing.assert_frame_equal(getattr(corpus, name), getattr(whole, name))


@pytest.mark.parametrize("tag", ["item", "article", "doc"])
def test_a_first_article_that_is_longer_than_a_piece_is_read(tmp_path, monkeypatch, tag):
    source = f"<news>{items(1, 2, 3).replace('item>', f'{tag}>')}</news>"
    monkeypatch.setattr(xml_files, "_AT_ONCE", source.index(FIRST))
    corpus = read_in(tmp_path, "a.xml", source)
    assert corpus.articles.sort_values("title")["source"].tolist() == [
        f"a.xml, document {n}" for n in (1, 2, 3)
    ]
    assert set(corpus.audit["outcome"]) == {"scored"}


def test_an_article_without_an_end_is_held_up_to_a_limit_and_those_before_it_are_read(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(xml_files, "_AT_ONCE", 350)
    monkeypatch.setattr(xml_files, "ARTICLE_BYTES", 700)
    source = f"<?xml version='1.0'?><news>{items(1, 2, 3)}<item><body>{FIRST * 20}"
    corpus = read_in(tmp_path, "a.xml", source)
    assert len(corpus.articles) == 3
    assert corpus.audit["reason"].str.contains("over the limit").sum() == 1


def test_a_control_character_costs_no_article_and_line_ends_stay(tmp_path):
    for code in range(32):
        source = f"<?xml version='1.0'?><news>{items(1, 2)}</news>"
        corpus = read_in(tmp_path, "a.xml", source.replace("On day", f"On{chr(code)}day"))
        words = " ".join(corpus.paragraphs["text"]).split()
        assert words.count("Onday") == (0 if code in (9, 10, 13) else 2), code
        assert len(corpus.articles) == 2
        told = corpus.audit["reason"].str.contains("1 control character taken out").sum()
        assert told == (0 if code in (9, 10, 13) else 2)


@pytest.mark.parametrize("empty", ["<item/>", "<item></item>", '<item id="7"> </item>'])
def test_elements_without_anything_hide_no_article_behind_them(tmp_path, empty):
    source = f"<?xml version='1.0'?><news>{empty * 300}{items(1, 2)}</news>"
    assert len(read_in(tmp_path, "a.xml", source).articles) == 2


@pytest.mark.parametrize(
    ("inside", "days"),
    [
        (items(1).replace("</body>", items(8, item=NOTE) + "</body>") + items(9, item=NOTE), [1]),
        (items(1, 2) + items(9).replace("item>", "week>").replace("<date", items(3) + "<date"),
         [1, 2, 3]),
        (items(2, item=NOTE) + items(1), [1, 2]),
    ],
)  # fmt: skip
def test_what_is_a_part_of_articles_or_around_them_is_none(tmp_path, inside, days):
    """Neither where it stands alone, too; lists beside each other are all read."""
    corpus = read_in(tmp_path, "a.xml", f"<?xml version='1.0'?><news>{inside}</news>")
    assert [title for title, *_ in heads(corpus)] == [f"Day {n}" for n in days]
