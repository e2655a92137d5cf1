"""Every comparison that a design asks for: estimated, tested, and adjusted for all of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.arguments import check_against, check_draws, check_margin, check_match, spelled
from framing.schema import TONES
from framing.stats import effects, notes
from framing.stats.effects import FEW
from framing.stats.fitting import Fit, fitted
from framing.stats.flips import LEVEL, FlipTest, Parts, sign_flip_test, statistics
from framing.stats.lopsided import unlike
from framing.stats.multiple_tests import adjust_known, closed, groups_of_alike, holm, max_t
from framing.stats.sides import Design, Pair, pairs, sides, within_topics
from framing.stats.signs import Signs, all_signs, draw_signs, is_exact
from framing.text.arrays import Bools, Floats, Ints

_PATTERNS = 16_000  # of a measure, and what they are summed from
_HELD = 2**22  # values and statistics of comparisons that are tested at a time: 32 MB
_FITTED = 2**19  # values of comparisons that are estimated at a time
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
    flipped: comparisons × measures × patterns, of those comparisons that are ``tested``.
    ``topics``: whether topics were constant; ``days``: those of clusters.
    """

    pairs: list[Pair]
    untested: list[str]  # why a comparison has no p
    parts: list[Parts]
    fit: Fit
    tests: Tests
    t: NDArray[np.float32]
    tested: Ints
    topics: bool
    days: Floats


def compared(
    articles: pd.DataFrame, design: Design, *, by: str, joint: Bools, clusters: Sequence[str] = ()
) -> Compared:
    """Estimate and test every comparison.

    ``joint`` are the measures that are tested together, ``clusters`` more of them that signs
    belong to.
    """
    _check(articles, by, design)
    everything = sides(articles, by, design, clusters)
    signs = draw_signs(everything.clusters, n_resamples=design.n_resamples, seed=design.seed)
    topics = within_topics(articles, design)
    couples = list(pairs(everything.outlets, design, topics=topics))
    cues = np.array([name not in TONES for name in design.measures])
    parts: list[Parts] = []
    fits, better = [], []
    for some in _batches(couples, len(cues)):
        several, fit = fitted(some, topics=topics)
        parts += several
        fits.append(fit)
        better.append(unlike(some, fit, design, cues))
    fit = Fit._make(np.concatenate(field, axis=-2) for field in zip(*fits, strict=True))
    untested = [notes.untested(pair, design) for pair in couples]
    tested = np.flatnonzero(np.array(untested) == "")
    flips, t = _flipped(parts, tested, signs, design, joint)
    tests = _chosen(couples, fit, design, flips, better)
    tests.p[np.array(untested) != ""] = np.nan
    return Compared(couples, untested, parts, fit, tests, t, tested, topics, everything.days)


def standard_errors(articles: pd.DataFrame, design: Design, *, by: str) -> Floats:
    """Return the standard errors of the estimates, comparisons × measures."""
    topics = within_topics(articles, design)
    couples = list(pairs(sides(articles, by, design).outlets, design, topics=topics))
    batches = _batches(couples, len(design.measures))
    return np.concatenate([fitted(some, topics=topics)[1].error for some in batches])


def _batches(couples: Sequence[Pair], measures: int) -> Iterator[list[Pair]]:
    """Yield a few comparisons after another, about as many values as are held at a time."""
    ends = np.cumsum([len(pair.a.words) + len(pair.b.words) for pair in couples])
    batch = ends * measures // _FITTED
    for _, run in itertools.groupby(range(len(couples)), batch.__getitem__):
        yield [couples[k] for k in run]


