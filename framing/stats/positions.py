"""Where in an article a paragraph stands: headline, lead, and the rest of the body in fifths."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.checks import SCORES, check_columns, check_filled, check_numbered, check_once
from framing.schema import PLACE
from framing.stats.articles import stacked
from framing.stats.checks import check_words
from framing.stats.levels import levels

ZONES = ("headline", "lead", "1", "2", "3", "4", "5")


def zones(scores: pd.DataFrame) -> pd.DataFrame:
    """Add a column ``zone`` to scores.

    It is ``headline``; ``lead``, the standfirst and the first body paragraph; ``1`` to ``5``, the
    fifth of the words of the other body paragraphs that the middle of a paragraph falls in; empty
    for other roles.

    >>> scores = pd.DataFrame({"article": "a", "paragraph": range(7), "words": 10,
    ...                        "role": ["headline", *["body"] * 6]})
    >>> zones(scores)["zone"].tolist()
    ['headline', 'lead', '1', '2', '3', '4', '5']
    """
    check_columns(scores, [*PLACE, "role", "words"], kind=SCORES)
    check_filled(scores, "article")
    check_once(scores)
    check_numbered(scores)
    check_words(scores)
    place = scores[[*PLACE, "role", "words"]].reset_index(drop=True)
    place = place.astype({"words": int}).sort_values(PLACE, kind="stable")
    zone = pd.Series("", index=place.index, dtype=object)
    zone[place["role"] == "headline"] = "headline"
    body = place[place["role"] == "body"]
    first = ~body.duplicated("article")
    zone[place["role"] == "standfirst"] = "lead"
    zone[body.index[first]] = "lead"
    rest = body[~first]
    words = rest.groupby("article")["words"]
    middle = (words.cumsum() - rest["words"] / 2) / words.transform("sum").clip(lower=1)
    fifth = np.minimum(np.floor(5 * middle.to_numpy()), 4).astype(int)
    zone[rest.index] = np.array(ZONES[2:], dtype=object)[fifth]
    return scores.assign(zone=zone.sort_index().to_numpy())


def positions(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    measures: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the levels of every outlet in each part of its articles.

    Parameters
    ----------
    scores, by, measures
        As for ``levels``.

    Returns
    -------
    DataFrame
        The table of ``levels`` for every ``zone`` (lead, and fifths 1 to 5 of the rest of the
        body). Headlines are not in it: see ``headlines``.

    Examples
    --------
    >>> scores = pd.DataFrame({"article": "a", "outlet": "A", "paragraph": [0, 1], "role": "body",
    ...                        "words": 50, "hedge": [0, 1]})
    >>> positions(scores)[["zone", "mean"]].values.tolist()
    [['lead', 0.0], ['3', 2.0]]
    """
    placed = zones(scores)
    check_columns(placed, [by], kind=SCORES)
    tables = [
        levels(rows, by=by, measures=measures).assign(zone=zone)
        for zone in ZONES[1:]
        if (rows := placed[placed["zone"] == zone])["words"].gt(0).any()
    ]
    if not tables:
        raise ValueError("no body paragraph has words, so no cue has a position")
    table = pd.concat(tables).sort_values(by, kind="stable")
    table.insert(2, "zone", table.pop("zone"))
    return stacked([table], list(table["measure"].unique()))
