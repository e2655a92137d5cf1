"""Print how often the comparisons are wrong where the truth is known, as a Markdown table.

``python -m tests.benchmarks.calibration [--corpus PATH] [--runs 1000]``. PATH is a corpus, or a
table of scores (``.parquet``), with articles of two outlets or more on every event, or without
events; else articles are made up that are spread like real ones. Takes about five minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
import pandas as pd

import framing as fr
from framing.schema import PRIMARY

MEASURES = [*PRIMARY, "tone"]
RESAMPLES = 999
Row = tuple[str, str, dict[str, float], str]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", metavar="PATH")
    options.add_argument("--runs", type=int, default=1000)
    given = options.parse_args()
    articles = summed(read(given.corpus)) if given.corpus else made_up()
    rng = np.random.default_rng(1)
    matched = articles.groupby("event")["article"].transform("size").ge(2) & articles["event"].ne(
        ""
    )
    told = f"{articles['event'][matched].nunique()} events of two articles and more"
    print(f"{given.corpus or 'Made up'}: {len(articles)} articles, {told}; {given.runs} runs.\n")
    print(f"| with | units | {' | '.join(MEASURES)} | wanted |\n|{' --- |' * (len(MEASURES) + 3)}")
    for kind, units, found, wanted in rows(articles, articles[matched], given.runs, rng):
        cells = [f"{found[name]:.3f}" if name in found else "" for name in MEASURES]
        print(f"| {kind} | {units} | {' | '.join(cells)} | {wanted} |", flush=True)


def rows(
    articles: pd.DataFrame, matched: pd.DataFrame, runs: int, rng: np.random.Generator
) -> Iterator[Row]:
    """Every row of the table that the articles are enough for."""
    there = matched["event"].nunique()
    for events in (10, 20, 40):
        if events <= there:
            found = rejected(matched, events, runs, rng)
            yield "labels shuffled within events", f"{events} events", found, ".03–.07"
    for events in (20, 40):
        if events <= there:
            found = modelled(matched, events, runs, rng)
            yield "the same, rate_ratios", f"{events} events", found, ".03–.07"
    for size in (15, 40):
        found = rejected(articles.assign(event=""), size, runs, rng)
        yield "labels shuffled between articles", f"2 × {size} articles", found, ".03–.07"
    if there >= 40:
        found = rejected(matched, 40, runs, rng, ratio=1.5)
        yield "ratio of 1.5 put in", "40 events", found, "hedge ≥ .75"
        marked, said = doubled(matched, rng)
        yield "articles doubled and marked: largest change", "40 events", marked, "0"
        yield "articles doubled, not marked: reported", "40 events", said, "1"
    for size in (15, 30, 60):
        found = covered(articles, size, runs, rng)
        yield "intervals of levels that hold the mean", f"{size} articles", found, ".93–.97"


def read(path: str) -> pd.DataFrame:
    if path.endswith(".parquet"):
        return pd.read_parquet(path)
    return fr.score(fr.read_corpus(path).paragraphs)


def summed(scores: pd.DataFrame) -> pd.DataFrame:
    """One row an article, as if it had one paragraph."""
    body = scores[scores["role"].isin(["standfirst", "body"]) & scores["words"].gt(0)]
    how = {"event": "first", "words": "sum", **dict.fromkeys(PRIMARY, "sum"), "tone": "mean"}
    return body.groupby("article").agg(how).reset_index().assign(role="body", text="")


def made_up(events: int = 100, each: int = 3) -> pd.DataFrame:
    """Articles with the lengths, rates and spread of full articles of American outlets."""
    rng = np.random.default_rng(7)
    event = np.repeat(np.arange(events), each)
    n = len(event)
    words = np.clip(rng.lognormal(6.65, 0.5, n), 150, 4000).astype(int)
    table = {"article": [f"a{k}" for k in range(n)], "event": [f"e{k}" for k in event]}
    for name, rate, spread in (("hedge", 0.9, 0.17), ("alarm", 0.38, 0.5), ("boost", 0.14, 0.3)):
        half = 2 / spread  # half of the spread lies between events, half within
        level = rng.gamma(half, 1 / half, events)[event] * rng.gamma(half, 1 / half, n)
        table[name] = rng.poisson(rate * words / 100 * level)
    tone = rng.normal(0, 0.1, events)[event] + rng.normal(-0.02, 0.12, n)
    return pd.DataFrame(table | {"words": words, "tone": tone, "role": "body", "text": ""})


def labelled(
    articles: pd.DataFrame, units: int, rng: np.random.Generator, names: str = "AB"
) -> pd.DataFrame:
    """Draw events, and of each an article a name; without events, articles."""
    drawn = articles.sample(frac=1, random_state=rng)
    if not drawn["event"].any():
        return drawn[: units * len(names)].assign(outlet=np.repeat(list(names), units))
    place = drawn.groupby("event").cumcount()
    full = drawn["event"].map(place.groupby(drawn["event"]).max()) >= len(names) - 1
    drawn = drawn[full & (place < len(names))]
    kept = drawn["event"].drop_duplicates()[:units]
    drawn = drawn[drawn["event"].isin(kept)]
    return drawn.assign(outlet=np.array(list(names))[place[drawn.index]])


def rejected(
    articles: pd.DataFrame, units: int, runs: int, rng: np.random.Generator, ratio: float = 1.0
) -> dict[str, float]:
    """How often p ≤ .05, B's hedges thinned so that A has ``ratio`` times as many."""
    match = "event" if articles["event"].any() else None
    hits = pd.Series(0.0, MEASURES)
    for run in range(runs):
        table = labelled(articles, units, rng)
        thin = rng.binomial(table["hedge"], 1 / ratio)
        table["hedge"] = np.where(table["outlet"] == "B", thin, table["hedge"])
        found = fr.compare(table, match=match, measures=MEASURES, n_resamples=RESAMPLES, seed=run)
        hits += (found.set_index("measure")["p"] <= 0.05).astype(float)
    return dict(hits / runs) if ratio == 1 else {"hedge": hits["hedge"] / runs}


