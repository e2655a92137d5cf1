"""The level of every outlet: how much of each measure it has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.schema import BODY, TONES
from framing.stats import resampling
from framing.stats.articles import chosen_measures, per_article, stacked
from framing.stats.resampling import Bootstrap, Floats, generator

LEVELS = ["articles", "words", "mean", "pooled", "low", "high", "share_zero"]


def levels(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
    n_resamples: int = 2000,
    seed: int = 1,
) -> pd.DataFrame:
    """How much of each measure every outlet has.

    Parameters
    ----------
    scores : DataFrame
        As ``framing.score`` returns it.
    by : str, default "outlet"
        The column whose values are compared.
    measures : str or sequence of str, optional
        Counts of cues, or numbers of VADER's; ``hedge``, ``alarm``, ``boost``, ``tone`` and every
        category by default.
    roles : str or sequence of str, default ("standfirst", "body")
        The paragraphs that are taken.
    n_resamples : int, default 2000
        Number of bootstrap resamples.
    seed : int, default 1
        The same seed gives an outlet the same numbers, whatever else is in the table.

    Returns
    -------
    DataFrame
        A row a measure and outlet:

        - ``measure``, the column ``by``, ``articles``, ``words``;
        - ``mean``: the mean over articles, each counting the same, of the cues per 100 words of
          an article, or of the mean tone (−1 to 1) of its paragraphs;
        - ``pooled``: the same mean with articles weighted by their words; for cues this is all
          cues per 100 of all words;
        - ``low``, ``high``: 95 % bootstrap-t interval of ``mean``, events resampled, or articles
          that have none; NaN under 5 of these, or under 5 whose value is not 0;
        - ``share_zero``: the share (0 to 1) of articles whose value is 0.

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
    articles = per_article(scores, by=by, measures=measures, roles=roles)
    chosen = chosen_measures(scores, measures)
    floor = np.where([measure in TONES for measure in chosen], -np.inf, 0.0)
    tables = []
    for name, group in articles.groupby(by):
        values = np.asfortranarray(group[chosen].to_numpy(float))
        words = group["words"].to_numpy()
        rng = generator(seed, "bootstrap", name)
        sample = _resampled(group, values, n_resamples=n_resamples, rng=rng)
        low, high = resampling.interval(sample)
        row = {
            "measure": chosen,
            by: name,
            "articles": len(group),
            "words": words.sum(),
            "mean": values.mean(axis=0),
            "pooled": (words[:, None] * values).sum(axis=0) / words.sum(),
            "low": np.maximum(low, floor),
            "high": high,
            "share_zero": (values == 0).mean(axis=0),
        }
        tables.append(pd.DataFrame(row))
    return stacked(tables, chosen)[["measure", by, *LEVELS]]


def _resampled(
    articles: pd.DataFrame, values: Floats, *, n_resamples: int, rng: np.random.Generator
) -> Bootstrap:
    """Resample events, or articles that have none.

    The mean of articles is a ratio of sums over events. The mean plus each event's influence on
    it has that mean and, to first order, its variance (Särndal et al. 1992, ch. 5.6).
    """
    alone = "\0" + articles["article"].astype(str)
    place = pd.factorize(articles["event"].where(articles["event"] != "", alone), sort=True)[0]
    size = np.bincount(place)[:, None]
    sums = np.stack([np.bincount(place, column) for column in values.T], axis=1)
    mean = values.mean(axis=0)
    units = mean + size / size.mean() * (sums / size - mean)
    sample = resampling.bootstrap(units, n_resamples=n_resamples, rng=rng)
    return sample._replace(nonzero=np.count_nonzero(sums, axis=0))
