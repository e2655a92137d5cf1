from __future__ import annotations

import os
import re
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest

import framing as fr
from framing.lexicon.loading import built_in
from framing.validation import sheets
from framing.validation.passages import KEY, measured, passages_of
from framing.validation.sampling import drawn, inclusion_probabilities, systematic_sample
from framing.validation.sheets import _strata
from tests.validation.blindness import leaks


def test_every_passage_is_drawn_as_often_as_its_probability_says(scored):
    """Over 60 draws the standardised counts have a standard deviation of 1."""
    scores, cues = scored
    measures = ["hedge", "alarm", "boost"]
    passages = passages_of(scores, "outlet")
    strata = _strata(measured(passages, cues, measures, built_in()), measures)
    targets = {f"hits_{m}": 20 for m in measures} | {f"near_{m}": 10 for m in measures}
    draws = [
        drawn(passages, strata, targets | {"without": 20}, most=2, rng=np.random.default_rng(seed))
        for seed in range(60)
    ]
    counts = pd.concat(draws).groupby(KEY)["probability"].agg(["size", "first"])
    p, n = counts["first"], len(draws)
    # of a passage that was never drawn the probability is not known, so that only common ones count
    common = p > 0.15
    z = (counts["size"] - n * p)[common] / np.sqrt(n * p * (1 - p))[common]
    assert 0.8 < z.std() < 1.2
    assert abs(z.mean()) < 3 / np.sqrt(common.sum())


def test_strata_reach_their_targets_and_no_article_gives_more_than_two(scored):
    sheet = fr.coding_sheet(*scored, hits=12, near_misses=6, without=10)
    passages = sheet.passages
    assert passages.groupby("article").size().max() == 2
    weight = 1 / passages["probability"]
    scores, cues = scored
    hits = cues[
        cues["counted"] & ~cues["negated"] & cues["category"].isin(["fear", "warn", "risk"])
    ]
    body = scores.loc[scores["role"].isin(["standfirst", "body"]), ["article", "paragraph"]]
    hits = hits.merge(body).drop_duplicates(["article", "paragraph", "sentence"])
    estimated = weight[passages["hits_alarm"] > 0].sum()
    assert estimated == pytest.approx(len(hits), rel=0.35)


@pytest.mark.parametrize("target", [0, 3, 50])
def test_a_stratum_that_is_too_small_is_taken_whole(target):
    strata = pd.DataFrame({"hits": [True] * 10 + [False] * 90})
    articles = pd.Series([f"a{i}" for i in range(100)])
    p = inclusion_probabilities(strata, {"hits": target}, articles, most=2)
    assert p[:10].sum() == pytest.approx(min(target, 10))
    assert p[10:].sum() == 0


def test_systematic_samples_take_what_is_certain_and_nothing_impossible():
    p = np.array([1.0, 0.0, 1.0, 0.5, 0.5])
    articles = pd.Series(list("abcde"))
    for seed in range(50):
        places = systematic_sample(p, articles, np.random.default_rng(seed)).tolist()
        assert places[:2] == [0, 2]
        assert len(places) == 3


def test_the_order_of_the_rows_changes_nothing(scored):
    scores, cues = scored
    mixed = scores.sample(frac=1, random_state=1), cues.sample(frac=1, random_state=2)
    a, b = fr.coding_sheet(*scored, hits=10), fr.coding_sheet(*mixed, hits=10)
    pd.testing.assert_frame_equal(a.passages, b.passages)
    pd.testing.assert_frame_equal(a.shown, b.shown)


def test_coders_see_no_measure_and_nobodys_name(sheet, tmp_path):
    """In no byte of the unpacked workbook, or of its properties."""
    sheet.to_excel(tmp_path / "sheet.xlsx")
    with zipfile.ZipFile(tmp_path / "sheet.xlsx") as archive:
        content = "\n".join(archive.read(name).decode() for name in archive.namelist())
    assert not re.search(r"hits_|near_|probability|article", content)
    assert not [name for name in sheet.passages["by"].unique() if name in content]
    assert "<dc:creator></dc:creator>" in content


def test_the_same_sheet_gives_the_same_bytes(sheet, tmp_path):
    for name in ("a", "b"):
        sheet.to_excel(tmp_path / f"{name}.xlsx")
        sheet.to_csv(tmp_path / f"{name}-csv")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    one, two = ((tmp_path / f"{name}-csv" / "coder-1.csv").read_bytes() for name in "ab")
    assert one == two


def test_a_sheet_that_may_hold_codes_is_never_written_over(sheet, tmp_path):
    sheet.to_excel(tmp_path / "sheet.xlsx")
    with pytest.raises(FileExistsError, match="may hold codes"):
        sheet.to_excel(tmp_path / "sheet.xlsx")


