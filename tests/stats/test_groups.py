"""Groups of outlets: outlets are the units."""

from __future__ import annotations

import itertools
import re

import numpy as np
import openpyxl
import pandas as pd
import pytest
from scipy import stats

import framing as fr
from framing.stats.articles import per_article
from framing.stats.welch import _Permuted, splits
from tests.made import made_scores

LEANING = {name: "left" if name < "E" else "right" for name in "ABCDEFGHI"}


@pytest.fixture(scope="module")
def scores() -> pd.DataFrame:
    rates = dict(zip("ABCDEFGHI", [2.0, 2.5, 1.8, 2.2, 1.0, 1.2, 0.8, 1.1, 1.4], strict=True))
    return made_scores(rates, events=8)


def _permuted_p(a, b):
    """Return the p of Welch's t over all splits of the outlets, as scipy counts them."""

    def size(x, y, axis):
        return np.abs(stats.ttest_ind(x, y, axis=axis, equal_var=False).statistic)

    how = {"vectorized": True, "alternative": "greater", "n_resamples": np.inf}
    return stats.permutation_test((a, b), size, **how).pvalue


def _students(sides):
    """Return p and interval of Student's t; no variance is below what articles make by chance."""
    squares, freedom = [], []
    for outlets in sides:
        n, size = len(outlets), np.array([len(values) for values in outlets])
        between = np.var([np.mean(values) for values in outlets], ddof=1) / n
        within = sum(np.var(values) * len(values) for values in outlets) / (size - 1).sum()
        chance = within * (1 / size).sum() / n**2
        squares.append(max(between, chance))
        freedom.append(n - 1 if between > chance else size.sum() - 1)
    shift = np.subtract(*(np.mean([np.mean(v) for v in outlets]) for outlets in sides))
    error, nu = np.sqrt(sum(squares)), sum(squares) ** 2 / sum(np.square(squares) / freedom)
    found = stats.t(nu, scale=error)
    return 2 * found.sf(abs(shift)), shift + np.array(found.interval(0.95))


@pytest.mark.parametrize("measure", ["hedge", "alarm", "tone"])
@pytest.mark.parametrize("outlets", ["ABCDEFGHI", "AFCDEBGH"])
def test_p_and_interval_are_scipys_over_all_splits_of_the_outlets(scores, outlets, measure):
    """All ways to choose 4 outlets; no difference outside of the interval is not rejected.

    An end is where rejection begins, or that of Welch's interval if it is farther out.
    """
    groups = {name: "left" if name in outlets[:4] else "right" for name in outlets}
    row = fr.compare_groups(scores, groups, measures=measure).iloc[0]
    means = per_article(scores, measures=measure).groupby("outlet")[measure].mean()
    a, b = means[list(outlets[:4])].to_numpy(), means[list(outlets[4:])].to_numpy()
    assert row["p"] == pytest.approx(_permuted_p(a, b))
    assert (row["p"] <= 0.05) == (row["low"] > 0 or row["high"] < 0)
    little = 1e-6 * (row["high"] - row["low"])
    welch = stats.ttest_ind(a, b, equal_var=False).confidence_interval()
    for end, wide, way in ((row["low"], welch.low, 1), (row["high"], welch.high, -1)):
        assert _permuted_p(a - end + way * little, b) <= 0.05
        assert end == pytest.approx(wide) or _permuted_p(a - end - way * little, b) > 0.05
    if measure != "tone":
        assert row["ratio"] == pytest.approx(a.mean() / b.mean())
    assert row[["outlets_a", "outlets_b", "articles_a"]].tolist() == [4, len(b), 32]


