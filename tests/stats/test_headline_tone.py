"""The tone of headlines against their texts: counted by hand, found where it was put."""

import numpy as np
import pandas as pd
import pytest

import framing as fr


def scores_of(gap, articles=40, seed=1):
    """An outlet whose headlines are ``gap`` darker than its texts, and one where they are alike."""
    rng = np.random.default_rng(seed)
    rows = []
    for outlet, less in (("A", gap), ("B", 0.0)):
        for number in range(articles):
            tones = np.clip(rng.normal(0, 0.2, 4) - [less, 0, 0, 0], -1, 1)
            rows += [
                (outlet, f"{outlet}{number}", place, "body" if place else "headline", 9, tone)
                for place, tone in enumerate(tones)
            ]
    return pd.DataFrame(rows, columns=["outlet", "article", "paragraph", "role", "words", "tone"])


def test_a_darker_headline_is_found_and_none_is_invented():
    table = fr.headline_tone(scores_of(0.3)).set_index("outlet")
    assert table.loc["A", "low"] < -0.3 < table.loc["A", "high"] < 0
    assert table.loc["B", "low"] < 0 < table.loc["B", "high"]


def test_the_means_are_those_of_the_articles_that_have_both():
    """By hand; an article without a headline, or without a text, counts in neither mean."""
    scores = scores_of(0.3, articles=6)
    no_headline = (scores["article"] == "A0") & (scores["role"] == "headline")
    no_text = (scores["article"] == "A1") & (scores["role"] == "body")
    scores = scores[~no_headline & ~no_text]
    row = fr.headline_tone(scores).set_index("outlet").loc["A"]
    both = scores[~scores["article"].isin(["A0", "A1"]) & (scores["outlet"] == "A")]
    means = both.groupby(["article", "role"])["tone"].mean().unstack()  # noqa: PD010
    assert row["articles"] == 4
    assert row["headline"] == pytest.approx(means["headline"].mean())
    assert row["text"] == pytest.approx(means["body"].mean())
    assert row["estimate"] == pytest.approx((means["headline"] - means["body"]).mean())
    assert np.isnan(row["low"])  # under five articles


def test_a_column_of_ones_own_may_hold_the_groups():
    scores = scores_of(0.2)
    expected = fr.headline_tone(scores)
    renamed = scores.assign(side=scores["outlet"], outlet="one")
    pd.testing.assert_frame_equal(
        fr.headline_tone(renamed, by="side").rename(columns={"side": "outlet"}), expected
    )
    with pytest.raises(ValueError, match="headline"):
        fr.headline_tone(scores[scores["role"] == "body"])
