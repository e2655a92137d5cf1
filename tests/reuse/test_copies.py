from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

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
