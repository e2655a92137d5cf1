from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from framing.reuse.align import align
from framing.reuse.balance import BALANCE_COLUMNS, _interval, balance
from framing.reuse.shifts import Shifts, shifts
from tests.benchmarks.worlds import reworded

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


def test_an_index_is_lost_with_its_last_cue():
    """One of two hedges is gone, then both, then a doxastic one, which the index leaves out."""
    a = ["The talks in Dovek could possibly fail.", "A tanker might leave Hask, reportedly."]
    a += ["Fishermen think that the nets of Tarnovar are lost."]
    b = [
        "The talks in Dovek could fail.",
        "A tanker leaves Hask.",
        "The nets of Tarnovar are lost.",
    ]
    table = of(a, b).set_index("category")
    assert table.loc["hedge", ["both", "dropped", "added"]].tolist() == [1, 1, 0]
    assert table.loc["epi_modal", ["both", "dropped"]].tolist() == [1, 1]
    assert "alarm" not in table.index


def test_an_article_against_itself_is_in_balance():
    table = of(SOURCE, SOURCE)
    assert table["category"].tolist() == ["hedge", "epi_modal"]
    assert not table[["dropped", "added", "net", "dropped_expected"]].to_numpy().any()
    assert table["p"].isna().all()  # one article


def test_swapping_the_versions_swaps_dropped_and_added():
    copy = ["The harbour talks fail on Monday in Dovek.", *SOURCE[1:]]
    one, other = of(SOURCE, copy), of(copy, SOURCE)
    assert one["dropped"].tolist() == other["added"].tolist() == [1, 1]
    assert one["low"].tolist() == pytest.approx((-other["high"]).tolist())


def test_p_is_the_same_whichever_version_is_called_the_first():
    """Cues lost are then gained, and so is what is expected of them."""
    found = reworded(np.random.default_rng(3), cues_lost=0.6, words_lost=0.2, articles=8)
    swapped = found._replace(
        pairs=found.pairs.rename(columns={"neutral_a": "neutral_b", "neutral_b": "neutral_a"}),
        cues=found.cues.assign(side=found.cues["side"].map({"a": "b", "b": "a"})),
    )
    one, other = balance(found).iloc[0], balance(swapped).iloc[0]
    assert one["p"] == other["p"] < 0.05
    assert one["dropped_expected"] == other["added_expected"] > 0
    assert one["net"] == -other["net"]


def test_the_interval_of_pairs_is_that_of_agresti_and_min():
    """Their adjusted Wald interval, written down from the article, for 7 and 2 of 40 pairs."""
    less, more, total = 7.5, 2.5, 42
    middle = (more - less) / total
    width = norm.ppf(0.975) * np.sqrt(less + more - (more - less) ** 2 / total) / total
    nets = np.repeat([-1, 0, 1], [7, 31, 2])
    found = _interval(nets, np.ones(40, int), clustered=False)
    assert found == pytest.approx((middle - width, middle + width))


@pytest.mark.parametrize("change", [-1, 1])
def test_the_interval_ends_where_every_pair_lost_or_gained_it(change):
    """Three of three: half a pair more in each cell has its centre at .6, and would end at 1.18."""
    near, far = sorted(_interval(np.full(3, change), np.ones(3, int), clustered=False), key=abs)
    width = norm.ppf(0.975) * np.sqrt(4 - 9 / 5) / 5
    assert (near, far) == (pytest.approx(change * (0.6 - width)), change)


@pytest.mark.parametrize(("articles", "unit"), [(4, "pairs"), (5, "articles"), (6, "articles")])
def test_five_articles_are_units_and_six_are_tested(articles, unit):
    """Five lose the word and one gains it, no neutral word is lost: 14 of 64 patterns of signs."""
    found = shifts_of([[1]] + [[-1]] * (articles - 1))
    table = balance(found._replace(pairs=found.pairs.assign(neutral_kept=10)))
    assert table["unit"].tolist() == [unit]
    assert table["p"].tolist() == pytest.approx([14 / 64 if articles == 6 else np.nan], nan_ok=True)


