from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.reuse.copies import COPIES, THRESHOLDS, _labels, find_copies
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


def test_direction_needs_a_credit_or_a_date():
    text = story(1)
    same_day = corpus(("x", "X", "2031-01-02", text), ("y", "Y", "2031-01-02 11:00", text))
    assert find_copies(same_day).pairs["direction"].tolist() == ["direction unknown"]
    for first, second, arrow in (("10:00", "11:00", "x → y"), ("11:00", "10:00", "y → x")):
        dates = [f"2031-01-02 {clock}" for clock in (first, second)]
        clocks = corpus(("x", "X", dates[0], text), ("y", "Y", dates[1], text))
        assert find_copies(clocks).pairs["direction"].tolist() == [arrow]
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


def test_an_article_of_two_outlets_is_an_error():
    """Exports that number the articles of each outlet from 0 on had made one of several."""
    table = pd.DataFrame({"article": ["0", "0", "1"], "outlet": [*"ABA"], "text": "Rain fell."})
    with pytest.raises(ValueError, match="article '0' has two values of 'outlet', 'A' and 'B'"):
        fr.find_copies(table)


def test_an_excerpt_is_a_copy_of_the_whole():
    whole = story(5, 300)
    part = " ".join(whole.split()[100:180])
    pairs = find_copies(corpus(("x", "X", "2031-01-02", whole), ("y", "Y", "", part))).pairs
    assert pairs["label"].tolist() == ["verbatim"]


@pytest.mark.parametrize(
    "row", list(THRESHOLDS.itertuples(index=False)), ids=lambda row: row.measure
)
def test_a_label_is_given_from_its_threshold_on(row):
    """Between 0 and 1, and the strongest label that is reached."""
    assert 0 < row.at_least < 1
    nothing = dict.fromkeys(THRESHOLDS["measure"], 0.0)
    values = [row.at_least - 1e-9, row.at_least, 1.0]
    measured = pd.DataFrame([nothing | {row.measure: value} for value in values])
    weaker = {"verbatim": "light rewrite"}.get(row.label, "unrelated")
    strongest = "verbatim" if row.measure == "shingles" else row.label
    assert _labels(measured, THRESHOLDS).tolist() == [weaker, row.label, strongest]
    assert _labels(measured + 1, THRESHOLDS).tolist() == ["verbatim"] * 3


def test_other_thresholds_give_other_labels_and_are_returned():
    whole = story(1)
    half = " ".join([*whole.split()[:60], *story(2).split()[60:]])
    table = corpus(("x", "X", "", whole), ("y", "Y", "", half))
    assert find_copies(table).pairs["label"].tolist() == ["light rewrite"]
    strict = THRESHOLDS.assign(at_least=0.9)
    found = find_copies(table, thresholds=strict)
    assert found.pairs["label"].tolist() == ["unrelated"]
    assert found.pairs["direction"].tolist() == [""]
    assert len(found.clusters) == 0
    pd.testing.assert_frame_equal(found.thresholds, strict)


@pytest.mark.parametrize(
    ("day", "events", "label"),
    [
        ("2031-01-08", ("", ""), "same event"),
        ("2031-01-09", ("", ""), "unrelated"),
        ("", ("", ""), "same event"),
        ("2031-01-01", ("blast", "vote"), "unrelated"),
        ("2031-01-01", ("blast", ""), "same event"),
        ("2032-01-01", ("blast", "blast"), "same event"),
    ],
)
def test_reports_are_of_one_event_only_if_the_column_event_or_else_the_days_allow_it(
    day, events, label
):
    whole = story(1)
    half = " ".join([*whole.split()[:60], *story(2).split()[60:]])
    table = corpus(("x", "X", "2031-01-01", whole), ("y", "Y", day, half)).assign(event=events)
    weakest = THRESHOLDS.tail(1).assign(measure="shingles", at_least=0.1)
    assert find_copies(table, thresholds=weakest).pairs["label"].tolist() == [label]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"at_least": 80}, r"at_least of shingles must be a number from 0 to 1, got 80 \(int\)"),
        ({"at_least": "0.8"}, r"must be a number from 0 to 1, got '0.8' \(str\)"),
        ({"measure": "shingle"}, "no measure 'shingle': did you mean 'shingles'"),
        ({"label": "Verbatim"}, r"label must be one of verbatim, .*, got 'Verbatim' \(str\)"),
    ],
)
def test_thresholds_in_percent_or_of_nothing_known_are_an_error(wrong, message):
    with pytest.raises(ValueError, match=message):
        find_copies(corpus(("x", "X", "", story(1))), thresholds=THRESHOLDS.assign(**wrong))


