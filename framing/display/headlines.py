"""Sentences on headlines and the texts below them, as Markdown; names are escaped."""

from __future__ import annotations

import pandas as pd

from framing.display.tables import plain
from framing.schema import label
from framing.text.numbers import many, p_value

_CLEAREST = 8  # comparisons that are named


def of_headlines(overall: pd.DataFrame, contrasts: pd.DataFrame | None) -> str:
    """Return whether headlines differ from the texts below them, and outlets in how far they do.

    ``overall`` is ``headlines`` of all outlets together; of contrasts at most eight are named.
    """
    lines = []
    for _, row in overall[overall["zone"] == "headline"].iterrows():
        rows = contrasts[contrasts["measure"] == row["measure"]] if contrasts is not None else None
        lines.append(f"1. {_of_gap(row)} {_of_outlets(rows) if row['share'] > 0 else ''}".strip())
    return "\n".join(lines)


def _of_gap(row: pd.Series) -> str:
    """Return how often headlines have a cue, and how often it would be expected."""
    share, expected = 100 * row["share"], 100 * row["expected"]
    gap, low, high = (f"{100 * row[name]:z.0f}" for name in ("estimate", "low", "high"))
    name = plain(label(row["measure"]))
    differs = row["low"] * row["high"] > 0
    start = f"Headlines and their texts are not shown to differ in {name}"
    if differs:
        more = "more" if row["estimate"] > 0 else "less"
        start = f"Headlines have {name} {more} often than their texts"
    size = f"difference {gap} percentage points, 95% interval {low} to {high}".replace("-", "−")
    return (
        f"**{start}.** {share:.0f}% of headlines have a hit, and {expected:.0f}% of windows of "
        f"their length in the text below ({size})."
    )


def _of_outlets(rows: pd.DataFrame | None) -> str:
    """Return which outlets differ in the gap between headlines and texts."""
    if rows is None:
        return ""
    sure = rows[rows["p_adjusted"] < 0.05].sort_values("p_adjusted", kind="stable")
    found = [
        f"{plain(row['outlet_a'])}: {many(round(100 * abs(row['estimate'])), 'point')} "
        f"{'above' if row['estimate'] > 0 else 'below'} {plain(row['outlet_b'])} "
        f"(adjusted p {p_value(row['p_adjusted'])})"
        for _, row in sure.head(_CLEAREST).iterrows()
    ]
    more = f" and {len(sure) - _CLEAREST} more" if len(sure) > _CLEAREST else ""
    if found:
        return f"Outlets differ in this: {'; '.join(found)}{more}."
    tested = rows["p"].notna().any()
    return "Outlets are not shown to differ in this." if tested else "Outlets were not tested."
