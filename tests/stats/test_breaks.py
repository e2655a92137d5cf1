"""Before and after planned days: known answers, and tests that others have written."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

import framing as fr
from framing.stats.breaks import BREAKS, _halves
from tests.benchmarks import worlds
from tests.benchmarks.worlds import MONDAY
from tests.stats.test_trend import articles

MIDDLE = "2031-06-02"  # the first day of week 13


@pytest.mark.parametrize("kind", ["hedge", "alarm"])
def test_an_injected_step_is_found_and_covered(kind):
    """In 200 series of half a year: the interval holds 1.6 in nine of ten, and 1 in nine of ten."""
    names = [f"m{k}" for k in range(200)]
    for ratio in (1.0, 1.6):
        table = worlds.weekly(
            np.random.default_rng(6), weeks=26, kind=kind, runs=200, ratio=ratio, moves=0.1
        )
        found = fr.compare_periods(table, MIDDLE, measures=names)
        inside = found["ratio_low"].le(ratio) & found["ratio_high"].ge(ratio)
        assert inside.mean() >= 0.9
        assert found["ratio"].median() == pytest.approx(ratio, rel=0.05)
        assert (
            (found["p"] <= 0.05).mean() < 0.1 if ratio == 1 else (found["p"] <= 0.05).mean() > 0.9
        )


def test_the_difference_is_that_of_a_regression_with_outlets():
    """Least squares with an effect of every outlet: statsmodels, to 1e-9."""
    table = worlds.weekly(np.random.default_rng(3), weeks=26, each=6.0)
    table["tone"] = np.random.default_rng(4).normal(0, 0.2, len(table))
    found = fr.compare_periods(table, MIDDLE, measures="tone").iloc[0]
    design = pd.get_dummies(table["outlet"], dtype=float)
    design["after"] = (table["date"] >= MIDDLE).astype(float)
    assert found["estimate"] == pytest.approx(sm.OLS(table["tone"], design).fit().params["after"])
    assert np.isnan(found["ratio"])


def test_with_one_outlet_it_is_welchs_t_of_blocks():
    """Blocks of equal size: SciPy's test, but for the factor of a jackknife over both sides."""
    rng = np.random.default_rng(1)
    weeks = rng.poisson(5, 12)
    table = articles([("A", week, int(hits)) for week, hits in enumerate(weeks)] * 6)
    found = fr.compare_periods(table, str(MONDAY + pd.Timedelta(weeks=6)), measures="hedge")
    found = found.iloc[0]
    known = stats.ttest_ind(weeks[6:], weeks[:6], equal_var=False)
    t = known.statistic * np.sqrt(5 / 6 * 12 / 11)
    assert found["p"] == pytest.approx(2 * stats.t.sf(abs(t), known.df))
    assert (found["before"], found["after"]) == (weeks[:6].mean(), weeks[6:].mean())
    reach = stats.t.ppf(0.975, known.df) * found["estimate"] / t
    ends = sorted((found["estimate"] - reach, found["estimate"] + reach))
    assert found[["low", "high"]].tolist() == pytest.approx(ends)
    assert found["ratio_low"] * found["ratio_high"] == pytest.approx(found["ratio"] ** 2)


def test_sides_of_unlike_length_have_the_freedom_of_welch():
    """Six weeks and five: each variance over its own number of weeks less one."""
    weeks = np.random.default_rng(2).poisson(5, 11)
    table = articles([("A", week, int(hits)) for week, hits in enumerate(weeks)] * 6)
    day = str(MONDAY + pd.Timedelta(weeks=6))
    found = fr.compare_periods(table, day, measures="hedge").iloc[0]
    parts = np.array([side.var(ddof=1) / (len(side) - 1) for side in (weeks[:6], weeks[6:])])
    freedom = parts.sum() ** 2 / (parts**2 / [5, 4]).sum()
    t = found["estimate"] / np.sqrt(parts.sum() * 10 / 11)
    assert found["p"] == pytest.approx(2 * stats.t.sf(abs(t), freedom))


