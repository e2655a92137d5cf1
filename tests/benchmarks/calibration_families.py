"""The confirmatory table: how often anything is found where nothing is, and what is found."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

import framing as fr
from framing.schema import CONFIRMATORY
from framing.stats.multiple_tests import adjust_known, holm
from tests.benchmarks.calibration import AT_LEAST, FAMILY, LEVEL, Case, Row, Rows, short
from tests.benchmarks.calibration_outlets import ALL, FLIPS, loose
from tests.benchmarks.worlds import Design, Source, crossed


def family(
    source: Source,
    runs: int,
    *,
    design: Design,
    match: str | None,
    against: str,
    levels: dict[str, float],
    only: str,
) -> Rows:
    """The confirmatory table: adjusted p of all its tests, and Holm's over the same tests.

    Outlets have so many times the cues (``only`` those of a kind). Errors are counted among
    outlets that are alike; power among the others, or of the first against the rest.
    """
    figures, single = [], []
    how = {"match": match, "against": against, "measures": CONFIRMATORY}
    for run in range(runs):
        table = source.one(design, levels, only)
        found = fr.compare(table, **how, n_resamples=9999 if only == "hedge" else FLIPS, seed=run)
        differ, true = _different(found, levels, only, against)
        both = np.array([found["p_adjusted"], adjust_known(found["p"].to_numpy(), holm)]) < 0.05
        power = both[:, true].mean(axis=1) if true.any() else [0.0, 0.0]
        figures.append([*both[:, ~differ].any(axis=1), *power, *_intervals(found[~differ])])
        single.append(found.groupby("measure")["p"].agg(lambda p: (p <= 0.05).mean()))
    alarm, holms, *power, inside, wrong = np.mean(figures, axis=0)
    what = f"{len(found)} tests, any p_adjusted < .05 (Holm's: {short(holms)})"
    yield Row(what, [alarm], FAMILY)
    if true.any():
        yield Row("power: p_adjusted / Holm's < .05", power)
    elif not differ.any():
        each = pd.DataFrame(single).mean()[list(CONFIRMATORY)]
        yield Row(f"p ≤ .05: {ALL}", each.tolist(), LEVEL)
        yield Row("interval holds 0", [inside], AT_LEAST)
        yield Row("p and interval disagree", [wrong], (0, 0.03))


def _different(
    found: pd.DataFrame, levels: dict[str, float], only: str, against: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return which comparisons are of outlets that differ, and which of these power is of."""
    a, b = (found[name].map(levels) for name in ("outlet_a", "outlet_b"))
    unlike = len(set(levels.values())) > 1
    differ = (a != b).to_numpy() if against != "rest" else np.full(len(found), unlike)
    differ = differ & ((found["measure"] == only).to_numpy() | (not only))
    first = (found["outlet_a"] == min(levels)).to_numpy() | (against != "rest")
    return differ, differ & first


def _intervals(found: pd.DataFrame) -> tuple[float, float]:
    """Return how many intervals hold 0, and how many say something else than p."""
    known = found["low"].notna()
    outside = (found["low"] > 0) | (found["high"] < 0)
    wrong = (found["p"] <= 0.05) != outside
    return 1 - (outside & known).sum() / max(known.sum(), 1), float(
        (wrong & known).sum() / max(known.sum(), 1)
    )


def some(outlets: str, events: int) -> Design:
    """Return a design in which every outlet covers six of ten events."""
    return [
        (name, f"e{event}", 1)
        for k, name in enumerate(outlets)
        for event in np.sort(np.random.default_rng(k).permutation(events)[: 6 * events // 10])
    ]


# By how much outlet k of n has more, and of which cues alone.
_LEVELS = {
    "alike": (lambda k, n: 1.0, ""),
    "twos": (lambda k, n: 1.8 ** (k // 2), ""),
    "twos in alarm": (lambda k, n: 3.0 ** (k // 2), "alarm"),
    "more": (lambda k, n: 1.0 if k else 2.5, ""),
    "less": (lambda k, n: 1.0 if k else 0.3, ""),
    "halves": (lambda k, n: 2.5 if 2 * k < n else 1.0, ""),
    "power at 1.35": (lambda k, n: 1.0 if k else 1.35, "hedge"),
    "power at 1.5": (lambda k, n: 1.0 if k else 1.5, "hedge"),
}
_DESIGNS = {
    "matched, 20 events": (partial(crossed, events=20), "event"),
    "matched, 40 events": (partial(crossed, events=40), "event"),
    "matched, on 6 of 10 of 30 events": (partial(some, events=30), "event"),
    "on 6 of 10 of 30 events": (partial(some, events=30), None),
    "15 articles": (partial(loose, articles=15), None),
    "30 articles": (partial(loose, articles=30), None),
    "40 articles": (partial(loose, articles=40), None),
    "100 articles": (partial(loose, articles=100), None),
}
_ASKED = [
    ("alike", "pairs", "matched, 20 events", (2, 3, 4, 5, 8, 12)),
    ("alike", "pairs", "matched, on 6 of 10 of 30 events", (4,)),
    ("alike", "pairs", "15 articles", (2,)),
    ("alike", "pairs", "30 articles", (2, 3, 4, 8, 12)),
    ("alike", "pairs", "40 articles", (2, 4)),
    ("alike", "pairs", "100 articles", (2,)),
    ("alike", "pairs", "on 6 of 10 of 30 events", (2, 3, 4, 5, 8)),
    ("alike", "rest", "matched, 20 events", (5, 6, 8, 12)),
    ("alike", "rest", "matched, on 6 of 10 of 30 events", (8,)),
    ("alike", "rest", "30 articles", (5, 8, 12)),
    ("alike", "A", "matched, 20 events", (5,)),
    ("alike", "A", "30 articles", (5,)),
    ("twos", "pairs", "matched, 20 events", (3, 4)),
    ("twos", "pairs", "30 articles", (3, 4, 8)),
    ("twos", "pairs", "on 6 of 10 of 30 events", (4, 8)),
    ("twos", "pairs", "matched, on 6 of 10 of 30 events", (4, 8)),
    ("twos", "A", "matched, on 6 of 10 of 30 events", (4,)),
    ("twos in alarm", "pairs", "matched, 20 events", (3, 8)),
    ("twos in alarm", "pairs", "30 articles", (4,)),
    ("more", "pairs", "matched, 20 events", (8,)),
    ("more", "pairs", "on 6 of 10 of 30 events", (4,)),
    ("less", "pairs", "matched, 20 events", (4,)),
    ("halves", "pairs", "matched, 20 events", (4,)),
    ("power at 1.35", "pairs", "matched, 40 events", (3, 4, 5, 8)),
    ("power at 1.5", "pairs", "matched, 40 events", (4,)),
    ("power at 1.35", "pairs", "40 articles", (4,)),
    ("power at 1.35", "rest", "matched, 40 events", (5, 8)),
]


def _case(how: str, against: str, design: str, number: int) -> Case:
    outlets = "ABCDEFGHIJKL"[:number]
    (times, only), (drawn, match) = _LEVELS[how], _DESIGNS[design]
    levels = {name: times(k, number) for k, name in enumerate(outlets)}
    drawn = {"design": drawn(outlets), "match": match, "against": against}
    among = {"pairs": "in pairs", "rest": "against the rest"}.get(against, f"against {against}")
    name = f"family, {how}: {number} outlets {among}, {design}"
    return Case(name, partial(family, **drawn, levels=levels, only=only), 400)


CASES = [_case(*asked, number) for *asked, numbers in _ASKED for number in numbers]
