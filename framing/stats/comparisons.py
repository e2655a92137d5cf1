"""Every comparison that a design asks for: estimated, tested, and adjusted for all of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.schema import TONES
from framing.stats import effects, notes
from framing.stats.checks import check_against, check_draws, check_margin, check_match
from framing.stats.effects import FEW
from framing.stats.fitting import Fit, fitted, stacked
from framing.stats.flips import LEVEL, Flips, Parts, flip, sign_flip_test, statistics
from framing.stats.lopsided import unlike
from framing.stats.multiple_tests import adjust_known, closed, groups_of_alike, holm, max_t
from framing.stats.sides import Design, Pair, pairs, sides, within_topics
from framing.stats.signs import Signs, all_signs, draw_signs, is_exact
from framing.text.arrays import Bools, Floats, Ints

_TOGETHER = 8  # comparisons whose signs are flipped at a time: 40 MB
CLOSED = "closed testing of pairs"
_RELATED = 8  # outlets; there are 247 groups of them
_CELLS = 2**27  # statistics that are kept for the joint test: 512 MB


class Tests(NamedTuple):
    """Interval and p of every measure, and in which way it is tested."""

    low: Floats
    high: Floats
    p: Floats
    rates: Bools  # measures whose p is not that of the flips
    few: Bools  # those of them whose p is that of how many units have a hit


class Compared(NamedTuple):
    """All comparisons: what was estimated, and the tests, comparisons × measures.

    ``t`` of the measures that are tested jointly, with the signs that all comparisons share
    flipped: measures × patterns; empty where nothing is tested. ``topics``: whether topics were
    constant; ``days``: those of clusters.
    """

    pairs: list[Pair]
    untested: list[str]  # why a comparison has no p
    parts: list[Parts]
    fit: Fit
    tests: Tests
    t: list[NDArray[np.float32]]
    patterns: int
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
    """Estimate and test every comparison, or those of ``outlet_a``.

    ``joint`` are the measures that are tested together, ``clusters`` more of them that signs
    belong to.
    """
    _check(articles, by, design)
    everything = sides(articles, by, design, clusters)
    signs = draw_signs(everything.clusters, n_resamples=design.n_resamples, seed=design.seed)
    topics = within_topics(articles, design)
    couples = [
        pair
        for pair in pairs(everything.outlets, design, topics=topics)
        if outlet_a in ("", *pair.names)
    ]
    untested = [notes.untested(pair, design) for pair in couples]
    asked = [joint & (not reason) for reason in untested]
    patterns = min(signs.patterns, _CELLS // max(int(np.sum(asked)), 1) // 8 * 8)
    parts, fits = zip(*(fitted(pair, topics=topics) for pair in couples), strict=True)
    flips = _flips(parts, signs, asked, patterns, design.n_resamples)
    test = partial(_tested, signs=signs, design=design, patterns=patterns)
    tests, t = zip(*map(test, couples, parts, fits, flips, asked), strict=True)
    of_all = Tests(*map(np.stack, zip(*tests, strict=True)))
    of_all.p[np.array(untested) != ""] = np.nan
    return Compared(
        couples, untested, list(parts), stacked(fits), of_all, list(t), patterns, topics,
        everything.days,
    )  # fmt: skip


def standard_errors(articles: pd.DataFrame, design: Design, *, by: str) -> Floats:
    """Return the standard errors of the estimates, comparisons × measures."""
    topics = within_topics(articles, design)
    couples = pairs(sides(articles, by, design).outlets, design, topics=topics)
    return np.array([fitted(pair, topics=topics)[0].error for pair in couples])


def _flips(
    several: Sequence[Parts], signs: Signs, joint: list[Bools], patterns: int, n_resamples: int
) -> Iterator[Flips | None]:
    """Flip the signs of every comparison, of a few on the same clusters together.

    None of one with so few clusters that all patterns of their signs are tried.
    """

    def clusters(one: tuple[Parts, Bools]) -> bytes:
        codes = one[0].codes
        return b"" if is_exact(len(codes), n_resamples) else codes.tobytes()

    found: Sequence[Flips | None]
    for key, run in itertools.groupby(zip(several, joint, strict=True), clusters):
        while some := list(itertools.islice(run, _TOGETHER)):
            parts, asked = zip(*some, strict=True)
            found = [None] * len(some)
            if key:
                found = flip(parts, signs, joint=asked, patterns=patterns)
            yield from found


def _tested(
    pair: Pair,
    parts: Parts,
    fit: Fit,
    flips: Flips | None,
    joint: Bools,
    *,
    signs: Signs,
    design: Design,
    patterns: int,
) -> tuple[Tests, NDArray[np.float32]]:
    """Test a comparison; without ``flips`` all patterns of signs are tried."""
    t = np.empty((joint.sum(), 0), np.float32)
    if not len(parts.codes):
        nothing, none = np.full(len(design.measures), np.nan), np.full(len(design.measures), False)
        return Tests(nothing, nothing, nothing, none, none), t
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
    better, rates, few = unlike(pair, fit, design, cues)
    p, low, high = (np.where(rates, *x) for x in zip(better, (p, low, high), strict=True))
    enough = np.minimum(np.count_nonzero(parts.parts, axis=0), np.add(*fit.some)) >= FEW
    enough &= fit.error > 1e-9 * np.maximum(*np.abs(fit.means))
    enough &= min(len(pair.a.words), len(pair.b.words)) >= FEW
    enough &= bool(design.match) or not any(map(notes.is_crowded, (pair.a, pair.b)))
    low, high = (np.where(enough & np.isfinite(end), end, np.nan) for end in (low, high))
    still = np.abs(fit.difference) <= 1e-12 * np.maximum(*np.abs(fit.means))
    p = np.where(still & ~np.isnan(p), 1.0, p)  # not of what rounding leaves
    return Tests(low, high, p, rates, few), t


def _signed(moved: Floats, t: Floats) -> NDArray[np.float32]:
    return np.copysign(t, moved).astype(np.float32)


class Adjusted(NamedTuple):
    """Adjusted p and the levels of single tests, comparisons × measures, and how it was done."""

    p: Floats
    level: Floats
    how: str = ""


def adjust(found: Compared, design: Design, joint: Bools) -> Adjusted:
    """Adjust the p of all comparisons for those measures that were tested ``joint``ly."""
    adjusted = np.full_like(found.tests.p, np.nan)
    family = np.flatnonzero(~np.isnan(found.tests.p).all(axis=1))
    if not (joint.any() and len(family)):
        return Adjusted(adjusted, np.full_like(adjusted, LEVEL))
    known = found.tests.p[family]
    there = np.asarray(
        ~np.isnan(known).all(axis=0)
    )  # tone of texts that are not English is missing
    joint, kept = joint & there, there[joint]
    patterns = found.t[family[0]].shape[1]
    t = np.empty((len(family), joint.sum(), patterns), np.float32)  # up to 512 MB, held once
    for place, i in enumerate(family):
        np.abs(found.t[i][kept], out=t[place])
    freedom = np.array([float(found.parts[i].freedom) for i in family])
    known = known[:, joint]
    how = ""
    if _are_related(found, family, design):
        ends = np.array([found.pairs[i].names for i in family])
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
    apart = found.tests.rates[np.ix_(family, joint)]
    single = np.where(apart, LEVEL / apart.size, level)
    least = np.where(apart, adjust_known(known.ravel(), holm).reshape(known.shape), known)
    tested, levels = np.ix_(family, joint), np.full_like(adjusted, level)
    adjusted[tested] = np.where(apart, least, np.maximum(p.reshape(known.shape), least))
    levels[tested] = single
    return Adjusted(adjusted, levels, how)


def _are_related(found: Compared, family: Ints, design: Design) -> bool:
    """Return whether outlets of which two are alike are alike themselves.

    So it is with their means over all articles, or over the same events: not with those over
    events, or topics, that another two share.
    """
    outlets = {name for i in family for name in found.pairs[i].names}
    if design.against != "pairs" or found.topics or not 3 <= len(outlets) <= _RELATED:
        return False
    codes = [found.parts[i].codes for i in family]
    same = all(np.array_equal(codes[0], other) for other in codes)
    return not found.tests.rates[family].any() and (same or not design.match)


def cells(found: Compared, design: Design) -> dict[str, Any]:
    """Return estimate, ratio, p and what was compared, comparisons × measures or × 1."""
    names = np.array([pair.names for pair in found.pairs], object)
    tests, measures = found.tests, np.array(design.measures, object)
    columns = {
        "measure": np.tile(measures, (len(names), 1)),
        "outlet_a": names[:, [0]],
        "outlet_b": names[:, [1]],
        "estimate": np.subtract(*found.fit.means),
        "low": tests.low,
        "high": tests.high,
        "ratio": only_cues(design) * np.exp(effects.log_ratio(found.fit).mean),
        "p": tests.p,
        "events": [[len(pair.a.words) if design.match else 0] for pair in found.pairs],
        "units": [[len(parts.codes)] for parts in found.parts],
    }
    for letter in "ab":
        sides = [getattr(pair, letter) for pair in found.pairs]
        columns[f"articles_{letter}"] = [[side.articles.sum()] for side in sides]
        columns[f"words_{letter}"] = [[side.words.sum()] for side in sides]
    return columns


def only_cues(design: Design) -> Floats:
    """Return 1 for measures that have a ratio, and NaN for tone."""
    return np.array([np.nan if name in TONES else 1.0 for name in design.measures])


def stack(columns: dict[str, Any]) -> pd.DataFrame:
    """Make a table of columns as `cells` returns them, all comparisons of a measure together."""
    arrays = np.broadcast_arrays(*map(np.asarray, columns.values()))
    return pd.DataFrame(
        {name: array.T.ravel() for name, array in zip(columns, arrays, strict=True)}
    )


def _check(articles: pd.DataFrame, by: str, design: Design) -> None:
    names = articles[by].unique()
    if len(names) < 2:
        raise ValueError(f"column {by!r} must have two values or more, got only {names[0]!r}")
    check_match(design.match)
    if design.weight not in ("articles", "words"):
        raise ValueError(f'weight must be "articles" or "words", got {design.weight!r}')
    check_against(design.against, names)
    check_margin(design.smallest)
    check_draws(design.n_resamples, design.seed)
    if design.match and articles["event"].eq("").all():
        raise ValueError(
            "match=\"event\" needs a column 'event' that is filled (framing.find_events can "
            "derive one); or use match=None"
        )
