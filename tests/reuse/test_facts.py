"""What survives a rewrite: 24 rewrites of the example by a language model, in four styles."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.reuse.copies import COPIES
from framing.reuse.facts import MIN_SHARED, find_facts, shared_facts
from framing.reuse.features import read_words
from tests.conftest import ROOT

REWRITES = pd.read_json(ROOT / "tests" / "fixtures" / "rewrites.jsonl", lines=True)
PEOPLE = [
    f"{a}{b}" for a in ("Bel", "Dor", "Kas", "Lun", "Mor", "Tav") for b in ("an", "ek", "ith")
]


@pytest.fixture(scope="module")
def pairs(strait) -> pd.DataFrame:
    """The pairs called copies among the example's own reports and the rewrites of six of them."""
    told = REWRITES.assign(
        article=REWRITES["source"] + "|" + REWRITES["style"], outlet="Rewriter", role="body"
    )
    own = strait.paragraphs[strait.paragraphs["outlet"] != "News Braces Online"]
    found = fr.find_copies(pd.concat([own, told], ignore_index=True)).pairs
    return found[found["label"].isin(COPIES)]


def test_rewrites_in_every_style_are_found(pairs):
    links = {frozenset(pair) for pair in zip(pairs["article_a"], pairs["article_b"], strict=True)}
    found = [
        frozenset([row.source, f"{row.source}|{row.style}"]) in links
        for row in REWRITES.itertuples()
    ]
    shares = pd.Series(found).groupby(REWRITES["style"]).mean()
    assert shares.min() == 1


def test_no_two_stories_are_called_rewrites_of_each_other(pairs):
    """Among 62 reports with 132 pairs on one event, and rewrites of the same and of others."""
    sources = [pairs[f"article_{side}"].str.split("|").str[0] for side in "ab"]
    assert sources[0].tolist() == sources[1].tolist()


def test_the_evidence_is_what_both_texts_have(pairs, strait):
    texts = strait.paragraphs.groupby("article")["text"].agg(" ".join).to_dict()
    texts |= dict(zip(REWRITES["source"] + "|" + REWRITES["style"], REWRITES["text"], strict=True))
    retold = pairs[pairs["label"] == "rewritten"]
    assert len(retold) > 20
    for row in retold.itertuples():
        shown = row.shared_facts.split(", ")
        assert len(shown) >= MIN_SHARED
        for fact in shown:
            assert fact.lower() in texts[row.article_a].lower()
            assert fact.lower() in texts[row.article_b].lower()


def story(names: list[str], filler: str) -> str:
    return " ".join(f"{filler} {filler} met {name} there {filler}." for name in names)


def measured(*texts: str) -> pd.DataFrame:
    words = read_words(list(texts))
    zero, one = np.zeros(len(texts) - 1, np.int64), np.arange(1, len(texts))
    return shared_facts(find_facts(words), np.diff(words.bounds), zero, one)


def test_names_alone_in_another_order_count_half_and_too_few_or_too_short_nothing():
    """All names in common: 1 in the same order, less reversed; 0 with six names or 30 words."""
    reverse, few = story(PEOPLE[::-1], "wind"), story(PEOPLE[:6], "wind") + " gale" * 100
    short = " ".join(["it met", *PEOPLE])
    values = measured(story(PEOPLE, "rain"), story(PEOPLE, "wind"), reverse, few, short)[
        "facts"
    ].tolist()
    assert values[0] == pytest.approx(1)
    assert values[1] == pytest.approx((1 + 1 / len(PEOPLE)) / 2)
    assert values[2:] == [0, 0]


def test_words_in_capitals_and_headline_style_are_no_names():
    """A word that mostly has a small letter is none, however often it is shouted elsewhere."""
    loud = story(PEOPLE, "rain").replace("met", "MET").replace("there", "There")
    words = read_words([loud, *[story(PEOPLE, "wind")] * 2])
    facts = find_facts(words).words
    assert {facts.vocabulary[code] for code in facts.hashes.tolist()} == {
        name.lower() for name in PEOPLE
    }


def test_the_more_names_are_others_the_less_is_shared():
    draw, values = random.Random(1), []
    for kept in (18, 14, 10):
        others = [name if name in draw.sample(PEOPLE, kept) else f"X{name}" for name in PEOPLE]
        values.append(measured(story(PEOPLE, "rain"), story(others, "wind"))["facts"].iloc[0])
    assert values == sorted(values, reverse=True)