@pytest.mark.parametrize(
    ("numbers", "many"), [("4444", "EFGHI"), ("4444", "EFGH"), ("1112", "EFGHI")]
)
@pytest.mark.parametrize("measure", ["hedge", "alarm", "tone"])
def test_p_is_at_least_students_where_outlets_of_one_group_have_far_fewer_articles(
    scores, measure, numbers, many
):
    """Student's t written plainly, at least; and the interval is at least as wide."""
    most = {**dict(zip("ABCD", map(int, numbers), strict=True)), **dict.fromkeys(many, 8)}
    few = scores[scores["event"].str[1:].astype(int) < scores["outlet"].map(most)]
    row = fr.compare_groups(few, LEANING, measures=measure).iloc[0]
    articles = per_article(few, measures=measure).groupby("outlet")[measure]
    sides = [[articles.get_group(o).to_numpy() for o in side] for side in ("ABCD", many)]
    permuted = _permuted_p(*([values.mean() for values in side] for side in sides))
    students, (low, high) = _students(sides)
    assert row["p"] == pytest.approx(max(permuted, students))
    assert row["low"] <= low + 1e-9 and high - 1e-9 <= row["high"]
    assert (row["p"] <= 0.05) == (row["low"] > 0 or row["high"] < 0)
    times = 8 * np.mean([1 / int(n) for n in numbers])
    assert row["note"].startswith(f"outlets of right have {times:.1f} times as many articles: ")


def test_a_p_of_exactly_5_percent_excludes_0_too(scores):
    """The clearest of 20 splits."""
    row = fr.compare_groups(scores, LEANING, measures="hedge", n_resamples=19).iloc[0]
    assert row["p"] == 0.05 and row["low"] > 0


def test_from_one_and_a_half_times_the_articles_on_outlets_are_unlike(scores):
    number = scores["event"].str[1:].astype(int)
    for most, said in ((6, True), (5, False)):
        some = scores[number < scores["outlet"].map(lambda name, n=most: 4 if name < "E" else n)]
        notes = fr.compare_groups(some, LEANING, measures="hedge")["note"]
        assert notes.str.contains("outlets of right have 1.5 times as many articles").all() == said


def test_two_outlets_a_side_have_welchs_interval_and_one_has_none(scores):
    means = per_article(scores, measures="tone").groupby("outlet")["tone"].mean()
    for left in ("AB", "A"):
        some = scores[scores["outlet"].isin([*left, *"EFG"])]
        groups = {name: LEANING[name] for name in [*left, *"EFG"]}
        row = fr.compare_groups(some, groups, measures="tone").iloc[0]
        found = stats.ttest_ind(means[[*left]], means[[*"EFG"]], equal_var=False)
        ends = [np.nan] * 2 if left == "A" else found.confidence_interval()
        assert row[["low", "high"]].tolist() == pytest.approx([*ends], nan_ok=True)


def test_groups_with_the_same_mean_have_a_p_of_1():
    """All splits of the outlets are as clear as none at all."""
    table = pd.DataFrame({"outlet": [*"ABCDEFGH"], "article": [*"abcdefgh"], "words": 100})
    table = table.assign(hedge=[1, 2, 3, 4] * 2, role="body")
    row = fr.compare_groups(table, {name: LEANING[name] for name in "ABCDEFGH"}).iloc[0]
    assert (row["estimate"], row["p"]) == (0, 1) and row["low"] < 0 < row["high"]


def test_more_articles_are_no_more_outlets(scores):
    """Every article twice: the same p, where articles as units would make it far smaller."""
    again = scores.assign(article=scores["article"] + "#2")
    for match in (None, "event"):
        one, two = (
            fr.compare_groups(table, LEANING, match=match)
            for table in (scores, pd.concat([scores, again]))
        )
        assert one["p"].tolist() == pytest.approx(two["p"].tolist())


def test_outlets_of_few_articles_are_not_as_certain_as_those_of_many():
    """Four outlets of 5 articles against twelve of 40, all alike: 200 times, at most 14 differ."""
    rng = np.random.default_rng(3)
    names, sizes = [f"o{k:02}" for k in range(16)], [5] * 4 + [40] * 12
    table = pd.DataFrame({"outlet": np.repeat(names, sizes), "role": "body", "words": 600})
    table["article"] = [f"a{k}" for k in range(len(table))]
    cues = {f"m{k}": rng.poisson(5 * rng.gamma(1, 1, len(table))) for k in range(200)}
    groups = dict(zip(names, ["few"] * 4 + ["many"] * 12, strict=True))
    found = fr.compare_groups(
        table.join(pd.DataFrame(cues)), groups, measures=list(cues), n_resamples=499
    )
    assert found["p"].le(0.05).sum() <= 14
    assert (found["p"].le(0.05) == (found["low"].gt(0) | found["high"].lt(0))).all()


