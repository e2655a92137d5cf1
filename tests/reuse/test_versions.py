"""Articles and their versions: found by outlet, by article, or by what is there."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from tests.conftest import GOLD
from tests.reuse.test_copies import corpus, story

WIRE, COPY = "Meridian Wire", "News Braces Online"


@pytest.fixture(scope="module")
def copies(strait):
    return fr.find_copies(strait.paragraphs)


def test_the_rewrites_of_the_example_stand_against_their_sources(strait, copies):
    """As the gold says, whether the outlets are named or found."""
    gold = pd.read_csv(GOLD / "rewrites.csv")
    want = [gold[side].str.removesuffix(".txt").tolist() for side in ("source", "copy")]
    for names in ({"source": WIRE, "copy": COPY}, {}):
        found = fr.align_versions(strait.paragraphs, copies, **names)
        assert [found.pairs["article_a"].tolist(), found.pairs["article_b"].tolist()] == want
        assert set(found.aligned["article_a"]) <= set(want[0])
        assert found.aligned.index.is_unique


def test_the_other_way_round_source_and_copy_change_places(strait, copies):
    found = fr.align_versions(strait.paragraphs, copies, source=COPY, copy=WIRE)
    assert set(found.pairs["outlet_a"]) == {COPY}
    assert found.pairs["article_a"].str.startswith("newsbraces/").all()


def test_two_articles_are_aligned_whatever_they_share():
    table = corpus(("x", "X", "", story(1)), ("y", "Y", "", story(2)), ("z", "Z", "", story(1)))
    nothing = fr.align_versions(table, fr.find_copies(table), source="x", copy="y")
    assert nothing.aligned["kind"].tolist() == ["added", "left out"]
    same = fr.align_versions(table, fr.find_copies(table), source="z", copy="x")
    assert same.aligned[["article_a", "article_b", "kind"]].values.tolist() == [["z", "x", "pair"]]


def test_an_article_stands_against_the_version_it_shares_most_with():
    one, more = story(1, 80), story(7, 20)
    rows = [("a", "A", "", one), ("b", "A", "", f"{one} {more}"), ("c", "C", "", f"{one} {more}")]
    rows += [("d", "D", "", story(5))]
    table = corpus(*rows)
    found = fr.align_versions(table, fr.find_copies(table), source="A", copy="C")
    assert found.pairs[["article_a", "article_b"]].values.tolist() == [["b", "c"]]


def test_a_corpus_of_two_articles_needs_no_names():
    table = corpus(("x", "", "", story(1)), ("y", "", "", story(2)))
    found = fr.align_versions(table, fr.find_copies(table))
    assert found.pairs[["article_a", "article_b"]].values.tolist() == [["x", "y"]]


def test_names_that_are_not_there_and_outlets_without_copies_are_told(strait, copies):
    with pytest.raises(
        ValueError, match=r"no outlet or article 'Meridan Wire'; did .*'Meridian Wire'"
    ):
        fr.align_versions(strait.paragraphs, copies, source="Meridan Wire", copy=COPY)
    with pytest.raises(ValueError, match="no article of 'Deckhand Notes' is a copy"):
        fr.align_versions(strait.paragraphs, copies, source=WIRE, copy="Deckhand Notes")
    with pytest.raises(ValueError, match="source and copy must be given together"):
        fr.align_versions(strait.paragraphs, copies, source=WIRE)
