from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.stats.corrected import _note
from tests.conftest import ROOT
from tests.validation.conftest import coded_by

KEYS = ["measure", "outlet_a", "outlet_b"]


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
    assert found.loc[known, "corrected"].notna().all()
    assert found.loc[~known, "corrected"].isna().all()
    assert found["note"].str.contains("times as many coded sentences").any()


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
    options = {"by": "group", "measures": ["tone"], "n_resamples": 199}
    row = fr.compare(scores, coded=coded, **options).iloc[0]
    assert row["estimate"] - row["corrected"] == pytest.approx(0.3, abs=0.06)


def test_codes_that_agree_with_the_lexicon_correct_nothing(study):
    sheet = fr.coding_sheet(study.scores, study.cues, measures=["alarm"], hits=30)
    codes = (sheet.passages["hits_alarm"] > 0).astype(float).tolist()
    found = fr.compare(
        study.scores, measures=["alarm"], coded=coded_by(sheet, {"a": {"alarm": codes}}),
        n_resamples=199,
    )  # fmt: skip
    np.testing.assert_allclose(found["corrected"], found["estimate"], atol=1e-12)


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
