"""Tables of polars and Arrow give what the pandas table of the same rows gives."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import framing as fr
from tests.conftest import ROOT


@pytest.mark.parametrize("convert", [pl.from_pandas, pa.Table.from_pandas])
def test_the_library_of_a_table_changes_nothing(convert):
    articles = pd.DataFrame(
        {
            "outlet": ["Gull", "Tern", "Gull"],
            "date": pd.to_datetime(["2031-01-02"] * 3),
            "text": ["Talks could fail.\n\nDiplomats fear it.", "All is well, surely.", "Rain."],
            "leaning": pd.Categorical(["left", None, "left"]),
        }
    )
    expected, found = fr.read_corpus(articles), fr.read_corpus(convert(articles))
    pd.testing.assert_frame_equal(found.paragraphs, expected.paragraphs)
    assert found.articles["leaning"].tolist() == expected.articles["leaning"].tolist()
    paragraphs = fr.read_corpus(ROOT / "corpora" / "strait").paragraphs.head(60)
    for function in (fr.score, fr.find_cues):
        pd.testing.assert_frame_equal(function(convert(paragraphs)), function(paragraphs))


def test_scores_of_another_library_are_no_traceback_from_deep_inside():
    scores = fr.score(pd.DataFrame({"text": ["Rain."], "outlet": "Gull"}))
    with pytest.raises(TypeError, match=r"not from pandas: pass table.to_pandas\(\)"):
        fr.levels(pl.from_pandas(scores))


def test_a_single_column_is_no_table():
    for column in (pd.Series(["Talks may fail."]), pl.Series(["Talks may fail."])):
        with pytest.raises(TypeError, match=r"got a Series: pass a table .* texts.to_frame"):
            fr.score(column)
