"""Outlets side by side: every two of them, with interval and test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from framing.schema import BODY, PRIMARY, TONES
from framing.stats import effects, multiple_tests, resampling
from framing.stats.articles import chosen_measures, per_article, repeats
from framing.stats.pairs import Design, Pair, Weight, matched, unmatched

CONTRASTS = [
    "measure", "outlet_a", "outlet_b", "estimate", "low", "high", "ratio", "ratio_low",
    "ratio_high", "effect", "detectable", "p", "p_adjusted", "articles_a", "articles_b",
    "events", "words_a", "words_b", "method", "note",
]  # fmt: skip
MOST = 100  # a ratio beyond says that there are too few hits, and nothing else
RATIO = 1.5  # a comparison that would miss this ratio in more than a fifth of cases says so


def compare(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    match: Literal["event"] | None = None,
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
    weight: Weight = "articles",
    n_resamples: int = 9999,
    seed: int = 1,
) -> pd.DataFrame:
    """Compare every pair of outlets.

    Parameters
    ----------
    scores, by, measures, roles
        As for ``levels``. If ``scores`` has a column ``topic``, articles are compared within
        topics.
    match : {None, "event"}
        ``None`` compares all articles of two outlets, whatever they are about. ``"event"`` takes
        the events that both cover, and in each the mean of an outlet's articles on it.
    weight : {"articles", "words"}
        What counts the same: every article (or event), or every word, as in a pooled ratio.
    n_resamples : int, default 9999
        Number of permutations, and of bootstrap resamples.
    seed : int, default 1
        The same seed gives a pair the same numbers, whatever else is in the table, except for
        ``p_adjusted`` and the notes on it, which depend on all that is compared.

    Returns
    -------
    DataFrame
        A row a measure and pair, ``outlet_a`` before ``outlet_b`` in the alphabet:

        - ``estimate``: the mean of a minus the mean of b (cues per 100 words, or tone);
          ``low``, ``high``: its 95 % bootstrap-t interval;
        - ``ratio``: the mean of a over the mean of b, with ``ratio_low`` and ``ratio_high``, for
          cues only;
        - ``effect``: Hedges' g; matched: d_z, the mean difference over its SD between events;
        - ``detectable``: the smallest ratio above 1 (for tone: the smallest difference) that
          would be found in 80 % of samples like this one, at .05 and before correction; NaN if
          it is above 100;
        - ``p``: two-sided, articles permuted between the outlets, within topics if there are any
          (Welch's t), or the signs of the differences within events flipped; none under 10
          articles a side, or under 6 events;
        - ``p_adjusted``: Holm over hedge, alarm and boost, Benjamini–Hochberg over the rest,
          which ``note`` calls exploratory;
        - ``articles_a``, ``articles_b``, ``words_a``, ``words_b``: what was compared; ``events``,
          0 if not matched; ``method``; ``note``.

        Interval, ratio interval, effect and ``detectable`` are NaN under 5 articles a side or 5
        events.

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
    return contrasted(
        articles,
        Design(chosen_measures(scores, measures), weight, n_resamples, seed),
        by=by,
        match=match,
    )


def contrasted(
    articles: pd.DataFrame, design: Design, *, by: str, match: str | None
) -> pd.DataFrame:
    """Do what `compare` does, with articles that are summed up already."""
    _check(articles, by, match, design.weight)
    repeated = repeats(articles, by)
    pairs = (matched if match else unmatched)(articles, by, design)
    table = _table([_contrast(pair, design, repeated) for pair in pairs], len(design.measures))
    notes = zip(table["note"], multiple_tests.out_of_reach(table), strict=True)
    table["note"] = ["; ".join(filter(None, both)) for both in notes]
    how = _method(match, design, topics=articles["topic"].ne("").any())
    return table.assign(p_adjusted=multiple_tests.adjusted(table), method=how)[CONTRASTS]


def _table(rows: list[dict[str, Any]], measures: int) -> pd.DataFrame:
    """Stack what the pairs have, all pairs of a measure together."""
    columns = {}
    for name in rows[0]:
        cells = [np.broadcast_to(np.asarray(row[name], object), measures) for row in rows]
        columns[name] = np.stack(cells, axis=1).ravel().tolist()
    return pd.DataFrame(columns)


def _check(articles: pd.DataFrame, by: str, match: str | None, weight: str) -> None:
    if articles[by].nunique() < 2:
        raise ValueError(f"two values of {by!r} are needed; there is only {articles[by].iloc[0]!r}")
    if match not in (None, "event"):
        raise ValueError(f'match must be None or "event", and {match!r} came')
    if weight not in ("articles", "words"):
        raise ValueError(f'weight must be "articles" or "words", and {weight!r} came')
    if match and articles["event"].eq("").all():
        raise ValueError(
            "match=\"event\" needs a column 'event' that is filled (framing.find_events can "
            "derive one); or use match=None"
        )


def _method(match: str | None, design: Design, *, topics: bool) -> str:
    """Say what was done, as one sentence for the box of methods."""
    counted = "every word counts the same" if design.weight == "words" else "each counts the same"
    unit = "events" if match else "articles"
    if match:
        what = (
            "Within events: the mean difference between two outlets over the events that both "
            f"cover ({counted}; several articles of an outlet on an event are averaged); p: all "
            f"patterns of signs of the differences, or {design.n_resamples:,} random ones if there "
            "are more"
        )
    else:
        where = "within topics that both cover" if topics else "whatever they are about"
        what = (
            f"Between articles, {where}: the difference of the means of two outlets over articles "
            f"({counted}); p: {design.n_resamples:,} random permutations of articles between the "
            f"two{', each within its topic' if topics else ''}, Welch's t"
        )
    return f"{what}; 95 % bootstrap-t interval, {unit} resampled {design.n_resamples:,} times."


def _contrast(pair: Pair, design: Design, repeated: dict[str, int]) -> dict[str, Any]:
    """Columns of the table of contrasts: a cell a measure, or one for all."""
    low, high = resampling.interval(pair.shift)
    ratios = np.array([np.nan if m in TONES else 1.0 for m in design.measures])
    ratio_low, ratio_high = (ratios * np.exp(end) for end in resampling.interval(pair.ratio))
    step = effects.detectable(pair.ratio, pair.units)
    step = np.exp(np.where(step < np.log(MOST), step, np.nan))
    smallest = np.where(np.isnan(ratios), effects.detectable(pair.shift, pair.units), step)
    row = {
        "measure": design.measures,
        "outlet_a": pair.names[0],
        "outlet_b": pair.names[1],
        "estimate": pair.shift.mean,
        "low": low,
        "high": high,
        "ratio": ratios * np.exp(pair.ratio.mean),
        "ratio_low": ratio_low,
        "ratio_high": ratio_high,
        "effect": pair.effect,
        "detectable": smallest,
        "p": pair.p,
        "smallest": pair.smallest,
        "events": pair.events,
        "note": _notes(pair, design, smallest, repeated),
    }
    for side, letter in zip(pair.sides, "ab", strict=True):
        row |= {f"articles_{letter}": side.articles.sum(), f"words_{letter}": side.words.sum()}
    return row


def _notes(
    pair: Pair, design: Design, detectable: resampling.Floats, repeated: dict[str, int]
) -> list[str]:
    """What a reader of each row has to know."""
    again = [
        f"{repeated[name]} articles of {name} repeat another one of it word for word"
        for name in pair.names
        if repeated.get(name)
    ]
    told = []
    for measure, size in zip(design.measures, detectable, strict=True):
        parts = ["exploratory"] * (measure not in PRIMARY) + [pair.note, *again]
        if measure not in TONES and not size <= RATIO:
            parts.append(_underpowered(pair, size))
        told.append("; ".join(filter(None, parts)))
    return told


def _underpowered(pair: Pair, detectable: float) -> str:
    """Say what could have been found, and what it would take to find more."""
    if np.isnan(detectable):
        return "underpowered: too few hits to say which ratio would be found"
    needed = pair.units * (np.log(detectable) / np.log(RATIO)) ** 2
    unit = "events" if pair.events else "articles"
    return (
        f"underpowered: 80 % power only for ratios of {detectable:.2f} or more "
        f"(for {RATIO}: about {needed:.0f} {unit})"
    )
