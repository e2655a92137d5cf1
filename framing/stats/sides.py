"""Two sides of a comparison: which articles, or events, stand against which others."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.schema import OTHERS as OTHERS
from framing.stats.serial import days_of
from framing.stats.sums import by_code
from framing.text.arrays import Bools, Floats, Ints

Weight = Literal["articles", "words"]
Match = Literal["event"] | None
_NONE = np.array([], dtype=int)


class Design(NamedTuple):
    """What is compared, and how; the arguments of `framing.compare`."""

    measures: list[str]
    match: str | None = None
    against: str = "pairs"
    weight: str = "articles"
    smallest: float = 1.25
    n_resamples: int = 9999
    seed: int = 1
    confirmatory: Sequence[str] = ()
    outlet_a: str = ""


class _Fields(NamedTuple):
    measured: Floats
    weights: Floats
    words: Ints
    articles: Ints
    place: Ints
    cluster: Ints


class Side(_Fields):
    """An outlet: one row per article, or an event; ``place`` is the topic, or the event."""

    @cached_property
    def number(self) -> int:
        """Return the number of articles."""
        return int(self.articles.sum())

    @cached_property
    def length(self) -> int:
        """Return the number of words."""
        return int(self.words.sum())

    @cached_property
    def clusters(self) -> int:
        """Return the number of clusters."""
        return len(set(self.cluster.tolist()))

    @cached_property
    def is_crowded(self) -> bool:
        """Whether one event has over half of the articles: as good as a single unit.

        Where it has 30 of 36, .11 of equal outlets differ, and .16 of intervals of levels miss.
        """
        number = np.bincount(np.unique(self.cluster, return_inverse=True)[1], self.articles)
        return len(number) > 1 and bool(2 * number.max() > number.sum())

    def take(self, rows: NDArray[Any]) -> Side:
        """Take some rows."""
        return Side._make(field[rows] for field in self)


class Pair(NamedTuple):
    """Two sides with their names."""

    names: tuple[str, str]
    a: Side
    b: Side


class Rows(NamedTuple):
    """The rows of several comparisons, one after another, the first side before the second.

    ``of`` is whose they are, ``runs`` (comparisons × 2) how many each side has. Clusters and places
    of a comparison have codes that no other has: theirs and a multiple of ``clusters`` or
    ``places``.
    """

    side: Side
    of: Ints
    first: Bools
    runs: Ints
    clusters: int
    places: int

    @classmethod
    def taken(cls, pairs: Sequence[Pair]) -> Rows:
        """Take them from their sides."""
        both = [side for pair in pairs for side in (pair.a, pair.b)]
        side = Side._make(np.concatenate(fields) for fields in zip(*both, strict=True))
        runs = np.array([len(one.words) for one in both]).reshape(-1, 2)
        half = np.repeat(np.arange(len(both)), runs.ravel())
        of, clusters, places = half // 2, *(int(x.max(initial=0)) + 1 for x in side[-1:-3:-1])
        side = side._replace(cluster=side.cluster + of * clusters, place=side.place + of * places)
        return cls(side, of, half % 2 == 0, runs, clusters, places)


class Sides(NamedTuple):
    """Every outlet as a side, the names of all clusters, and their days."""

    outlets: dict[str, Side]
    clusters: list[str]
    days: Floats


def sides(articles: pd.DataFrame, by: str, design: Design, clusters: Sequence[str] = ()) -> Sides:
    """Make a side of every outlet.

    Matched, a row is an event with the mean of the outlet's articles on it; else it is an
    article. Articles on one event are one cluster; one without an event is its own.
    """
    if design.match:
        units = by_event(articles, by, design)
        cluster, place = units["event"], units["event"]
    else:
        units = articles.assign(articles=1, weights=1.0)
        if design.weight == "words":
            units = units.assign(weights=units["words"].astype(float))
        cluster, place = cluster_names(articles, by), units["topic"]
    names = sorted({*cluster, *clusters})
    codes = pd.Categorical(cluster, categories=names).codes
    whole = Side(
        units[design.measures].to_numpy(float),
        units["weights"].to_numpy(float),
        units["words"].to_numpy(np.int64),
        units["articles"].to_numpy(np.int64),
        pd.factorize(place, sort=True)[0].astype(np.int64),
        codes.astype(np.int64),
    )
    rows = units.groupby(by).indices
    outlets = {name: whole.take(rows.get(name, _NONE)) for name in sorted(articles[by].unique())}
    dates = articles["date"] if "date" in articles else pd.Series(pd.NaT, articles.index)
    return Sides(outlets, names, days_of(dates, cluster_names(articles, by), names))


def within_topics(articles: pd.DataFrame, design: Design) -> bool:
    """Return whether topics are held constant: some articles have one, and nothing is matched."""
    return not design.match and bool(articles["topic"].ne("").any())


def cluster_names(articles: pd.DataFrame, by: str) -> pd.Series[str]:
    """Return the event of every article, or a name of its own where it has none."""
    alone = "\0" + articles[by].astype(str) + "\0" + articles["article"].astype(str)
    return articles["event"].where(articles["event"] != "", alone)


def on_shared_events(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the rows on events that two outlets cover."""
    table = table[table["event"] != ""]
    shared = table.groupby("event")[by].transform("nunique") > 1
    if not shared.any():
        raise ValueError("no event is covered by two outlets: nothing can be matched")
    return table[shared]


