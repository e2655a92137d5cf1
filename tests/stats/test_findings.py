"""The sentences of the first page say what the tables say, and nothing that they do not carry."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.stats.findings import _NAMED, FINDINGS
from framing.stats.sides import OTHERS

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
    for other in ("Mail", "Post"):
        row = contrasts.query(
            "measure == 'hedge' and outlet_a == 'Howl' and outlet_b == @other"
        ).iloc[0]
        ends = f"{row['ratio_low']:#.2g} to {row['ratio_high']:#.2g}"
        assert (
            f"Howl hedges {row['ratio']:#.2g} times as often as {other} (95% interval {ends}"
            in said
        )
    assert table.loc["hedge", ["tested", "different"]].tolist() == [3, 2]
    for measure in ("alarm", "boost", "tone"):
        assert table.loc[measure, "finding"].startswith("No difference in ")
        assert "would have been missed" in table.loc[measure, "missed"]


def test_the_outlet_with_more_is_the_subject_whatever_the_alphabet():
    """What is compared as a with b is said as b with a where b has more."""
    table, _ = found(scores_of({"A": 1.0, "Z": 2.5}, A=0.0, Z=-0.3))
    size = re.match(
        r"Z hedges (\d\.\d) times as often as A \(95% interval (\S+) to (\S+);",
        table.loc["hedge", "finding"],
    )
    ratio, low, high = map(float, size.groups())
    assert 2.0 < low < ratio < high < 3.5
    assert re.match(
        r"A is 0\.3\d above Z in tone \(95% interval 0\.\d\d to", table.loc["tone", "finding"]
    )


def test_nothing_is_found_where_nothing_was_tested():
    """Four articles an outlet: no p, so that no outlet is called different or alike."""
    table, contrasts = found(scores_of(RATES, articles=4))
    assert contrasts["p"].isna().all()
    assert table["finding"].str.endswith("could not be tested: under 10 articles a side.").all()
    needed = "A test takes 10 articles on each side. Differences of any size may have been missed."
    assert table["missed"].eq(needed).all()
    assert not table["detail"].str.contains("differs|comparisons").any()


def test_the_reason_for_no_p_is_that_of_the_notes():
    """Rare boosters are too few hits, whatever one small outlet has too few of."""
    rows = pd.concat([contrast(p=np.nan, p_adjusted=np.nan)] * 3)
    few = "underpowered: too few hits"
    rows["note"] = ["no p under 10 articles a side", few, few]
    levels = fr.levels(scores_of({"A": 1.0, "B": 2.0}, articles=1))
    table = fr.findings(rows, levels).set_index("measure")
    reasons = "could not be tested: too few hits (2), under 10 articles a side (1)."
    assert table.loc["hedge", "finding"].endswith(reasons)
    assert "per 100 words, 1 article)" in table.loc["hedge", "detail"]


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
    assert table.loc["hedge", "finding"].startswith("On the same topics, Z hedges")


def contrast(**numbers):
    row = {
        "measure": "hedge", "outlet_a": "A", "outlet_b": "B", "estimate": 0.4, "low": 0.1,
        "high": 0.7, "ratio": 1.5, "ratio_low": 1.1, "ratio_high": 2.0, "effect": 0.5,
        "detectable": 1.4, "p": 0.01, "p_adjusted": 0.01,
    }  # fmt: skip
    return pd.DataFrame([row | numbers])


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
    if "times as often" in said:
        more = re.match("([AB]) hedges ([0-9.]+) times", said)
        assert (more[1] == "A") == (numbers["estimate"] > 0)
        assert float(more[2]) > 1
    else:
        assert re.match("[AB] is 0.40 per 100 words above [AB] in hedging", said)


@pytest.mark.parametrize(
    ("detectable", "said"),
    [
        ([1.49, 1.49], "A ratio under 1.4 would"),
        ([1.41, 2.09], "A ratio under 1.4 to 2.0, depending on the comparison, would"),
        ([1.03, np.nan], "A ratio under 1.03 would"),
        ([np.nan, np.nan], "There are too few hits to say"),
    ],
)
def test_what_would_have_been_missed_is_rounded_down(detectable, said):
    """A ratio of 1.45 is found if 1.4 is named, and missed if 1.5 were."""
    rows = [contrast(detectable=size, p_adjusted=0.2) for size in detectable]
    assert said in fr.findings(pd.concat(rows), LEVELS)["missed"][0]


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
    said = fr.findings(contrast(), levels)["detail"][0]
    assert (
        "the level of hedging is highest in C (1.20 per 100 words) and lowest in B (0.80)." in said
    )
    more = levels.iloc[[2]].assign(outlet="D", mean=1.5)
    said = fr.findings(contrast(), pd.concat([levels, more]))["detail"][0]
    assert (
        "the level of hedging is highest in D (1.50 per 100 words) and lowest in B (0.80)." in said
    )


def test_of_many_measures_the_first_have_a_line_unless_they_are_named():
    scores = scores_of(RATES).rename(columns={"hedge": "m0", "alarm": "m1", "boost": "m2"})
    scores = scores.drop(columns="tone").assign(**{f"m{n}": n for n in range(3, 14)})
    levels = fr.levels(scores, measures=[f"m{n}" for n in range(14)])
    assert fr.findings(None, levels)["measure"].tolist() == [f"m{n}" for n in range(6)]
    assert fr.findings(None, levels, measures=["m13", "m2"])["measure"].tolist() == ["m13", "m2"]
    both = fr.findings(None, fr.levels(scores_of(RATES).assign(fear=2)))
    assert set(both["measure"]) == {"hedge", "alarm", "boost", "tone"}


def test_what_is_below_the_others_is_called_less_and_what_was_missed_elsewhere_is_said():
    """Against all others, a ratio under 1 is not turned: its subject is the outlet."""
    sizes = {"ratio": 0.25, "ratio_low": 0.2, "ratio_high": 0.4, "low": -0.6, "high": -0.1}
    below = contrast(outlet_b=OTHERS, estimate=-0.4, **sizes)
    rest = contrast(outlet_a="C", outlet_b=OTHERS, p_adjusted=0.4, detectable=1.49)
    table = fr.findings(pd.concat([below, rest], ignore_index=True), LEVELS)
    assert table["finding"][0].startswith(
        "A hedges less often than all others, 0.25 times as often (95% interval 0.20 to 0.40;"
    )
    assert "In the other comparisons a ratio under 1.4 would have been missed" in table["missed"][0]
    assert fr.findings(below, LEVELS)["missed"][0] == ""


def test_of_tone_the_darkest_is_named():
    levels = LEVELS.assign(measure="tone", mean=[0.2, -0.1])
    said = fr.findings(contrast(measure="tone", p_adjusted=0.5), levels)["detail"][0]
    assert said.startswith("Tone is darkest in B (−0.10) and brightest in A (0.20).")


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
    named = re.findall(r"(\w) hedges \S+ times as often as (\w)", said)
    assert named == [("C", "A"), ("A", "D"), ("A", "E")][:_NAMED]
    assert f"{len(sizes) - _NAMED} more of {len(sizes)} comparisons differ." in said
    assert row[["tested", "different"]].tolist() == [5, 5]


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
    assert row["missed"].startswith("To test them, compare groups of outlets by leaning. Diff")
    assert row["finding"] == (
        "Differences in hedging could not be tested: the units are outlets, whose articles all have "
        "the same leaning."
    )


def test_a_measure_that_was_not_compared_is_not_called_untested():
    scores = scores_of(RATES)
    contrasts = fr.compare(scores, measures="hedge", n_resamples=99)
    found = fr.findings(contrasts, fr.levels(scores)).set_index("measure")["finding"]
    assert found["alarm"] == "No comparison of alarm is in the table."
    assert "could not be tested" not in " ".join(found)
