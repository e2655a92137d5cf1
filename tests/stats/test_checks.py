"""Tables and arguments that somebody tired would give: an error in plain words, or a note."""

from __future__ import annotations

import functools
import inspect
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.lexicon.metadata import Index
from framing.scoring.voices import WORD_COLUMNS
from framing.stats.checks import _lacks_empty
from framing.stats.notes import _but
from framing.stats.sides import Design
from tests.made import made_scores

SCORES = made_scores({"A": 2.0, "B": 1.0, "C": 1.5}, events=14).assign(
    date=lambda t: pd.Timestamp("2031-03-03") + pd.to_timedelta(t["event"].str[1:].astype(int), "D")
)
GROUPS = {"A": "left", "B": "right", "C": "right"}
OF_SCORES = {
    "levels": fr.levels,
    "compare": functools.partial(fr.compare, n_resamples=19),
    "matched": functools.partial(fr.compare, match="event", n_resamples=19),
    "pairs": fr.event_pairs,
    "groups": functools.partial(fr.compare_groups, groups=GROUPS),
    "positions": fr.positions,
    "ratios": fr.rate_ratios,
    "trend": fr.trend,
    "breaks": functools.partial(fr.compare_periods, breaks="2031-03-10", min_articles=1),
}


def tenth(column: str, value: object, kind: type | None = None) -> pd.DataFrame:
    """Return the scores with another value in every tenth row."""
    changed = SCORES[column].astype(kind or object)
    changed.iloc[::10] = value
    return SCORES.assign(**{column: changed})