def by_event(articles: pd.DataFrame, by: str, design: Design) -> pd.DataFrame:
    """Average an outlet's articles on every event; one row per outlet and event."""
    articles = articles[articles["event"] != ""]
    words = articles["words"].to_numpy()
    weights = words.astype(float) if design.weight == "words" else np.ones(len(words))
    weighted = articles[design.measures].to_numpy(float) * weights[:, None]
    names = [*design.measures, "weights", "words", "articles"]  # one array: columns cost time
    summed = np.column_stack([weighted, weights, words, np.ones_like(words)])
    keys = [articles[by].to_numpy(), articles["event"].to_numpy()]
    sums = pd.DataFrame(summed, columns=names).groupby(keys).sum(min_count=1)
    sums = sums.rename_axis([by, "event"])
    means = sums.div(np.where(sums.columns.isin(design.measures), sums[["weights"]], 1.0))
    if design.weight == "articles":
        means["weights"] = 1.0  # every event counts the same, however many articles it has
    return means.reset_index()


def couples(outlets: Iterable[str], against: str) -> list[tuple[str, str]]:
    """Return what is compared: every two outlets, each and the others, or each and one of them."""
    if against == "pairs":
        return list(itertools.combinations(outlets, 2))
    if against == "rest":
        return [(name, OTHERS) for name in outlets]
    return [(name, against) for name in outlets if name != against]


def pairs(outlets: dict[str, Side], design: Design, *, topics: bool) -> Iterator[Pair]:
    """Yield the comparisons, or those of one outlet."""
    for name, other in couples(outlets, design.against):
        if design.outlet_a not in ("", name, other):
            continue
        a = outlets[name]
        rest = [side for key, side in outlets.items() if key != name]
        b = _together(rest, design) if other == OTHERS and other not in outlets else outlets[other]
        if design.match:
            _, rows_a, rows_b = np.intersect1d(a.place, b.place, return_indices=True)
            a, b = a.take(rows_a), b.take(rows_b)
            # an event has one weight on both sides, or who writes at length of what would differ
            shared = a.weights * b.weights / (a.weights + b.weights)
            yield Pair((name, other), a._replace(weights=shared), b._replace(weights=shared))
        elif topics:
            kept = np.isin(a.place, b.place), np.isin(b.place, a.place)
            yield Pair((name, other), a.take(kept[0]), b.take(kept[1]))
        else:
            yield Pair((name, other), a, b)


def _together(outlets: list[Side], design: Design) -> Side:
    """Make one side of many, in which every outlet counts the same.

    Together they weigh as many articles, or words, as they have.
    """
    if not design.match:
        size = sum(s.weights.sum() for s in outlets) / len(outlets)
        scaled = [s._replace(weights=s.weights / s.weights.sum() * size) for s in outlets]
        return Side._make(np.concatenate(fields) for fields in zip(*scaled, strict=True))
    whole = Side._make(np.concatenate(fields) for fields in zip(*outlets, strict=True))
    ones = np.ones(len(whole.place))
    counts = np.column_stack([whole.weights, whole.words, whole.articles, ones])
    place, sums = by_code(whole.place, np.hstack([whole.measured, counts]))
    weights, words, number, size = sums[:, -4:].T
    measured = sums[:, :-4] / size[:, None]
    first = np.unique(whole.place, return_index=True)[1]
    return Side(
        measured,
        weights / size,
        words.astype(np.int64),
        number.astype(np.int64),
        place,
        whole.cluster[first],
    )
