"""What a reader of a comparison has to know: who was left out, and what makes a test doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.schema import TONES, UNKNOWN_OUTLET
from framing.stats.articles import repeats
from framing.stats.effects import FEW
from framing.stats.flips import LEVEL
from framing.stats.lopsided import UNEVEN, counts, is_lopsided
from framing.stats.sides import OTHERS, Design, Pair
from framing.text.arrays import Bools, Floats
from framing.text.numbers import many

ARTICLES_TO_TEST = 10  # a side; below, no p
EVENTS_TO_TEST = 6  # below, not even a difference that never changes sign reaches .05
RATIO = 1.5  # a comparison that would miss this ratio in more than a fifth of cases says so
# What articles as units claim; of groups of outlets outlets are the units.
_CLAIMS = [
    "low", "high", "ratio_low", "ratio_high", "effect", "effect_low", "effect_high", "detectable",
    "detectable_below", "p", "p_adjusted", "p_equivalent", "p_clearest", "p_median", "q",
]  # fmt: skip
# What a method and a note say of tests that are then not given.
_OF_ARTICLES = (
    r", (closed testing of pairs, )?[\d,]+ tests? adjusted together|(; )?underpowered: [^;]*"
)
NO_TONE = "no article has one: tone is scored in English only"
SAME_WITHIN = "is the same for all articles of an outlet"
_BETWEEN = 0.5  # share of the variance of groups between outlets; two of a size: one odd in seven
_NAMED = 3  # articles
_SPREAD = 1.5  # of rates; by more .065 of families of equal outlets differ, by less .051
_LONGER = 2  # words an article: twice as long has a rate lower by a twentieth


def untested(pair: Pair, design: Design) -> str:
    """Return why a comparison has no p, or nothing."""
    few = min(pair.a.number, pair.b.number) < ARTICLES_TO_TEST
    clusters = min(pair.a.clusters, pair.b.clusters)
    if clusters < EVENTS_TO_TEST and (design.match or not few):
        return f"no p under {EVENTS_TO_TEST} events"
    if few:
        return f"no p under {ARTICLES_TO_TEST} articles a side"
    crowded = not design.match and (pair.a.is_crowded or pair.b.is_crowded)
    return "no p where one event has over half of a side's articles" if crowded else ""


def of_outlets(
    table: pd.DataFrame,
    scores: pd.DataFrame,
    by: str,
    *,
    instead: str = "use framing.compare_groups",
) -> pd.DataFrame:
    """Take away what articles as units would claim of groups of outlets, and note why."""
    odd = _odd_articles(scores, by)
    if odd is None:
        return table
    nothing: dict[str, object] = {name: np.nan for name in _CLAIMS if name in table}
    if "verdict" in table:
        nothing["verdict"] = ""
    for name in {"method", "note"} & {*table}:
        nothing[name] = table[name].str.replace(_OF_ARTICLES, "", regex=True)
    return put_first(table.assign(**nothing), f"{by!r} {SAME_WITHIN}{_but(odd, scores)}: {instead}")


def _but(odd: pd.DataFrame, scores: pd.DataFrame) -> str:
    """Name the articles that are not in the group of their outlet."""
    if odd.empty:
        return ""
    named = [f"{a!r} of {o}" for a, o in zip(odd["article"], odd["outlet"], strict=True)]
    more = [f"{len(named) - _NAMED} more"] if len(named) > _NAMED else []
    every = scores["article"].nunique()
    return f" but {len(named)} of {every:,} ({', '.join(named[:_NAMED] + more)})"


def are_outlets(scores: pd.DataFrame, by: str) -> bool:
    """Return whether the groups are groups of outlets, so that outlets are the units."""
    return _odd_articles(scores, by) is not None


def with_units(articles: pd.DataFrame, scores: pd.DataFrame, by: str) -> pd.DataFrame:
    """Put outlets in the place of events if groups of outlets are compared: they are the units."""
    if not are_outlets(scores, by):
        return articles
    outlets = scores[[by, "article", "outlet"]].drop_duplicates([by, "article"])
    whose = outlets.rename(columns={"outlet": "event"}).astype({by: str})
    return articles.drop(columns="event").merge(whose, how="left")


def _odd_articles(scores: pd.DataFrame, by: str) -> pd.DataFrame | None:
    """Return which articles are not in the group of their outlet; None if outlets have no groups.

    They have if groups differ more between outlets than within: a few articles do not make a
    property of outlets one of articles. That is Goodman & Kruskal's tau, less what chance gives.
    """
    if by == "outlet" or {"article", "outlet"} - {*scores}:
        return None
    each = scores[["article", "outlet", by]].drop_duplicates().astype({by: str})
    if each["outlet"].nunique() <= each[by].nunique():
        return None
    counts = pd.crosstab(each["outlet"], each[by])
    number, n = counts.to_numpy(float), len(each)
    within = n - (np.square(number).sum(axis=1) / number.sum(axis=1)).sum()
    whole = n - np.square(number.sum(axis=0)).sum() / n
    if within > 0 and 1 - within / whole * (n - 1) / (n - len(counts)) <= _BETWEEN:
        return None
    return each[each[by] != each["outlet"].map(counts.idxmax(axis=1))]


def of_each(articles: pd.DataFrame, by: str) -> dict[str, str]:
    """Return the notes on single outlets: articles that are repeated, or that name no outlet."""
    remarks = repeats(articles, by)
    if by == "outlet" and (n := int((articles[by] == UNKNOWN_OUTLET).sum())):
        named = f"{UNKNOWN_OUTLET} is no outlet: {many(n, 'article')} of any that name none"
        remarks[UNKNOWN_OUTLET] = "; ".join([named, *filter(None, [remarks.get(UNKNOWN_OUTLET)])])
    return remarks


def put_first(table: pd.DataFrame, note: str) -> pd.DataFrame:
    """Put one note before all others."""
    return table.assign(note=(note + "; " + table["note"]).str.strip("; ")) if note else table


def of_pairs(articles: pd.DataFrame, by: str, design: Design, pairs: list[Pair]) -> list[list[str]]:
    """Return the notes that all measures of a comparison share."""
    remarks = of_each(articles, by)
    twice = articles[articles["article"].duplicated(keep=False)]
    whose = {name: set(rows["article"]) for name, rows in twice.groupby(by)}
    loose, bare = (
        articles.loc[articles[name] == "", by].value_counts().to_dict()
        for name in ("event", "topic")
    )
    bare[OTHERS] = sum(bare.values())
    held = bare[OTHERS] < len(articles)
    return [
        [
            *(_left_out(pair, loose) if design.match else _of_no_topic(pair, bare) if held else []),
            *_uneven(pair, design),
            *_longer(pair),
            *_on_both_sides(pair, whose),
            *(remarks[name] for name in pair.names if name in remarks),
        ]
        for pair in pairs
    ]


def of_spread(table: pd.DataFrame, articles: pd.DataFrame, design: Design) -> pd.DataFrame:
    """Note cues whose rates differ so much between articles that p against the rest is too small.

    Their spread is what chance hits (Poisson) leave of the coefficient of variation.
    """
    if design.against != "rest":
        return table
    rates = articles[[name for name in design.measures if name not in TONES]]
    beyond = rates.var() - rates.mean() * (100 / articles["words"]).mean()
    spread = np.sqrt(beyond.clip(lower=0)) / rates.mean()
    times = table["measure"].map(spread[spread > _SPREAD])
    said = "; rates vary between articles by " + times.map("{:.1f} times their mean: ".format)
    tested = table["p"].notna() & table["note"].str.contains("from the log ratio")
    note = (table["note"] + said + "p is slightly low").where(tested & times.notna(), table["note"])
    return table.assign(note=note)


def _left_out(pair: Pair, loose: dict[str, int]) -> list[str]:
    named = [name for name in pair.names if name in loose]
    return [f"{many(loose[name], 'article')} of {name} without an event left out" for name in named]


def _of_no_topic(pair: Pair, bare: dict[str, int]) -> list[str]:
    """Note articles without a topic where topics are held constant; of all others, those of all."""
    names = pair.names[1:] if pair.names[1] == OTHERS else pair.names
    here = sum(bare.get(name, 0) for name in names)
    return [f"{many(here, 'article')} without a topic taken as one topic"] if here else []


def _on_both_sides(pair: Pair, whose: dict[str, set[str]]) -> list[str]:
    """Note articles of which each side has a part; ``whose`` are those that stand twice."""
    a, b = (whose.get(name, set()) for name in pair.names)
    both = len(a if pair.names[1] == OTHERS else a & b)
    return [f"{many(both, 'article')} on both sides"] if both else []


def _uneven(pair: Pair, design: Design) -> list[str]:
    """Note events that have far more words, or articles, on one side."""
    if not design.match or design.against == "rest" or is_lopsided(pair, design):
        return []
    found = []
    for what, a, b in (
        ("words", pair.a.length, pair.b.length),
        ("articles", pair.a.number, pair.b.number),
    ):
        less, most = sorted((a, b))
        if less and most >= UNEVEN * less:
            more = f"{pair.names[int(a < b)]} has {most / less:.1f} times as many {what} per event"
            found.append(f"{more}: p is slightly low")
    return found


def _longer(pair: Pair) -> list[str]:
    """Note a side whose articles are much longer."""
    sizes = [side.length / max(side.number, 1) for side in (pair.a, pair.b)]
    shorter, longer = sorted(sizes)
    if longer < _LONGER * shorter or not shorter:
        return []
    name, times = pair.names[sizes.index(longer)], longer / shorter
    return [f"articles of {name} are {times:.1f} times as long: see log_words of rate_ratios"]


def of_measures(
    pairs: Sequence[Pair],
    design: Design,
    shared: Sequence[list[str]],
    tests: Sequence[Any],
    *,
    topics: bool,
) -> NDArray[np.object_]:
    """Return the note of every measure of comparisons; ``shared`` are those of `of_pairs`.

    ``tests`` is the smallest detectable ratio, the smallest p that is possible, how alike
    neighbouring units are (NaN if not more than by chance), whether p is not that of flips, and
    whether it is that of how many units have a hit; comparisons × measures.
    """
    size, floor, alike, log, few = tests
    missing = [np.isnan(pair.a.measured).all(axis=0) & (len(pair.a.words) > 0) for pair in pairs]
    reasons = [untested(pair, design) for pair in pairs]
    each = zip(pairs, reasons, shared, strict=True)
    unit, few_flips = "events" if design.match else "units", design.n_resamples < 1 / LEVEL - 1
    columns = [
        ["exploratory" * (name not in design.confirmatory) for name in design.measures],
        _written(NO_TONE, missing),
        [[_about(*of_one, design, topics)] for of_one in each],
        np.where([[not reason] for reason in reasons], _tests(pairs, design, log, few), ""),
        f"{design.n_resamples} flips of signs allow no p below .05" * bool(few_flips),
        _written("too few events differ for a p below {:.3f}", floor * (floor <= 1) > LEVEL, floor),
        _written(f"neighbouring {unit} are alike (r = {{:.2f}}): p is too small", alike > 0, alike),
        _underpowered(pairs, design, size),
    ]
    cells = np.broadcast_arrays(*(np.asarray(column, object) for column in columns), size)[:-1]
    rows = zip(*(cell.ravel() for cell in cells), strict=True)
    return np.array(["; ".join(filter(None, row)) for row in rows], object).reshape(size.shape)


def _about(pair: Pair, reason: str, shared: list[str], design: Design, topics: bool) -> str:
    """Return what holds of all measures of a comparison."""
    about = "" if design.match else f"topic {'' if topics else 'not '}held constant"
    about += ", event not" if topics else ""
    here = len(np.unique(pair.a.place)) if topics else 0
    reason += f" on topics of both, here {here}" if reason and here else ""
    nothing = f"no {'event' if design.match else 'topic'} in common" * (not len(pair.a.words))
    return "; ".join(filter(None, [about, nothing, reason, *shared]))


def _tests(pairs: Sequence[Pair], design: Design, log: Bools, few: Bools) -> NDArray[np.object_]:
    """Note how cues are tested of two sides that are unlike."""
    unit = "articles" if design.match else "units"
    what = "events" if design.match else unit
    said = _written("few hits on one side: p from the log ratio", log)
    for k in np.flatnonzero(log.any(axis=1)).tolist():
        if is_lopsided(pairs[k], design):
            a, b = counts(pairs[k], design)
            said[k, log[k]] = f"{a} against {b} {unit}: p of cues from the log ratio"
    said[few] = f"under {FEW} {what} of a side have a hit: p of how many have one, no interval"
    return said


def _underpowered(pairs: Sequence[Pair], design: Design, size: Floats) -> NDArray[np.object_]:
    """Note cues of which a ratio of 1.5 would be missed, and how many units it would take."""
    sides = np.array([[len(pair.a.words), len(pair.b.words)] for pair in pairs])
    units = sides[:, [0]] if design.match else sides.sum(axis=1, keepdims=True)
    needed = np.rint(units * (np.log(size) / np.log(RATIO)) ** 2)
    weak = [name not in TONES for name in design.measures] & ~(size <= RATIO) & (units > 0)
    noun = "events" if design.match else "articles"
    said = _written(f"underpowered: {RATIO} would take about {{:.0f}} {noun}", weak, needed)
    said[weak & np.isnan(size)] = "underpowered: too few hits"
    return said


def _written(text: str, which: Any, values: Any = 0.0) -> NDArray[np.object_]:
    """Write a text where it holds, with its number; each number once."""
    known, place = np.unique(np.where(which, values, 0.0), return_inverse=True)
    texts = np.array([text.format(value).replace("below 0.", "below .") for value in known], object)
    return np.where(which, texts[place].reshape(np.shape(which)), "")
