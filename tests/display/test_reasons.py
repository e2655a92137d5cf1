"""What is marked and listed as counted is what the scores count."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import framing as fr
from framing.display.sentences import of_groups

TEXTS = [
    "Talks may fail, and he believes they could. She could not go in May.",
    "There is no risk. Officials fear a threat; it is clearly dangerous, reportedly.",
    "“It might rain,” he said. Experts think it is likely, and warn of extreme risks.",
]


@pytest.fixture(scope="module")
def scored():
    paragraphs = pd.DataFrame({"article": ["a", "a", "b"], "paragraph": [0, 1, 0], "text": TEXTS})
    scores = fr.score(paragraphs)
    return scores, fr.find_cues(paragraphs)


@pytest.mark.parametrize("measure", ["hedge", "alarm", "boost"])
def test_rows_that_count_are_as_many_as_the_scores_have(scored, measure):
    """For every paragraph; every other row of the list says why it does not count."""
    scores, cues = scored
    hits = fr.list_hits(cues, measures=["hedge", "alarm", "boost"])
    counted = hits[hits["counts_as"] == fr.label(measure)].groupby(["article", "paragraph"]).size()
    counted = counted.reindex(
        pd.MultiIndex.from_frame(scores[["article", "paragraph"]]), fill_value=0
    )
    assert counted.tolist() == scores[measure].tolist()
    others = hits[~hits["counts_as"].isin(["hedging", "alarm", "boosters"])]
    assert len(others) and others["counts_as"].str.fullmatch(r"\(.+\)").all()


def test_marks_are_those_of_the_list(scored):
    """In colour what counts, faint with its reason what does not."""
    scores, cues = scored
    measures = ["hedge", "alarm", "boost"]
    hits = fr.list_hits(cues, measures=measures)
    page = BeautifulSoup(
        fr.show(scores, cues, measures=measures, with_legend=False).html, "html.parser"
    )
    faint = page.find_all("span", style=lambda s: s and "opacity" in s)
    assert len(page.find_all("mark")) == (~hits["counts_as"].str.startswith("(")).sum()
    assert len(faint) == hits["counts_as"].str.startswith("(").sum()
    reasons = {span.find("span").text.strip() for span in faint}
    assert {"negated", "another sense", "word of belief, not counted"} <= reasons


def test_a_quoted_paragraph_has_outlet_date_and_title(scored):
    """In place of its number; all of it is text, and a missing date leaves none."""
    _, cues = scored
    paragraphs = pd.DataFrame(
        {"article": ["a", "b"], "paragraph": [0, 0], "text": [TEXTS[0], TEXTS[2]]}
    )
    articles = pd.DataFrame(
        {
            "article": ["a", "b"], "outlet": ["The <b>Hill</b>", "Post"],
            "date": [pd.Timestamp("2018-05-03"), pd.NaT], "title": ["Rain & fear", ""],
        }
    )  # fmt: skip
    page = BeautifulSoup(fr.show(paragraphs, cues, articles=articles).html, "html.parser")
    first, second = (div.find("p").get_text("|") for div in page.find_all("div")[1:])
    assert first.startswith("The <b>Hill</b>|, 3 May 2018, |Rain & fear|Talks")
    assert second.startswith("Post|“It |might|")


def test_a_small_number_reads_alike_in_a_table_and_in_a_sentence():
    """A table had 0.00 where the sentence below it said −0.001."""
    groups = {
        "measure": "hedge", "group_a": "left", "group_b": "right", "estimate": 0.042,
        "low": -0.001, "high": 0.08, "p": 0.2, "p_adjusted": 0.2, "note": "",
    }  # fmt: skip
    frame = pd.DataFrame([groups])
    assert "95% interval −0.001 to 0.08;" in of_groups(frame)
    assert "−0.001" in fr.table(frame).to_html()


def test_tables_are_headed_by_words():
    """Names of columns, and of measures in cells; what a researcher named stays hers."""
    frame = pd.DataFrame(
        {"measure": ["epi_modal"], "p_adjusted, once <an> outlet": [0.0004], "my_column": [1.0]}
    )
    page = BeautifulSoup(fr.table(frame).to_html(), "html.parser")
    assert [th.text.strip() for th in page.find_all("th")] == [
        "measure", "adjusted p, once <an> outlet", "my column",
    ]  # fmt: skip
    assert [td.text.strip() for td in page.find_all("td")] == ["modal verbs", "<.001", "1.00"]
    assert list(frame["measure"]) == ["epi_modal"]
