from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.reuse.copies import COPIES, find_copies
from framing.reuse.direction import credits
from tests.conftest import GOLD

WORDS = [f"{a}{b}" for a in "bdfgklmnprst" for b in ("ad", "el", "ith", "orn", "um", "ask")]


def story(seed: int, words: int = 120) -> str:
    rng = np.random.default_rng(seed)
    return " ".join(f"{w}{rng.integers(900)}x" for w in rng.choice(WORDS, words))


def corpus(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["article", "outlet", "date", "text"])
    return table.assign(date=pd.to_datetime(table["date"], format="ISO8601"))


@pytest.fixture(scope="module")
def found(strait):
    return find_copies(strait.paragraphs)


def test_every_rewrite_of_the_example_is_found_with_its_kind_and_nothing_else(found):
    pairs = found.pairs[found.pairs["label"].isin(COPIES)]
    rows = {
        (frozenset([pair.article_a, pair.article_b]), pair.label) for pair in pairs.itertuples()
    }
    gold = pd.read_csv(GOLD / "rewrites.csv")
    named = [gold[side].str.removesuffix(".txt") for side in ("copy", "source")]
    assert rows == {
        (frozenset(pair), kind) for *pair, kind in zip(*named, gold["kind"], strict=True)
    }


def test_a_wire_credit_says_who_copied(found):
    """The wire puts its name into its first line; the dates are the same."""
    pairs = found.pairs[found.pairs["label"].isin(COPIES)]
    assert pairs["direction"].str.match(r"meridian-wire/\S+ → newsbraces/\S+$").all()
    assert set(pairs["evidence"]) == {"credit: Meridian Wire"}


def test_the_order_of_the_rows_changes_nothing(strait, found):
    again = find_copies(strait.paragraphs.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(again.pairs, found.pairs)
    pd.testing.assert_frame_equal(again.clusters, found.clusters)


def test_direction_needs_a_credit_or_a_date():
    text = story(1)
    same_day = corpus(("x", "X", "2031-01-02", text), ("y", "Y", "2031-01-02 11:00", text))
    assert find_copies(same_day).pairs["direction"].tolist() == ["direction unknown"]
    days = corpus(("x", "X", "2031-01-03", text), ("y", "Y", "2031-01-02 23:00", text))
    pair = find_copies(days).pairs.iloc[0]
    assert pair["direction"] == "y → x"
    assert pair["evidence"] == "dates: 2031-01-02 23:00 before 2031-01-03"
    wire = f"DOVEK (Reuters) - {text}"
    both = corpus(("x", "X", "2031-01-03", wire), ("y", "Y", "2031-01-02", wire))
    assert find_copies(both).pairs["direction"].tolist() == ["common source"]


def test_a_story_that_a_hundred_outlets_carry_is_one_cluster():
    rows = [(f"a{i:03}", f"o{i}", "2031-01-02", story(1)) for i in range(100)]
    rows += [(f"b{i:03}", f"o{i}", "2031-01-02", story(2 + i)) for i in range(100)]
    clusters = find_copies(corpus(*rows)).clusters
    assert clusters["cluster"].unique().tolist() == ["a000"]
    assert clusters["article"].tolist() == [row[0] for row in rows[:100]]


def test_what_stands_below_every_article_makes_no_copies():
    """Twenty words of page furniture under 60 stories of 120 words."""
    foot = story(999, 20)
    rows = [(f"a{i}", f"o{i}", "2031-01-02", f"{story(i)}\n\n{foot}") for i in range(60)]
    assert not find_copies(corpus(*rows)).pairs["label"].isin(COPIES).any()


def test_an_excerpt_is_a_copy_of_the_whole():
    whole = story(5, 300)
    part = " ".join(whole.split()[100:180])
    pairs = find_copies(corpus(("x", "X", "2031-01-02", whole), ("y", "Y", "", part))).pairs
    assert pairs["label"].tolist() == ["verbatim"]


def test_empty_tables_and_short_texts_give_empty_tables():
    nothing = find_copies(corpus())
    short = find_copies(corpus(("x", "X", "", "Talks fail."), ("y", "Y", "", "Talks fail.")))
    assert len(nothing.pairs) == len(short.pairs) == len(short.clusters) == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("KYIV, Jan 3 (AP) — Talks failed.", {"AP"}),
        ("Talks failed. Additional reporting by Reuters", {"Reuters"}),
        ("Talks failed. Source: AFP", {"AFP"}),
        ("Officials told Reuters on Monday that talks failed.", set()),
        ("(a.*b) - Talks failed.", {"a.*b"}),
    ],
)
def test_credits_are_what_stands_in_a_dateline_or_a_foot_line(text, found):
    assert credits(text, ["a.*b"]) == found


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


def test_a_doubled_outlet_changes_nothing(strait):
    """Every article of an outlet twice over, the copies found and marked: the same contrasts."""
    scores = fr.score(strait.paragraphs)
    mine = scores[scores["outlet"] == "Daily Clarion"]
    doubled = pd.concat([scores, mine.assign(article=mine["article"] + "#2")], ignore_index=True)
    marked = fr.mark_copies(doubled, fr.find_copies(doubled))
    once, twice = (fr.compare(t, match="event", seed=1) for t in (scores, marked))
    pd.testing.assert_frame_equal(once, twice)


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
    with pytest.warns(UserWarning, match=r"no article was marked: .*2 articles in 1 clusters"):
        assert fr.mark_copies(alone, copies)["copy_of"].eq("").all()
    other = alone.assign(article=alone["article"] + " of another corpus")
    with pytest.raises(ValueError, match=r"none of the 2 articles in copies.clusters .*'y1'"):
        fr.mark_copies(other, copies)
