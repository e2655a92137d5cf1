"""Comparisons corrected by what people have coded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing.schema import PLACE, listed
from framing.stats.flips import LEVEL
from framing.stats.multiple_tests import adjust_known, holm
from framing.stats.sides import OTHERS
from framing.text.arrays import Floats
from framing.text.numbers import joined
from framing.validation.coding import CHANGED, Coded
from framing.validation.corrections import corrections, decided
from framing.validation.forms import TONE
from framing.validation.passages import counts_of
from framing.validation.sheets import UNDRAWN

CORRECTED = ["corrected", "corrected_low", "corrected_high", "corrected_p", "corrected_p_adjusted"]
_Z = 1.96
_FEWEST = 15  # coded sentences of an outlet; of fewer nobody can say how they vary
_LARGE = 0.25  # share of the variance that is due to coding a sample; beyond, it is noted
_NAMED = 3  # sides with too few codes; of more, a note has the number


def corrections_of(
    articles: pd.DataFrame, coded: Coded, measures: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return how much too high the measures of every article are, by people's codes.

    And the standard error of what no coded sentence shows. Both are 0 of measures that were not
    coded. A density less its excess can be negative, and a tone outside [-1, 1]: an article stands
    for many that were not coded.
    """
    excess, unseen = (pd.DataFrame(0.0, articles.index, measures) for _ in range(2))
    for measure in coded_measures(coded, measures):
        found = corrections(coded, measure).reindex(articles["article"]).fillna(0.0).to_numpy()
        per = 1 if measure == TONE else (100 / articles["words"]).to_numpy()
        excess[measure], unseen[measure] = per * found[:, 0], per * np.sqrt(found[:, 1])
    return excess, unseen


def widened(fixed: pd.DataFrame, error: Floats) -> pd.DataFrame:
    """Add to corrected comparisons a standard error that does not show between articles.

    Ends of intervals are moved by the method of variance estimates recovery (Zou & Donner 2008,
    Statistics in Medicine 27); p follows the interval, and is not below what it was. Adjusted p
    are at least Holm's of these.
    """
    from scipy.special import ndtr  # slow to import

    estimate, p = fixed["estimate"].to_numpy(float), fixed["p"].to_numpy(float)
    ends = [fixed[name].to_numpy(float) for name in ("low", "high")]
    low, high = (np.hypot(end - estimate, _Z * error) for end in ends)
    toward = np.where(estimate > 0, low, high)
    with np.errstate(divide="ignore", invalid="ignore"):
        normal = 2 * ndtr(-_Z * np.abs(estimate) / toward)
    more, adjusted = error > 0, fixed["p_adjusted"].to_numpy(float)
    normal = np.where(np.isnan(normal), p, normal)
    holms = adjust_known(np.where(np.isnan(adjusted), np.nan, normal), holm)
    return fixed.assign(
        low=np.where(more, estimate - low, ends[0]),
        high=np.where(more, estimate + high, ends[1]),
        p=np.where(more, np.maximum(p, normal), p),
        p_adjusted=np.where(more, np.maximum(adjusted, holms), adjusted),
    )


def coded_measures(coded: Coded, measures: list[str]) -> list[str]:
    """Return the measures that were coded at least once."""
    found = set(coded.codes.dropna(subset="code")["measure"])
    return [measure for measure in measures if measure in found]


def uncoded(scores: pd.DataFrame, coded: Coded, measure: str, *, by: str) -> list[str]:
    """Return the values of ``by`` with articles of which too few sentences are coded.

    Codes are of the outlets, or whatever the sheet was drawn by.
    """
    known, drawn_by = decided(coded, measure), str(coded.about["by"])
    if drawn_by in scores:
        number = scores[drawn_by].astype(str).map(known["by"].value_counts()).fillna(0)
        least = number.groupby(scores[by]).min()
    else:
        whose = scores.drop_duplicates("article").set_index("article")[by]
        least = known["article"].map(whose).value_counts()
        least = least.reindex(scores[by].unique(), fill_value=0)
    return sorted(least.index[least < _FEWEST].astype(str))


def is_corrected(contrasts: pd.DataFrame) -> bool:
    """Return whether codes correct any of these comparisons."""
    return "corrected" in contrasts and bool(contrasts["corrected"].notna().any())


def differs(contrasts: pd.DataFrame) -> pd.Series[bool]:
    """Return which are below .05 after adjustment, and once corrected, where codes correct any."""
    names = ["p_adjusted", *["corrected_p_adjusted"] * is_corrected(contrasts)]
    return contrasts[names].astype(float).lt(LEVEL).all(axis=1)


def not_corrected(table: pd.DataFrame, uncoded: dict[str, list[str]]) -> list[str]:
    """Return for each comparison why it cannot be corrected, or nothing.

    ``uncoded`` has for every measure that was coded the sides with too few codes.
    """
    notes = []
    for row in table.itertuples():
        lacking = uncoded.get(row.measure, [])
        sides = [name for name in (row.outlet_a, row.outlet_b) if str(name) in lacking]
        if row.outlet_b == OTHERS:
            sides = lacking if len(lacking) <= _NAMED else [f"{len(lacking)} of those compared"]
        few = f"not corrected: under {_FEWEST} sentences coded of "
        no_interval = row.measure in uncoded and np.isnan([row.low, row.corrected_low]).any()
        none = "not corrected: no interval" if no_interval else ""
        notes.append(few + joined(sides) if sides else none)
    return notes


def check_same_lexicon(scores: pd.DataFrame, coded: Coded, measures: list[str]) -> None:
    """Raise an error if paragraphs have other counts than when the sheet was drawn."""
    counts = scores.drop_duplicates(PLACE).set_index(PLACE)
    sample = coded.passages.drop_duplicates(PLACE).set_index(PLACE)
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
    _check_all_articles(scores, coded, [name for name in coded.counted if name in measures])


def _check_all_articles(scores: pd.DataFrame, coded: Coded, measures: list[str]) -> None:
    """Raise an error if articles that have as many words as then have other counts."""
    then = coded.about.get("counts", {})  # keys of former versions have none
    before = pd.DataFrame.from_dict(then, orient="index", columns=["words", *coded.counted])
    after = pd.DataFrame.from_dict(
        counts_of(scores, measures), orient="index", columns=["words", *measures]
    ).reindex(before.index)
    for measure in measures:
        other = (after["words"] == before["words"]) & (after[measure] != before[measure])
        if other.any():
            raise ValueError(
                f"{measure}: {other.sum()} of {len(before)} articles have a different count in "
                f"scores than when the sheet was drawn. {CHANGED}"
            )


def check_same_roles(coded: Coded, roles: str | Sequence[str]) -> None:
    """Raise an error if headlines are compared and were not coded, or other roles were."""
    asked, found = set(listed(roles)), set(coded.passages["role"])
    if found - asked or "headline" in asked - found:
        raise ValueError(
            f"the coded sentences are of role {joined(sorted(found))}: they correct no comparison "
            f"of role {joined(sorted(asked))}; draw a sheet with these roles"
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
    before, after = (row.high - row.low) ** 2, (row.corrected_high - row.corrected_low) ** 2
    added = after - before
    if not added > _LARGE * after:
        return ""
    times = added / before * (1 - _LARGE) / _LARGE
    return (
        f"coding a sample adds {added / after:.0%} of the variance of the corrected estimate; about"
        f" {max(times, 1.1):.1f} times as many coded sentences would bring that to {_LARGE:.0%}"
    )
