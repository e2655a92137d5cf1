"""Words, headlines, choices, rewrites and time, where the truth is known."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

import framing as fr
from tests.benchmarks import worlds
from tests.benchmarks.calibration import COVER, FAMILY, LEVEL, Case, Row, Rows
from tests.benchmarks.calibration_outlets import FLIPS, OTHERS, covered, loose, names, rejected
from tests.benchmarks.worlds import CUES, MONDAY, Design, Source, articles, crossed


def keyness(source: Source, runs: int, *, lump: int, other: int, times: int = 1) -> Rows:
    """Words in lumps of so many uses on one side; forty words side by side are forty runs."""
    found = [_keyness(source.rng, 40, lump, other, times) for _ in range(max(runs // 40, 1))]
    yield Row("p ≤ .05", [rejected(pd.concat(found))], LEVEL if times == 1 else None)


def _keyness(
    rng: np.random.Generator, words: int, lump: int, other: int, times: int
) -> pd.DataFrame:
    """Return the keyness of words in articles that other words fill up to their length."""
    size = np.repeat([lump, other], 40)
    length = rng.integers(300, 900, 80)
    rate = 0.003 * np.repeat([times, 1], 40)
    uses = rng.poisson(rate * length / size, (words, 80)).T * size[:, None]
    texts = [
        " ".join(np.repeat([f"u{k}x" for k in range(words)], row)) + " the" * int(n - row.sum())
        for row, n in zip(uses, length, strict=True)
    ]
    table = pd.DataFrame({"article": [f"a{k}" for k in range(80)], "text": texts})
    table = table.assign(outlet=np.repeat(["A", "B"], 40), role="body")
    return fr.keyness(table, min_uses=10, n_resamples=499).query("outlet == 'A' and unit != 'the'")


def headlines(
    source: Source, runs: int, *, design: Design, match: str | None = None, against: str = "pairs"
) -> Rows:
    """Gaps between outlets that write headlines alike, or of which A has more with a cue."""
    for times in (1.0, 2.0, 4.0):
        found = []
        for run in range(runs):
            table = fr.compare_headlines(
                _gaps(source.rng, design, times),
                match=match, against=against, n_resamples=FLIPS, seed=run,
            )  # fmt: skip
            found.append(table if times == 1 else table[table["outlet_a"] == "A"])
        tests = pd.concat(found).groupby("measure", sort=False)
        single = [rejected(test) for _, test in tests]
        if times == 1:
            false = float(np.mean([(table["p_adjusted"] < 0.05).any() for table in found]))
            yield Row("any p_adjusted < .05", [false], FAMILY)
            yield Row(f"p ≤ .05: {OTHERS}", single, LEVEL)
        else:
            power = [float((test["p_adjusted"] < 0.05).mean()) for _, test in tests]
            yield Row(f"A {times:.0f} times: p ≤ .05", single)
            yield Row("the same: p_adjusted < .05", power)


def _gaps(rng: np.random.Generator, design: Design, times: float) -> pd.DataFrame:
    """Return headlines of which 9, 9 and 1.2 % have a cue, more alike on one event."""
    table = articles(design, rng).assign(zone="headline", own_voice=False)
    table["words"] = rng.integers(6, 14, len(table))
    more = np.where(table["outlet"] == "A", times, 1.0)
    event = worlds.numbered_events(table)
    parts = []
    for measure, share in zip(CUES, (0.09, 0.09, 0.012), strict=True):
        pull = rng.gamma(2, 1 / 2, event.max() + 1)[event] if table["event"].any() else 1.0
        expected = 1 / (1 + np.exp(-rng.normal(-2.5, 0.7, len(table))))
        present = rng.random(len(table)) < share * more * pull
        parts.append(table.assign(measure=measure, expected=expected, present=present,
                                  gap=present - expected))  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def robustness(source: Source, runs: int) -> Rows:
    """Labels that mean nothing: any combination, the clearest and the median of all."""
    hits = np.zeros(3)
    for run in range(runs):
        grid = fr.robustness(
            *_paragraphs_with_cues(source.rng), match="event", measures="alarm",
            disputed="concern*", n_resamples=499, seed=run,
        )  # fmt: skip
        hits += [(grid["p"] <= 0.05).any(), *(grid[["p_clearest", "p_median"]].iloc[0] <= 0.05)]
    yield Row("any combination ≤ .05, alarm", hits[:1] / runs)
    yield Row("p_clearest / p_median ≤ .05, alarm", hits[1:] / runs, LEVEL)


def _paragraphs_with_cues(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return scores of four paragraphs an article on 24 events, and their cues of alarm."""
    table = articles(crossed("AB", 24), rng).drop(columns=["words", "text"])
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
        category="fear", tag="", counted=True, negated=False, attenuated=False, sentence=0, start=np.arange(len(cues)), end=1,
        match="fear", entry=np.where(concern, "concern", "fear"),
        voice=np.where(own, "outlet", "quoted"),
    ).reset_index(drop=True)  # fmt: skip


