"""Sign flips: against SciPy, by hand, and with the interval that belongs to them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

import framing as fr
from framing.stats import flips, multiple_tests
from framing.stats import signs as module
from framing.stats.flips import Parts, sign_flip_test
from framing.stats.signs import all_signs, draw_signs
from framing.stats.sums import fixed_point
from tests.made import made_scores

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(np.array)


def parts_of(differences, shares=None):
    """Every difference is one cluster with the same share, or with those given."""
    differences = np.asarray(differences, float)
    n = len(differences)
    shares = np.full(n, 1 / n) if shares is None else shares
    return Parts(np.arange(n), differences * shares[:, None], shares)


@settings(max_examples=30, deadline=None)
@given(p_values)
def test_corrections_are_those_of_statsmodels(p):
    assert multiple_tests.holm(p) == pytest.approx(multipletests(p, method="holm")[1])


@pytest.mark.parametrize("events", [6, 9, 12])
def test_all_sign_flips_give_the_p_of_scipy(events):
    """Ties and zeros included: the differences are rounded."""
    differences = np.random.default_rng(events).normal(0.4, 1, (events, 3)).round(1)
    got = sign_flip_test(parts_of(differences), all_signs(events)).p
    for k in range(3):
        want = stats.permutation_test(
            (differences[:, k],), np.mean, permutation_type="samples", n_resamples=np.inf
        ).pvalue
        assert got[k] == pytest.approx(want)


def test_sign_flips_by_hand():
    """Of the 8 patterns of 1, 2, 4 two are as far from 0 as all plus; of 1, −2, 4 six are."""
    got = sign_flip_test(parts_of([[1, 1], [2, -2], [4, 4]]), all_signs(3))
    assert got.p.tolist() == [2 / 8, 6 / 8]


@pytest.mark.parametrize(("n_resamples", "exact"), [(16, True), (15, False)])
def test_all_patterns_are_taken_if_there_are_no_more_than_are_asked_for(n_resamples, exact):
    """Four clusters have 16, of which half stand for all; else as many as asked for are drawn."""
    signs = draw_signs([*"abcd"], n_resamples=n_resamples, seed=1)
    assert (signs.exact, signs.patterns) == (exact, 8 if exact else 16)


def test_random_sign_flips_come_near_the_exact_p():
    parts = parts_of(np.random.default_rng(4).normal(0.4, 1, (12, 3)))
    signs = draw_signs([f"e{k}" for k in range(12)], n_resamples=4000, seed=1)
    exact = sign_flip_test(parts, all_signs(12)).p
    assert signs.patterns == 4001
    assert sign_flip_test(parts, signs).p == pytest.approx(exact, abs=0.04)


@pytest.mark.parametrize(("clusters", "columns"), [(20, 3), (100, 26), (1100, 30), (20, 0)])
def test_sums_do_not_depend_on_how_many_patterns_are_flipped_at_a_time(
    monkeypatch, clusters, columns
):
    """To the last digit; a product that BLAS shares among threads is one of many clusters only."""
    signs = draw_signs([f"{k}" for k in range(clusters)], n_resamples=999, seed=1)
    codes, values = np.arange(clusters), np.random.default_rng(1).normal(size=(clusters, columns))
    sizes = []
    minus = type(signs).minus
    monkeypatch.setattr(
        type(signs), "minus", lambda *a: sizes.append(a[2].stop - a[2].start) or minus(*a)
    )
    found = signs.flipped(codes, values, slice(0, signs.patterns))
    assert max(sizes) * clusters * columns <= 2**18 or clusters == 1100
    monkeypatch.setattr(module, "_ALONE", 2**30)
    assert np.array_equal(found, signs.flipped(codes, values, slice(0, signs.patterns)))
    assert np.allclose(found, values.T @ (1 - 2 * minus(signs, codes, slice(0, signs.patterns))))


def test_the_studentised_t_is_that_of_the_flipped_data():
    """In every pattern: the sum over its cluster-robust error, computed anew."""
    rng = np.random.default_rng(5)
    shares = rng.dirichlet(np.ones(7))
    parts = Parts(np.arange(7), rng.normal(0, 1, (7, 2)), shares)
    signs = all_signs(7)
    t = np.sqrt(flips.statistics(parts, signs, slice(0, 64))[1])
    pattern = 1 - 2 * signs.minus(parts.codes, slice(0, 64))
    for k in range(64):
        moved = parts.parts * pattern[:, [k]]
        error = Parts(parts.codes, moved, shares).error
        assert t[:, k] == pytest.approx(np.abs(moved.sum(axis=0)) / error)


@settings(max_examples=40, deadline=None)
@given(st.integers(6, 40), st.integers(0, 10_000), st.booleans(), st.floats(0, 1.2))
def test_the_interval_excludes_0_where_p_is_small(n, seed, equal, shift):
    """Where all patterns are tried, and where they are drawn."""
    rng = np.random.default_rng(seed)
    shares = None if equal else rng.dirichlet(np.full(n, 5.0))
    parts = parts_of(rng.gamma(1, 1, (n, 20)) - 1 + shift, shares)
    signs = draw_signs([f"e{k}" for k in range(n)], n_resamples=1999, seed=seed)
    p, low, high = sign_flip_test(parts, signs)
    assert ((p <= 0.05) == ((low > 0) | (high < 0))).all()
    assert ((low <= parts.difference) & (parts.difference <= high)).all()


def test_the_interval_and_p_agree_where_patterns_tie_with_0():
    """Differences are whole numbers of cues in some words, many of them 0."""
    rng = np.random.default_rng(2)
    differences = (rng.poisson(0.5, (10, 900)) - rng.poisson(0.3, (10, 900))) / 7
    found = sign_flip_test(parts_of(differences), all_signs(10))
    outside = (found.low > 0) | (found.high < 0)
    known = ~np.isnan(found.p)
    assert (outside == (found.p <= flips.LEVEL))[known].all()
    assert ((found.low == 0) | (found.high == 0))[known].any()


def test_the_inverted_interval_is_that_of_all_subsets():
    """Six events: means of all subsets of them, cut 1 of 32 patterns off at each end (Hartigan)."""
    values = np.random.default_rng(6).normal(0, 1, 6)
    subsets = [values[[k for k in range(6) if n >> k & 1]].mean() for n in range(1, 63)]
    pairs = [(subsets[n - 1], subsets[62 - n]) for n in range(1, 32)]
    want = sorted(min(pair) for pair in pairs)[0], sorted(max(pair) for pair in pairs)[-1]
    got = sign_flip_test(parts_of(values[:, None]), all_signs(6))
    assert (got.low[0], got.high[0]) == pytest.approx(want)


@pytest.mark.parametrize("equal", [True, False])
def test_the_test_is_the_same_in_any_unit(equal):
    """A tone of 0.0000001 and a rate per billion words are no ties with 0."""
    rng = np.random.default_rng(8)
    shares = None if equal else rng.dirichlet(np.full(15, 9.0))
    signs = draw_signs([f"{k}" for k in range(15)], n_resamples=999, seed=1)
    differences = rng.normal(2, 1, (15, 1))
    p, low, high = sign_flip_test(parts_of(differences, shares), signs)
    for unit in (1e-9, 1e9):
        found = sign_flip_test(parts_of(differences * unit, shares), signs)
        np.testing.assert_allclose((found.p, found.low / unit, found.high / unit), (p, low, high))
    assert 0 < low < high


def test_intervals_of_normal_differences_are_near_students():
    values = np.random.default_rng(7).normal(5, 2, (40, 1))
    got = sign_flip_test(
        parts_of(values), draw_signs([f"{k}" for k in range(40)], n_resamples=9999, seed=1)
    )
    want = stats.t.interval(0.95, 39, values.mean(), stats.sem(values))
    assert (got.low[0], got.high[0]) == pytest.approx([float(end[0]) for end in want], abs=0.12)


def test_signs_belong_to_seed_and_name():
    """Whatever else is compared, and in whatever order."""
    names = [f"e{k}" for k in range(30)]
    signs = draw_signs(names, n_resamples=99, seed=1)
    again = draw_signs(names[::-2], n_resamples=99, seed=1)
    assert (again.bits == signs.bits[::-2]).all()
    assert (draw_signs(names, n_resamples=99, seed=2).bits != signs.bits).any()
    pattern = signs.minus(np.arange(30), slice(0, 100))
    assert not pattern[:, 0].any() and 0.45 < pattern[:, 1:].mean() < 0.55


def test_of_many_patterns_a_part_has_the_same_numbers():
    parts = parts_of(np.random.default_rng(8).normal(0, 1, (50, 3)))
    signs = draw_signs([f"{k}" for k in range(50)], n_resamples=2999, seed=1)
    whole = flips.statistics(parts, signs, slice(0, 3000))[1]
    assert (flips.statistics(parts, signs, slice(1000, 3000))[1] == whole[:, 1000:]).all()


@pytest.mark.parametrize(("n", "even"), [(6, True), (25, True), (25, False)])
def test_comparisons_that_are_tested_together_have_the_numbers_of_each_alone(n, even):
    """To the last digit, though each has other measures that take all patterns, or none at all."""
    rng = np.random.default_rng(n)
    shares = np.full((7, n), 1 / n) if even else rng.dirichlet(np.full(n, 5.0), 7)
    values = rng.normal(rng.uniform(0, 1, (7, 1, 4)), 1, (7, n, 4)) * shares[..., None]
    values[2, :, 1], values[3, :, 2] = np.nan, 0.0
    codes = np.array([rng.permutation(40)[:n] for _ in range(7)])
    codes[5] = codes[6]
    signs = draw_signs([f"e{k}" for k in range(40)], n_resamples=2999, seed=1)
    for rows in (slice(0, 7), slice(5, 7)):
        together = Parts(codes[rows], values[rows], shares[rows])
        found = np.array(sign_flip_test(together, signs))
        for k, one in enumerate(zip(*together[:3], strict=True)):
            assert np.array_equal(found[:, k], sign_flip_test(Parts(*one), signs), equal_nan=True)
            assert np.array_equal(together.error[k], Parts(*one).error, equal_nan=True)


def test_max_t_by_hand():
    """Step-down: the clearest against the maximum of both, the other against itself."""
    t = np.array([[3.0, 1.0, 2.0, 0.5], [1.0, 4.0, 0.5, 0.5]], np.float32)
    p, _ = multiple_tests.max_t(t.copy(), np.array([1e6, 1e6]))
    assert p.tolist() == [0.5, 0.5]
    alone, _ = multiple_tests.max_t(t[:1].copy(), np.array([1e6]))
    assert alone.tolist() == [0.25]


def test_what_does_not_differ_at_all_has_an_adjusted_p_of_1():
    """All patterns are as clear as none."""
    t, freedom = np.zeros((3, 40), np.float32), np.full(3, 19.0)
    groups = multiple_tests.groups_of_alike(np.array([0, 0, 1]), np.array([1, 2, 2]))
    assert multiple_tests.max_t(t.copy(), freedom)[0].tolist() == [1, 1, 1]
    assert multiple_tests.closed(t, freedom, *groups).tolist() == [1, 1, 1]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 7), st.integers(0, 10_000))
def test_max_t_is_the_step_down_of_westfall_and_young(tests, seed):
    """A plain loop over tests ordered by their size, each against the maximum of those left."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=(1, 200)) * rng.uniform(0, 1)
    t = np.abs(rng.normal(size=(tests, 200)) + shared)
    t[:, 0] += rng.uniform(0, 2, tests)
    t = t.round(2).astype(np.float32)  # what is no tie is apart in single precision
    left, before, want = list(np.argsort(-t[:, 0], kind="stable")), 0.0, np.empty(tests)
    while left:
        clearest = left[0]
        share = (t[left].max(axis=0) >= t[clearest, 0]).mean()
        before = want[clearest] = max(before, share)
        left.remove(clearest)
    got, level = multiple_tests.max_t(t.copy(), np.full(tests, 30.0))
    assert got == pytest.approx(want, abs=1e-12)
    critical = np.sort(t.max(axis=0).astype(float))[-11]  # a twentieth of 200 may be as clear
    normal = np.sqrt(30 * np.log1p(critical**2 / 30)) * 241 / 243  # Wallace
    assert level == pytest.approx(2 * stats.norm.sf(normal), rel=1e-4)


