from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

import framing as fr
from framing.report.job import Report
from framing.report.prepare import prepare
from framing.validation.corrections import corrections
from tests.validation.conftest import coded_by, fill, right, whole_sheet


@pytest.fixture
def book(sheet, tmp_path):
    return sheet.to_excel(tmp_path / "sheet.xlsx")


def test_what_was_filled_in_comes_back_whatever_the_order_of_rows(sheet, book, tmp_path):
    rng = np.random.default_rng(1)
    cells = [(p, m) for p in sheet.passages["passage"] for m in ("hedge", "alarm")]
    given = {cell: rng.choice([1, 0, "?"], p=[0.4, 0.4, 0.2]) for cell in cells}
    given = {cell: code if code == "?" else int(code) for cell, code in given.items()}
    fill(book, tmp_path / "filled.xlsx", given)
    mixed = openpyxl.load_workbook(tmp_path / "filled.xlsx")
    page = mixed["coder 2"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    for place, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            page.cell(place, column).value = value
    mixed.save(tmp_path / "filled.xlsx")
    coded = fr.read_coding(tmp_path / "filled.xlsx", key=tmp_path / "sheet.key.json")
    assert len(coded.codes) == 2 * len(given)
    for row in coded.codes.itertuples():
        expected = given[row.passage, row.measure]
        assert np.isnan(row.code) if expected == "?" else row.code == expected
    assert set(coded.codes["coder"]) == {"coder 1", "coder 2"}


def test_csv_files_are_read_alike(sheet, tmp_path):
    folder = sheet.to_csv(tmp_path / "codes")
    path = folder / "coder-1.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False).assign(hedge="1", tone="-1")
    table.sample(frac=1, random_state=1).to_csv(path, index=False, sep=";")
    coded = fr.read_coding(folder)
    assert coded.codes.groupby("measure")["code"].agg(["size", "mean"]).values.tolist() == [
        [len(table), 1.0],
        [len(table), -1.0],
    ]


def test_an_unknown_code_names_its_place(sheet, book, tmp_path):
    fill(book, tmp_path / "f.xlsx", {(sheet.passages["passage"][0], "hedge"): "yes"})
    shutil.copy(tmp_path / "sheet.key.json", tmp_path / "f.key.json")
    with pytest.raises(
        ValueError, match=r"coder 1, row \d+: the code of hedge must be one of 1, 0"
    ):
        fr.read_coding(tmp_path / "f.xlsx")


def test_a_measure_whose_column_has_another_name_is_refused(book, tmp_path):
    """All codes of a coder who wrote *Hedge* were left out without a word."""
    changed = openpyxl.load_workbook(book)
    page = changed["coder 2"]
    next(cell for cell in page[1] if cell.value == "hedge").value = "Hedge"
    changed.save(tmp_path / "sheet.xlsx")
    with pytest.raises(ValueError, match=r"coder 2: no column 'hedge', got .*Hedge"):
        fr.read_coding(tmp_path / "sheet.xlsx")


def test_a_text_that_was_changed_is_refused(book, tmp_path):
    changed = openpyxl.load_workbook(book)
    changed["coder 2"]["C3"].value = "Something else."
    changed["coder 2"]["E3"].value = 1
    changed.save(tmp_path / "sheet.xlsx")
    with pytest.raises(ValueError, match=r"coder 2, row 3: the text of p\d+ was changed"):
        fr.read_coding(tmp_path / "sheet.xlsx")


def test_a_sheet_without_its_key_is_an_error(book, tmp_path):
    (tmp_path / "sheet.key.json").unlink()
    with pytest.raises(FileNotFoundError, match="key="):
        fr.read_coding(book)


def test_a_key_that_is_none_is_named(sheet, book, tmp_path):
    (tmp_path / "other.json").write_text("[1]")
    for wrong in (book, tmp_path / "other.json"):
        with pytest.raises(ValueError, match=rf"{wrong.name}: not the key of a coding sheet"):
            fr.read_coding(book, key=wrong)


def test_an_empty_sheet_has_no_codes_and_is_no_error(book, sheet):
    coded = fr.read_coding(book)
    assert coded.codes.empty
    assert (
        repr(coded) == f"0 codes by 0 coders; 0 of {4 * len(sheet.passages):,} sentences and "
        "measures are coded"
    )


def test_majorities_decide_and_a_meeting_overrules(sheet):
    codes = {"a": {"hedge": [1, 1, 0, 1]}, "b": {"hedge": [1, 0, 0, np.nan]}}
    coded = coded_by(sheet, codes)
    settled = fr.adjudicated(coded).codes.set_index("passage")["code"]
    p = sheet.passages["passage"]
    assert settled.to_dict() == {p[0]: 1.0, p[2]: 0.0, p[3]: 1.0}
    table = fr.disagreements(coded)
    assert set(table["passage"]) == {p[1], p[3]}
    decided = fr.adjudicated(coded, table.assign(code=0.0))
    assert decided.codes.set_index("passage")["code"][p[1]] == 0.0
    assert decided.about["frozen"] != fr.adjudicated(coded).about["frozen"]
    with pytest.raises(ValueError, match="no coder has coded"):
        fr.adjudicated(coded, table.assign(measure="alarm", code=0.0))


def test_every_coding_is_exactly_the_coders_own_count(scored):
    """With all passages coded, hits less their excess are the passages' true hits."""
    sheet = whole_sheet(scored, "hedge")
    assert sheet.passages["probability"].min() == 1
    truth = np.random.default_rng(1).integers(0, 2, len(sheet.passages)).astype(float)
    found = corrections(coded_by(sheet, {"a": {"hedge": truth.tolist()}}), "hedge")
    hits = sheet.passages["hits_hedge"]
    true = pd.Series(np.where(truth == 1, np.maximum(hits, 1), 0))
    by = sheet.passages["article"]
    expected = hits.groupby(by).sum() - true.groupby(by).sum()
    assert found["excess"].to_numpy() == pytest.approx(expected[found.index].to_numpy())
    assert found["unseen"].max() == 0


def test_errors_that_no_coded_passage_shows_are_expected_as_often_as_in_all_outlets(scored):
    """By hand: of an outlet without an error, the share of all; of one with more, nothing."""
    sheet = fr.coding_sheet(*scored, measures=["hedge"], hits=10, near_misses=0, without=0)
    sample = sheet.passages
    wrong = sample["by"] == sample["by"].min()
    coded = coded_by(sheet, {"a": {"hedge": (~wrong).astype(float).tolist()}})
    share = (wrong.sum() + 1 / 3) / (len(sample) + 2 / 3)
    weight = np.maximum(sample["hits_hedge"], 1) / sample["probability"]
    each = np.where(wrong, 0, share * (1 - sample["probability"]) * weight**2)
    expected = pd.Series(each).groupby(sample["article"]).sum()
    found = corrections(coded, "hedge")["unseen"]
    np.testing.assert_allclose(found, expected[found.index])


def test_corrections_find_the_hits_that_people_take_away(scored):
    """Of the sum over many draws, the mean is that of the whole corpus."""
    whole = whole_sheet(scored, "alarm").passages
    place = ["article", "paragraph", "sentence"]
    wrong = whole[whole["hits_alarm"] > 0].sample(frac=0.4, random_state=1).set_index(place)
    sums = []
    for seed in range(40):
        sheet = fr.coding_sheet(*scored, measures=["alarm"], hits=15, without=5, seed=seed)
        places = pd.MultiIndex.from_frame(sheet.passages[place])
        codes = np.where(places.isin(wrong.index), 0.0, right(sheet, "alarm"))
        sums.append(corrections(coded_by(sheet, {"a": {"alarm": codes.tolist()}}), "alarm").sum())
    found = pd.DataFrame(sums)
    error = found["excess"].std() / np.sqrt(len(found))
    assert abs(found["excess"].mean() - wrong["hits_alarm"].sum()) < 3 * error


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            7,
            "the decision on passage 'p[0-9]+': the code of hedge must be one of 1, 0, [?], got '7'",
        ),
        (0.5, "must be one of 1, 0, [?], got '0.5'"),
        ("yes", "must be one of 1, 0, [?], got 'yes'"),
    ],
)
def test_a_meeting_decides_by_the_codes_of_the_sheet(sheet, code, message):
    coded = coded_by(sheet, {"a": {"hedge": [1, 1]}, "b": {"hedge": [1, 0]}})
    with pytest.raises(ValueError, match=message):
        fr.adjudicated(coded, fr.disagreements(coded).assign(code=code))


