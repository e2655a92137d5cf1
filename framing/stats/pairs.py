"""Two outlets: what is compared, all of their articles or within events, and what comes out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.schema import BODY, TONES
from framing.stats import effects, resampling
from framing.stats.articles import chosen_measures, per_article, stacked
from framing.stats.resampling import Bootstrap, Floats, generator

ARTICLES_TO_TEST = 10  # a side; below, no p
EVENTS_TO_TEST = 6  # below, not even a difference that never changes sign reaches .05
Weight = Literal["articles", "words"]
_NONE = np.array([], dtype=int)


class Side(NamedTuple):
    """An outlet: a row an article, or an event, and what it is in: a topic, or the event."""

    measured: Floats
    words: NDArray[np.int64]
    articles: NDArray[np.int64]
    place: NDArray[np.int_]

    def take(self, rows: NDArray[Any]) -> Side:
        """Take some rows."""
        return Side._make(field[rows] for field in self)


class Pair(NamedTuple):
    """Two outlets: what was compared, and what came out."""

    names: tuple[str, str]
    sides: tuple[Side, Side]
    events: int
    shift: Bootstrap
    ratio: Bootstrap
    effect: Floats
    p: Floats
    smallest: Floats
    note: str

    @property
    def units(self) -> int:
        """How many events, or articles of both outlets, were compared."""
        return self.events or sum(len(side.words) for side in self.sides)


class Design(NamedTuple):
    """What is compared of every pair, and how."""

    measures: list[str]
    weight: Weight
    n_resamples: int
    seed: int


def unmatched(articles: pd.DataFrame, by: str, design: Design) -> Iterator[Pair]:
    """Contrast all articles of every pair, or those on the topics that both cover."""
    topics = articles["topic"].ne("").any()
    sides = _sides(articles.assign(articles=1), articles[by], "topic", design)
    samples = {} if topics else {name: _sample(side, design, name) for name, side in sides.items()}
    for a, b in itertools.combinations(sides, 2):
        side_a, side_b = _in_shared_places(sides[a], sides[b])
        strata = np.concatenate([side_a.place, side_b.place])
        x, y = (_values(side, design) for side in (side_a, side_b))
        p, smallest = _nothing(design)
        note = "topic held constant, event not" if topics else "topic not held constant"
        if min(len(x), len(y)) < ARTICLES_TO_TEST:
            note += f"; no p under {ARTICLES_TO_TEST} articles a side"
        else:
            rng = generator(design.seed, "permutation", a, b)
            p = resampling.permutation_p(
                x, y, strata=strata, n_resamples=design.n_resamples, rng=rng
            )
            smallest = np.full_like(p, 1 / (design.n_resamples + 1))
        if topics:
            x, y, wider = effects.standardised(x, y, strata)
            drawn_a, drawn_b = (
                _resampled(effects.widened(values, wider), side, design, a, b, letter)
                for values, side, letter in ((x, side_a, "a"), (y, side_b, "b"))
            )
        else:
            drawn_a, drawn_b = samples[a], samples[b]
        shift = resampling.difference(drawn_a, drawn_b)
        ratio = resampling.log_ratio(drawn_a, drawn_b, shift)
        effect = effects.hedges_g(x, y)
        yield Pair((a, b), (side_a, side_b), 0, shift, ratio, effect, p, smallest, note)


def matched(articles: pd.DataFrame, by: str, design: Design) -> Iterator[Pair]:
    """Contrast every pair within the events that both cover."""
    sides = _sides(_by_event(articles, by, design), articles[by], "event", design)
    for a, b in itertools.combinations(sides, 2):
        side_a, side_b = _on_shared_events(sides[a], sides[b])
        x, y = (_values(side, design) for side in (side_a, side_b))
        p, smallest = _nothing(design)
        note = ""
        if len(x) < EVENTS_TO_TEST:
            note = f"no p under {EVENTS_TO_TEST} events"
        elif min(side_a.articles.sum(), side_b.articles.sum()) < ARTICLES_TO_TEST:
            note = f"no p under {ARTICLES_TO_TEST} articles a side"
        else:
            rng = generator(design.seed, "signs", a, b)
            p = resampling.sign_flip_p(x - y, n_resamples=design.n_resamples, rng=rng)
            smallest = resampling.smallest_sign_flip_p(x - y, n_resamples=design.n_resamples)
        together = resampling.bootstrap(
            np.hstack([x, y, x - y]),
            n_resamples=design.n_resamples,
            rng=generator(design.seed, "events", a, b),
        )
        drawn_a, drawn_b, shift = resampling.split(together, 3)
        drawn_a, drawn_b = _as_counted(drawn_a, side_a), _as_counted(drawn_b, side_b)
        shift = shift._replace(nonzero=np.count_nonzero(side_a.measured != side_b.measured, axis=0))
        ratio = resampling.log_ratio(drawn_a, drawn_b, shift)
        effect = effects.d_z(x - y)
        yield Pair((a, b), (side_a, side_b), len(x), shift, ratio, effect, p, smallest, note)


def event_pairs(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
) -> pd.DataFrame:
    """What every two outlets have on each event that both cover: what a matched contrast rests on.

    Parameters
    ----------
    scores, by, measures, roles
        As for ``levels``.

    Returns
    -------
    DataFrame
        A row a measure, pair and event: ``measure``, ``outlet_a``, ``outlet_b``, ``event``;
        ``value_a``, ``value_b``: mean of an outlet's articles on it (cues per 100 words, or tone);
        ``ratio``: a over b, 0 or infinite where one of them has none, NaN where neither has and for
        tone.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": ["A", "B"], "article": ["1", "2"], "event": "e",
    ...                        "role": "body", "words": 100, "hedge": [3, 2]})
    >>> event_pairs(scores)[["event", "value_a", "value_b", "ratio"]].values.tolist()
    [['e', 3.0, 2.0, 1.5]]
    """
    design = Design(chosen_measures(scores, measures), "articles", 0, 0)
    articles = per_article(scores, by=by, measures=measures, roles=roles)
    events = _by_event(articles, by, design)
    names = events["event"].drop_duplicates().sort_values().to_numpy()
    sides = _sides(events, articles[by], "event", design)
    tables = []
    for a, b in itertools.combinations(sides, 2):
        side_a, side_b = _on_shared_events(sides[a], sides[b])
        x, y = side_a.measured.T, side_b.measured.T
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where([[name in TONES] for name in design.measures], np.nan, x / y)
        row = {
            "measure": np.repeat(design.measures, x.shape[1]),
            "outlet_a": a,
            "outlet_b": b,
            "event": np.tile(names[side_a.place], len(x)),
        }
        values = {"value_a": x.ravel(), "value_b": y.ravel(), "ratio": ratio.ravel()}
        tables.append(pd.DataFrame(row | values))
    if not any(map(len, tables)):
        raise ValueError("no event is covered by two outlets: there is no pair to show")
    return stacked(tables, design.measures)


def _by_event(articles: pd.DataFrame, by: str, design: Design) -> pd.DataFrame:
    """Average an outlet's articles on every event; a row an outlet and event."""
    articles = articles[articles["event"] != ""]
    words = articles["words"].to_numpy()
    weights = words if design.weight == "words" else np.ones_like(words)
    weighted = articles[design.measures].to_numpy(float) * weights[:, None]
    names = [*design.measures, "weights", "words", "articles"]  # one array: columns cost time
    summed = np.column_stack([weighted, weights, words, np.ones_like(words)])
    keys = [articles[by].to_numpy(), articles["event"].to_numpy()]
    sums = pd.DataFrame(summed, columns=names).groupby(keys).sum().rename_axis([by, "event"])
    means = sums.div(np.where(sums.columns.isin(design.measures), sums[["weights"]], 1.0))
    return means.reset_index()