def test_max_t_is_below_holm_for_tests_that_go_together():
    """Ten copies of one test cost nothing; Holm makes its p ten times as large."""
    parts = parts_of(np.random.default_rng(9).normal(0.5, 1, (20, 1)))
    signs = draw_signs([f"{k}" for k in range(20)], n_resamples=999, seed=1)
    t = np.sqrt(flips.statistics(parts, signs, slice(0, 1000))[1]).astype(np.float32)
    p, level = multiple_tests.max_t(np.repeat(t, 10, axis=0), np.full(10, 19.0))
    assert p == pytest.approx(np.full(10, sign_flip_test(parts, signs).p[0]), abs=1e-9)
    assert level == pytest.approx(0.05, abs=0.02)


@given(st.integers(1, 300), st.integers(-30, 30), st.integers(0, 10_000))
def test_whole_numbers_are_so_small_that_sums_are_exact_and_use_the_bits_that_are_left(
    n, scale, seed
):
    values = np.random.default_rng(seed).normal(0, 2.0**scale, (n, 2))
    whole, unit = fixed_point(values)
    assert (whole == np.rint(whole)).all() and (np.frexp(unit)[0] == 0.5).all()
    assert (np.abs(whole).sum(axis=0) <= 2**52).all()
    assert (np.abs(whole).max(axis=0) * 2.0 ** n.bit_length() >= 2**49).all()
    assert (np.abs(whole * unit - values) <= unit / 2).all()


