from __future__ import annotations

import pandas as pd
import pytest
from scipy.stats import binom, binomtest

from framing.align import align
from framing.balance import BALANCE_COLUMNS, balance, mcnemar_mid_p
from framing.shifts import shifts

SOURCE = [
    "The harbour talks could fail on Monday in Dovek.",
    "The old bridge may close after the summer storm.",
    "A tanker might leave the eastern port with grain.",
    "Fishermen could lose the northern nets this winter.",
]


def of(a: list[str], b: list[str]) -> pd.DataFrame:
    return balance(shifts(align(pd.DataFrame({"text": a}), pd.DataFrame({"text": b}))))


def test_pairs_that_lost_and_gained_a_category_are_counted():
    """Two of four lose their modal, one keeps another modal, one is as it was; one gains fear."""
    copy = [
        "The harbour talks fail on Monday in Dovek.",
        "The old bridge will close after the summer storm.",
        "A tanker may leave the eastern port with grain.",
        "Fishermen fear they could lose the northern nets this winter.",
    ]
    table = of(SOURCE, copy).set_index("category")
    assert table.loc["epi_modal", ["pairs", "both", "dropped", "added"]].tolist() == [4, 2, 2, 0]
    assert table.loc["fear", ["both", "dropped", "added"]].tolist() == [0, 0, 1]
    assert table.loc["epi_modal", "net"] == -0.5
    assert table.loc["epi_modal", "low"] < -0.5 < table.loc["epi_modal", "high"]
    assert table.loc["epi_modal", "dropped_expected"] == 0  # every neutral word was kept


def test_an_article_against_itself_is_in_balance():
    table = of(SOURCE, SOURCE)
    assert table[["dropped", "added", "net", "dropped_expected"]].to_numpy().tolist() == [
        [0, 0, 0, 0]
    ]
    assert table["p"].tolist() == [1.0]


def test_swapping_the_versions_swaps_dropped_and_added():
    copy = ["The harbour talks fail on Monday in Dovek.", *SOURCE[1:]]
    one, other = of(SOURCE, copy), of(copy, SOURCE)
    assert one["dropped"].tolist() == other["added"].tolist() == [1]
    assert one["low"].tolist() == pytest.approx((-other["high"]).tolist())


@pytest.mark.parametrize("cells", [(6, 1), (0, 5), (3, 3), (12, 4)])
def test_mid_p_is_the_exact_p_with_what_was_seen_at_half_its_weight(cells):
    """Scipy's exact p, less half the chance of the outcomes as far from even as this one."""
    n = sum(cells)
    as_far = {k for k in range(n + 1) if abs(2 * k - n) == abs(cells[0] - cells[1])}
    half = sum(binom.pmf(k, n, 0.5) for k in as_far) / 2
    assert mcnemar_mid_p(*cells) == pytest.approx(binomtest(cells[0], n).pvalue - half)


def test_nothing_aligned_gives_an_empty_table():
    table = of(["Rain."], ["The talks could fail."])
    assert len(table) == 0
    assert list(table.columns) == BALANCE_COLUMNS
