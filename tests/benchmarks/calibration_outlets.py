"""Outlets that do not differ, or differ by a known ratio, through `compare` and its like."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
from scipy import stats

import framing as fr
from framing.schema import CONFIRMATORY
from tests.benchmarks.calibration import AT_LEAST, COVER, FAMILY, LEVEL, Case, Row, Rows
from tests.benchmarks.worlds import (
    CUES,
    Design,
    Source,
    apart,
    crossed,
    numbered_events,
    overlapping,
)

FLIPS = 999
_WORLDS = 5
OTHERS = "hedge / alarm / boost"
ALL = "hedge / alarm / boost / tone"


def names(runs: int) -> list[str]:
    """Return the measures of a world with a measure a run."""
    return [f"m{k}" for k in range(runs)]


def rejected(found: pd.DataFrame) -> float:
    return float((found["p"].dropna() <= 0.05).mean())


def covered(
    found: pd.DataFrame, truth: float, low: str = "ratio_low", high: str = "ratio_high"
) -> float:
    """Return how many of the intervals that there are hold the truth."""
    known = found.dropna(subset=[low, high])
    return float((known[low].le(truth) & known[high].ge(truth)).mean())


def two(
    source: Source, runs: int, *, design: Design, match: str | None = None, change=None
) -> Rows:
    """Two outlets that are equal, and two of which A has 1.5 times the rate.

    Runs side by side share lengths of articles and signs, so a fifth of them each has its own.
    """
    each = max(runs // _WORLDS, 1)
    how = {"match": match, "measures": names(each), "n_resamples": FLIPS}
    figures = []
    for kind in CUES:
        tables = [
            [source.many(design, each, kind=kind, ratio=ratio, change=change) for ratio in (1, 1.5)]
            for _ in range(_WORLDS)
        ]
        null, found = (
            pd.concat([fr.compare(world[k], **how, seed=s) for s, world in enumerate(tables)])
            for k in (0, 1)
        )
        outside = (null["low"] > 0) | (null["high"] < 0)
        known = found["ratio"][found["ratio"].between(1e-9, 1e9)]
        figures.append([
            rejected(null), covered(null, 0, "low", "high"),
            covered(found, source.mean(kind) / 2, "low", "high"), covered(null, 1), covered(found, 1.5),
            ((null["p"] <= 0.05) != outside)[null["low"].notna() & null["p"].notna()].mean(), rejected(found),
            np.exp(np.log(known).mean()),
            max(_width(world[0], null[s * each : (s + 1) * each]) for s, world in enumerate(tables))
            if match else np.nan,
            null["note"].str.contains("words per event").mean(),
        ])  # fmt: skip
    level, zero, half, one, more, apart_, power, middle, width, noted = zip(*figures, strict=True)
    yield Row(f"p ≤ .05: {OTHERS}", level, LEVEL)
    yield Row("interval of the difference holds 0", zero, AT_LEAST)
    if not change:
        yield Row("A 1.5 times: interval of the difference holds it", half, AT_LEAST)
    yield Row("interval of the ratio holds 1 / 1.5, lowest", (min(one), min(more)), AT_LEAST)
    yield Row("p and interval disagree, highest", [max(apart_)], (0, 0.03))
    if match:
        yield Row("95th percentile of width over Student's, highest", [max(width)], (0, 1.5), False)
    if max(noted):
        yield Row("note on words per event", noted, (1, 1))
    yield Row("A 1.5 times: p ≤ .05", power)
    yield Row("the same: geometric mean of the ratio", middle, None, False)


def _width(table: pd.DataFrame, found: pd.DataFrame) -> float:
    """Return the 95th percentile of the width of intervals over Student's."""
    pairs = fr.event_pairs(table, measures=found["measure"].tolist())
    shift = (pairs["value_a"] - pairs["value_b"]).groupby(pairs["measure"], sort=False)
    student = 2 * stats.t.ppf(0.975, shift.size().iloc[0] - 1) * shift.sem()
    width = found.set_index("measure")["high"] - found.set_index("measure")["low"]
    return float((width / student).quantile(0.95))


def longer(table: pd.DataFrame) -> np.ndarray:
    """Let A write four times as many words."""
    table["words"] *= np.where(table["outlet"] == "A", 4, 1)
    return np.ones((len(table), 1))