@pytest.mark.parametrize("cells", [1, 50 * 24, 50 * 31])
def test_patterns_are_taken_a_few_bytes_of_signs_at_a_time(monkeypatch, cells):
    """Eight patterns are a byte; however many there is room for, the numbers are the same."""
    parts = parts_of(np.random.default_rng(8).normal(0, 1, (50, 3)))
    signs = draw_signs([f"{k}" for k in range(50)], n_resamples=199, seed=1)
    whole = flips.statistics(parts, signs, slice(0, 200))
    monkeypatch.setattr(module, "_CELLS", cells)
    for found, wanted in zip(flips.statistics(parts, signs, slice(0, 200)), whole, strict=True):
        assert (found == wanted).all()


def test_a_p_that_is_exactly_the_level_excludes_0_too():
    """Six clusters have 32 patterns: two of them are a sixteenth."""
    differences = np.random.default_rng(3).normal(0.8, 1, (6, 400))
    found = sign_flip_test(parts_of(differences), all_signs(6), level=1 / 16)
    assert (found.p == 1 / 16).sum() > 5
    assert ((found.p <= 1 / 16) == ((found.low > 0) | (found.high < 0))).all()


@pytest.mark.parametrize(("outlets", "seed"), [(3, 1), (4, 2), (5, 3), (6, 4)])
def test_a_pair_is_as_clear_as_the_least_clear_group_that_holds_it(outlets, seed):
    """A loop over all groups of outlets; the level is shared with the outlets outside."""
    rng = np.random.default_rng(seed)
    level = rng.normal(size=(outlets, 200)) + np.arange(outlets)[:, None] * (np.arange(200) == 0)
    pairs = list(itertools.combinations(range(outlets), 2))
    t = np.array([abs(level[a] - level[b]) for a, b in pairs], np.float32)
    want = np.zeros(len(pairs))
    for size in range(2, outlets + 1):
        for group in itertools.combinations(range(outlets), size):
            held = [k for k, pair in enumerate(pairs) if set(pair) <= set(group)]
            sums = (t[held] ** 2).sum(axis=0)
            p = np.mean(sums >= sums[0] * (1 - 1e-5))
            p *= 1 if outlets - size < 2 else outlets / size
            want[held] = np.maximum(want[held], min(p, 1))
    groups = multiple_tests.groups_of_alike(*np.array(pairs).T)
    got = multiple_tests.closed(t.copy(), np.full(len(pairs), 1e7), *groups)
    assert got == pytest.approx(want)