def test_a_meeting_may_leave_a_passage_undecided_and_decides_it_once(sheet):
    coded = coded_by(sheet, {"a": {"hedge": [1, 1]}, "b": {"hedge": [1, 0]}})
    table = fr.disagreements(coded)
    for code in ("?", "", np.nan):
        assert len(fr.adjudicated(coded, table.assign(code=code)).codes) == 1
    for code in ("0", 0, np.int64(0), 0.0, " 0 "):
        assert fr.adjudicated(coded, table.assign(code=code)).codes["code"].tolist() in (
            [0, 1],
            [1, 0],
        )
    agreed = table.assign(passage=sheet.passages["passage"][0], code="?")
    assert fr.adjudicated(coded, agreed).codes.empty
    with pytest.raises(ValueError, match=r"hedge of passage 'p\d+' is decided twice"):
        fr.adjudicated(coded, pd.concat([table.assign(code=0), table.assign(code=1)]))
    with pytest.raises(TypeError, match="expected a table of decisions"):
        fr.adjudicated(coded, "meeting.csv")


def test_agreement_is_of_the_coders_own_codes_also_after_they_were_settled(sheet):
    coded = coded_by(sheet, {"a": {"hedge": [1, 1, 0, 1]}, "b": {"hedge": [1, 0, 0, 1]}})
    settled = fr.adjudicated(coded, fr.disagreements(coded).assign(code=1))
    pd.testing.assert_frame_equal(fr.agreement(settled), fr.agreement(coded))
    pd.testing.assert_frame_equal(fr.agreement(fr.adjudicated(settled)), fr.agreement(coded))