def two_topics(table: pd.DataFrame) -> np.ndarray:
    """Let A write thrice as often on the topic that has four times the rate."""
    place = table.groupby("outlet").cumcount()
    first = place < np.where(table["outlet"] == "A", 30, 10)
    table["topic"] = np.where(first, "x", "y")
    return np.where(first, 1.6, 0.4)[:, None]


def many_topics(table: pd.DataFrame, *, rng: np.random.Generator, topics: int) -> np.ndarray:
    """Deal so many topics to articles or, where there are any, to their events."""
    event = numbered_events(table)
    of = rng.integers(topics, size=event.max() + 1)[event]
    table["topic"] = [f"t{k:02}" for k in of]
    level = np.exp(rng.normal(0, 0.3, topics))
    return (level / np.mean(level))[of][:, None]


def within_topics(source: Source, runs: int, *, design: Design, topics: int) -> Rows:
    """`two` with topics dealt at random; their tone, which has no ratio, and the family."""
    deal = partial(many_topics, rng=source.rng, topics=topics)
    yield from two(source, runs, design=design, change=deal)
    found = []
    for run in range(runs):
        table = source.one(design)
        deal(table)
        table["tone"] += source.rng.normal(0, 0.1, topics)[table["topic"].str[1:].astype(int)]
        found.append(fr.compare(table, measures=CONFIRMATORY, n_resamples=FLIPS, seed=run))
    tone = pd.concat(t[t["measure"] == "tone"] for t in found)
    outside = (tone["low"] > 0) | (tone["high"] < 0)
    yield Row("p ≤ .05: tone", [float((tone["p"].dropna() <= 0.05).mean())], LEVEL)
    yield Row(
        "the same: p and interval disagree",
        [((tone["p"] <= 0.05) != outside)[tone["p"].notna()].mean()],
        (0, 0.03),
    )
    family = [bool((t["p_adjusted"] < 0.05).any()) for t in found]
    yield Row("any p_adjusted < .05", [float(np.mean(family))], FAMILY)


def matched_or_not(source: Source, runs: int) -> Rows:
    """Power on events that both cover, three articles a side."""
    table = source.many(crossed("AB", 20, 3), runs, ratio=1.4)
    how = {"measures": names(runs), "n_resamples": FLIPS}
    power = [rejected(fr.compare(table, match=match, **how)) for match in (None, "event")]
    yield Row("p ≤ .05, hedge: unmatched / matched", power)


def blank_events(source: Source, runs: int) -> Rows:
    """Matched comparisons with articles that have no event."""
    table = source.many(crossed("AB", 20), runs)
    loose = source.many([("A", "", 9), ("B", "", 5)], runs)
    loose["article"] = "loose" + loose["article"]
    how = {"match": "event", "measures": names(runs), "n_resamples": FLIPS}
    one, both = (fr.compare(t, **how)["p"] for t in (table, pd.concat([table, loose])))
    yield Row("largest change of p", [float((one - both).abs().max())], (0, 0), False)


def levels(source: Source, runs: int, *, design: Design) -> Rows:
    """Intervals of levels."""
    found = [fr.levels(source.many(design, runs, kind=kind), measures=names(runs)) for kind in CUES]
    inside = [covered(t, source.mean(k), "low", "high") for t, k in zip(found, CUES, strict=True)]
    yield Row(f"interval holds the level: {OTHERS}", inside, COVER)


def loose(outlets: str, articles: int) -> Design:
    """Return a design without events."""
    return [(name, "", articles) for name in outlets]


def detectable(
    source: Source, runs: int, *, design: Design, match: str | None, against: str = "pairs"
) -> Rows:
    """Power at the ratios that ``detectable`` and ``detectable_below`` name, for A of several."""
    how = {"match": match, "against": against, "measures": CONFIRMATORY, "n_resamples": FLIPS}
    pilot = pd.concat([fr.compare(source.one(design), **how).head(1) for _ in range(40)])
    for name, ratio in pilot[["detectable", "detectable_below"]].median().items():
        found = [
            fr.compare(source.one(design, {"A": ratio}, "hedge"), **how, seed=run)["p_adjusted"][0]
            for run in range(runs)
        ]
        power = float((np.array(found) < 0.05).mean())
        yield Row(f"{name} {ratio:.2f}, hedge: p_adjusted < .05", [power], (0.75, 0.85))


