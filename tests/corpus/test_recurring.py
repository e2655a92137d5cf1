"""Passages that recur in an outlet, by the benchmark in small."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from tests.benchmarks.recurring import STORIES, compared, corpus, newsroom


def test_passages_that_recur_go_and_no_paragraph_of_one_article_does():
    left, lost = compared(*corpus(720))
    assert left[["about", "form", "gallery, together"]].sum(axis=1).max() < 300
    share = _share(lost)
    assert share[["alone", "agency", "reprint", "version"]].tolist() == [0, 0, 0, 0]
    assert share[["about", "form"]].min() > 0.98
    assert share["gallery, apart"] > 0.5  # the others stand in two articles only


def test_the_same_in_a_world_made_in_another_way():
    left, lost = compared(*newsroom(480, seed=4))
    assert left["share"].median() < 0.02
    share = _share(lost)
    assert share[share.index.isin(STORIES - {"update"})].max() == 0
    assert share["update"] < 0.02
    assert share[["app", "appeal", "policy"]].min() > 0.9


def _share(lost):
    lost = lost.set_index("kind")
    return lost["taken for recurring"] / lost["paragraphs"]


NOTICE = "Subscribe to our newsletter and miss no story. Follow the Gull on all channels (free)."
ABOUT = "The Gull is a paper of the coast. It has been made by its readers since 1911."


LONGER = f"{NOTICE} Write to us about what you have read."


@pytest.mark.parametrize("carriers", [2, 3])
@pytest.mark.parametrize(
    ("before", "after"),
    [("", f" {NOTICE}"), ("", f" {LONGER}"), (f"{ABOUT} ", ""), (f"{ABOUT} ", f" {NOTICE}")],
)
def test_sentences_that_recur_at_the_ends_of_texts_without_paragraphs(before, after, carriers):
    stories = [sentences.replace("\n\n", " ") for sentences in stories_of(4)]
    texts = [f"{before}{s}{after}" if n < carriers else s for n, s in enumerate(stories)]
    rows = pd.DataFrame(
        {"outlet": "Gull", "title": [f"Talks of day {n}" for n in range(4)], "text": texts}
    )
    found = fr.read_corpus(rows).paragraphs
    body = found.loc[found["role"] == "body", "text"]
    assert sorted(body) == sorted(stories if carriers == 3 else texts)
    assert "".join(sorted("".join(found["text"]).replace(" ", ""))) == "".join(
        sorted("".join([*rows["title"], *texts]).replace(" ", ""))
    )


def test_sentences_that_recur_end_the_longest_block_of_a_text():
    stories = [sentences.replace("\n\n", " ") for sentences in stories_of(4)]
    last = [f"They parted at {hour} o'clock, in the rain." for hour in ("one", "two", "six", "ten")]
    texts = [f"{s} {NOTICE}\n\n{end}" for s, end in zip(stories, last, strict=True)]
    rows = pd.DataFrame({"outlet": "Gull", "title": list("abcd"), "text": texts})
    found = fr.read_corpus(rows).paragraphs
    assert sorted(found.loc[found["role"] == "body", "text"]) == sorted([*stories, *last])


def test_reprints_without_paragraphs_are_whole():
    story = stories_of(1)[0].replace("\n\n", " ")
    texts = [f"{story} It is over, she said on day {'x' * n}." for n in range(1, 5)]
    rows = pd.DataFrame(
        {"outlet": "Gull", "title": [f"Talks {n}" for n in range(4)], "text": texts}
    )
    found = fr.read_corpus(rows).paragraphs
    assert sorted(found.loc[found["role"] == "body", "text"]) == sorted(texts)


def stories_of(n: int) -> list[str]:
    """Stories of five sentences each, no two of which follow each other in another one."""
    who = ["Ada Holm", "Tor Lind", "Ida Berg", "Per Aas", "Liv Dahl"]
    what = ["the ferry", "the mine", "the school", "the bridge", "the harbour", "the bank"]
    day = ["in spring", "at dawn", "on the quay", "by phone", "last year", "in the hall", "at sea"]
    return [
        " ".join(
            f"{who[(i + k) % 5]} spoke of {what[(i * k + k) % 6]} {day[(i + 2 * k) % 7]}, {w}."
            for k, w in enumerate(["loudly", "again", "alone", f"number {'abcdef'[i]}", "slowly"])
        )
        for i in range(n)
    ]