MISTAKES = {
    "added twice": (lambda: pd.concat([SCORES, SCORES]), "84 rows of scores repeat a paragraph"),
    "some twice": (lambda: pd.concat([SCORES, SCORES[3:5]]), "2 rows of scores repeat a paragraph"),
    "an index": (
        lambda: SCORES.set_index("article", drop=False),
        "the index and a column both have the name 'article': pass table.reset_index",
    ),
    "a space": (
        lambda: tenth("outlet", " A"),
        r"'A' and ' A', which differ only in case, spaces .*one name, such as 'A' "
        r"\(table.replace\(\{'outlet': \{' A': 'A'\}\}\), or in a command --outlet \" A=A\"\)",
    ),
    "a case": (lambda: tenth("outlet", "a"), "'A' and 'a', which differ only in case"),
    "unseen": (lambda: tenth("outlet", "A\u200b"), "differ only in case, spaces or invisible"),
    "no outlet": (lambda: tenth("outlet", np.nan), "'outlet' is empty in 9 rows, first in row 0"),
    "blank": (lambda: tenth("outlet", "  "), "'outlet' is empty in 9 rows"),
    "nan as text": (lambda: tenth("outlet", "nan"), "'outlet' is empty in 9 rows"),
    "no article": (lambda: tenth("article", np.nan), "'article' is empty in 9 rows"),
    "texts": (lambda: SCORES.assign(hedge=SCORES["hedge"].astype(str)), "whole numbers from 0 on"),
    "below 0": (lambda: tenth("hedge", -1), r"from 0 on, got -1 .*row 0 \(article 'A-0'\) \(9 in"),
    "missing": (lambda: tenth("hedge", np.nan), "'hedge' must hold whole numbers.*got nothing"),
    "whether": (lambda: SCORES.assign(hedge=SCORES["hedge"] > 0), "'hedge' must hold counts"),
    "halves": (lambda: tenth("hedge", 0.5), r"whole numbers from 0 on, got 0.5 \(float\)"),
    "no words": (lambda: tenth("words", np.nan, float), "'words' must hold whole.*got nothing"),
    "infinite": (lambda: tenth("words", np.inf, float), "'words' must hold whole numbers"),
    "words as texts": (lambda: tenth("words", "300"), "'words' must hold whole.*got '300'"),
    "words lost": (lambda: tenth("words", 0), r"row 0 \(article 'A-0'\) has 'hedge' but no words"),
    "words of articles beside those of voices": (
        lambda: SCORES.assign(**dict.fromkeys(WORD_COLUMNS, np.arange(len(SCORES)) % 5)),
        r"words is more than the sum of words_outlet.*row 0 .*the words of the paragraph\?",
    ),
    "more than words": (
        lambda: SCORES.assign(hedge=2031),
        "has (2031|4062) times 'hedge' in (355|710) words",
    ),
    "two topics": (
        lambda: SCORES.assign(topic=np.resize(["x", "y"], len(SCORES))),
        "article 'A-0' has two values of 'topic', 'x' and 'y'",
    ),
    "copies": (lambda: SCORES.assign(copy_of=False), "'copy_of' is filled in all rows.*'False'"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_in_scores_are_errors_of_every_function(mistake):
    table, said = MISTAKES[mistake][0](), MISTAKES[mistake][1]
    # Copies are kept over time, and a position is looked at by itself.
    other = {"copies": {"trend", "breaks"}, "two topics": {"positions"}}
    for name in set(OF_SCORES) - other.get(mistake, set()):
        with pytest.raises(ValueError, match=said):
            OF_SCORES[name](table)


def test_an_id_that_pandas_may_have_made_of_nothing_is_shown():
    """As are the names that it takes for nothing in a CSV."""
    said = r"'article' is empty in \d+ rows, first in row 0, which holds {}.*keep_default_na=False"
    first = SCORES["article"] == SCORES["article"].iloc[0]
    for name, held in (("nan", r"'nan' \(str\)"), (None, "None|nan")):
        table = SCORES.assign(article=SCORES["article"].astype(object).where(~first, name))
        with pytest.raises(ValueError, match=said.format(held)):
            fr.levels(table)


def paragraphs_of(rng: np.random.Generator) -> pd.DataFrame:
    """600 paragraphs of 40 words in 60 articles; half of the articles have more cues."""
    table = pd.DataFrame({"article": np.repeat([f"a{k}" for k in range(60)], 10), "words": 40})
    rate = np.repeat(rng.permutation([0.1, 0.3] * 30), 10)
    table = table.assign(paragraph=list(range(10)) * 60, role="body", tone=0.1)
    table["outlet"] = np.repeat(["A", "B"], 300)
    for name in ("prob", "fear", "boost"):
        table[name] = rng.poisson(rate)
    return table.assign(hedge=table["prob"], alarm=table["fear"])


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (["hedge"], "every row has 'hedge': were rows without it dropped"),
        (["hedge", "alarm"], "nearly every row has 'hedge' or 'alarm': were rows without"),
        (["boost", "alarm"], "nearly every row has 'alarm' or 'boost': were rows without"),
        (["prob", "fear", "boost"], "nearly every row has 'hedge' or 'alarm' or 'boost'"),
    ],
)
def test_rows_kept_for_their_cues_are_an_error(kept, told):
    """Whatever measure is asked for; the whole table is compared, and so is a random half."""
    for seed in range(5):
        table = paragraphs_of(np.random.default_rng(seed))
        fr.levels(table, measures="hedge")
        fr.levels(table.sample(frac=0.5, random_state=seed), measures="hedge")
        some = table[(table[kept] > 0).any(axis=1)]
        with pytest.raises(ValueError, match=told):
            fr.levels(some, measures="hedge")


@pytest.mark.parametrize("counts", [[2] * 400, [1] * 120 + [5] * 280])
def test_a_table_in_which_chance_leaves_no_row_empty_is_no_error(counts):
    """No paragraph has one hit alone, or hardly any without a hit was to be expected."""
    table = pd.DataFrame({"article": [f"a{n}" for n in range(400)], "outlet": "A", "words": 40})
    table = table.assign(paragraph=0, role="body", tone=0.1, hedge=counts)
    assert len(fr.levels(table, measures="hedge")) == 1


