"""The reproductions run on files of the published form, here with invented texts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import pearsonr

import framing as fr


def test_editorials_give_the_correlations_of_their_ratings(tmp_path):
    """Against VADER and SciPy, over sentences and over articles."""
    rng = np.random.default_rng(1)
    sentences = ["It was a great success.", "A terrible war.", "Trains run.", "He may fear it."]
    rows = [
        (f"{article}_{number}", round(rng.normal(), 2), sentences[rng.integers(4)])
        for article in range(30)
        for number in range(5)
    ]
    table = pd.DataFrame(rows, columns=["id", "rating", "text"])
    table.to_csv(tmp_path / "ratings.txt", sep="\t", index=False, header=False)
    out = fr.render(
        "reproductions/editorials", tmp_path / "out.pdf",
        parameters={"data": str(tmp_path / "ratings.txt")},
    )  # fmt: skip
    found = pd.read_csv(out.with_name("out-tables") / "levels.csv").set_index("unit")["r"]
    compound = fr.tone(table["text"])["compound"]
    assert found["sentences"] == pytest.approx(pearsonr(compound, table["rating"])[0])
    article = table["id"].str.split("_").str[0]
    means = [values.groupby(article).mean() for values in (compound, table["rating"])]
    assert found["articles, mean of sentences"] == pytest.approx(pearsonr(*means)[0])


def test_breaking_news_counts_letters_and_words(tmp_path):
    """By hand: *may* is in *mayor* and *maybe*, which has two hits; *if it is true* is one."""
    texts = {
        "gull-1": "The mayor may come, maybe. If it is true, he claims it.\n\nRain again today.",
        "gull-2": "Nothing of the kind was found.\n\nIt rained.",
        "tern-1": "Some people say so; allegedly.\n\nIt rained.",
        "tern-2": "As far as I know it rains.\n\nIt rained.",
    }
    (tmp_path / "sample-articles").mkdir()
    (tmp_path / "findings-tables").mkdir()
    for name, text in texts.items():
        (tmp_path / "sample-articles" / f"{name}.txt").write_text(text)
    published = pd.DataFrame({"publication": ["gull", "gull", "tern", "tern"]})
    published = published.assign(total_words=10, total_hedge_words=[6, 0, 2, 1])
    published.to_csv(tmp_path / "findings-tables" / "article-findings.csv")
    out = fr.render(
        "reproductions/breaking_news", tmp_path / "out.pdf", parameters={"data": str(tmp_path)}
    )
    counts = pd.read_csv(out.with_name("out-tables") / "counts.csv").set_index("article")
    assert counts["letters"].to_dict() == {"gull-1": 6, "gull-2": 0, "tern-1": 2, "tern-2": 1}
    assert counts.loc["gull-1", "words"] == 6
