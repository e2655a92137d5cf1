"""Near-duplicates and rewrites: pairs of articles that share text, and their clusters."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.arguments import as_value, check_known, check_number
from framing.checks import check_columns, check_each_of_one, check_once, complete, dates_of
from framing.reuse.candidate_pairs import candidate_pairs
from framing.reuse.direction import direction
from framing.reuse.facts import Facts, find_facts, shared_facts
from framing.reuse.features import WordTable, profiles, read_words, runs
from framing.reuse.prose import prose
from framing.reuse.similarity import contained, measure_pairs
from framing.schema import PLACE, SCORED_ROLES, UNKNOWN_OUTLET
from framing.scoring.paragraph_checks import check_texts
from framing.stats.strata import components
from framing.text.arrays import Ints
from framing.text.numbers import many

PAIR_COLUMNS = [
    "article_a", "article_b", "outlet_a", "outlet_b", "date_a", "date_b", "label",
    "shingles", "grams", "order", "frame", "names", "facts", "direction", "evidence",
    "shared_facts",
]  # fmt: skip
CLUSTER_COLUMNS = ["cluster", "article", "outlet", "date"]
SAME_EVENT, UNRELATED = "same event", "unrelated"
COPIES = ("verbatim", "light rewrite", "heavy rewrite", "rewritten")

# Smallest value for a label; a pair gets the first label with a row that it reaches. The
# independent pairs are reports of one event by different outlets, 160 events.
THRESHOLDS = pd.DataFrame(
    [
        ("verbatim", "shingles", 0.80, "of five-word runs; convention"),
        ("light rewrite", "shingles", 0.39, "largest of 459 independent pairs"),
        ("heavy rewrite", "order", 0.55, "exceeded by 1 of 459 independent pairs"),
        ("heavy rewrite", "frame", 0.59, "exceeded by 1 of 459 independent pairs"),
        ("rewritten", "facts", 0.52, "none of 255,000 independent pairs reaches it"),
        (SAME_EVENT, "names", 0.45, "90th percentile of pairs of different events"),
    ],
    columns=["label", "measure", "at_least", "source"],
)
_NAMED, _SHARED = 0.45, 0.05  # shares of names and of runs below which the order is not measured


class Copies(NamedTuple):
    """Four tables: ``pairs``, ``clusters``, the ``thresholds`` of the labels, and ``articles``."""

    pairs: pd.DataFrame
    clusters: pd.DataFrame
    thresholds: pd.DataFrame
    articles: pd.DataFrame

    def __repr__(self) -> str:
        counts = self.pairs["label"].value_counts(sort=False)  # copies first
        found = ", ".join(f"{counts[label]} {label}" for label in counts.index)
        return (
            f"Copies: {found or 'no pairs'}; "
            f"{many(self.clusters['article'].nunique(), 'article')} in "
            f"{many(self.clusters['cluster'].nunique(), 'cluster')}"
        )


def find_copies(
    paragraphs: pd.DataFrame,
    *,
    days: int = 7,
    min_words: int = 40,
    thresholds: pd.DataFrame = THRESHOLDS,
) -> Copies:
    """Find articles that reuse the text of others, as a whole, reworded, retold or in part.

    Only pairs that share five-word n-grams, or several rare words within some days, are measured.
    Headlines are left out, since every outlet writes its own, and so are photo galleries, lists of
    names and sign-up forms.

    Parameters
    ----------
    paragraphs : DataFrame
        ``article``, ``text``; ``outlet``, ``date`` and ``role`` if known.
    days : int, default 7
        Largest distance of articles that are paired for rare words, and of reports of the same
        event; n-grams have no limit.
    min_words : int, default 40
        Shorter articles are left out, since what they share is a matter of chance.
    thresholds : DataFrame, default THRESHOLDS
        ``label``, ``measure``, ``at_least`` (0 to 1), ``source``, the strongest label first.

    Returns
    -------
    Copies
        ``pairs``: one row per measured pair, the earlier article first, with its label
        (verbatim, light rewrite, heavy rewrite, rewritten, same event, unrelated), six measures
        from 0 to 1 (see `framing.reuse.similarity.measure_pairs` and
        `framing.reuse.facts.shared_facts`), ``direction`` and its ``evidence``, and the rarest
        names and numbers in common, ``shared_facts``. ``clusters``: one row per article in a
        pair of copies, with its cluster, named after the earliest article. ``thresholds``: as
        used. ``articles``: the ids of all articles that were read.

    Examples
    --------
    >>> story = "Nine crew left Dovek at dawn. " + " ".join(f"word{i}" for i in range(60))
    >>> table = pd.DataFrame({"article": ["x", "y"], "outlet": ["X", "Y"], "text": story})
    >>> import framing as fr
    >>> fr.find_copies(table).pairs[["article_a", "article_b", "label", "direction"]]
      article_a article_b     label          direction
    0         x         y  verbatim  direction unknown
    """
    check_number("days", days, least=0)
    check_number("min_words", min_words, least=0)
    _check_thresholds(thresholds)
    articles = _articles_by_date(paragraphs)
    words = read_words(articles["text"])
    long = np.diff(words.bounds) >= min_words
    facts = find_facts(words)
    a, b = candidate_pairs(words, facts, long, articles["date"], days=days)
    a, b, measured = _measure_candidates(words, facts, a, b)
    pairs = _described(articles, a, b, measured, thresholds, days)
    read = complete(paragraphs)[["article"]].drop_duplicates()
    return Copies(
        pairs,
        _clusters(articles, pairs),
        thresholds.copy(),
        read.sort_values("article", ignore_index=True),
    )


def _check_thresholds(thresholds: pd.DataFrame) -> None:
    """Raise an error unless labels and measures are known and their thresholds from 0 to 1."""
    check_columns(thresholds, list(THRESHOLDS), kind="thresholds")
    check_known(list(thresholds["measure"]), list(THRESHOLDS["measure"]))
    for row in thresholds.itertuples():
        check_number(f"at_least of {row.measure}", row.at_least, least=0, most=1)
        if row.label not in set(THRESHOLDS["label"]):
            known = ", ".join(THRESHOLDS["label"].unique())
            raise ValueError(f"label must be one of {known}, got {as_value(row.label)}")


def _articles_by_date(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Return the texts by article, sorted by date, those without a date last."""
    table = complete(paragraphs)
    check_texts(table)
    check_once(table[table["article"] != ""], kind="paragraphs")
    named = table["outlet"].notna() & table["article"].ne("")
    pairs = table.loc[named, ["article", "outlet"]].drop_duplicates()
    check_each_of_one(pairs, pairs["article"].duplicated())
    kept = table[table["role"].isin(SCORED_ROLES) & table["role"].ne("headline")]
    kept = kept.sort_values(PLACE, kind="stable")
    articles = kept.groupby("article", as_index=False, sort=True).agg(
        **{name: (name, "first") for name in ("outlet", "date", "event")},
        text=("text", "\n\n".join),
    )
    articles["outlet"] = articles["outlet"].fillna(UNKNOWN_OUTLET)
    articles["date"] = dates_of(articles)
    articles["text"] = [prose(text) for text in articles["text"]]
    return articles.sort_values(["date", "article"], kind="stable", ignore_index=True)


