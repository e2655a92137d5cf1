"""The first line of a report, and the paragraphs that show what it found."""

import pandas as pd
import pytest

import framing as fr


def read(tmp_path, rows):
    (tmp_path / "rows.jsonl").write_text(pd.DataFrame(rows).to_json(orient="records", lines=True))
    corpus = fr.read_corpus(tmp_path / "rows.jsonl")
    return corpus, fr.score(corpus.paragraphs)


def test_the_scope_is_counted(tmp_path):
    """Outlets, articles, words, and the days from first to last."""
    text = "It rained in the town on Monday and nobody knew why. " * 3
    rows = [
        {"outlet": "A", "text": text, "date": "2018-05-03", "title": "x"},
        {"outlet": "B", "text": text + "More rain fell.", "date": "2019-01-12", "title": "y"},
    ]
    corpus, scores = read(tmp_path, rows)
    words = scores["words"].sum()
    said = f"2 outlets, 2 articles, {words} words; 3 May 2018 to 12 January 2019."
    assert fr.scope(corpus, scores) == said
    contrasts = fr.compare(scores, n_resamples=9)
    assert (
        fr.scope(corpus, scores, contrasts) == f"{said} A and B compared, article against article."
    )


def test_examples_are_the_densest_of_each_outlet():
    """Counted by hand: 2 hits in 30 words before 2 in 40; short ones and headlines are no example."""
    rows = [
        ("A", "a1", 0, "headline", 30, 9), ("A", "a1", 1, "body", 10, 5),
        ("A", "a1", 2, "body", 40, 2), ("A", "a2", 0, "body", 30, 2),
        ("B", "b1", 0, "body", 30, 0), ("B", "b1", 1, "body", 30, 0), ("C", "c1", 0, "body", 9, 4),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["outlet", "article", "paragraph", "role", "words", "hedge"])
    found = fr.examples(table.assign(alarm=0).sample(frac=1, random_state=1))
    assert found[["article", "paragraph"]].to_numpy().tolist() == [["a2", 0], ["b1", 0]]
    assert fr.examples(table, outlets=["B", "A", "C"])["outlet"].tolist() == ["B", "A"]


def test_an_outlet_that_is_not_there_is_an_error(strait_scores):
    name = strait_scores["outlet"].iloc[0]
    assert fr.examples(strait_scores, outlets=name)["outlet"].tolist() == [name]
    with pytest.raises(ValueError, match="no outlet 'Daily Clarino'; there are: Daily Clarion"):
        fr.examples(strait_scores, outlets=["Daily Clarino"])
