"""A cluster of copies counts once an outlet, or once altogether."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

import framing as fr
from tests.reuse.test_copies import corpus, story


def test_marks_that_are_there_stay():
    """A later version of a page is not compared either way; what is marked anew joins it."""
    story = "Nine crew left Dovek at dawn. " + " ".join(f"word{i}" for i in range(60))
    table = pd.DataFrame({"article": ["x", "y", "z"], "outlet": "X", "text": story})
    copies = fr.find_copies(table)
    marked = fr.mark_copies(table.assign(copy_of=["", "", "w"]), copies)
    assert marked["copy_of"].tolist() == ["", "x", "w"]


def test_without_copies_nothing_is_marked():
    """Texts too short to be anybody's copy."""
    table = pd.DataFrame({"article": ["x", "y"], "outlet": ["X", "Y"], "text": "Talks failed."})
    assert fr.mark_copies(table, fr.find_copies(table))["copy_of"].tolist() == ["", ""]


COUNTED = {
    "levels": lambda scores, cues: fr.levels(scores),
    "positions": lambda scores, cues: fr.positions(scores),
    "breakdown": lambda scores, cues: fr.breakdown(cues, scores),
    "attribution": lambda scores, cues: fr.attribution(cues, scores),
    "keyness": lambda scores, cues: fr.keyness(scores, n_resamples=19),
    "keyness of cues": lambda scores, cues: fr.keyness(scores, cues=cues, n_resamples=19),
    "headline_gaps": lambda scores, cues: fr.headline_gaps(scores, cues),
    "coding_sheet": lambda scores, cues: fr.coding_sheet(scores, cues).passages,
    "plot_shares": lambda scores, cues: pd.DataFrame(
        [text.get_text() for text in fr.plot_shares(scores).texts]
    ),
}


@pytest.mark.parametrize("name", COUNTED)
def test_marked_copies_are_counted_nowhere(strait_scores, strait_cues, name):
    """Every function that counts articles gives what it gives without them, read from a CSV too."""
    of_one = strait_scores["article"][strait_scores["outlet"] == "Daily Clarion"].unique()
    copied = [
        pd.concat([table, more.assign(article=more["article"] + "#2")], ignore_index=True)
        for table in (strait_scores, strait_cues)
        for more in [table[table["article"].isin(of_one)]]
    ]
    again = copied[0]["article"].str.endswith("#2")
    expected = COUNTED[name](strait_scores, strait_cues)
    for empty in ("", np.nan):
        marks = copied[0]["article"].str.removesuffix("#2").where(again, empty)
        found = COUNTED[name](copied[0].assign(copy_of=marks), copied[1])
        pd.testing.assert_frame_equal(found, expected)
    with pytest.raises(ValueError, match="'copy_of' is filled in all rows"):
        COUNTED[name](copied[0].assign(copy_of="x"), copied[1])


DAY = "2031-01-0"


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """X has a story twice, Y once and earlier; W has one of its own."""
    return corpus(
        ("x1", "X", f"{DAY}3", story(1)),
        ("x2", "X", f"{DAY}4", story(1)),
        ("y1", "Y", f"{DAY}2", story(1)),
        ("w1", "W", f"{DAY}1", story(2)),
    )


def test_of_an_outlets_copies_the_first_stays(table):
    marked = fr.mark_copies(table, fr.find_copies(table))
    assert dict(zip(marked["article"], marked["copy_of"], strict=True)) == {
        "x1": "",
        "x2": "x1",
        "y1": "",
        "w1": "",
    }


def test_of_a_cluster_the_source_stays_also_if_a_credit_says_so(table):
    """By date it is y1; if y1 names X below its text, one of X's."""
    once = fr.mark_copies(table, fr.find_copies(table), once="cluster")
    assert once["copy_of"].tolist() == ["y1", "y1", "", ""]
    credited = table.assign(
        text=table["text"].where(table["article"] != "y1", story(1) + " Source: X")
    )
    once = fr.mark_copies(credited, fr.find_copies(credited), once="cluster")
    assert once["copy_of"].tolist() == ["", "x1", "x1", ""]


def test_marks_do_not_depend_on_the_order_of_the_rows(table):
    mixed = table.iloc[::-1]
    marked = fr.mark_copies(mixed, fr.find_copies(mixed), once="cluster")
    assert marked["copy_of"].tolist() == ["", "", "y1", "y1"]
    with pytest.raises(ValueError, match='"outlet" or "cluster", got \'day\''):
        fr.mark_copies(mixed, fr.find_copies(mixed), once="day")