@pytest.mark.parametrize("match", [None, "event"])
def test_a_tone_that_nothing_has_is_no_difference(scores, match):
    """Texts that are not English have none: no p of 0, and no test more in the family."""
    none = scores.assign(tone=np.nan)
    found = fr.compare_groups(none, LEANING, match=match).set_index("measure")
    assert found.loc["tone", ["estimate", "low", "p", "p_adjusted"]].isna().all()
    assert "no article has one" in found.loc["tone", "note"]
    without = fr.compare_groups(none, LEANING, match=match, measures=["hedge", "alarm", "boost"])
    assert found.loc["hedge", "p_adjusted"] == without["p_adjusted"].iloc[0]


def test_outlets_split_at_random_rarely_differ():
    """Outlets differ in their rates, groups do not: 100 random splits, at most 12 below .05."""
    rng = np.random.default_rng(4)
    rejected = 0
    scores = made_scores(dict(zip("ABCDEFGHIJKL", rng.gamma(20, 0.1, 12), strict=True)), events=10)
    for seed in range(100):
        sides = rng.permutation(["x"] * 6 + ["y"] * 6)
        groups = dict(zip("ABCDEFGHIJKL", sides, strict=True))
        found = fr.compare_groups(scores, groups, measures="hedge", n_resamples=999, seed=seed)
        rejected += found["p"].iloc[0] <= 0.05
    assert rejected <= 12


def test_within_events_the_estimate_is_that_of_the_differences(scores):
    found = fr.compare_groups(scores, LEANING, match="event", measures="tone").iloc[0]
    values = per_article(scores, measures="tone").pivot_table("tone", "event", "outlet")
    means = values.sub(values.mean(axis=1), axis=0).mean()
    assert found["estimate"] == pytest.approx(
        means[list("ABCD")].mean() - means[list("EFGHI")].mean()
    )
    assert np.isnan(found["ratio"])


def test_no_p_under_four_outlets_a_side(scores):
    few = scores[scores["outlet"].isin(list("ABCEFGH"))]
    found = fr.compare_groups(few, LEANING)
    assert found["p"].isna().all() and found["estimate"].notna().all()
    assert found["note"].str.contains("no p under 4 outlets a side").all()


def test_outlets_without_a_group_are_named(scores):
    """A misspelt name would cost an outlet without a word."""
    misspelt = {("The " + name if name == "A" else name): group for name, group in LEANING.items()}
    with pytest.warns(UserWarning, match="groups name outlets without articles: 'The A'"):
        found = fr.compare_groups(scores, misspelt)
    assert found["note"].str.endswith("in no group: A; without articles: 'The A'").all()
    assert not fr.compare_groups(scores, LEANING)["note"].str.contains("no group").any()


def test_names_that_are_nearly_an_outlet_come_first_with_the_nearest_and_five_are_named(scores):
    cnn = scores.replace({"outlet": {"A": "CNN (Online News)"}})
    others = {f"Paper {number}": "left" for number in range(7)}
    said = "'cnn (online news) ' (nearest: CNN (Online News)), 'Paper 0', 'Paper 1', 'Paper 2'"
    with pytest.warns(UserWarning, match=re.escape(said)):
        found = fr.compare_groups(cnn, LEANING | others | {"A": "", "cnn (online news) ": "left"})
    assert found["note"][0].endswith(f"{said}, 'Paper 3' and 3 more")


