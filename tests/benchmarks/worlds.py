"""Worlds made up from the rates of real articles, in which the truth is known.

Rates per 100 words, their spread and how alike articles on one event are come from articles of
American outlets: hedge .88; alarm .27 with a skew of 2.3; correlation within events .2 to .4.
Many measures side by side are many runs: they share the articles, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from framing.reuse.shifts import Shifts

RESAMPLES = 999


class Row(NamedTuple):
    """One figure: what it is, of how many runs, and what is wanted."""

    what: str
    figure: float
    runs: int
    wanted: str
    share: bool = True


Rows = Iterator[Row]

# The mean rate per 100 words, and the variance of the rate between articles.
CUES = {"hedge": (0.88, 0.36), "alarm": (0.27, 0.0965), "boost": (0.14, 0.03)}
MONDAY = pd.Timestamp("2031-03-03")
Design = list[tuple[str, str, int]]  # outlet, event ("" for none), articles


def crossed(outlets: str, events: int, each: int = 1) -> Design:
    """All outlets cover all events."""
    return [(name, f"e{k}", each) for name in outlets for k in range(events)]


def apart(outlets: str, events: int, each: int) -> Design:
    """Every outlet has events of its own."""
    return [(name, f"{name}{k}", each) for name in outlets for k in range(events)]


def overlapping(events: int) -> Design:
    """Two outlets share half of their events, with one to five articles on each."""
    half = events // 2
    return [("A", f"e{k}", 1 + k % 5) for k in range(events)] + [
        ("B", f"e{k}", 1 + 3 * k % 4) for k in range(half, events + half)
    ]


def world(
    design: Design,
    rng: np.random.Generator,
    *,
    kind: str = "hedge",
    runs: int = 1,
    alike: float = 0.3,
    ratio: float = 1.0,
) -> pd.DataFrame:
    """Return scores with a row an article, a measure a run; A has ``ratio`` times the rate."""
    table = articles(design, rng)
    counts = cue_counts(table, rng, kind=kind, runs=runs, alike=alike, ratio=ratio)
    return table.join(pd.DataFrame(counts).add_prefix("m"))


def articles(design: Design, rng: np.random.Generator) -> pd.DataFrame:
    """Return the articles of a design with their lengths."""
    size = [n for *_, n in design]
    outlet, event = (np.repeat([row[k] for row in design], size) for k in (0, 1))
    n = len(outlet)
    words = np.clip(rng.lognormal(6.5, 0.5, n), 150, 3000).astype(int)
    table = {"article": [f"a{k:05}" for k in range(n)], "outlet": outlet, "event": event}
    return pd.DataFrame(table).assign(role="body", words=words, sentences=3, text="")


def cue_counts(
    table: pd.DataFrame,
    rng: np.random.Generator,
    *,
    kind: str,
    runs: int = 1,
    alike: float = 0.3,
    ratio: float = 1.0,
    times: np.ndarray | float = 1.0,
) -> np.ndarray:
    """Return counts, articles × runs: gamma effects of events and articles, then Poisson.

    ``times`` multiplies the rates, articles × runs.
    """
    rate, spread = CUES[kind]
    words = table["words"].to_numpy()
    chance = rate * np.mean(100 / words)  # what Poisson adds to the variance of the rate
    between = alike * max(spread, chance)
    within = max(spread - between - chance, 0.05 * spread)
    alone = "\0" + table["article"]
    event = pd.factorize(table["event"].where(table["event"] != "", alone))[0]
    level = _gamma(rng, rate, between, (event.max() + 1, runs))[event]
    level = level * _gamma(rng, rate, within, (len(table), runs))
    level *= np.where(table["outlet"] == "A", ratio, 1.0)[:, None] * times
    return rng.poisson(rate * level * words[:, None] / 100)


def tones(
    table: pd.DataFrame, rng: np.random.Generator, *, runs: int = 1, alike: float = 0.3
) -> np.ndarray:
    """Return tones, articles × runs."""
    event = pd.factorize(table["event"].where(table["event"] != "", "\0" + table["article"]))[0]
    shared = rng.normal(0, 0.16 * np.sqrt(alike), (event.max() + 1, runs))[event]
    return shared + rng.normal(-0.02, 0.16 * np.sqrt(1 - alike), (len(table), runs))


def scores(
    design: Design, rng: np.random.Generator, *, alike: float = 0.3, ratio: float = 1.0
) -> pd.DataFrame:
    """Return scores with hedge, alarm, boost and tone; A has ``ratio`` times the hedges."""
    table = articles(design, rng)
    for kind in CUES:
        more = ratio if kind == "hedge" else 1.0
        table[kind] = cue_counts(table, rng, kind=kind, alike=alike, ratio=more)[:, 0]
    return table.assign(tone=tones(table, rng, alike=alike)[:, 0])


def _gamma(
    rng: np.random.Generator, rate: float, variance: float, size: tuple[int, int]
) -> np.ndarray:
    shape = rate**2 / variance
    return rng.gamma(shape, 1 / shape, size)


def weekly(
    rng: np.random.Generator,
    *,
    weeks: int,
    outlets: str = "ABCDEF",
    each: float = 3.0,
    kind: str = "hedge",
    runs: int = 1,
    ratio: float = 1.0,
    follows: float = 0.0,
    moves: float = 0.0,
) -> pd.DataFrame:
    """Return dated scores with a measure a run; from the middle on the rate is ``ratio`` times.

    Outlets have rates from .6 to 1.6 times the mean and volumes that grow or fade; six of ten
    articles are on one of some events of their week. Weeks have effects with a standard deviation
    of ``moves`` on the logarithmic scale, an autoregression with the coefficient ``follows``.
    """
    growth = [each * (0.4 + 0.3 * k) for k in range(len(outlets))]
    trend = (np.arange(weeks) / weeks - 0.5) * np.where(np.arange(len(outlets)) % 2, -1, 1)[:, None]
    number = rng.poisson(np.array(growth)[:, None] * np.exp(trend)).ravel()
    outlet = np.repeat(np.arange(len(outlets)), weeks).repeat(number)
    week = np.tile(np.arange(weeks), len(outlets)).repeat(number)
    event = [
        f"w{k:03}e{rng.integers(max(3, len(outlets)))}" if rng.random() < 0.6 else "" for k in week
    ]
    days = pd.to_timedelta(7 * week + rng.integers(7, size=len(week)), "D")
    table = articles([(outlets[o], e, 1) for o, e in zip(outlet, event, strict=True)], rng)
    table = table.assign(date=MONDAY + days)
    shock = rng.normal(size=(weeks, runs)) * np.sqrt(1 - follows**2)
    shock[0] /= np.sqrt(1 - follows**2)
    for k in range(1, weeks):
        shock[k] += follows * shock[k - 1]
    level = np.exp(moves * shock - moves**2 / 2)
    level[weeks // 2 :] *= ratio
    times = np.linspace(0.6, 1.6, len(outlets))[outlet][:, None] * level[week]
    counts = cue_counts(table, rng, kind=kind, runs=runs, alike=0.2, times=times)
    return table.join(pd.DataFrame(counts).add_prefix("m"))


def reworded(
    rng: np.random.Generator, *, cues_lost: float, words_lost: float, articles: int = 20
) -> Shifts:
    """Eight pairs an article; each hedge is gone with one chance, each neutral word with another."""
    pairs = pd.DataFrame({"article_a": np.repeat([f"a{k}" for k in range(articles)], 8)})
    pairs = pairs.rename_axis("pair").reset_index().assign(article_b="b", neutral_a=30)
    share = rng.beta(10 * words_lost, 10 * (1 - words_lost), articles).repeat(8)
    pairs["neutral_kept"] = pairs["neutral_b"] = rng.binomial(30, 1 - share)
    a = rng.poisson(0.7, len(pairs))
    b = rng.binomial(a, 1 - (share if cues_lost == words_lost else cues_lost))
    sides = []
    for side, counts in (("a", a), ("b", b)):
        cues = pairs.loc[pairs.index.repeat(counts), ["pair"]]
        sides.append(cues.assign(side=side, category="epi_modal", tag=""))
    cues = pd.concat(sides).assign(counted=True, negated=False)
    return Shifts(pairs, *[pd.DataFrame()] * 2, cues)
