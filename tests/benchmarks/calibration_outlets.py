"""Outlets that do not differ, or differ by a known ratio, through `compare` and its like."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

import framing as fr
from framing.schema import CONFIRMATORY
from framing.stats.multiple_tests import holm
from tests.benchmarks import worlds
from tests.benchmarks.worlds import RESAMPLES, Row, Rows, apart, crossed, overlapping, scores, world


def compared(table: pd.DataFrame, **how: object) -> pd.DataFrame:
    """Compare, a measure a run."""
    names = [name for name in table if name[0] == "m" and name[1:].isdigit()]
    how = {"n_resamples": RESAMPLES} | how
    return fr.compare(table, measures=names, **how)


def rejected(found: pd.DataFrame) -> float:
    return float((found["p"] <= 0.05).mean())


def covered(found: pd.DataFrame, truth: float, low: str = "low", high: str = "high") -> float:
    known = found.dropna(subset=[low, high])
    return float(known[low].le(truth).mul(known[high].ge(truth)).mean())


def unmatched_with_events(rng: np.random.Generator, runs: int) -> Rows:
    """compare(match=None) where articles come in events."""
    designs = {
        "8 events × 5 articles an outlet, its own": apart("AB", 8, 5),
        "8 events × 5 articles, covered by both": crossed("AB", 8, 5),
        "20 events, half of them shared": overlapping(20),
        "15 articles a side, no events": [("A", "", 15), ("B", "", 15)],
        "10 articles against 100, no events": [("A", "", 10), ("B", "", 100)],
    }
    for name, design in designs.items():
        for kind in ("hedge", "alarm"):
            found = compared(world(design, rng, kind=kind, runs=runs))
            yield Row(f"unmatched, {name}: {kind}, rejected", rejected(found), runs, ".03–.07")
            yield Row(
                "interval of the ratio holds 1",
                covered(found, 1, "ratio_low", "ratio_high"),
                runs,
                "≥ .92",
            )
            found = compared(world(design, rng, kind=kind, runs=runs, ratio=1.5))
            truth = 0.5 * worlds.CUES[kind][0]
            yield Row(
                "ratio 1.5: interval of the difference holds it",
                covered(found, truth),
                runs,
                "≥ .92",
            )
            yield Row(
                "ratio 1.5: that of the ratio",
                covered(found, 1.5, "ratio_low", "ratio_high"),
                runs,
                "≥ .92",
            )
    table = world(crossed("AB", 20, 3), rng, runs=runs, ratio=1.4)
    for match in (None, "event"):
        found = compared(table, match=match)
        yield Row(
            f"power at 1.4, 20 shared events × 3, match={match}", rejected(found), runs, "alike"
        )


def blank_events(rng: np.random.Generator, runs: int) -> Rows:
    """Matched comparisons with articles that have no event."""
    table = world(crossed("AB", 20), rng, runs=runs)
    loose = world([("A", "", 9), ("B", "", 5)], rng, runs=runs).assign(
        article=[f"loose{k}" for k in range(14)]
    )
    one, two = (compared(t, match="event")["p"] for t in (table, pd.concat([table, loose])))
    yield Row("blank events: largest change of p", float((one - two).abs().max()), runs, "0", False)


def matched_intervals(rng: np.random.Generator, runs: int) -> Rows:
    """Few events: width against Student's, cover, agreement with p."""
    for events in (10, 12, 20, 40):
        for kind in ("hedge", "alarm"):
            table = world(crossed("AB", events), rng, kind=kind, runs=runs)
            found = compared(table, match="event")
            pairs = fr.event_pairs(table, measures=found["measure"].tolist())
            shift = (pairs["value_a"] - pairs["value_b"]).groupby(pairs["measure"], sort=False)
            student = 2 * stats.t.ppf(0.975, events - 1) * shift.sem()
            found = found.set_index("measure")
            width = ((found["high"] - found["low"]) / student).quantile(0.95)
            outside = (found["low"] > 0) | (found["high"] < 0)
            where = f"matched, {events} events, {kind}"
            yield Row(f"{where}: rejected", rejected(found), runs, ".03–.07")
            yield Row("interval holds 0", covered(found, 0), runs, "≥ .93")
            yield Row("95th percentile of width over Student's", float(width), runs, "≤ 1.5", False)
            yield Row(
                "p and interval disagree",
                float(((found["p"] <= 0.05) != outside).mean()),
                runs,
                "0",
            )


