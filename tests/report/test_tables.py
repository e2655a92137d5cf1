from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from framing.report.tables import save_tables

cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(cells, min_size=1, max_size=6))
def test_a_table_comes_back_as_it_was(tmp_path_factory, texts):
    """Lone carriage returns, quotes and newlines neither split nor join rows, in CSV and Parquet."""
    folder = tmp_path_factory.mktemp("tables")
    table = pd.DataFrame({"text": texts})
    paths = save_tables(folder, cues=table)
    assert [p.name for p in paths] == ["cues.csv", "cues.parquet"]
    pd.testing.assert_frame_equal(
        pd.read_parquet(folder / "cues.parquet"), table, check_dtype=False
    )
    with (folder / "cues.csv").open(newline="", encoding="utf-8") as file:
        import csv

        assert [row[0] for row in csv.reader(file)] == ["text", *texts]


def test_no_folder_no_files():
    assert save_tables("", cues=pd.DataFrame()) == []
