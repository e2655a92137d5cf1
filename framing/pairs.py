"""Two outlets: what is compared, all of their articles or within events, and what comes out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from framing import effects, resampling
from framing.resampling import Bootstrap, Floats, generator
from framing.units import BODY, TONES, chosen_measures, per_article, stacked

ARTICLES_TO_TEST = 10  # a side; below, no p
EVENTS_TO_TEST = 6  # below, not even a difference that never changes sign reaches .05
Weight = Literal["articles", "words"]


class Pair(NamedTuple):
    """Two outlets: what was compared (a row an article or event), and what came out."""

    names: tuple[str, str]
    sides: tuple[pd.DataFrame, pd.DataFrame]
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
        return self.events or sum(map(len, self.sides))


class Plan(NamedTuple):
    """What is compared of every pair, and how."""

    measures: list[str]
    weight: Weight
    draws: int
    seed: int


def unmatched(sides: dict[str, pd.DataFrame], plan: Plan) -> Iterator[Pair]:
    """Contrast all articles of every pair, or those on the topics that both cover."""
    topics = any(side["topic"].ne("").any() for side in sides.values())
    samples = {} if topics else {name: _sample(side, plan, name) for name, side in sides.items()}
    for a, b in itertools.combinations(sides, 2):
        side_a, side_b = _on_shared_topics(sides[a], sides[b])
        strata = pd.concat([side_a["topic"], side_b["topic"]]).to_numpy()
        x, y = (_values(side, plan) for side in (side_a, side_b))
        p, smallest = _nothing(plan)
        note = "topic held constant, event not" if topics else "topic not held constant"
        if min(len(x), len(y)) < ARTICLES_TO_TEST:
            note += f"; no p under {ARTICLES_TO_TEST} articles a side"
        else:
            rng = generator(plan.seed, "permutation", a, b)
            p = resampling.permutation_p(x, y, strata=strata, draws=plan.draws, rng=rng)
            smallest = np.full_like(p, 1 / (plan.draws + 1))
        if topics:
            x, y, wider = effects.standardised(x, y, strata)
            drawn_a, drawn_b = (
                resampling.bootstrap(
                    effects.spread_out(values, wider),
                    draws=plan.draws,
                    rng=generator(plan.seed, "bootstrap", a, b, side),
                )
                for side, values in (("a", x), ("b", y))
            )
            drawn_a, drawn_b = (
                _as_counted(drawn_a, side_a, plan),
                _as_counted(drawn_b, side_b, plan),
            )
        else:
            drawn_a, drawn_b = samples[a], samples[b]
        shift = resampling.difference(drawn_a, drawn_b)
        ratio = resampling.log_ratio(drawn_a, drawn_b, shift)
        effect = effects.hedges_g(x, y)
        yield Pair((a, b), (side_a, side_b), 0, shift, ratio, effect, p, smallest, note)


def matched(sides: dict[str, pd.DataFrame], plan: Plan) -> Iterator[Pair]:
    """Contrast every pair within the events that both cover."""
    events = {name: by_event(side, plan) for name, side in sides.items()}
    for a, b in itertools.combinations(sides, 2):
        both = events[a].index.intersection(events[b].index).sort_values()
        side_a, side_b = events[a].loc[both], events[b].loc[both]
        x, y = (_values(side, plan) for side in (side_a, side_b))
        p, smallest = _nothing(plan)
        note = ""
        if len(both) < EVENTS_TO_TEST:
            note = f"no p under {EVENTS_TO_TEST} events"
        elif min(side_a["articles"].sum(), side_b["articles"].sum()) < ARTICLES_TO_TEST:
            note = f"no p under {ARTICLES_TO_TEST} articles a side"
        else:
            rng = generator(plan.seed, "signs", a, b)
            p = resampling.sign_flip_p(x - y, draws=plan.draws, rng=rng)
            smallest = resampling.smallest_sign_flip_p(x - y, draws=plan.draws)
        together = resampling.bootstrap(
            np.hstack([x, y, x - y]), draws=plan.draws, rng=generator(plan.seed, "events", a, b)
        )
        drawn_a, drawn_b, shift = resampling.split(together, 3)
        drawn_a, drawn_b = _as_counted(drawn_a, side_a, plan), _as_counted(drawn_b, side_b, plan)
        differ = side_a[plan.measures].to_numpy() != side_b[plan.measures].to_numpy()
        shift = shift._replace(nonzero=np.count_nonzero(differ, axis=0))
        ratio = resampling.log_ratio(drawn_a, drawn_b, shift)
        effect = effects.d_z(x - y)
        yield Pair((a, b), (side_a, side_b), len(both), shift, ratio, effect, p, smallest, note)


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
    plan = Plan(chosen_measures(scores, measures), "articles", 0, 0)
    articles = per_article(scores, by=by, measures=measures, roles=roles).assign(articles=1)
    events = {name: by_event(side, plan) for name, side in articles.groupby(by)}
    tables = []
    for a, b in itertools.combinations(events, 2):
        both = events[a].index.intersection(events[b].index).sort_values()
        x, y = (events[name].loc[both, plan.measures].to_numpy(float) for name in (a, b))
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where([name in TONES for name in plan.measures], np.nan, x / y)
        measure = np.repeat(plan.measures, len(both))
        row = {"measure": measure, "outlet_a": a, "outlet_b": b, "event": list(both) * x.shape[1]}
        sides = {"value_a": x.T.ravel(), "value_b": y.T.ravel(), "ratio": ratio.T.ravel()}
        tables.append(pd.DataFrame(row | sides))
    if not any(map(len, tables)):
        raise ValueError("no event is covered by two outlets: there is no pair to show")
    return stacked(tables, plan.measures)


def by_event(articles: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Average an outlet's articles on every event; a row an event."""
    articles = articles[articles["event"] != ""]
    weights = articles["words"] if plan.weight == "words" else articles["articles"]
    weighted = articles[plan.measures].mul(weights, axis=0)
    groups = weighted.assign(weights=weights).groupby(articles["event"]).sum()
    means = groups[plan.measures].div(groups["weights"], axis=0)
    return means.join(articles.groupby("event")[["words", "articles"]].sum())