def levels(rng: np.random.Generator, runs: int) -> Rows:
    """Intervals of levels."""
    unequal = [("B", f"e{k}", 1 + k % 5) for k in range(30)]
    designs = {
        "30 events of 1 to 5 articles": unequal,
        "12 events of 1 to 5 articles": unequal[:12],
        "15 articles": [("B", "", 15)],
        "60 articles": [("B", "", 60)],
    }
    for name, design in designs.items():
        for kind in worlds.CUES:
            table = world(design, rng, kind=kind, runs=runs)
            found = fr.levels(table, measures=[f"m{k}" for k in range(runs)])
            inside = covered(found, worlds.CUES[kind][0])
            yield Row(f"levels, {name}: {kind} covered", inside, runs, ".92–.97")


def keyness(rng: np.random.Generator, runs: int) -> Rows:
    """A word in lumps on one side, as often on both; and one twice as often."""
    for lump, other, times in ((3, 1, 1), (6, 1, 1), (1, 1, 1), (3, 3, 2), (1, 1, 2)):
        size = np.repeat([lump, other], 40)
        length = rng.integers(300, 900, 80)
        rate = 0.003 * np.repeat([times, 1], 40)
        uses = rng.poisson(rate * length / size, (runs, 80)).T * size[:, None]
        texts = [
            " ".join(np.repeat([f"u{k}x" for k in range(runs)], row)) + " the" * int(n)
            for row, n in zip(uses, length, strict=True)
        ]
        table = pd.DataFrame({"article": [f"a{k}" for k in range(80)], "text": texts})
        table = table.assign(outlet=np.repeat(["A", "B"], 40), role="body")
        found = fr.keyness(table, min_uses=10, n_resamples=499).query(
            "outlet == 'A' and unit != 'the'"
        )
        name = f"keyness, lumps of {lump} against {other}, {times} times as often: rejected"
        wanted = ".03–.07" if times == 1 else "power"
        yield Row(name, rejected(found), len(found), wanted)


def family(rng: np.random.Generator, runs: int) -> Rows:
    """The confirmatory table: adjusted p of all its tests, and Holm's over the same tests.

    At a ratio, A has so many times the hedges of all others. Power is the mean share of its
    differences that are found; all other pairs, and the other measures, are still alike.
    """
    for ratio, outlets, against, match, resamples in (
        (1.0, "ABC", "pairs", "event", RESAMPLES), (1.0, "ABCD", "pairs", "event", RESAMPLES),
        (1.0, "ABCD", "pairs", None, RESAMPLES), (1.0, "ABCDE", "rest", "event", RESAMPLES),
        (1.0, "ABCDEFGH", "rest", "event", RESAMPLES), (1.0, "ABCDEFGHIJKL", "rest", None, 999),
        (1.35, "ABC", "pairs", "event", 9999), (1.35, "ABCD", "pairs", "event", 9999),
        (1.5, "ABCD", "pairs", "event", 9999), (1.35, "ABCD", "pairs", None, 9999),
        (1.35, "ABCDE", "pairs", "event", 9999), (1.35, "ABCDEFGH", "pairs", "event", 9999),
        (1.35, "ABCDE", "rest", "event", 9999), (1.35, "ABCDEFGH", "rest", "event", 9999),
    ):  # fmt: skip
        hits, done = [], runs if ratio == 1 else runs // 2
        design = crossed(outlets, 40) if match else apart(outlets, 40, 1)
        for run in range(done):
            found = fr.compare(
                scores(design, rng, ratio=ratio), match=match, against=against,
                measures=CONFIRMATORY, n_resamples=resamples, seed=run,
            )  # fmt: skip
            hedge = found["measure"] == "hedge"
            true = hedge & (found["outlet_a"] == "A") & (ratio != 1)
            null = ~hedge | ((against == "pairs") & ~true) | (ratio == 1)
            both = np.array([found["p_adjusted"], holm(found["p"].to_numpy())]) < 0.05
            share = both[:, true].mean(axis=1) if true.any() else [np.nan] * 2
            hits.append([both[:, null].any(axis=1), share])
        alarms, power = np.mean(hits, axis=0)
        what = (
            f"{len(outlets)} outlets, {against}, match={match}, {len(found)} tests, ratio {ratio}"
        )
        for name, alarm, share in zip(("p_adjusted", "Holm"), alarms, power, strict=True):
            yield Row(f"{what}: any false {name} < .05", alarm, done, "≤ .06")
            if ratio != 1:
                yield Row(f"{what}: power, {name}", share, done, "1.2 × Holm's")


