"""Inter-coder reliability: Krippendorff's alpha, Gwet's AC1, percent agreement."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.text.arrays import Floats
from framing.validation.coding import Coded, check_coded
from framing.validation.forms import TONE

AGREEMENT_COLUMNS = [
    "measure", "passages", "coders", "alpha", "alpha_low", "alpha_high", "percent",
    "percent_low", "percent_high", "ac1", "ac1_low", "ac1_high", "verdict",
]  # fmt: skip
RELIABLE, TENTATIVE = 0.8, 0.667
_FEW = 5  # disputed passages; of fewer a bootstrap knows too little


def agreement(coded: Coded, *, n_resamples: int = 2000, seed: int = 1) -> pd.DataFrame:
    """Measure how far coders agree.

    Parameters
    ----------
    coded : Coded
        As returned by `read_coding`. Passages that only one coder has decided are ignored; codes
        that `adjudicated` settled as well, the coders' own count.
    n_resamples : int, default 2000
        Bootstrap samples of passages.
    seed : int, default 1
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        One row per measure: ``passages`` that two coders or more decided, ``coders``;
        Krippendorff's ``alpha`` (nominal; ordinal for tone), ``percent`` (0 to 1: the share of
        the pairs of a passage's codes that are equal, and of these shares the mean over passages,
        as Fleiss 1971 has it, however many coded a passage) and Gwet's ``ac1``, each with its 95%
        bootstrap interval
        ``…_low`` to ``…_high`` (where coders differ on under 5 passages, the low end is that with
        one more of these); ``verdict``: "reliable" for an alpha of .80 or more, "tentative"
        from .667, else "not reliable"; "undefined" where all codes are the same, since alpha then
        has no value (it is not 1); "nobody has coded yet" and "nothing was coded twice".

    References
    ----------
    Fleiss (1971), Measuring nominal scale agreement among many raters, Psychological Bulletin
    76(5). Krippendorff (2004), Content Analysis, 2nd ed., chapter 11. Gwet (2008), Computing
    inter-rater reliability and its variance in the presence of high agreement, British Journal of
    Mathematical and Statistical Psychology 61(1).
    """
    check_coded(coded)
    rng = np.random.default_rng(seed)
    rows = []
    for measure in coded.about["measures"]:
        ordinal, values = measure == TONE, [-1.0, 0.0, 1.0] if measure == TONE else [0.0, 1.0]
        codes = coded.own[(coded.own["measure"] == measure) & coded.own["code"].notna()]
        table = pd.crosstab(codes["passage"], codes["code"]).reindex(columns=values, fill_value=0)
        counts = table[table.sum(axis=1) >= 2].to_numpy(float)
        found = _coefficients(counts, np.ones((1, len(counts))), ordinal=ordinal)[:, 0]
        low, high = _ends(counts, n_resamples, rng, ordinal=ordinal)
        if len(counts) > 0 and (counts.max(axis=1) < counts.sum(axis=1)).sum() < _FEW:
            more, again = _disputed_once_more(counts), np.random.default_rng(seed)
            low = np.minimum(low, _ends(more, n_resamples, again, ordinal=ordinal)[0])
        coders = codes["coder"].nunique()
        ends = np.column_stack([found, low, high]).ravel()
        verdict = _verdict(found[0], len(counts), coders)
        rows.append((measure, len(counts), coders, *ends, verdict))
    return pd.DataFrame(rows, columns=AGREEMENT_COLUMNS)


def _disputed_once_more(counts: Floats) -> Floats:
    """Add a passage to which two coders gave the two codes that are most frequent.

    Samples of passages of which none is disputed are all alike, and say nothing of those that were
    not drawn: 30 passages coded alike would have an interval from 1 to 1.
    """
    split = np.zeros(counts.shape[1])
    split[np.argsort(-counts.sum(axis=0), kind="stable")[:2]] = 1
    return np.vstack([counts, split])


def _ends(counts: Floats, n_resamples: int, rng: np.random.Generator, *, ordinal: bool) -> Floats:
    """Return the ends of the bootstrap intervals of alpha, percent agreement and AC1."""
    n = len(counts)
    weights = rng.multinomial(n, np.full(n, 1 / n), size=n_resamples) if n else np.ones((1, 0))
    drawn = _coefficients(counts, weights.astype(float), ordinal=ordinal)
    known = (sample[~np.isnan(sample)] for sample in drawn)
    ends = [np.quantile(one, [0.025, 0.975]) if len(one) else (np.nan, np.nan) for one in known]
    return np.transpose(ends)


def _coefficients(counts: Floats, weights: Floats, *, ordinal: bool) -> Floats:
    """Return alpha, percent agreement and AC1 in every sample of passages.

    ``counts`` is passages × values, ``weights`` samples × passages.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        alpha = krippendorff_alpha(counts, weights, ordinal=ordinal)
        raters = counts.sum(axis=1)
        equal = (counts * (counts - 1)).sum(axis=1) / (raters * (raters - 1))
        percent = weights @ equal / weights.sum(axis=1)
        shares = weights @ (counts / raters[:, None]) / weights.sum(axis=1)[:, None]
        chance = (shares * (1 - shares)).sum(axis=1) / (counts.shape[1] - 1)
        return np.array([alpha, percent, (percent - chance) / (1 - chance)])


