"""Sentiment: VADER, number for number what vaderSentiment 3.3.2 gives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framing.tokens import normalise as fold

TONE_COLUMNS = ["neg", "neu", "pos", "compound"]


@cache
def _analyzer() -> Any:
    return SentimentIntensityAnalyzer()


def tone(texts: Sequence[str] | pd.Series[str], *, normalise: bool = False) -> pd.DataFrame:
    """Score texts with VADER (Hutto & Gilbert 2014).

    Parameters
    ----------
    texts : sequence of str or Series
        The texts; an empty one scores 0 throughout.
    normalise : bool, default False
        Fold curly apostrophes, dashes and invisible characters first, which VADER does not know.

    Returns
    -------
    DataFrame
        ``neg``, ``neu``, ``pos`` (shares, 0 to 1) and ``compound`` (−1 to 1), with the index of
        the input.

    Raises
    ------
    TypeError
        If a text is not a str; the message names the row.

    Examples
    --------
    >>> tone(["Talks fail.", "A good day!"])["compound"].tolist()
    [-0.5423, 0.4926]
    """
    index = texts.index if isinstance(texts, pd.Series) else None
    rows = []
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(
                f"row {row}: a text must be a str, and {text!r} is a {type(text).__name__}; "
                "drop such rows or fill them with ''"
            )
        scores = _analyzer().polarity_scores(
            fold(text).replace("\u00ad", "") if normalise else text
        )
        rows.append([scores[column] for column in TONE_COLUMNS])
    return pd.DataFrame(rows, columns=TONE_COLUMNS, index=index, dtype=float)
