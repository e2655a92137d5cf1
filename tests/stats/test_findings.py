"""The sentences of the first page say what the tables say, and nothing that they do not carry."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.stats.differences import adjusted_p, known_of, taken_back
from framing.stats.findings import _NAMED, FINDINGS, named
from framing.stats.highest import ends_of
from framing.stats.sides import OTHERS
from tests.made import made_scores

RATES = {"Howl": 2.0, "Mail": 1.0, "Post": 1.0}


def scores_of(rates, *, articles=40, seed=3, **more):
    """Made articles of 500 words; every outlet hedges at its own rate."""
    rng = np.random.default_rng(seed)
    rows = [
        {
            "outlet": outlet, "article": f"{outlet} {n}", "role": "body", "words": 500,
            "hedge": rng.poisson(5 * rate), "alarm": rng.poisson(2), "boost": rng.poisson(1),
            "tone": rng.normal(more.get(outlet, 0.0), 0.1),
        }
        for outlet, rate in rates.items()
        for n in range(articles)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def found(scores, **options):
    levels = fr.levels(scores)
    contrasts = fr.compare(scores, n_resamples=999, **options)
    return fr.findings(contrasts, levels).set_index("measure"), contrasts


def test_an_injected_difference_is_named_with_its_size():
    """Howl hedges twice as often as the others; nothing else differs."""
    table, contrasts = found(scores_of(RATES))
    said = " ".join(table.loc["hedge", ["finding", "detail"]])
    level = fr.levels(scores_of(RATES)).query("measure == 'hedge' and outlet == 'Howl'")["mean"]
    for other, explained in (("Mail", "95% interval "), ("Post", "")):
        row = contrasts.query(
            "measure == 'hedge' and outlet_a == 'Howl' and outlet_b == @other"
        ).iloc[0]
        ends = f"{row['ratio_low']:#.2g} to {row['ratio_high']:#.2g}"
        assert f" hedges {row['ratio']:#.2g} times as often as {other} ({explained}{ends}" in said
    assert said.count("Howl") == 2
    assert said.count(f"Howl (highest: {level.item():.2f} per 100 words) hedges") == 1
    assert table.loc["hedge", ["tested", "different"]].tolist() == [3, 2]
    for measure in ("alarm", "boost", "tone"):
        assert table.loc[measure, "finding"].startswith("No difference in ")
        assert table.loc[measure, "finding"].endswith("; the order of levels may be chance.")
        what = (
            r"at least 0\.\d\d"
            if measure == "tone"
            else "the first of two "
            r"at least \S+ or at most 0\.\d+ times as often as the second"
        )
        assert re.fullmatch(what, table.loc[measure, "missed"])


def test_the_outlet_with_more_is_the_subject_whatever_the_alphabet():
    """What is compared as a with b is said as b with a where b has more, or is darker."""
    table, _ = found(scores_of({"A": 1.0, "Z": 2.5}, A=0.0, Z=-0.3))
    size = re.match(
        r"Z \(highest: \S+ per 100 words\) hedges (\d\.\d) times as often as A "
        r"\(95% interval (\S+) to (\S+);",
        table.loc["hedge", "finding"],
    )
    ratio, low, high = map(float, size.groups())
    assert 2.0 < low < ratio < high < 3.5
    assert re.match(
        r"Z \(darkest: −0\.\d\d\) is darker in tone than A, by 0\.3\d \(95% interval 0\.\d\d to",
        table.loc["tone", "finding"],
    )


def test_nothing_is_found_where_nothing_was_tested():
    """Four articles an outlet: no p, so that no outlet is called different or alike."""
    table, contrasts = found(scores_of(RATES, articles=4))
    assert contrasts["p"].isna().all()
    why = "could not be tested: fewer than 10 articles from one outlet; the order of levels may be "
    assert table["finding"].str.contains(why).all()
    assert table["missed"].eq("a difference of any size").all()
    assert not table["detail"].str.contains("differs|comparisons|ratio|difference").any()


def test_the_reason_for_no_p_is_that_of_the_notes():
    """Rare boosters are too few hits, whatever one small outlet has too few of."""
    rows = pd.concat([contrast(p=np.nan, p_adjusted=np.nan)] * 3)
    few = "underpowered: too few hits"
    rows["note"] = ["no p under 10 articles a side", few, few]
    levels = fr.levels(scores_of({"A": 1.0, "B": 2.0}, articles=1))
    table = fr.findings(rows, levels).set_index("measure")
    reasons = "could not be tested: too few hits (2), fewer than 10 articles from one outlet (1);"
    assert reasons in table.loc["hedge", "finding"]
    assert "per 100 words; 1 article)" in table.loc["hedge", "detail"]
    rest = rows.assign(outlet_b=OTHERS, note="no p under 10 articles a side")
    said = fr.findings(rest, levels)["finding"][0]
    assert "could not be tested: fewer than 10 articles per outlet;" in said


def test_a_measure_outside_the_family_is_called_exploratory():
    """It has a p, so that it was tested, but none that is adjusted."""
    scores = scores_of(RATES)
    _, contrasts = found(scores)
    assert contrasts["p"].notna().any()
    table = fr.findings(contrasts.assign(p_adjusted=np.nan), fr.levels(scores))
    assert table["finding"].str.endswith("are exploratory, without an adjusted p.").all()


def test_one_outlet_has_a_portrait():
    """Without contrasts, and with an empty table of them, levels are said."""
    levels = fr.levels(scores_of({"Howl": 1.0}))
    for contrasts in (None, pd.DataFrame(columns=fr.compare(scores_of(RATES)).columns)):
        table = fr.findings(contrasts, levels)
        assert re.match(
            r"Howl hedges \d\.\d\d times per 100 words \(95% interval", table["finding"][0]
        )
        assert "40 articles" in table["finding"][0]
        assert table[["tested", "different"]].to_numpy().tolist() == [[0, 0]] * len(table)
        assert table.columns.tolist() == FINDINGS


def test_what_was_held_constant_is_said():
    """Differences within topics need not be those of the levels, so the sentence says so."""
    scores = scores_of({"A": 1.0, "Z": 2.5}).assign(topic=["x", "y"] * 40)
    table, _ = found(scores)
    assert table.loc["hedge", "finding"].startswith("On the same topics, Z (highest: ")


def contrast(**numbers):
    row = {
        "measure": "hedge", "outlet_a": "A", "outlet_b": "B", "estimate": 0.4, "low": 0.1,
        "high": 0.7, "ratio": 1.5, "ratio_low": 1.1, "ratio_high": 2.0, "effect": 0.5,
        "detectable": 1.4, "p": 0.01, "p_adjusted": 0.01,
    }  # fmt: skip
    return pd.DataFrame([row | numbers])


def test_how_many_have_the_same_lowest_level_is_said():
    """Three of four outlets have none: no one of them is the lowest."""
    levels = pd.DataFrame({"measure": "hedge", "outlet": list("ABCD"), "articles": 20})
    levels = levels.assign(mean=[1.2, 0.0, 0.0, 0.0], low=np.nan, high=np.nan)
    detail = fr.findings(contrast(p=np.nan, p_adjusted=np.nan), levels)["detail"][0]
    assert "lowest in D (0.00, as in 2 others" in detail
    assert "highest in A (1.20 per 100 words" in detail


def test_what_the_coding_takes_back_is_said_where_it_is_found():
    """A difference below .05 that is not once people's codes correct it, named or among others."""
    rows = pd.concat(
        [
            contrast(outlet_a=name, outlet_b=OTHERS, effect=effect, corrected_p_adjusted=corrected)
            for name, effect, corrected in (
                ("A", 0.9, 0.01), ("B", 0.8, 0.141), ("C", 0.1, 0.765), ("D", 0.1, np.nan),
            )
        ]
    )  # fmt: skip
    levels = pd.DataFrame({"measure": "hedge", "outlet": list("ABCD"), "articles": 20})
    levels = levels.assign(mean=[1.2, 1.1, 1.0, 0.9], low=np.nan, high=np.nan)
    finding, detail = fr.findings(rows, levels)[["finding", "detail"]].iloc[0]
    gone = "not once corrected by the coding: p = "
    assert finding.count(gone) == 1
    assert f"1.1 to 2.0; adjusted p = .010; {gone}.141)." in finding
    assert f"C ({gone}.765) and D (not corrected by the coding) are also above" in detail
    many = pd.concat([rows] * 2, ignore_index=True)
    assert ", 4 of them not once corrected" in fr.findings(many, levels)["detail"][0]