def balance(source: Source, runs: int, *, articles: int) -> Rows:
    """Rewriters who delete at random, and such who aim at hedges."""
    for words, cues in ((0.05, 0.05), (0.3, 0.3), (0.3, 0.5)):
        shifts = (
            worlds.reworded(source.rng, cues_lost=cues, words_lost=words, articles=articles)
            for _ in range(runs)
        )
        p = [fr.balance(s, n_resamples=FLIPS, seed=k)["p"][0] for k, s in enumerate(shifts)]
        wanted = (0.0, 0.07) if cues == words else None
        what = f"{words:.0%} of words and {cues:.0%} of hedges gone: p ≤ .05"
        yield Row(what, [float((np.array(p) <= 0.05).mean())], wanted)


def trend(source: Source, runs: int, *, each: float) -> Rows:
    """Weekly levels with outlets that grow and fade: how often their intervals hold the truth."""
    shares, inside = [], []
    for kind in CUES:
        for _ in range(5):
            table = worlds.weekly(source.rng, weeks=26, each=each, kind=kind, runs=runs // 5)
            share = table["outlet"].value_counts(normalize=True).sort_index()
            truth = CUES[kind][0] * float(share @ np.linspace(0.6, 1.6, 6))
            found = fr.trend(table, measures=names(runs // 5))
            inside.append(covered(found, truth, "low", "high"))
            shares.append(len(table) / 26)
    what = f"{np.mean(shares):.0f} articles a week, interval holds the level: {OTHERS}"
    yield Row(what, np.reshape(inside, (3, 5)).mean(axis=1), COVER)


def entering(source: Source, runs: int) -> Rows:
    """An outlet with 1, 2 or 3 times the rate of the mean enters midway: nothing else happens."""
    level, mean, p = [], [], []
    for most in (1.0, 2.0, 3.0):
        tables = []
        for _ in range(5):
            table = worlds.weekly(source.rng, weeks=26, runs=runs // 5, most=most)
            middle = MONDAY + pd.Timedelta(weeks=13)
            tables.append(table[(table["outlet"] != "F") | (table["date"] >= middle)])
        found = pd.concat(
            fr.trend(table, measures=names(runs // 5)).assign(world=k)
            for k, table in enumerate(tables)
        )
        late = found["period"] >= middle
        for values, name in ((level, "level"), (mean, "mean")):
            sides = [found[x].groupby(["world", "measure"])[name].mean() for x in (late, ~late)]
            values.append(float(np.exp(np.log(sides[0] / sides[1]).mean())))
        broken = [fr.compare_periods(t, str(middle), measures=names(runs // 5)) for t in tables]
        p.append(rejected(pd.concat(broken)))
    yield Row("level, late over early, 1 / 2 / 3 times", level, (0.97, 1.03), False)
    yield Row("mean of all articles, late over early", mean, None, False)
    yield Row("compare_periods: p ≤ .05", p, LEVEL)


def breaks(source: Source, runs: int, *, moves: float, follows: float) -> Rows:
    """A planned break in the middle of 16, 26 and 52 weeks: nothing happens, or a step of 1.6."""
    for kind in ("hedge", "alarm"):
        for ratio in (1.0, 1.6):
            share, inside = [], []
            for weeks in (16, 26, 52):
                series = {"moves": moves, "follows": follows, "ratio": ratio, "kind": kind}
                found = pd.concat(
                    fr.compare_periods(
                        worlds.weekly(source.rng, weeks=weeks, runs=runs // 5, **series),
                        str(MONDAY + pd.Timedelta(weeks=weeks // 2)),
                        measures=names(runs // 5),
                    )
                    for _ in range(5)
                )
                share.append(rejected(found))
                inside.append(covered(found, ratio))
            what = "nothing happens" if ratio == 1 else "a step of 1.6"
            wanted = LEVEL if ratio == 1 else None
            yield Row(f"{kind}, {what}, 16 / 26 / 52 weeks: p ≤ .05", share, wanted)
            yield Row("the same: interval of the ratio holds it", inside, (0.9, 1.0))


def serial(source: Source, runs: int) -> Rows:
    """Matched outlets whose differences follow themselves from event to event by 0, .2, .4."""
    share, noted = [], []
    for follows in (0.0, 0.2, 0.4):
        shock = source.rng.normal(size=(40, runs))
        for k in range(1, 40):
            shock[k] = follows * shock[k - 1] + np.sqrt(1 - follows**2) * shock[k]

        def change(table: pd.DataFrame, shock: np.ndarray = shock) -> np.ndarray:
            event = table["event"].str[1:].astype(int).to_numpy()
            table["date"] = MONDAY + pd.to_timedelta(event, "D")
            first = (table["outlet"] == "A").to_numpy()[:, None]
            return np.where(first, np.exp(0.5 * shock[event] - 0.125), 1)

        table = source.many(crossed("AB", 40), runs, change=change)
        found = fr.compare(table, match="event", measures=names(runs), n_resamples=FLIPS)
        share.append(rejected(found))
        noted.append(float(found["note"].str.contains("neighbouring").mean()))
    yield Row("p ≤ .05, hedge, by 0 / .2 / .4", share)
    yield Row("note on neighbours", noted)


CASES = [
    *(
        Case(f"keyness, lumps of {lump} against {other}, {times} times as often",
             partial(keyness, lump=lump, other=other, times=times), 400)
        for lump, other, times in (
            (1, 1, 1), (3, 1, 1), (6, 1, 1), (3, 3, 1), (1, 1, 2), (3, 1, 2), (6, 1, 2), (3, 3, 2),
        )
    ),
    Case("headlines, 2 outlets of 60", partial(headlines, design=loose("AB", 60)), 400),
    Case("headlines, 2 outlets, 12 events × 5, unmatched",
         partial(headlines, design=crossed("AB", 12, 5)), 400),
    Case("headlines, 2 outlets, 12 events × 5, matched",
         partial(headlines, design=crossed("AB", 12, 5), match="event"), 400),
    Case("headlines, 40 articles against 160",
         partial(headlines, design=[("A", "", 40), ("B", "", 160)]), 400),
    Case("headlines, 12 outlets of 60 against the rest",
         partial(headlines, design=loose("ABCDEFGHIJKL", 60), against="rest"), 200),
    Case("robustness, 24 events", robustness, 500),
    Case("balance, 8 articles", partial(balance, articles=8), 500),
    Case("balance, 20 articles", partial(balance, articles=20), 500),
    Case("trend, 26 weeks, outlets that grow and fade", partial(trend, each=3.0)),
    Case("trend, 26 weeks of fewer articles", partial(trend, each=1.5)),
    Case("trend, an outlet enters midway", entering),
    Case("break, weeks that do not move", partial(breaks, moves=0.0, follows=0.0)),
    Case("break, weeks that move by 20%", partial(breaks, moves=0.2, follows=0.0)),
    Case("break, weeks that move by 20% and follow themselves by .4",
         partial(breaks, moves=0.2, follows=0.4)),
    Case("order, matched, 40 events that follow themselves", serial),
]  # fmt: skip
