"""Where a paragraph stands: zones counted by hand, and levels by zone."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import framing as fr
from framing.stats.positions import ZONES, positions, zones
from tests.made import made_scores


def article(words: list[int], roles: list[str] | None = None) -> pd.DataFrame:
    rows = {"article": "a", "outlet": "A", "paragraph": range(len(words)), "words": words}
    return pd.DataFrame(rows | {"role": roles or ["body"] * len(words), "hedge": 1})


def test_zones_counted_by_hand():
    """After the lead 100 words: middles at 10, 25, 55, 90 lie in fifths 1, 2, 3 and 5."""
    roles = ["headline", "standfirst", "body", "body", "body", "body", "body"]
    found = zones(article([8, 20, 30, 20, 10, 50, 20], roles))["zone"].tolist()
    assert found == ["headline", "lead", "lead", "1", "2", "3", "5"]
    assert zones(article([8, 1]))["zone"].tolist() == ["lead", "3"]  # the whole rest


@given(st.lists(st.integers(0, 90), min_size=1, max_size=20), st.randoms())
@example([9, 9, 0], random.Random(1))  # the last paragraph begins where the text ends
def test_zones_only_ever_go_on(words, chance):
    """Whatever the order of rows, a later paragraph is never in an earlier zone."""
    table = article(words)
    order = list(table.index)
    chance.shuffle(order)
    found = zones(table.loc[order])
    assert found.index.tolist() == order
    places = found.sort_values("paragraph")["zone"].map(ZONES.index).tolist()
    assert places == sorted(places) and places[0] == 1


def test_positions_are_the_levels_of_each_zone():
    """Ten articles of a lead and one more paragraph, which is the middle fifth of the rest."""
    scores = made_scores({"A": 2.0, "B": 1.0}, events=10)
    found = positions(scores, measures="hedge")
    assert found["zone"].tolist() == ["lead", "3"] * 2
    assert found.columns[:4].tolist() == ["measure", "outlet", "zone", "articles"]
    lead = fr.levels(scores[scores["paragraph"] == 0], measures="hedge")
    both = found[found["zone"] == "lead"].drop(columns="zone").reset_index(drop=True)
    pd.testing.assert_frame_equal(both, lead)


def test_paragraphs_that_are_numbered_by_texts_are_refused():
    """In the order of texts, the tenth paragraph comes before the second."""
    rows = article([8] * 12, ["body"] * 12)
    with pytest.raises(ValueError, match="column 'paragraph' must hold numbers, got '0'"):
        positions(rows.assign(paragraph=rows["paragraph"].astype(str)))


def test_without_a_body_there_is_no_position():
    with pytest.raises(ValueError, match="no body paragraph"):
        positions(article([8], ["headline"]))