def equivalence(source: Source, runs: int) -> Rows:
    """How often outlets are called equivalent at 1.25."""
    how = {"match": "event", "measures": names(runs), "n_resamples": 99}
    for ratio, wanted in ((1.25, FAMILY), (1.0, None)):
        tables = [source.many(crossed("AB", n), runs, ratio=ratio) for n in (40, 100, 200)]
        share = [(fr.compare(t, **how)["p_equivalent"] < 0.05).mean() for t in tables]
        yield Row(f"ratio {ratio}, 40 / 100 / 200 events: equivalent at 1.25, hedge", share, wanted)


def effect_sizes(source: Source, runs: int, *, match: str | None) -> Rows:
    """d_av and its interval against the value of a very large sample."""
    design = crossed if match else partial(apart, each=1)
    for ratio in (1.0, 1.5):
        large = source.many(design("AB", 20_000), ratio=ratio)
        truth = fr.compare(large, match=match, measures="m0", n_resamples=9)["effect"].item()
        table = source.many(design("AB", 40), runs, ratio=ratio)
        found = fr.compare(table, match=match, measures=names(runs), n_resamples=FLIPS)
        inside = covered(found, truth, "effect_low", "effect_high")
        yield Row(f"d_av of {truth:.2f}, hedge: interval holds it", [inside], COVER)


def groups(
    source: Source, runs: int, *, outlets: int = 12, spread: float = 0.3, match: str | None = None
) -> Rows:
    """Groups of outlets that have levels of their own: outlets as units, or articles."""
    letters = "ABCDEFGHIJKL"[:outlets]
    half = {name: "left" if 2 * k < outlets else "right" for k, name in enumerate(letters)}
    design = crossed(letters, 20) if match else loose(letters, 30)
    for ratio in (1.0, 1.5):
        shares = []
        for run in range(runs):
            own = np.exp(source.rng.normal(0, spread, outlets))
            own *= [ratio if half[name] == "left" else 1.0 for name in letters]
            table = source.one(design, dict(zip(letters, own, strict=True)))
            how = {"measures": CONFIRMATORY, "match": match, "n_resamples": FLIPS, "seed": run}
            found = [fr.compare_groups(table, half, **how)]
            if ratio == 1 and not match:
                grouped = table.assign(group=table["outlet"].map(half)).drop(columns="outlet")
                found.append(fr.compare(grouped, by="group", **how))
            shares.append([t.set_index("measure")["p"] <= 0.05 for t in found])
        each = np.mean(shares, axis=0)
        what = "p ≤ .05" if ratio == 1 else f"left {ratio} times: p ≤ .05"
        yield Row(f"{what}: {ALL}", each[0], LEVEL if ratio == 1 else None)
        if len(each) > 1:
            yield Row("the same articles through compare: p ≤ .05", each[1])


