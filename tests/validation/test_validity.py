from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

import framing as fr
from framing.validation.validity import _differences, _draws
from tests.validation.conftest import coded_by, right, whole_sheet, with_errors


def test_counts_by_hand(scored):
    """With every passage coded, precision and recall are the shares themselves."""
    sheet = whole_sheet(scored, "boost")
    truth = np.array(with_errors(right(sheet, "boost"), 0.05, np.random.default_rng(3)))
    hit = (sheet.passages["hits_boost"] > 0).to_numpy()
    coded = coded_by(sheet, {"a": {"boost": truth.tolist()}})
    found = fr.validity(coded, scored[1])
    row = found.table.set_index("group").loc["all"]
    assert row["precision"] == pytest.approx(truth[hit].mean())
    assert row["recall"] == pytest.approx(hit[truth == 1].mean())
    assert row["precision_low"] < row["precision"] < row["precision_high"]
    false, missed = int((truth[hit] == 0).sum()), int((~hit & (truth == 1)).sum())
    assert found.errors["kind"].value_counts().to_dict() == {"miss": missed, "false hit": false}


def test_a_coder_who_agrees_with_the_lexicon_gives_1_with_an_interval_below_it(sheet, scored):
    found = fr.validity(coded_by(sheet, {"a": {"hedge": right(sheet, "hedge")}}), scored[1])
    row = found.table.set_index(["measure", "group"]).loc["hedge", "all"]
    assert row[["precision", "recall", "f1"]].tolist() == [1, 1, 1]
    assert row["precision_high"] == 1
    assert 0.5 < row["precision_low"] < 1
    assert 0.3 < row["recall_low"] < 1


def test_a_difference_between_outlets_is_found_and_none_is_not_invented(scored):
    sheet = fr.coding_sheet(*scored, measures=["hedge"], hits=60, without=0, near_misses=0)
    codes, by = np.array(right(sheet, "hedge")), sheet.passages["by"].to_numpy()
    worse = np.isin(by, ["Meridian Wire", "Deckhand Notes"])
    rng = np.random.default_rng(4)
    unequal = np.where(worse & (rng.random(len(codes)) < 0.6), 0.0, codes)
    ps = {}
    for name, values in (("equal", codes), ("unequal", unequal)):
        table = fr.validity(
            coded_by(sheet, {"a": {"hedge": values.tolist()}}), scored[1]
        ).differences
        ps[name] = table.set_index("statistic").loc["precision", "p"]
    assert ps["unequal"] < 0.01 < 0.2 < ps["equal"]


@pytest.mark.parametrize("left_out", ["near_misses", "without"])
def test_recall_is_unknown_where_what_is_missed_was_not_drawn(scored, left_out):
    """It would be 1 by the sample."""
    with pytest.warns(UserWarning, match=f"{left_out}=0: such sentences are not drawn"):
        sheet = fr.coding_sheet(*scored, measures=["hedge"], hits=40, **{left_out: 0})
    coded = coded_by(sheet, {"a": {"hedge": right(sheet, "hedge")}})
    found = fr.validity(coded, scored[1])
    row = found.table.set_index("group").loc["all"]
    assert row["precision"] == pytest.approx(1)
    assert row[["recall", "recall_low", "f1"]].isna().all()
    note = fr.compare(scored[0], measures=["hedge"], coded=coded, n_resamples=199)["note"]
    assert note.str.contains(f"{left_out}=0: such sentences are not drawn").all()


def test_the_part_to_learn_from_is_never_reported(scored):
    sheet = fr.coding_sheet(*scored, measures=["alarm"], hits=40, learn=0.5, per_article=None)
    learn = (sheet.passages["part"] == "learn").to_numpy()
    assert 0.3 < learn.mean() < 0.7
    codes = np.where(learn, 0.0, right(sheet, "alarm"))
    coded = coded_by(sheet, {"a": {"alarm": codes.tolist()}})
    row = fr.validity(coded, scored[1]).table.set_index("group").loc["all"]
    assert row["precision"] == 1
    assert row["passages"] == (~learn).sum()
    entries = fr.suggest(coded, scored[1]).entries
    assert (entries["share"] == 1).all()
    assert len(entries)
    with pytest.raises(ValueError, match=r"learn=0\.3"):
        fr.suggest(coded_by(fr.coding_sheet(*scored, hits=5), {"a": {"alarm": [1.0]}}), scored[1])


