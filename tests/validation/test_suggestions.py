"""A lexicon that is changed after looking at the part of a sheet to learn from."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

import framing as fr
from framing.validation.statement import outdated, validation_paragraph
from tests.conftest import ROOT
from tests.validation.conftest import coded_by, right, whole_sheet


@pytest.fixture(scope="module")
def changed(scored):
    """Codes of a sheet with a part to learn from, and the corpus scored with a changed lexicon."""
    sheet = fr.coding_sheet(*scored, measures=["alarm"], hits=40, learn=0.4, per_article=None)
    coded = coded_by(sheet, {"a": {"alarm": right(sheet, "alarm")}})
    lexicon = fr.load_lexicon().with_entries("risk", ["harbour", "strait"])
    scores = fr.score(fr.read_corpus(ROOT / "corpora" / "strait").paragraphs, lexicon=lexicon)
    return coded, lexicon, scores, fr.find_cues(scores, lexicon=lexicon)


def test_codes_of_another_lexicon_are_refused_until_retuned(changed):
    coded, lexicon, scores, cues = changed
    with pytest.raises(ValueError, match=r"lexicon changed after the coding.*see framing\.retuned"):
        fr.validity(coded, cues, lexicon=lexicon)
    with pytest.raises(ValueError, match=r"lexicon of the sheet lacks, such as 'risk: harbour'"):
        fr.validity(coded, cues)
    with pytest.raises(ValueError, match=r"different count.*see framing\.retuned"):
        fr.compare(scores, measures=["alarm"], coded=coded)
    assert "see framing.retuned" in outdated(coded, scores, lexicon=lexicon)[0]
    new = fr.retuned(coded, scores, cues, lexicon=lexicon)
    assert outdated(new, scores, lexicon=lexicon) == []
    assert new.about["changed"] == ["+ risk: harbour", "+ risk: strait"]
    assert fr.compare(scores, measures=["alarm"], coded=new)["corrected"].notna().all()


def test_a_lexicon_that_differs_only_in_what_nobody_coded_is_refused(scored, tmp_path):
    """Entries that no coded paragraph has; also from a key that was written and read again."""
    scores, _ = scored
    sheet = fr.coding_sheet(*scored, measures=["alarm"], hits=10, near_misses=2, without=5)
    coded = coded_by(sheet, {"a": {"alarm": right(sheet, "alarm")}})
    key = json.loads((sheet.to_csv(tmp_path / "sheet") / "key.json").read_text("utf-8"))
    coded = coded._replace(about=key["about"])
    places = sheet.passages.set_index(["article", "paragraph"]).index
    is_coded = scores.set_index(["article", "paragraph"]).index.isin(places)
    coded_words, others = (
        set(re.findall("[a-z]+", " ".join(scores["text"][which]).lower()))
        for which in (is_coded, ~is_coded)
    )
    lexicon = fr.load_lexicon().with_entries("fear", sorted(others - coded_words))
    changed = fr.score(scores.drop(columns=scores.columns[8:]), lexicon=lexicon)
    assert changed["alarm"].sum() > scores["alarm"].sum()
    assert changed["alarm"][is_coded].sum() == scores["alarm"][is_coded].sum()
    options = {"measures": ["alarm"], "coded": coded, "n_resamples": 99}
    with pytest.raises(ValueError, match=r"articles have a different count.*see framing\.retuned"):
        fr.compare(changed, **options)
    with pytest.raises(ValueError, match="lexicon changed after the coding"):
        fr.validity(coded, fr.find_cues(changed, lexicon=lexicon), lexicon=lexicon)
    for same in (scores, scores[scores["paragraph"] < 4], scores[scores["event"] != "pilots"]):
        assert fr.compare(same, **options)["corrected"].notna().any()


def test_only_the_part_that_was_not_learnt_from_is_claimed_from(changed, scored):
    """New entries are wrong by the codes, which were given to what the old lexicon found."""
    coded, lexicon, scores, cues = changed
    new = fr.retuned(coded, scores, cues, lexicon=lexicon)
    row = fr.validity(new, cues, lexicon=lexicon).table.set_index("group").loc["all"]
    reported = new.passages[new.passages["part"] == "report"]
    assert row["passages"] == len(reported)
    assert row["hits"] == (reported["hits_alarm"] > 0).sum()
    before = fr.validity(coded, scored[1]).table.set_index("group").loc["all"]
    assert row["precision"] < before["precision"] == 1
    text = validation_paragraph(new, cues, lexicon=lexicon)
    learnt = (new.passages["part"] == "learn").sum()
    assert f"After {learnt} of the sentences were looked at, the lexicon was changed" in text


def test_hits_are_those_of_a_sheet_drawn_with_the_changed_lexicon(changed):
    coded, lexicon, scores, cues = changed
    new = fr.retuned(coded, scores, cues, lexicon=lexicon).passages
    everything = whole_sheet((scores, cues), "alarm", lexicon=lexicon).passages
    place = ["article", "paragraph", "sentence"]
    columns = ["hits_alarm", "near_alarm", "scored_alarm"]
    expected = everything.set_index(place)[columns].loc[pd.MultiIndex.from_frame(new[place])]
    pd.testing.assert_frame_equal(new.set_index(place)[columns], expected)


def test_a_sheet_without_a_part_to_learn_from_is_never_retuned(changed, scored):
    _, lexicon, scores, cues = changed
    sheet = fr.coding_sheet(*scored, hits=5)
    coded = coded_by(sheet, {"a": {"alarm": right(sheet, "alarm")}})
    with pytest.raises(ValueError, match=r"learn=0\.3"):
        fr.retuned(coded, scores, cues, lexicon=lexicon)
