from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

import framing as fr
from framing.stats.corrected import (
    CORRECTED,
    _note,
    corrections_of,
    differs,
    not_corrected,
    uncoded,
    widened,
)
from framing.stats.sides import OTHERS
from framing.validation.corrections import corrections
from tests.conftest import ROOT
from tests.validation.conftest import coded_by


@pytest.fixture(scope="module")
def study():
    return fr.open_study(ROOT / "corpora" / "strait")


def everything(study, measure):
    return fr.coding_sheet(
        study.scores, study.cues, measures=[measure], per_article=None,
        hits=10**6, near_misses=10**6, without=10**6,
    )  # fmt: skip


def test_with_every_sentence_coded_the_result_is_the_coders_own(study):
    """Corrected contrasts are those of scores in which the coders' counts stand."""
    sheet = everything(study, "hedge")
    rng = np.random.default_rng(1)
    truth = (rng.random(len(sheet.passages)) < 0.3).astype(float)
    coded = coded_by(sheet, {"a": {"hedge": truth.tolist()}})
    hits = np.where(truth == 1, np.maximum(sheet.passages["hits_hedge"], 1), 0)
    place = ["article", "paragraph"]
    counts = sheet.passages.assign(hedge=hits).groupby(place)["hedge"].sum()
    own = study.scores.set_index(place)
    own["hedge"] = counts.reindex(own.index).fillna(0).astype(int)
    options = {"match": "event", "measures": ["hedge"], "n_resamples": 199}
    found = fr.compare(study.scores, coded=coded, **options)
    expected = fr.compare(own.reset_index(), **options)
    for name, old in (("corrected", "estimate"), ("corrected_low", "low"), ("corrected_p", "p")):
        np.testing.assert_allclose(found[name], expected[old], atol=1e-9)


def test_what_is_not_corrected_stays_exactly_as_it_is(study):
    coded = fr.read_coding(ROOT / "corpora" / "strait-coded")
    plain = fr.compare(study.scores, match="event", n_resamples=199)
    found = fr.compare(study.scores, match="event", coded=coded, n_resamples=199)
    same = [name for name in plain if name != "note"]
    pd.testing.assert_frame_equal(found[same], plain[same], check_exact=True)
    known = found["measure"].isin(["hedge", "alarm", "boost", "tone"])
    assert (found["corrected"].notna() | found["note"].str.contains("not corrected: no int"))[
        known
    ].all()
    assert found.loc[~known, "corrected"].isna().all()
    assert found["note"].str.contains("times as many coded sentences").any()


def test_an_article_of_which_nothing_was_coded_stays_as_it_is(study):
    coded = fr.read_coding(ROOT / "corpora" / "strait-coded")
    articles = study.scores.groupby("article", as_index=False)[["words", "hedge"]].sum()
    articles.loc[len(articles)] = ["of a later day", 100, 3]
    excess, unseen = corrections_of(articles.assign(cond=1.0), coded, ["hedge", "cond"])
    for found in (excess["hedge"], unseen["hedge"]):
        assert found.iloc[-1] == 0 < found.abs().max()
    assert excess["cond"].eq(0).all() and unseen["cond"].eq(0).all()  # nobody has coded it


def test_where_the_correction_changes_the_test_the_note_says_so(study):
    """No logarithm is taken of a rate below 0: p may fall because the test is another one."""
    coded = fr.read_coding(ROOT / "corpora" / "strait-coded")
    table = fr.compare(study.scores, match="event", against="rest", coded=coded, n_resamples=999)
    other = table["note"].str.contains("corrected p from flips of signs: a corrected rate is neg")
    by_log = table["note"].str.contains("log ratio")
    assert set(table.loc[other, "measure"]) == {"alarm", "boost"} and not by_log[~other].all()
    assert (
        not table.loc[table["measure"].isin(["hedge", "tone"]), "note"].str.contains("flips").any()
    )


def test_with_every_sentence_coded_tone_is_the_coders_own(study):
    """The mean of two coders, over the sentences of paragraphs and the paragraphs of articles."""
    sheet = everything(study, "tone")
    rng = np.random.default_rng(2)
    codes = {name: rng.choice([-1.0, 0.0, 1.0], len(sheet.passages)) for name in "ab"}
    coded = coded_by(sheet, {name: {"tone": own.tolist()} for name, own in codes.items()})
    place = ["article", "paragraph"]
    means = sheet.passages.assign(tone=(codes["a"] + codes["b"]) / 2).groupby(place)["tone"].mean()
    own = study.scores.set_index(place)
    own["tone"] = means.reindex(own.index).fillna(0.0)
    options = {"match": "event", "measures": ["tone"], "n_resamples": 199}
    found = fr.compare(study.scores, coded=coded, **options)
    expected = fr.compare(own.reset_index(), **options)
    for name, old in (("corrected", "estimate"), ("corrected_low", "low"), ("corrected_p", "p")):
        np.testing.assert_allclose(found[name], expected[old], atol=1e-9)