def test_outlets_that_come_and_go_do_not_move_the_ratio():
    """Nobody changes; C enters after the break, B publishes ten times as much: the ratio is 1."""
    rows = [("A", week, 2) for week in range(12)] * 5 + [("B", week, 8) for week in range(12)]
    rows += [("B", week, 8) for week in range(6, 12)] * 9
    rows += [("C", week, 20) for week in range(6, 12)] * 9
    table = articles(rows)
    day = str(MONDAY + pd.Timedelta(weeks=6))
    found = fr.compare_periods(table, day, measures="hedge").iloc[0]
    assert found["ratio"] == pytest.approx(1)
    assert found["estimate"] == pytest.approx(0, abs=1e-12)
    assert (found["outlets"], found["articles_before"], found["articles_after"]) == (2, 36, 90)
    assert np.isnan(found["p"])  # nothing varies within outlets: no standard error


def test_a_note_has_the_articles_that_are_left_out():
    """Of 60 dated articles 3 are in a thin week, and 9 of an outlet that begins after the day."""
    rows = [("A", week, 1 + week % 3) for week in range(12)] * 4 + [("A", 12, 1)] * 3
    rows += [("C", week, 20) for week in range(9, 12)] * 3
    table = articles(rows)
    undated = table.head(2).assign(article=["x", "y"], date=pd.NaT)
    found = fr.compare_periods(
        pd.concat([table, undated]), str(MONDAY + pd.Timedelta(weeks=6)), measures="hedge",
        min_articles=4,
    ).iloc[0]  # fmt: skip
    assert found["articles_before"] + found["articles_after"] == 48 == len(table) - 3 - 9
    for note in (
        "9 articles of outlets on one side left out",
        "2 articles without a date left out",
        "3 articles in weeks with under 4 left out",
    ):
        assert note in found["note"]


def test_without_a_least_number_a_week_of_one_article_counts():
    """An outlet of a single article in every other week is followed, and nothing left out."""
    table = articles([(name, week, 1 + week % 2) for name in "AB" for week in range(0, 24, 2)])
    how = {"breaks": str(MONDAY + pd.Timedelta(weeks=12)), "measures": "hedge"}
    found = fr.compare_periods(table, **how, min_articles=0)
    pd.testing.assert_frame_equal(found, fr.compare_periods(table, **how, min_articles=1))
    assert found[["articles_before", "articles_after"]].to_numpy().tolist() == [[12, 12]]


def test_weeks_that_leave_most_articles_out_have_a_note_on_months():
    """Eight of thirteen articles are alone in their week."""
    rows = [("A", 0, 1)] * 5 + [("A", week, 1) for week in range(1, 9)]
    note = fr.trend(articles(rows), measures="hedge")["note"]
    advice = '8 articles in weeks with under 5 left out, more than half of all: freq="M" leaves out'
    assert note.str.startswith(advice).all()
    assert "freq" not in fr.trend(articles(rows), measures="hedge", freq="M")["note"].iloc[0]
    half = [("A", week, 1) for week in (0, 1) for _ in range(5)] + [
        ("A", w, 1) for w in range(2, 12)
    ]
    found = fr.compare_periods(
        articles(half), str(MONDAY + pd.Timedelta(weeks=1)), measures="hedge"
    )
    assert found["note"].item().endswith("10 articles in weeks with under 5 left out")
    assert not fr.trend(articles(half), measures="hedge")["note"].str.contains("left out").any()


