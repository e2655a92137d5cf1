"""What survives a rewrite: 24 rewrites of the example by a language model, in four styles."""

from __future__ import annotations

import random
from collections import Counter
from math import log

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.reuse.copies import COPIES
from framing.reuse.facts import MIN_SHARED, fact_pairs, find_facts, shared_facts
from framing.reuse.features import read_words
from tests.conftest import ROOT
from tests.reuse.test_features import plain_common

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


def test_names_are_written_as_in_the_texts():
    """They were Cnn, Mcgraw and Los; a headline in capitals is not how a name is written."""
    names = ["CNN", "FBI", "McGraw", "O’Hara", "iPhone", "Veld", "Orrick", "Hask", "Dovek"]
    one, other = (f"CNN MET MCGRAW. {story(names, word)}" for word in ("rain", "wind"))
    assert set(measured(one, other)["shared_facts"][0].split(", ")) == {*names} - {"iPhone"}


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


def plain_facts(texts: list[list[str]]) -> tuple[list[set[str]], dict[str, float]]:
    """Facts of texts in which no name opens a sentence, and log((texts + 20) / texts with it)."""
    facts = [{w for w in text if w[0].isupper() or w.isdigit()} for text in texts]
    count = Counter(fact for found in facts for fact in found)
    return facts, {fact: min(log((len(texts) + 20) / n), 4.0) for fact, n in count.items()}


@pytest.mark.parametrize("seed", range(4))
def test_the_measure_is_that_of_plain_sets(seed):
    """The weighted cosine, times (1 + share in the same order) / 2; rare facts are listed."""
    draw = random.Random(seed)
    names = [*PEOPLE, *"123456789"]
    texts = [
        ["it", *draw.choices([*names[: 30 - 3 * i], "rain", "wind"], k=99 + i)] for i in range(8)
    ] + [["it", *draw.choices(names, k=98)]]
    facts, weights = plain_facts(texts)
    found = measured(*map(" ".join, texts))
    for i, row in enumerate(found.itertuples(), 1):
        both = facts[0] & facts[i]
        one, other = ([w for w in texts[k] if w in both] for k in (0, i))
        cosine = (
            sum(weights[w] for w in both)
            / (sum(weights[w] for w in facts[0]) * sum(weights[w] for w in facts[i])) ** 0.5
        )
        order = plain_common(one, other) / min(len(one), len(other))
        enough = len(both) >= 7 and min(len(texts[0]), len(texts[i])) >= 100
        assert row.facts == pytest.approx(cosine * (1 + order) / 2 if enough else 0)
        listed = row.shared_facts.split(", ")
        assert len(listed) == min(len(both), 12)
        assert min(weights[w] for w in listed) >= max(
            (weights[w] for w in both - set(listed)), default=0
        )
        assert listed == [w for w in dict.fromkeys(one) if w in listed]


@pytest.mark.parametrize(("names", "words", "found"), [(7, 100, 1), (6, 100, 0), (7, 99, 0)])
def test_seven_facts_and_a_hundred_words_are_enough(names, words, found):
    text = " ".join(["it", *PEOPLE[:names], *["rain"] * (words - names - 1)])
    longer = " ".join(["it", *PEOPLE[:names], *["wind"] * 200])
    assert measured(text, longer)["facts"].round(9).tolist() == [found]
    assert measured(longer, text)["facts"].round(9).tolist() == [found]


def test_a_rarer_name_weighs_more_until_it_is_in_2_percent():
    """40 texts and 20 more: log 60 for a name in one is over 4, log 30 and log 15 are not."""
    texts = [f"it met {PEOPLE[0]} there" if i < 4 else "it met nobody" for i in range(40)]
    texts[5] += f" but {PEOPLE[1]}"
    for i in (6, 7):
        texts[i] += f" but {PEOPLE[2]}"
    facts = find_facts(read_words(texts))
    spelled = {facts.words.vocabulary[code]: weight for code, weight in facts.weights.items()}
    assert spelled == {
        PEOPLE[0].lower(): pytest.approx(log(15)),
        PEOPLE[1].lower(): 4.0,
        PEOPLE[2].lower(): pytest.approx(log(30)),
    }


def test_a_word_is_a_name_where_it_has_a_capital_as_often_as_not():
    """Inside sentences twice with and twice without: a name; with one more without: none."""
    texts = [
        "it met Orrick by orrick at Orrick or orrick",
        "it met Veld by veld at Veld or veld veld",
    ]
    facts = find_facts(read_words(texts)).words
    assert [facts.vocabulary[code] for code in facts.hashes.tolist()] == ["orrick", "orrick"]


def test_facts_are_paired_with_each_other_in_every_text_that_shares_them():
    """Three of three facts: three pairs each; of 22 shared ones the 20 rarest are paired."""
    texts = ["it met Orrick or Veld or 7", "it met 7 by Veld or Orrick", "it met Hask"]
    hashes, owners = fact_pairs(find_facts(read_words(texts)))
    assert Counter(owners.tolist()) == {0: 3, 1: 3}
    assert set(Counter(hashes.tolist()).values()) == {2}
    many = [
        f"{a}{b}" for a in ("Bel", "Dor", "Kas", "Lun") for b in ("an", "ek", "ith", "o", "um", "y")
    ]
    texts = ["it met " + " or ".join(names) for names in (many[:22], many[:22], many[:2])]
    hashes, owners = fact_pairs(find_facts(read_words(texts)))
    assert Counter(owners.tolist()) == {0: 190, 1: 190, 2: 1}
    assert Counter(Counter(hashes.tolist()).values()) == {2: 190, 1: 1}
