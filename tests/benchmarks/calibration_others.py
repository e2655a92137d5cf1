"""Effect sizes, groups of outlets, rewrites and time, where the truth is known."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

import framing as fr
from tests.benchmarks import worlds
from tests.benchmarks.worlds import RESAMPLES, Row, Rows, apart, crossed, reworded, weekly, world


def _columns(runs: int) -> list[str]:
    return [f"m{k}" for k in range(runs)]


def _holds(found: pd.DataFrame, low: str, high: str, truth: float) -> float:
    known = found.dropna(subset=[low, high])
    return float((known[low].le(truth) & known[high].ge(truth)).mean())


def effect_sizes(rng: np.random.Generator, runs: int) -> Rows:
    """d_av and its interval, matched or not, against the value of a very large sample."""
    for match, design, large in (
        ("event", crossed("AB", 40), crossed("AB", 20_000)),
        (None, apart("AB", 40, 1), apart("AB", 20_000, 1)),
    ):
        for ratio in (1.0, 1.5):
            truth = fr.compare(
                world(large, rng, ratio=ratio), match=match, measures="m0", n_resamples=9
            )["effect"].item()
            table = world(design, rng, runs=runs, ratio=ratio)
            found = fr.compare(table, match=match, measures=_columns(runs), n_resamples=RESAMPLES)
            what = f"d_av of {truth:.2f}, match={match}, 40 events"
            inside = _holds(found, "effect_low", "effect_high", truth)
            yield Row(f"{what}: interval holds it", inside, runs, ".92–.97")
            yield Row(f"{what}: mean", float(found["effect"].mean()), runs, "the same", False)


def groups_of_outlets(rng: np.random.Generator, runs: int) -> Rows:
    """Twelve outlets with levels of their own, split at random: outlets as units, or articles."""
    names = "ABCDEFGHIJKL"
    half = dict(zip(names, ["left"] * 6 + ["right"] * 6, strict=True))
    for spread in (0.1, 0.3):
        table = worlds.articles([(name, "", 30) for name in names], rng)
        own = np.exp(rng.normal(0, spread, (len(names), runs)))
        times = own[pd.factorize(table["outlet"])[0]]
        for ratio in (1.0, 1.5):
            left = np.where(table["outlet"] < "G", ratio, 1.0)[:, None]
            counts = worlds.cue_counts(table, rng, kind="hedge", runs=runs, times=times * left)
            world_ = table.join(pd.DataFrame(counts).add_prefix("m"))
            asked = {"measures": _columns(runs), "n_resamples": RESAMPLES}
            found = fr.compare_groups(world_, half, **asked)
            what = f"groups of 6 outlets whose levels vary by {spread:.0%}, ratio {ratio}"
            wanted = ".03–.07" if ratio == 1 else "power"
            share = float((found["p"] <= 0.05).mean())
            yield Row(f"{what}: outlets as units, p ≤ .05", share, runs, wanted)
            if ratio == 1:
                group = world_["outlet"].map(half)
                naive = fr.compare(
                    world_.assign(group=group).drop(columns="outlet"), by="group", **asked
                )
                share = float((naive["p"] <= 0.05).mean())
                yield Row(f"{what}: articles as units, p ≤ .05", share, runs, "for comparison")


def balances(rng: np.random.Generator, runs: int) -> Rows:
    """Rewriters who delete at random, and such who aim at hedges."""
    runs = runs // 2
    for articles, cues, words in itertools.product((8, 20), (0.3, 0.5), (0.3,)):
        p = [
            fr.balance(
                reworded(rng, cues_lost=cues, words_lost=words, articles=articles),
                n_resamples=RESAMPLES, seed=run,
            )["p"].iloc[0]
            for run in range(runs)
        ]  # fmt: skip
        what = f"balance, {articles} articles, {words:.0%} of words and {cues:.0%} of hedges gone"
        wanted = "≤ .07" if cues == words else "power"
        yield Row(f"{what}: p ≤ .05", float((np.array(p) <= 0.05).mean()), runs, wanted)


def levels_over_time(rng: np.random.Generator, runs: int) -> Rows:
    """Weekly levels with outlets that grow and fade: how often their intervals hold the truth."""
    for kind in ("hedge", "alarm"):
        for each in (3.0, 1.5):
            inside = []
            for _ in range(5):
                table = weekly(rng, weeks=26, each=each, kind=kind, runs=runs // 5)
                share = table["outlet"].value_counts(normalize=True).sort_index()
                truth = worlds.CUES[kind][0] * float(share @ np.linspace(0.6, 1.6, 6))
                found = fr.trend(table, measures=_columns(runs // 5))
                inside.append(_holds(found, "low", "high", truth))
            size = len(table) / 26
            what = f"trend, 26 weeks of about {size:.0f} articles, 6 outlets: {kind} covered"
            yield Row(what, float(np.mean(inside)), runs, ".92–.97")


def before_and_after(rng: np.random.Generator, runs: int) -> Rows:
    """A planned break in the middle: nothing happens, or a step of 1.6."""
    for kind, weeks in itertools.product(("hedge", "alarm"), (16, 26, 52)):
        for moves, follows in ((0.0, 0.0), (0.2, 0.0), (0.2, 0.4)):
            for ratio in (1.0, 1.6):
                series = {"moves": moves, "follows": follows, "ratio": ratio}
                found = pd.concat(
                    fr.compare_periods(
                        weekly(rng, weeks=weeks, kind=kind, runs=runs // 5, **series),
                        str(worlds.MONDAY + pd.Timedelta(weeks=weeks // 2)),
                        measures=_columns(runs // 5),
                    )
                    for _ in range(5)
                )
                what = f"break, {weeks} weeks that move by {moves} and follow themselves by "
                what += f"{follows}, {kind}, ratio {ratio}"
                share = float((found["p"] <= 0.05).mean())
                yield Row(f"{what}: p ≤ .05", share, runs, ".03–.07" if ratio == 1 else "power")
                inside = _holds(found, "ratio_low", "ratio_high", ratio)
                yield Row("its interval of the ratio holds it", inside, runs, "≥ .90")


def serial_order(rng: np.random.Generator, runs: int) -> Rows:
    """Matched outlets whose differences follow themselves from event to event."""
    for follows in (0.0, 0.2, 0.4):
        table = worlds.articles(crossed("AB", 40), rng).sort_values(["outlet", "event"])
        shock = rng.normal(size=(40, runs))
        for k in range(1, 40):
            shock[k] = follows * shock[k - 1] + np.sqrt(1 - follows**2) * shock[k]
        event = table["event"].str[1:].astype(int).to_numpy()
        times = np.where(
            (table["outlet"] == "A").to_numpy()[:, None], np.exp(0.5 * shock[event] - 0.125), 1
        )
        counts = worlds.cue_counts(table, rng, kind="hedge", runs=runs, times=times)
        table = table.assign(date=worlds.MONDAY + pd.to_timedelta(event, "D"))
        table = table.join(pd.DataFrame(counts, index=table.index).add_prefix("m"))
        found = fr.compare(table, match="event", measures=_columns(runs), n_resamples=RESAMPLES)
        share = float((found["p"] <= 0.05).mean())
        what = f"matched, 40 events, differences that follow themselves by {follows}: p ≤ .05"
        yield Row(what, share, runs, ".03–.07 at 0")
        noted = float(found["note"].str.contains("neighbouring").mean())
        yield Row("the note on serial order is there", noted, runs, "more with order")