def test_an_outlet_alone_on_its_events_has_articles(scores):
    """It is in no comparison within events, and not one without articles."""
    alone = scores.assign(event=scores["event"].where(scores["outlet"] != "A", "of its own"))
    found = fr.compare_groups(alone, LEANING, match="event", measures="hedge")
    assert found["note"][0].endswith("alone on their events: A") and found["outlets_a"][0] == 3


def test_articles_of_an_unknown_outlet_are_no_outlet_of_a_group(scores):
    """As one more outlet they would be a unit of the test, though they are of any outlets."""
    lost = scores[scores["outlet"] == "A"].head(1).assign(outlet="unknown", article="lost")
    table = pd.concat([scores, lost]).assign(leaning=lambda t: t["outlet"].map(LEANING))
    table.loc[table["outlet"] == "unknown", "leaning"] = LEANING["A"]
    for groups in ("leaning", LEANING | {"unknown": LEANING["A"]}):
        found = fr.compare_groups(table, groups)
        assert found["note"].str.endswith("in no group: unknown").all()
        same = found.drop(columns="note"), fr.compare_groups(scores, LEANING).drop(columns="note")
        pd.testing.assert_frame_equal(*same)


def test_groups_of_which_many_outlets_have_hardly_an_article_are_noted(scores):
    few = scores.groupby("article").first().groupby("outlet").head(2).reset_index()
    table = pd.concat([scores[~scores["outlet"].isin(["A"])], few[few["outlet"] == "A"]])
    said = "1 of 4 outlets of left have under 3 articles and count as much as the others"
    assert fr.compare_groups(table, LEANING)["note"].str.contains(said).all()
    assert not fr.compare_groups(scores, LEANING)["note"].str.contains("count as much").any()


