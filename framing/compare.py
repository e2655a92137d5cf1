"""Outlets side by side: the level of each, and contrasts with interval and test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from framing import resampling
from framing.resampling import FEW, Bootstrap, Floats, generator
from framing.units import BODY, PRIMARY, TONES, chosen_measures, per_article

ARTICLES_TO_TEST = 10  # a side; below, no p
EVENTS_TO_TEST = 6  # below, not even a difference that never changes sign reaches .05

_ALL = (
    "All articles of two outlets are compared, whatever they are about; "
    "95 % intervals by bootstrap-t over articles."
)
_WITHIN = (
    "Two outlets are compared within the events that both cover; "
    "95 % intervals by bootstrap-t over events."
)

LEVELS = ["articles", "words", "mean", "pooled", "low", "high", "share_zero"]
CONTRASTS = [
    "measure", "outlet_a", "outlet_b", "estimate", "low", "high", "effect", "p", "p_adjusted",
    "articles_a", "articles_b", "events", "words_a", "words_b", "method", "note",
]  # fmt: skip


def levels(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
    draws: int = 2000,
    seed: int = 1,
) -> pd.DataFrame:
    """How much of each measure every outlet has.

    Parameters
    ----------
    scores : DataFrame
        As ``framing.score`` returns it.
    by : str, default "outlet"
        The column whose values are compared.
    measures : str or sequence of str, optional
        Counts of cues, or numbers of VADER's; ``hedge``, ``alarm``, ``boost``, ``tone`` and every
        category by default.
    roles : str or sequence of str, default ("standfirst", "body")
        The paragraphs that are taken.
    draws : int, default 2000
        Bootstrap draws.
    seed : int, default 1
        The same seed gives an outlet the same numbers, whatever else is in the table.

    Returns
    -------
    DataFrame
        A row a measure and outlet:

        - ``measure``, the column ``by``, ``articles``, ``words``;
        - ``mean``: the mean over articles, each counting the same, of the cues per 100 words of
          an article, or of the mean tone (−1 to 1) of its paragraphs;
        - ``pooled``: the same mean with articles weighted by their words; for cues this is all
          cues per 100 of all words;
        - ``low``, ``high``: 95 % bootstrap-t interval of ``mean``, articles resampled; NaN under
          5 articles, or under 5 whose value is not 0;
        - ``share_zero``: the share (0 to 1) of articles whose value is 0.

    Raises
    ------
    ValueError
        If columns are missing or empty, a measure is unknown, or no paragraph has such a role.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": "A", "article": ["1", "2"], "role": "body",
    ...                        "words": [50, 150], "hedge": [1, 0]})
    >>> levels(scores)[["outlet", "articles", "mean", "pooled", "share_zero"]].values.tolist()
    [['A', 2, 1.0, 0.5, 0.5]]
    """
    articles = per_article(scores, by=by, measures=measures, roles=roles)
    chosen = chosen_measures(scores, measures)
    floor = np.where([measure in TONES for measure in chosen], -np.inf, 0.0)
    tables = []
    for name, group in articles.groupby(by):
        values, words = group[chosen].to_numpy(), group["words"].to_numpy()
        rng = generator(seed, "bootstrap", name)
        sample = resampling.bootstrap(values, draws=draws, rng=rng)
        low, high = resampling.interval(sample)
        row = {
            "measure": chosen,
            by: name,
            "articles": len(group),
            "words": words.sum(),
            "mean": sample.mean,
            "pooled": (words[:, None] * values).sum(axis=0) / words.sum(),
            "low": np.maximum(low, floor),
            "high": high,
            "share_zero": (values == 0).mean(axis=0),
        }
        tables.append(pd.DataFrame(row))
    return _by_measure(tables, chosen)[["measure", by, *LEVELS]]


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
          differences within events flipped; none under 10 articles a side, or under 6 events;
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
    table = _by_measure(tables, chosen)
    return table.assign(p_adjusted=_adjusted(table))[CONTRASTS]


class _Pair(NamedTuple):
    """Two outlets: what was compared (a row an article or event), and what came out."""

    names: tuple[str, str]
    sides: tuple[pd.DataFrame, pd.DataFrame]
    events: int
    sample: Bootstrap
    effect: Floats
    p: Floats | float
    method: str
    note: str


def _unmatched(
    sides: dict[str, pd.DataFrame], chosen: list[str], draws: int, seed: int
) -> Iterator[_Pair]:
    """Contrast all articles of every pair."""
    values = {name: side[chosen].to_numpy() for name, side in sides.items()}
    samples = {
        name: resampling.bootstrap(v, draws=draws, rng=generator(seed, "bootstrap", name))
        for name, v in values.items()
    }
    for a, b in itertools.combinations(sides, 2):
        p: Floats | float = np.nan
        method, note = _ALL, "topic not held constant"
        if min(len(values[a]), len(values[b])) < ARTICLES_TO_TEST:
            note += f"; no p under {ARTICLES_TO_TEST} articles a side"
        else:
            rng = generator(seed, "permutation", a, b)
            p = resampling.permutation_p(values[a], values[b], draws=draws, rng=rng)
            method += f" Tested by {draws:,} permutations of articles (Welch's t)."
        sample = resampling.difference(samples[a], samples[b])
        effect = _hedges_g(values[a], values[b])
        yield _Pair((a, b), (sides[a], sides[b]), 0, sample, effect, p, method, note)


def _matched(
    sides: dict[str, pd.DataFrame], chosen: list[str], draws: int, seed: int
) -> Iterator[_Pair]:
    """Contrast every pair within the events that both cover."""
    how = {**dict.fromkeys(chosen, "mean"), "words": "sum", "articles": "sum"}
    events = {n: side[side["event"] != ""].groupby("event").agg(how) for n, side in sides.items()}
    for a, b in itertools.combinations(sides, 2):
        both = events[a].index.intersection(events[b].index).sort_values()
        side_a, side_b = events[a].loc[both], events[b].loc[both]
        shifts = (side_a[chosen] - side_b[chosen]).to_numpy()
        p: Floats | float = np.nan
        method, note = _WITHIN, ""
        if len(both) < EVENTS_TO_TEST:
            note = f"no p under {EVENTS_TO_TEST} events"
        elif min(side_a["articles"].sum(), side_b["articles"].sum()) < ARTICLES_TO_TEST:
            note = f"no p under {ARTICLES_TO_TEST} articles a side"
        else:
            p = resampling.sign_flip_p(shifts, draws=draws, rng=generator(seed, "signs", a, b))
            exact = resampling.exact(len(both), draws)
            signs = f"all {2 ** len(both):,} flips" if exact else f"{draws:,} random flips"
            method += f" Tested by {signs} of the signs of the differences."
        sample = resampling.bootstrap(shifts, draws=draws, rng=generator(seed, "events", a, b))
        yield _Pair((a, b), (side_a, side_b), len(both), sample, _d_z(shifts), p, method, note)


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
        "events": pair.events,
        "method": pair.method,
        "note": ["; ".join(["exploratory"] * (m not in PRIMARY) + both) for m in chosen],
    }
    for side, letter in zip(pair.sides, "ab", strict=True):
        row |= {f"{name}_{letter}": side[name].sum() for name in ("articles", "words")}
    return pd.DataFrame(row)


def _by_measure(tables: list[pd.DataFrame], chosen: list[str]) -> pd.DataFrame:
    """Stack the tables, all rows of one measure together, in the order of the measures."""
    table = pd.concat(tables, ignore_index=True)
    place = table["measure"].map(chosen.index)
    return table.iloc[place.argsort(kind="stable")].reset_index(drop=True)


def _adjusted(table: pd.DataFrame) -> Floats:
    """Adjust the p values that there are: Holm for the primary family, BH for the rest."""
    p, adjusted = table["p"].to_numpy(float), np.full(len(table), np.nan)
    primary = table["measure"].isin(PRIMARY).to_numpy()
    for family, adjust in ((primary, resampling.holm), (~primary, false_discovery_control)):
        adjusted[family] = resampling.adjusted(p[family], adjust)
    return adjusted


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
