"""Every comparison that a design asks for: estimated, tested, and adjusted for all of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.schema import TONES
from framing.stats import effects, notes
from framing.stats.checks import check_draws, check_margin, check_match
from framing.stats.effects import FEW
from framing.stats.fitting import Fit, fitted
from framing.stats.flips import LEVEL, Flips, flip, sign_flip_test, statistics
from framing.stats.lopsided import unlike
from framing.stats.multiple_tests import adjust_known, closed, groups_of_alike, holm, max_t
from framing.stats.sides import Design, Pair, pairs, sides
from framing.stats.signs import Signs, all_signs, is_exact
from framing.text.arrays import Bools, Floats

_TOGETHER = 8  # comparisons whose signs are flipped at a time: 40 MB
CLOSED = "closed testing of pairs"
_RELATED = 8  # outlets; there are 247 groups of them
_CELLS = 2**27  # statistics that are kept for the joint test: 512 MB


class Result(NamedTuple):
    """One comparison: what was estimated, and the tests of every measure.

    ``t`` of the measures that are tested jointly, with the signs that all comparisons share
    flipped: measures × patterns; empty where nothing is tested.
    """

    pair: Pair
    fit: Fit | None
    low: Floats
    high: Floats
    p: Floats
    rates: Bools  # measures whose p is not that of the flips
    few: Bools  # those of them whose p is that of how many units have a hit
    t: NDArray[np.float32]


class Compared(NamedTuple):
    """All comparisons, the patterns of signs of the joint tests, and the days of their clusters.

    ``topics``: whether topics were constant.
    """

    patterns: int
    results: list[Result]
    topics: bool
    days: Floats


def compared(
    articles: pd.DataFrame,
    design: Design,
    *,
    by: str,
    joint: Bools,
    clusters: Sequence[str] = (),
    outlet_a: str = "",
) -> Compared:
    """Estimate and test every comparison, or those whose first outlet is ``outlet_a``.

    ``joint`` are the measures that are tested together, ``clusters`` more of them that signs
    belong to.
    """
    _check(articles, by, design)
    everything = sides(articles, by, design, clusters)
    topics = not design.match and bool(articles["topic"].ne("").any())
    couples = [
        pair
        for pair in pairs(everything.outlets, design, topics=topics)
        if outlet_a in ("", pair.names[0])
    ]
    tested = [not notes.untested(pair, design) for pair in couples]
    tests = int(joint.sum()) * sum(tested)
    patterns = min(everything.signs.patterns, _CELLS // max(tests, 1) // 8 * 8)
    fits = [
        fitted(pair, topics=topics) if len(pair.a.words) and len(pair.b.words) else None
        for pair in couples
    ]
    results = []
    for batch in _batches(fits, design.n_resamples):
        asked = [joint & tested[i] for i in batch]
        flips: Sequence[Flips | None] = [None]
        if _is_random(fits[batch[0]], design.n_resamples):
            parts = [fits[i].parts for i in batch]  # type: ignore[union-attr]
            flips = flip(parts, everything.signs, joint=asked, patterns=patterns)
        results += [
            _result(couples[i], fits[i], everything.signs, one, which, design, patterns, tested[i])
            for i, one, which in zip(batch, flips, asked, strict=True)
        ]
    return Compared(patterns, results, topics, everything.days)


def _is_random(fit: Fit | None, n_resamples: int) -> bool:
    return fit is not None and not is_exact(len(fit.parts.codes), n_resamples)


def _batches(fits: Sequence[Fit | None], n_resamples: int) -> Iterator[list[int]]:
    """Yield the places of all comparisons, a few on the same clusters together."""

    def clusters(place: int) -> bytes:
        fit = fits[place]
        return fit.parts.codes.tobytes() if fit and _is_random(fit, n_resamples) else b""

    for key, run in itertools.groupby(range(len(fits)), clusters):
        places = list(run)
        step = _TOGETHER if key else 1
        yield from (places[k : k + step] for k in range(0, len(places), step))


def _result(
    pair: Pair,
    fit: Fit | None,
    signs: Signs,
    flips: Flips | None,
    joint: Bools,
    design: Design,
    patterns: int,
    tested: bool,
) -> Result:
    """Test a comparison; without ``flips`` all patterns of signs are tried."""
    nothing, none = np.full(len(design.measures), np.nan), np.full(len(design.measures), False)
    t = np.empty((joint.sum(), 0), np.float32)
    if not fit:
        return Result(pair, None, nothing, nothing, nothing, none, none, t)
    parts = fit.parts
    if flips:
        p, low, high = sign_flip_test(parts, signs, flips=flips)
        t = _signed(flips.moved[joint, :patterns], flips.t[joint, :patterns])
    else:
        if joint.any():
            t = _signed(*statistics(parts.take(joint), signs, slice(0, patterns)))
        signs = all_signs(len(parts.codes))
        parts = parts._replace(codes=np.arange(len(parts.codes)))
        p, low, high = sign_flip_test(parts, signs)
    cues = np.array([name not in TONES for name in design.measures])
    better = unlike(pair, fit, design, cues, effects.log_ratio(fit))
    rates = better.logs | better.few
    p, low, high = (np.where(rates, *x) for x in zip(better.test, (p, low, high), strict=True))
    enough = np.minimum(np.count_nonzero(parts.parts, axis=0), np.add(*fit.some)) >= FEW
    enough &= parts.error > 1e-9 * np.maximum(*map(np.abs, fit.means))
    enough &= min(len(pair.a.words), len(pair.b.words)) >= FEW
    enough &= bool(design.match) or not any(map(notes.is_crowded, (pair.a, pair.b)))
    low, high = (np.where(enough & np.isfinite(end), end, np.nan) for end in (low, high))
    still = np.abs(parts.difference) <= 1e-12 * np.maximum(*map(np.abs, fit.means))
    p = np.where(still & ~np.isnan(p), 1.0, p)  # not of what rounding leaves
    p = p if tested else nothing
    return Result(pair, fit, low, high, p, rates, better.few, t)


def _signed(moved: Floats, t: Floats) -> NDArray[np.float32]:
    return np.copysign(t, moved).astype(np.float32)


class Adjusted(NamedTuple):
    """Adjusted p and the levels of single tests, comparisons × measures, and how it was done."""

    p: Floats
    level: Floats
    how: str = ""


def adjust(found: Compared, design: Design, joint: Bools) -> Adjusted:
    """Adjust the p of all comparisons for those measures that were tested ``joint``ly."""
    results = found.results
    adjusted = np.full((len(results), len(joint)), np.nan)
    family = [i for i, result in enumerate(results) if joint.any() and not np.isnan(result.p).all()]
    if not family:
        return Adjusted(adjusted, np.full_like(adjusted, LEVEL))
    known = np.array([results[i].p for i in family])
    there = ~np.isnan(known).all(axis=0)  # tone of texts that are not English is missing
    joint, kept = joint & there, there[joint]
    patterns = results[family[0]].t.shape[1]
    t = np.empty((len(family), joint.sum(), patterns), np.float32)  # up to 512 MB, held once
    for place, i in enumerate(family):
        np.abs(results[i].t[kept], out=t[place])
    freedom = np.array([float(results[i].fit.parts.freedom) for i in family])  # type: ignore[union-attr]
    known = known[:, joint]
    how = ""
    if _are_related([results[i] for i in family], design, topics=found.topics):
        ends = np.array([results[i].pair.names for i in family])
        groups = groups_of_alike(*np.unique(ends, return_inverse=True)[1].reshape(ends.shape).T)
        measures = t.shape[1]
        p = measures * np.stack(
            [closed(t[:, m], freedom, *groups) for m in range(measures)], axis=1
        )
        level = LEVEL / measures * float(groups[1].min())  # of the smallest groups: pairs
        p, how = np.minimum(p, 1), CLOSED
    else:
        p, level = max_t(t.reshape(-1, t.shape[2]), np.repeat(freedom, t.shape[1]))
    # What is not tested by flips is adjusted by Holm's method: the tails of the other tests are not
    # those of flips, which are short where cues are skewed.
    apart = np.array([results[i].rates[joint] for i in family])
    single = np.where(apart, LEVEL / apart.size, level)
    least = np.where(apart, adjust_known(known.ravel(), holm).reshape(known.shape), known)
    tested, levels = np.ix_(np.array(family), np.flatnonzero(joint)), np.full_like(adjusted, level)
    adjusted[tested] = np.where(apart, least, np.maximum(p.reshape(known.shape), least))
    levels[tested] = single
    return Adjusted(adjusted, levels, how)


def _are_related(results: list[Result], design: Design, *, topics: bool) -> bool:
    """Return whether outlets of which two are alike are alike themselves.

    So it is with their means over all articles, or over the same events: not with those over
    events, or topics, that another two share.
    """
    outlets = {name for result in results for name in result.pair.names}
    if design.against != "pairs" or topics or not 3 <= len(outlets) <= _RELATED:
        return False
    codes = [result.fit.parts.codes for result in results if result.fit]
    same = all(np.array_equal(codes[0], other) for other in codes)
    return not any(result.rates.any() for result in results) and (same or not design.match)


def cells(result: Result, design: Design) -> dict[str, Any]:
    """Return estimate, ratio, p and what was compared: one cell per measure, or one for all."""
    pair, fit = result.pair, result.fit
    nothing = np.full(len(design.measures), np.nan)
    row = {
        "measure": design.measures,
        "outlet_a": pair.names[0],
        "outlet_b": pair.names[1],
        "estimate": np.subtract(*fit.means) if fit else nothing,
        "low": result.low,
        "high": result.high,
        "ratio": only_cues(design) * np.exp(effects.log_ratio(fit).mean) if fit else nothing,
        "p": result.p,
        "events": len(pair.a.words) if design.match else 0,
        "units": len(fit.parts.codes) if fit else 0,
    }
    for side, letter in zip((pair.a, pair.b), "ab", strict=True):
        row |= {f"articles_{letter}": side.articles.sum(), f"words_{letter}": side.words.sum()}
    return row


def only_cues(design: Design) -> Floats:
    """Return 1 for measures that have a ratio, and NaN for tone."""
    return np.array([np.nan if name in TONES else 1.0 for name in design.measures])


def stack(rows: list[dict[str, Any]], measures: int) -> pd.DataFrame:
    """Stack the rows of the comparisons, all comparisons of a measure together."""
    columns = {}
    for name in rows[0]:
        cells = [np.broadcast_to(np.asarray(row[name], object), measures) for row in rows]
        columns[name] = np.stack(cells, axis=1).ravel().tolist()
    return pd.DataFrame(columns)


def _check(articles: pd.DataFrame, by: str, design: Design) -> None:
    names = articles[by].unique()
    if len(names) < 2:
        raise ValueError(f"column {by!r} must have two values or more, got only {names[0]!r}")
    check_match(design.match)
    if design.weight not in ("articles", "words"):
        raise ValueError(f'weight must be "articles" or "words", got {design.weight!r}')
    if design.against not in ("pairs", "rest", *names):
        known = ", ".join(sorted(map(str, names)))
        raise ValueError(
            f'against must be "pairs", "rest" or one of {known}, got {design.against!r}'
        )
    check_margin(design.smallest)
    check_draws(design.n_resamples, design.seed)
    if design.match and articles["event"].eq("").all():
        raise ValueError(
            "match=\"event\" needs a column 'event' that is filled (framing.find_events can "
            "derive one); or use match=None"
        )
