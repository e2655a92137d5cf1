"""Sentences on levels over time, as Markdown; names and texts are escaped."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from framing.display.tables import plain
from framing.schema import TONES, label
from framing.text.numbers import many, p_value, times_as, written_day


def of_periods(trend: pd.DataFrame) -> str:
    """Return how many articles and periods there are, and how many of these are left out."""
    rows = trend[trend["measure"] == trend["measure"].iloc[0]]
    thin = int((~rows["fitted"]).sum())
    left = f"; {thin} of them {'is' if thin == 1 else 'are'} not in the model" if thin else ""
    return (
        f"{many(rows['articles'].sum(), 'article')} in {many(len(rows), 'period')} from "
        f"{written_day(rows['period'].min())} on{left}"
    )


def of_course(trend: pd.DataFrame, breaks: Sequence[str], *, by: str = "outlet") -> str:
    """Return the caption of ``framing.plot_trend``, with what it draws."""
    text = (
        f"Levels with {label(by)}s held constant: an {label(by)} that begins or ends does not move "
        "the line. Copies of one text weigh as one article. Bars: articles."
    )
    if not trend["fitted"].all():
        text += f" Hollow: too few articles, or no {label(by)} that connects them with the rest."
    return text + " Dashed: the planned days." * bool(len(breaks))


def of_trend(trend: pd.DataFrame, breaks: pd.DataFrame | None, measures: Sequence[str]) -> str:
    """Return what differs before and after planned days; without any, the ends of the course."""
    rows = trend[trend["measure"] == trend["measure"].iloc[0]]
    few = ""
    if (~rows["fitted"]).sum() > len(rows) / 2:
        weeks = "by week" in rows["method"].iloc[0]
        longer = " Months hold more: see the parameter freq." if weeks else ""
        few = f"Most periods have too few articles to be in the model.{longer}"
    if breaks is None:
        start = "No day was named beforehand, so that no change is tested."
        ends = [f"1. {_ends(trend[trend['measure'] == name])}" for name in measures]
        return "\n".join(filter(None, [few, f"{start}\n", *ends]))
    main = breaks[breaks["p"].isna() | breaks["p_adjusted"].notna()]
    return "\n".join([few, "", *[f"1. {_of_change(row)}" for _, row in main.iterrows()]]).strip()


def _ends(course: pd.DataFrame) -> str:
    """Return when a measure was highest and when it was lowest."""
    name = plain(label(course["measure"].iloc[0]))
    known = course[course["fitted"]].dropna(subset="level")
    if len(known) < 2:
        return f"**{name.capitalize()}:** too few periods for a course."
    high, low = (known.loc[known["level"].agg(end)] for end in ("idxmax", "idxmin"))
    unit = "" if course["measure"].iloc[0] in TONES else " per 100 words"
    return (
        f"**The level of {name} is highest in the period from {written_day(high['period'])}** "
        f"({high['level']:z.2f}{unit}) and lowest in that from {written_day(low['period'])} "
        f"({low['level']:z.2f})."
    ).replace("(-", "(−")


def _of_change(row: pd.Series) -> str:
    """Return what became of a measure from a planned day on."""
    name, since = plain(label(row["measure"])), f"from {written_day(row['break'])} on"
    if row["p"] != row["p"]:
        return f"**{name.capitalize()} could not be tested {since}:** {plain(row['note'])}."
    unit = " on VADER’s scale" if row["measure"] in TONES else " per 100 words"
    levels = f"{row['after']:z.2f}{unit}, {row['before']:z.2f} before"
    if row["ratio"] == row["ratio"]:
        size, number = times_as(f"{row['ratio']:.2f}", "much")
        ends = "ratio_low", "ratio_high"
    else:
        size, number, ends = f"a difference of {row['estimate']:z.2f}", "", ("low", "high")
    low, high = (format(row[end], "z.2f") for end in ends)
    numbers = f"{levels}; {size} ({number}95% interval {low} to {high}; adjusted p {{p}})."
    numbers = numbers.replace("-", "−").format(p=p_value(row["p_adjusted"]))
    if row["p_adjusted"] >= 0.05:
        return f"**No change in {name} is shown {since}.** {numbers}"
    way = "higher" if row["estimate"] > 0 else "lower"
    return f"**The level of {name} is {way} {since}.** {numbers}"
