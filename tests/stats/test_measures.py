"""Which columns a report is about."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.stats.measures import main_measures
from tests.made import made_scores


def test_a_report_has_the_indices_then_recipes_and_tone_if_any_article_has_one():
    scores = made_scores({"A": 1.0}, events=2).assign(recipe_fear=1)
    assert main_measures(scores) == ["hedge", "alarm", "boost", "tone", "recipe_fear"]
    none = scores.assign(tone=np.nan)
    assert main_measures(none) == ["hedge", "alarm", "boost", "recipe_fear"]
    assert main_measures(none, ["cond", "tone"]) == ["cond", "tone"]  # what is asked for
    one = pd.DataFrame({"words": [9], "sentences": [1], "tone": [0.2], "care": [1]})
    assert main_measures(one) == ["care", "tone"]  # of a text that is no article
    with pytest.raises(ValueError, match="no measure 'fury'"):
        main_measures(scores, ["fury"])
