"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

import framing as fr

# A machine that others use as well is no reason to call a test broken.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

ROOT = Path(__file__).parent.parent
STRAIT = ROOT / "corpora" / "strait"
GOLD = ROOT / "corpora" / "strait-gold"


@pytest.fixture(scope="session")
def strait() -> fr.Corpus:
    return fr.read_corpus(STRAIT)


@pytest.fixture(scope="session")
def strait_cues(strait: fr.Corpus) -> pd.DataFrame:
    return fr.find_cues(strait.paragraphs)


@pytest.fixture(scope="session")
def strait_scores(strait: fr.Corpus) -> pd.DataFrame:
    return fr.score(strait.paragraphs)


def gold(name: str) -> pd.DataFrame:
    """Gold files of one kind, with the article that a file is."""
    files = sorted(GOLD.glob(f"{name}*.csv"))
    tables = [pd.read_csv(f, dtype=str, keep_default_na=False) for f in files]
    table = pd.concat(tables, ignore_index=True)
    table["block"] = table["block"].astype(int)
    return table.assign(article=table["file"].str.removesuffix(".txt"))
