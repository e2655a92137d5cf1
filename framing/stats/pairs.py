"""What a matched comparison rests on: two outlets event by event."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.arguments import check_against
from framing.schema import BODY, TONES
from framing.stats.articles import per_article
from framing.stats.comparisons import stack
from framing.stats.measures import chosen_measures
from framing.stats.sides import Design, Rows, pairs, sides


def event_pairs(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
    against: str = "pairs",
) -> pd.DataFrame:
    """Return what every two outlets have on each event that both cover.

    Parameters
    ----------
    scores, by, measures, roles, against
        As for ``compare``.

    Returns
    -------
    DataFrame
        One row per measure, pair and event: ``measure``, ``outlet_a``, ``outlet_b``, ``event``;
        ``value_a``, ``value_b``: mean of an outlet's articles on it (cues per 100 words, or tone);
        ``ratio``: a over b, 0 or infinite where one of them has none, NaN where neither has and for
        tone.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": ["A", "B"], "article": ["1", "2"], "event": "e",
    ...                        "role": "body", "words": 100, "hedge": [3, 2]})
    >>> event_pairs(scores)[["event", "value_a", "value_b", "ratio"]].values.tolist()
    [['e', 3.0, 2.0, 1.5]]
    """
    articles = per_article(scores, by=by, measures=measures, roles=roles)
    check_against(against, articles[by].unique())
    design = Design(chosen_measures(scores, measures, by), match="event", against=against)
    everything = sides(articles, by, design)
    couples = list(pairs(everything.outlets, design, topics=False))
    if not any(len(pair.a.words) for pair in couples):
        raise ValueError("no event is covered by two outlets: there is no pair to show")
    side, _, first, runs, clusters, _ = Rows.taken(couples)
    x, y = side.measured[first], side.measured[~first]
    names = np.repeat([pair.names for pair in couples], runs[:, 0], axis=0).astype(object)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where([name in TONES for name in design.measures], np.nan, x / y)
    return stack(
        {
            "measure": np.array(design.measures, object),
            "outlet_a": names[:, [0]],
            "outlet_b": names[:, [1]],
            "event": np.array(everything.clusters, object)[side.cluster[first] % clusters, None],
            "value_a": x,
            "value_b": y,
            "ratio": ratio,
        }
    )
