"""Before and after days that were named beforehand, with outlets held constant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from framing.schema import BODY, TONES, confirmatory
from framing.stats.articles import stacked
from framing.stats.effects import FEW
from framing.stats.flips import LEVEL
from framing.stats.measures import chosen_measures, known_measures
from framing.stats.multiple_tests import adjust_measures
from framing.stats.notes import put_first
from framing.stats.periods import MIN_ARTICLES, WORDS, dated_articles, planned_days, thin
from framing.stats.sums import sums_by
from framing.text.arrays import Bools, Floats, Ints
from framing.text.encoding import printable
from framing.text.numbers import many

BREAKS = [
    "measure", "break", "before", "after", "estimate", "low", "high", "ratio", "ratio_low",
    "ratio_high", "p", "p_adjusted", "articles_before", "articles_after", "outlets", "periods",
    "blocks", "method", "note",
]  # fmt: skip
_BLOCKS = 6  # a side, if there are as many periods
_SHORT = 30  # periods; where they follow themselves by .4, p ≤ .05 in .07 to .085 of shorter series
_SAME = 1e-9
_METHOD = "Within {by}s on both sides, blocks of about {size} {word}s, jackknife, Welch's t"


def compare_periods(
    scores: pd.DataFrame,
    breaks: str | date | Sequence[str | date],
    *,
    by: str = "outlet",
    freq: str = "W",
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
    min_articles: int = MIN_ARTICLES,
) -> pd.DataFrame:
    """Compare the time after each planned break with the time before it, outlets held constant.

    Articles of neighbouring weeks are alike, since stories last. Blocks of periods are therefore
    the units, not articles or events (block jackknife; Künsch 1989). A side with n of the N periods
    that are compared has b = max(min(n, 6), n // round(N ** (1 / 3))) blocks; its period k, counted
    from 0, is in block k * b // n.

    Parameters
    ----------
    scores, by, freq, measures, roles, min_articles
        As for ``trend``; periods with fewer articles are left out.
    breaks : str or date, or sequence of them
        The first days of what may be new, such as ``"2022-02-24"``: named before the series was
        seen. A day that was chosen for how the series looks will differ by chance.

    Returns
    -------
    DataFrame
        One row per measure and break. Each side reaches to the next break, or to the end:

        - ``break``: the first day after; ``before``, ``after``: the levels of both sides, means of
          outlets with the same weights before and after, n_b n_a / (n_b + n_a) of an outlet with
          n_b articles before and n_a after (so one that has few on a side, and whose change is
          little known, counts little); ``estimate``: after minus before (cues per 100 words, or
          tone), with its 95 % interval ``low`` to ``high``;
        - ``ratio``: after over before, with ``ratio_low`` and ``ratio_high``, for cues only;
        - ``p``: two-sided, of the estimate; ``p_adjusted``: Holm's over the measures that
          ``compare`` tests together, at all breaks; others are exploratory;
        - ``articles_before``, ``articles_after``, ``outlets``: with articles on both sides;
          ``periods``, ``blocks``: of both sides together; ``method``, ``note``.

        Intervals and p are NaN under 5 blocks a side, or under 5 with such a cue. A level that
        rises or falls all the time differs before and after any day: look at ``plot_trend``.

    Raises
    ------
    ValueError
        As for ``trend``; and if a break has no article, or no outlet, on both sides.

    Examples
    --------
    >>> days = pd.date_range("2031-03-03", periods=126)
    >>> scores = pd.DataFrame({"outlet": "A", "article": [f"a{k}" for k in range(126)],
    ...                        "date": days, "role": "body", "words": 100,
    ...                        "hedge": [1, 2, 3] * 21 + [2, 4, 6] * 21})
    >>> found = compare_periods(scores, "2031-05-05", measures="hedge")
    >>> found[["before", "after", "ratio", "blocks"]].values.tolist()
    [[2.0, 4.0, 2.0, 12.0]]
    """
    articles, undated = dated_articles(scores, by=by, freq=freq, measures=measures, roles=roles)
    few, left_out = thin(articles, freq, min_articles)
    articles = articles[~few]
    chosen = chosen_measures(scores, measures, by)
    planned = planned_days(breaks)
    if not planned:
        raise ValueError("breaks must name one day or more, got none")
    days = [pd.Timestamp.min, *planned, pd.Timestamp.max]
    tables = []
    for start, day, end in zip(days, days[1:], days[2:], strict=False):
        around = articles[articles["date"].between(start, end, inclusive="left")]
        halves = _halves(around, day, by)
        found = _compared(halves, chosen)
        if alone := len(around) - len(halves.articles):
            found = put_first(found, f"{many(alone, 'article')} of {by}s on one side left out")
        size = f"{halves.periods / len(halves.after):.1f}"
        method = _METHOD.format(by=by, word=WORDS[freq], size=size)
        tables.append(found.assign(**{"break": day, "method": method}))
    table = adjust_measures(stacked(tables, chosen), confirmatory(known_measures(scores, by)))
    notes = [[own, undated, left_out] for own in table["note"]]
    return table.assign(note=["; ".join(filter(None, parts)) for parts in notes])[BREAKS]


class _Halves(NamedTuple):
    """Articles of outlets on both sides of a day; those before have the first blocks."""

    articles: pd.DataFrame
    outlet: Ints
    block: Ints
    after: Bools  # a block
    periods: int


def _halves(articles: pd.DataFrame, day: pd.Timestamp, by: str) -> _Halves:
    """Take the outlets that have articles on both sides of a day, and cut the sides into blocks."""
    sides = [articles[articles["date"] < day], articles[articles["date"] >= day]]
    both = {*sides[0][by]} & {*sides[1][by]}
    if not both:
        raise ValueError(
            f"no {printable(by)} has articles both before and after {day:%Y-%m-%d} in periods "
            "with enough of them, up to the next break on either side"
        )
    sides = [side[side[by].isin(both)] for side in sides]
    place = [pd.factorize(side["period"], sort=True)[0] for side in sides]
    periods = [codes.max() + 1 for codes in place]
    length = round(sum(periods) ** (1 / 3))
    blocks = [max(min(n, _BLOCKS), n // length) for n in periods]
    cut = [codes * b // n for codes, b, n in zip(place, blocks, periods, strict=True)]
    rows = pd.concat(sides)
    return _Halves(
        rows,
        pd.factorize(rows[by], sort=True)[0],
        np.concatenate([cut[0], cut[1] + blocks[0]]),
        np.repeat([False, True], blocks),
        sum(periods),
    )


def _compared(halves: _Halves, measures: list[str]) -> pd.DataFrame:
    """Return levels, difference and ratio with their intervals, and p, of every measure."""
    values, after = halves.articles[measures].to_numpy(float), halves.after
    sums, sizes = _by_block(halves, values), _by_block(halves, np.ones((len(values), 1)))
    levels = _standardised(sums, sizes, after)
    cues = np.array([name not in TONES for name in measures])
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(cues, np.log(levels[1] / levels[0]), np.nan)
    some = _by_block(halves, (values != 0).astype(float)).sum(axis=1) > 0  # blocks × measures
    blocks = [some[after == side] for side in (False, True)]
    enough = [np.where(cues, side.sum(axis=0), len(side)) >= FEW for side in blocks]
    change = _changed(levels[1] - levels[0], after, np.logical_and(*enough))
    ratio = _changed(logs, after, np.logical_and(*enough))
    n = [len(side) for side in blocks]
    note = ""
    if min(n) < FEW:
        note = f"no interval and no p under {FEW} blocks a side, here {n[0]} and {n[1]}"
    elif halves.periods < _SHORT:
        note = f"under {_SHORT} periods p is slightly low where neighbouring ones are alike"
    if min(n) >= FEW and _is_crowded(halves):
        most = "over half of the articles of a side are in one block: p is slightly low"
        note = "; ".join(filter(None, [most, note]))
    table = {"measure": measures, "before": levels[0][0], "after": levels[1][0]}
    table |= {"estimate": change.mean, "low": change.low, "high": change.high, "p": change.p}
    table |= {"ratio": np.exp(ratio.mean)}
    table |= {"ratio_low": np.exp(ratio.low), "ratio_high": np.exp(ratio.high)}
    number = np.bincount(after[halves.block], minlength=2)
    return pd.DataFrame(table).assign(
        articles_before=number[0], articles_after=number[1], outlets=halves.outlet.max() + 1,
        periods=halves.periods, blocks=len(after), note=note,
    )  # fmt: skip


def _is_crowded(halves: _Halves) -> bool:
    """Return whether a block has over half of the articles of its side: .08 where weeks move."""
    size = np.bincount(halves.block, halves.articles["weight"], len(halves.after))
    sides = [size[halves.after == side] for side in (False, True)]
    return any(2 * side.max() > side.sum() for side in sides)


class _Change(NamedTuple):
    """A change with its interval and p, an element a measure."""

    mean: Floats
    low: Floats
    high: Floats
    p: Floats


def _changed(estimates: Floats, after: Bools, enough: Bools) -> _Change:
    """Test changes by a jackknife: ``estimates`` of all blocks, and then without each of them.

    Student's t with the freedom of Welch (1938), since the sides may vary differently.
    """
    n = [(after == side).sum() - 1 for side in (False, True)]
    with np.errstate(divide="ignore", invalid="ignore"):
        without = estimates[1:] - estimates[1:].mean(axis=0)
        parts = [(without[after == side] ** 2).sum(axis=0) for side in (False, True)]
        freedom = sum(parts) ** 2 / (parts[0] ** 2 / n[0] + parts[1] ** 2 / n[1])
        error = np.where(enough, np.sqrt(sum(parts) * (len(after) - 1) / len(after)), np.nan)
        error = np.where(error > _SAME * np.abs(estimates).max(axis=0), error, np.nan)
        p = 2 * special.stdtr(freedom, -np.abs(estimates[0]) / error)
    reach = special.stdtrit(freedom, 1 - LEVEL / 2) * error
    return _Change(estimates[0], estimates[0] - reach, estimates[0] + reach, p)


def _by_block(halves: _Halves, values: Floats) -> Floats:
    """Sum weighted values by block, outlet and measure."""
    outlets = halves.outlet.max() + 1
    cell, n = halves.block * outlets + halves.outlet, len(halves.after) * outlets
    weight = halves.articles["weight"].to_numpy()[:, None]
    return sums_by(cell, weight * values, n).reshape(len(halves.after), outlets, -1)


def _standardised(sums: Floats, sizes: Floats, after: Bools) -> tuple[Floats, Floats]:
    """Return the means before and after, of all blocks and then without each of them.

    Outlets have the same weight on both sides, the harmonic mean of their numbers of articles; the
    ratio is that of Mantel & Haenszel (Rothman & Boice 1979).
    """
    means = []
    for side in (False, True):
        on = (after == side)[:, None, None]
        total = [(x * on).sum(axis=0) - np.concatenate([0 * x[:1], x * on]) for x in (sums, sizes)]
        means.append(total)
    (sum_a, size_a), (sum_b, size_b) = means
    with np.errstate(divide="ignore", invalid="ignore"):
        both = np.nan_to_num(size_a * size_b / (size_a + size_b))
        shares = both / both.sum(axis=1, keepdims=True)
        level = [np.nan_to_num(x / n) for x, n in ((sum_a, size_a), (sum_b, size_b))]
    return (shares * level[0]).sum(axis=1), (shares * level[1]).sum(axis=1)