@pytest.mark.parametrize(("without", "told"), [(0, True), (40, False)])
def test_sentences_that_were_never_drawn_are_told_beside_what_was_corrected(study, without, told):
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        sheet = fr.coding_sheet(
            study.scores,
            study.cues,
            measures=["alarm"],
            hits=200,
            without=without,
            per_article=None,
        )
    codes = (sheet.passages["hits_alarm"] > 0).astype(float).tolist()
    coded = coded_by(sheet, {"a": {"alarm": codes}})
    found = fr.compare(
        study.scores, measures=["alarm", "boost"], coded=coded, match="event", n_resamples=99
    )
    notes = found["note"].str.contains("without=0: such sentences are not drawn")
    assert notes.tolist() == (found["corrected"].notna() & told).tolist()
    assert found["corrected"].notna().any()


def test_a_tone_that_only_vader_hears_is_corrected(study):
    """People hear the same tone in both halves; VADER hears more in one of them, by .3."""
    half = study.scores["article"].isin(sorted(study.scores["article"].unique())[::2])
    scores = study.scores.assign(group=np.where(half, "x", "y"))
    sheet = fr.coding_sheet(
        scores, study.cues, by="group", measures=["tone"], without=250, per_article=None,
    )  # fmt: skip
    heard = fr.tone(sheet.passages["text"], normalise=True)["compound"] - 0.3 * (
        sheet.passages["by"] == "x"
    )
    coded = coded_by(sheet, {"a": {"tone": heard.tolist()}})
    scores = scores.assign(event="")
    options = {"by": "group", "measures": ["tone"], "n_resamples": 199}
    row = fr.compare(scores, coded=coded, **options).iloc[0]
    assert row["estimate"] - row["corrected"] == pytest.approx(0.3, abs=0.06)


def test_codes_that_agree_with_the_lexicon_correct_nothing(study):
    sheet = fr.coding_sheet(study.scores, study.cues, measures=["alarm"], hits=30)
    codes = (sheet.passages["hits_alarm"] > 0).astype(float).tolist()
    found = fr.compare(
        study.scores, measures=["alarm"], coded=coded_by(sheet, {"a": {"alarm": codes}}),
        match="event", n_resamples=199,
    )  # fmt: skip
    np.testing.assert_allclose(found["corrected"], found["estimate"], atol=1e-12)


def two_halves(study):
    """The corpus dealt to two outlets, without events."""
    odd = study.scores.groupby("article").ngroup() % 2 == 1
    return study.scores.assign(outlet=np.where(odd, "x", "y"), event="")


def test_a_few_sentences_that_are_all_right_do_not_show_that_all_others_are(study):
    """They had the interval and the p of the counts, as if every hit had been looked at."""
    scores = two_halves(study)
    found = {}
    for hits, more in ((8, 20), (30, 60)):
        sheet = fr.coding_sheet(
            scores, study.cues, measures=["hedge"], hits=hits, near_misses=hits, without=more
        )
        codes = (sheet.passages["hits_hedge"] > 0).astype(float).tolist()
        coded = coded_by(sheet, {"a": {"hedge": codes}})
        row = fr.compare(scores, measures="hedge", coded=coded, n_resamples=999).iloc[0]
        assert row["corrected"] == pytest.approx(row["estimate"])
        assert row["corrected_p"] > row["p"] and row["corrected_low"] < row["low"]
        unseen = corrections(coded, "hedge")["unseen"]
        articles = scores.groupby(["outlet", "article"])["words"].sum().reset_index()
        each = (100 / articles["words"]) ** 2 * articles["article"].map(unseen).fillna(0)
        number = articles.groupby("outlet")["article"].transform("size")
        by_hand = 1.96 * np.sqrt((each / number**2).sum())
        low, high = row["estimate"] - row["low"], row["corrected"] - row["corrected_low"]
        found[hits] = np.sqrt(high**2 - low**2)
        assert found[hits] == pytest.approx(by_hand, rel=0.15)
    assert found[8] > 1.5 * found[30]


def test_a_handful_of_coded_sentences_corrects_nothing(study):
    scores = two_halves(study)
    sheet = fr.coding_sheet(
        scores, study.cues, measures=["hedge"], hits=4, near_misses=2, without=6
    )
    coded = coded_by(sheet, {"a": {"hedge": [0.0] * len(sheet.passages)}})
    row = fr.compare(scores, measures="hedge", coded=coded, n_resamples=99).iloc[0]
    assert row[CORRECTED].isna().all()
    assert row["note"].startswith("not corrected: under 15 sentences coded of x and y")