def test_doubling_an_outlets_articles_changes_no_comparison_that_knows_of_copies(table):
    """Each article of X and W again, a day later; without ``copies`` X has twice as many."""
    table = table[table["article"] != "x2"].assign(outlet=["X", "Y", "X"])
    again = table[table["outlet"] == "X"]
    again = again.assign(article=again["article"] + " again", date=pd.Timestamp(f"{DAY}5"))
    doubled = pd.concat([table, again], ignore_index=True)
    copies, scores = fr.find_copies(doubled), fr.score(doubled)
    for verb in (fr.compare, fr.levels):
        plain = verb(fr.score(table))
        pd.testing.assert_frame_equal(verb(fr.mark_copies(scores, copies)), plain)
        assert not verb(scores).equals(plain)


def test_marks_that_change_nothing_warn_and_copies_of_another_corpus_are_an_error(table):
    alone = table[table["article"] != "x2"]
    copies = fr.find_copies(alone)
    with pytest.warns(
        UserWarning, match=r"no article was marked: .*2 articles in 1 cluster\)"
    ) as told:
        assert fr.mark_copies(alone, copies)["copy_of"].eq("").all()
    assert told[0].filename == __file__  # the line of the user, not one of ours
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # who asks for it knows
        assert fr.mark_copies(alone, copies, once="outlet")["copy_of"].eq("").all()
    other = alone.assign(article=alone["article"] + " of another corpus")
    with pytest.raises(ValueError, match=r"2 of 2 articles in copies.clusters are not .*'y1'"):
        fr.mark_copies(other, copies)


@pytest.mark.parametrize("once", ["outlet", "cluster"])
def test_copies_found_in_more_or_fewer_articles_are_an_error(table, once):
    """Both copies of an outlet left out vanished; those of one that was not read counted twice."""
    part = table[table["outlet"] != "Y"]
    with pytest.raises(ValueError, match=r"1 of 3 articles in copies.clusters are .*'y1'"):
        fr.mark_copies(part, fr.find_copies(table), once=once)
    with pytest.raises(ValueError, match=r"in 1 of 4 articles of the table, such as 'y1'"):
        fr.mark_copies(table, fr.find_copies(part), once=once)
    no_copy = table[table["outlet"] != "W"]
    marked = fr.mark_copies(no_copy, fr.find_copies(table), once=once)
    assert len(marked) == 3


def test_copies_counted_in_three_ways_are_three_comparisons(table):
    """Where outlets have no copies of their own, the first two are alike, and nothing is warned."""
    alone = table[table["article"] != "x2"]
    scores, copies = fr.score(alone), fr.find_copies(alone)
    with warnings.catch_warnings(action="error"):
        found = fr.compare_copies(scores, copies, measures=["hedge"], match=None)
    assert len(found) == 3
    once = fr.mark_copies(scores, copies, once="cluster")
    for name, view in [("once an outlet", scores), ("once altogether", once)]:
        direct = fr.compare(view, measures=["hedge"], match=None)
        rows = found.set_index(["outlet_a", "outlet_b"])[f"estimate, {name}"]
        for row in direct.itertuples():
            assert rows[row.outlet_a, row.outlet_b] == row.estimate


def test_an_outlet_of_which_nothing_is_left_has_no_numbers_of_what_was_written(table):
    """X has only what it has of Y."""
    alone = table[table["outlet"] != "W"]
    found = fr.compare_copies(fr.score(alone), fr.find_copies(alone), measures=["hedge"])
    assert len(found) == 1
    assert [name.partition(", ")[2] for name in found if name.startswith("p,")] == [
        "once an outlet", "all articles",
    ]  # fmt: skip


def test_the_outlets_that_differ_most_are_the_first_to_be_read(table):
    """One, two and four hedges in W, X and Y, whose names are in another order."""
    alone = table[table["article"] != "x2"]
    scores, copies = fr.score(alone), fr.find_copies(alone)
    scores = scores.assign(hedge=scores["outlet"].map({"W": 1, "X": 2, "Y": 4}), words=100)
    found = fr.compare_copies(scores, copies, measures=["hedge"], match=None)
    assert found[["outlet_a", "outlet_b"]].sum(axis=1).tolist() == ["WY", "XY", "WX"]
