"""How often headlines and leads have a cue, against what lies below them, by outlet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.schema import PRIMARY, check_columns
from framing.stats import multiple_tests
from framing.stats.effects import wilson
from framing.stats.pairs import ARTICLES_TO_TEST
from framing.stats.resampling import Floats, generator

HEADLINES = [
    "articles", "events", "words", "share", "expected", "estimate", "low", "high", "p",
    "p_adjusted", "own_voice", "method", "note",
]  # fmt: skip


def headlines(
    gaps: pd.DataFrame, *, by: str = "outlet", n_resamples: int = 2000, seed: int = 1
) -> pd.DataFrame:
    """How often headlines and leads have a cue, against windows of their articles, by outlet.

    Parameters
    ----------
    gaps : DataFrame
        As ``headline_gaps`` returns it.
    by : str, default "outlet"
        The column whose values are told apart.
    n_resamples : int, default 2000
        Windows drawn of every article for ``p``.
    seed : int, default 1
        The same seed gives an outlet the same numbers, whatever else is in the table.

    Returns
    -------
    DataFrame
        A row a measure, zone and outlet: ``articles``; ``events``, 0 where they are not known;
        ``words``, their mean number in the zone; ``share`` that has a cue, ``expected`` share, and
        ``estimate``, their difference (all 0 to 1; articles on one event are averaged first), with
        the 95 % interval ``low``, ``high`` (Wilson's of the share, over events or articles, moved
        by what is expected, which is known far better); ``p``, two-sided,
        of headlines that are a random window of their own texts, none under 10 articles;
        ``p_adjusted`` as in ``compare``; ``own_voice``: the share of those with a cue in which
        one is the outlet's own; ``method``; ``note``.

    Examples
    --------
    >>> gaps = pd.DataFrame({"article": ["a", "b"], "outlet": "A", "event": "", "words": 8,
    ...                      "zone": "headline", "measure": "hedge", "present": [True, False],
    ...                      "expected": [0.2, 0.4], "own_voice": [True, False]})
    >>> headlines(gaps)[["share", "expected", "estimate"]].round(2).values.tolist()
    [[0.5, 0.3, 0.2]]
    """
    needed = [by, "article", "event", "zone", "measure", "words", "present", "expected"]
    check_columns(gaps, needed, kind="gaps, as framing.headline_gaps(scores, cues) returns them")
    groups = gaps.assign(**{by: gaps[by].astype(str)}).groupby(["measure", "zone", by], sort=True)
    rows = [
        {"measure": measure, "zone": zone, by: name} | _row(group, name, n_resamples, seed)
        for (measure, zone, name), group in groups
    ]
    if not rows:
        raise ValueError(
            "no article has a headline or lead and a text that is long enough below: "
            "lower min_words of framing.headline_gaps, or of the notebook"
        )
    order = [*PRIMARY, *sorted(set(gaps["measure"]) - set(PRIMARY))]
    table = pd.DataFrame(rows).sort_values(
        "measure", key=lambda m: m.map(order.index), kind="stable"
    )
    table = table.reset_index(drop=True).assign(p_adjusted=np.nan)
    for _, family in table.groupby("zone"):
        table.loc[family.index, "p_adjusted"] = multiple_tests.adjusted(family)
    return table[["measure", "zone", by, *HEADLINES]]


def _row(group: pd.DataFrame, name: str, n_resamples: int, seed: int) -> dict[str, object]:
    """Numbers of one measure, zone and outlet."""
    group = group.sort_values("article", kind="stable")
    event = group["event"].fillna("").astype(str)
    matched = bool(event.ne("").all())
    unit = pd.factorize(event if matched else group["article"], sort=True)[0]
    size = np.bincount(unit)
    weight = 1 / size[unit] / len(size)
    present, expected = group["present"].to_numpy(float), group["expected"].to_numpy(float)
    share, below = ((np.bincount(unit, x) / size).mean() for x in (present, expected))
    low, high = wilson(share, len(size))
    few = len(group) < ARTICLES_TO_TEST
    chance = generator(seed, "windows", name)
    return {
        "articles": len(group),
        "events": len(size) if matched else 0,
        "words": group["words"].mean(),
        "share": share,
        "expected": below,
        "estimate": share - below,
        "low": low - below,
        "high": high - below,
        "p": np.nan
        if few
        else _chance_p(present - expected, expected, weight, n_resamples, chance),
        "own_voice": group["own_voice"][group["present"]].mean(),
        "method": "Presence of a cue against all windows of as many words of the same article; p: "
        f"{n_resamples:,} draws of a window an article; 95 % interval: Wilson's of the share over "
        f"{'events' if matched else 'articles'}.",
        "note": f"no p under {ARTICLES_TO_TEST} articles" if few else "",
    }


def _chance_p(
    gap: Floats, expected: Floats, weight: Floats, n_resamples: int, rng: np.random.Generator
) -> float:
    """Two-sided p: how often windows drawn at random are as far from what is expected."""
    observed, hits = abs(float(gap @ weight)), 0
    for _ in range(n_resamples):
        drawn = (rng.random(len(expected)) < expected) - expected
        hits += abs(float(drawn @ weight)) >= observed - 1e-12
    return (hits + 1) / (n_resamples + 1)
