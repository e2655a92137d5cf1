"""Few articles against many, and neighbours that are alike: known answers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats
from statsmodels.stats.multitest import multipletests

import framing as fr
from framing.schema import CONFIRMATORY
from framing.stats.effects import Log
from framing.stats.flips import Parts
from framing.stats.lopsided import _Hits, are_few, log_test, mid_p, presence_p
from framing.stats.serial import serial_excess
from framing.stats.sides import Pair, Side
from tests.benchmarks.worlds import MONDAY, Source, articles, crossed

NAMES = [f"m{k}" for k in range(400)]


@pytest.mark.parametrize(("few", "many"), [(10, 100), (15, 75), (20, 200)])
def test_few_articles_against_many_are_seldom_called_different(few, many):
    """Equal rates of rare words in 400 runs: at most .07, and the interval excludes 0 as p does."""
    design = [("A", "", few), ("B", "", many)]
    table = Source(np.random.default_rng(few)).many(design, 400, kind="alarm")
    found = fr.compare(table, measures=NAMES, n_resamples=99)
    assert (found["p"] <= 0.05).mean() <= 0.07 and found["p"].notna().all()
    tested = found.dropna(subset="low")
    assert len(tested) > 370
    outside = (tested["low"] > 0) | (tested["high"] < 0)
    assert (outside == (tested["p"] <= 0.05)).all()
    beside = (tested["ratio_low"] > 1) | (tested["ratio_high"] < 1)
    assert (outside == beside).all()
    assert tested["note"].str.contains(f"{few} against {many} units: p of cues").all()
    rest = found[found["low"].isna()]
    assert rest["note"].str.contains("under 5 units of a side have a hit").all()


@pytest.mark.parametrize("sizes", [(25, 70), (15, 40), (20, 45)])
def test_very_skewed_cues_of_twice_as_many_articles_are_seldom_called_different(sizes):
    """Rates with a variance of 3 around their mean, 1,000 equal ones: flips call .075 to .094."""
    few, many = sizes
    rng = np.random.default_rng(few)
    table = articles([("A", "", few), ("B", "", many)], rng)
    level = rng.gamma(1 / 3, 3, (len(table), 1000)) * rng.gamma(10 / 3, 0.3, (len(table), 1000))
    counts = rng.poisson(0.14 / 100 * level * table[["words"]].to_numpy())
    names = [f"m{k}" for k in range(1000)]
    found = fr.compare(
        table.join(pd.DataFrame(counts, columns=names)), measures=names, n_resamples=499
    )
    assert found["p"].notna().all() and (found["p"] <= 0.05).mean() <= 0.06


def test_one_article_against_ten_on_every_event_is_seldom_called_different():
    """Rates with a variance of 2 around their mean, 600 equal ones: flips call .08."""
    rng = np.random.default_rng(1)
    design = [(name, f"e{k}", n) for name, n in (("A", 1), ("B", 10)) for k in range(20)]
    table = articles(design, rng)
    level = rng.gamma(1 / 2, 2, (len(table), 600))
    counts = rng.poisson(0.3 / 100 * level * table[["words"]].to_numpy())
    table = table.join(pd.DataFrame(counts, columns=[f"m{k}" for k in range(600)]))
    names = [f"m{k}" for k in range(600)]
    found = fr.compare(table, match="event", measures=names, n_resamples=499)
    assert found["p"].notna().all() and (found["p"] <= 0.05).mean() <= 0.07
    assert found["note"].str.contains("20 against 200 articles: p of cues from the log").all()


def test_an_outlet_against_the_mean_of_many_is_tested_on_the_logarithm():
    """Within events of five outlets: 500 tests of equal rates; of three, flips remain."""
    rng = np.random.default_rng(5)
    table = Source(rng).many(crossed("ABCDE", 20), 100, kind="alarm")
    how = {"match": "event", "against": "rest", "measures": NAMES[:100], "n_resamples": 99}
    found = fr.compare(table, **how)
    assert 0.02 <= (found["p"] <= 0.05).mean() <= 0.07
    outside = (found["low"] > 0) | (found["high"] < 0)
    beside = (found["ratio_low"] > 1) | (found["ratio_high"] < 1)
    assert (outside == (found["p"] <= 0.05)).all() and (outside == beside).all()
    assert found["note"].str.contains("20 against 80 articles: p of cues").all()
    three = fr.compare(table[table["outlet"] < "D"], **how)
    assert not three["note"].str.contains("log ratio").any()


@pytest.mark.parametrize(
    ("design", "words", "match"),
    [
        ([("A", "", 40), ("B", "", 500)], (700, 700), None),
        ([("A", "", 60), ("B", "", 660)], (700, 700), None),
        ([("A", "", 15), ("B", "", 15)], (100, 2000), None),
        (crossed("AB", 20), (100, 2000), "event"),
    ],
)
def test_a_side_on_which_hardly_any_unit_has_a_hit_is_seldom_called_different(design, words, match):
    """Equal rates of rare words, 400 runs: flips call .12 to .17 of them different."""
    rng = np.random.default_rng(7)
    table = articles(design, rng)
    usual = np.where(table["outlet"] == "A", *words)
    table["words"] = np.maximum(usual * rng.lognormal(0, 0.4, len(table)), 30).astype(int)
    rate = 0.01 if words[0] == words[1] else 0.14
    level = rng.gamma(2, 1 / 2, (len(table), 400))
    counts = rng.poisson(rate / 100 * level * table[["words"]].to_numpy())
    table = table.join(pd.DataFrame(counts).add_prefix("m"))
    found = fr.compare(table, match=match, measures=NAMES, n_resamples=499)
    assert found["p"].notna().all() and (found["p"] <= 0.05).mean() <= 0.06
    few = found["note"].str.contains("of a side have a hit: p of how many have one")
    assert few.any() and found.loc[few, "low"].isna().all()


def test_an_outlet_that_never_uses_a_common_word_is_found():
    """None of 60 articles, where one in ten of 660 has one: chances of a tenth, but for the words."""
    table = articles([("A", "", 60), ("B", "", 660)], np.random.default_rng(2))
    table["words"] = 500
    table["hedge"] = ((table["outlet"] == "B") & (np.arange(720) % 10 == 0)).astype(int)
    found = fr.compare(table, measures="hedge", n_resamples=99).iloc[0]
    share = table["hedge"].mean()
    assert found["p"] == pytest.approx((1 - share) ** 60, rel=1e-6)  # half of it, on two sides
    turned = fr.compare(table.replace({"outlet": {"A": "Z"}}), measures="hedge", n_resamples=99)
    assert turned["p"].item() == found["p"]


def test_each_of_many_outlets_against_the_rest_is_tested_on_the_logarithm():
    """With 50 articles each: jackknife of the log ratio over articles, Student's t; tone by flips."""
    table = Source(np.random.default_rng(4)).one([(name, "", 50) for name in "ABCDE"])
    how = {"against": "rest", "measures": ["hedge", "tone"], "n_resamples": 99}
    found = fr.compare(table, **how).set_index(["measure", "outlet_a"])
    rate = 100 * table["hedge"] / table["words"]
    own = table["outlet"] == "A"

    def log_ratio(rows: pd.Series) -> float:
        rest = rate[rows & ~own].groupby(table["outlet"]).agg(["sum", "size"])
        scaled = rest["sum"].sum() / rest["size"].sum()
        return float(np.log(rate[rows & own].mean() / scaled))

    every = pd.Series(True, table.index)
    left = np.array([log_ratio(every & (table.index != k)) for k in table.index])
    error = np.sqrt(((left - left.mean()) ** 2).sum() * 249 / 250)
    p = 2 * stats.t.sf(abs(log_ratio(every)) / error, 49)
    assert found.loc[("hedge", "A"), "p"] == pytest.approx(p, rel=1e-3)
    assert found.loc["hedge"]["note"].str.contains("50 against 200 units: p of cues").all()