def test_every_function_draws_alike_and_its_p_may_be_exactly_5_percent():
    """If nobody says otherwise: a twentieth of the draws with the observed one is a whole number."""
    everything = [getattr(fr, name) for name in fr.__all__]
    ours = [f for f in everything if getattr(f, "__module__", "").startswith("framing.stats")]
    given = [inspect.signature(f).parameters for f in [*ours, Design]]
    draws, seeds = (
        {p[name].default for p in given if name in p} for name in ("n_resamples", "seed")
    )
    assert len(draws) == len(seeds) == 1
    assert (draws.pop() + 1) % 20 == 0


def rows_of(counts: list[int], words: int | list[int] = 40, **more: object) -> pd.DataFrame:
    """A paragraph an article, with so many hedges."""
    table = pd.DataFrame({"article": [f"a{n}" for n in range(len(counts))], "words": words})
    return table.assign(outlet="A", paragraph=0, role="body", tone=0.1, hedge=counts, **more)


@pytest.mark.parametrize(
    ("counts", "certain"),
    [
        ([1] * 67, False),  # 67/e = 24.6 rows without one are due: a chance of e^-24.6
        ([1] * 68, True),  # 25.02
        ([1] * 25 + [3] * 475, False),
        ([1] * 26 + [3] * 474, True),
    ],
)
def test_rows_are_held_to_be_dropped_where_chance_is_below_e_to_the_minus_25(counts, certain):
    """And over 25 rows have a single hit."""
    if certain:
        with pytest.raises(ValueError, match="every row has 'hedge'"):
            fr.levels(rows_of(counts), measures="hedge")
    else:
        assert len(fr.levels(rows_of(counts), measures="hedge")) == 1