def test_several_breaks_share_one_family():
    """Each side ends at the next break; p is adjusted for all breaks and measures together."""
    table = worlds.weekly(np.random.default_rng(8), weeks=39).rename(columns={"m0": "hedge"})
    table["alarm"] = worlds.weekly(np.random.default_rng(8), weeks=39)["m0"].to_numpy()
    table["cond"] = table["alarm"]
    days = [str((MONDAY + pd.Timedelta(weeks=k)).date()) for k in (13, 26)]
    found = fr.compare_periods(table, days, measures=["hedge", "alarm", "cond"])
    assert list(found) == BREAKS
    assert found["measure"].tolist() == ["hedge"] * 2 + ["alarm"] * 2 + ["cond"] * 2
    assert found["break"].dt.strftime("%Y-%m-%d").tolist() == days * 3
    alone = fr.compare_periods(table[table["date"] < days[1]], days[0], measures="hedge")
    pd.testing.assert_series_equal(alone.iloc[0][BREAKS[1:11]], found.iloc[0][BREAKS[1:11]],
                                   check_names=False)  # fmt: skip
    known = found["measure"] != "cond"
    assert found.loc[known, "p_adjusted"].min() == pytest.approx(
        min(1, 4 * found.loc[known, "p"].min())
    )
    assert found.loc[~known, "p_adjusted"].isna().all()
    assert found.loc[~known, "note"].str.startswith("exploratory").all()


@pytest.mark.filterwarnings("error")
def test_a_day_may_be_a_timestamp_and_weeks_may_be_without_a_cue():
    table = worlds.weekly(np.random.default_rng(8), weeks=20)
    table["m0"] = np.where(table["date"] < MONDAY + pd.Timedelta(weeks=9), 0, table["m0"])
    day = MONDAY + pd.Timedelta(weeks=10)
    found = fr.compare_periods(table, day, measures="m0")
    pd.testing.assert_frame_equal(found, fr.compare_periods(table, str(day), measures="m0"))
    assert found["ratio"].gt(1).all()


def test_few_weeks_have_no_p():
    table = worlds.weekly(np.random.default_rng(8), weeks=8)
    found = fr.compare_periods(table, str(MONDAY + pd.Timedelta(weeks=3)), measures="m0").iloc[0]
    assert found[["low", "ratio_low", "p"]].isna().all()
    assert "no interval and no p under 5 blocks a side, here 3 and 5" in found["note"]


