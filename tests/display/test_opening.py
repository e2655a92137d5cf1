"""The first line of a report, and the paragraphs that show what it found."""

import pandas as pd
import pytest

import framing as fr
from framing.text.numbers import written_day


def read(tmp_path, rows):
    (tmp_path / "rows.jsonl").write_text(pd.DataFrame(rows).to_json(orient="records", lines=True))
    corpus = fr.read_corpus(tmp_path / "rows.jsonl")
    return corpus, fr.score(corpus.paragraphs)


def test_of_a_part_of_a_corpus_the_scope_and_the_methods_say_so(strait):
    """Its own days, and how many articles there are; a part of the paragraphs is no part."""
    scores = fr.score(strait.paragraphs)
    (article,) = part = scores["article"].unique()[:1]
    day = strait.articles.set_index("article").loc[article, "date"]
    some = scores[scores["article"].isin(part)]
    total = scores["article"].nunique()
    line = fr.scope(strait, some)
    assert f"; {written_day(day)}. These are 1 of the {total} articles of the corpus." in line
    for style in ("box", "paper"):
        text = str(fr.methods(strait, some, style=style))
        assert f"These are 1 of the {total} articles of the corpus." in text
        assert "These are" not in str(fr.methods(strait, scores, style=style))
    assert "These are" not in fr.scope(strait, scores[scores["role"] == "body"])


def test_a_corpus_and_scores_in_the_wrong_order_are_an_error(strait):
    scores = fr.score(strait.paragraphs[:9])
    for function in (fr.scope, fr.methods):
        with pytest.raises(TypeError, match=r"expected a corpus, .*got a DataFrame first"):
            function(scores, strait)
        with pytest.raises(TypeError, match=r"got a Study first: pass study.corpus"):
            function(fr.Study(strait, scores, scores), scores)
        with pytest.raises(ValueError, match=r"scores are of other articles .* such as 'q'"):
            function(strait, scores.assign(article="q"))


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
    how = "Nothing could be tested."  # of one article each
    assert fr.scope(corpus, scores, contrasts) == f"{said} {how}"
    how = "A and B compared, article against article, whatever they are about."
    assert fr.scope(corpus, scores, contrasts.assign(p=0.5)) == f"{said} {how}"


def test_the_scope_says_what_an_outlet_is_compared_with():
    """The rest is a mean; one outlet that is compared alone is named."""
    corpus = fr.load_example()
    scores = fr.score(corpus.paragraphs)
    contrasts = fr.compare(scores, match="event", against="rest", measures="hedge", n_resamples=9)
    line = fr.scope(corpus, scores, contrasts)
    assert line.endswith(" against the mean of the others, event by event (9 to 12 events).")
    one = contrasts[contrasts["outlet_a"] == "Daily Clarion"]
    line = fr.scope(corpus, scores, one)
    assert line.endswith(
        " Daily Clarion against the mean of the others, event by event (12 events)."
    )


def test_what_varies_within_outlets_is_not_held_against_them():
    """Years or sections differ in the outlets that they have; outlets do not."""
    corpus = fr.load_example()
    scores = fr.score(corpus.paragraphs)
    scores["half"] = scores["article"].map(lambda a: "ab"[sum(map(ord, a)) % 2])
    how = {"measures": "hedge", "n_resamples": 9}
    table, said = fr.compare(scores, by="half", **how), "Outlets are not held constant"
    assert said in fr.scope(corpus, scores, table, by="half")
    assert said not in fr.scope(corpus, scores, fr.compare(scores, **how))
    given = {"scores": scores, "contrasts": table, "style": "paper"}
    paper = str(fr.methods(corpus, parameters={"by": "half"}, **given))
    assert "Outlets were not held constant." in paper


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


def test_examples_and_counts_of_outlets_that_are_not_there_are_refused(tmp_path):
    """A misspelt name gave an empty table, a name alone one as well, rows given twice counted."""
    rows = [{"outlet": o, "text": "It may rain in the town. " * 9, "title": o} for o in ("A", "B")]
    _, scores = read(tmp_path, rows)
    assert fr.examples(scores, outlets="B")["outlet"].tolist() == ["B"]
    with pytest.raises(ValueError, match="no outlet 'C'; the scores have A, B"):
        fr.examples(scores, outlets=["A", "C"])
    with pytest.raises(ValueError, match="rows of scores repeat a paragraph"):
        fr.overview(pd.concat([scores, scores]))
    with pytest.raises(ValueError, match="'date' must hold dates such as 2024-03-29"):
        fr.overview(scores.assign(date=["08/01/2031", "09/01/2031"] * (len(scores) // 2)))


def test_names_with_numbers_are_shown_in_natural_order():
    """Only rows in alphabetical order are put into it, in each measure; others keep theirs."""
    names = ["Paper 1", "Paper 10", "Paper 2"]
    rows = pd.DataFrame({"measure": ["hedge"] * 3 + ["alarm"] * 3, "outlet": names * 2,
                         "n": range(6)})  # fmt: skip
    natural = [0, 2, 1, 3, 5, 4]
    assert fr.table(rows).data["n"].tolist() == natural
    assert fr.table(rows[::-1]).data["n"].tolist() == [5, 4, 3, 2, 1, 0]
    pairs = rows.rename(columns={"outlet": "outlet_a"}).assign(outlet_b="all others")
    assert fr.table(pairs).data["n"].tolist() == natural
    assert fr.table(rows.drop(columns="measure")[:3]).data["n"].tolist() == [0, 2, 1]
    assert rows["n"].tolist() == list(range(6))