@given(st.integers(60, 400), st.integers(0, 160), st.integers(10, 300), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_too_few_rows_without_a_cue_are_those_of_a_plain_count(some, empty, longer, twice):
    """Hedge or alarm; independent hits leave exp(-hits) of every row, of which half is too few."""
    counts = [1] * some + [0] * empty
    words = [40] * (some + empty - 10) + [longer] * 10
    alarm = [twice] * 30 + [0] * (some + empty - 30)
    rate = (sum(counts) + sum(alarm)) / sum(words)
    due = sum(math.exp(-rate * n) for n in words)
    seen = sum(h + a == 0 for h, a in zip(counts, alarm, strict=True))
    bound = due - seen + seen * math.log(max(seen, 1) / max(due, 1))
    single = sum(h + a == 1 for h, a in zip(counts, alarm, strict=True))
    picked = single > 25 and seen < due / 2 and bound > 25
    found = _lacks_empty(rows_of(counts, words, alarm=alarm), ["hedge", "alarm"])
    assert found == picked


def test_paragraphs_picked_for_their_quotations_are_no_error():
    """Nearly every one says who is quoted; whether it has another cue is left to chance."""
    rng = np.random.default_rng(1)
    for _ in range(5):
        table = paragraphs_of(rng)
        table = table.assign(attrib=(rng.random(len(table)) < 0.97).astype(int))
        assert len(fr.levels(table, measures="hedge")) == 2


def test_robustness_does_not_suspect_the_rows_that_it_counts_itself():
    """Paragraphs of a quotation have one word or two of the outlet's own, and a cue."""
    quoted = "“War and peace and the rest of it were there,” he said."
    own = "It may well be that all of this was there before and nobody saw it as it stood."
    plain = own.replace("may well be", "was so")
    texts = [*[quoted] * 8, own, own, plain] * 60
    table = pd.DataFrame({"text": texts, "article": np.arange(660) // 22})
    table["outlet"] = np.where(table["article"] % 2, "A", "B")
    scores = fr.score(table)
    found = fr.robustness(scores, fr.find_cues(scores), measures="hedge", n_resamples=19)
    assert {"main analysis", "outlet's own voice"} <= set(found["choices"])


def test_paragraphs_merged_with_all_their_cues_are_an_error(strait_scores):
    """Those that only a cue that is not counted kept are without any: a few."""
    fr.levels(strait_scores)
    cues = fr.find_cues(fr.load_example().paragraphs)
    merged = strait_scores.merge(cues[["article", "paragraph"]].drop_duplicates())
    assert 0 < len(merged) < len(strait_scores)
    with pytest.raises(ValueError, match="nearly every row has any cue"):
        fr.levels(merged, measures="hedge")


@pytest.mark.parametrize("change", [lambda tone: 100 * tone, lambda tone: tone + 1.2])
def test_tones_that_were_added_up_or_changed_to_percent_are_an_error(change):
    for function in (fr.levels, OF_SCORES["compare"], OF_SCORES["groups"], fr.positions):
        with pytest.raises(ValueError, match="'tone' must hold numbers from -1 to 1, got"):
            function(SCORES.assign(tone=change(SCORES["tone"])), measures="tone")


@pytest.mark.parametrize(
    "column",
    [
        pd.Categorical(SCORES["outlet"], categories=["Z", "C", "B", "A"]),
        SCORES["outlet"].astype(object),
    ],
)
def test_unused_categories_and_kinds_of_columns_change_nothing(column):
    same = SCORES.assign(
        outlet=column,
        hedge=SCORES["hedge"].astype(float),
        alarm=SCORES["alarm"].astype(object),
        cond=SCORES["cond"].astype("Int64"),
        words=SCORES["words"].astype("Int64"),
        date=SCORES["date"].dt.strftime("%Y-%m-%d"),
    )
    for name, function in OF_SCORES.items():
        for one, two in zip(*(function(t).items() for t in (SCORES, same)), strict=True):
            assert one[0] == two[0], name
            pd.testing.assert_series_equal(one[1], two[1], check_dtype=False, check_names=False)


def test_a_column_of_texts_with_the_name_of_a_category_does_not_stop_a_comparison_of_others():
    noted = SCORES.assign(fear="checked by hand")
    found = fr.levels(noted, measures="hedge")
    pd.testing.assert_frame_equal(found, fr.levels(SCORES, measures="hedge"))


def test_events_of_spaces_are_none_and_numbers_may_name_events():
    none = SCORES.assign(event="")
    for empty in (" ", "nan", "None", "<NA>", "NaT"):
        blank = SCORES.assign(event=empty)
        pd.testing.assert_frame_equal(OF_SCORES["compare"](blank), OF_SCORES["compare"](none))
    number = SCORES["event"].str[1:].astype(float)
    numbered = SCORES.assign(event=number.where(number > 0))
    named = SCORES.assign(event=SCORES["event"].where(number > 0, ""))
    keep = ["measure", "estimate", "events", "articles_a"]
    one, two = (OF_SCORES["matched"](table)[keep] for table in (numbered, named))
    pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize("match", [None, "event"])
def test_tone_that_is_missing_in_some_articles_is_an_error_and_in_all_is_not_tested(match):
    with pytest.raises(ValueError, match="'tone' must hold numbers, got nothing in row 0"):
        fr.compare(tenth("tone", np.nan, float), measures="tone")
    columns = ["p_adjusted", "detectable", "verdict"]
    found = fr.compare(SCORES.assign(tone=np.nan), match=match, n_resamples=99)
    want = fr.compare(SCORES.drop(columns="tone"), match=match, n_resamples=99)
    tested = found["measure"] != "tone"
    pd.testing.assert_frame_equal(found[tested][columns].reset_index(drop=True), want[columns])
    assert found[~tested]["p_adjusted"].isna().all() and (found[~tested]["verdict"] == "").all()
    noted = found["note"].str.contains("no article has one: tone is scored in English only")
    assert noted.tolist() == (~tested).tolist()
    other = fr.compare(SCORES.assign(tone=np.nan), measures=["tone", "cond"], n_resamples=99)
    assert other["p"].notna().tolist() == (other["measure"] == "cond").tolist()
    assert other["p_adjusted"].isna().all()  # none is left that is


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"smallest": 0.8}, "smallest must be a ratio above 1 and at most 10, such as 1.25"),
        ({"smallest": 1}, "smallest must be a ratio above 1"),
        ({"smallest": 125}, "smallest must be a ratio above 1 and at most 10.*got 125"),
        ({"smallest": 10.01}, "smallest must be a ratio above 1 and at most 10"),
        ({"smallest": "1.25"}, "smallest must be a ratio above 1"),
        ({"seed": 1.0}, "seed must be a whole number from 0 on, got 1.0"),
        ({"seed": None}, "seed must be a whole number from 0 on, got None"),
        ({"n_resamples": 0}, "n_resamples must be a whole number from 1 on, got 0"),
        ({"n_resamples": 99.0}, "n_resamples must be a whole number from 1 on, got 99.0"),
        ({"measures": []}, "measures must name one or more of neg|measures must name one or more"),
        ({"by": "hedge"}, "by must be a column of groups of articles, such as outlet, got 'hedge'"),
        ({"by": "article"}, "by must be a column of groups of articles"),
        ({"by": "all"}, "column 'all' must have two values or more, got only 'x'"),
        ({"roles": ["body", "Body"]}, "roles must be from headline, .*got 'Body'"),
    ],
)
def test_arguments_of_a_comparison_that_make_no_sense_are_errors(options, said):
    with pytest.raises(ValueError, match=said):
        fr.compare(SCORES.assign(all="x"), **options)