def test_groups_may_be_a_column_and_order_does_not_matter(scores):
    table = scores.assign(leaning=scores["outlet"].map(LEANING))
    one = fr.compare_groups(table, "leaning")
    two = fr.compare_groups(table.sample(frac=1, random_state=1), LEANING)
    pd.testing.assert_frame_equal(one, two)
    pairs = [tuple(x) for x in one[["group_a", "group_b"]].drop_duplicates().to_numpy()]
    assert pairs == list(itertools.combinations(["left", "right"], 2))
    with pytest.raises(ValueError, match="one group per outlet, got several for 'A'"):
        fr.compare_groups(table.assign(leaning=["x", "y"] * (len(table) // 2)), "leaning")
    with pytest.raises(ValueError, match="two groups or more, got left"):
        fr.compare_groups(table.assign(leaning="left"), "leaning")


@pytest.mark.parametrize("names", [(-1, 1), (-1.0, 1.0), (False, True), (1991, 2024)])
def test_groups_may_be_numbers(scores, names):
    """pandas had refused to merge them with texts, or they were taken for counts."""
    texts = dict(zip(("left", "right"), map(str, names), strict=True))
    table = scores.assign(leaning=scores["outlet"].map(LEANING))
    numbers = table["leaning"].map(dict(zip(("left", "right"), names, strict=True)))
    one, two = table.replace({"leaning": texts}), table.assign(leaning=numbers)
    for make in (fr.levels, fr.positions, fr.compare):
        pd.testing.assert_frame_equal(make(one, by="leaning"), make(two, by="leaning"))
    pd.testing.assert_frame_equal(
        fr.compare_groups(one, "leaning"), fr.compare_groups(two, "leaning")
    )
    drawn = {text.get_text() for text in fr.plot_shares(two, by="leaning").texts}
    assert {*texts.values()} <= drawn


def test_an_outlet_with_an_empty_group_is_in_none(scores):
    known = {name: group for name, group in LEANING.items() if name != "A"}
    for empty in ("", " ", None):
        pd.testing.assert_frame_equal(
            fr.compare_groups(scores, LEANING | {"A": empty}), fr.compare_groups(scores, known)
        )


def test_all_splits_are_taken_if_there_are_no_more_than_are_asked_for():
    """70 ways to choose 4 of 8; else the real one and as many that are drawn."""
    rng = np.random.default_rng(1)
    every = splits(4, 8, 70, rng)
    assert every[0] == [0, 1, 2, 3] and len({tuple(split) for split in every}) == len(every) == 70
    drawn = splits(4, 8, 69, rng)
    assert drawn[0] == [0, 1, 2, 3] and len(drawn) == 70
    assert all(len(set(split)) == 4 and set(split) <= set(range(8)) for split in drawn)
    assert 30 < len({tuple(split) for split in drawn}) < 70


def test_events_that_one_group_covers_more_do_not_move_its_mean():
    """Only what stands beside another outlet on an event counts: by hand, three events."""
    rows = [
        ("A", "x", 5), ("C", "x", 1), ("A", "y", 9), ("B", "y", 7), ("C", "y", 2), ("B", "z", 90),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["outlet", "event", "hedge"]).assign(role="body", words=100)
    table["article"] = [f"a{k}" for k in range(len(table))]
    found = fr.compare_groups(
        table, {"A": "l", "B": "l", "C": "r"}, match="event", measures="hedge"
    )
    a, b, c = np.mean([5 - 3, 9 - 6]), 7 - 6, np.mean([1 - 3, 2 - 6])
    assert found["estimate"].item() == pytest.approx((a + b) / 2 - c)


@pytest.mark.parametrize("apart", [",", ";", "\t"])
def test_groups_of_a_file_are_those_of_a_column(scores, tmp_path, apart):
    """Whatever stands between the cells, and in whatever encoding Excel wrote them."""
    file = tmp_path / "groups.csv"
    rows = [("outlet", "group"), *LEANING.items(), ("Zoë's Paper", "left")]
    file.write_bytes("".join(f"{a}{apart}{b}\r\n" for a, b in rows).encode("cp1252"))
    groups = fr.read_groups(file)
    assert groups == LEANING | {"Zoë's Paper": "left"}
    named = scores.assign(leaning=scores["outlet"].map(LEANING))
    with pytest.warns(UserWarning, match="without articles"):
        found = fr.compare_groups(scores, groups, measures="hedge")
    assert found["note"].tolist() == ['without articles: "Zoë\'s Paper"']
    want = fr.compare_groups(named, "leaning", measures="hedge")
    pd.testing.assert_frame_equal(found.assign(note=""), want)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "outlet,side,x\nA,left,1\n",
            "must have the columns outlet and group, got outlet, side, x",
        ),
        (
            "outlet,leaning\nA,left\nB,right\nC,Left\n",
            r"groups.csv: column 'leaning' has 'Left' \(row 4, C\) and 'left' \(row 2, A\)",
        ),
        ("outlet\nA\n", "must have the columns outlet and group, got outlet$"),
        ("", "got no row"),
        ("outlet,group\nA,left\n,right\n", "row 3: no outlet is named"),
        ("outlet,group\nA,left\nA,right\n", "row 3: 'A' is in group 'right', and in 'left' above"),
    ],
)
def test_a_file_of_groups_that_is_wrong_is_refused_with_its_row(tmp_path, text, error):
    file = tmp_path / "groups.csv"
    file.write_text(text)
    with pytest.raises(ValueError, match=error):
        fr.read_groups(file)


def test_an_outlet_without_a_group_is_in_none_and_a_missing_file_is_no_column(tmp_path):
    file = tmp_path / "groups.csv"
    file.write_text("outlet,group\nA,left\nB,\n")
    assert fr.read_groups(file) == {"A": "left"}
    file.write_text("outlet,leaning\nA,left\nB,\n")  # the only other column
    assert fr.read_groups(file) == {"A": "left"}
    with pytest.raises(FileNotFoundError):
        fr.read_groups(tmp_path / "none.csv")
    assert fr.read_groups("leaning") == "leaning"


