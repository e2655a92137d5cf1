"""Which bundled reports a corpus allows, and what each of them could test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from framing.corpus.corpus import Corpus
from framing.report.notebooks import notebook_parameters
from framing.schema import BODY, SCORED_ROLES
from framing.stats.checks import check_groups
from framing.stats.choices import choose_comparison
from framing.stats.contrasts import compare
from framing.stats.notes import ARTICLES_TO_TEST
from framing.stats.periods import MIN_ARTICLES
from framing.text.numbers import many
from framing.utils.files import bundled

_OF_TEXTS = ("outlets", "portrait", "timeline")  # reports of standfirsts and body
_BY_OUTLET = ("outlets", "headlines", "timeline")  # reports that stop where names are alike


class Answer(NamedTuple):
    """Whether a report is possible, and why, or what it could test."""

    possible: bool
    detail: str


def feasibility(corpus: Corpus) -> pd.DataFrame:
    """Return which bundled reports can be made of a corpus, without making any.

    One row per bundled notebook: ``report`` (its name), ``possible`` (bool) and ``detail``: what is
    missing, or what the report can test with so many outlets, articles and events.

    >>> import framing as fr
    >>> bool(feasibility(fr.load_example())["possible"].all())
    True
    """
    names = sorted(path.stem for path in bundled("notebooks").glob("*.ipynb"))
    answers = [_answer(name, _scored(corpus)) for name in names]
    return pd.DataFrame(answers).assign(report=names)[["report", "possible", "detail"]]


def _answer(report: str, corpus: Corpus) -> Answer:
    """Return what a report needs of a corpus; names of outlets as its own tables need them."""
    if report in _BY_OUTLET:
        try:
            check_groups(corpus.articles, "outlet")
        except ValueError as error:
            return Answer(False, str(error))
    if report in _OF_TEXTS and not corpus.paragraphs["role"].isin(BODY).any():
        return Answer(False, "needs texts below the headlines; there are only headlines")
    return _RULES.get(report, _any)(corpus)


def _scored(corpus: Corpus) -> Corpus:
    """Keep the paragraphs that are scored, and the articles that have some."""
    paragraphs = corpus.paragraphs
    paragraphs = paragraphs[paragraphs["role"].isin(SCORED_ROLES) & (paragraphs["words"] > 0)]
    articles = corpus.articles[corpus.articles["article"].isin(paragraphs["article"])]
    return corpus._replace(articles=articles, paragraphs=paragraphs)


def _any(corpus: Corpus) -> Answer:
    n = len(corpus.articles)
    return Answer(n > 0, f"{many(n, 'article')} with text")


def _outlets(corpus: Corpus) -> Answer:
    try:  # as the report does
        choose_comparison(corpus.paragraphs)
    except ValueError as error:
        return Answer(False, str(error))
    named, n = corpus.articles["event"].ne("").sum(), len(corpus.articles)
    within = f"within events {_testable(corpus, 'event') or 'none'}" if named else "no events"
    detail = f"can test {_testable(corpus, None) or 'no'} pairs of outlets; {within}"
    return Answer(True, f"{detail} ({named:,} of {n:,} articles name one)" if named else detail)


def _testable(corpus: Corpus, match: Literal["event"] | None) -> str:
    """Count the pairs of outlets that `compare` gives a p-value, whatever they would count."""
    body = corpus.paragraphs[corpus.paragraphs["role"].isin(BODY)]
    numbered = body.assign(hedge=np.arange(len(body)) % 3)  # not counted yet: any number will do
    try:
        pairs = compare(numbered, match=match, measures="hedge", n_resamples=99)
    except ValueError:  # no outlet has a second one to be compared with
        return "no"
    return f"{pairs['p'].notna().sum():,} of {len(pairs):,}"


def _headlines(corpus: Corpus) -> Answer:
    least = {p.name: p.default for p in notebook_parameters("headlines")}["min_words"]
    role, words = corpus.paragraphs["role"], corpus.paragraphs["words"]
    below = words.where(role.isin(BODY), 0).groupby(corpus.paragraphs["article"]).sum()
    fit = {*corpus.paragraphs["article"][role == "headline"]} & {*below.index[below >= least]}
    if not fit:
        return Answer(False, f"needs articles with a headline and {least} words below it")
    sizes = corpus.articles["outlet"][corpus.articles["article"].isin(fit)].value_counts()
    return Answer(
        True,
        f"{many(len(fit), 'article')} with a headline and {least} words below it; can test "
        f"{(sizes >= ARTICLES_TO_TEST).sum():,} of {corpus.articles['outlet'].nunique():,} "
        f"outlets, those with {ARTICLES_TO_TEST} such articles or more",
    )


def _rewrite(corpus: Corpus) -> Answer:
    n = len(corpus.articles)
    if n < 2:
        return Answer(False, "needs two articles")
    several = "if articles share words, which is not tried here"
    return Answer(True, "compares the two articles" if n == 2 else several)


def _timeline(corpus: Corpus) -> Answer:
    dates = corpus.articles["date"].dropna()
    if dates.empty:
        return Answer(False, "needs articles with a date")
    sizes = dates.dt.to_period("W").value_counts()
    full = sizes[sizes >= MIN_ARTICLES]
    if full.empty:
        return Answer(False, f"needs a week with {MIN_ARTICLES} articles (or months: -p freq M)")
    return Answer(
        True,
        f"{len(full):,} of {many(len(sizes), 'week')} have {MIN_ARTICLES} articles or more, and "
        f"hold {full.sum():,} of {many(len(corpus.articles), 'article')}",
    )


_RULES: dict[str, Callable[[Corpus], Answer]] = {
    "outlets": _outlets,
    "headlines": _headlines,
    "rewrite": _rewrite,
    "timeline": _timeline,
}
