"""What people's codes change in the counts of each article."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.validation.coding import Coded, adjudicated
from framing.validation.sheets import TONE


def corrections(coded: Coded, measure: str) -> pd.DataFrame:
    """Estimate how many hits of an article people would not count, less those that were missed.

    Parameters
    ----------
    coded : Coded
        As `read_coding` or `adjudicated` returns it.
    measure : str
        One of the measures that were coded, but not tone.

    Returns
    -------
    DataFrame
        A row an article with a coded passage (the index): ``excess``, the hits to take off;
        ``variance``, what coding only a sample adds to the variance of ``excess``. A passage that
        people call right counts its hits, and at least one; any other counts none.

    Notes
    -----
    The difference estimator of survey sampling: the sum over coded passages of (hits - truth) /
    probability. It is unbiased whatever the errors of the lexicon, since the probabilities are
    known; with every passage coded it gives the coders' own counts (Särndal, Swensson & Wretman
    1992; Egami, Hinck, Stewart & Wei 2023, Using imperfect surrogates for downstream inference).
    Cells that are empty or ``?`` count as missing at random among those of their outlet that the
    lexicon treats alike.

    Raises
    ------
    ValueError
        If the measure was not coded.
    """
    allowed = [name for name in coded.about["measures"] if name != TONE]
    if measure not in allowed:
        raise ValueError(f"measure must be one of {', '.join(allowed)}; got {measure!r}")
    gold = adjudicated(coded).codes
    truth = gold[gold["measure"] == measure].set_index("passage")["code"]
    sample = coded.passages[coded.passages["part"] == "report"]
    hits = sample[f"hits_{measure}"].to_numpy(float)
    kind = np.select([hits > 0, sample[f"near_{measure}"] > 0], ["hit", "near"], "none")
    right = truth.reindex(sample["passage"]).to_numpy()
    decided = ~np.isnan(right)
    response = pd.Series(decided).groupby([sample["by"].to_numpy(), kind]).transform("mean")
    reported = (coded.passages["part"] == "report").groupby(coded.passages["by"]).transform("mean")
    chance = sample["probability"] * reported[sample.index] * response.to_numpy()
    chance = chance.to_numpy(float)[decided]
    excess = (hits - np.where(right == 1, np.maximum(hits, 1), 0))[decided]
    table = pd.DataFrame(
        {
            "article": sample["article"].to_numpy()[decided],
            "excess": excess / chance,
            "variance": excess**2 * (1 - chance) / chance**2,
        }
    )
    return table.groupby("article").sum()