@pytest.mark.parametrize(("spread", "said"), [(2.3, True), (0.9, False)])
def test_rates_that_vary_by_more_than_their_mean_are_noted_against_the_rest(spread, said):
    """Gamma rates of eight outlets on 40 events, 30 cues that differ nowhere."""
    rng = np.random.default_rng(int(10 * spread))
    table = articles(crossed("ABCDEFGH", 40), rng)
    level = rng.gamma(1 / spread**2, spread**2, (len(table), 30))
    counts = rng.poisson(0.5 / 100 * table[["words"]].to_numpy() * level)
    names = [f"m{k}" for k in range(30)]
    table = table.join(pd.DataFrame(counts, columns=names))
    how = {"match": "event", "measures": names, "n_resamples": 99}
    found = fr.compare(table, against="rest", **how)
    times = found["note"].str.extract(r"vary between articles by ([\d.]+) times")[0].astype(float)
    assert times.notna().mean() == (pytest.approx(1, abs=0.1) if said else 0)
    if said:
        assert times.median() == pytest.approx(spread, rel=0.15)
    assert not fr.compare(table, **how)["note"].str.contains("vary between").any()


@pytest.mark.parametrize(
    ("outlets", "against"),
    [({"A": 10, "B": 100}, "pairs"), (dict.fromkeys("ABCDE", 30), "rest")],
)
def test_what_has_its_p_from_the_logarithm_is_corrected_by_holms_method(outlets, against):
    """Over all tests of the family, tone included; the tone itself is not."""
    table = Source(np.random.default_rng(1)).one([(a, "", n) for a, n in outlets.items()])
    found = fr.compare(table, measures=CONFIRMATORY, against=against, n_resamples=999)
    logs = found["note"].str.contains("p of cues from the log ratio")
    assert logs.eq(found["measure"] != "tone").all()
    reference = multipletests(found["p"], method="holm")[1]
    np.testing.assert_allclose(found["p_adjusted"][logs], reference[logs])


