"""Sentences on levels over time, as Markdown; names and texts are escaped."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from framing.checks import dates_of
from framing.display.sentences import items_alike
from framing.display.tables import plain
from framing.plots.trend import MOST_HOLLOW, end_of_axis
from framing.schema import TONES, label, per
from framing.stats.effects import FEW
from framing.stats.periods import WORDS
from framing.text.numbers import joined, many, p_is, sized, span, times_as, written_day


def in_model(scores: pd.DataFrame, trend: pd.DataFrame) -> str:
    """Return how many articles and periods are in the model, and why the others are not.

    >>> import framing as fr
    >>> scores = pd.DataFrame({"article": list("abcdefg"), "date": pd.to_datetime(
    ...     ["2031-03-03"] * 5 + ["2031-03-10", None]), "outlet": "A", "role": "body",
    ...     "words": 100, "hedge": 1})
    >>> in_model(scores, fr.trend(scores, measures="hedge"))
    '5 of 7 articles in 1 of 2 weeks with articles (left out: 1 in weeks with too few articles, ...'
    """
    rows = trend[trend["measure"] == trend["measure"].iloc[0]]
    read = scores.drop_duplicates("article")
    undated = int(dates_of(read).isna().sum())
    few = rows["note"].str.contains("too few articles", regex=False)
    period, sizes, fitted = _period(trend), rows["articles"], rows["fitted"]
    dated = dates_of(read).notna().groupby(read["outlet"]).any()
    outlets = list(map(str, dated.index[~dated]))
    without = f", among them all of {joined(outlets)}" if outlets else ""
    reasons = {
        f"in {period}s with too few articles": sizes[few].sum(),
        f"in {period}s that nothing connects with the others": sizes[~few & ~fitted].sum(),
        f"without a date{without}": undated,
        "without a body": len(read) - undated - sizes.sum(),
    }
    left = ", ".join(f"{n:,} {why}" for why, n in reasons.items() if n)
    return (
        f"{sizes[fitted].sum():,} of {many(len(read), 'article')} in {fitted.sum():,} of "
        f"{many(len(rows), period)} with articles{f' (left out: {left})' * bool(left)}"
    )


def of_periods(scores: pd.DataFrame, trend: pd.DataFrame) -> str:
    """Return from when to when there are articles, and how many of them are in the model."""
    days = span(dates_of(scores).dropna(), written_day)
    return f"By {_period(trend)}, {days}. In the model: {in_model(scores, trend)}."


def on_sides(breaks: pd.DataFrame) -> str:
    """Return how many articles stand on both sides of every planned day."""
    days = breaks.drop_duplicates("break")
    sides = zip(days["break"], days["articles_before"], days["articles_after"], strict=True)
    counts = [f"{many(a, 'article')} before {written_day(day)}, {b:,} after" for day, a, b in sides]
    return f"Compared: {'; '.join(counts)}, of outlets with articles on both sides."


def of_method(scores: pd.DataFrame, trend: pd.DataFrame, breaks: pd.DataFrame | None) -> str:
    """Return how the course and planned days were computed, and of how many articles."""
    text = f"{trend['method'].iloc[0]}. In the model: {in_model(scores, trend)}."
    return text if breaks is None else f"{text} {breaks['method'].iloc[0]}. {on_sides(breaks)}"


def _period(trend: pd.DataFrame) -> str:
    """Return the noun for the periods of a course: week or month."""
    method = trend["method"].iloc[0]
    return next((word for word in WORDS.values() if f"by {word}" in method), "period")


def of_course(trend: pd.DataFrame, breaks: Sequence[str], *, by: str = "outlet") -> str:
    """Return the caption of ``framing.plot_trend``, with what it draws."""
    known = trend[trend["fitted"]]
    intervals = ", with 95% intervals" * bool(known["low"].notna().any())
    names = joined([label(name) for name in trend["measure"].unique()])
    text = (
        f"Levels of {names} with {label(by)}s held constant{intervals}. Copies of one text weigh "
        "as one article. Bars: articles."
    )
    if known["low"].isna().any():
        text += f" No interval: fewer than {FEW} events with such a cue in a {_period(trend)}."
    if trend["high"].max() > end_of_axis(trend):
        text += f" Intervals that end at the top run on, to at most {trend['high'].max():.1f}."
    if not trend["fitted"].all():
        why = f"too few articles, or no {label(by)} that connects them with the rest"
        long = trend["period"].nunique() > MOST_HOLLOW
        text += f" Not drawn: {_period(trend)}s with {why}." if long else f" Hollow: {why}."
    return text + " Dashed: the planned days." * bool(len(breaks))


def of_trend(trend: pd.DataFrame, breaks: pd.DataFrame | None, measures: Sequence[str]) -> str:
    """Return what differs before and after planned days; without any, the ends of the course."""
    rows = trend[trend["measure"] == trend["measure"].iloc[0]]
    few = ""
    if (~rows["fitted"]).sum() > len(rows) / 2:
        period = _period(trend)
        longer = " Months hold more: set the parameter freq to M." if period == "week" else ""
        few = f"**Most {period}s have too few articles to be in the model.**{longer}"
    if breaks is None:
        start = (
            "No day was named beforehand, so that no change is tested: which period is the highest "
            "or the lowest may be chance."
        )
        ends = [f"1. {_ends(trend[trend['measure'] == name])}" for name in measures]
        return "\n".join(filter(None, [few, f"{start}\n", *ends]))
    main = breaks[breaks["measure"].isin(measures)]
    return f"{few}\n\n{items_alike(_of_change(row) for _, row in main.iterrows())}".strip()


def _ends(course: pd.DataFrame) -> str:
    """Return when a measure was highest and when it was lowest, of periods with an interval."""
    name = plain(label(course["measure"].iloc[0])).capitalize()
    known = course[course["fitted"]].dropna(subset="level")
    if len(known) < 2:
        return f"**{name}:** too few periods for a course."
    sure = known.dropna(subset="low")
    known = sure if len(sure) > 1 else known
    high, low = (known.loc[known["level"].agg(end)] for end in ("idxmax", "idxmin"))
    unit = per(course["measure"].iloc[0])
    if sized(high["level"]) == sized(low["level"]):
        return f"**{name}:** {sized(high['level'])}{unit} in every period."
    return f"**{name}:** highest {_level(high, unit)}, lowest {_level(low)}."


def _level(period: pd.Series, unit: str = "") -> str:
    """Return the first day of a period, with its level, the interval and the number of articles."""
    low, high = (sized(period[end]) for end in ("low", "high"))
    interval = f"95% interval {low} to {high}" if period["low"] == period["low"] else "no interval"
    size = f"{sized(period['level'])}{unit}; {interval}; {many(period['articles'], 'article')}"
    return f"in the period from {written_day(period['period'])} ({size})"


def _of_change(row: pd.Series) -> tuple[str, str, str]:
    """Return a measure, what became of it from a planned day on, and by how much."""
    name, since = plain(label(row["measure"])), f"from {written_day(row['break'])} on"
    if row["p"] != row["p"]:
        return name, f"A change in … could not be tested {since}: {plain(row['note'])}.", ""
    unit = " on VADER’s scale" if row["measure"] in TONES else per(row["measure"])
    since += f" ({many(row['articles_after'], 'article')}, {row['articles_before']:,} before)"
    levels = f"{sized(row['after'])}{unit}, {sized(row['before'])} before"
    if row["ratio"] == row["ratio"]:
        ratio, low, high = (f"{row[name]:.2f}" for name in ("ratio", "ratio_low", "ratio_high"))
        size, number = times_as("much", ratio, low, high)
    else:
        low, high = (sized(row[end]) for end in ("low", "high"))
        size, number = f"a difference of {sized(row['estimate'])}", ""
    adjusted = row["p_adjusted"] == row["p_adjusted"]
    p = row["p_adjusted" if adjusted else "p"]
    how = f"adjusted {p_is(p)}" if adjusted else f"{p_is(p)}, exploratory"
    numbers = f"{levels}; {size} ({number}95% interval {low} to {high}; {how})."
    if p >= 0.05:
        return name, f"No change in … is shown {since}.", numbers
    way = "higher" if row["estimate"] > 0 else "lower"
    return name, f"The level of {name} is {way} {since}.", numbers