def test_the_interval_of_few_articles_has_the_quantile_of_one_degree_less_than_articles():
    """Of three articles, t with 2 degrees of freedom, 4.303: a smaller one would be too sure."""
    found = _interval(np.array([1, 0, -1]), np.array([3, 3, 3]), clustered=True)
    width = 4.302653 * np.sqrt(3 / 2 * 2 + 1) / 11
    assert found == pytest.approx((-width, width), rel=1e-6)


def shifts_of(nets: list[list[int]]) -> Shifts:
    """Shifts of one category: -1 dropped, 1 added, 0 nothing, a list an article."""
    rows = [(f"a{i}", change) for i, article in enumerate(nets) for change in article]
    pairs = pd.DataFrame(rows, columns=["article_a", "change"]).rename_axis("pair").reset_index()
    neutral = {"neutral_a": 10, "neutral_b": 10, "neutral_kept": 9}
    pairs = pairs.assign(article_b="b" + pairs["article_a"], **neutral)
    cues = pairs[pairs["change"] != 0].assign(category="own", tag="", counted=True, negated=False)
    cues["side"] = np.where(cues["change"] < 0, "a", "b")
    return Shifts(pairs, *[pd.DataFrame()] * 2, cues)


def test_articles_are_the_units_where_there_are_five():
    """Two of six articles drop the word in all ten pairs: sure by pairs, open by articles."""
    articles = [[-1] * 10] * 2 + [[0] * 10] * 4
    clustered, four = balance(shifts_of(articles)), balance(shifts_of(articles[1:5]))
    assert clustered["unit"].tolist() == ["articles"]
    assert four["unit"].tolist() == ["pairs"]
    assert clustered["low"].iloc[0] < clustered["net"].iloc[0] < 0 < clustered["high"].iloc[0]
    assert four["p"].isna().all() and clustered["p"].iloc[0] > 0.05


def test_blind_deletion_loses_no_more_hedges_than_words():
    """A third of all words go at random: 100 rewriters, at most 11 of them called hedge-averse."""
    rng = np.random.default_rng(2)
    found = [
        balance(reworded(rng, cues_lost=0.3, words_lost=0.3), n_resamples=499) for _ in range(100)
    ]
    assert all(table["net"].iloc[0] < 0 for table in found)
    assert sum(table["p"].iloc[0] <= 0.05 for table in found) <= 11


def test_a_rewriter_who_changes_little_is_called_nothing():
    """Of 5 % of words: where a cue is seldom expected to go, an article without a loss is none."""
    rng = np.random.default_rng(2)
    worlds = (reworded(rng, cues_lost=0.05, words_lost=0.05, articles=8) for _ in range(40))
    found = [balance(world, n_resamples=499)["p"].iloc[0] <= 0.05 for world in worlds]
    assert sum(found) <= 5  # by the signs alone about 13


def test_where_no_cue_changes_p_is_the_chance_of_that():
    """Six copies add a sentence of two words; each of 24 hedges would be new with that chance."""
    nothing = shifts_of([[0] * 4] * 6)
    pairs = nothing.pairs.assign(neutral_a=18, neutral_b=20, neutral_kept=18)
    kept = pairs[["pair"]].assign(category="own", tag="", counted=True, negated=False)
    cues = pd.concat([kept.assign(side=side) for side in "ab"], ignore_index=True)
    row = balance(nothing._replace(pairs=pairs, cues=cues)).iloc[0]
    assert row[["both", "dropped", "added", "net"]].tolist() == [24, 0, 0, 0]
    assert row["added_expected"] == pytest.approx(2.4)
    assert row["p"] == pytest.approx(0.9**24)  # twice, half of it; signs alone have 2 / 2 ** 6