@pytest.mark.parametrize(("words", "pairs"), [(39, 0), (40, 1)])
def test_articles_of_forty_words_are_compared(words, pairs):
    text = story(1, words)
    table = corpus(("x", "X", "", text), ("y", "Y", "", text))
    assert len(find_copies(table).pairs) == pairs
    assert len(find_copies(table, min_words=words).pairs) == 1
    assert len(find_copies(table, min_words=words + 1).pairs) == 0


@pytest.mark.parametrize(("shared", "pairs"), [(13, 0), (14, 1)])
def test_pairs_with_a_twentieth_of_the_runs_in_common_are_measured(shared, pairs):
    """Of 196 runs nine are less, ten are enough; both are more than three and a hundredth."""
    common = story(9, shared).split()
    x, y = (" ".join([*story(i, 200 - shared).split(), *common]) for i in (1, 2))
    found = find_copies(corpus(("x", "X", "", x), ("y", "Y", "", y))).pairs
    assert len(found) == pairs
    assert found["shingles"].tolist() == pytest.approx([10 / 196] * pairs)


def test_pairs_stand_from_the_strongest_label_to_none_and_by_article():
    """Headlines are no part of a text, paragraphs stand in their order."""
    whole, last = story(1), " ".join([*story(3).split()[:108], *story(1).split()[:12]])
    half = " ".join([*whole.split()[:60], *story(2).split()[60:]])
    table = corpus(
        ("d", "D", "2031-01-01", last),
        ("c", "C", "2031-01-02", half),
        ("b", "B", "2031-01-04", whole),
        ("a", "A", "2031-01-03", whole),
    ).assign(role="body")
    pairs = find_copies(table).pairs
    assert pairs[["article_a", "article_b", "label"]].values.tolist() == [
        ["a", "b", "verbatim"],
        ["c", "a", "light rewrite"],
        ["c", "b", "light rewrite"],
        ["d", "a", "unrelated"],
        ["d", "b", "unrelated"],
        ["d", "c", "unrelated"],
    ]
    told = "Copies: 1 verbatim, 2 light rewrite, 3 unrelated; 3 articles in 1 cluster"
    assert repr(find_copies(table)) == told
    assert find_copies(table).clusters[["cluster", "article", "outlet"]].values.tolist() == [
        ["c", "c", "C"],
        ["c", "a", "A"],
        ["c", "b", "B"],
    ]
    headline = corpus(*[(name, "X", "", story(i, 50)) for i, name in enumerate("ab")])
    headline = pd.concat(
        [headline.assign(role="body"), headline.assign(role="headline", text=whole)]
    )
    assert len(find_copies(headline).pairs) == 0
    words = whole.split()
    parts = [" ".join(words[:70]), " ".join(words[70:])]
    turned = pd.DataFrame({"article": "b", "paragraph": [1, 0], "text": parts[::-1]})
    one = pd.concat([corpus(("a", "A", "", whole)).assign(paragraph=0), turned])
    pairs = find_copies(one).pairs
    assert pairs[["shingles", "outlet_b", "direction"]].values.tolist() == [
        [1, "unknown", "direction unknown"]
    ]


def test_clusters_join_copies_of_copies():
    """x and z share nothing, y has both; the cluster is named after the earliest."""
    x, z = story(1), story(2)
    rows = [("x", "X", "2031-01-03", x), ("y", "Y", "2031-01-02", f"{x} {z}")]
    rows += [("z", "Z", "2031-01-01", z), ("w", "W", "2031-01-01", story(3))]
    found = find_copies(corpus(*rows))
    joined = found.clusters[["cluster", "article"]]
    assert joined.values.tolist() == [["z", "z"], ["z", "y"], ["z", "x"]]
    assert joined.index.tolist() == [0, 1, 2]
    assert found.articles["article"].to_dict() == dict(enumerate("wxyz"))


