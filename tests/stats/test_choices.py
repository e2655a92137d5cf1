"""Which comparison a corpus allows: the limits, on both sides."""

from __future__ import annotations

import pandas as pd
import pytest

from framing.stats.choices import OneOutletError, choose_comparison


def scores(outlets: int, events: list[str]) -> pd.DataFrame:
    """Articles of two paragraphs; the event stands in the second one only."""
    rows = [
        (f"{k}", f"o{k % outlets}", event if n else "")
        for k, event in enumerate(events)
        for n in (0, 1)
    ]
    return pd.DataFrame(rows, columns=["article", "outlet", "event"])


@pytest.mark.parametrize(("outlets", "against"), [(2, "pairs"), (4, "pairs"), (5, "rest")])
def test_from_five_outlets_on_each_is_compared_with_the_rest(outlets, against):
    assert choose_comparison(scores(outlets, [""] * 10))["against"] == against


def test_a_single_outlet_that_is_asked_for_is_compared_with_the_rest():
    few = scores(2, [""] * 4)
    for named, against in (
        ([], "pairs"),
        (["o0"], "rest"),
        ("o0", "rest"),
        (["o0", "o1"], "pairs"),
    ):
        assert choose_comparison(few, outlets=named)["against"] == against


@pytest.mark.parametrize(("with_event", "match"), [(0, None), (5, None), (6, "event")])
def test_events_are_matched_where_more_than_half_of_the_articles_have_one(with_event, match):
    events = ["e"] * with_event + [""] * (10 - with_event)
    assert choose_comparison(scores(2, events))["match"] == match


def test_one_outlet_is_nothing_to_compare():
    with pytest.raises(ValueError, match="outlet is 'o0' for all articles"):
        choose_comparison(scores(1, ["e", "e"]))
    with pytest.raises(ValueError, match="one article: there is nothing to compare"):
        choose_comparison(scores(1, ["e"]))
    with pytest.raises(ValueError, match="no article has words"):
        choose_comparison(scores(1, []))


def test_a_portrait_is_offered_for_one_outlet_and_not_for_one_group():
    one = scores(2, ["e", "e", "e"]).assign(leaning="left")
    with pytest.raises(ValueError, match="leaning is 'left' for all articles: there") as told:
        choose_comparison(one, by="leaning")
    assert not isinstance(told.value, OneOutletError)
    with pytest.raises(OneOutletError, match="the report portrait"):
        choose_comparison(scores(1, ["e", "e"]))
