"""Sheets of aligned paragraphs: written, filled in by hand, read back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.reuse.alignment_sheet import realign

A = ["=Ships left Dovek at dawn.", "A minister called for calm.", "Fishermen lost their nets."]
B = ["=Ships left Dovek at night.", "A minister called for peace.", "Fishermen lost their boats."]
FIVE = pd.DataFrame({"text": [f"word{i} and word{i + 1} of the paragraph" for i in range(5)]})
SAME = fr.align(FIVE, FIVE)


@pytest.fixture
def aligned() -> pd.DataFrame:
    return fr.align(*(pd.DataFrame({"text": texts, "article": "@x"}) for texts in (A, B)))


def filled(path: Path, **cells: list[str]) -> Path:
    """Fill columns in, in the order of the pairs, as a person would."""
    sheet = pd.read_csv(path, dtype=str, keep_default_na=False).sort_values("pair")
    sheet.assign(**cells).to_csv(path, index=False, sep=";", encoding="utf-8-sig")
    return path


def test_codes_that_are_filled_in_come_back(aligned, tmp_path):
    """One accepted, one rejected, one fixed: the third belongs to the second's paragraph."""
    path = fr.alignment_sheet(aligned, tmp_path / "s.csv")
    filled(path, code=["accept", "reject", " Fix "], fix=["", "", "1"], note=["", "far", ""])
    judged = fr.read_alignment_sheet(path, aligned)
    assert repr(judged).startswith("1 of 3 pairs accepted: precision 0.33, 95% interval 0.06 to")
    assert judged.precision[["judged", "accepted", "rejected", "fixed"]].values.tolist() == [
        [3, 1, 1, 1]
    ]
    assert judged.codes["note"].tolist() == ["", "far", ""]
    assert judged.aligned[["paragraphs_a", "paragraphs_b", "kind"]].values.tolist() == [
        [(0,), (0,), "pair"],
        [(1,), (), "left out"],
        [(2,), (1,), "pair"],
        [(), (2,), "added"],
    ]
    assert len(fr.shifts(judged.aligned).pairs) == 2


def test_pairs_that_nobody_judged_stay_as_they_are(aligned, tmp_path):
    path = fr.alignment_sheet(aligned, tmp_path / "s.csv")
    judged = fr.read_alignment_sheet(path, aligned)
    pd.testing.assert_frame_equal(judged.aligned, aligned)
    assert repr(judged) == "0 of 0 pairs accepted: precision nan, 95% interval nan to nan"


def test_a_sheet_runs_nothing_and_overwrites_nothing(aligned, tmp_path):
    path = fr.alignment_sheet(aligned, tmp_path / "s.csv", pairs=2)
    sheet = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert len(sheet) == 2
    assert not sheet.map(lambda cell: cell.startswith(tuple("=+-@"))).to_numpy().any()
    with pytest.raises(FileExistsError):
        fr.alignment_sheet(aligned, path)