def ratios(
    source: Source, runs: int, *, design: Design, match: str | None = None, topics: int = 0
) -> Rows:
    """Rate ratios of one model of all outlets."""
    deal = partial(many_topics, rng=source.rng, topics=topics) if topics else None
    each = runs // _WORLDS if topics else runs
    share = []
    for kind in CUES:
        tables = [source.many(design, each, kind=kind, change=deal) for _ in range(runs // each)]
        found = [fr.rate_ratios(table, match=match, measures=names(each), covariates=())
                 for table in tables]  # fmt: skip
        share.append(rejected(pd.concat(found)))
    yield Row(f"p ≤ .05: {OTHERS}", share, LEVEL)


def lengths(source: Source, runs: int) -> Rows:
    """Articles of 400 and of 1,200 words of outlets that write alike: an elasticity of −.08."""

    def change(table: pd.DataFrame) -> np.ndarray:
        usual = np.where(table["outlet"] == "A", 400, 1200)
        words = np.exp(source.rng.normal(0, 0.5, len(table))) * usual
        table["words"] = np.maximum(words, 100).astype(int)
        return (table["words"].to_numpy()[:, None] / 700) ** -0.08

    table = source.many(loose("AB", 200), runs, change=change)
    found = fr.rate_ratios(table, measures=names(runs), covariates=("log_words",))
    held = found["covariates"] != ""
    both = found[~held], found[held]
    logs = [np.log(t["ratio"]) for t in both]
    middle = [float(np.exp(log.mean())) for log in logs]
    error = max(log.std() for log in logs) / np.sqrt(runs)
    yield Row(f"ratio of A to B, hedge: without / with log_words (± {error:.3f})", middle, None,
              share=False)  # fmt: skip
    yield Row("interval with log_words holds 1", [covered(both[1], 1, "low", "high")], AT_LEAST)
    yield Row("p ≤ .05: without / with log_words", [rejected(t) for t in both])


def _case(name: str, check: Callable[..., Rows], runs: int = 1000, **how: object) -> Case:
    return Case(name, partial(check, **how), runs)


_UNEQUAL: Design = [("B", f"e{k}", 1 + k % 5) for k in range(30)]
CASES = [
    _case("unmatched, 8 events × 5 articles, each outlet its own", two, design=apart("AB", 8, 5)),
    _case("unmatched, 8 events × 5 articles, covered by both", two, design=crossed("AB", 8, 5)),
    _case("unmatched, 20 events, half of them shared", two, design=overlapping(20)),
    _case("unmatched, 15 articles a side", two, design=loose("AB", 15)),
    _case("unmatched, 10 articles against 100", two, design=[("A", "", 10), ("B", "", 100)]),
    *(
        _case(f"matched, {n} events", two, design=crossed("AB", n), match="event")
        for n in (10, 12, 20, 40)
    ),
    _case("matched, 40 events, articles of A four times as long", two, 500,
          design=crossed("AB", 40), match="event", change=longer),
    _case("topics, A thrice as often on one of two", two, 500, design=loose("AB", 40),
          change=two_topics),
    *(
        _case(f"topics, {topics} of {a} and {b} articles", within_topics, 500,
              design=[("A", "", a), ("B", "", b)], topics=topics)
        for a, b, topics in ((15, 15, 10), (20, 20, 20), (40, 40, 20), (40, 40, 40), (15, 60, 20))
    ),
    _case("topics, 10 of 20 events × 3 articles of both", within_topics, 500,
          design=crossed("AB", 20, 3), topics=10),
    _case("events of both, 20 × 3 articles, A 1.4 times", matched_or_not),
    _case("blank events, 14 articles without one added", blank_events),
    _case("levels, 30 events of 1 to 5 articles", levels, design=_UNEQUAL),
    _case("levels, 12 events of 1 to 5 articles", levels, design=_UNEQUAL[:12]),
    _case("levels, 15 articles", levels, design=loose("B", 15)),
    _case("equivalence", equivalence),
    _case("effect, matched, 40 events", effect_sizes, match="event"),
    _case("effect, unmatched, 40 articles", effect_sizes, match=None),
    *(
        _case(f"detectable, 3 outlets, {n} events", detectable, 500, design=crossed("ABC", n),
              match="event")
        for n in (40, 80)
    ),
    _case("detectable, 6 outlets against the rest, 40 events", detectable, 500,
          design=crossed("ABCDEF", 40), match="event", against="rest"),
    _case("detectable, 12 outlets of 60 against the rest", detectable, 500,
          design=loose("ABCDEFGHIJKL", 60), match=None, against="rest"),
    _case("groups, 6 outlets a side, levels vary by 10%", groups, 400, spread=0.1),
    _case("groups, 6 outlets a side, levels vary by 30%", groups, 400),
    _case("groups, 6 outlets a side, matched", groups, 400, match="event"),
    _case("groups, 4 outlets a side", groups, 400, outlets=8),
    _case("ratios, 3 outlets, matched, 20 events", ratios, 200, design=crossed("ABC", 20),
          match="event"),
    _case("ratios, 8 events × 5 articles, each outlet its own", ratios, 200,
          design=apart("AB", 8, 5)),
    *(
        _case(f"ratios, {topics} topics of {n} articles a side", ratios, 400,
              design=loose("AB", n), topics=topics)
        for n, topics in ((20, 20), (30, 10))
    ),
    _case("length, 400 words against 1,200, elasticity −.08", lengths, 200),
]  # fmt: skip
