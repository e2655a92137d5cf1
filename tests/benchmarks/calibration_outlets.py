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
    """maxT over tone, hedge, alarm and boost of all pairs, against Holm over the same tests."""
    runs = runs // 2
    for ratio, outlets in ((1.0, "ABCD"), (1.5, "ABCD"), (1.5, "ABCDEFGH")):
        hits = np.zeros(2)
        for run in range(runs):
            table = scores(crossed(outlets, 40), rng, ratio=ratio)
            found = fr.compare(
                table, match="event", measures=CONFIRMATORY, n_resamples=RESAMPLES, seed=run
            )
            true = (found["measure"] == "hedge") & (found["outlet_a"] == "A")
            both = found["p_adjusted"].to_numpy(), holm(found["p"].to_numpy())
            if ratio == 1:
                hits += [(p < 0.05).any() for p in both]
            else:
                hits += [(p < 0.05)[true].mean() for p in both]
        for name, share in zip(("maxT", "Holm"), hits / runs, strict=True):
            what = "any p_adjusted < .05 in the whole report" if ratio == 1 else "power at 1.5"
            wanted = "≤ .06" if ratio == 1 else "1.2 × Holm's"
            yield Row(f"{len(outlets)} outlets, {name}: {what}", share, runs, wanted)


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


def real_articles(rng: np.random.Generator, runs: int, path: str) -> Rows:
    """Labels shuffled between real articles; those on one event change hands within it."""
    table = pd.read_parquet(path) if path.endswith(".parquet") else None
    if table is None:
        table = fr.score(fr.read_corpus(path).paragraphs)
    body = table[table["role"].isin(["standfirst", "body"]) & table["words"].gt(0)]
    how = {
        "event": "first",
        "words": "sum",
        "tone": "mean",
        "hedge": "sum",
        "alarm": "sum",
        "boost": "sum",
    }
    rows = body.groupby("article").agg(how).reset_index().assign(role="body", text="")
    for size in (15, 40, 100):
        if len(rows) < 2 * size:
            continue
        hits = pd.Series(0.0, index=list(CONFIRMATORY))
        for run in range(runs):
            drawn = rows.sample(2 * size, random_state=rng)
            drawn = drawn.assign(outlet=np.repeat(["A", "B"], size), event="")
            found = fr.compare(drawn, measures=CONFIRMATORY, n_resamples=RESAMPLES, seed=run)
            hits += (found.set_index("measure")["p"] <= 0.05).astype(float)
        for name, share in (hits / runs).items():
            yield Row(f"real articles, {size} a side: {name} rejected", share, runs, ".03–.07")
