"""Which articles of a corpus a table of scores is of: what a report may say about them."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from framing.arguments import as_value
from framing.checks import SCORES, check_columns, check_same_articles
from framing.corpus.corpus import Corpus
from framing.schema import SCORED_ROLES
from framing.text.numbers import many


class Part(NamedTuple):
    """The articles that were scored, and a sentence if these are a part of the corpus."""

    articles: pd.DataFrame
    note: str


def scored_part(corpus: object, scores: pd.DataFrame) -> Part:
    """Return the articles of a corpus that are in a table of scores.

    Raises
    ------
    TypeError, ValueError
        If these are no corpus and no scores, in this order, or the scores are of other articles.
    """
    if not isinstance(corpus, Corpus):
        hint = ": pass study.corpus" if hasattr(corpus, "corpus") else ""
        raise TypeError(
            "expected a corpus, as framing.read_corpus(path) returns it, and then its scores; got "
            f"{as_value(corpus)} first{hint}"
        )
    check_columns(scores, ["article", "outlet", "words"], kind=SCORES)
    check_same_articles(scores, corpus.articles, ("scores", "the corpus"))
    scored = scores["article"].unique()  # pandas takes long to look for texts among very many
    known = corpus.articles["article"].isin(scored)
    blocks = corpus.paragraphs
    texts = blocks["role"].isin(SCORED_ROLES) & blocks["words"].gt(0)
    left = blocks["article"][texts & ~blocks["article"].isin(scored)]
    whole, part = known.sum() + left.nunique(), scores["article"].nunique()
    note = f"These are {part:,} of the {many(whole, 'article')} of the corpus." if len(left) else ""
    return Part(corpus.articles[known], note)