LEVELS = pd.DataFrame(
    {
        "measure": "hedge",
        "outlet": ["A", "B"],
        "articles": 20,
        "mean": [1.2, 0.8],
        "low": np.nan,
        "high": np.nan,
    }
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_numbers_that_contradict_each_other_are_not_said(data):
    """Whatever the ratio, no sentence has it point the other way than the difference."""
    sizes = st.sampled_from([0.0, 0.4, 0.96, 1.0, 1.04, 2.5, np.inf, np.nan])
    ends = sorted([data.draw(sizes) for _ in range(3)])
    numbers = dict(zip(("ratio_low", "ratio", "ratio_high"), ends, strict=True))
    numbers |= {"estimate": data.draw(st.sampled_from([-0.4, 0.4]))}
    said = fr.findings(contrast(**numbers), LEVELS)["finding"][0]
    assert "nan" not in said
    assert "inf" not in said
    assert (said[0] == "A") == (numbers["estimate"] > 0)
    if "times as often" in said:
        more = re.search(r"hedges ([0-9.]+) times", said)
        assert float(more[1]) > 1
    else:
        assert re.search(r"hedges more than [AB], by 0.40 per 100 words \(", said)


@pytest.mark.parametrize(
    ("below", "above", "said"),
    [
        ([0.611, 0.611], [1.41, 1.41], "at least 1.5 or at most 0.61 times as often"),
        ([0.7, 0.611], [1.41, 2.01], "at least 2.1 or at most 0.61 times as often"),
        ([0.97, 0.98], [1.03, 1.02], "at least 1.03 or at most 0.97 times as often"),
        (
            [np.nan, 0.9],
            [15.1, 1.4],
            "at least 16 times as often, and anything less would be missed",
        ),  # and none at all
        (
            [0.611, 0.9],
            [np.nan, 1.4],
            "at most 0.61 times as often, and anything more would be missed",
        ),
        ([np.nan, np.nan], [np.nan, np.nan], "a difference of any size"),
        (
            [0.611, np.nan],
            [np.nan, 1.4],
            "at least 1.4 times as often, and anything less would be missed",
        ),  # of each size one of two finds none
        ([np.nan, 0.611], [np.nan, 1.41], "at least 1.5 or at most 0.61 times as often"),
    ],
)
def test_what_could_be_missed_is_rounded_away_from_no_difference(below, above, said):
    """A ratio of 1.41 would be missed at 1.4, and is found at 1.5; what is found is left out."""
    sizes = zip(below, above, strict=True)
    note = "underpowered: too few hits"  # is not named where a size is known
    rows = [contrast(detectable_below=b, detectable=a, p_adjusted=0.2, note=note) for b, a in sizes]
    found = contrast(detectable_below=0.1, detectable=90.0)
    table = pd.concat([*rows, found], ignore_index=True)
    said = said.replace("often", "often as B") if "often" in said else said
    assert fr.findings(table, LEVELS)["missed"][0] == f"{'A ' * ('often' in said)}{said}"
    assert fr.findings(found, LEVELS)["missed"][0] == ""


def test_a_p_that_is_too_small_says_so_where_it_stands():
    """Where something is found; where nothing is, a larger p says the same."""
    note = "topic held constant; neighbouring units are alike (r = 0.31): p is too small"
    doubt = ", which is too small: neighbouring units are alike, r = 0.31)"
    row = fr.findings(contrast(note=note), LEVELS).iloc[0]
    assert f"; adjusted p = .010{doubt}" in row["finding"]
    for table in (contrast(), contrast(note="few hits"), contrast(note=note, p_adjusted=0.2)):
        assert "too small" not in " ".join(
            fr.findings(table, LEVELS).iloc[0][["finding", "detail"]]
        )


def test_those_of_whom_a_difference_of_any_size_could_be_missed_are_named_if_they_are_few():
    """Against the rest up to three outlets have a name; pairs are counted; the reason is theirs."""
    few, hits = "no p under 10 articles a side", "underpowered: too few hits"
    known = contrast(detectable_below=0.6, detectable=1.5, p_adjusted=0.2, note=hits)
    names = ["B", "C", "D", "E"]
    unknown = [contrast(outlet_a=name, p=np.nan, p_adjusted=np.nan, note=few) for name in names]
    pairs = pd.concat([known, *unknown[:1]])
    rest = pairs.assign(outlet_b=OTHERS)
    three = pd.concat([known, *unknown[:3]]).assign(outlet_b=OTHERS)
    many = pd.concat([known, *unknown[1:], unknown[0].assign(note=hits)]).assign(outlet_b=OTHERS)
    for table, said in (
        (pairs, "in 1 of 2 comparisons (fewer than 10 articles)"),
        (rest, "for B (fewer than 10 articles)"),
        (three, "for B, C and D (fewer than 10 articles)"),
        (many, "in 4 of 5 comparisons (fewer than 10 articles or too few hits)"),
        (known, ""),
        (unknown[0], ""),  # of any size in all of them
    ):
        assert fr.findings(table, LEVELS)["any_size"][0] == said


def test_what_could_be_missed_is_of_the_comparisons_that_do_not_differ():
    """C hedges more than A and B, which are alike: what is said is of A and B alone."""
    table, contrasts = found(scores_of({"A": 1.0, "B": 1.0, "C": 2.5}))
    high, low = map(float, re.findall(r"\d\.\d+", table.loc["hedge", "missed"]))
    (row,) = contrasts.query("measure == 'hedge' and outlet_b == 'B'").to_dict("records")
    assert row["detectable"] <= high < row["detectable"] + 0.1
    assert row["detectable_below"] - 0.01 < low <= row["detectable_below"]


def test_a_table_of_another_kind_is_refused():
    with pytest.raises(ValueError, match=r"no column 'articles', 'mean'.*framing\.levels"):
        fr.findings(contrast(), contrast())


def test_outlets_with_few_articles_do_not_make_the_range():
    """An outlet with one article that never hedges is no level to name; the others are."""
    levels = pd.DataFrame(
        {
            "measure": "hedge", "outlet": list("ABC"), "articles": [1, 20, 20],
            "mean": [0.0, 0.8, 1.2], "low": [np.nan, 0.7, 1.0], "high": [np.nan, 0.9, 1.4],
        }
    )  # fmt: skip
    said = fr.findings(contrast(p_adjusted=0.5), levels)["detail"][0]
    of_those = "Hedging, of those with 10 articles or more: highest in"
    assert said == f"{of_those} C (1.20 per 100 words), lowest in B (0.80)."
    more = levels.iloc[[2]].assign(outlet="D", mean=1.5)
    said = fr.findings(contrast(p_adjusted=0.5), pd.concat([levels, more]))["detail"][0]
    assert said.startswith(f"{of_those} D (1.50 per 100 words), lowest in B")


def test_of_many_measures_the_first_have_a_line_unless_they_are_named():
    scores = scores_of(RATES).rename(columns={"hedge": "m0", "alarm": "m1", "boost": "m2"})
    scores = scores.drop(columns="tone").assign(**{f"m{n}": n for n in range(3, 14)})
    levels = fr.levels(scores, measures=[f"m{n}" for n in range(14)])
    assert fr.findings(None, levels)["measure"].tolist() == [f"m{n}" for n in range(5)]
    assert fr.findings(None, levels, measures=["m13", "m2"])["measure"].tolist() == ["m13", "m2"]
    both = fr.findings(None, fr.levels(scores_of(RATES).assign(fear=2)))
    assert set(both["measure"]) == {"hedge", "alarm", "boost", "tone"}


def test_one_above_and_one_below_the_others_are_named_and_a_ratio_under_1_is_in_words():
    """Against the rest a ratio is not turned; whom they differ from is a mean, and stands once."""
    sizes = {"ratio": 0.23, "ratio_low": 0.16, "ratio_high": 0.4, "low": -0.6, "high": -0.1}
    below = contrast(outlet_a="B", outlet_b=OTHERS, estimate=-0.4, effect=-0.9, **sizes)
    lower = contrast(outlet_a="D", outlet_b=OTHERS, estimate=-0.3, effect=-0.8, **sizes)
    above = contrast(outlet_a="C", outlet_b=OTHERS, effect=0.2)
    rest = contrast(outlet_a="E", outlet_b=OTHERS, p_adjusted=0.4, detectable=1.49)
    levels = pd.concat([LEVELS, LEVELS[:1].assign(outlet="C", mean=1.1)])
    table = fr.findings(pd.concat([below, lower, above, rest]), levels)
    assert table["finding"][0] == (
        "C (1.10 per 100 words) hedges 1.5 times as often as the others on average (95% interval "
        "1.1 to 2.0; adjusted p = .010); B (lowest: 0.80) hedges about a quarter as often as the "
        "others (ratio 0.23, 0.16 to 0.40; adjusted p = .010)."
    )
    assert table["detail"][0] == (
        "D is also below the others. The level is highest in A (1.20 per 100 words)."
    )
    assert table["missed"][0] == (
        "E at least 1.5 times as often as the others, and anything less would be missed"
    )


def test_of_tone_the_darkest_comes_first():
    """Of cues the outlet with more does."""
    sides = [contrast(outlet_a=name, outlet_b=OTHERS, estimate=size, low=size - 0.1, high=size + 0.1)
             for name, size in (("A", 0.4), ("B", -0.4))]  # fmt: skip
    tone = pd.concat(sides).assign(measure="tone")
    said = fr.findings(tone, LEVELS.assign(measure="tone", mean=[0.2, -0.1]))["finding"][0]
    assert said.startswith(
        "B (darkest: −0.10) is darker in tone than the others on average, by 0.40"
    )
    assert "; A (brightest: 0.20) is brighter in tone than the others, by 0.40" in said


def test_of_tone_the_darkest_is_named():
    levels = LEVELS.assign(measure="tone", mean=[0.2, -0.1])
    said = fr.findings(contrast(measure="tone", p_adjusted=0.5), levels)["detail"][0]
    assert said == (
        "Tone: brightest in A (0.20; difference from B +0.40, 95% interval +0.10 to +0.70; adjusted "
        "p = .500), darkest in B (−0.10)."
    )


def test_the_highest_that_was_not_found_to_differ_may_be_so_by_chance():
    """Beside a difference that was found, an end of the order comes with what was tested of it."""
    sure = contrast(outlet_a="C", outlet_b=OTHERS)
    top = contrast(outlet_b=OTHERS, ratio=1.2, ratio_low=1.002, ratio_high=1.4, p=0.03,
                   p_adjusted=0.4)  # fmt: skip
    untested = contrast(outlet_a="B", outlet_b=OTHERS, p=np.nan, p_adjusted=np.nan)
    levels = LEVELS.assign(low=0.5, high=1.5)
    said = fr.findings(pd.concat([sure, top, untested], ignore_index=True), levels)["detail"][0]
    assert said == (
        "The level is highest in A (1.20 per 100 words; may be chance: against the others adjusted "
        "p = .400) and lowest in B (0.80; 95% interval 0.50 to 1.50; not tested)."
    )
    for number, few in ((10, ""), (9, "9 articles; ")):  # why there is no test
        some = levels.assign(articles=[20, number])
        said = fr.findings(pd.concat([sure, top, untested], ignore_index=True), some)["detail"][0]
        assert said.endswith(f"lowest in B (0.80; 95% interval 0.50 to 1.50; {few}not tested).")


def test_what_an_interval_is_stands_once_beside_the_ends():
    """Those of both were tested, and none was found to differ; one outlet alone is no end."""
    sizes = {"estimate": -0.2, "ratio": 0.8, "ratio_low": 0.6, "ratio_high": 1.1}
    rows = [contrast(outlet_b=OTHERS, p_adjusted=0.5),
            contrast(outlet_a="B", outlet_b=OTHERS, p_adjusted=0.4, **sizes)]  # fmt: skip
    said = fr.findings(pd.concat(rows, ignore_index=True), LEVELS)["detail"][0]
    assert said == (
        "Hedging: highest in A (1.20 per 100 words; ratio to the others 1.5, 95% interval 1.1 to "
        "2.0; adjusted p = .500), lowest in B (0.80; ratio 0.80, 0.60 to 1.1; adjusted p = .400)."
    )
    assert fr.findings(contrast(p_adjusted=0.5), LEVELS[:1])["detail"][0] == ""


def test_an_order_of_levels_against_the_differences_is_named_as_such():
    """Levels are of all articles, differences within events: A is above B, and below it on events.

    What is not shown to differ is not "below".
    """
    numbers = {"ratio": 0.8, "ratio_low": 0.6, "ratio_high": 1.1, "estimate": -0.2,
               "method": "Within events, 9 sign flips"}  # fmt: skip
    said = fr.findings(contrast(p_adjusted=0.4, **numbers), LEVELS)["detail"][0]
    assert said == (
        "Hedging: highest in A (1.20 per 100 words; ratio to B on the same events 0.80, 95% interval "
        "0.60 to 1.1; adjusted p = .400), lowest in B (0.80)."
    )
    row = fr.findings(contrast(**numbers), LEVELS).iloc[0]
    assert row["finding"].startswith(
        "On the same events, B (lowest: 0.80 per 100 words over all its articles) hedges 1.2 times as "
    )
    assert row["detail"] == ""
    rows = [
        contrast(outlet_a="C", outlet_b=OTHERS, method=numbers["method"]),
        contrast(outlet_a="D", outlet_b=OTHERS, **numbers | {"estimate": -0.9}, effect=-0.9),
    ]
    same = "the others on the same events"
    chance = f"may be chance: against {same} "
    for p, known in ((0.4, chance), (0.05, chance), (0.03, f"but below {same}: ")):
        rest = contrast(outlet_b=OTHERS, p_adjusted=p, effect=-0.1, **numbers)
        detail = fr.findings(pd.concat([*rows, rest], ignore_index=True), LEVELS)["detail"][0]
        where = "The level over all articles is highest in A (1.20 per 100 words; "
        assert f"{where}{known}adjusted p = {p:.3f}".replace("= 0", "= ") in detail
    for size, known in ((0.2, f"but above {same}: "), (-0.2, f"against {same} ")):
        ends = numbers | {"estimate": size, "ratio": np.exp(size)}
        rest = contrast(outlet_a="B", outlet_b=OTHERS, p_adjusted=0.03, effect=-0.1, **ends)
        detail = fr.findings(pd.concat([*rows, rest], ignore_index=True), LEVELS)["detail"][0]
        assert f"lowest in B (0.80; {known}adjusted p = .030)" in detail


def test_the_largest_differences_are_named_first_and_the_others_counted():
    """By the size of the effect, whatever its sign; equal ones in the order of the table."""
    sizes = {"B": 0.2, "C": -1.1, "D": 0.9, "E": 0.9, "F": 0.1}
    rows = pd.concat(
        contrast(
            outlet_b=name, effect=size, estimate=np.copysign(0.4, size), ratio=1.5 ** np.sign(size)
        )
        for name, size in sizes.items()
    )
    row = fr.findings(rows, LEVELS).iloc[0]
    said = f"{row['finding']} {row['detail']}"
    named = re.findall(r"(\w)(?: \([^)]*\))? hedges \S+ times as often as (\w)", said)
    assert named == [("C", "A"), ("A", "D"), ("A", "E")][:_NAMED]
    assert "A is also above B. A is also above E. A is also above F." in said
    more = pd.concat([rows, contrast(outlet_b="G", effect=0.05)])
    assert fr.findings(more, LEVELS)["detail"][0].startswith("4 more of 6 comparisons differ.")
    assert row[["tested", "different"]].tolist() == [5, 5]


def test_a_figure_of_one_measure_names_no_outlet_for_its_difference_in_another():
    """B hedges more than C; of alarm C and B are the ends, and nothing differs."""
    levels = pd.DataFrame({
        "measure": ["hedge"] * 4 + ["alarm"] * 4, "outlet": [*"ABCD"] * 2,
        "mean": [4.0, 3, 2, 1, 2, 1, 4, 3], "articles": 40,
    })  # fmt: skip
    contrasts = pd.DataFrame({
        "measure": ["hedge", "hedge", "alarm"], "outlet_a": ["B", "A", "B"], "estimate": 1.0,
        "outlet_b": ["C", "B", "C"], "effect": 0.5, "p": 0.01, "p_adjusted": [0.01, 0.05, 0.2],
    })  # fmt: skip
    assert named(contrasts, levels, ["alarm"]) == {"B", "C"}
    assert named(contrasts, levels, ["hedge"]) == {*"ABCD"}


def test_a_p_of_exactly_5_percent_is_not_below():
    """Nothing is said against what is not found; and a corrected p of .05 takes it back."""
    note = "neighbouring events are alike (r = 0.58): p is too small"
    row = pd.Series({"p_adjusted": 0.05, "corrected_p_adjusted": 0.9, "note": note})
    assert adjusted_p(row) == "adjusted p = .050"
    row = pd.Series({"p_adjusted": 0.04, "corrected_p_adjusted": 0.05})
    assert taken_back(row) == "not once corrected by the coding: p = .050"
    table = fr.findings(contrast(p_adjusted=0.05), LEVELS)
    assert table["different"].item() == 0 and table["finding"][0].startswith("No difference in ")


@pytest.mark.parametrize(
    ("ratio", "written"),
    [(0.98, "0.98"), (1.02, "1.02"), (1.002, "1.002"), (1.0002, "1.000"), (9.94, "9.9"),
     (10.0, "10"), (10.4, "10"), (99.6, "100")],
)  # fmt: skip
def test_ratios_have_as_many_digits_as_tell_them_from_1_and_four_at_most(ratio, written):
    row = contrast(ratio=1.5, ratio_low=ratio, ratio_high=123.4).iloc[0]
    assert known_of(row, again=True) == ("ratio to", f"1.5, {written} to 123")


def test_levels_that_read_alike_are_not_ranked():
    """Both are written −0.05: neither is darker than the other."""
    levels = LEVELS.assign(measure="tone", mean=[-0.049, -0.0502])
    said = fr.findings(contrast(measure="tone", p_adjusted=0.5), levels)["detail"][0]
    assert said.startswith("All have a level of tone of −0.05.")


def test_groups_of_outlets_are_not_tested_and_the_reason_is_said():
    """Every outlet has one leaning: its articles are no units for a comparison of leanings."""
    scores = scores_of({"A": 1.0, "B": 2.0, "C": 1.0, "D": 2.0})
    scores["leaning"] = scores["outlet"].map({"A": "left", "B": "left", "C": "right", "D": "right"})
    contrasts = fr.compare(scores, by="leaning", n_resamples=99)
    row = fr.findings(contrasts, fr.levels(scores, by="leaning")).iloc[0]
    assert row["missed"] == "a difference of any size"
    assert row["finding"] == (
        "Differences in hedging could not be tested: the units are outlets, whose articles all have "
        "the same leaning (to compare groups of outlets, name the column as the parameter groups of "
        "the report); the order of levels may be chance."
    )


def test_a_measure_that_was_not_compared_is_not_called_untested():
    scores = scores_of(RATES)
    contrasts = fr.compare(scores, measures="hedge", n_resamples=99)
    found = fr.findings(contrasts, fr.levels(scores)).set_index("measure")["finding"]
    assert found["alarm"] == "No comparison of alarm is in the table."
    assert "could not be tested" not in " ".join(found)
    table = fr.findings(contrasts, fr.levels(scores)).set_index("measure")
    assert table.loc["alarm", ["tested", "different"]].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("recipe", "called", "unit"),
    [
        ("fear", "fear appeals", "points"),
        ("attribution", "attributing", "sentences"),
        ("mine", "recipe mine", "points or sentences"),
    ],
)
def test_recipes_are_no_words_and_come_no_times(recipe, called, unit):
    """An outlet "used words of recipe fear 5.97 times per 100 words"."""
    name = f"recipe_{recipe}"
    levels = pd.DataFrame({
        "measure": name, "outlet": ["A", "B"], "articles": 12, "mean": [1.2, 0.8],
        "low": [1.0, 0.7], "high": [1.4, 0.9],
    })  # fmt: skip
    alone = fr.findings(None, levels[:1], measures=[name])["finding"].item()
    assert alone.startswith(f"A has a level of “{called}” of 1.20 {unit} per 100 words (")
    contrast = {
        "measure": name, "outlet_a": "A", "outlet_b": "B", "estimate": 0.4, "low": 0.2,
        "high": 0.6, "ratio": 1.5, "ratio_low": 1.2, "ratio_high": 1.9, "effect": 0.9,
        "detectable": 1.3, "p": 0.001, "p_adjusted": 0.003,
    }  # fmt: skip
    found = fr.findings(pd.DataFrame([contrast]), levels, measures=[name])["finding"].item()
    assert f"(highest: 1.20 {unit} per 100 words) scores on “{called}” 1.5 times as much" in (found)


def test_without_contrasts_every_outlet_is_described():
    levels = fr.levels(made_scores(dict.fromkeys("ABCDEF", 1.0), events=8), measures="hedge")
    row = fr.findings(None, levels).iloc[0]
    assert row["finding"].startswith("A hedges ")
    assert [part.split()[0] for part in row["detail"].split(". ")] == list("BCDEF")


def test_the_ends_are_those_of_all_where_one_outlet_alone_could_be_tested():
    """Of two or more with ten articles they are theirs; one has no other to be higher than."""
    level = pd.DataFrame({"outlet": list("ABC"), "mean": [1.0, 3.0, 2.0]})
    for articles, ends in (
        ([12, 5, 4], {"B": "highest", "A": "lowest"}),
        ([12, 5, 10], {"C": "highest with 10 articles or more", "A": "lowest"}),
    ):
        assert ends_of("hedge", level.assign(articles=articles), "outlet")["end"].to_dict() == ends
