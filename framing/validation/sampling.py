"""Which passages are coded: a sample whose inclusion probabilities are known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from framing.text.arrays import Bools, Floats, Ints

_ROUNDS = 100  # of raising rates to their targets and lowering them to the limit of an article


def drawn(
    passages: pd.DataFrame,
    strata: pd.DataFrame,
    targets: Mapping[str, int],
    *,
    most: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Draw from the passages of every value of ``by``, with the same targets for each.

    Returns the passages that were drawn, in random order, with the ``probability`` of each.
    """
    probability = np.zeros(len(passages))
    taken: list[int] = []
    for _, places in sorted(passages.groupby("by").indices.items()):
        articles = passages["article"].iloc[places]
        rates = inclusion_probabilities(strata.iloc[places], targets, articles, most=most)
        probability[places] = rates
        taken += places[systematic_sample(rates, articles, rng)].tolist()
    if not taken:
        raise ValueError("no passage to draw: does scores have paragraphs with text?")
    sample = passages.assign(probability=probability).iloc[rng.permutation(taken)]
    return sample.reset_index(drop=True)


def inclusion_probabilities(
    strata: pd.DataFrame, targets: Mapping[str, int], articles: pd.Series[str], *, most: int
) -> Floats:
    """Return with which probability each passage of one outlet is drawn.

    ``strata`` has a boolean column per stratum, of which ``targets`` are the expected numbers. Of
    several strata of a passage, the one that asks for most decides. A stratum that is smaller than
    its target is taken whole, as far as ``most``, the passages of an article, allows.
    """
    codes, _ = pd.factorize(articles)
    probability = np.zeros(len(strata))
    for _ in range(_ROUNDS):
        before = probability
        for name, target in targets.items():
            inside = strata[name].to_numpy(bool)
            probability = _raised(probability, inside, target)
        expected = np.bincount(codes, probability, minlength=codes.max(initial=-1) + 1)
        probability = probability * np.minimum(1, most / np.maximum(expected, most))[codes]
        if np.allclose(before, probability, atol=1e-6):
            break
    return probability


def _raised(probability: Floats, inside: Bools, target: int) -> Floats:
    """Raise the probabilities of a stratum until their sum is the target, or all are 1."""
    count = int(inside.sum())
    lacking = min(target, count) - probability[inside].sum()
    room = (1 - probability[inside]).sum()
    if count == 0 or lacking <= 1e-9 or room <= 1e-9:
        return probability
    raised = probability.copy()
    raised[inside] += (1 - probability[inside]) * min(1.0, lacking / room)
    return raised


def systematic_sample(
    probability: Floats, articles: pd.Series[str], rng: np.random.Generator
) -> Ints:
    """Draw passages so that each has exactly its probability, spread over the articles.

    Randomised systematic sampling (Hartley & Rao 1962): articles in random order, their passages
    in random order, and every whole number of the running sum of probabilities, from a random
    start, takes the passage that it falls on. An article whose probabilities sum to ``s`` gives
    ``s`` passages, rounded down or up. Returns places, ascending.
    """
    codes, names = pd.factorize(articles, sort=True)
    place_of_article = rng.permutation(len(names))
    order = np.lexsort((rng.permutation(len(codes)), place_of_article[codes]))
    ends = np.cumsum(probability[order]) + rng.random()
    begins = ends - probability[order]
    return np.sort(order[np.floor(ends) > np.floor(begins)])
