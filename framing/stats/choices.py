"""Which comparison a corpus allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from framing.checks import SCORES, check_columns
from framing.schema import listed
from framing.stats.checks import check_groups
from framing.text.encoding import printable

_MANY = 5  # outlets; there are ten pairs of them


class OneOutletError(ValueError):
    """All articles are of one outlet, so that nothing can be compared."""


class OneArticleError(ValueError):
    """There is one article, so that nothing can be compared."""


def choose_comparison(
    scores: pd.DataFrame, *, by: str = "outlet", outlets: str | Sequence[str] = ()
) -> dict[str, Any]:
    """Return how a report compares: within events or not, every pair or each with the rest.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``.
    by : str, default "outlet"
        Column that defines the groups to compare.
    outlets : str or sequence of str
        Outlets to compare. A single one is compared with all others.

    Returns
    -------
    dict
        Arguments of ``framing.compare``: ``by``; ``match``, "event" if more than half of the
        articles have an event; ``against``, "rest" for five outlets and more or a single one that
        is asked for, else "pairs".

    Raises
    ------
    ValueError
        If all articles are of one outlet, or there is one article.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": ["A", "B"], "article": ["1", "2"], "event": ["x", "x"]})
    >>> choose_comparison(scores)
    {'by': 'outlet', 'match': 'event', 'against': 'pairs'}
    """
    check_columns(scores, [by, "article"], kind=SCORES)
    check_groups(scores, by)
    names = sorted(scores[by].astype(str).unique())
    if len(names) < 2:
        only = (
            f"{printable(by)} is {names[0]!r} for all articles" if names else "no article has words"
        )
        if names and len(scores["article"].unique()) == 1:
            raise OneArticleError(
                "one article: there is nothing to compare; the report article describes it"
            )
        if names and by == "outlet":
            raise OneOutletError(
                f"{only}: there is nothing to compare; the report portrait describes one outlet"
            )
        raise ValueError(f"{only}: there is nothing to compare")
    known = scores.get("event", pd.Series("", scores.index)).fillna("").ne("")
    matched = known.groupby(scores["article"]).any().mean() > 0.5
    rest = len(listed(outlets)) == 1 or len(names) >= _MANY
    return {"by": by, "match": "event" if matched else None, "against": "rest" if rest else "pairs"}