def test_closed_testing_holds_its_level_and_finds_more_than_holm():
    """600 runs of five outlets: all alike, or one apart; the others are then alike still."""
    rng = np.random.default_rng(5)
    pairs = np.array(list(itertools.combinations(range(5), 2)))
    groups = multiple_tests.groups_of_alike(*pairs.T)
    first = pairs[:, 0] == 0
    alarms, found = np.zeros(2), np.zeros(2)
    for shift in (0.0, 0.7):
        for _ in range(600):
            values = rng.normal(size=(24, 5)) + shift * (np.arange(5) == 0)
            parts = parts_of(values[:, pairs[:, 0]] - values[:, pairs[:, 1]])
            flipped = np.r_[np.ones((1, 24)), rng.choice([-1.0, 1.0], (399, 24))] @ parts.parts
            spread = (parts.parts**2).sum(axis=0) - flipped**2 / 24
            t = (np.abs(flipped) / np.sqrt(spread * 24 / 23)).T.astype(np.float32)
            p = (t >= t[:, :1]).mean(axis=1)
            adjusted = multiple_tests.closed(t, np.full(10, 23.0), *groups)
            both = np.array([adjusted, multiple_tests.holm(p)]) < 0.05
            alarms[int(shift > 0)] += both[0, ~first if shift else slice(None)].any() / 600
            found += both[:, first].mean(axis=1) / 600 * (shift > 0)
    assert (alarms <= 0.07).all() and alarms[0] > 0.02
    assert found[0] > 1.2 * found[1] > 0.1


def test_a_clear_difference_has_the_p_of_all_flips_and_not_of_the_first_thousand():
    """One in ten thousand, where no flip is as far from 0 as what was seen."""
    scores = made_scores({"A": 4.0, "B": 1.0}, events=40)
    found = fr.compare(scores, measures="hedge", match="event")
    assert found["p"].tolist() == [1 / 10_000]
    few = fr.compare(scores, measures="hedge", match="event", n_resamples=1999)
    assert few["p"].tolist() == [1 / 2000]
