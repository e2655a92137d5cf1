from __future__ import annotations

import hashlib
import time
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.report.tables import save_tables
from framing.utils.table_files import FORMATS, unguarded

texts_of_any_kind = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # by a spreadsheet, also behind blanks
blanks = st.text(st.sampled_from(" \t\r\n\x0b\x0c\xa0\u3000"), max_size=3)
begins = st.builds(
    "{}{}{}".format, st.sampled_from(["", "'", "''"]), blanks, st.sampled_from(["", *RUN])
)
cells = st.builds(str.__add__, begins, texts_of_any_kind)


@given(st.lists(cells, min_size=1, max_size=6))
def test_a_table_comes_back_as_it_was(tmp_path_factory, texts):
    """Lone carriage returns, quotes and newlines neither split nor join rows, in CSV and Parquet.

    In CSV an apostrophe stands before what a spreadsheet would run, and goes when it is read.
    """
    folder = tmp_path_factory.mktemp("tables")
    table = pd.DataFrame({"text": texts})
    paths = save_tables(folder, cues=table)
    assert [p.name for p in paths] == ["cues.csv", "cues.parquet"]
    pd.testing.assert_frame_equal(
        pd.read_parquet(folder / "cues.parquet"), table, check_dtype=False
    )
    with (folder / "cues.csv").open(newline="", encoding="utf-8") as file:
        import csv

        written = [row[0] for row in csv.reader(file)]
    assert not any(
        cell.startswith(("\t", "\r")) or cell.lstrip().startswith(RUN) for cell in written
    )
    assert list(map(unguarded, written)) == ["text", *texts]
    plain = [text for text in texts if text[:1].isalnum()]
    assert set(plain) <= set(written)


@given(st.lists(begins.map("{}1".format), min_size=1, max_size=6))
def test_a_workbook_comes_back_as_it_was(tmp_path_factory, texts):
    """A cell is a text, whatever it begins with; no apostrophe is needed."""
    from openpyxl import load_workbook

    (path,) = save_tables(
        tmp_path_factory.mktemp("t"), formats="xlsx", t=pd.DataFrame({"text": texts})
    )
    cells = [row[0] for row in load_workbook(path).active.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert pd.read_excel(path, dtype=str, engine="calamine")["text"].tolist() == texts


def test_no_folder_no_files():
    assert save_tables("", cues=pd.DataFrame()) == []


LIKE_FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@now",
    '=HYPERLINK("x")',
    "\t=1",
    "\n=1",
    " =1",
    "＝1",
    " ＠x",
    "'=1",
    "http://x.example",
    "NA",
]


@pytest.mark.parametrize("texts", [LIKE_FORMULAS])
def test_a_workbook_runs_nothing_and_gives_texts_back(tmp_path, texts):
    """No cell is a formula or a link; a reader gets the texts, and so does `read_corpus`."""
    from openpyxl import load_workbook

    (path,) = save_tables(tmp_path, formats=["xlsx"], t=pd.DataFrame({"outlet": texts}))
    cells = [row[0] for row in load_workbook(path).active.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    rows = pd.DataFrame({"id": [f"a{n}" for n in range(len(texts))], "outlet": texts,
                         "text": "The ferry may stop on Monday, the board said."})  # fmt: skip
    for path in save_tables(tmp_path, formats=["xlsx", "csv"], rows=rows):
        corpus = fr.read_corpus(path)
        read = corpus.articles.set_index("article")["outlet"]
        assert read.loc[rows["id"]].tolist() == [text.strip() for text in texts]
        told = corpus.audit["reason"].str.contains("without the apostrophe").sum()
        assert told == (11 if path.suffix == ".csv" else 0)
    path.write_text(path.read_text("utf-8").replace('"id"', "id", 1), "utf-8")  # as others write
    assert "'-1" in set(fr.read_corpus(path).articles["outlet"])


TABLE = pd.DataFrame({
    "text": ["é" * 3000, "", "short"], "n": pd.array([1, None, 3], dtype="Int64"), "day":
    pd.to_datetime(["2031-03-12", None, "2031-03-13"]), "yes": [True, False, True],
    "a b": [1.5, np.nan, np.inf], "class": [1, 2, 3], "CLASS": ["x", "y", "z"],
})  # fmt: skip


def test_stata_and_spss_hold_texts_numbers_and_dates(tmp_path):
    """Long texts are whole; names are made to fit and the old ones are labels."""
    with pytest.warns(UserWarning, match=r"t\.dta: column 'a b' is infinite in 1 row: missing"):
        dta, sav = save_tables(tmp_path, formats=["dta", "sav"], t=TABLE)
    found = pd.read_stata(dta)
    assert list(found) == ["text", "n", "day", "yes", "a_b", "class_", "CLASS__2"]
    assert found["text"].tolist() == TABLE["text"].tolist()
    assert found["day"].tolist()[::2] == TABLE["day"].tolist()[::2]
    assert found["n"].tolist()[::2] == [1, 3]
    assert found[["n", "day", "a_b"]].isna().sum().tolist() == [1, 1, 2]
    with pd.read_stata(dta, iterator=True) as reader:
        assert reader.variable_labels()["a_b"] == "a b"
    pyreadstat = pytest.importorskip("pyreadstat")
    values, about = pyreadstat.read_sav(str(sav))
    assert values["text"].tolist() == TABLE["text"].tolist()
    assert about.column_names_to_labels["a_b"] == "a b"


@pytest.mark.parametrize("suffix", ["xlsx", "dta", "sav"])
def test_a_time_of_a_zone_is_a_text_where_no_zone_can_be_kept(tmp_path, suffix):
    day = ["2031-03-12T23:30:00-05:00", "2031-03-13T00:00:00-05:00"]
    (path,) = save_tables(tmp_path, formats=[suffix], t=pd.DataFrame({"day": pd.to_datetime(day)}))
    found = {
        "xlsx": partial(pd.read_excel, engine="calamine"),
        "dta": pd.read_stata,
        "sav": pd.read_spss,
    }[suffix](path)
    assert found["day"].tolist() == [time.replace("T", " ") for time in day]


def test_every_format_has_the_same_bytes_at_another_time(tmp_path):
    hashes = []
    for folder in ("a", "b"):
        paths = save_tables(tmp_path / folder, formats=list(FORMATS), t=TABLE)
        hashes.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in paths])
        time.sleep(1.1)
    assert hashes[0] == hashes[1]


