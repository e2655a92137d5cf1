"""Sentences on headlines and the texts below them, as Markdown; names are escaped."""

from __future__ import annotations

import pandas as pd

from framing.display.captions import which_rows
from framing.display.sentences import items_alike, of_groups
from framing.display.tables import plain
from framing.plots.positions import FEW
from framing.schema import label
from framing.stats.differences import whom
from framing.text.numbers import many, p_is, sized

_ALIKE = "Headlines and their texts are not shown to differ in …."
_FEW = "Articles, or outlets, are too few to say whether headlines and their texts differ in …."
_CLEAREST = 8  # comparisons that are named
_ROUND = 10  # percentage points; below, a digit more keeps an end of an interval off 0


def of_headlines(
    overall: pd.DataFrame,
    contrasts: pd.DataFrame | None,
    toned: pd.DataFrame | None = None,
    groups: pd.DataFrame | None = None,
) -> str:
    """Return whether headlines differ from the texts below them, and outlets in how far they do.

    ``overall`` is ``headlines`` of all outlets together, and ``toned`` their ``headline_tone``; of
    contrasts at most eight are named. It begins with ``groups`` of outlets, if they were compared.
    """
    said = []
    for _, row in overall[overall["zone"] == "headline"].iterrows():
        rows = contrasts[contrasts["measure"] == row["measure"]] if contrasts is not None else None
        name, start, gap = _of_gap(row)
        outlets = _of_outlets(rows) if row["share"] > 0 else ""
        said.append((name, start, f"{gap} {outlets}".strip()))
    said += [_of_tone(row) for _, row in toned.iterrows()] if toned is not None else []
    asked = of_groups(groups, headlines=True)
    return f"1. {asked}\n" * bool(asked) + items_alike(said)


def _of_tone(row: pd.Series) -> tuple[str, str, str]:
    """Return how the tone of headlines differs from that of their texts."""
    way = "brighter" if row["estimate"] > 0 else "darker"
    headline, text, gap, low, high = (
        sized(row[name]) for name in ("headline", "text", "estimate", "low", "high")
    )
    interval = f", 95% interval {low} to {high}" if row["low"] == row["low"] else ""
    size = (
        f"The mean tone of headlines is {headline}, that of the texts below {text} "
        f"(difference {gap}{interval}; tone is from −1 to 1)."
    )
    return "tone", _start(row, f"Headlines are {way} than their texts."), size


def _start(row: pd.Series, found: str) -> str:
    """Return what was ``found``, or that headlines are not shown to differ from their texts."""
    if row["low"] * row["high"] > 0:
        return found
    return _ALIKE if row["low"] == row["low"] else _FEW


def of_gaps(headlines: pd.DataFrame, *, zone: str = "headline") -> str:
    """Return the caption of ``framing.plot_headlines``, below the figure of all together."""
    few = headlines.loc[headlines["zone"] == zone, "articles"].lt(FEW).any()
    hollow = f" Hollow: under {FEW} articles." if few else ""
    if zone == "lead":
        what = "a lead (standfirst and first paragraph) has a hit than a window of its length in"
        return f"How much more often {what} the rest of the body, in the same way.{hollow}"
    return f"The same, one by one.{hollow}"


def of_shares(headlines: pd.DataFrame, outlets: int) -> str:
    """Return the caption of a table of ``framing.headlines`` with some of the outlets."""
    own = (
        " *Own voice*: of the headlines with a hit, the share in which the outlet itself says it, "
        "not somebody quoted or named."
    )
    shown, by = headlines.iloc[:, 2].nunique(), headlines.columns[2]
    which = f" {shown} of {outlets} outlets, those with the most articles." * (shown < outlets)
    if headlines["method"].str.contains("outlets", regex=False).any():
        which += f" Means over the outlets of each {label(str(by))}: each outlet counts the same."
    return (
        "Share of headlines with a hit, the share expected of windows of their length, and their "
        f"difference.{own if headlines['own_voice'].notna().any() else ''}{which}"
    )


def of_contrasts(contrasts: pd.DataFrame, top: int) -> str:
    """Return the caption of a table of contrasts that shows the ``top`` clearest of them."""
    which = which_rows(contrasts, top, "all are in the saved tables")
    dash = (
        " A dash: no interval where few articles of a side have a hit, or lack one; "
        f"no p under {FEW} articles a side."
    )
    return (
        "Differences between outlets in how much more often headlines have a hit than their texts, "
        f"the first minus the second: the one confirmatory table of this report.{which}"
        f"{dash if contrasts['low'].isna().any() else ''}"
    )


def _of_gap(row: pd.Series) -> tuple[str, str, str]:
    """Return a cue, how often headlines have it, and how often it would be expected."""
    names = ["share", "expected", "estimate", "low", "high"]
    digits = 0 if (100 * row[["estimate", "low", "high"]]).abs().max() >= _ROUND else 1
    share, expected, gap, low, high = (f"{100 * row[name]:z.{digits}f}" for name in names)
    name, more = plain(label(row["measure"])), "more" if row["estimate"] > 0 else "less"
    start = _start(row, f"Headlines have {name} {more} often than their texts.")
    interval = f", 95% interval {low} to {high}" if row["low"] == row["low"] else ""
    size = f"difference {gap} percentage points{interval}".replace("-", "−")
    some = f"{share}% of headlines have a hit" if row["share"] > 0 else "No headline has a hit"
    windows = f"{expected}% of windows of their length in the text below have one ({size})."
    return name, start, f"{some}, and {windows}"


def _of_outlets(rows: pd.DataFrame | None) -> str:
    """Return which outlets differ in the gap between headlines and texts."""
    if rows is None:
        return ""
    sure = rows[rows["p_adjusted"] < 0.05].sort_values("p_adjusted", kind="stable")
    found = [
        f"{plain(row['outlet_a'])}: {many(round(100 * abs(row['estimate'])), 'point')} "
        f"{'above' if row['estimate'] > 0 else 'below'} {plain(whom(row['outlet_b']))} "
        f"(adjusted {p_is(row['p_adjusted'])})"
        for _, row in sure.head(_CLEAREST).iterrows()
    ]
    more = f" and {len(sure) - _CLEAREST} more" if len(sure) > _CLEAREST else ""
    if found:
        return f"Outlets differ in this: {'; '.join(found)}{more}."
    tested = rows["p"].notna().any()
    return "Outlets are not shown to differ in this." if tested else "Outlets were not tested."