@pytest.mark.parametrize("name", ["s1.csv", "s1.XLSX", "s.ods", "s1"])
def test_a_sheet_is_a_workbook_or_a_folder(sheet, tmp_path, name):
    """Neither a folder with the name of a file, nor a workbook with that of another kind."""
    if "." in name:
        with pytest.raises(ValueError, match=rf"is a workbook, s1?\.xlsx, or a .*got '{name}'"):
            sheet.to_csv(tmp_path / name)
    with pytest.raises(ValueError, match=rf"must end in \.xlsx, got '{name}'"):
        sheet.to_excel(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_the_key_of_a_folder_is_in_it_whatever_its_name(sheet, tmp_path):
    folder = sheet.to_csv(tmp_path / "round.2")
    assert {path.name for path in tmp_path.iterdir()} == {"round.2"}
    assert (folder / "key.json").is_file()
    assert len(fr.read_coding(folder).codes) == 0


def test_a_sheet_that_cannot_be_written_leaves_no_key(sheet, tmp_path, monkeypatch):
    """It would be in the way of the next try."""
    monkeypatch.setattr("framing.validation.sheets.write_workbook", full_disk)
    with pytest.raises(OSError, match=r"No space left on device: .*s\.xlsx"):
        sheet.to_excel(tmp_path / "s.xlsx")
    assert not list(tmp_path.iterdir())


def full_disk(path, *_):
    path.write_text("half")
    raise OSError(28, os.strerror(28))


def test_pages_have_drop_downs_and_progress_by_a_formula(sheet, tmp_path):
    sheet.to_excel(tmp_path / "sheet.xlsx")
    book = openpyxl.load_workbook(tmp_path / "sheet.xlsx")
    assert book.sheetnames == ["codebook", "coder 1", "coder 2"]
    lists = {v.formula1 for v in book["coder 1"].data_validations.dataValidation}
    assert lists == {'"1,0,?"', '"-1,0,1,?"'}
    formulas = [c.value for row in book["codebook"] for c in row if str(c.value).startswith("=")]
    n = len(sheet.passages)
    assert formulas == [f"=COUNTA('coder {k}'!E2:H{n + 1})/{4 * n}" for k in (1, 2)]


def test_passages_that_are_not_shared_are_split_among_coders(scored):
    sheet = fr.coding_sheet(*scored, hits=20, coders=3, overlap=0.2)
    by = sheet.shown.groupby("passage").size().value_counts()
    assert set(by.index) == {1, 3}
    assert by[3] == round(0.2 * len(sheet.passages))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"hits": -1}, "hits must be a number of at least 0, got -1"),
        ({"coders": 0}, "coders must be a whole number from 1 on, got 0"),
        ({"coders": 1.5}, "coders must be a whole number from 1 on, got 1.5"),
        ({"per_article": 1.5}, "per_article must be a whole number from 1 on, got 1.5"),
        ({"seed": -1}, "seed must be a whole number from 0 on, got -1"),
        ({"overlap": 2}, "overlap must be a number from 0 to 1, got 2"),
        ({"learn": 1}, "learn must be at least 0 and less than 1, got 1"),
        ({"learn": "0.2"}, "learn must be a number of at least 0, got '0.2'"),
        ({"measures": ["hedges"]}, "did you mean 'hedge'"),
        ({"by": "leaning"}, "no column 'leaning'"),
        ({"by": "tone"}, "by must be a column of groups of articles, such as outlet, got 'tone'"),
        ({"hits": 0, "near_misses": 0, "without": 0}, "no passage to draw"),
    ],
)
def test_numbers_out_of_range_are_errors(scored, options, message):
    with pytest.raises(ValueError, match=message):
        fr.coding_sheet(*scored, **options)


@pytest.mark.parametrize("seed", range(5))
def test_no_byte_for_the_coders_says_where_a_sentence_is_from(seed):
    assert leaks(seed) == []


def test_the_search_finds_what_a_sheet_tells(monkeypatch):
    monkeypatch.setattr(sheets, "blinded", lambda sample, names, _: sample[names].to_dict("list"))
    assert len(leaks(1)) > 10


def test_an_outlet_is_hidden_by_the_name_that_texts_call_it_by():
    """A database calls it Gull (Web News), its own articles Gull."""
    rows = [
        (outlet, f"{outlet}{n}", f"It may rain, {name} has learned.")
        for outlet, name in (("Gull (Web News)", "Gull"), ("Sound Online News", "Sound"))
        for n in range(3)
    ]
    table = pd.DataFrame(rows, columns=["outlet", "article", "text"])
    scores = fr.score(table)
    shown = fr.coding_sheet(scores, fr.find_cues(scores)).shown["text"]
    assert set(shown) == {"It may rain, […] has learned."}


def test_rows_given_twice_and_scores_of_another_lexicon_are_refused(scored):
    scores, cues = scored
    with pytest.raises(ValueError, match="rows of scores repeat a paragraph"):
        fr.coding_sheet(pd.concat([scores, scores]), cues)
    with pytest.raises(ValueError, match="no column 'hedge': expected a table of scores"):
        fr.coding_sheet(scores.drop(columns="hedge"), cues)
    with pytest.raises(ValueError, match="column 'outlet' is empty in 1 rows, first in row 3"):
        fr.coding_sheet(scores.assign(outlet=scores["outlet"].where(scores.index != 3)), cues)


def test_a_sentence_has_its_neighbours_in_the_article_also_of_other_paragraphs(scored):
    """Paragraphs of news are a sentence: 42 % of passages had no context at all."""
    passages = passages_of(scored[0], "outlet")
    for _, rows in passages.groupby("article"):
        assert rows["before"].tolist() == ["", *rows["text"].iloc[:-1]]
        assert rows["after"].tolist() == [*rows["text"].iloc[1:], ""]