def _flipped(
    parts: Sequence[Parts], tested: Ints, signs: Signs, design: Design, joint: Bools
) -> tuple[FlipTest, NDArray[np.float32]]:
    """Test all comparisons by flips, and return t of the ``joint`` measures of those ``tested``."""
    number = int(joint.sum()) * len(tested)
    patterns = min(signs.patterns, _CELLS // max(number, 1) // 8 * 8)
    found = np.full((3, len(parts), len(joint)), np.nan)
    t = np.zeros((len(tested), joint.sum(), patterns), np.float32)
    for places, some in _alike(parts, tested):
        n, own = some.codes.shape[-1], (some, signs)
        if is_exact(n, design.n_resamples):
            own = some._replace(codes=np.arange(n)), all_signs(n)
        found[:, places] = sign_flip_test(*own)
        if number and places[0] in tested:
            several = some.part(np.tile(joint, (len(places), 1)))
            moved, squares = statistics(several, signs, slice(0, patterns))
            t[np.searchsorted(tested, places)] = np.copysign(np.sqrt(squares), moved)
    return FlipTest(*found), t


def _alike(parts: Sequence[Parts], tested: Ints) -> Iterator[tuple[Ints, Parts]]:
    """Yield comparisons of as many clusters, a few at a time, and their places."""
    has_p = set(tested.tolist())
    kinds = {
        k: (len(one.codes), one.even, k in has_p, -1 if one.strata is None else k)
        for k, one in enumerate(parts)
        if len(one.codes)
    }
    for _, run in itertools.groupby(sorted(kinds, key=kinds.__getitem__), kinds.__getitem__):
        members = np.array(list(run))
        n, m = parts[members[0]].parts.shape
        step = 1 + _HELD // (m * (n + _PATTERNS))
        for some in np.split(members, range(step, len(members), step)):
            fields = zip(*(parts[k][:3] for k in some), strict=True)
            yield some, Parts._make([*map(np.stack, fields), parts[some[0]].strata])


def _chosen(
    couples: Sequence[Pair],
    fit: Fit,
    design: Design,
    flips: FlipTest,
    better: Sequence[tuple[FlipTest, Bools, Bools]],
) -> Tests:
    """Choose between the tests of every measure, and leave out what too little is known of."""
    logs, rates, few = (np.concatenate(of_all, axis=-2) for of_all in zip(*better, strict=True))
    p, low, high = np.where(rates, logs, flips)
    enough = np.minimum(fit.differ, np.add(*fit.some)) >= FEW
    enough &= fit.error > 1e-9 * np.maximum(*np.abs(fit.means))
    enough &= np.minimum(*fit.sizes) >= FEW
    crowded = [[pair.a.is_crowded or pair.b.is_crowded] for pair in couples]
    enough &= bool(design.match) or ~np.array(crowded)
    low, high = (np.where(enough & np.isfinite(end), end, np.nan) for end in (low, high))
    still = np.abs(np.subtract(*fit.means)) <= 1e-12 * np.maximum(*np.abs(fit.means))
    p = np.where(still & ~np.isnan(p), 1.0, p)  # not of what rounding leaves
    return Tests(low, high, p, rates, few)


class Adjusted(NamedTuple):
    """Adjusted p and the levels of single tests, comparisons × measures, and how it was done."""

    p: Floats
    level: Floats
    how: str = ""


def adjust(found: Compared, design: Design, joint: Bools) -> Adjusted:
    """Adjust the p of all comparisons for those measures that were tested ``joint``ly."""
    adjusted = np.full_like(found.tests.p, np.nan)
    family = np.flatnonzero(~np.isnan(found.tests.p).all(axis=1))
    known = found.tests.p[family]
    there = np.asarray(~np.isnan(known).all(axis=0))  # not the tone of other languages
    joint, kept = joint & there, there[joint]
    if not joint.any():
        return Adjusted(adjusted, np.full_like(adjusted, LEVEL))
    chosen = np.isin(found.tested, family)  # of 512 MB, of which there is no copy if it is all
    t = found.t if chosen.all() and kept.all() else found.t[np.ix_(chosen, kept)]
    freedom = np.array([float(found.parts[i].freedom) for i in family])
    known, how = known[:, joint], ""
    if _are_related(found, family, design):
        ends = np.array([found.pairs[i].names for i in family])
        groups = groups_of_alike(*np.unique(ends, return_inverse=True)[1].reshape(ends.shape).T)
        measures = t.shape[1]
        each = [closed(t[:, m], freedom, *groups) for m in range(measures)]
        p = measures * np.stack(each, axis=1)
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
    names, tests = np.array([pair.names for pair in found.pairs], object), found.tests
    columns = {
        "measure": np.array(design.measures, object),
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
        columns[f"articles_{letter}"] = [[side.number] for side in sides]
        columns[f"words_{letter}"] = [[side.length] for side in sides]
    return columns


def only_cues(design: Design) -> Floats:
    """Return 1 for measures that have a ratio, and NaN for tone."""
    return np.array([np.nan if name in TONES else 1.0 for name in design.measures])


def stack(columns: dict[str, Any]) -> pd.DataFrame:
    """Make a table of columns as `cells` returns them, all comparisons of a measure together."""
    arrays = np.broadcast_arrays(*map(np.asarray, columns.values()))
    return pd.DataFrame({name: x.T.ravel() for name, x in zip(columns, arrays, strict=True)})


def _check(articles: pd.DataFrame, by: str, design: Design) -> None:
    names = articles[by].unique()
    if len(names) < 2:
        raise ValueError(f"column {by!r} must have two values or more, got only {names[0]!r}")
    check_match(design.match)
    if design.weight not in ("articles", "words"):
        raise ValueError(f'weight must be "articles" or "words", got {design.weight!r}')
    check_against(design.against, names)
    if design.outlet_a not in ("", *names):
        known = spelled(sorted(map(str, names)))
        raise ValueError(f"outlet_a must be one of {known}, got {design.outlet_a!r}")
    check_margin(design.smallest)
    check_draws(design.n_resamples, design.seed)
    if design.match and articles["event"].eq("").all():
        raise ValueError(
            "match=\"event\" needs a column 'event' that is filled (framing.find_events can "
            "derive one); or use match=None"
        )
