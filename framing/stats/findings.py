"""What the tables of levels and contrasts say, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing.arguments import check_known
from framing.checks import CONTRASTS, LEVELS, check_columns, check_outlets
from framing.schema import RECIPE, TONES, confirmatory, label, listed, per
from framing.stats.differences import (
    briefly,
    difference,
    does,
    missed,
    seen_from,
    setting,
    taken_back,
    whom,
    why_untested,
)
from framing.stats.flips import LEVEL
from framing.stats.highest import ends_of, of_ends
from framing.stats.sides import OTHERS
from framing.text.numbers import joined, many, sized

FINDINGS = ["measure", "finding", "detail", "missed", "any_size", "tested", "different"]
_MEASURES = 5
_NAMED = 2  # comparisons that a sentence gives with their size; figures and tables have the others
_ALSO = 3  # more comparisons that are named
_SIZES = [
    "estimate", "low", "high", "ratio", "ratio_low", "ratio_high", "effect", "p", "p_adjusted",
]  # fmt: skip


def findings(
    contrasts: pd.DataFrame | None, levels: pd.DataFrame, *, measures: Sequence[str] | None = None
) -> pd.DataFrame:
    """Describe what was found in each measure, and what would have been missed.

    Parameters
    ----------
    contrasts : DataFrame or None
        As returned by ``framing.compare``; None to describe levels only.
    levels : DataFrame
        As returned by ``framing.levels``.
    measures : sequence of str, optional
        Measures of ``levels``; hedge, alarm, boost and tone by default, or the first five of a
        dictionary of one's own.

    Returns
    -------
    DataFrame
        One row per measure:

        - ``finding``: a sentence that names outlets, direction and size, if any difference is
          below .05 after correction; otherwise that there is none, that the measure is
          exploratory, or that nothing was tested;
        - ``detail``: which others differ (of more than three, how many), and who has the highest
          and the lowest level, with what was tested of them, unless the finding names them;
        - ``missed``: the size of a difference that four of five samples like this one would find in
          each of the comparisons that do not differ; empty if all differ;
        - ``any_size``: for whom, or in how many comparisons, that is a difference of any size, and
          why, where ``missed`` names a size;
        - ``tested``, ``different``: the number of comparisons with a p, and of those below .05
          after correction.

        Where several comparisons are below .05, two are named: those with the largest ``effect``,
        of outlets against the rest one above and one below, if there are both; equal ones in the
        order of the table.

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
    >>> finding = findings(pd.DataFrame([contrast]), levels)["finding"].item()
    >>> finding.removesuffix(" (95% interval 1.2 to 1.9; adjusted p = .003).")
    'A (highest: 1.20 per 100 words) hedges 1.5 times as often as B'
    """
    check_columns(levels, ["measure", "articles", "mean", "low", "high"], kind=LEVELS)
    by = levels.columns[1]
    if contrasts is not None:
        check_columns(contrasts, ["measure", "outlet_a", "outlet_b", *_SIZES], kind=CONTRASTS)
        if not contrasts[["outlet_a", "outlet_b"]].isin([*levels[by]]).any(axis=None):
            check_outlets(contrasts, levels[by], "levels")
    known = list(levels["measure"].unique())
    rows = []
    chosen = listed(() if measures is None else measures) or confirmatory(known)[:_MEASURES]
    check_known(chosen, known)
    for measure in chosen:
        level = levels[levels["measure"] == measure].dropna(subset="mean")
        if contrasts is None or contrasts.empty:
            portraits = [_portrait(measure, row, by) for _, row in level.iterrows()]
            rows.append([measure, portraits[0], " ".join(portraits[1:]), "", "", 0, 0])
        else:
            of_it = contrasts[contrasts["measure"] == measure].reset_index(drop=True)
            rows.append(_compared(measure, of_it, level, by))
    return pd.DataFrame(rows, columns=FINDINGS)


def _portrait(measure: str, row: pd.Series[Any], by: str) -> str:
    """Describe the level of a measure in one outlet."""
    verb, unit = does(measure), f"times{per(measure)}"
    if measure in TONES:
        verb, unit = "has a tone of", "on a scale from −1 to 1"
    elif measure.startswith(RECIPE):
        verb, unit = f"has a level of “{label(measure)}” of", per(measure).strip()
    interval = f"95% interval {sized(row['low'])} to {sized(row['high'])}; "
    known = interval if np.isfinite(row["low"]) else ""
    size = f"{sized(row['mean'])} {unit} ({known}{many(row['articles'], 'article')})"
    return f"{row[by]} {verb} {size}."


def _compared(measure: str, rows: pd.DataFrame, level: pd.DataFrame, by: str) -> list[object]:
    """Return a row of findings: which comparisons differ, or what would have been missed."""
    if rows.empty:
        return [measure, f"No comparison of {label(measure)} is in the table.", "", "", "", 0, 0]
    tested = rows[rows["p"].notna() & rows["p_adjusted"].notna()]
    sure = tested[tested["p_adjusted"] < LEVEL]
    ends, clearest = ends_of(measure, level, by), _clearest(sure)
    means = level.set_index(by)["mean"]
    finding = (
        _different(measure, clearest, ends, means)
        if len(sure)
        else _none(measure, rows, tested, by)
    )
    also = _also(sure.drop(index=clearest.index), len(tested))
    detail = [also, of_ends(measure, level, rows, ends, _outlets(clearest))]
    rest = rows.drop(index=sure.index)
    miss = missed(measure, rest, len(rows)) if len(rest) else ("", "")
    return [measure, finding, " ".join(filter(None, detail)), *miss, len(tested), len(sure)]


def _also(rows: pd.DataFrame, tested: int) -> str:
    """Return which other comparisons differ, and in what direction; of many, their number."""
    back = [taken_back(row) for _, row in rows.iterrows()]
    if len(rows) > _ALSO:
        number = sum("once" in reason for reason in back)
        gone = f", {number} of them not once corrected by the coding" * bool(number)
        return f"{len(rows)} more of {tested} comparisons differ{gone}."
    sides: dict[str, list[str]] = {}
    for (_, row), gone in zip(rows.iterrows(), back, strict=True):
        seen = seen_from(row)
        ways = ("brighter than", "darker than") if seen["measure"] in TONES else ("above", "below")
        way = ways[int(seen["estimate"] < 0)]
        sides.setdefault(f"{way} {briefly(seen['outlet_b'])}", []).append(
            f"{seen['outlet_a']}{f' ({gone})' if gone else ''}"
        )
    said = (
        f"{joined(names)} {'is' if len(names) == 1 else 'are'} also {side}."
        for side, names in sides.items()
    )
    return " ".join(said)


def _none(measure: str, rows: pd.DataFrame, tested: pd.DataFrame, by: str) -> str:
    """Return that no difference was found, or why none could be."""
    name = label(measure)
    if len(tested):
        return (
            f"No difference in {name} was found{setting(rows)} after correction for multiple tests "
            "(intervals are not corrected); the order of levels may be chance."
        )
    if rows["p"].notna().any():
        return f"Differences in {name} are exploratory, without an adjusted p."
    why = _why(rows, by)
    return f"Differences in {name} could not be tested{why}; the order of levels may be chance."


def named(
    contrasts: pd.DataFrame | None, levels: pd.DataFrame, measures: Sequence[str]
) -> set[object]:
    """Return the outlets that the findings of these measures name."""
    found: set[object] = set()
    for measure in measures:
        level = levels[levels["measure"] == measure].dropna(subset="mean")
        found |= {*ends_of(measure, level, levels.columns[1]).index}
        if contrasts is not None:
            rows = contrasts[contrasts["measure"] == measure]
            found |= _outlets(_clearest(rows[rows["p_adjusted"] < LEVEL]))
    return found


def _clearest(sure: pd.DataFrame) -> pd.DataFrame:
    """Return the differences that are named; of outlets against the rest one on each side."""
    ranked = sure.sort_values("effect", key=abs, ascending=False, kind="stable")
    rest = ranked["outlet_b"].eq(OTHERS)
    side = np.sign(ranked["estimate"]).where(rest, np.arange(len(ranked)))
    first = ~side.duplicated()
    chosen = pd.concat([ranked[first], ranked[~first]]).head(_NAMED)
    darkest_first = chosen["measure"].isin(TONES).any()
    ordered = chosen.sort_values("estimate", ascending=darkest_first, kind="stable")
    return ordered if rest.any() else chosen


def _outlets(rows: pd.DataFrame) -> set[object]:
    """Return the outlets of comparisons."""
    return {*rows["outlet_a"], *rows["outlet_b"]} - {OTHERS}


def _different(
    measure: str, rows: pd.DataFrame, ends: pd.DataFrame, means: pd.Series[float]
) -> str:
    """Describe differences in a sentence, each with the level of the outlet it is about."""
    parts: list[str] = []
    known, where = means, setting(rows)
    for _, row in rows.iterrows():
        seen = seen_from(row)
        about = _level(measure, seen["outlet_a"], ends, known, unit=not parts)
        about += " over all its articles" * (about != "" and where != "")
        known = known.drop(seen["outlet_a"], errors="ignore")  # a level stands once
        than = briefly(seen["outlet_b"]) if parts else whom(seen["outlet_b"])
        parts.append(difference(measure, seen, about=about, than=than, again=bool(parts)))
    return f"{where.strip().capitalize()}{', ' if where else ''}{'; '.join(parts)}."


def _level(
    measure: str, outlet: object, ends: pd.DataFrame, means: pd.Series[float], *, unit: bool
) -> str:
    """Return the level of an outlet, and whether it is the highest or the lowest."""
    if outlet not in means.index:
        return ""
    end = f"{ends.loc[outlet, 'end']}: " if outlet in ends.index else ""
    return f"{end}{sized(means[outlet])}{per(measure) * unit}"


def _why(rows: pd.DataFrame, by: str) -> str:
    """Return why nothing was tested, as far as the notes say it."""
    notes = rows["note"] if "note" in rows else pd.Series(dtype=str)
    found = notes.str.extract(r"^'([^;]*)' is the same for all articles of an outlet")[0].dropna()
    if len(found):
        return (
            f": the units are outlets, whose articles all have the same {found.iloc[0]} (to "
            "compare groups of outlets, name the column as the parameter groups of the report)"
        )
    each = "per" if rows["outlet_b"].eq(OTHERS).all() else "from one"
    reasons = why_untested(rows, f"{each} {label(by)}")
    return f": {reasons}" if reasons else ""
