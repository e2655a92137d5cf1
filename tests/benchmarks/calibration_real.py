"""Worlds made from real articles: dealt to outlets, or drawn into events that are alike."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

import framing as fr
from framing.schema import BODY, CONFIRMATORY
from tests.benchmarks import worlds
from tests.benchmarks.calibration_outlets import compared, covered, rejected
from tests.benchmarks.worlds import RESAMPLES, Row, Rows, apart, crossed, overlapping


def real_articles(rng: np.random.Generator, runs: int, path: str) -> Rows:
    """Real articles with labels that mean nothing: as they are, and in events that are alike."""
    table = pd.read_parquet(path) if path.endswith(".parquet") else None
    if table is None:
        table = fr.score(fr.read_corpus(path).paragraphs)
    body = table[table["role"].isin(BODY) & table["words"].gt(0)]
    how = {"words": "sum", "tone": "mean", **dict.fromkeys(("hedge", "alarm", "boost"), "sum")}
    rows = body.groupby("article").agg(how).reset_index().assign(role="body", text="", event="")
    yield from _shuffled(rows, rng, runs // 2)
    designs = {
        "matched, 20 events": (crossed("AB", 20), "event"),
        "matched, 40 events": (crossed("AB", 40), "event"),
        "8 events × 5 articles an outlet, its own": (apart("AB", 8, 5), None),
        "20 events, half of them shared": (overlapping(20), None),
    }
    for kind in ("hedge", "alarm", "boost"):
        rates = np.sort(100 * rows[kind] / rows["words"])
        for name, (design, match) in designs.items():
            for ratio in (1.0, 1.5):
                world_ = _in_events(rates, design, rng, runs=runs, ratio=ratio)
                found = compared(world_, match=match)
                what = f"rates of real articles, {name}, {kind}, ratio {ratio}"
                wanted = ".03–.07" if ratio == 1 else "power"
                yield Row(f"{what}: rejected", rejected(found), runs, wanted)
                inside = covered(found, ratio, "ratio_low", "ratio_high")
                yield Row("its interval of the ratio holds it", inside, runs, "≥ .92")
        found = fr.levels(world_, measures=[f"m{k}" for k in range(runs)]).query("outlet == 'B'")
        inside = covered(found, float(rates.mean()))
        yield Row(f"levels of such articles, {name}, {kind}: covered", inside, runs, ".92–.97")


def _shuffled(rows: pd.DataFrame, rng: np.random.Generator, runs: int) -> Rows:
    """Articles as they are, dealt to outlets."""
    for outlets, size in (("AB", 15), ("AB", 40), ("AB", 100), ("ABCD", 40)):
        hits, called = pd.Series(0.0, index=list(CONFIRMATORY)), 0
        for run in range(runs):
            drawn = rows.sample(len(outlets) * size, random_state=rng)
            drawn = drawn.assign(outlet=np.repeat(list(outlets), size))
            found = fr.compare(drawn, measures=CONFIRMATORY, n_resamples=RESAMPLES, seed=run)
            hits += found.groupby("measure")["p"].agg(lambda p: (p <= 0.05).mean())
            called += (found["p_adjusted"] < 0.05).any()
        what = f"real articles, {len(outlets)} outlets of {size}"
        for name in CONFIRMATORY if len(outlets) == 2 else ():
            yield Row(f"{what}: {name} rejected", hits[name] / runs, runs, ".03–.07")
        yield Row(f"{what}: any p_adjusted < .05", called / runs, runs, "≤ .06")


def _in_events(
    rates: np.ndarray, design: worlds.Design, rng: np.random.Generator, *, runs: int, ratio: float
) -> pd.DataFrame:
    """Draw from the sorted rates of real articles; ranks on one event have a correlation of .3."""
    table = worlds.articles(design, rng).assign(words=10_000)
    event = pd.factorize(table["event"])[0]
    shared = rng.normal(0, np.sqrt(0.3), (event.max() + 1, runs))[event]
    place = stats.norm.cdf(shared + rng.normal(0, np.sqrt(0.7), shared.shape))
    drawn = rates[(place * len(rates)).astype(int)]
    drawn = drawn * np.where(table["outlet"] == "A", ratio, 1.0)[:, None]
    return table.join(pd.DataFrame(np.rint(100 * drawn).astype(int)).add_prefix("m"))
