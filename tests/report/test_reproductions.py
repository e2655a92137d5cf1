"""The reproductions run on files of the published form, here with invented texts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import pearsonr

import framing as fr
from tests.reuse.test_facts import REWRITES

pytestmark = pytest.mark.usefixtures("kept_servers")


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


@pytest.fixture
def retold(tmp_path, strait):
    """Rewrites of two articles of the example in all styles, and a report of something else."""
    rewrites = REWRITES[REWRITES["source"].isin(REWRITES["source"].unique()[:2])]
    rewrites = rewrites.assign(id=rewrites["source"] + "|" + rewrites["style"])
    other = {"id": "other", "source": rewrites["source"].iloc[0], "style": "independent"}
    other["text"] = "A baker sells bread to sailors. " * 20
    rewrites = pd.concat([rewrites, pd.DataFrame([other])], ignore_index=True)
    body = strait.paragraphs[strait.paragraphs["role"] == "body"]
    sources = body.groupby("article")["text"].agg("\n\n".join).head(40)
    missing = sorted(set(rewrites["source"]) - set(sources.index))
    texts = body[body["article"].isin(missing)].groupby("article")["text"].agg("\n\n".join)
    sources = pd.concat([sources, texts]).rename_axis("id").reset_index()
    sources.to_json(tmp_path / "sources.jsonl", orient="records", lines=True)
    rewrites.to_json(tmp_path / "rewrites.jsonl", orient="records", lines=True)
    return rewrites


def test_rewrites_are_found_aligned_and_compared_with_their_styles(tmp_path, retold):
    out = fr.render(
        "reproductions/rewrites", tmp_path / "out.pdf", parameters={"data": str(tmp_path)}
    )
    folder = out.with_name("out-tables")
    found = pd.read_csv(folder / "found.csv").set_index("style")
    assert found["texts"].to_dict() == retold["style"].value_counts().to_dict()
    assert found["found"].to_dict() == dict.fromkeys(
        ["neutral", "objective", "emotional", "sensational"], 2
    ) | {"independent": 0}
    rates = pd.read_csv(folder / "rates.csv").set_index("style")
    scores = fr.score(retold.drop(columns="source"))
    sums = scores.groupby(retold["style"])[["alarm", "words"]].sum()
    expected = (100 * sums["alarm"] / sums["words"]).to_dict()
    assert rates["alarm"].drop("source").to_dict() == pytest.approx(expected)
    assert pd.read_csv(folder / "known.csv")["interval"].isin(["more", "fewer", "not shown"]).all()