def detectable(rng: np.random.Generator, runs: int) -> Rows:
    """Power at the ratio that ``detectable`` names, thinning one side and thickening it."""
    runs = runs // 2
    for events in (40, 80):
        design = crossed("ABC", events)
        how = {"match": "event", "measures": CONFIRMATORY, "n_resamples": RESAMPLES}
        pilot = pd.concat([fr.compare(scores(design, rng), **how).head(1) for _ in range(40)])
        for times in pilot[["detectable", "detectable_below"]].median():
            hits = 0
            for run in range(runs):
                found = fr.compare(scores(design, rng, ratio=times), **how, seed=run)
                hits += found["p_adjusted"].iloc[0] < 0.05
            what = f"detectable, 3 outlets, {events} events, ratio {times:.2f}: p_adjusted < .05"
            yield Row(what, hits / runs, runs, ".75–.85")


def headlines(rng: np.random.Generator, runs: int) -> Rows:
    """Gaps between outlets that write their headlines alike, articles in events."""
    for match in (None, "event"):
        table = worlds.articles(crossed("AB", 12, 4), rng)
        event = pd.factorize(table["event"])[0]
        parts = []
        for run in range(runs):
            below = 1 / (1 + np.exp(-rng.normal(-2.5, 0.7, len(table))))
            pull = rng.normal(0, 1, 12)[event]
            present = rng.random(len(table)) < 1 / (1 + np.exp(1.5 - pull))
            gap = table.assign(measure=f"m{run}", zone="headline", words=9, expected=below)
            parts.append(gap.assign(present=present, gap=present - below, own_voice=False))
        found = fr.compare_headlines(pd.concat(parts), match=match, n_resamples=RESAMPLES)
        yield Row(
            f"headlines between outlets, match={match}: rejected", rejected(found), runs, ".03–.07"
        )


def robustness(rng: np.random.Generator, runs: int) -> Rows:
    """Labels that mean nothing: any combination, the clearest and the median of all."""
    runs, hits = runs // 4, np.zeros(3)
    for run in range(runs):
        table, cues = paragraphs_with_cues(rng)
        grid = fr.robustness(
            table, cues, match="event", measures="alarm", disputed="concern*",
            n_resamples=499, seed=run,
        )  # fmt: skip
        hits += [(grid["p"] <= 0.05).any(), *(grid[["p_clearest", "p_median"]].iloc[0] <= 0.05)]
    names = ("any combination", "p_clearest", "p_median")
    for name, share in zip(names, hits / runs, strict=True):
        wanted = "no more than p_clearest says" if name == names[0] else ".03–.07"
        yield Row(f"robustness, {name} ≤ .05", share, runs, wanted)