def krippendorff_alpha(counts: Floats, weights: Floats, *, ordinal: bool = False) -> Floats:
    """Return Krippendorff's alpha in every sample of units; NaN where no two values occur.

    ``counts``, units × values: how many coders gave each value, two at least. ``weights``, samples
    × units: how often each unit is in a sample.

    >>> two_of_three_agree = np.array([[2.0, 0], [0, 2], [1, 1]])
    >>> krippendorff_alpha(two_of_three_agree, np.ones((1, 3))).round(3).tolist()
    [0.444]
    """
    raters = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :]
    values = np.arange(counts.shape[1])
    pairs[:, values, values] -= counts
    coincidences = np.tensordot(weights / (raters - 1), pairs, axes=1)
    totals = coincidences.sum(axis=2)
    distance = (values[:, None] != values) * 1.0
    if ordinal:  # which depends on how often each value occurs
        middle = np.cumsum(totals, axis=1) - totals / 2
        distance = (middle[:, :, None] - middle[:, None, :]) ** 2
    n = totals.sum(axis=1)
    observed = (coincidences * distance).sum(axis=(1, 2)) / n
    expected = (totals[:, :, None] * totals[:, None, :] * distance).sum(axis=(1, 2)) / (n * (n - 1))
    return np.where(expected > 0, 1 - observed / np.where(expected > 0, expected, 1), np.nan)


def _verdict(alpha: float, passages: int, coders: int) -> str:
    if not passages:
        return "nothing was coded twice" if coders else "nobody has coded yet"
    if np.isnan(alpha):
        return "undefined"
    return (
        "reliable" if alpha >= RELIABLE else "tentative" if alpha >= TENTATIVE else "not reliable"
    )


def disagreements(coded: Coded) -> pd.DataFrame:
    """List the passages on which coders differ, for a meeting.

    Parameters
    ----------
    coded : Coded
        As returned by `read_coding`.

    Returns
    -------
    DataFrame
        One row per passage and measure with two different codes, or a ``?`` beside a code:
        ``measure``, ``passage``, ``text`` as coders saw it, one column per coder ("" where there is
        no code), and ``code``, empty (NaN), to be filled in for `adjudicated`.
    """
    check_coded(coded)
    codes = coded.codes.assign(
        shown=coded.codes["code"].map(lambda code: "?" if np.isnan(code) else f"{code:.0f}")
    )
    differing = codes.groupby(["measure", "passage"])["shown"].transform("nunique") > 1
    wide = codes[differing].set_index(["measure", "passage", "coder"])["shown"].unstack()  # noqa: PD010
    table = wide.fillna("").rename_axis(columns=None).reset_index()
    table.insert(2, "text", table["passage"].map(coded.passages.set_index("passage")["shown"]))
    return table.assign(code=np.nan)