@pytest.mark.parametrize(
    ("code", "fix", "message"),
    [
        ("yes", "", r"row 2: code must be accept, reject, fix or empty, got 'yes'"),
        ("fix", "", r"row 2: the column fix must have numbers for code fix"),
        ("fix", "1 7", r"row 2: paragraph 7 is not in the second version, which has 0 1 2"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_row(aligned, tmp_path, code, fix, message):
    path = fr.alignment_sheet(aligned, tmp_path / "s.csv")
    filled(path, code=[code, "", ""], fix=[fix, "", ""])
    with pytest.raises(ValueError, match=message):
        fr.read_alignment_sheet(path, aligned)


def test_a_sheet_of_another_alignment_is_refused(aligned, tmp_path):
    path = fr.alignment_sheet(aligned, tmp_path / "s.csv")
    with pytest.raises(ValueError, match=r"this alignment has no pair '[012]'"):
        fr.read_alignment_sheet(path, aligned.set_axis([7, 8, 9]))
    with pytest.raises(ValueError, match="not drawn from this alignment"):
        fr.read_alignment_sheet(path, aligned.assign(article_a="y"))


@given(st.dictionaries(st.integers(0, 4), st.sets(st.integers(0, 4)).map(sorted).map(tuple)))
def test_no_paragraph_is_lost_when_partners_change(partners):
    """Every paragraph of both versions stands in a row, of the first in one only."""
    found = realign(SAME, partners)
    assert sorted(sum(found["paragraphs_a"], ())) == list(range(5))
    assert set(sum(found["paragraphs_b"], ())) == set(range(5))
    lengths = found[["paragraphs_a", "paragraphs_b"]].map(len)
    assert (found["score"].notna() == lengths.gt(0).all(axis=1)).all()


def test_a_row_with_another_partner_has_the_kind_and_the_score_of_its_paragraphs():
    """That of the longest common subsequence: four of six words, and of six and twelve."""
    texts = ["Nine ships left Dovek at dawn.", "Nine trains left Hask at dawn.", "Rain fell."]
    table = fr.align(*[pd.DataFrame({"text": texts})] * 2)
    assert realign(table, {1: (0, 1)})["kind"].tolist() == ["left out", "split", "pair"]
    found = realign(table, {0: (1,)})
    assert found[["kind", "score"]].values.tolist() == [
        ["pair", 4 / 6], ["left out", pytest.approx(np.nan, nan_ok=True)], ["pair", 1],
        ["added", pytest.approx(np.nan, nan_ok=True)],
    ]  # fmt: skip
    joined = table.assign(paragraphs_a=[(0, 1), (), (2,)], text_a=[" ".join(texts[:2]), "", "x"])
    found = realign(joined, {0: (1,)})
    assert found.loc[0, ["kind", "score"]].tolist() == ["merged", pytest.approx(6 / 72**0.5)]
    assert found["margin"].isna()[0]


def test_joined_paragraphs_are_parted_where_only_one_of_them_was_right():
    """Each row keeps the text of its own paragraphs, of which the last has a blank line in it."""
    halves = ["Ships left Dovek at dawn,", "and a minister called\n\nfor calm in the harbour."]
    long = " ".join(halves)
    table = fr.align(*(pd.DataFrame({"text": texts}) for texts in ([long], halves)))
    assert table[["paragraphs_b", "kind"]].values.tolist() == [[(0, 1), "split"]]
    found = realign(table, {0: (1,)})
    assert found[["paragraphs_a", "paragraphs_b", "kind"]].values.tolist() == [
        [(0,), (1,), "pair"], [(), (0,), "added"],
    ]  # fmt: skip
    assert found["text_b"].tolist() == [halves[1], halves[0]]


def test_a_sheet_opens_in_a_spreadsheet_and_its_order_is_that_of_the_seed(tmp_path):
    """With the mark of UTF-8, every cell in quotation marks, no scores, pairs in random order."""
    texts = pd.DataFrame({"text": [f"Ship {n} left the harbour of Dovek." for n in range(9)]})
    aligned = fr.align(texts, texts)
    paths = [fr.alignment_sheet(aligned, tmp_path / f"{n}.csv", seed=n // 2) for n in range(4)]
    data = [path.read_bytes() for path in paths]
    assert data[0] == data[1] != data[2] == data[3]
    assert data[0].startswith(b'\xef\xbb\xbf"pair","') and b"\r" not in data[0]
    sheet = pd.read_csv(paths[0], dtype=str, keep_default_na=False)
    assert sorted(sheet["pair"], key=int) == [str(n) for n in range(9)] != sheet["pair"].tolist()
    assert not {"score", "margin"} & set(sheet)
    few = fr.alignment_sheet(aligned, tmp_path / "few.csv", pairs=3, seed=0)
    assert pd.read_csv(few, dtype=str)["pair"].tolist() == sheet["pair"].tolist()[:3]


def test_arguments_that_are_swapped_are_told(tmp_path):
    with pytest.raises(
        TypeError, match=r"expected a table of aligned paragraphs, as framing\.align"
    ):
        fr.read_alignment_sheet(pd.DataFrame(), str(tmp_path / "sheet.csv"))