def test_empty_tables_and_short_texts_give_empty_tables():
    nothing = find_copies(corpus())
    short = find_copies(corpus(("x", "X", "", "Talks fail."), ("y", "Y", "", "Talks fail.")))
    assert len(nothing.pairs) == len(short.pairs) == len(short.clusters) == 0


def test_numbers_that_pair_nothing_are_errors():
    for name, value in (("days", -1), ("min_words", "40")):
        with pytest.raises(ValueError, match=f"{name} must be a number of at least 0, got"):
            find_copies(corpus(), **{name: value})


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


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (188, 400, {"Hask Wire"}),  # the mark ends within the first 200 characters
        (189, 400, set()),
        (400, 300, {"Hask Wire"}),  # or begins within the last 300
        (400, 302, set()),
    ],
)
def test_credits_are_searched_in_200_characters_and_in_the_last_300(before, after, found):
    mark = "(Hask Wire)" if before < 200 else "source: Hask Wire"
    text = f"{'x' * before} {mark}{' y' * ((after - len(mark)) // 2)}"
    assert credits(text, ["Hask Wire", "Other"]) == found


def test_of_two_credits_the_one_that_names_the_other_side_says_who_copied():
    """Both name Reuters, and y also names X; or one names the other on a later day."""
    text = story(1)
    by_x = f"{text} Source: Daily X."
    rows = [("x", "Daily X", "2031-01-03", text), ("y", "Y", "2031-01-02", by_x)]
    pair = find_copies(corpus(*rows)).pairs.iloc[0]
    assert (pair["direction"], pair["evidence"]) == (
        "x → y",
        "credit: Daily X, against dates: 2031-01-02 before 2031-01-03",
    )
    rows[0] = ("x", "Daily X", "2031-01-03", f"{text} Source: Y Post.")
    rows[1] = ("y", "Y Post", "2031-01-02", by_x)
    pair = find_copies(corpus(*rows)).pairs.iloc[0]
    assert (pair["direction"], pair["evidence"]) == (
        "y → x",
        "dates: 2031-01-02 before 2031-01-03",
    )
    same = [("x", "Daily X", "", by_x), ("y", "Daily X", "", by_x)]
    pair = find_copies(corpus(*same)).pairs.iloc[0]
    assert (pair["direction"], pair["evidence"]) == ("common source", "both credit Daily X")


def test_days_that_could_be_two_and_rows_given_twice_are_refused():
    table = corpus(("a", "A", "2031-01-08", story(1)), ("b", "B", "2031-01-09", story(1)))
    with pytest.raises(ValueError, match="column 'date' must hold dates such as 2024-03-29"):
        find_copies(table.assign(date=["08/01/2031", "09/01/2031"]))
    with pytest.raises(ValueError, match="rows of paragraphs repeat a paragraph"):
        find_copies(pd.concat([table, table]).assign(paragraph=0))
    assert len(find_copies(pd.concat([table, table]).drop(columns="article")).pairs) == 0


def test_a_missing_text_names_its_row():
    rows = {"article": ["a", "b"], "outlet": "A", "paragraph": 0, "role": "body", "title": "x"}
    table = pd.DataFrame(rows).assign(text=["It rained.", None], date=pd.Timestamp("2031-01-01"))
    for find in (fr.find_copies, lambda t: fr.find_events(t, paragraphs=t)):
        with pytest.raises(TypeError, match=r"row 1 \(article 'b', paragraph 0\): a text must be"):
            find(table)


def test_without_a_least_length_even_an_empty_text_is_read():
    """A study of briefs sets it to 0; a text without a word is in no pair."""
    brief = " ".join(story(4).split()[:12])
    table = corpus(*((name, name.upper(), "2031-01-02", brief) for name in "xy"))
    found = find_copies(pd.concat([table, table.head(1).assign(article="z", text="")]), min_words=0)
    assert found.pairs[["article_a", "article_b", "label"]].to_numpy().tolist() == [
        ["x", "y", "verbatim"]
    ]