def test_a_folder_has_workbooks_and_csv_files_of_coders_and_one_key(sheet, book, tmp_path):
    """A folder with workbooks was read as nothing, without a word."""
    passages = sheet.passages["passage"]
    for coder in ("1", "2"):
        codes = {(passage, "alarm"): int(coder) - 1 for passage in passages}
        fill(book, tmp_path / f"from-{coder}.xlsx", codes, page=f"coder {coder}")
    text = pd.read_excel(
        tmp_path / "from-1.xlsx", sheet_name="coder 1", dtype=str, engine="calamine"
    )
    text.assign(alarm="1").to_csv(tmp_path / "cy.csv", index=False)
    (tmp_path / "~$from-1.xlsx").write_bytes(b"locked by Excel")
    coded = fr.read_coding(tmp_path)
    assert coded.codes.groupby("coder")["code"].mean().to_dict() == {
        "coder 1": 0.0,
        "coder 2": 1.0,
        "cy": 1.0,
    }
    (tmp_path / "none").mkdir()
    with pytest.raises(ValueError, match=r"none: no filled sheet in this folder \(\.csv"):
        fr.read_coding(tmp_path / "none")


def test_two_people_on_the_same_page_are_told_to_rename_one(sheet, book, tmp_path):
    for name in ("anna", "ben"):
        codes = {(passage, "alarm"): 1 for passage in sheet.passages["passage"]}
        fill(book, tmp_path / f"{name}.xlsx", codes, page="coder 1")
    files = [tmp_path / "anna.xlsx", tmp_path / "ben.xlsx"]
    told = (
        r"ben.xlsx, coder 1, row 2: .* twice, also in anna.xlsx, coder 1, row 2; .*rename the page"
    )
    with pytest.raises(ValueError, match=told):
        fr.read_coding(files)
    renamed = openpyxl.load_workbook(files[1])
    renamed["coder 1"].title = "ben"
    renamed.save(files[1])
    assert set(fr.read_coding(files).codes["coder"]) == {"coder 1", "ben"}


def test_a_sheet_that_nobody_filled_validates_nothing(sheet, book, scored):
    """The report said that 0 coders had checked 0 sentences, and corrected by that."""
    coded = fr.read_coding(book)
    assert fr.outdated(coded, scored[0]) == [
        f"none of the {len(sheet.passages)} sentences is coded yet"
    ]


def test_a_report_takes_a_list_of_sheets(sheet, book, tmp_path):
    """As the command writes it, as a list in Python, and as a folder."""
    files = []
    for coder in ("1", "2"):
        codes = {(passage, "alarm"): 1 for passage in sheet.passages["passage"]}
        files.append(tmp_path / f"b{coder}, back.xlsx")
        fill(book, files[-1], codes, page=f"coder {coder}")
    names = [str(file) for file in files]
    book.unlink()
    for given in (names, files, json.dumps(names), ",".join(f'"{name}"' for name in names)):
        report = Report(Path("validate"), tmp_path / "v.pdf", parameters={"coded": given})
        job = prepare(report)
        assert job.parameters["coded"] == names
        assert '\'"b1, back.xlsx","b2, back.xlsx"\'' in job.record["command"]
        assert {"coded 1", "coded 2"} <= job.record["corpus"].keys()
    empty = prepare(Report(Path("outlets"), tmp_path / "o.pdf", parameters={"coded": ""}))
    assert empty.parameters["coded"] == []
    for given in (str(tmp_path), tmp_path, files[0]):
        report = Report(Path("validate"), tmp_path / "v.pdf", parameters={"coded": given})
        assert prepare(report).parameters["coded"] == [str(given)]
    with pytest.raises(FileNotFoundError, match=r"nobody\.xlsx: no such file"):
        report = Report(Path("validate"), tmp_path / "v.pdf", parameters={"coded": "nobody.xlsx"})
        prepare(report)