@pytest.mark.parametrize(("weeks", "noted"), [(28, True), (32, False)])
def test_of_a_short_series_a_note_says_when_p_is_low(weeks, noted):
    table = worlds.weekly(np.random.default_rng(weeks), weeks=weeks)
    day = str(MONDAY + pd.Timedelta(weeks=weeks // 2))
    found = fr.compare_periods(table, day, measures="m0").iloc[0]
    assert found["periods"] == weeks
    assert ("under 30 periods p is slightly low" in found["note"]) == noted
    assert np.isfinite(found["ratio"])


@pytest.mark.parametrize(("times", "noted"), [(1, False), (20, True)])
def test_a_block_with_most_articles_of_a_side_is_noted(times, noted):
    """Two of 26 weeks with 15 times the articles, which move by 40 %: p ≤ .05 in .08."""
    table = worlds.weekly(np.random.default_rng(4), weeks=32)
    third = table["date"].between(MONDAY + pd.Timedelta(weeks=2), MONDAY + pd.Timedelta(weeks=3))
    copies = [table[third].assign(article=lambda t, k=k: f"{k}" + t["article"], event="")
              for k in range(times - 1)]  # fmt: skip
    table = pd.concat([table, *copies])
    day = str(MONDAY + pd.Timedelta(weeks=16))
    note = fr.compare_periods(table, day, measures="m0")["note"].iloc[0]
    assert ("over half of the articles of a side are in one block" in note) == noted


@pytest.mark.parametrize(("most", "noted"), [(20, False), (21, True)])
@pytest.mark.parametrize("before", [True, False])
def test_half_of_the_articles_of_a_side_in_one_block_are_not_most_of_them(most, noted, before):
    """On either side, from five blocks on."""
    numbers = [most] + [5] * 9
    numbers = numbers if before else numbers[::-1]
    rows = [("A", week, k % 3) for week, n in enumerate(numbers) for k in range(n)]
    day = str(MONDAY + pd.Timedelta(weeks=5))
    note = fr.compare_periods(articles(rows), day, measures="hedge")["note"].item()
    assert ("over half of the articles of a side are in one block" in note) == noted


@pytest.mark.parametrize(("weeks", "known"), [(4, False), (5, True)])
def test_from_five_blocks_with_a_cue_on_there_is_an_interval(weeks, known):
    """One article of six has one in so many of the six weeks before; every one has a tone."""
    rows = [("A", week, k % 3 if week >= 6 else int(k == 0 and week < weeks))
            for week in range(12) for k in range(6)]  # fmt: skip
    day = str(MONDAY + pd.Timedelta(weeks=6))
    found = fr.compare_periods(articles(rows), day, measures=["hedge", "tone"])
    assert found["p"].notna().tolist() == found["low"].notna().tolist() == [known, True]
    assert found["ratio_low"].notna().tolist() == [known, False]


@pytest.mark.parametrize(
    ("breaks", "message"),
    [
        ([], "breaks must name one day or more, got none"),
        ("the invasion", "breaks must be days such as"),
        ("03.04.2031", r"such as '2022-02-24' \(year, month, day\), got '03.04.2031'"),
        ("2031", r"such as '2022-02-24' \(year, month, day\), got '2031'"),
        (20310602, r"\(year, month, day\), got 20310602"),
        ([2031.0], r"\(year, month, day\), got \[2031.0\]"),
        (None, r"\(year, month, day\), got None"),
        ("2035-01-01", "no outlet has articles both before and after 2035-01-01"),
    ],
)
def test_a_break_that_is_none_is_an_error(breaks, message):
    table = worlds.weekly(np.random.default_rng(8), weeks=8)
    with pytest.raises(ValueError, match=message):
        fr.compare_periods(table, breaks, measures="m0")


@pytest.mark.parametrize(
    ("before", "after", "blocks"),
    [(8, 27, (6, 9)), (3, 4, (3, 4)), (20, 44, (6, 11)), (6, 7, (6, 6)), (1, 1, (1, 1))],
)
def test_blocks_are_as_long_as_the_cube_root_of_the_periods_but_six_a_side_if_there_are_as_many(
    before, after, blocks
):
    weeks = pd.date_range("2031-01-06", periods=before + after, freq="W-MON")
    articles = pd.DataFrame({"outlet": "A", "period": weeks, "date": weeks})
    halves = _halves(articles, weeks[before], "outlet")
    assert halves.after.tolist() == [False] * blocks[0] + [True] * blocks[1]
    assert halves.periods == before + after
    sizes = np.bincount(halves.block)
    assert len(sizes) == sum(blocks) and (np.diff(halves.block) >= 0).all()
    for part, periods in ((sizes[: blocks[0]], before), (sizes[blocks[0] :], after)):
        assert part.sum() == periods and part.max() - part.min() <= 1


def test_levels_before_and_after_weigh_outlets_alike_on_both_sides():
    """A goes from 2 to 18 articles a week and from 1 to 2 per 100 words; B has 10 with 5."""
    weeks = [(o, day, 18 if o == "A" and w > 11 else 2 if o == "A" else 10,
              5 if o == "B" else 1 + (w > 11))
             for w, day in enumerate(pd.date_range("2031-01-06", periods=24, freq="7D"))
             for o in "AB"]  # fmt: skip
    rows = [(o, day, hits) for o, day, n, hits in weeks for _ in range(n)]
    table = pd.DataFrame(rows, columns=["outlet", "date", "hedge"])
    table = table.assign(article=[f"a{k}" for k in table.index], role="body", words=1000)
    table["hedge"] *= 10
    row = fr.compare_periods(table, "2031-03-31", measures="hedge").iloc[0]
    a, b = 24 * 216 / 240, 120 * 120 / 240
    assert row["before"] == pytest.approx((a * 1 + b * 5) / (a + b))
    assert row["after"] == pytest.approx((a * 2 + b * 5) / (a + b))