def test_what_a_cell_cannot_hold_is_cut_with_a_warning(tmp_path):
    table = pd.DataFrame({"text": ["x" * 40_000, "y"]})
    with pytest.warns(
        UserWarning, match="1 text of column 'text' longer than the 32,767 characters"
    ):
        (path,) = save_tables(tmp_path, formats=["xlsx"], t=table)
    assert len(pd.read_excel(path, engine="calamine")["text"][0]) == 32_767


def test_an_unknown_format_is_an_error_before_anything_is_written(tmp_path):
    with pytest.raises(ValueError, match="formats must be among csv, parquet, xlsx, dta, sav, got"):
        save_tables(tmp_path / "x", formats=["csv", "xls"], t=TABLE)
    assert not (tmp_path / "x").exists()


def test_an_index_that_names_something_is_saved_as_columns(tmp_path):
    """Sums by outlet keep their outlets; the numbers of rows that were chosen are no column."""
    rows = pd.DataFrame({"outlet": ["A", "B", "A"], "event": ["x", "x", "y"], "hedge": [1, 2, 3]})
    sums = rows.groupby("outlet")[["hedge"]].sum()
    both = rows.groupby(["outlet", "event"])[["hedge"]].sum()
    kept = rows.set_index("outlet", drop=False)
    fr.save_tables(tmp_path, formats="csv", sums=sums, both=both, kept=kept, chosen=rows[1:])
    read = {name: pd.read_csv(tmp_path / f"{name}.csv") for name in ("sums", "both", "kept")}
    assert read["sums"].to_numpy().tolist() == [["A", 4], ["B", 2]]
    assert list(read["both"]) == list(read["kept"]) == ["outlet", "event", "hedge"]
    assert list(pd.read_csv(tmp_path / "chosen.csv")) == ["outlet", "event", "hedge"]


@pytest.mark.parametrize("name", ["../evil", "a/b", ""])
def test_a_name_that_is_a_path_is_an_error(tmp_path, name):
    with pytest.raises(ValueError, match="the name of a table must be letters"):
        fr.save_tables(tmp_path / "out", **{name: pd.DataFrame()})
    assert not (tmp_path / "out").exists()


def test_a_table_that_a_format_cannot_hold_is_named(tmp_path):
    mixed = pd.DataFrame({"a": ["x", 1, b"y"]})
    with pytest.raises(ValueError, match=r"mine\.parquet cannot be written"):
        fr.save_tables(tmp_path, formats=["parquet"], mine=mixed)
    assert not list(tmp_path.iterdir())
    with pytest.raises(TypeError, match="mine must be a DataFrame, got a Series"):
        fr.save_tables(tmp_path, mine=mixed["a"])