def paragraphs_with_cues(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return scores of four paragraphs an article on 24 events, and their cues of alarm."""
    table = worlds.articles(crossed("AB", 24), rng).drop(columns="words")
    table = table.loc[table.index.repeat(4)].reset_index(drop=True)
    table = table.assign(paragraph=np.tile(range(4), len(table) // 4), tone=0.0, hedge=0, boost=0)
    table["words"] = rng.integers(60, 220, len(table))
    table["words_outlet"] = (table["words"] * rng.uniform(0.4, 0.9, len(table))).astype(int)
    event = pd.factorize(table["event"])[0]
    level = rng.gamma(3, 1 / 3, 24)[event] * rng.gamma(3, 1 / 3, len(table))
    table["alarm"] = rng.poisson(0.004 * level * table["words"])
    cues = table.loc[table.index.repeat(table["alarm"]), ["article", "paragraph"]]
    concern = rng.random(len(cues)) < 0.3
    own = rng.random(len(cues)) < 0.6
    return table, cues.assign(
        category="fear", tag="", counted=True, negated=False, start=0, end=1, match="fear",
        entry=np.where(concern, "concern", "fear"), voice=np.where(own, "outlet", "quoted"),
    ).reset_index(drop=True)  # fmt: skip


def equivalence(rng: np.random.Generator, runs: int) -> Rows:
    """How often outlets are called equivalent at 1.25."""
    for events in (40, 100, 200):
        for ratio in (1.0, 1.25):
            table = world(crossed("AB", events), rng, runs=runs, ratio=ratio)
            found = compared(table, match="event", n_resamples=99)
            share = float((found["p_equivalent"] < 0.05).mean())
            wanted = "≤ .06" if ratio > 1 else ""
            yield Row(f"{events} events, ratio {ratio}: equivalent at 1.25", share, runs, wanted)


def within_topics(rng: np.random.Generator, runs: int) -> Rows:
    """Topics with other rates of which A has three times as many articles, or a third."""
    topics = {"A": ["x"] * 30 + ["y"] * 10, "B": ["x"] * 10 + ["y"] * 30}
    table = worlds.articles([("A", "", 40), ("B", "", 40)], rng)
    table = table.assign(topic=topics["A"] + topics["B"])
    times = np.where(table["topic"] == "x", 1.6, 0.4)[:, None]
    for kind in ("hedge", "alarm"):
        for ratio in (1.0, 1.6):
            counts = worlds.cue_counts(table, rng, kind=kind, runs=runs, ratio=ratio, times=times)
            found = compared(table.join(pd.DataFrame(counts).add_prefix("m")))
            what = f"two topics, {kind}, ratio {ratio}"
            wanted = ".03–.07" if ratio == 1 else "power"
            yield Row(f"{what}: rejected", rejected(found), runs, wanted)
            inside = covered(found, ratio, "ratio_low", "ratio_high")
            yield Row("its interval of the ratio holds it", inside, runs, "≥ .92")
            middle = float(np.exp(np.log(found["ratio"]).mean()))
            yield Row("geometric mean of the ratio", middle, runs, f"{ratio}", False)


def uneven_sides(rng: np.random.Generator, runs: int) -> Rows:
    """Matched outlets of which one writes articles four times as long."""
    table = worlds.articles(crossed("AB", 40), rng)
    table["words"] *= np.where(table["outlet"] == "A", 4, 1)
    for kind in ("hedge", "alarm"):
        counts = worlds.cue_counts(table, rng, kind=kind, runs=runs)
        found = compared(table.join(pd.DataFrame(counts).add_prefix("m")), match="event")
        what = f"matched, 40 events, A with four times the words, {kind}: rejected"
        yield Row(what, rejected(found), runs, "≤ .09, with a note")
        noted = float(found["note"].str.contains("words per event").mean())
        yield Row("the note is there", noted, runs, "1")
