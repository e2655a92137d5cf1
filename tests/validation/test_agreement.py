from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import framing as fr
from framing.validation.agreement import (
    _coefficients,
    _disputed_once_more,
    _ends,
    krippendorff_alpha,
)
from tests.validation.conftest import coded_by, right

tables = st.integers(2, 40).flatmap(
    lambda units: st.lists(
        st.lists(st.sampled_from([0.0, 1.0, 2.0, np.nan]), min_size=units, max_size=units),
        min_size=2, max_size=4,
    )
)  # fmt: skip


@settings(max_examples=1000, deadline=None)
@given(tables, st.booleans())
def test_alpha_is_that_of_the_reference_implementation(table, ordinal):
    data = np.array(table)
    counts = np.array([[(unit == v).sum() for v in (0, 1, 2)] for unit in data.T], float)
    counts = counts[counts.sum(axis=1) >= 2]
    alpha = (
        krippendorff_alpha(counts, np.ones((1, len(counts))), ordinal=ordinal)
        if len(counts)
        else np.array([np.nan])
    )
    level = "ordinal" if ordinal else "nominal"
    if (counts.sum(axis=0) > 0).sum() < 2:
        assert np.isnan(alpha[0])
    else:
        expected = krippendorff.alpha(data, level_of_measurement=level, value_domain=[0, 1, 2])
        assert alpha[0] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("ordinal", "alpha"), [(False, 0.743), (True, 0.815)])
def test_alpha_of_krippendorffs_own_example(ordinal, alpha):
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, data C: four observers."""
    coders = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    counts = np.array(
        [[unit.count(str(value)) for value in range(1, 6)] for unit in zip(*coders, strict=True)],
        float,
    )
    counts = counts[counts.sum(axis=1) >= 2]
    found = krippendorff_alpha(counts, np.ones((1, len(counts))), ordinal=ordinal)
    assert found[0] == pytest.approx(alpha, abs=5e-4)


def test_two_equal_coders_have_an_alpha_of_1_and_shuffled_codes_one_near_0(sheet):
    codes = right(sheet, "hedge")
    same = fr.agreement(coded_by(sheet, {"a": {"hedge": codes}, "b": {"hedge": codes}}))
    row = same.set_index("measure").loc["hedge"]
    assert row[["alpha", "percent", "ac1", "verdict"]].tolist() == [1, 1, 1, "reliable"]
    mixed = np.random.default_rng(2).permutation(codes).tolist()
    other = fr.agreement(coded_by(sheet, {"a": {"hedge": codes}, "b": {"hedge": mixed}}))
    row = other.set_index("measure").loc["hedge"]
    assert abs(row["alpha"]) < 0.2
    assert row["verdict"] == "not reliable"
    assert row["alpha_low"] < row["alpha"] < row["alpha_high"]


def test_alpha_is_undefined_where_all_codes_are_the_same(sheet):
    zeros = [0.0] * len(sheet.passages)
    found = fr.agreement(coded_by(sheet, {"a": {"boost": zeros}, "b": {"boost": zeros}}))
    row = found.set_index("measure").loc["boost"]
    assert np.isnan(row["alpha"])
    assert row["verdict"] == "undefined"
    assert row[["alpha_low", "alpha_high"]].isna().all()
    assert row["percent"] == 1 > row["percent_low"]


def test_ac1_of_gwets_own_example(sheet):
    """Gwet (2008), table 1: 118 of 125 alike, + + 118, + - 5, - + 2, - - 0: AC1 = .942."""
    a = [1.0] * 118 + [1.0] * 5 + [0.0] * 2
    b = [1.0] * 118 + [0.0] * 5 + [1.0] * 2
    counts = np.array([[2 - x - y, x + y] for x, y in zip(a, b, strict=True)])
    _, percent, ac1 = _coefficients(counts, np.ones((1, len(counts))), ordinal=False)[:, 0]
    share = (118 + (5 + 2) / 2) / 125
    assert percent == pytest.approx(118 / 125)
    chance = 2 * share * (1 - share)
    assert ac1 == pytest.approx((118 / 125 - chance) / (1 - chance))


def test_percent_is_the_mean_over_passages_however_many_coded_them():
    """Two of two agree, and one pair of three: (1 + 1/3) / 2, not two of all four pairs."""
    _, percent, _ = _coefficients(np.array([[2.0, 0], [1, 2]]), np.ones((1, 2)), ordinal=False)
    assert percent[0] == pytest.approx(2 / 3)


def test_an_empty_sheet_says_that_nobody_has_coded(sheet):
    one = coded_by(sheet, {"a": {"hedge": right(sheet, "hedge")}})
    assert fr.agreement(one).set_index("measure")["verdict"]["hedge"] == "nothing was coded twice"
    none = fr.agreement(one._replace(codes=one.codes.iloc[:0]))
    assert set(none["verdict"]) == {"nobody has coded yet"}
    assert none["passages"].eq(0).all()


def test_where_coders_hardly_differ_the_interval_reaches_below_what_was_seen(sheet):
    """30 passages coded alike: with one more, of 31 that are drawn none to four are disputed."""
    counts = np.array([[2.0, 0]] * 15 + [[0, 2.0]] * 15)
    more = _disputed_once_more(counts)
    assert more[-1].tolist() == [1, 1] and len(more) == 31
    seen = _coefficients(counts, np.ones((1, 30)), ordinal=False)[:, 0]
    assert seen.tolist() == [1, 1, 1]
    lowest = 1 - stats.binom.ppf(0.975, 31, 1 / 31) / 31
    alpha, percent, _ = _ends(more, 2000, np.random.default_rng(1), ordinal=False)[0]
    assert percent == pytest.approx(lowest)
    assert 0.7 < alpha < percent < 1
    codes = {"hedge": [1.0] * 15 + [0.0] * 15}
    row = fr.agreement(coded_by(sheet, {"a": codes, "b": codes})).iloc[0]
    assert row[["percent", "percent_low", "percent_high"]].tolist() == pytest.approx([1, lowest, 1])