def test_the_side_with_more_units_may_stand_first():
    """With the names exchanged: the same p, and the interval turned round."""
    design = [("A", "", 12), ("B", "", 90)]
    table = Source(np.random.default_rng(1)).many(design, 5, ratio=1.5)
    one = fr.compare(table, measures=NAMES[:5])
    turned = fr.compare(table.replace({"outlet": {"A": "Z"}}), measures=NAMES[:5])
    np.testing.assert_allclose(turned["p"], one["p"])
    np.testing.assert_allclose(turned[["low", "high"]], -one[["high", "low"]])
    np.testing.assert_allclose(turned["ratio_low"], 1 / one["ratio_high"])


def test_tone_and_gaps_have_no_logarithm():
    """They are tested by flips as ever: in tone, and in headlines less their texts."""
    table = Source(np.random.default_rng(1)).one([("A", "", 12), ("B", "", 90)])
    found = fr.compare(table, measures=["tone", "hedge"]).set_index("measure")
    assert np.isfinite(found.loc["tone", ["p", "low"]].astype(float)).all()
    gaps = table.assign(zone="headline", words=9, expected=0.3, own_voice=False, measure="hedge")
    gaps["present"] = gaps["tone"] > 0
    gaps["gap"] = gaps["present"] - gaps["expected"]
    assert np.isfinite(fr.compare_headlines(gaps)["p"]).all()


def test_neighbours_that_are_alike_are_noted():
    """Differences that follow themselves by .8 are noted, the same in random order are not."""
    rng = np.random.default_rng(3)
    table = Source(rng).one(crossed("AB", 40))
    table = table.sort_values(["outlet", "event"], key=lambda x: x.str[1:])
    shock = np.zeros(40)
    for k in range(1, 40):
        shock[k] = 0.8 * shock[k - 1] + rng.normal(0, 0.6)
    event = table["event"].str[1:].astype(int)
    table["tone"] = (table["tone"] + np.where(table["outlet"] == "A", shock[event], 0)) / 5
    dated = table.assign(date=MONDAY + pd.to_timedelta(event, "D"))
    mixed = table.assign(date=MONDAY + pd.to_timedelta(rng.permutation(40)[event], "D"))
    said = [
        fr.compare(t, match="event", measures="tone")["note"].item() for t in (dated, mixed, table)
    ]
    assert "neighbouring events are alike (r = 0." in said[0]
    assert "neighbouring" not in said[1] + said[2]


def test_what_rounding_leaves_is_not_alike():
    """Every article of A has two hedges and every one of B three: neighbours had r = 0.98."""
    rows = [(outlet, k, hedges) for outlet, hedges in (("A", 2), ("B", 3)) for k in range(24)]
    table = pd.DataFrame(rows, columns=["outlet", "article", "hedge"]).assign(words=100)
    table["date"] = MONDAY + pd.to_timedelta(table["article"] % 3 * 7, "D")
    table["article"] = table["outlet"] + table["article"].astype(str)
    found = fr.compare(table.assign(role="body"), measures="hedge", n_resamples=99).iloc[0]
    assert "neighbouring" not in found["note"] and found["p"] < 0.05


