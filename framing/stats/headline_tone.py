"""The tone of headlines, against that of the texts below them, by outlet."""

from __future__ import annotations

import pandas as pd

from framing.schema import BODY
from framing.stats.articles import per_article
from framing.stats.levels import interval_of_means
from framing.stats.notes import with_units

HEADLINE_TONE = ["articles", "headline", "text", "estimate", "low", "high"]


def headline_tone(scores: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Describe how the tone of headlines differs from that of their texts, by outlet.

    Nothing is tested: headlines are written differently from texts in every outlet.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``.
    by : str, default "outlet"
        The column whose values are the groups.

    Returns
    -------
    DataFrame
        One row per outlet that has articles with a headline and a text: ``articles``, their
        number; ``headline``, the mean tone of their headlines; ``text``, that of their texts (the
        mean over the paragraphs of standfirst and body; all −1 to 1, each article counting the
        same); ``estimate``, the first minus the second (−2 to 2), with the 95 % interval ``low``,
        ``high`` of the mean over articles, as in ``framing.levels``.

    Raises
    ------
    ValueError
        If a column is missing, or no paragraph is a headline, or none a text.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": "A", "article": ["1", "1", "1"], "paragraph": [0, 1, 2],
    ...                        "role": ["headline", "body", "body"], "words": 8,
    ...                        "tone": [-0.5, 0.0, 0.2]})
    >>> headline_tone(scores)[["headline", "text", "estimate"]].values.tolist()
    [[-0.5, 0.1, -0.6]]
    """
    heads, texts = (
        per_article(scores, by=by, measures="tone", roles=roles) for roles in ("headline", BODY)
    )
    both = texts.merge(heads[["article", "tone"]], on="article", suffixes=("", "_headline"))
    both = with_units(both, scores, by)
    rows = []
    for name, articles in both.groupby(by):
        gaps = articles["tone_headline"] - articles["tone"]
        low, high = interval_of_means(articles, by, gaps.to_numpy()[:, None], ["tone"])
        means = articles["tone_headline"].mean(), articles["tone"].mean(), gaps.mean()
        rows.append([name, len(articles), *means, *low, *high])
    return pd.DataFrame(rows, columns=[by, *HEADLINE_TONE])
