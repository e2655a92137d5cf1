"""Which articles of a corpus a table of scores is of: what a report may say about them."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from framing.corpus.corpus import Corpus
from framing.schema import SCORED_ROLES, SCORES, as_value, check_columns, check_same_ids
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
    check_same_ids(scores, corpus.articles)
    known = corpus.articles["article"].isin(scores["article"])
    if len(scores) and not known.any():
        raise ValueError(
            f"scores are of other articles than the corpus, such as {scores['article'].iloc[0]!r}"
        )
    texts = corpus.paragraphs[corpus.paragraphs["role"].isin(SCORED_ROLES)]
    left = texts.loc[texts["words"].gt(0) & ~texts["article"].isin(scores["article"]), "article"]
    whole, part = known.sum() + left.nunique(), scores["article"].nunique()
    note = f"These are {part:,} of the {many(whole, 'article')} of the corpus." if len(left) else ""
    return Part(corpus.articles[known], note)