def test_serial_correlation_is_counted_in_the_order_of_days():
    """Worked by hand: 3, 1, −1, −3 in order have .25 · (3 − 1 + 3) / 5; too little of 4 to note."""
    parts = Parts(np.arange(4), np.array([[3.0], [-1.0], [1.0], [-3.0]]), np.full(4, 0.25))
    days = np.array([1.0, 3.0, 2.0, 4.0])
    assert np.isnan(serial_excess(parts, days)).all()
    many = Parts(np.arange(40), np.linspace(-1, 1, 40)[:, None], np.full(40, 1 / 40))
    wanted = (np.linspace(-1, 1, 40)[1:] * np.linspace(-1, 1, 40)[:-1]).sum()
    wanted /= (np.linspace(-1, 1, 40) ** 2).sum()
    assert serial_excess(many, np.arange(40.0)) == pytest.approx([wanted])
    assert np.isnan(serial_excess(many, np.where(np.arange(40) < 9, np.nan, 1.0))).all()


def test_serial_correlation_is_noted_above_chance_where_nine_units_in_ten_have_a_day():
    """One-sided at 5 %: 1.645 over the root of the number of units."""
    rng = np.random.default_rng(6)
    noted = 0
    for _ in range(200):
        left = np.convolve(rng.normal(size=21), [1, 0.5], "valid")
        left -= left.mean()
        r = (left[1:] * left[:-1]).sum() / (left**2).sum()
        found = serial_excess(
            Parts(np.arange(20), left[:, None], np.full(20, 0.05)), np.arange(20.0)
        )
        assert found == pytest.approx([r if r > 1.645 / np.sqrt(20) else np.nan], nan_ok=True)
        noted += np.isfinite(found[0])
    assert 40 < noted < 160
    slope = Parts(np.arange(20), np.linspace(-1, 1, 20)[:, None], np.full(20, 0.05))
    for unknown, known in ((2, True), (3, False)):
        days = np.where(np.arange(20) < unknown, np.nan, np.arange(20))
        assert np.isfinite(serial_excess(slope, days)[0]) == known


def side_of(rng: np.random.Generator, units: int, rate: float) -> Side:
    """Rows of a side, two measures; some rows share a unit, and units stand in three places."""
    rows = units + 4
    place = rng.integers(0, 3, rows)
    words = rng.integers(40, 2000, rows)
    hits = rng.poisson(rate * words[:, None] / 100 * rng.gamma(1, 1, (rows, 2)))
    measured = 100 * hits / words[:, None]
    return Side(measured, np.ones(rows), words, np.ones(rows, int), place, np.arange(rows) % units)


def units_of(side: Side) -> list[tuple[int, np.ndarray, float]]:
    """The place, the hits and the words of every unit within a place, added up in a loop."""
    units: dict[tuple[int, int], list[np.ndarray]] = {}
    for k in range(len(side.words)):
        row = np.append(side.measured[k] * side.words[k] / 100, side.words[k])
        units.setdefault((side.cluster[k], side.place[k]), []).append(row)
    return [(place, sum(rows)[:-1], sum(rows)[-1]) for (_, place), rows in units.items()]


