"""The level of every outlet: how much of each measure it has, and how headlines differ in tone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.schema import BODY, TONES
from framing.stats import effects
from framing.stats.articles import per_article, stacked
from framing.stats.measures import chosen_measures
from framing.stats.notes import of_each, with_units
from framing.stats.sides import cluster_names
from framing.stats.sums import sums_by
from framing.text.arrays import Floats

LEVELS = ["articles", "words", "mean", "pooled", "low", "high", "share_zero", "note"]
HEADLINE_TONE = ["articles", "headline", "text", "estimate", "low", "high"]


def levels(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
) -> pd.DataFrame:
    """Return how much of each measure every outlet has.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``.
    by : str, default "outlet"
        Column that defines the groups to compare.
    measures : str or sequence of str, optional
        Counts of cues, or scores of VADER; ``hedge``, ``alarm``, ``boost``, ``tone`` and every
        category by default.
    roles : str or sequence of str, default ("standfirst", "body")
        Roles of the paragraphs to use.

    Returns
    -------
    DataFrame
        One row per measure and outlet:

        - ``measure``, the column ``by``, ``articles``, ``words``;
        - ``mean``: the mean over articles, each counting the same, of the cues per 100 words of
          an article, or of the mean tone (−1 to 1) of its paragraphs;
        - ``pooled``: the same mean with articles weighted by their words; for cues this is all
          cues per 100 of all words;
        - ``low``, ``high``: 95 % interval of ``mean`` (jackknife over events, or articles without
          one; over outlets where all articles of an outlet have the same ``by``; Student's t, for
          cues on the logarithmic scale; its degrees of freedom are one less than (Σ n)² / Σ n² of
          the n articles of each: as many equal ones they are worth, Kish 1965); NaN under 5 of
          these, or under 5 whose value is not 0, or where one has over half of the articles;
        - ``share_zero``: the share (0 to 1) of articles whose value is 0;
          missing, as ``mean`` is, where an article has no value;
        - ``note``: how many articles repeat another one word for word, and count again, or name
          no outlet.

    Raises
    ------
    ValueError
        If columns are missing or empty, a measure is unknown, or no paragraph has such a role.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": "A", "article": ["1", "2"], "role": "body",
    ...                        "words": [50, 150], "hedge": [1, 0]})
    >>> levels(scores)[["outlet", "articles", "mean", "pooled", "share_zero"]].values.tolist()
    [['A', 2, 1.0, 0.5, 0.5]]
    """
    articles = with_units(per_article(scores, by=by, measures=measures, roles=roles), scores, by)
    chosen = chosen_measures(scores, measures, by)
    remarks = of_each(articles, by)
    tables = []
    for name, group in articles.groupby(by):
        values = np.asfortranarray(group[chosen].to_numpy(float))
        words = group["words"].to_numpy()
        low, high = _interval_of_means(group, by, values, chosen)
        row = {
            "measure": chosen,
            by: name,
            "articles": len(group),
            "words": words.sum(),
            "mean": values.mean(axis=0),
            "pooled": (words[:, None] * values).sum(axis=0) / words.sum(),
            "low": low,
            "high": high,
            "share_zero": np.where(np.isnan(values), np.nan, values == 0).mean(axis=0),
            "note": remarks.get(name, ""),
        }
        tables.append(pd.DataFrame(row))
    return stacked(tables, chosen)[["measure", by, *LEVELS]]


def _interval_of_means(
    articles: pd.DataFrame, by: str, values: Floats, measures: list[str]
) -> tuple[Floats, Floats]:
    """Return Student's interval, for cues of the logarithm of the mean.

    The standard error is the delete-one-cluster jackknife's; clusters are events, and articles
    that have none. Densities are skewed and never below 0, so their logarithms are more alike.
    """
    cluster = pd.factorize(cluster_names(articles, by), sort=True)[0]
    size = np.bincount(cluster).astype(float)
    sums = sums_by(cluster, values)
    low, high = effects.mean_of(sums, size, logs=False).interval()
    low_cue, high_cue = map(np.exp, effects.mean_of(sums, size, logs=True).interval())
    toned = np.array([name in TONES for name in measures])
    ends = np.where(toned, low, low_cue), np.where(toned, high, high_cue)
    low, high = np.where(2 * size.max() > size.sum(), np.nan, ends)
    return low, high


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
        low, high = _interval_of_means(articles, by, gaps.to_numpy()[:, None], ["tone"])
        means = articles["tone_headline"].mean(), articles["tone"].mean(), gaps.mean()
        rows.append([name, len(articles), *means, *low, *high])
    return pd.DataFrame(rows, columns=[by, *HEADLINE_TONE])