@pytest.mark.parametrize(("n", "lacking"), [(14, ["y"]), (15, [])])
def test_fifteen_coded_sentences_of_an_outlet_are_enough(study, n, lacking):
    sheet = fr.coding_sheet(two_halves(study), study.cues, measures=["hedge"], hits=40)
    among = sheet.passages.groupby("by").cumcount()
    few = (sheet.passages["by"] == "y") & (among >= n)
    codes = few.map({True: None, False: 0.0}).tolist()
    coded = coded_by(sheet, {"a": {"hedge": codes}})
    assert uncoded(two_halves(study), coded, "hedge", by="outlet") == lacking


def test_groups_of_outlets_are_not_corrected_as_if_they_were_articles(study):
    """Their difference had been corrected, without an interval."""
    outlets = sorted(study.scores["outlet"].unique())
    scores = study.scores.assign(
        leaning=study.scores["outlet"].isin(outlets[:3]).map({True: "l", False: "r"}), event=""
    )
    coded = fr.read_coding(ROOT / "corpora" / "strait-coded")
    table = fr.compare(scores, by="leaning", measures="hedge", coded=coded, n_resamples=99)
    assert table[CORRECTED].isna().all(axis=None)
    assert "use framing.compare_groups, which is not corrected by codes" in table["note"].iloc[0]


def test_widening_by_hand():
    """Squares of the distances to the ends add up, p follows, and Holm's over the family."""
    fixed = pd.DataFrame({
        "estimate": [1.0, 1.0, -1.0], "low": [0.5, 0.4, np.nan], "high": [1.5, 1.4, np.nan],
        "p": [0.001, 0.001, 0.2], "p_adjusted": [0.002, 0.002, np.nan],
    })  # fmt: skip
    found = widened(fixed, np.array([0.5 / 1.96, 0.0, 0.1]))
    assert found["low"].iloc[0] == pytest.approx(1 - np.sqrt(0.5))
    assert found["high"].iloc[0] == pytest.approx(1 + np.sqrt(0.5))
    p = 2 * norm.sf(1.96 / np.sqrt(0.5))
    assert found["p"].iloc[0] == pytest.approx(p)
    assert found["p_adjusted"].iloc[0] == pytest.approx(p)  # the other one is smaller: once
    pd.testing.assert_frame_equal(found.iloc[1:], fixed.iloc[1:])


def test_a_sheet_of_another_lexicon_or_corpus_is_refused(study):
    sheet = fr.coding_sheet(study.scores, study.cues, measures=["alarm"], hits=30)
    coded = coded_by(sheet, {"a": {"alarm": [1.0] * len(sheet.passages)}})
    for other in (2 * study.scores["alarm"], 0):  # more hits than coded are as wrong as fewer
        with pytest.raises(ValueError, match="different count in scores than when the sheet"):
            fr.compare(study.scores.assign(alarm=other), measures=["alarm"], coded=coded)
    other = study.scores.assign(article="x-" + study.scores["article"])
    with pytest.raises(ValueError, match="the sheet belongs to another corpus"):
        fr.compare(other, measures=["alarm"], coded=coded)


@pytest.mark.parametrize(
    ("width", "noted"),
    [
        (2.0, "adds 75% of the variance of the corrected estimate; about 9.0 times as many"),
        (
            np.sqrt(4 / 3) + 1e-9,
            "adds 25% of the variance of the corrected estimate; about 1.1 times",
        ),
        (np.sqrt(1 / 0.76), ""),
        (1.0, ""),
        (0.5, ""),
        (np.nan, ""),
    ],
)
def test_from_a_quarter_of_the_variance_on_coding_more_is_advised(width, noted):
    """An interval twice as wide: three quarters of the variance are due to coding; nine times as
    many codes leave a third of what the sample of articles has, a quarter of the sum."""
    row = pd.Series({"low": -0.5, "high": 0.5, "corrected_low": 1, "corrected_high": 1 + width})
    assert (noted in _note(row)) if noted else _note(row) == ""
    assert _note(0 * row) == ""


def test_a_difference_is_one_below_5_percent_also_once_it_is_corrected():
    table = pd.DataFrame({
        "p_adjusted": [0.049, 0.05, 0.04, 0.04, np.nan],
        "corrected": [0.1, 0.1, 0.1, np.nan, 0.1],
        "corrected_p_adjusted": [0.01, 0.01, 0.05, np.nan, 0.01],
    })  # fmt: skip
    assert differs(table).tolist() == [True, False, False, False, False]
    for plain in (table.drop(columns="corrected"), table.assign(corrected=np.nan)):
        assert differs(plain).tolist() == [True, False, True, True, False]