def _sides(
    units: pd.DataFrame, outlets: pd.Series[str], place: str, design: Design
) -> dict[str, Side]:
    """Take apart what each of the outlets has, as arrays: pairs are many."""
    whole = Side(
        units[design.measures].to_numpy(float),
        units["words"].to_numpy(np.int64),
        units["articles"].to_numpy(np.int64),
        pd.factorize(units[place], sort=True)[0],
    )
    rows = units.groupby(str(outlets.name)).indices
    return {name: whole.take(rows.get(name, _NONE)) for name in sorted(outlets.unique())}


def _on_shared_events(a: Side, b: Side) -> tuple[Side, Side]:
    """Take the events that both cover, in the same order."""
    _, rows_a, rows_b = np.intersect1d(a.place, b.place, return_indices=True)
    return a.take(rows_a), b.take(rows_b)


def _in_shared_places(a: Side, b: Side) -> tuple[Side, Side]:
    return a.take(np.isin(a.place, b.place)), b.take(np.isin(b.place, a.place))


def _sample(side: Side, design: Design, name: str) -> Bootstrap:
    return _resampled(_values(side, design), side, design, name)


def _resampled(values: Floats, side: Side, design: Design, *names: str) -> Bootstrap:
    rng = generator(design.seed, "bootstrap", *names)
    return _as_counted(resampling.bootstrap(values, n_resamples=design.n_resamples, rng=rng), side)


def _as_counted(sample: Bootstrap, side: Side) -> Bootstrap:
    """Tell a sample how many of its units have a measure at all; weights and strata hide it."""
    return sample._replace(nonzero=np.count_nonzero(side.measured, axis=0))


def _values(side: Side, design: Design) -> Floats:
    """Values whose plain mean is the estimate; weighted by words, they are its linearisation.

    A pooled ratio is not a mean of units. The ratio plus each unit's influence on it has the
    ratio as mean and, to first order, its variance (Särndal et al. 1992, ch. 5.6).
    """
    values = np.asfortranarray(side.measured)
    if design.weight == "articles" or not len(values):
        return values
    words = side.words.astype(float)[:, None]
    pooled = (words * values).sum(axis=0) / words.sum()
    return pooled + words / words.mean() * (values - pooled)


def _nothing(design: Design) -> tuple[Floats, Floats]:
    """No p, and no smallest p that there could be, of any measure."""
    return np.full(len(design.measures), np.nan), np.full(len(design.measures), np.nan)
