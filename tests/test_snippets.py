"""The code on the pages runs, top to bottom, as somebody who follows a page would run it."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import openpyxl
import pandas as pd
import polars as pl
import pytest

import framing as fr
from tests.conftest import ROOT
from tests.test_docs import BLOCK, PAGES

# The gallery is run when the site is built, doctests with the tests of modules.
RUN = [
    page
    for page in PAGES
    if "```python" in (text := page.read_text(encoding="utf-8"))
    and ">>>" not in text
    and page.name != "CONTRIBUTING.md"
]
NOT_HERE = ("mapInPandas", "LocalCluster")  # Spark and a cluster


def filled(name: str, coder: str = "") -> None:
    """Save a sheet that a page has written as ``name``, filled in by one coder or by all."""
    book = openpyxl.load_workbook(name if Path(name).exists() else "sheet.xlsx")
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=2) if coder in ("", sheet.title) else ():
            for cell in row[4:-1]:
                cell.value = cell.row % 3 // 2
    book.save(name)


# What the reader of a page has, and what coders send back: made before the code that names it.
MADE = {
    "anna.xlsx": lambda: (filled("anna.xlsx", "coder 1"), filled("ben.xlsx", "coder 2")),
    'read_coding("split.xlsx")': lambda: filled("split.xlsx"),
    "my_dictionary.dic": lambda: Path("my_dictionary.dic").write_text("%\n1\tfear\n%\nafraid\t1\n"),
    "paragraphs.parquet": lambda: fr.load_example().paragraphs.to_parquet("paragraphs.parquet"),
    "corpora/strait": lambda: Path("corpora").symlink_to(ROOT / "corpora"),
    'open_study("example")': lambda: Path("example").symlink_to(ROOT / "corpora" / "strait"),
}  # fmt: skip


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    """The names that pages take from one another."""
    corpus, scores, cues = fr.open_study(ROOT / "corpora" / "strait")
    texts = ["Talks could fail.", "All is well."]
    return {
        "fr": fr, "pd": pd, "pl": pl, "corpus": corpus, "scores": scores, "cues": cues,
        "paragraphs": corpus.paragraphs.head(50), "texts": texts, "speakers": ["Ann", "Ben"],
        "labels": [1, 0],
    }  # fmt: skip


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.stem)
def test_the_code_of_a_page_runs(page, known, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = dict(known)
    for _, code in BLOCK.findall(page.read_text(encoding="utf-8")):
        for file in [file for file in MADE if file in code]:
            MADE[file]()
        if not any(word in code for word in NOT_HERE):
            exec(textwrap.dedent(code), names)
    plt.close("all")
