"""What the tables of levels and contrasts say, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.schema import TONES, check_columns, check_known, confirmatory, label, listed
from framing.stats.notes import ARTICLES_TO_TEST
from framing.stats.sides import OTHERS
from framing.text.numbers import many, p_value, written

FINDINGS = ["measure", "finding", "detail", "missed", "tested", "different"]
_LEVEL = 0.05
_MEASURES = 6
_NAMED = 3  # comparisons that the sentences name; figures and tables show the others
_DOES = {"hedge": "hedges", "alarm": "uses alarm words", "boost": "uses boosters"}
_SIZES = [
    "estimate",
    "low",
    "high",
    "ratio",
    "ratio_low",
    "ratio_high",
    "effect",
    "p",
    "p_adjusted",
]
_KINDS = ("levels, as framing.levels returns them", "contrasts, as framing.compare returns them")


def findings(
    contrasts: pd.DataFrame | None,
    levels: pd.DataFrame,
    *,
    measures: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Describe what was found in each measure, and what would have been missed.

    Parameters
    ----------
    contrasts : DataFrame or None
        As returned by ``framing.compare``; None if there is only one outlet.
    levels : DataFrame
        As returned by ``framing.levels``.
    measures : sequence of str, optional
        Measures of ``levels``; hedge, alarm, boost and tone by default, or the first six of a
        dictionary of one's own.

    Returns
    -------
    DataFrame
        One row per measure:

        - ``measure``;
        - ``finding``: a sentence that names outlets, direction and size, if any difference is
          below .05 after correction; otherwise that there is none, that the measure is
          exploratory, or that nothing was tested;
        - ``detail``: more differences, and the highest and the lowest level;
        - ``missed``: what would have been missed in the comparisons that do not differ, and what
          it takes to test where nothing was tested; empty if all differ;
        - ``tested``, ``different``: the number of comparisons with a p, and of those below .05
          after correction.

        Where several comparisons are below .05, the ones with the largest ``effect`` are named
        first; equal ones in the order of the table.

    Raises
    ------
    ValueError
        If a column is missing.

    Examples
    --------
    >>> levels = pd.DataFrame({"measure": "hedge", "outlet": ["A", "B"], "articles": 12,
    ...                        "mean": [1.2, 0.8], "low": [1.0, 0.7], "high": [1.4, 0.9]})
    >>> contrast = {"measure": "hedge", "outlet_a": "A", "outlet_b": "B", "estimate": 0.4,
    ...             "low": 0.2, "high": 0.6, "ratio": 1.5, "ratio_low": 1.2, "ratio_high": 1.9,
    ...             "effect": 0.9, "detectable": 1.3, "p": 0.001, "p_adjusted": 0.003}
    >>> findings(pd.DataFrame([contrast]), levels)["finding"].item()
    'A hedges 1.5 times as often as B (95% interval 1.2 to 1.9; adjusted p .003).'
    """
    by = levels.columns[1]
    check_columns(levels, ["measure", "articles", "mean", "low", "high"], kind=_KINDS[0])
    if contrasts is not None:
        check_columns(contrasts, ["measure", "outlet_a", "outlet_b", *_SIZES], kind=_KINDS[1])
    known = list(levels["measure"].unique())
    rows = []
    chosen = listed(measures) if measures else confirmatory(known)[:_MEASURES]
    check_known(chosen, known)
    for measure in chosen:
        level = levels[levels["measure"] == measure].dropna(subset="mean")
        if contrasts is None or contrasts.empty:
            portraits = [_portrait(measure, row, by) for _, row in level.iterrows()]
            rows.append([measure, portraits[0], " ".join(portraits[1:_NAMED]), "", 0, 0])
        else:
            rows.append(_compared(measure, contrasts[contrasts["measure"] == measure], level, by))
    return pd.DataFrame(rows, columns=FINDINGS)


def _portrait(measure: str, row: pd.Series[Any], by: str) -> str:
    """Describe the level of a measure in one outlet."""
    does = "has a tone of" if measure in TONES else _does(measure)
    unit = "on a scale from −1 to 1" if measure in TONES else "times per 100 words"
    interval = f"95% interval {written(row['low'])} to {written(row['high'])}; "
    known = interval if np.isfinite(row["low"]) else ""
    size = f"{written(row['mean'])} {unit} ({known}{many(row['articles'], 'article')})"
    return f"{row[by]} {does} {size}."


