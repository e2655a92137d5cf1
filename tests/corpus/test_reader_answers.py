"""The files of every kind of export, field by field: the answers were read from the files by eye."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from tests.conftest import ROOT

ANSWERS = ROOT / "tests" / "fixtures" / "reader_answers.csv"
COLUMNS = ["article", "block", "outcome", "reason", "blocks", "kept", "encoding"]


def answers(corpus: fr.Corpus) -> pd.DataFrame:
    """One row per input: the outcome, the fields of its article, and its blocks by role."""
    inputs = corpus.audit[corpus.audit["block"].isna()].set_index("source")[COLUMNS]
    fields = corpus.articles.set_index("source").drop(columns="article")
    roles = corpus.paragraphs.groupby("article")["role"].agg(" ".join).rename("roles")
    words = corpus.paragraphs.groupby("article")["words"].agg(lambda n: " ".join(map(str, n)))
    table = inputs.drop(columns="block").join(fields).join(roles, on="article")
    table = table.join(words.rename("words"), on="article").sort_index().reset_index()
    return table.astype(str).where(table.notna(), "")


@pytest.fixture(scope="module")
def corpus() -> fr.Corpus:
    return fr.read_corpus(ROOT / "tests" / "fixtures" / "readers")


def test_every_field_of_every_input_is_as_in_the_file(corpus):
    want = pd.read_csv(ANSWERS, dtype=str, keep_default_na=False)
    found = answers(corpus)
    assert found["source"].tolist() == want["source"].tolist()
    assert sorted(found.columns) == sorted(want.columns)
    for name in want:
        assert found[name].tolist() == want[name].tolist(), name


def test_the_column_of_every_field_is_named(corpus):
    named = corpus.columns[corpus.columns["how"] != "carried"]
    assert dict(named.groupby("file").size()) == {
        "*.json": 7,
        "gdelt.json": 4,
        "mediacloud.csv": 6,
        "newsapi.json": 6,
    }
    assert named["how"].str.endswith("export").all()
    assert corpus.columns.groupby("file")["rows"].first().tolist() == [1, 2, 2, 2]
