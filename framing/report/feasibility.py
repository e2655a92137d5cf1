"""Which bundled reports a corpus allows, and what each of them could test."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from framing.corpus.corpus import Corpus
from framing.report.notebooks import notebook_parameters
from framing.schema import BODY, SCORED_ROLES
from framing.stats.notes import ARTICLES_TO_TEST, EVENTS_TO_TEST
from framing.utils.files import bundled


class Answer(NamedTuple):
    """Whether a report is possible, and why, or what it could test."""

    possible: bool
    detail: str


def feasibility(corpus: Corpus) -> pd.DataFrame:
    """Return which bundled reports can be made of a corpus, without making any.

    Parameters
    ----------
    corpus : Corpus
        As `read_corpus` returns it.

    Returns
    -------
    DataFrame
        One row per bundled notebook: ``report`` (its name), ``possible`` (bool) and ``detail``:
        what is missing, or what the report can test with so many outlets, articles and events.

    Examples
    --------
    >>> import framing as fr
    >>> feasibility(fr.read_corpus("corpora/strait"))["possible"].tolist()
    [True, True, True, True]
    """
    names = sorted(path.stem for path in bundled("notebooks").glob("*.ipynb"))
    answers = [_RULES.get(name, _any)(_scored(corpus)) for name in names]
    return pd.DataFrame(answers).assign(report=names)[["report", "possible", "detail"]]


def _scored(corpus: Corpus) -> Corpus:
    """Keep the paragraphs that are scored, and the articles that have some."""
    paragraphs = corpus.paragraphs
    paragraphs = paragraphs[paragraphs["role"].isin(SCORED_ROLES) & (paragraphs["words"] > 0)]
    articles = corpus.articles[corpus.articles["article"].isin(paragraphs["article"])]
    return corpus._replace(articles=articles, paragraphs=paragraphs)


def _any(corpus: Corpus) -> Answer:
    n = len(corpus.articles)
    return Answer(n > 0, f"{n:,} articles with text")


def _outlets(corpus: Corpus) -> Answer:
    sizes = corpus.articles["outlet"].value_counts()
    if len(sizes) < 2:
        only = f"all articles are from {sizes.index[0]!r}" if len(sizes) else "no article has text"
        return Answer(False, f"needs two outlets; {only}")
    if corpus.articles["event"].ne("").all():
        return Answer(True, _within_events(corpus.articles))
    named = corpus.articles["event"].ne("").sum()
    part = f"; only {named:,} of {len(corpus.articles):,} articles name an event" if named else ""
    enough = int((sizes >= ARTICLES_TO_TEST).sum())
    pairs = enough * (enough - 1) // 2
    return Answer(
        True,
        f"compares articles{part}; {_pairs(pairs, len(sizes))} with {ARTICLES_TO_TEST} articles "
        "or more each",
    )


def _within_events(articles: pd.DataFrame) -> str:
    sizes = pd.crosstab(articles["event"], articles["outlet"])
    shared = [sizes.loc[(sizes[[a, b]] > 0).all(axis=1), [a, b]] for a, b in combinations(sizes, 2)]
    enough = sum(
        len(events) >= EVENTS_TO_TEST and events.sum().min() >= ARTICLES_TO_TEST
        for events in shared
    )
    return (
        f"compares within {len(sizes):,} events; {_pairs(enough, sizes.shape[1])} with "
        f"{EVENTS_TO_TEST} shared events and {ARTICLES_TO_TEST} articles each on them, or more"
    )


def _pairs(enough: int, outlets: int) -> str:
    return f"can test {enough:,} of {outlets * (outlets - 1) // 2:,} pairs of outlets, those"


def _headlines(corpus: Corpus) -> Answer:
    least = {p.name: p.default for p in notebook_parameters("headlines")}["min_words"]
    role, words = corpus.paragraphs["role"], corpus.paragraphs["words"]
    below = words.where(role.isin(BODY), 0).groupby(corpus.paragraphs["article"]).sum()
    topped = corpus.paragraphs["article"][role == "headline"]
    fit = {*topped} & {*below.index[below >= least]}
    if not fit:
        return Answer(False, f"needs articles with a headline and {least} words below it")
    sizes = corpus.articles["outlet"][corpus.articles["article"].isin(fit)].value_counts()
    return Answer(
        True,
        f"{len(fit):,} articles have a headline and {least} words below it; can test "
        f"{(sizes >= ARTICLES_TO_TEST).sum():,} of {corpus.articles['outlet'].nunique():,} "
        f"outlets, those with {ARTICLES_TO_TEST} such articles or more",
    )


def _rewrite(corpus: Corpus) -> Answer:
    n = len(corpus.articles)
    if n < 2:
        return Answer(False, "needs two articles")
    return Answer(
        True,
        "compares the two articles"
        if n == 2
        else "if articles share words, which is not tried here",
    )


_RULES: dict[str, Callable[[Corpus], Answer]] = {
    "outlets": _outlets,
    "headlines": _headlines,
    "rewrite": _rewrite,
}
