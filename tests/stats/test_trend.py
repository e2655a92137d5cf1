"""Levels over time: the model against statsmodels, and known answers injected."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

import framing as fr
from framing.stats.jackknife import jackknife
from framing.stats.trend import TREND
from framing.stats.two_way import Panel, fit_course
from tests.benchmarks import worlds
from tests.benchmarks.worlds import MONDAY


def articles(rows: list[tuple[str, int, int]], **columns: object) -> pd.DataFrame:
    """Scores of articles of 100 words: outlet, week, hedges."""
    outlet, week, hedge = map(list, zip(*rows, strict=True))
    table = pd.DataFrame({"article": [f"a{k:04}" for k in range(len(rows))], "outlet": outlet})
    table["date"] = MONDAY + pd.to_timedelta(7 * np.array(week), "D")
    table = table.assign(role="body", words=100, sentences=3, hedge=hedge)
    return table.assign(tone=table["hedge"] / 10, **columns)


def by_week(found: pd.DataFrame, name: str = "level") -> list[float]:
    return found[found["measure"] == "hedge"].sort_values("period")[name].tolist()


def test_a_date_that_must_be_wrong_is_named_rather_than_weeks_without_end_drawn():
    weeks = [0] * 5 + [3000] * 5
    found = fr.trend(articles([("A", week, 1) for week in weeks]), measures="hedge")
    assert found["period"].nunique() == 2
    weeks[-1] += 1
    with pytest.raises(ValueError, match=r"to 20.* \(article 'a0009'\), more than 3,000 periods"):
        fr.trend(articles([("A", week, 1) for week in weeks]), measures="hedge")


@pytest.mark.parametrize("others", [1, 3])
def test_an_outlet_that_never_has_a_cue_counts_with_its_share(others):
    """A hedges twice an article, as many articles of others never: one on average, not two."""
    rows = [("A", week, 2) for week in range(4) for _ in range(6)]
    rows += [(f"B{k % others}", week, 0) for week in range(4) for k in range(6)]
    found = fr.trend(articles(rows), measures="hedge")
    assert by_week(found) == pytest.approx([1.0] * 4) == by_week(found, "mean")


def test_rows_of_several_measures_have_each_a_number_so_that_one_can_be_picked():
    found = fr.trend(articles([("A", week, 1) for week in [0] * 5 + [1] * 5]))
    assert {"hedge", "tone"} <= {*found["measure"]}
    assert found.index.tolist() == list(range(len(found))) and list(found) == TREND


@pytest.fixture(scope="module")
def busy() -> pd.DataFrame:
    table = worlds.weekly(np.random.default_rng(4), weeks=12, runs=2)
    return table.assign(tone=np.random.default_rng(5).normal(0, 0.2, len(table)))


def chain() -> pd.DataFrame:
    """Outlets that take turns; a single article joins each to the one before."""
    rng = np.random.default_rng(3)
    rows = [(outlet, 3 * k + week, rng.poisson(1 + 3 * k % 4))
            for k, outlet in enumerate("ABCD") for week in range(4)
            for _ in range(1 if k and not week else 8)]  # fmt: skip
    return articles(rows).rename(columns={"hedge": "m0"})


@pytest.mark.parametrize("measure", ["m0", "tone"])
@pytest.mark.parametrize("joined", [True, False])
def test_levels_are_those_of_a_regression_with_outlets_and_weeks(busy, measure, joined):
    """Poisson with log link for cues, least squares for tone: statsmodels, to 1e-8."""
    busy = busy if joined else chain()
    found = fr.trend(busy, measures=measure)
    week = pd.factorize((busy["date"] - MONDAY).dt.days // 7, sort=True)[0]
    design = pd.get_dummies(busy["outlet"], dtype=float).join(
        pd.get_dummies(week, prefix="w", dtype=float).iloc[:, 1:]
    )
    y = busy["tone"] if measure == "tone" else 100 * busy[measure] / busy["words"]
    if measure == "tone":
        fit = sm.OLS(y, design).fit()
    else:
        fit = sm.GLM(y, design, family=sm.families.Poisson()).fit(tol=1e-13)
    share = busy["outlet"].value_counts(normalize=True).sort_index()
    effects = np.r_[0.0, fit.params.iloc[len(share) :]]
    outlets = fit.params.iloc[: len(share)]
    wanted = (
        share @ outlets + effects
        if measure == "tone"
        else share @ np.exp(outlets) * np.exp(effects)
    )
    np.testing.assert_allclose(found["level"], wanted, rtol=1e-7)
    means = y.groupby(week).mean()
    np.testing.assert_allclose(found["mean"], means, rtol=1e-12)


@pytest.mark.parametrize(
    ("logs", "times", "near"), [(True, 1, 0.1), (False, 1, 0.1), (True, 3, 0.15)]
)
def test_errors_are_those_of_leaving_out_each_unit(busy, logs, times, near):
    """The linear jackknife comes near to fitting again without every event.

    Also where each outlet has three times the rate of the one before it.
    """
    unit = busy["event"].where(busy["event"] != "", busy["article"])
    week = (busy["date"] - MONDAY).dt.days // 7
    codes = [pd.factorize(x, sort=True)[0] for x in (busy["outlet"], week, unit)]
    panel, enough = Panel(*codes, np.ones(len(busy))), np.full(12, True)
    values = (100 * busy["m0"] / busy["words"]).to_numpy() * times ** codes[0]
    error = fit_course(panel, values, enough, logs=logs).error
    keep = [panel.unit != k for k in range(panel.unit.max() + 1)]
    without = [fit_course(panel.take(k), values[k], enough, logs=logs).level for k in keep]
    np.testing.assert_allclose(
        error, jackknife(np.array(without), np.array([len(without)]))[0], rtol=near
    )
    # a unit by another number is the same unit
    other = Panel(*codes[:2], codes[2].max() - codes[2], np.ones(len(busy)))
    again = fit_course(other, values, enough, logs=logs).error
    np.testing.assert_allclose(again, error, rtol=1e-9)
    # per 1,000 words: logarithms are as sure as before
    of_1000 = fit_course(panel, 10 * values, enough, logs=logs).error
    np.testing.assert_allclose(of_1000, error if logs else 10 * error, rtol=1e-7)


def test_an_outlet_that_enters_moves_the_mean_and_not_the_line():
    """Outlet C has three times the rate and begins in week 5: no level changes at all."""
    rows = [(name, week, hedges) for week in range(10) for name, hedges in (("A", 2), ("B", 4))]
    rows = rows * 3 + [("C", week, 9) for week in range(5, 10)] * 3
    found = fr.trend(articles(rows), measures=["hedge", "tone"])
    mean = by_week(found, "mean")
    assert mean[:5] == [3.0] * 5 and mean[5:] == [5.0] * 5
    for measure in ("hedge", "tone"):
        level = found.loc[found["measure"] == measure, "level"]
        assert np.ptp(level) == pytest.approx(0, abs=1e-9)


def test_a_wire_story_in_eight_outlets_moves_the_line_by_an_eighth():
    """Marked as copies they weigh as one article; without marks each of them counts."""
    names = "ABCDEFGH"
    rows = [(name, week, 2) for week in range(4) for name in names] * 20
    story = articles([(name, 2, 10) for name in names]).assign(
        article=[f"wire{name}" for name in names], copy_of=["", *["wireA"] * 7]
    )
    scores = pd.concat([articles(rows, copy_of=""), story])
    weighted = by_week(fr.trend(scores, measures="hedge"))
    read = by_week(fr.trend(scores.drop(columns="copy_of"), measures="hedge"))
    moved = [level[2] / level[1] - 1 for level in (weighted, read)]
    assert moved[0] / moved[1] == pytest.approx(1 / 8 * 168 / 161, rel=1e-6)
    sizes = fr.trend(scores, measures="hedge").set_index("period").iloc[2]
    assert (sizes["articles"], sizes["weight"]) == (168, pytest.approx(161))


def test_the_chain_of_copies_is_one_group():
    """A copy of a copy, and two copies of an original that is not there, weigh one together."""
    rows = articles([("A", 0, 2)] * 9)
    of = ["", "a0000", "a0001", "lost", "lost", "", "", "", ""]
    found = fr.trend(rows.assign(copy_of=of), measures="hedge")
    assert found["weight"].item() == pytest.approx(6)


def test_effects_of_outlets_add_to_tone_and_multiply_rates(busy):
    said = fr.trend(busy, measures=["m0", "tone"]).groupby("measure")["method"].unique()
    assert [len(of_it) for of_it in said] == [1, 1]
    assert "(effects multiply)" in said["m0"][0] and "(effects add)" in said["tone"][0]


def test_a_thin_week_is_outside_the_model():
    """Under five articles: whatever they hold, no other level changes, and there is no interval."""
    rows = [(name, week, 2 + (name == "B") + week % 2) for week in (0, 1, 3) for name in "AB"] * 4
    low, high = (
        fr.trend(articles([*rows, ("A", 2, thin), ("B", 2, thin)]), measures="hedge")
        for thin in (0, 9)
    )
    assert by_week(low, "fitted") == by_week(high, "fitted") == [True, True, False, True]
    assert [by_week(low)[k] for k in (0, 1, 3)] == [by_week(high)[k] for k in (0, 1, 3)]
    thin = high.iloc[2]
    assert np.isnan(thin["low"]) and thin["note"] == "too few articles: not in the model"
    assert thin["level"] == pytest.approx(9.0)


def test_weeks_that_no_outlet_connects_are_not_compared():
    """A in weeks 0 to 2, B in weeks 3 and 4: nothing says how they compare."""
    rows = [("A", week, 2) for week in (0, 1, 2)] * 6 + [("B", week, 4) for week in (3, 4)] * 6
    found = fr.trend(articles(rows), measures="hedge")
    assert found["fitted"].tolist() == [True] * 3 + [False] * 2
    assert found["level"].isna().tolist() == [False] * 3 + [True] * 2
    assert found["note"].iloc[-1] == "no outlet connects it with the others: not in the model"


def test_a_week_without_a_cue_has_the_level_zero():
    rows = [(name, week, 2 * (week != 1)) for week in range(3) for name in "AB"] * 3
    found = fr.trend(articles(rows), measures="hedge")
    assert by_week(found)[1] == 0 and by_week(found, "fitted") == [True] * 3


def test_a_week_of_one_event_says_nothing_of_outlets_and_takes_no_other_interval():
    rows = [(outlet, week, 1 + k % 3) for week in range(4) for outlet in "AB" for k in range(6)]
    table = articles(rows).assign(event=["e" * (week == 1) for _, week, _ in rows])
    found = fr.trend(table, measures=["hedge", "tone"])
    assert found["low"].notna().tolist() == [True, False, True, True] * 2


def test_a_week_without_a_cue_of_an_outlet_that_no_other_week_has_is_not_in_the_model():
    rows = [("A", week, 1 + k % 3) for week in range(3) for k in range(6)] + [("Z", 3, 0)] * 6
    found = fr.trend(articles(rows), measures="hedge")
    assert found["fitted"].tolist() == [True] * 3 + [False]
    assert found["note"].iloc[-1] == "no outlet connects it with the others: not in the model"


@pytest.mark.parametrize(("some", "known"), [(4, False), (5, True)])
def test_from_five_articles_with_a_cue_on_a_week_has_an_interval(some, known):
    """And from five articles on a tone; where nothing varies there is none."""
    full = [("A", week, 1 + k % 3) for week in (0, 2) for k in range(8)]
    of_six = [("A", 1, (1 + k % 2) * (k < some)) for k in range(6)]
    of_some = [("A", 1, k) for k in range(some)]
    for rows, wanted in ((of_six, [known, True]), (of_some, [False, known])):
        found = fr.trend(articles(full + rows), measures=["hedge", "tone"], min_articles=4)
        assert found["low"].notna().tolist() == [True, wanted[0], True, True, wanted[1], True]
    alike = fr.trend(articles([("A", week, 2) for week in range(3)] * 8))
    assert alike[["low", "high"]].isna().all(axis=None)


def test_a_measure_that_nobody_has_is_zero_everywhere():
    found = fr.trend(articles([("A", week, 0) for week in range(3)] * 5), measures="hedge")
    assert by_week(found) == [0.0] * 3 and found["low"].isna().all()


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", None])
def test_a_day_stays_in_its_week_whatever_the_time_zone(zone):
    """Sunday late and Monday early are different weeks in the time they were written in."""
    days = pd.DatetimeIndex(["2022-02-24", "2022-02-27 23:30", "2022-02-28 00:30"] * 5)
    scores = articles([("A", 0, 1)] * 15).assign(date=days.tz_localize(zone))
    found = fr.trend(scores, measures="hedge")
    assert found["period"].astype(str).tolist() == ["2022-02-21", "2022-02-28"]
    assert found["articles"].tolist() == [10, 5]


def test_dates_that_were_saved_as_text_are_read(busy):
    saved = busy.assign(date=busy["date"].dt.strftime("%Y-%m-%d"))
    pd.testing.assert_frame_equal(
        fr.trend(saved, measures="m0"), fr.trend(busy, measures="m0"), check_dtype=False
    )


def test_a_placebo_does_not_move_when_hedging_does():
    """Hedges double from week 13 on, words for the weather do not: one line jumps, one holds."""
    rng = np.random.default_rng(2)
    table = worlds.weekly(rng, weeks=26, ratio=2.0).rename(columns={"m0": "hedge"})
    table["weather"] = rng.poisson(0.006 * table["words"])
    found = fr.trend(table, measures=["hedge", "weather"]).set_index("measure")
    late = found["period"] >= MONDAY + pd.Timedelta(weeks=13)
    means = [found["level"][which].groupby("measure").mean() for which in (late, ~late)]
    jump = means[0] / means[1]
    assert 1.6 < jump["hedge"] < 2.4
    assert 0.87 < jump["weather"] < 1.15


def test_articles_without_a_date_are_counted(busy):
    some = busy.assign(date=busy["date"].where(busy.index % 10 != 0))
    found = fr.trend(some, measures="m0")
    lost = busy.index.to_series().mod(10).eq(0).sum()
    assert found["note"].str.startswith(f"{lost} articles without a date left out").all()
    assert found["articles"].sum() == len(busy) - lost


@pytest.mark.parametrize(
    ("change", "how", "message"),
    [
        ({"date": pd.NaT}, {}, "no article has a date"),
        ({"date": "yesterday"}, {}, "column 'date' must hold dates"),
        ({"date": 2031.0}, {}, r"dates such as 2024-03-29.*: got 2031.0 \(float\) \(6 in all\)"),
        ({"date": "2031"}, {}, r"dates such as 2024-03-29.*: got '2031' \(str\) \(6 in all\)"),
        ({"date": ["2031-03-03", "2031-03"] * 3}, {}, r"got '2031-03' \(str\) \(3 in all\)"),
        ({"date": 20310303}, {}, r"got 20310303 \(int\) \(6 in all\)"),
        ({}, {"freq": "D"}, 'freq must be "W" or "M", got \'D\''),
        ({}, {"min_articles": 100}, "no week has 100 articles; the fullest has 2"),
    ],
)
def test_what_cannot_be_followed_is_an_error(change, how, message):
    scores = articles([("A", week, 1) for week in range(3)] * 2).assign(**change)
    with pytest.raises(ValueError, match=message):
        fr.trend(scores, measures="hedge", **how)


@pytest.mark.parametrize("logs", [True, False])
def test_with_one_outlet_errors_are_those_of_the_means_of_periods(logs):
    """Five and seven units: the jackknife over all twelve by hand; in logarithms, of shares."""
    values = np.array([1.0, 2, 4, 4, 9, 0, 0, 1, 2, 2, 3, 8])
    period = np.repeat([0, 1], [5, 7])
    panel = Panel(np.zeros(12, int), period, np.arange(12), np.ones(12))
    course = fit_course(panel, values, np.array([True, True]), logs=logs)
    for k in (0, 1):
        own = values[period == k]
        moved = (own - own.mean()) / (len(own) - 1)
        moved = moved / own.mean() if logs else moved
        assert course.level[k] == pytest.approx(np.log(own.mean()) if logs else own.mean())
        assert course.error[k] == pytest.approx(np.sqrt((moved**2).sum() * 11 / 12))


def test_a_week_that_few_articles_join_to_the_others_has_their_freedom():
    """A: ten articles in week 0, two in week 1; B: twenty in week 1, 20/32 of all.

    The level of week 0 is A's mean and 20/32 of what B's mean is above that of A's two in week 1.
    """
    outlet, period = np.repeat([0, 0, 1], [10, 2, 20]), np.repeat([0, 1, 1], [10, 2, 20])
    values = np.random.default_rng(1).uniform(-1, 1, 32)
    panel = Panel(outlet, period, np.arange(32), np.ones(32))
    course = fit_course(panel, values, np.array([True, True]), logs=False)
    a, alone, b = np.split(values, [10, 12])
    share = 20 / 32
    assert course.level[0] == pytest.approx(a.mean() + share * (b.mean() - alone.mean()))
    pull = np.repeat([1 / 10, share / 2, share / 20], [10, 2, 20])
    assert course.freedom[0] == pytest.approx((pull**2).sum() ** 2 / (pull**4).sum() - 1)
    scores = articles([(str(o), int(week), 0) for o, week in zip(outlet, period, strict=True)])
    row = fr.trend(scores.assign(tone=values), measures="tone").iloc[0]
    reach = stats.t.ppf(0.975, course.freedom[0]) * course.error[0]
    assert row["level"] - row["low"] == pytest.approx(reach)


def test_the_interval_of_a_week_is_students_on_the_scale_of_the_model(busy):
    """As far below the level as above it, for cues in logarithms; the units are the articles."""
    alone = busy.drop(columns=["event", "copy_of"], errors="ignore")
    for measure, turn in (("m0", np.log), ("tone", lambda x: x)):
        found = fr.trend(alone, measures=measure).dropna(subset="low")
        assert len(found) > 5
        level, low, high = (turn(found[name]).to_numpy() for name in ("level", "low", "high"))
        assert (low < level).all()
        np.testing.assert_allclose(level - low, high - level, rtol=1e-9)


def test_the_interval_of_a_week_has_the_freedom_of_its_own_units():
    """Six articles of fourteen in the first week, five events with such a cue: Student's t of 5."""
    hedges = [1, 2, 4, 4, 9, 1, 1, 0, 1, 2, 2, 3, 8, 1]
    scores = articles([("A", int(k >= 6), hedge) for k, hedge in enumerate(hedges)])
    for measure, turn in (("hedge", np.log), ("tone", lambda x: x)):
        row = fr.trend(scores, measures=measure).sort_values("period").iloc[0]
        own = np.array(hedges[:6]) / (10 if measure == "tone" else 1)
        moved = (own - own.mean()) / 5 / (own.mean() if measure == "hedge" else 1)
        error = np.sqrt((moved**2).sum() * 13 / 14)
        assert turn(row["level"]) == pytest.approx(turn(own.mean()))
        assert turn(row["level"]) - turn(row["low"]) == pytest.approx(2.570582 * error, rel=1e-6)