def test_ten_is_the_largest_ratio_that_may_matter():
    assert fr.compare(SCORES, measures="hedge", smallest=10, n_resamples=19)["p"].notna().all()


def test_measures_named_twice_and_seeds_of_numpy_change_nothing():
    once = fr.compare(SCORES, measures="hedge", n_resamples=99)
    twice = fr.compare(SCORES, measures=["hedge"] * 2, n_resamples=np.int64(99), seed=np.int64(1))
    pd.testing.assert_frame_equal(once, twice)


def test_too_few_flips_for_a_small_p_are_noted():
    assert (
        fr.compare(SCORES, n_resamples=18)["note"]
        .str.contains("18 flips of signs allow no p below .05")
        .all()
    )
    assert not fr.compare(SCORES, n_resamples=19)["note"].str.contains("flips").any()


def test_a_column_of_whole_numbers_may_hold_the_groups():
    table = SCORES.assign(year=2030 + (SCORES["event"].str[1:].astype(int) % 2))
    found = fr.compare(table, by="year", match=None, n_resamples=19)
    assert found["outlet_a"].unique().tolist() == ["2030"]
    assert "year" not in set(found["measure"])


def test_groups_of_no_outlet_or_with_names_alike_are_told():
    more = GROUPS | {"NYT ": "left"}
    assert fr.compare_groups(SCORES, more)["note"].str.contains("without articles: 'NYT '").all()
    with pytest.raises(
        ValueError, match=r"'Right' \(C\) and 'right' \(B\), which differ only in case"
    ):
        fr.compare_groups(SCORES, GROUPS | {"C": "Right"})
    with pytest.raises(ValueError, match='match must be None or "event", got True'):
        fr.compare_groups(SCORES, GROUPS, match=True)
    with pytest.raises(ValueError, match="match must be None or \"event\", got 'events'"):
        fr.rate_ratios(SCORES, match="events")


def test_an_article_of_two_outlets_is_no_copy_of_itself_over_time():
    table = SCORES.assign(article=SCORES["article"].str[2:])
    assert len(fr.compare(table, n_resamples=19))
    with pytest.raises(ValueError, match="article '0' is of two values of 'outlet'"):
        fr.trend(table)


