"""Cues that are not those of the scores or texts beside them: an error, never a number."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framing.checks import check_same_articles, check_same_ids
from framing.lexicon.lexicon import Lexicon
from framing.schema import PLACE
from framing.scoring.cues import of_measure

_CUE = [*PLACE, "start", "end", "category", "entry"]


def with_texts(cues: pd.DataFrame) -> pd.DataFrame:
    """Return cues with an empty text where a CSV that was read again has a missing value."""
    names = [n for n in ("tag", "rule", "voice") if n in cues and cues[n].isna().any()]
    return cues.assign(**{n: cues[n].astype(object).where(cues[n].notna(), "") for n in names})


def check_cues(cues: pd.DataFrame, scores: pd.DataFrame, lexicon: Lexicon | None = None) -> None:
    """Raise an error if cues are not those that the scores count.

    Cues of other paragraphs are ignored. A column ``text`` must have the cues where they were
    found; each measure of ``lexicon`` that is a column must have as many cues as it counts.
    """
    check_same_articles(cues, scores, ("cues", "scores"))
    twice = cues.duplicated([name for name in _CUE if name in cues]) & ("start" in cues)
    if twice.any():
        raise ValueError(f"{twice.sum()} rows of cues are there twice: was a table added twice?")
    check_texts_of_cues(cues, scores)
    if lexicon:
        _check_counts(cues, scores, lexicon)


def _check_counts(cues: pd.DataFrame, scores: pd.DataFrame, lexicon: Lexicon) -> None:
    counting = cues[cues["counted"] & ~cues["negated"]]
    here = counting.merge(scores[PLACE].drop_duplicates(), on=PLACE)
    for measure in dict.fromkeys([*lexicon.indices, *lexicon.categories]):
        if measure not in scores:
            continue
        scored, found = scores[measure].sum(), of_measure(here, measure, lexicon).sum()
        if scored != found:
            raise ValueError(
                f"scores count {scored} of {measure!r}, and cues have {found} in the same "
                "paragraphs: give all cues of framing.find_cues, and the lexicon of both"
            )


def check_texts_of_cues(cues: pd.DataFrame, paragraphs: pd.DataFrame) -> None:
    """Raise an error if a cue is not in the text of its paragraph where it was found."""
    if not {"start", "end", "match"} <= set(cues) or "text" not in paragraphs:
        return
    check_same_ids(cues, paragraphs)
    columns = [cues[name].tolist() for name in (*PLACE, "start", "end", "match")]
    for article, paragraph, start, end, match, text in zip(
        *columns, texts_of_cues(cues, paragraphs), strict=True
    ):
        if text is not None and text[start:end] != match:
            raise ValueError(
                f"the cue {match!r} is not at {start} to {end} in paragraph {paragraph} of article "
                f"{article!r}: the text was changed after its cues were found; find them again"
            )


def texts_of_cues(cues: pd.DataFrame, paragraphs: pd.DataFrame) -> list[Any]:
    """Return the text of the paragraph of each cue, or None if it is not there.

    A text is there once, however many cues it has; a column of a table would repeat it.
    """
    texts = paragraphs[[*PLACE, "text"]].drop_duplicates(PLACE)
    numbered = texts[PLACE].assign(row=range(len(texts)))
    rows = cues[PLACE].merge(numbered, on=PLACE, how="left")["row"]
    known = [*texts["text"], None]
    return [known[row] for row in rows.fillna(-1).astype(int)]