def _compared(measure: str, rows: pd.DataFrame, level: pd.DataFrame, by: str) -> list[object]:
    """Return a row of findings: which comparisons differ, or what would have been missed."""
    if rows.empty:
        return [measure, f"No comparison of {label(measure)} is in the table.", "", "", 0, 0]
    tested = rows[rows["p"].notna() & rows["p_adjusted"].notna()]
    sure = tested[tested["p_adjusted"] < _LEVEL]
    largest = sure.sort_values("effect", key=abs, ascending=False, kind="stable").head(_NAMED)
    sentences = [_difference(measure, row) for _, row in largest.iterrows()]
    if len(sure):
        sentences[0] = _setting(rows) + sentences[0]
    if (more := len(sure) - _NAMED) > 0:
        sentences.append(
            f"{more} more of {len(tested)} comparisons {'differs' if more == 1 else 'differ'}."
        )
    if tested.empty and rows["p"].notna().any():
        sentences = [f"Differences in {label(measure)} are exploratory, without an adjusted p."]
    elif tested.empty:
        sentences = [f"Differences in {label(measure)} could not be tested{_why(rows)}."]
    elif sure.empty:
        named = f"No difference in {label(measure)} was found"
        sentences = [f"{named} after correction for multiple tests."]
    detail = " ".join(filter(None, [*sentences[1:], _spread(measure, level, by)]))
    missed = ""
    if tested.empty:
        missed = f"{_needed(rows)}Differences of any size may have been missed."
    elif len(sure) < len(tested):
        rest = tested.loc[tested.index.difference(sure.index), "detectable"]
        missed = _missed(measure, rest, others=len(sure) > 0)
    return [measure, sentences[0], detail, missed, len(tested), len(sure)]


def _setting(rows: pd.DataFrame) -> str:
    """Describe what was held constant, since differences need not be those of the levels."""
    method = str(rows["method"].iloc[0]) if "method" in rows else ""
    if method.startswith("Within events"):
        return "On the same events, "
    return "On the same topics, " if method.startswith("Within topics") else ""


def _difference(measure: str, row: pd.Series[Any]) -> str:
    """Describe one difference: direction, size, interval and adjusted p."""
    turned = row["estimate"] < 0 and row["outlet_b"] != OTHERS
    subject, other = (row["outlet_b"], row["outlet_a"])[:: 1 if turned else -1]
    p = f"adjusted p {p_value(row['p_adjusted'])}"
    ratio = np.array([row["ratio"], row["ratio_low"], row["ratio_high"]], float)
    positive = np.isfinite(ratio).all() and ratio.min() > 0
    if positive and np.log(ratio[0]) * row["estimate"] > 0:  # both point the same way
        size, *ends = _ratios(np.sort(1 / ratio)[[1, 0, 2]] if turned else ratio)
        interval = f"95% interval {ends[0]} to {ends[1]}; {p}"
        often = f"{size} times as often as {other}"
        if ratio[0] < 1 and not turned:
            often = f"less often than {other}, {size} times as often"
        return f"{subject} {_does(measure)} {often} ({interval})."
    least, most = sorted(abs(row[["low", "high"]].astype(float)))
    sure = row["low"] * row["high"] > 0  # the interval is on one side of 0
    interval = f"95% interval {written(least)} to {written(most)}; " if sure else ""
    unit = "" if measure in TONES else " per 100 words"
    side = "above" if turned or row["estimate"] > 0 else "below"
    size = f"{written(abs(row['estimate']))}{unit} {side} {other}"
    return f"{subject} is {size} in {label(measure)} ({interval}{p})."