def modelled(
    articles: pd.DataFrame, events: int, runs: int, rng: np.random.Generator
) -> dict[str, float]:
    """How often the first pair of the model of all outlets has p ≤ .05, of those it has a p for."""
    most = "ABC"[: min(3, articles.groupby("event").size().max())]
    tables = []
    for _ in range(runs):
        table = labelled(articles, events, rng, most).assign(paragraph=0)
        tables.append(fr.rate_ratios(table, match="event").groupby("measure").head(1))
    found = pd.concat(tables).dropna(subset="p")
    return dict((found["p"] <= 0.05).groupby(found["measure"]).mean())


def doubled(articles: pd.DataFrame, rng: np.random.Generator) -> list[dict[str, float]]:
    """Give A every article twice: how far numbers move if marked, and whether it is said if not."""
    table = labelled(articles, 40, rng).assign(text=lambda t: t["article"])
    again = table[table["outlet"] == "A"].assign(article=lambda t: t["article"] + "#2")
    again_marked = again.assign(copy_of=again["article"].str[:-2])
    plain, marked, unmarked = (
        fr.compare(
            pd.concat([table, *more]), match="event", measures=MEASURES, n_resamples=RESAMPLES
        )
        for more in ([], [again_marked], [again])
    )
    columns = ["estimate", "low", "high", "p"]
    moved = (marked[columns] - plain[columns]).abs().max(axis=1)
    said = unmarked["note"].str.contains("word for word").astype(float)
    return [dict(zip(MEASURES, values, strict=True)) for values in (moved, said)]


def covered(
    articles: pd.DataFrame, size: int, runs: int, rng: np.random.Generator
) -> dict[str, float]:
    """How often the interval of a sample of articles holds the mean of all.

    Of measures so rare that most samples have no interval nothing is said: the few that have one
    are those with too many cues.
    """
    density = articles[list(PRIMARY)].mul(100 / articles["words"], axis=0)
    truth = density.assign(tone=articles["tone"]).mean()
    tables = []
    for run in range(runs):
        drawn = articles.iloc[rng.integers(len(articles), size=size)]
        drawn = drawn.assign(outlet="A", event="", article=[f"a{k}" for k in range(size)])
        tables.append(fr.levels(drawn, measures=MEASURES, n_resamples=RESAMPLES, seed=run))
    found = pd.concat(tables).dropna(subset=["low", "high"])
    found = found[found.groupby("measure")["low"].transform("size") >= runs / 2]
    inside = found["measure"].map(truth).between(found["low"], found["high"])
    return dict(inside.groupby(found["measure"]).mean())


if __name__ == "__main__":
    main()
