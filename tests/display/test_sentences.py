"""Sentences say what their tables hold."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from framing.display.sentences import of_trend


@pytest.mark.parametrize(
    ("freq", "advice"), [("W", "Months hold more: see the parameter freq."), ("M", "")]
)
def test_a_course_of_thin_periods_says_so_and_what_would_help(freq, advice):
    """One period of five articles, then two of one each."""
    step = {"W": 7, "M": 31}[freq]
    days = pd.to_datetime(["2031-03-03"] * 5 + ["2031-03-03", "2031-03-03"])
    days += pd.to_timedelta([0] * 5 + [step, 2 * step], unit="D")
    scores = pd.DataFrame({"outlet": "A", "article": list("abcdefg"), "date": days, "role": "body",
                           "words": 100, "hedge": 1})  # fmt: skip
    text = of_trend(fr.trend(scores, freq=freq, measures="hedge"), None)
    assert text.startswith("*7 articles in 3 periods from 2031-03-0")
    assert "2 of them are not in the model*" in text
    assert text.endswith(f"too few articles to be in the model. {advice}".strip())
    full = fr.trend(scores.head(5), freq=freq, measures="hedge")
    assert "Most periods" not in of_trend(full, None)