def _spread(measure: str, level: pd.DataFrame, by: str) -> str:
    """Name the highest and the lowest level; of those with few articles, only if all have few."""
    if level.empty:
        return ""
    ordered = level.sort_values("mean", kind="stable")
    if len(ordered) > 1 and written(ordered["mean"].iloc[0]) == written(ordered["mean"].iloc[-1]):
        return f"All have a level of {label(measure)} of {written(ordered['mean'].iloc[0])}."
    known = ordered[ordered["articles"] >= ARTICLES_TO_TEST]
    known = known if len(known) > 1 else ordered
    ends, beyond = (
        rows[[by, "mean"]].iloc[[0, -1]].to_numpy().tolist() for rows in (known, ordered)
    )
    start = "" if ends == beyond else f"Of those with {ARTICLES_TO_TEST} articles or more, "
    sizes = [f", {many(n, 'article')}" * (n < ARTICLES_TO_TEST) for n in known["articles"]]
    (low, least), (high, most) = ends
    least, most = f"{written(least)}{sizes[0]}", written(most)
    what = "tone" if measure in TONES else f"the level of {label(measure)}"
    what = what if start else what[0].upper() + what[1:]
    if measure in TONES:
        ends = f"darkest in {low} ({least}) and brightest in {high} ({most}{sizes[-1]})"
    else:
        ends = f"highest in {high} ({most} per 100 words{sizes[-1]}) and lowest in {low} ({least})"
    return f"{start}{what} is {ends}."


def _why(rows: pd.DataFrame) -> str:
    """Return why nothing was tested, as far as the notes say it."""
    if grouped := _grouped(rows):
        return f": the units are outlets, whose articles all have the same {grouped}"
    reasons = why_untested(rows)
    return f": {reasons}" if reasons else ""


def _needed(rows: pd.DataFrame) -> str:
    """Return what a test would take, if that is known."""
    if grouped := _grouped(rows):
        return f"To test them, compare groups of outlets by {grouped}. "
    few = f"under {ARTICLES_TO_TEST} articles a side" in why_untested(rows)
    return f"A test takes {ARTICLES_TO_TEST} articles on each side. " if few else ""


def _grouped(rows: pd.DataFrame) -> str:
    """Return the column that is the same for all articles of an outlet, if that is why."""
    notes = rows["note"] if "note" in rows else pd.Series(dtype=str)
    found = notes.str.extract(r"^'([^;]*)' is the same for all articles of an outlet")[0].dropna()
    return str(found.iloc[0]) if len(found) else ""


def why_untested(contrasts: pd.DataFrame) -> str:
    """Return why comparisons have no p, with their number where the reasons differ.

    Examples
    --------
    >>> why_untested(pd.DataFrame({"measure": "boost", "p": None, "note": [
    ...     "no p under 10 articles a side; underpowered: too few hits",
    ...     "underpowered: too few hits", "underpowered: too few hits"]}))
    'too few hits (2), under 10 articles a side (1)'
    """
    none = contrasts[contrasts["p"].isna()]
    if "note" not in none or none.empty:
        return ""
    few = none["note"].str.extract(r"no p (under [^;]*)")[0]
    hits = none["note"].str.contains("too few hits", regex=False)
    reasons = few.fillna(hits.map({True: "too few hits", False: None})).dropna().value_counts()
    if len(reasons) == 1 and reasons.iloc[0] == len(none):
        return str(reasons.index[0])
    counts = sorted(reasons.items(), key=lambda item: (-item[1], str(item[0])))
    return ", ".join(f"{reason} ({n:,})" for reason, n in counts)


def _missed(measure: str, detectable: pd.Series[float], *, others: bool) -> str:
    """Describe the largest effect that would have been missed, rounded down to be safe."""
    known = detectable[np.isfinite(detectable)]
    where = "In the other comparisons " if others else ""
    if known.empty:
        start = f"{where}there" if where else "There"
        return f"{start} are too few hits to say what would have been missed."
    digits = 2 if measure in TONES or known.min() < 1.1 else 1
    ends = [
        f"{np.floor(10**digits * end) / 10**digits:.{digits}f}"
        for end in (known.min(), known.max())
    ]
    what = "difference" if measure in TONES else "ratio"
    size = (
        ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}, depending on the comparison,"
    )
    start = f"{where}a" if where else "A"
    return f"{start} {what} under {size} would have been missed in more than one of five samples."


def _does(measure: str) -> str:
    return _DOES.get(measure, f"uses words of “{label(measure)}”")


def _ratios(values: NDArray[np.float64]) -> list[str]:
    """Write ratios with two digits, or as many as it takes to see that they are not 1."""
    for digits in (2, 3, 4):
        written = [f"{v:#.{digits}g}" if v < 10 else f"{v:.0f}" for v in values]
        if not any(float(number) == 1 for number in written):
            break
    return written
