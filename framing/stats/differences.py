"""One difference between outlets, or what is known of one, in words."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from framing.schema import RECIPE, TONES, label, per
from framing.stats.flips import LEVEL
from framing.stats.sides import OTHERS
from framing.text.arrays import Floats
from framing.text.numbers import joined, p_is, sized, times_as

# What a note says of tests that take neighbours as independent, and how alike these are.
ALIKE = re.compile(r"(neighbouring \w+ are alike) \((r = [\d.]+)\)")
ANY_SIZE = "a difference of any size"
_WHO = 3  # outlets that are named; of more, the number
_DOES = {"hedge": "hedges", "alarm": "uses alarm words", "boost": "uses boosters"}


def does(measure: str) -> str:
    """Return what an outlet does that has more or less of a measure."""
    verb = "scores on" if measure.startswith(RECIPE) else "uses words of"
    return _DOES.get(measure, f"{verb} “{label(measure)}”")


def _often(measure: str) -> str:
    """Return what a ratio is of: words come more or less often, points are more or less."""
    return "much" if measure.startswith(RECIPE) else "often"


def whom(outlet: object) -> str:
    """Return the other side of a comparison; the rest is a mean over outlets.

    >>> whom("all others")
    'the others on average'
    """
    return "the others on average" if outlet == OTHERS else str(outlet)


def briefly(outlet: object) -> str:
    """Return the other side of a comparison where it is known that the rest is a mean."""
    return "the others" if outlet == OTHERS else str(outlet)


def setting(rows: pd.DataFrame) -> str:
    """Describe what was held constant, since differences need not be those of the levels."""
    method = str(rows["method"].iloc[0]) if "method" in rows else ""
    if method.startswith("Within events"):
        return " on the same events"
    return " on the same topics" if method.startswith("Within topics") else ""


def seen_from(row: pd.Series[Any], outlet: object = None) -> pd.Series[Any]:
    """Return a comparison as seen from an outlet, or from that with more (in tone, the darker).

    The rest is never what a sentence is about.
    """
    if outlet is None:
        second = (row["estimate"] > 0) == (row["measure"] in TONES)
        outlet = row["outlet_b" if second and row["outlet_b"] != OTHERS else "outlet_a"]
    if row["outlet_a"] == outlet:
        return row
    numbers = row[["ratio", "ratio_high", "ratio_low"]].to_numpy(float)
    with np.errstate(divide="ignore"):
        ratios = dict(zip(["ratio", "ratio_low", "ratio_high"], 1 / numbers, strict=True))
    turned = {"outlet_a": row["outlet_b"], "outlet_b": row["outlet_a"]}
    turned |= {"estimate": -row["estimate"], "low": -row["high"], "high": -row["low"]}
    return pd.Series(row.to_dict() | turned | ratios, name=row.name)


def interval_of(low: str, high: str, *, again: bool) -> str:
    """Return an interval; one that stands beside another ``again`` is no longer explained."""
    return f"{'' if again else '95% interval '}{low} to {high}"


def difference(measure: str, row: pd.Series[Any], *, about: str, than: str, again: bool) -> str:
    """Describe a difference, as seen from its first outlet: direction, size, interval, adjusted p.

    ``about``, if any, stands behind the outlet; ``than`` is whom it differs from; ``again`` if
    another difference stands before it.
    """
    subject = f"{row['outlet_a']}{f' ({about})' if about else ''}"
    p = adjusted_p(row)
    if ratio := _ratio(row):
        size, low, high = ratio
        often, number = times_as(_often(measure), size, low, high)
        than = f"{'than' if often in ('less often', 'less') else 'as'} {than}"
        return (
            f"{subject} {does(measure)} {often} {than} "
            f"({number}{interval_of(low, high, again=again)}; {p})"
        )
    more = row["estimate"] > 0
    how = f"{does(measure)} {'more' if more else 'less'}"
    if measure in TONES:
        how = f"is {'brighter' if more else 'darker'} in {label(measure)}"
    ends = sorted(abs(row[["low", "high"]].astype(float)))
    size, least, most = map(sized, [abs(row["estimate"]), *ends])
    sure = row["low"] * row["high"] > 0  # the interval is on one side of 0
    interval = f"{interval_of(least, most, again=again)}; " if sure else ""
    return f"{subject} {how} than {than}, by {size}{per(measure)} ({interval}{p})"


def adjusted_p(row: pd.Series[Any]) -> str:
    """Return the adjusted p, with what its note, or people's codes, say against it.

    >>> note = "no topic; neighbouring events are alike (r = 0.58): p is too small"
    >>> adjusted_p(pd.Series({"p_adjusted": 0.02, "note": note}))
    'adjusted p = .020, which is too small: neighbouring events are alike, r = 0.58'
    """
    sure = row["p_adjusted"] < LEVEL  # if not, a larger p says the same
    found = ALIKE.search(str(row.get("note", ""))) if sure else None
    doubt = f", which is too small: {found[1]}, {found[2]}" if found else ""
    back = taken_back(row)
    return f"adjusted {p_is(row['p_adjusted'])}{doubt}{'; ' * bool(back)}{back}"


def taken_back(row: pd.Series[Any]) -> str:
    """Return that a difference is not shown once the codes correct it, or that they cannot.

    >>> taken_back(pd.Series({"p_adjusted": 0.034, "corrected_p_adjusted": 0.765}))
    'not once corrected by the coding: p = .765'
    """
    p = row.get("corrected_p_adjusted", 0.0)
    if not row["p_adjusted"] < LEVEL or p < LEVEL:
        return ""
    if pd.isna(p):
        return "not corrected by the coding"
    return f"not once corrected by the coding: {p_is(p)}"


def known_of(row: pd.Series[Any], *, again: bool) -> tuple[str, str]:
    """Return what the size of a comparison is (ratio to, or difference from), and the size."""
    if ratio := _ratio(row):
        size, low, high = ratio
        return "ratio to", f"{size}, {interval_of(low, high, again=again)}"
    size, low, high = (sized(row[name], "+z") for name in ("estimate", "low", "high"))
    interval = f", {interval_of(low, high, again=again)}" if np.isfinite(row["low"]) else ""
    return "difference from", f"{size}{interval}"


def missed(measure: str, rows: pd.DataFrame, of: int) -> tuple[str, str]:
    """Return which size of a difference four of five samples would find in every comparison.

    Rounded away from no difference, to be safe. And in which of the ``of`` comparisons one of any
    size may be missed, with the reasons, if it is not all of them.
    """
    above, below = findable(rows)
    for known in (above.notna() | below.notna(), above.notna()):
        ends = below[known].min(skipna=False), above[known].max(skipna=False)
        size = _range(measure, *ends, _sides(rows[known]))
        if size:
            return size, "" if known.all() else _unseen(rows[~known], of)
    return ANY_SIZE, ""


def findable(rows: pd.DataFrame) -> list[pd.Series[float]]:
    """Return which sizes four of five samples would find, above and below no difference.

    NaN of comparisons without a p, and where no size would be found.
    """
    return [
        rows[name].where(rows["p"].notna()) if name in rows else pd.Series(np.nan, rows.index)
        for name in ("detectable", "detectable_below")
    ]


def _unseen(rows: pd.DataFrame, of: int) -> str:
    """Return which of the ``of`` comparisons these are: who, if they are few, and why."""
    who = f"in {len(rows)} of {of} comparisons"
    if rows["outlet_b"].eq(OTHERS).all() and len(rows) <= _WHO:
        who = f"for {joined(rows['outlet_a'])}"
    reasons = sorted(set(_reasons(rows)))
    return f"{who} ({joined(reasons, 'or')})" if reasons else who


def why_untested(contrasts: pd.DataFrame, where: str = "on a side") -> str:
    """Return why comparisons have no p, with their number where the reasons differ.

    ``where`` articles, or outlets, are too few.

    >>> why_untested(pd.DataFrame({"measure": "boost", "p": None, "note": [
    ...     "no p under 10 articles a side; underpowered: too few hits",
    ...     "underpowered: too few hits", "underpowered: too few hits"]}))
    'too few hits (2), fewer than 10 articles on a side (1)'
    """
    none = contrasts[contrasts["p"].isna()]
    reasons = _reasons(none, f" {where}").value_counts()
    if len(reasons) == 1 and reasons.iloc[0] == len(none):
        return str(reasons.index[0])
    counts = sorted(reasons.items(), key=lambda item: (-item[1], str(item[0])))
    return ", ".join(f"{reason} ({n:,})" for reason, n in counts)


def _reasons(rows: pd.DataFrame, where: str = "") -> pd.Series[str]:
    """Return from the notes why comparisons have no p, where they say it."""
    notes = rows["note"] if "note" in rows else pd.Series("", rows.index)
    few = notes.str.extract(r"no p under ([^;,]*)")[0]
    few = "fewer than " + few.str.replace(" a side", where)
    few = few.fillna(notes.str.extract(r"no p where ([^;]*)")[0])
    hits = notes.str.contains("too few hits")
    return few.fillna(hits.map({True: "too few hits", False: None})).dropna()


def at_least(measure: str, size: float) -> str:
    """Return a ratio, or a difference in tone, that would be found, rounded up to be safe.

    >>> at_least("hedge", 1.41), at_least("hedge", 15.1), at_least("tone", 0.141)
    ('1.5', '16', '0.15')
    """
    digits = 2 if measure in TONES or size < 1.1 else 1 if size < 10 else 0
    return f"{np.ceil(round(10**digits * size, 9)) / 10**digits:.{digits}f}"


def _sides(rows: pd.DataFrame) -> tuple[str, str]:
    """Return of whom sizes are, and in comparison with whom."""
    firsts, seconds = rows["outlet_a"].unique(), rows["outlet_b"].unique()
    a = str(firsts[0]) if len(firsts) == 1 else "one" if len(seconds) == 1 else "the first of two"
    b = briefly(seconds[0]) if len(seconds) == 1 else "another" if a != "the first of two" else ""
    return a, b or "the second"


def _range(measure: str, low: float, high: float, sides: tuple[str, str]) -> str:
    """Return the size above no difference and that below it, rounded outward, where known."""
    if measure in TONES and np.isfinite(high):
        return f"at least {at_least(measure, high)}"
    sizes = [f"at least {at_least(measure, high)}"] if np.isfinite(high) else []
    sizes += [f"at most {np.floor(100 * low) / 100:.2f}"] if np.isfinite(low) else []
    lost = ", and anything less would be missed" if np.isfinite(high) else ""
    lost = lost or ", and anything more would be missed"
    said = f"{sides[0]} {' or '.join(sizes)} times as {_often(measure)} as {sides[1]}"
    return said + lost * (len(sizes) == 1) if sizes else ""


def _ratio(row: pd.Series[Any]) -> list[str]:
    """Return a ratio with its interval, if they are known and point where the difference does."""
    ratio = row[["ratio", "ratio_low", "ratio_high"]].to_numpy(float)
    known = row["measure"] not in TONES and np.isfinite(ratio).all() and ratio.min() > 0
    return _ratios(ratio) if known and np.log(ratio[0]) * row["estimate"] > 0 else []


def _ratios(values: Floats) -> list[str]:
    """Write ratios with two digits, or as many as it takes to see that one is not 1."""
    found = []
    for value in values:
        texts = [f"{value:#.{digits}g}" if value < 10 else f"{value:.0f}" for digits in (2, 3, 4)]
        found.append(next((text for text in texts if float(text) != 1), texts[-1]))
    return found