def _measure_candidates(
    words: WordTable, facts: Facts, a: Ints, b: Ints
) -> tuple[Ints, Ints, pd.DataFrame]:
    """Measure the pairs that share enough names or runs to be more than unrelated."""
    some, one, other = _texts_in_pairs(words, a, b)
    kept = contained(runs(some.only(some.names), 1), one, other) >= _NAMED
    kept |= contained(runs(some), one, other) >= _SHARED
    a, b = a[kept], b[kept]
    some, one, other = _texts_in_pairs(words, a, b)
    measured = measure_pairs(profiles(some), one, other)
    return a, b, measured.join(shared_facts(facts, np.diff(words.bounds), a, b))


def _texts_in_pairs(words: WordTable, a: Ints, b: Ints) -> tuple[WordTable, Ints, Ints]:
    """Return the words of the texts in pairs, and the row numbers of both texts of a pair."""
    texts, place = np.unique(np.concatenate([a, b]), return_inverse=True)
    return words.take(texts), place[: len(a)], place[len(a) :]


def _described(
    articles: pd.DataFrame,
    a: Ints,
    b: Ints,
    measured: pd.DataFrame,
    thresholds: pd.DataFrame,
    days: int,
) -> pd.DataFrame:
    sides = {
        f"{name}_{side}": articles[name].iloc[rows].array
        for name in ("article", "outlet", "date")
        for side, rows in (("a", a), ("b", b))
    }
    pairs = pd.concat([pd.DataFrame(sides), measured], axis=1)
    pairs["label"] = _labels(measured, thresholds)
    pairs.loc[pairs["label"].eq(SAME_EVENT) & _are_apart(articles, a, b, days), "label"] = UNRELATED
    copied = pairs["label"].isin(COPIES).to_numpy()
    pairs[["direction", "evidence"]] = ""
    directions = direction(articles, a[copied], b[copied])
    pairs.loc[copied, ["direction", "evidence"]] = directions.to_numpy()
    labels = [*dict.fromkeys(THRESHOLDS["label"]), UNRELATED]
    return pairs.assign(rank=pairs["label"].map(labels.index)).sort_values(
        ["rank", "article_a", "article_b"], ignore_index=True
    )[PAIR_COLUMNS]


def _are_apart(articles: pd.DataFrame, a: Ints, b: Ints, days: int) -> NDArray[np.bool_]:
    """Return which pairs cannot be of one event: by the column ``event``, or else by their days."""
    event = articles["event"].fillna("").to_numpy(str)
    named = (event[a] != "") & (event[b] != "")
    between = articles["date"].iloc[b].array - articles["date"].iloc[a].array
    return np.where(named, event[a] != event[b], np.abs(between) > pd.Timedelta(days=days))


def _labels(measured: pd.DataFrame, thresholds: pd.DataFrame) -> NDArray[np.object_]:
    labels = np.full(len(measured), UNRELATED, object)
    for row in thresholds.iloc[::-1].itertuples():
        labels[measured[row.measure] >= row.at_least] = row.label
    return labels


def _clusters(articles: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the connected components of copies, named after their earliest article."""
    copied = pairs[pairs["label"].isin(COPIES)]
    place = pd.Series(articles.index, index=articles["article"])
    a, b = (place[copied[name]].to_numpy(np.int64) for name in ("article_a", "article_b"))
    first = articles["article"].groupby(components(a, b, len(articles))).transform("first")
    inside = np.isin(np.arange(len(articles)), np.concatenate([a, b]))
    table = articles.assign(cluster=first)[inside]
    return table.sort_values("cluster", kind="stable", ignore_index=True)[CLUSTER_COLUMNS]
