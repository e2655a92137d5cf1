"""A sheet drawn from the example corpus, and ways to fill it in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

import framing as fr
from framing.validation.coding import Coded
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def scored():
    scores = fr.score(fr.read_corpus(ROOT / "corpora" / "strait").paragraphs)
    return scores, fr.find_cues(scores)


@pytest.fixture(scope="session")
def sheet(scored):
    return fr.coding_sheet(*scored, hits=30, near_misses=15, without=20)


def whole_sheet(scored, measure: str, **options) -> fr.CodingSheet:
    """Every passage of the corpus."""
    everything = {"hits": 10**6, "near_misses": 10**6, "without": 10**6, "per_article": None}
    return fr.coding_sheet(*scored, measures=[measure], **everything, **options)


def fill(source: Path, target: Path, codes: dict[tuple[str, str], object], page: str = "") -> None:
    """Write codes, by passage and measure, into the pages of a workbook."""
    book = openpyxl.load_workbook(source)
    for sheet in book.worksheets[1:]:
        if page and sheet.title != page:
            continue
        head = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                code = codes.get((row[0].value, head[cell.column - 1]))
                cell.value = cell.value if code is None else code
    book.save(target)


def coded_by(sheet: fr.CodingSheet, codes: dict[str, dict[str, list[float]]]) -> Coded:
    """Codes by coder and measure, in the order of the passages of a sheet."""
    rows = [
        (passage, coder, measure, code)
        for coder, measures in codes.items()
        for measure, values in measures.items()
        for passage, code in zip(sheet.passages["passage"], values, strict=False)
    ]
    columns = ["passage", "coder", "measure", "code"]
    return Coded(pd.DataFrame(rows, columns=columns), sheet.passages, sheet.about)


def right(sheet: fr.CodingSheet, measure: str) -> list[float]:
    """The codes of somebody who always agrees with the lexicon."""
    return (sheet.passages[f"hits_{measure}"] > 0).astype(float).tolist()


def with_errors(codes: list[float], share: float, rng: np.random.Generator) -> list[float]:
    return np.where(rng.random(len(codes)) < share, 1 - np.array(codes), codes).tolist()