def test_an_article_of_two_days_is_an_error():
    days = SCORES["date"] + pd.to_timedelta(SCORES["paragraph"], "D")
    with pytest.raises(ValueError, match="article 'A-0' has two dates, 2031-03-03 and 2031-03-04"):
        fr.trend(SCORES.assign(date=days))
    with pytest.raises(ValueError, match=r"dates such as 2024-03-29.*29/03/2031[^\n]*read_corpus"):
        fr.trend(SCORES.assign(date="29/03/2031"))


def test_articles_of_which_each_side_has_a_part_are_noted():
    halves = SCORES.assign(part=SCORES["paragraph"].map({0: "first", 1: "second"}))
    for against in ("pairs", "rest"):
        found = fr.compare(halves, by="part", against=against, n_resamples=19)
        assert found["note"].str.contains("42 articles on both sides").all()
    assert not fr.compare(SCORES, n_resamples=19)["note"].str.contains("both sides").any()


def test_numbers_of_events_are_no_cues():
    """Without the column of sentences, every column of whole numbers would be a measure."""
    table = SCORES.drop(columns="sentences")
    numbered = table.assign(event=table["event"].str[1:].astype(int), topic=7)
    assert fr.levels(numbered).equals(fr.levels(table))


def test_the_same_articles_under_two_names_do_not_differ():
    """Flips of what rounding leaves of a difference of 0 had a p of their own."""
    again = SCORES[SCORES["outlet"] == "A"].assign(outlet="A2")
    for match in (None, "event"):
        found = fr.compare(pd.concat([SCORES, again]), match=match, n_resamples=199)
        row = found[(found["outlet_a"] == "A") & (found["outlet_b"] == "A2")]
        assert (row["p"] == 1).all()
        assert not row["note"].str.contains("p below").any()


def test_an_article_whose_paragraphs_are_of_two_outlets_is_an_error():
    """Ids that two outlets use for articles of their own are none: see above."""
    table = SCORES.assign(outlet=SCORES["outlet"].mask(SCORES.index.isin([1, 3]), "C"))
    with pytest.raises(ValueError, match="article 'A-0' has two values of 'outlet', 'A' and 'C'"):
        fr.compare(table, n_resamples=19)


def test_whole_numbers_that_a_merge_made_floats_are_counts():
    table = SCORES.assign(own=SCORES["hedge"].astype(float))
    same = fr.levels(table, measures="own").drop(columns="measure")
    pd.testing.assert_frame_equal(same, fr.levels(SCORES, measures="hedge").drop(columns="measure"))
    with pytest.raises(ValueError, match=r"'own' must hold whole numbers.*got nothing in row 0"):
        fr.levels(table.assign(own=table["own"].where(table.index > 0)), measures="own")


def test_the_reason_for_no_test_within_topics_is_that_of_shared_topics():
    """14 articles a side, 4 of them on the topic that both have."""
    two = SCORES[SCORES["outlet"] < "C"]
    number = two["event"].str[1:].astype(int)
    found = fr.compare(two.assign(topic=np.where(number < 4, "x", two["outlet"]), event=""))
    told = "no p under 10 articles a side on topics of both, here 1"
    assert found["note"].str.contains(told).all()
    said = fr.findings(found, fr.levels(two))["finding"]
    assert said.str.contains("fewer than 10 articles from one outlet on topics of both").all()


OTHER_OUTLETS = SCORES.replace({"outlet": {"A": "X", "B": "Y", "C": "Z"}})
CONTRAST_OF_OTHERS = fr.compare(OTHER_OUTLETS, n_resamples=19)
OF_OTHER_TABLES = {
    "findings": lambda: fr.findings(CONTRAST_OF_OTHERS, fr.levels(SCORES)),
    "article_levels": lambda: fr.article_levels(
        SCORES, pd.DataFrame({"article": ["z"], "date": "2031-03-03", "title": ""})
    ),
    "find_events": lambda: fr.find_events(
        pd.DataFrame({"article": ["z"], "date": "2031-03-03", "title": ""}),
        paragraphs=SCORES.assign(text="Talks fail."),
    ),
}


