"""What people's codes change in the measures of each article."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.arguments import spelled
from framing.scoring.tone import tone
from framing.text.arrays import Floats
from framing.validation.coding import Coded, adjudicated
from framing.validation.forms import TONE


def corrections(coded: Coded, measure: str) -> pd.DataFrame:
    """Estimate how much too high a measure of an article is, by people's codes.

    A row is an article with a coded passage (the index). ``excess``, what to take off: hits that
    people would not count, less those that were missed; for tone, how far the mean of the article
    is above the mean code. ``unseen``: what errors that no coded passage shows may add to its
    variance. A passage that people call right counts its hits, and at least one; any other counts
    none. The tone of a passage is the mean of its codes.

    The difference estimator of survey sampling: the sum over coded passages of (measured - true) /
    probability. It is unbiased whatever the errors of the lexicon, since the probabilities are
    known; with every passage coded it gives the coders' own result (Särndal, Swensson & Wretman
    1992; Egami, Hinck, Stewart & Wei 2023, Using imperfect surrogates for downstream inference).
    Cells that are empty or ``?`` count as missing at random among those of their outlet that the
    lexicon treats alike.

    A few passages that are all right do not show that all others are. ``unseen`` is what the share
    of errors of an outlet lacks to that of all outlets, (errors + 1/3) / (passages + 2/3), of hits,
    of near misses and of others: the mean under a neutral prior (Kerman 2011, Electronic Journal
    of Statistics 5).
    """
    rows = decided(coded, measure)
    errors = rows["excess"].ne(0)
    every, own = errors.groupby(rows["kind"]), errors.groupby([rows["by"], rows["kind"]])
    expected = (every.transform("sum") + 1 / 3) / (every.transform("size") + 2 / 3)
    lacking = 0 if measure == TONE else (expected - own.transform("mean")).clip(lower=0)
    unseen = lacking * (1 - rows["chance"]) * (rows["hits"].clip(lower=1) / rows["chance"]) ** 2
    table = rows.assign(excess=rows["excess"] / rows["chance"], unseen=unseen)
    return table.groupby("article")[["excess", "unseen"]].sum()


def decided(coded: Coded, measure: str) -> pd.DataFrame:
    """Return the passages that people decided: by how much each is too high, and its chance.

    ``hits``, and ``kind``, are what the lexicon found in it; a passage of tone has one of each.
    """
    if measure not in coded.about["measures"]:
        allowed = spelled(coded.about["measures"])
        raise ValueError(f"measure must be one of {allowed}, got {measure!r}")
    sample = coded.part("report")
    difference, kind, hits = (_of_tone if measure == TONE else _of_hits)(coded, sample, measure)
    known = ~np.isnan(difference)
    response = pd.Series(known).groupby([sample["by"].to_numpy(), kind]).transform("mean")
    reported = (coded.passages["part"] == "report").groupby(coded.passages["by"]).transform("mean")
    chance = sample["probability"] * reported[sample.index] * response.to_numpy()
    rows = sample[["article", "by"]].assign(excess=difference, kind=kind, hits=hits, chance=chance)
    return rows[known]


def _of_hits(
    coded: Coded, sample: pd.DataFrame, measure: str
) -> tuple[Floats, NDArray[np.str_], Floats]:
    """Return by how many hits too much each passage has, and what the lexicon found in it."""
    gold = adjudicated(coded).codes
    truth = gold[gold["measure"] == measure].set_index("passage")["code"]
    right = truth.reindex(sample["passage"]).to_numpy()
    hits = sample[f"hits_{measure}"].to_numpy(float)
    kind = np.select([hits > 0, sample[f"near_{measure}"] > 0], ["hit", "near"], "none")
    counted = np.where(right == 1, np.maximum(hits, 1), 0)
    return np.where(np.isnan(right), np.nan, hits - counted), kind, hits


def _of_tone(
    coded: Coded, sample: pd.DataFrame, measure: str
) -> tuple[Floats, NDArray[np.str_], Floats]:
    """Return how far each passage raises the tone of its article above the mean of its codes."""
    codes = coded.codes[coded.codes["measure"] == measure].groupby("passage")["code"].mean()
    people = codes.reindex(sample["passage"]).to_numpy()
    compound = tone(sample["text"], normalise=True)["compound"].to_numpy()
    too_high = (compound - people) * sample["weight"].to_numpy()
    return too_high, np.full(len(sample), ""), np.ones(len(sample))