def test_a_workbook_may_name_the_groups_and_other_tables_are_refused(tmp_path, scores):
    table = pd.DataFrame({"outlet": LEANING.keys(), "group": LEANING.values()})
    table.to_excel(tmp_path / "groups.xlsx", index=False)
    assert fr.read_groups(tmp_path / "groups.xlsx") == LEANING
    with pytest.raises(TypeError, match=r"or a mapping such as dict\(zip\(.*, got a DataFrame"):
        fr.compare_groups(scores, table)
    with pytest.raises(TypeError, match=r"outlet.*group.*got a dict"):
        fr.compare_groups(scores, {"left": ["A", "B"], "right": ["C", "D"]})


def test_a_series_may_map_outlets_to_groups(scores):
    found, want = (fr.compare_groups(scores, of, measures="hedge", n_resamples=99)
                   for of in (pd.Series(LEANING), LEANING))  # fmt: skip
    pd.testing.assert_frame_equal(found, want)


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        (
            {"left": "A", "right": "B"},
            "got none; in no group: A, B, C; the table has no outlet 'left', 'right': a mapping is from o",
        ),
        ({"A": "left", "B": "left"}, "got left; in no group: C$"),
    ],
)
def test_groups_that_hold_no_outlets_are_an_error_that_names_both(groups, told):
    """A mapping from group to outlet, the wrong way round, and one group for all."""
    scores = pd.DataFrame({"outlet": list("ABC"), "article": list("xyz"), "role": "body",
                           "words": 100, "hedge": [1, 2, 0]})  # fmt: skip
    with pytest.raises(ValueError, match=f"^groups must name two groups or more, {told}"):
        fr.compare_groups(scores, groups)


@pytest.mark.parametrize(("number", "style"), [(-1e15, "yyyy-mm-dd"), (1e300, "[h]:mm:ss")])
def test_a_number_that_is_no_date_is_an_error_that_names_the_workbook(tmp_path, number, style):
    """The library panics at the first, with what is no Exception."""
    book = openpyxl.Workbook()
    for row in (["outlet", "group", "since"], ["Sun", "left", number]):
        book.active.append(row)
    book.active["C2"].number_format = style
    book.save(tmp_path / "groups.xlsx")
    with pytest.raises(ValueError, match=r"groups\.xlsx: .*save it as CSV"):
        fr.read_groups(tmp_path / "groups.xlsx")


def test_articles_that_repeat_others_word_for_word_are_noted_wherever_they_count(scores):
    """In levels, comparisons of outlets and of groups alike; two of A, and one of left besides."""
    texts = scores.assign(text=[f"Text {n}." for n in range(len(scores))])
    of_a = texts["article"].isin(texts.loc[texts["outlet"] == "A", "article"].unique()[:2])
    of_b = texts["article"].isin(texts.loc[texts["outlet"] == "B", "article"].unique()[:1])
    again = texts[of_a | of_b].assign(article=lambda table: "again " + table["article"])
    twice = pd.concat([texts, again], ignore_index=True)
    two, one = (
        f"{what} another one of it word for word"
        for what in ("2 articles of A repeat", "1 article of B repeats")
    )
    noted = fr.levels(twice, measures="hedge").set_index("outlet")["note"]
    assert noted[["A", "B", "C"]].tolist() == [two, one, ""]
    assert two in fr.compare(twice, measures="hedge", n_resamples=9)["note"][0]
    found = fr.compare_groups(twice, LEANING, measures="hedge")["note"][0]
    assert "3 articles of left repeat another one of it word for word" in found
    assert "repeat" not in fr.compare_groups(texts, LEANING, measures="hedge")["note"][0]


def test_what_all_outlets_have_in_common_changes_no_p_of_groups():
    """Differences of 1 between outlets that all have about 100 million keep their digits."""
    values = np.random.default_rng(3).normal(size=(10, 2)).round(2)
    drawn = splits(4, 10, 999, np.random.default_rng(1))
    few, many = (_Permuted.of(values + level, drawn) for level in (0, 1e8))
    np.testing.assert_allclose(many.spread, few.spread, rtol=1e-5)
    np.testing.assert_array_equal(many.p(np.zeros(2)), few.p(np.zeros(2)))
