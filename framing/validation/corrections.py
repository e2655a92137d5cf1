"""What people's codes change in the measures of each article."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.scoring.tone import tone
from framing.text.arrays import Floats
from framing.validation.coding import Coded, adjudicated
from framing.validation.forms import TONE


def corrections(coded: Coded, measure: str) -> pd.DataFrame:
    """Estimate how much too high a measure of an article is, by people's codes.

    A row is an article with a coded passage (the index). ``excess``, what to take off: hits that
    people would not count, less those that were missed; for tone, how far the mean of the article
    is above the mean code. ``variance``: what coding only a sample adds to the variance of
    ``excess``. A passage that people call right counts its hits, and at least one; any other counts
    none. The tone of a passage is the mean of its codes.

    The difference estimator of survey sampling: the sum over coded passages of (measured - true) /
    probability. It is unbiased whatever the errors of the lexicon, since the probabilities are
    known; with every passage coded it gives the coders' own result (Särndal, Swensson & Wretman
    1992; Egami, Hinck, Stewart & Wei 2023, Using imperfect surrogates for downstream inference).
    Cells that are empty or ``?`` count as missing at random among those of their outlet that the
    lexicon treats alike.
    """
    if measure not in coded.about["measures"]:
        allowed = ", ".join(coded.about["measures"])
        raise ValueError(f"measure must be one of {allowed}, got {measure!r}")
    sample = coded.part("report")
    difference, kind = (_of_tone if measure == TONE else _of_hits)(coded, sample, measure)
    decided = ~np.isnan(difference)
    response = pd.Series(decided).groupby([sample["by"].to_numpy(), kind]).transform("mean")
    reported = (coded.passages["part"] == "report").groupby(coded.passages["by"]).transform("mean")
    chance = sample["probability"] * reported[sample.index] * response.to_numpy()
    chance = chance.to_numpy(float)[decided]
    excess = difference[decided]
    table = pd.DataFrame(
        {
            "article": sample["article"].to_numpy()[decided],
            "excess": excess / chance,
            "variance": excess**2 * (1 - chance) / chance**2,
        }
    )
    return table.groupby("article").sum()


def _of_hits(coded: Coded, sample: pd.DataFrame, measure: str) -> tuple[Floats, NDArray[np.str_]]:
    """Return by how many hits too much each passage has, and what the lexicon found in it."""
    gold = adjudicated(coded).codes
    truth = gold[gold["measure"] == measure].set_index("passage")["code"]
    right = truth.reindex(sample["passage"]).to_numpy()
    hits = sample[f"hits_{measure}"].to_numpy(float)
    kind = np.select([hits > 0, sample[f"near_{measure}"] > 0], ["hit", "near"], "none")
    counted = np.where(right == 1, np.maximum(hits, 1), 0)
    return np.where(np.isnan(right), np.nan, hits - counted), kind


def _of_tone(coded: Coded, sample: pd.DataFrame, measure: str) -> tuple[Floats, NDArray[np.str_]]:
    """Return how far each passage raises the tone of its article above the mean of its codes."""
    codes = coded.codes[coded.codes["measure"] == measure].groupby("passage")["code"].mean()
    people = codes.reindex(sample["passage"]).to_numpy()
    compound = tone(sample["text"], normalise=True)["compound"].to_numpy()
    return (compound - people) * sample["weight"].to_numpy(), np.full(len(sample), "")