@pytest.mark.parametrize("name", OF_OTHER_TABLES)
def test_tables_of_another_corpus_are_errors(name):
    with pytest.raises(
        ValueError, match=r"contrasts name 'X', which levels do not|of other articles"
    ):
        OF_OTHER_TABLES[name]()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: fr.compare_periods(SCORES, ""), "breaks must be days"),
        (lambda: fr.compare_periods(SCORES, "2031-03-10", min_articles="5"), "min_articles must"),
        (lambda: fr.compare_periods(SCORES, "2031-03-10", min_articles=-3), "min_articles must"),
        (lambda: fr.plot_contrasts(CONTRAST_OF_OTHERS, top="8"), "top must be a number"),
        (lambda: fr.extremes(fr.levels(SCORES), "hedging"), "no measure 'hedging'"),
        (lambda: fr.clearest(fr.levels(SCORES), 3), "no column 'p'"),
    ],
)
def test_arguments_of_another_kind_are_errors(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_a_day_with_a_time_zone_is_that_day():
    one, two = (
        fr.compare_periods(SCORES, day, measures="hedge", min_articles=1)
        for day in ("2031-03-10", "2031-03-10T00:00:00+02:00")
    )
    pd.testing.assert_frame_equal(one, two)


def test_columns_that_a_merge_made_two_are_an_error():
    """Topics were not held constant, without a word."""
    topics = SCORES[["article"]].drop_duplicates().assign(topic="sea")
    merged = SCORES.assign(topic="sea").merge(topics, on="article")
    with pytest.raises(ValueError, match="'topic_x' and 'topic_y' are two columns 'topic'"):
        fr.compare(merged, measures="hedge", n_resamples=19)


def test_numbers_beside_the_counts_are_no_measure(strait_scores):
    """Likes of every paragraph, few enough for cues; an index of one's own is a measure."""
    few = np.arange(len(strait_scores)) % 3
    for number in (few, 100 * few):
        with pytest.raises(ValueError, match="'likes' may be no count of cues: there are rows"):
            fr.levels(strait_scores.assign(likes=number))
    own = strait_scores[["article", "outlet", "role", "words", "sentences", "tone", "hedge"]]
    with pytest.raises(ValueError, match=r"'likes' may be no count of cues: .* than words"):
        fr.levels(own.rename(columns={"hedge": "care"}).assign(likes=1000 * few))
    index = strait_scores["risk"] + strait_scores["fear"]
    assert "mine" in set(fr.levels(strait_scores.assign(mine=index))["measure"])
    named = fr.levels(strait_scores.assign(likes=few), measures="likes")
    assert named["measure"].eq("likes").all()


def test_an_index_may_count_more_than_there_are_words():
    """A word of two categories is in their index twice: the headline is one word."""
    entries = {"category": ["fear", "worry", "calm"], "entry": ["fear*", "fear*", "rest*"]}
    indices = {"both": Index(("fear", "worry"))}
    lexicon = fr.Lexicon(pd.DataFrame(entries), indices=indices)
    texts = ["Fears", "The fear of rain, and at rest at last.", "The rest of the crew is here."]
    each = pd.DataFrame({"paragraph": range(3), "text": texts})
    articles = pd.DataFrame({"article": list("abcdef"), "outlet": list("XXXYYY")})
    scores = fr.score(articles.merge(each, how="cross"), lexicon=lexicon)
    assert scores["both"].gt(scores["words"]).any()
    assert "both" in set(fr.levels(scores)["measure"])


@pytest.mark.parametrize(("number", "more"), [(3, ""), (4, ", 1 more"), (5, ", 2 more")])
def test_three_articles_outside_the_group_of_their_outlet_are_named_and_the_others_counted(
    number, more
):
    odd = pd.DataFrame({"article": [f"a{n}" for n in range(number)], "outlet": "A"})
    assert _but(odd, SCORES) == f" but {number} of 42 ('a0' of A, 'a1' of A, 'a2' of A{more})"