@pytest.fixture(scope="module")
def of_two(study):
    """The scores, and a sheet that was drawn from two of their outlets, coded in full."""
    outlets = sorted(study.scores["outlet"].unique())[:2]
    part = study.scores[study.scores["outlet"].isin(outlets)]
    cues = study.cues[study.cues["article"].isin(part["article"])]
    sheet = fr.coding_sheet(part, cues, measures=["hedge", "tone"], hits=30)
    n = len(sheet.passages)
    return outlets, coded_by(sheet, {"a": {"hedge": [0.0] * n, "tone": [1.0] * n}})


@pytest.mark.parametrize("measure", ["hedge", "tone"])
def test_only_pairs_with_both_outlets_coded_are_corrected(study, of_two, measure):
    """They had the plain numbers, or half a correction."""
    (a, b), coded = of_two
    table = fr.compare(study.scores, coded=coded, match="event", measures=measure, n_resamples=99)
    both = (table["outlet_a"] == a) & (table["outlet_b"] == b)
    assert both.sum() == 1 < len(table)
    assert table.loc[both, CORRECTED[:3]].notna().all(axis=None)
    assert not table.loc[both, "note"].str.contains("not corrected").any()
    assert table.loc[~both, CORRECTED].isna().all(axis=None)
    other = table[(table["outlet_a"] != a) & (table["outlet_a"] != b)].iloc[0]
    names = f"{other['outlet_a']} and {other['outlet_b']}"
    assert other["note"].startswith(f"not corrected: under 15 sentences coded of {names}")
    one = table[(table["outlet_a"] == a) & (table["outlet_b"] != b)].iloc[0]
    assert one["note"].startswith(f"not corrected: under 15 sentences coded of {one['outlet_b']}")


def test_all_others_are_corrected_only_if_all_are_coded(study, of_two):
    _, coded = of_two
    table = fr.compare(study.scores, coded=coded, measures="hedge", against="rest", n_resamples=99)
    assert table[CORRECTED].isna().all(axis=None)
    assert table["note"].str.startswith("not corrected: under 15 sentences coded of ").all()


@pytest.mark.parametrize(
    ("lacking", "named"), [("BCD", "B, C and D"), ("BCDE", "4 of those compared")]
)
def test_up_to_three_of_the_others_without_codes_are_named(lacking, named):
    table = pd.DataFrame({"measure": "hedge", "outlet_a": ["A"], "outlet_b": OTHERS})
    table = table.assign(low=0.1, corrected_low=0.1)
    note = f"not corrected: under 15 sentences coded of {named}"
    assert not_corrected(table, {"hedge": list(lacking)}) == [note]
    assert not_corrected(table, {"hedge": []}) == not_corrected(table, {"tone": ["B"]}) == [""]
    for name in ("low", "corrected_low"):  # p of how many have a cue: only the counts have none
        without = table.assign(**{name: np.nan})
        assert not_corrected(without, {"hedge": []}) == ["not corrected: no interval"]


def test_a_group_is_corrected_only_if_all_its_outlets_are_coded(study, of_two):
    outlets, coded = of_two
    everything = study.scores.assign(event="")
    for other, known in ((outlets[1], True), (set(study.scores["outlet"]) - set(outlets), False)):
        wanted = {outlets[0], *([other] if known else other)}
        scores = everything[everything["outlet"].isin(wanted)]
        odd = scores.groupby("article").ngroup() % 2 == 1
        table = fr.compare(
            scores.assign(half=np.where(odd, "x", "y")), by="half", coded=coded,
            measures="hedge", n_resamples=99,
        )  # fmt: skip
        assert table["corrected"].notna().all() == known


def test_an_outlet_whose_page_is_still_empty_is_not_corrected(study):
    """Codes count, not what was drawn; a sheet drawn by a column that the scores do not have
    says by its articles which are coded."""
    sheet = fr.coding_sheet(study.scores, study.cues, measures=["hedge"], hits=30)
    first = sheet.passages["by"].min()
    coded = coded_by(sheet, {"a": {"hedge": [0.0] * len(sheet.passages)}})
    empty = coded.passages.loc[coded.passages["by"] == first, "passage"]
    partly = coded._replace(codes=coded.codes[~coded.codes["passage"].isin(empty)])
    other = partly._replace(about=partly.about | {"by": "desk"})
    for codes in (partly, other):
        table = fr.compare(
            study.scores, coded=codes, match="event", measures="hedge", n_resamples=99
        )
        expected = (table["outlet_a"] == first) | (table["outlet_b"] == first)
        assert (table["corrected"].isna() == expected).all()


def test_codes_of_the_body_correct_no_headlines(study):
    sheet = fr.coding_sheet(study.scores, study.cues, measures=["tone"], hits=30)
    coded = coded_by(sheet, {"a": {"tone": [1.0] * len(sheet.passages)}})
    for roles in ("headline", ("headline", "standfirst", "body")):
        with pytest.raises(ValueError, match=r"coded sentences are of role body.*draw a sheet"):
            fr.compare(study.scores, coded=coded, measures="tone", roles=roles)
