"""Comparisons corrected by what people have coded."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framing.validation.coding import CHANGED, Coded
from framing.validation.corrections import corrections
from framing.validation.forms import TONE
from framing.validation.sheets import UNDRAWN

CORRECTED = ["corrected", "corrected_low", "corrected_high", "corrected_p", "corrected_p_adjusted"]
_LARGE = 0.25  # share of the variance that is due to coding a sample, from which on it is noted


def corrected_articles(articles: pd.DataFrame, coded: Coded, measures: list[str]) -> pd.DataFrame:
    """Take off each article what people's codes say is too much.

    Parameters
    ----------
    articles : DataFrame
        As ``per_article`` returns it.
    coded : Coded
        As returned by ``framing.read_coding``.
    measures : list of str
        Measures of ``articles``; those that were not coded stay as they are.

    Returns
    -------
    DataFrame
        The same rows. A corrected density can be negative, and a tone outside [-1, 1]: an article
        stands for many that were not coded.
    """
    columns = {}
    for measure in coded_measures(coded, measures):
        excess = corrections(coded, measure)["excess"]
        taken = articles["article"].map(excess).fillna(0.0)
        columns[measure] = articles[measure] - (
            taken if measure == TONE else 100 * taken / articles["words"]
        )
    return articles.assign(**columns)


def coded_measures(coded: Coded, measures: list[str]) -> list[str]:
    """Return the measures that were coded at least once."""
    found = set(coded.codes.dropna(subset="code")["measure"])
    return [measure for measure in measures if measure in found]


def check_same_lexicon(scores: pd.DataFrame, coded: Coded, measures: list[str]) -> None:
    """Raise an error if coded paragraphs have other counts than when the sheet was drawn."""
    place = ["article", "paragraph"]
    counts = scores.drop_duplicates(place).set_index(place)
    sample = coded.passages.drop_duplicates(place).set_index(place)
    for measure in coded_measures(coded, [name for name in measures if name != TONE]):
        now = counts[measure].reindex(sample.index)
        if now.isna().all():
            raise ValueError("no coded passage is in scores: the sheet belongs to another corpus")
        other = now.notna() & (now != sample[f"scored_{measure}"])
        if other.any():
            raise ValueError(
                f"{measure}: {other.sum()} of {len(sample)} coded paragraphs have a different "
                f"count in scores than when the sheet was drawn. {CHANGED}"
            )


def coding_notes(table: pd.DataFrame, coded: Coded) -> list[str]:
    """Return for each comparison what to know of its correction.

    Sentences that were never drawn, and where coding a sample adds much of the variance.
    """
    left_out = [name for name, target in coded.about["targets"].items() if target == 0]
    note = UNDRAWN.format(" and ".join(left_out)) if left_out else ""
    cues = table["corrected"].notna() & (table["measure"] != TONE)
    return [
        "; ".join(filter(None, (note if counted else "", _note(row))))
        for counted, row in zip(cues, table.itertuples(), strict=True)
    ]


def _note(row: Any) -> str:
    """Compare the widths of the interval before and after the correction."""
    before, after = row.high - row.low, row.corrected_high - row.corrected_low
    if not after > before:
        return ""
    share = 1 - (before / after) ** 2
    if share < _LARGE:
        return ""
    times = share / (1 - share) * (1 - _LARGE) / _LARGE
    return (
        f"coding a sample adds {share:.0%} of the variance of the corrected estimate; about "
        f"{max(times, 1.1):.1f} times as many coded sentences would bring that to {_LARGE:.0%}"
    )