def _sample(side: pd.DataFrame, plan: Plan, name: str) -> Bootstrap:
    rng = generator(plan.seed, "bootstrap", name)
    sample = resampling.bootstrap(_values(side, plan), draws=plan.draws, rng=rng)
    return _as_counted(sample, side, plan)


def _as_counted(sample: Bootstrap, side: pd.DataFrame, plan: Plan) -> Bootstrap:
    """Tell a sample how many of its units have a measure at all; weights and strata hide it."""
    return sample._replace(nonzero=np.count_nonzero(side[plan.measures].to_numpy(), axis=0))


def _values(side: pd.DataFrame, plan: Plan) -> Floats:
    """Values whose plain mean is the estimate; weighted by words, they are its linearisation.

    A pooled ratio is not a mean of units. The ratio plus each unit's influence on it has the
    ratio as mean and, to first order, its variance (Särndal et al. 1992, ch. 5.6).
    """
    values = np.asfortranarray(side[plan.measures].to_numpy(float))
    if plan.weight == "articles" or not len(side):
        return values
    words = side["words"].to_numpy(float)[:, None]
    pooled = (words * values).sum(axis=0) / words.sum()
    return pooled + words / words.mean() * (values - pooled)


def _on_shared_topics(a: pd.DataFrame, b: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    shared = set(a["topic"]) & set(b["topic"])
    return a[a["topic"].isin(shared)], b[b["topic"].isin(shared)]


def _nothing(plan: Plan) -> tuple[Floats, Floats]:
    """No p, and no smallest p that there could be, of any measure."""
    return np.full(len(plan.measures), np.nan), np.full(len(plan.measures), np.nan)