def test_tone_goes_with_coders_who_see_what_vader_sees(sheet, scored):
    compound = fr.tone(sheet.passages["text"], normalise=True)["compound"]
    codes = np.sign(compound.where(compound.abs() >= 0.05, 0)).tolist()
    row = fr.validity(coded_by(sheet, {"a": {"tone": codes}}), scored[1]).tone.iloc[0]
    assert row["accuracy"] == pytest.approx(1)
    assert row["r"] > 0.8
    assert row["passages"] == len(sheet.passages)


def test_nothing_coded_is_no_number(sheet, scored):
    found = fr.validity(coded_by(sheet, {"a": {}}), scored[1])
    assert found.table["precision"].isna().all()
    assert found.tone.empty


def test_another_by_than_that_of_the_sheet_is_an_error(sheet, scored):
    with pytest.raises(ValueError, match="drawn by 'outlet', got by='leaning'"):
        fr.validity(coded_by(sheet, {"a": {}}), scored[1], by="leaning")


def test_cues_of_another_kind_are_refused(sheet, scored):
    with pytest.raises(ValueError, match=r"cues, as framing\.find_cues"):
        fr.validity(coded_by(sheet, {"a": {}}), pd.DataFrame({"article": []}))


@pytest.mark.filterwarnings("error")
def test_a_difference_is_undefined_where_a_group_shows_no_spread():
    """Of B only hits were drawn: its recall is 1 by construction, and no p follows from that."""
    rows = pd.DataFrame({"by": ["A"] * 8 + ["B"] * 4, "hit": [True] * 4 + [False] * 4 + [True] * 4})
    rows = rows.assign(near=False, probability=0.5, truth=[1, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1])
    found = list(_differences("hedge", rows, np.random.default_rng(1), missed=True))
    assert [row[1] for row in found] == ["precision", "recall"]
    assert np.isfinite(found[0][4]) and np.isnan(found[1][4])
    assert found[1][3] == pytest.approx(0.25)  # 3 of 4 right passages are hits in A, all in B


def test_recall_without_a_hit_is_that_of_none_of_so_many():
    """Nothing of three is found: the interval of scipy, and a p that three can carry."""
    rows = pd.DataFrame({"by": ["A"] * 9 + ["B"] * 8, "hit": [True] * 3 + [False] * 14})
    truth = [1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0]
    rows = rows.assign(near=False, probability=1.0, truth=truth)
    rng = np.random.default_rng(1)
    _, (recall, drawn), (f1, _) = _draws(rows[rows["by"] == "B"], rng)
    assert recall == 0 and np.isnan(f1)
    assert np.quantile(drawn, 0.975) == pytest.approx(beta(0.5, 3.5).ppf(0.975), abs=0.01)
    assert 0.01 < list(_differences("hedge", rows, rng, missed=True))[1][4] < 0.5


@pytest.mark.parametrize("kept", ["counted", "not negated"])
def test_cues_without_those_that_a_rule_took_away_are_refused(sheet, scored, kept):
    """Their sentences weighed as those without a hit: other recall intervals."""
    cues = scored[1]
    part = cues[cues["counted"] if kept == "counted" else ~cues["negated"]]
    coded = coded_by(sheet, {"a": {m: right(sheet, m) for m in ("hedge", "alarm", "boost")}})
    with pytest.raises(ValueError, match=r"hits that a rule took away.*Pass all cues"):
        fr.validity(coded, part)


def test_arguments_that_are_swapped_are_named(sheet, scored):
    coded = coded_by(sheet, {"a": {"hedge": right(sheet, "hedge")}})
    with pytest.raises(TypeError, match=r"coded must be .*read_coding.*, got a DataFrame"):
        fr.validity(scored[1], coded)


def test_sheets_of_another_corpus_are_told_as_such(sheet, scored):
    coded = coded_by(sheet, {"a": {"hedge": right(sheet, "hedge")}})
    other = scored[1].assign(article="x" + scored[1]["article"])
    with pytest.raises(ValueError, match=r"coded passages are of other articles than cues, such"):
        fr.validity(coded, other)