def chance_of_presence(pair: Pair, k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of every unit: whether it has a hit, the hits due to its words, and whose it is."""
    units = [
        (*unit, first) for first, side in ((1, pair.a), (0, pair.b)) for unit in units_of(side)
    ]
    rates = {
        at: sum(h[k] for p, h, _, _ in units if p == at) / sum(w for p, _, w, _ in units if p == at)
        for at in {unit[0] for unit in units}
    }
    found, due, first = zip(*((h[k] > 0, rates[p] * w, f) for p, h, w, f in units), strict=True)
    return np.array(found), np.array(due), np.array(first, bool)


@pytest.mark.parametrize("seed", range(6))
def test_p_of_how_many_units_have_a_hit_is_that_of_a_plain_count(seed):
    """Negative binomial hits with the dispersion that gives as many units with one as there are."""
    rng = np.random.default_rng(seed)
    sizes = rng.permutation([int(rng.integers(5, 12)), int(rng.integers(20, 40))])
    pair = Pair(("A", "B"), *(side_of(rng, n, 0.05) for n in sizes))
    hits = _Hits.of([pair])
    p, expected = presence_p(hits, np.full((1, 2), True)), np.transpose(hits.units())[:, 0]
    for k in range(2):
        found, due, first = chance_of_presence(pair, k)
        poisson = 1 - np.exp(-due)
        poisson *= found.sum() / poisson.sum()
        assert expected[k] == pytest.approx([poisson[first].sum(), poisson[~first].sum()])

        def chances(size: float, due: np.ndarray = due) -> np.ndarray:
            return 1 - (1 + size * due) ** (-1 / size)

        def too_many(log: float, found: np.ndarray = found) -> float:
            return float(chances(np.exp(log)).sum() - found.sum())

        ends = np.log(1e-6), np.log(1e3)
        even = too_many(ends[0]) <= 0  # hits are more even than Poisson's
        chance = chances(np.exp(ends[0] if even else optimize.brentq(too_many, *ends)))
        chance = np.minimum(chance * found.sum() / chance.sum(), 1)
        fewer = first if poisson[first].sum() < poisson[~first].sum() else ~first
        spread = np.ones(1)
        for one in chance[fewer]:
            spread = np.convolve(spread, [1 - one, one])
        seen = found[fewer].sum()
        below, above = spread[:seen].sum(), spread[seen + 1 :].sum()
        want = min(2 * min(below, above) + spread[seen], 1)
        assert p[k] == pytest.approx(want, rel=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_the_mid_p_of_units_is_that_of_the_poisson_binomial_far_out_in_its_tails(seed):
    """Exact sums of products; a tail that is taken from 1 is lost below 1e-16."""
    rng = np.random.default_rng(seed)
    n, columns = int(rng.integers(1, 12)), 3
    chance = rng.uniform(0, 1, (n, columns)) ** rng.integers(1, 9, columns)
    seen = rng.integers(0, n + 1, columns)
    found = mid_p(chance, seen)
    for k in range(columns):
        spread = [Fraction(1)]
        for one in map(Fraction, chance[:, k]):
            pairs = zip([*spread, 0], [0, *spread], strict=True)
            spread = [none * (1 - one) + some * one for none, some in pairs]
        below, above = sum(spread[: seen[k]]), sum(spread[seen[k] + 1 :])
        assert found[k] == pytest.approx(float(min(2 * min(below, above) + spread[seen[k]], 1)))


@pytest.mark.parametrize(
    ("a", "b", "few"),
    [((39, 79), (5, 11), True), ((40, 81), (40, 120), False), ((5, 10), (5, 9), False)],
)
def test_few_units_have_a_hit_under_40_and_under_half_of_the_other_side(a, b, few):
    """All units of the same words have a hit: as many are due as there are."""
    for sizes in (a, b, a[::-1]):
        pair = Pair(("A", "B"), *(
            Side(np.ones((n, 1)), np.ones(n), np.full(n, 100), np.ones(n, int), np.zeros(n, int),
                 np.arange(n)) for n in sizes
        ))  # fmt: skip
        assert are_few(_Hits.of([pair])).tolist() == [[few]]


def test_the_logarithm_is_tested_by_students_t_and_its_ends_are_those_of_the_ratio():
    means = np.array([[2.0, 0.5]]), np.array([[1.0, 0.8]])
    log = Log(np.log(means[0] / means[1]), np.array([[0.3, 0.2]]), 7)
    p = 2 * stats.t.sf(np.abs(log.mean) / log.error, 7)
    reach = stats.t.isf(0.025, 7) * log.error
    low, high = np.exp(log.mean - reach), np.exp(log.mean + reach)
    for sizes in ((3, 9), (9, 3), (9, 9)):
        found = log_test(np.array(sizes), means, log)
        assert found.p == pytest.approx(p)
        many = means[1] if sizes[0] < sizes[1] else means[0]
        ends = [(low - 1) * many, (high - 1) * many]
        if sizes[0] >= sizes[1]:  # the mean of the first side less what the second one may have
            ends = [many - many / low, many - many / high]
        assert np.array([found.low, found.high]) == pytest.approx(np.array(ends))
