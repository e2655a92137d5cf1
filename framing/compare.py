"""Outlets side by side: every two of them, with interval and test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from framing import resampling
from framing.resampling import FEW, Bootstrap, Floats, generator
from framing.units import BODY, PRIMARY, chosen_measures, per_article, stacked

ARTICLES_TO_TEST = 10  # a side; below, no p
LEVEL = 0.05
EVENTS_TO_TEST = 6  # below, not even a difference that never changes sign reaches .05

CONTRASTS = [
    "measure", "outlet_a", "outlet_b", "estimate", "low", "high", "effect", "p", "p_adjusted",
    "articles_a", "articles_b", "events", "words_a", "words_b", "method", "note",
]  # fmt: skip


def compare(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    match: Literal["event"] | None = None,
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
    draws: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """Compare every pair of outlets.

    Parameters
    ----------
    scores, by, measures, roles
        As for ``levels``.
    match : {None, "event"}
        ``None`` compares all articles of two outlets, whatever they are about. ``"event"`` takes
        the events that both cover, and in each the mean of an outlet's articles on it.
    draws : int, default 9999
        Permutations, and bootstrap draws.
    seed : int, default 1
        The same seed gives a pair the same numbers, whatever else is in the table, except for
        ``p_adjusted``, which depends on all that is compared.

    Returns
    -------
    DataFrame
        A row a measure and pair, ``outlet_a`` before ``outlet_b`` in the alphabet:

        - ``estimate``: the mean of a minus the mean of b (cues per 100 words, or tone), every
          article, or event, counting the same; ``low``, ``high``: its 95 % bootstrap-t interval;
        - ``effect``: Hedges' g; matched: d_z, the mean difference over its SD between events;
        - ``p``: two-sided, articles permuted between the outlets (Welch's t), or the signs of the
          differences within events flipped; none under 10 articles a side or 6 events;
        - ``p_adjusted``: Holm over hedge, alarm and boost, Benjamini–Hochberg over the rest,
          which ``note`` calls exploratory;
        - ``articles_a``, ``articles_b``, ``words_a``, ``words_b``: what was compared; ``events``,
          0 if not matched; ``method``; ``note``.

        Interval and effect are NaN under 5 articles a side or 5 events.

    Raises
    ------
    ValueError
        As for ``levels``; and with fewer than two outlets, or no events to match.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": ["A", "B"] * 10, "article": list("abcdefghijklmnopqrst"),
    ...                        "role": "body", "words": 100, "hedge": [3, 0, 4, 1, 5] * 4})
    >>> compare(scores)[["outlet_a", "outlet_b", "estimate", "p"]].values.tolist()
    [['A', 'B', 0.0, 1.0]]
    """
    articles = per_article(scores, by=by, measures=measures, roles=roles)
    chosen = chosen_measures(scores, measures)
    if articles[by].nunique() < 2:
        raise ValueError(f"two values of {by!r} are needed; there is only {articles[by].iloc[0]!r}")
    if match not in (None, "event"):
        raise ValueError(f'match must be None or "event", and {match!r} came')
    if match and articles["event"].eq("").all():
        raise ValueError("match=\"event\" needs a column 'event' that is filled; or use match=None")
    pairs = _matched if match else _unmatched
    sides = {name: side.assign(articles=1) for name, side in articles.groupby(by)}
    tables = [_contrast(pair, chosen) for pair in pairs(sides, chosen, draws, seed)]
    table = stacked(tables, chosen)
    table = table.assign(p_adjusted=_adjusted(table, "p"), note=_out_of_reach(table))
    return table[CONTRASTS]


class _Pair(NamedTuple):
    """Two outlets: what was compared (a row an article or event), and what came out."""

    names: tuple[str, str]
    sides: tuple[pd.DataFrame, pd.DataFrame]
    events: int
    sample: Bootstrap
    effect: Floats
    p: Floats
    smallest: Floats
    method: str
    note: str


def _unmatched(
    sides: dict[str, pd.DataFrame], chosen: list[str], draws: int, seed: int
) -> Iterator[_Pair]:
    """Contrast all articles of every pair."""
    method = (
        "Between articles, whatever they are about: the difference of the means of two outlets "
        f"over articles; p: {draws:,} random permutations of articles between the two, Welch's t; "
        f"95 % bootstrap-t interval, articles resampled {draws:,} times"
    )
    values = {name: side[chosen].to_numpy() for name, side in sides.items()}
    samples = {
        name: resampling.bootstrap(v, draws=draws, rng=generator(seed, "bootstrap", name))
        for name, v in values.items()
    }
    for a, b in itertools.combinations(sides, 2):
        p, smallest = _nothing(chosen)
        note = "topic not held constant"
        if min(len(values[a]), len(values[b])) < ARTICLES_TO_TEST:
            note += f"; no p under {ARTICLES_TO_TEST} articles a side"
        else:
            rng = generator(seed, "permutation", a, b)
            p = resampling.permutation_p(values[a], values[b], draws=draws, rng=rng)
            smallest = np.full(len(chosen), 1 / (draws + 1))
        sample = resampling.difference(samples[a], samples[b])
        effect = _hedges_g(values[a], values[b])
        yield _Pair((a, b), (sides[a], sides[b]), 0, sample, effect, p, smallest, method, note)


def _matched(
    sides: dict[str, pd.DataFrame], chosen: list[str], draws: int, seed: int
) -> Iterator[_Pair]:
    """Contrast every pair within the events that both cover."""
    method = (
        "Within events: the mean difference between two outlets over the events that both cover, "
        "several articles of an outlet on an event averaged; p: all patterns of signs of the "
        f"differences, or {draws:,} random ones if there are more; 95 % bootstrap-t interval, "
        f"events resampled {draws:,} times"
    )
    how = {**dict.fromkeys(chosen, "mean"), "words": "sum", "articles": "sum"}
    events = {n: side[side["event"] != ""].groupby("event").agg(how) for n, side in sides.items()}
    for a, b in itertools.combinations(sides, 2):
        both = events[a].index.intersection(events[b].index).sort_values()
        side_a, side_b = events[a].loc[both], events[b].loc[both]
        shifts = (side_a[chosen] - side_b[chosen]).to_numpy()
        p, smallest = _nothing(chosen)
        note = ""
        if len(both) < EVENTS_TO_TEST:
            note = f"no p under {EVENTS_TO_TEST} events"
        else:
            p = resampling.sign_flip_p(shifts, draws=draws, rng=generator(seed, "signs", a, b))
            smallest = resampling.smallest_sign_flip_p(shifts, draws=draws)
        sample = resampling.bootstrap(shifts, draws=draws, rng=generator(seed, "events", a, b))
        effect = _d_z(shifts)
        yield _Pair((a, b), (side_a, side_b), len(both), sample, effect, p, smallest, method, note)


def _nothing(chosen: list[str]) -> tuple[Floats, Floats]:
    """No p, and no smallest p that there could be, of any measure."""
    return np.full(len(chosen), np.nan), np.full(len(chosen), np.nan)


def _contrast(pair: _Pair, chosen: list[str]) -> pd.DataFrame:
    """Rows of the table of contrasts, one a measure."""
    low, high = resampling.interval(pair.sample)
    both = [pair.note] if pair.note else []
    row = {
        "measure": chosen,
        "outlet_a": pair.names[0],
        "outlet_b": pair.names[1],
        "estimate": pair.sample.mean,
        "low": low,
        "high": high,
        "effect": pair.effect,
        "p": pair.p,
        "smallest": pair.smallest,
        "events": pair.events,
        "method": pair.method,
        "note": ["; ".join(["exploratory"] * (m not in PRIMARY) + both) for m in chosen],
    }
    for side, letter in zip(pair.sides, "ab", strict=True):
        row |= {f"{name}_{letter}": side[name].sum() for name in ("articles", "words")}
    return pd.DataFrame(row)


def _adjusted(table: pd.DataFrame, column: str) -> Floats:
    """Adjust the p values that there are: Holm for the primary family, BH for the rest."""
    p, adjusted = table[column].to_numpy(float), np.full(len(table), np.nan)
    primary = table["measure"].isin(PRIMARY).to_numpy()
    for family, adjust in ((primary, resampling.holm), (~primary, false_discovery_control)):
        tested = family & ~np.isnan(p)
        if tested.any():
            adjusted[tested] = adjust(p[tested])
    return adjusted


def _out_of_reach(table: pd.DataFrame) -> list[str]:
    """Add to the notes where the test could not have found anything after correction.

    Both corrections only grow with any p, so that the smallest p values that the tests can
    give, corrected together, are the smallest corrected ones.
    """
    floors = _adjusted(table, "smallest")
    counted = np.where(table["events"] > 0, table["events"].astype(str) + " events", "these draws")
    said = [
        f"with {n} no p after correction can fall below {floor:.3f}".replace("0.", ".")
        if floor > LEVEL
        else ""
        for n, floor in zip(counted, floors, strict=True)
    ]
    return ["; ".join(filter(None, both)) for both in zip(table["note"], said, strict=True)]


def _hedges_g(a: Floats, b: Floats) -> Floats:
    """Standardised difference of means with Hedges' (1981) correction for small samples."""
    freedom = len(a) + len(b) - 2
    squares = ((a - a.mean(axis=0)) ** 2).sum(axis=0) + ((b - b.mean(axis=0)) ** 2).sum(axis=0)
    correction = 1 - 3 / (4 * freedom - 1)
    g = _ratio(correction * (a.mean(axis=0) - b.mean(axis=0)), np.sqrt(squares / max(freedom, 1)))
    return g if min(len(a), len(b)) >= FEW else np.full_like(g, np.nan)


def _d_z(shifts: Floats) -> Floats:
    """Mean difference over the standard deviation of the differences."""
    if len(shifts) < FEW:
        return np.full(shifts.shape[1], np.nan)
    return _ratio(shifts.mean(axis=0), shifts.std(axis=0, ddof=1))


def _ratio(size: Floats, spread: Floats) -> Floats:
    """Divide, and say NaN where there is no spread."""
    return np.where(spread > 0, size / np.where(spread > 0, spread, 1.0), np.nan)
