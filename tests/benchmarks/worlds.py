"""Worlds in which the truth is known: made up from the rates of real articles, or drawn from them.

Rates per 100 words, their spread and how alike articles on one event are come from articles of
American outlets: hedge .88; alarm .27 with a skew of 2.3; correlation within events .2 to .4.
Many measures side by side are many runs: they share the articles, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

import framing as fr
from framing.reuse.shifts import Shifts
from framing.schema import CONFIRMATORY
from framing.stats.articles import per_article

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


def articles(design: Design, rng: np.random.Generator) -> pd.DataFrame:
    """Return the articles of a design with their lengths."""
    size = [n for *_, n in design]
    outlet, event = (np.repeat([row[k] for row in design], size) for k in (0, 1))
    n = len(outlet)
    words = np.clip(rng.lognormal(6.5, 0.5, n), 150, 3000).astype(int)
    table = {"article": [f"a{k:05}" for k in range(n)], "outlet": outlet, "event": event}
    return pd.DataFrame(table).assign(role="body", paragraph=0, words=words, sentences=3, text="")


def cue_counts(
    table: pd.DataFrame,
    rng: np.random.Generator,
    *,
    kind: str,
    runs: int = 1,
    alike: float = 0.3,
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
    event = numbered_events(table)
    level = _gamma(rng, rate, between, (event.max() + 1, runs))[event]
    level = level * _gamma(rng, rate, within, (len(table), runs))
    counts = rng.poisson(rate * level * times * words[:, None] / 100)
    return np.minimum(counts, words[:, None])  # a tail of the gamma has more cues than words


def _tones(table: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Return a tone an article, with a correlation of .3 within events."""
    event = numbered_events(table)
    shared = rng.normal(0, 0.16 * np.sqrt(0.3), event.max() + 1)[event]
    return shared + rng.normal(-0.02, 0.16 * np.sqrt(0.7), len(table))


class Source(NamedTuple):
    """Where articles come from: they are made up, or have the densities of ``real`` ones."""

    rng: np.random.Generator
    real: pd.DataFrame | None = None

    def mean(self, kind: str) -> float:
        """Return the mean rate per 100 words."""
        return CUES[kind][0] if self.real is None else float(self.real[kind].mean())

    def many(
        self,
        design: Design,
        runs: int = 1,
        *,
        kind: str = "hedge",
        ratio: float = 1.0,
        change: Callable[[pd.DataFrame], np.ndarray] | None = None,
    ) -> pd.DataFrame:
        """Return scores with a row an article, a measure a run; A has ``ratio`` times the rate.

        ``change`` returns by how much the rates of articles are multiplied, and may add columns.
        """
        table = articles(design, self.rng)
        times = np.where(table["outlet"] == "A", ratio, 1.0)[:, None]
        times = times * change(table) if change else times
        if self.real is None:
            counts = cue_counts(table, self.rng, kind=kind, runs=runs, times=times)
        else:
            place = _places(table, self.rng, np.eye(runs), len(self.real))
            counts = _counts(np.sort(self.real[kind])[place] * times, table, self.rng)
        return table.join(pd.DataFrame(counts).add_prefix("m"))

    def one(
        self, design: Design, levels: Mapping[str, float] | None = None, only: str = ""
    ) -> pd.DataFrame:
        """Return scores with hedge, alarm, boost and tone.

        Outlets have so many times the cues, or ``only`` those of a kind; their tone differs by .15
        where their cues differ by 1.8 times.
        """
        table = articles(design, self.rng)
        times = table["outlet"].map(levels or {}).fillna(1.0).to_numpy(float)[:, None]
        moved = {kind: times if only in ("", kind) else np.ones_like(times) for kind in CUES}
        if self.real is None:
            for kind in CUES:
                table[kind] = cue_counts(table, self.rng, kind=kind, times=moved[kind])[:, 0]
            tone = _tones(table, self.rng)
        else:
            drawn = self._whole(table)
            for kind in CUES:
                density = drawn[[kind]].to_numpy() * moved[kind]
                table[kind] = _counts(density, table, self.rng)[:, 0]
            tone = drawn["tone"].to_numpy()
        return table.assign(tone=tone + (not only) * 0.15 * np.log(times[:, 0]) / np.log(1.8))

    def _whole(self, table: pd.DataFrame) -> pd.DataFrame:
        """Deal whole articles where there are no events, else draw what goes together."""
        real = self.real[list(CONFIRMATORY)]  # type: ignore[index]
        if table["event"].eq("").all():
            return real.sample(len(table), replace=len(table) > len(real), random_state=self.rng)
        normal = stats.norm.ppf((real.rank() - 0.5) / len(real))
        place = _places(table, self.rng, np.corrcoef(normal.T), len(real))
        return pd.DataFrame({m: np.sort(real[m])[place[:, k]] for k, m in enumerate(real)})


def read_real(path: str) -> pd.DataFrame:
    """Return the densities of all articles of a corpus, or of a table of scores (``.parquet``)."""
    known = path.endswith(".parquet")
    table = pd.read_parquet(path) if known else fr.score(fr.read_corpus(path).paragraphs)
    return per_article(table, measures=CONFIRMATORY)


def _places(
    table: pd.DataFrame, rng: np.random.Generator, together: np.ndarray, size: int
) -> np.ndarray:
    """Return places among so many, articles × columns, with a correlation of .3 within events."""
    event = numbered_events(table)
    shared = rng.normal(0, np.sqrt(0.3), (event.max() + 1, len(together)))[event]
    normal = shared + rng.normal(0, np.sqrt(0.7), shared.shape)
    if not np.array_equal(together, np.eye(len(together))):
        normal = normal @ np.linalg.cholesky(together).T
    return (stats.norm.cdf(normal) * size).astype(int)


def _counts(density: np.ndarray, table: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Return whole numbers of cues whose mean is what the density says."""
    counts = density * table["words"].to_numpy()[:, None] / 100
    return np.floor(counts + rng.random(counts.shape)).astype(int)


def numbered_events(table: pd.DataFrame) -> np.ndarray:
    """Number the events; an article without one is its own."""
    return pd.factorize(table["event"].where(table["event"] != "", "\0" + table["article"]))[0]


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
    most: float = 1.6,
) -> pd.DataFrame:
    """Return dated scores with a measure a run; from the middle on the rate is ``ratio`` times.

    Outlets have rates from .6 to ``most`` times the mean and volumes that grow or fade; six of ten
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
    times = np.linspace(0.6, most, len(outlets))[outlet][:, None] * level[week]
    counts = cue_counts(table, rng, kind=kind, runs=runs, alike=0.2, times=times)
    return table.join(pd.DataFrame(counts).add_prefix("m"))


def reworded(
    rng: np.random.Generator, *, cues_lost: float, words_lost: float, articles: int = 20
) -> Shifts:
    """Eight pairs an article; each hedge is gone with one chance, each neutral word with another."""
    pairs = pd.DataFrame({"article_a": np.repeat([f"a{k}" for k in range(articles)], 8)})
    pairs = pairs.assign(article_b="b" + pairs["article_a"], neutral_a=30)
    pairs = pairs.rename_axis("pair").reset_index()
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