def _both_coded(book: Path, sheet: fr.CodingSheet, target: Path) -> openpyxl.Workbook:
    codes = {(passage, "hedge"): place % 2 for place, passage in enumerate(sheet.passages.passage)}
    fill(book, target, codes)
    return openpyxl.load_workbook(target)


@pytest.mark.parametrize("name", ["before", "after"])
def test_columns_that_are_only_shown_may_be_gone(sheet, book, tmp_path, name):
    """The codes of a coder who had deleted a column of context were left out without a word."""
    filled = _both_coded(book, sheet, tmp_path / "sheet.xlsx")
    page = filled["coder 1"]
    page.delete_cols([cell.value for cell in page[1]].index(name) + 1)
    filled.save(tmp_path / "sheet.xlsx")
    codes = fr.read_coding(tmp_path / "sheet.xlsx").codes
    assert codes["coder"].value_counts().to_dict() == dict.fromkeys(
        ["coder 1", "coder 2"], len(sheet.passages)
    )


def _without(name: str):
    return lambda page: page.delete_cols([cell.value for cell in page[1]].index(name) + 1)


def _renamed(old: str, new: str):
    def change(page) -> None:
        next(cell for cell in page[1] if cell.value == old).value = new

    return change


def _row_on_top(page) -> None:
    page.insert_rows(1)
    page["A1"] = "Anna"


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        (_without("passage"), "passage"),
        (_without("text"), "text"),
        (_renamed("passage", "Passage"), "passage"),
        (_row_on_top, "passage"),
        (lambda page: page.insert_rows(1), "passage"),
    ],
)
def test_a_page_with_passages_that_cannot_be_read_is_refused(
    sheet, book, tmp_path, change, missing
):
    """The page was left out without a word, and alpha was that of the other coders."""
    filled = _both_coded(book, sheet, tmp_path / "sheet.xlsx")
    change(filled["coder 1"])
    filled.save(tmp_path / "sheet.xlsx")
    with pytest.raises(ValueError, match=rf"coder 1: no column '{missing}', .*first row"):
        fr.read_coding(tmp_path / "sheet.xlsx")


def test_files_and_pages_without_passages_are_told_also_in_the_report(
    sheet, book, scored, tmp_path
):
    filled = _both_coded(book, sheet, tmp_path / "sheet.xlsx")
    filled.create_sheet("remarks")["A1"] = "Some were hard."
    filled.create_sheet("empty")
    filled.save(tmp_path / "sheet.xlsx")
    (tmp_path / "ben.numbers").write_bytes(b"?")
    told = "Not read as codes: ben.numbers, page 'remarks' of sheet.xlsx."
    with pytest.warns(UserWarning, match=told):
        coded = fr.read_coding(tmp_path)
    assert coded.doubts[0] == told
    assert told in fr.validation_paragraph(coded, scored[1])


def test_one_coder_who_is_there_twice_is_told(sheet, book, scored, tmp_path):
    """A page saved as CSV beside its workbook was another coder, and raised the agreement."""
    filled = _both_coded(book, sheet, tmp_path / "sheet.xlsx")
    page = filled["coder 2"]
    for row in page.iter_rows(min_row=2, max_row=6):
        row[[cell.value for cell in page[1]].index("hedge")].value = 0
    filled.save(tmp_path / "sheet.xlsx")
    page = pd.read_excel(
        tmp_path / "sheet.xlsx", sheet_name="coder 1", dtype=str, engine="calamine"
    )
    page.to_csv(tmp_path / "coder-1.csv", index=False)
    told = f"coder 1 and coder-1 gave the same code in all {len(page)} cells"
    with pytest.warns(UserWarning, match=told):
        coded = fr.read_coding(tmp_path)
    assert len(coded.doubts) == 1
    assert told in fr.validation_paragraph(coded, scored[1])
