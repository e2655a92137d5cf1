"""Articles and their versions: found by outlet, by article, or by what is there."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

import framing as fr
from framing.display import past, versions
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
    with pytest.warns(UserWarning, match="were source and copy swapped") as told:
        found = fr.align_versions(strait.paragraphs, copies, source=COPY, copy=WIRE)
    assert told[0].filename == __file__  # the line of the user, not one of ours
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


def test_the_outlets_found_are_two_and_the_source_is_where_most_directions_start():
    """Copies within X are more than those between; Y took two from X, X one from Y."""
    day = "2031-01-0"
    rows = [(f"own{i}", "X", f"{day}1", story(9)) for i in range(4)]
    for i, (first, second) in enumerate(["XY", "XY", "YX"]):
        rows += [(f"{i}a", first, f"{day}2", story(i)), (f"{i}b", second, f"{day}3", story(i))]
    rows += [("z1", "Z", f"{day}1", story(8)), ("y1", "Y", f"{day}2", story(8))]
    table = corpus(*rows)
    found = fr.align_versions(table, fr.find_copies(table))
    assert found.pairs[["article_a", "article_b", "outlet_a"]].values.tolist() == [
        ["0a", "0b", "X"], ["1a", "1b", "X"], ["2b", "2a", "X"],
    ]  # fmt: skip
    assert found.pairs.index.tolist() == found.aligned.index.tolist() == [0, 1, 2]
    assert list(found.pairs) == list(fr.find_copies(table).pairs)
    assert repr(found) == "Versions: 3 pairs of articles, 3 of paragraphs"
    turned = table.replace({"outlet": {"X": "Y", "Y": "X"}})
    assert set(fr.align_versions(turned, fr.find_copies(turned)).pairs["outlet_a"]) == {"Y"}


def test_of_two_sources_as_close_the_first_by_name_is_taken_and_pairs_stand_by_date():
    rows = [("s2", "S", "2031-01-01", story(1)), ("s1", "S", "2031-01-02", story(1))]
    rows += [("t", "T", "2031-01-03", story(1)), ("s3", "S", "2031-01-01", story(2))]
    rows += [("t0", "T", "2031-01-04", story(2))]
    table = corpus(*rows)
    found = fr.align_versions(table, fr.find_copies(table), source="S", copy="T")
    assert found.pairs[["article_a", "article_b"]].values.tolist() == [["s3", "t0"], ["s1", "t"]]
    with pytest.raises(ValueError, match="no copies between outlets were found in 4 articles"):
        only = table[table["outlet"] == "S"]
        only = pd.concat([only, corpus(("u", "U", "", story(3)))])
        fr.align_versions(only, fr.find_copies(only))


@pytest.mark.parametrize(("source", "copy"), [("X", "Y"), ("Y", "X"), ("y1", "x1"), ("", "")])
def test_source_and_copy_against_the_direction_are_noted(source, copy):
    """A report called what was dropped added, and knew by the credits that it was."""
    rows = [(f"x{i}", "X", f"2031-01-0{i}", story(i)) for i in (1, 2)]
    rows += [(f"y{i}", "Y", "", story(i) + " Source: X") for i in (1, 2)]
    table = corpus(*rows)
    copies = fr.find_copies(table)
    with warnings.catch_warnings(record=True, action="always") as heard:
        found = fr.align_versions(table, copies, source=source, copy=copy)
    turned = source in ("Y", "y1")
    assert len(heard) == turned
    articles = table.drop_duplicates("article").assign(title="")
    shifts = fr.shifts(found.aligned)
    for text in (
        versions.of_two(found.pairs, articles, shifts, copies, given=bool(source)),
        past.of_rewrite(found.pairs, shifts, fr.balance(shifts), 1),
        *(str(warning.message) for warning in heard),
    ):
        number = "1 of 1 pair" if source == "y1" else "2 of 2 pairs"
        said = f"the copy was there first in {number}, the source in 0: were source and copy swap"
        assert (said in text) == turned


def test_copies_of_other_paragraphs_are_an_error(strait, copies):
    gone = copies.pairs["article_a"].iloc[0]
    part = strait.paragraphs[strait.paragraphs["article"] != gone]
    pair = copies.pairs.iloc[0]
    with pytest.raises(ValueError, match=r"has no paragraph .*find the copies in the same"):
        fr.align_versions(part, copies, source=pair["outlet_a"], copy=pair["outlet_b"])


def test_of_outlets_and_articles_that_are_near_to_no_name_the_first_three_are_shown(strait, copies):
    with pytest.raises(ValueError, match=r"did you mean one of '[^']+', '[^']+', '[^']+'\?"):
        fr.align_versions(strait.paragraphs, copies, source="QQQ", copy="QQQQ")