@pytest.mark.parametrize("seed", range(6))
def test_counts_and_p_are_those_of_plain_loops(seed):
    """Of 7 articles with 1 to 4 pairs, up to two cues a version: all 128 patterns of signs, and
    the chance of every net, a pair at a time."""
    rng = np.random.default_rng(seed)
    pairs = pd.DataFrame({"article_a": np.repeat(list("abcdefg"), rng.integers(1, 5, 7))})
    pairs = pairs.assign(article_b=pairs["article_a"] + "x", pair=range(len(pairs)))
    pairs["neutral_kept"] = rng.integers(3, 9, len(pairs))
    for side in "ab":
        pairs[f"neutral_{side}"] = pairs["neutral_kept"] + rng.integers(0, 4, len(pairs))
    counts = rng.choice(3, (len(pairs), 2), p=[0.5, 0.3, 0.2])
    listed = [
        (pair, side, counted, negated)
        for pair, both in enumerate(counts.tolist())
        for side, n in zip("ab", both, strict=True)
        for counted, negated in [(True, False)] * n + [(False, False), (True, True)]
    ]
    cues = pd.DataFrame(listed, columns=["pair", "side", "counted", "negated"])
    cues = cues.assign(category="own", tag="")
    row = balance(Shifts(pairs, *[pd.DataFrame()] * 2, cues)).iloc[0]

    excess, chance, totals = dict.fromkeys("abcdefg", 0.0), np.ones(1), np.zeros(5)
    for pair, (a, b) in zip(pairs.itertuples(), counts.tolist(), strict=True):
        own = pairs[pairs["article_a"] == pair.article_a].sum(numeric_only=True)
        drop = (1 - own["neutral_kept"] / own["neutral_a"]) ** a if a else 0.0
        add = (1 - own["neutral_kept"] / own["neutral_b"]) ** b if b else 0.0
        totals += [a > 0 < b, a > 0 == b, a == 0 < b, drop, add]
        excess[pair.article_a] += (b > 0) - (a > 0) - add + drop
        for q in (add, 1 - drop):
            chance = np.convolve(chance, [1 - q, q])
    counted = ["both", "dropped", "added", "dropped_expected", "added_expected"]
    assert row[counted].tolist() == pytest.approx(totals.tolist())
    sums = [np.dot(s, list(excess.values())) for s in itertools.product([1, -1], repeat=7)]
    flipped = np.mean([abs(x) >= abs(sums[0]) - 1e-9 for x in sums])
    at = int(totals[2] + len(pairs) - totals[1])
    sides = (chance[:at].sum() + chance[at] / 2, chance[at + 1 :].sum() + chance[at] / 2)
    assert row["p"] == pytest.approx(max(flipped, min(1, 2 * min(sides))))
    assert row["net"] == pytest.approx((totals[2] - totals[1]) / len(pairs))


def test_aimed_deletion_is_found_and_adjusted_over_the_indices():
    table = balance(reworded(np.random.default_rng(3), cues_lost=0.6, words_lost=0.2))
    table = table.set_index("category")
    assert table.loc["hedge", "p"] < 0.01 and table.loc["hedge", "p_adjusted"] < 0.01
    assert table.loc["hedge", "dropped"] > 1.5 * table.loc["hedge", "dropped_expected"]
    assert np.isnan(table.loc["epi_modal", "p_adjusted"])


def test_intervals_by_article_hold_the_truth_where_articles_differ():
    """Rewriters who drop a word in 5 to 35 % of pairs: 95 % intervals hold the mean rate of 20 %."""
    rng = np.random.default_rng(1)
    held = []
    for _ in range(400):
        sizes = rng.integers(6, 15, 12)
        nets = -rng.binomial(sizes, rng.uniform(0.05, 0.35, 12))
        low, high = _interval(nets, sizes, clustered=True)
        held.append(low <= -0.2 <= high)
    assert 0.92 <= np.mean(held) <= 0.99


def test_nothing_aligned_gives_an_empty_table():
    table = of(["Rain."], ["The talks could fail."])
    assert len(table) == 0
    assert list(table.columns) == BALANCE_COLUMNS


@pytest.mark.parametrize("wrong", [{"seed": "1"}, {"n_resamples": 0}, {"n_resamples": "99"}])
def test_what_is_drawn_is_a_number(wrong):
    a, b = (pd.DataFrame({"text": [text]}) for text in ("Talks could well fail.", "Talks fail."))
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} must be a whole number from"):
        balance(shifts(align(a, b)), **wrong)
