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
    assert text.startswith("*7 articles in 3 periods from ")
    assert "2 of them are not in the model*" in text
    assert text.endswith(f"too few articles to be in the model. {advice}".strip())
    full = fr.trend(scores.head(5), freq=freq, measures="hedge")
    assert "Most periods" not in of_trend(full, None)


def test_each_planned_day_has_a_sentence_a_measure_that_its_numbers_carry():
    rows = {
        "measure": ["hedge", "alarm", "tone", "boost", "approx"],
        "break": pd.Timestamp("2031-04-07"), "before": [1.0, 0.5, -0.2, 0.3, 0.1],
        "after": [2.0, 0.55, -0.1, 0.3, 0.9], "estimate": [1.0, 0.05, 0.1, 0.0, 0.8],
        "low": [0.5, -0.1, -0.01, None, 0.4], "high": [1.5, 0.2, 0.21, None, 1.2],
        "ratio": [2.0, 1.1, None, None, 9.0], "ratio_low": [1.4, 0.8, None, None, 4.0],
        "ratio_high": [2.9, 1.6, None, None, 20.0], "p": [0.001, 0.5, 0.06, None, 0.001],
        "p_adjusted": [0.004, 0.5, 0.12, None, None],
        "note": ["", "", "", "no p under 5 blocks a side", "exploratory"],
    }  # fmt: skip
    trend = pd.DataFrame({"measure": "hedge", "period": [pd.Timestamp("2031-03-03")], "articles": 9,
                          "fitted": True, "method": ""})  # fmt: skip
    assert of_trend(trend, pd.DataFrame(rows)).splitlines() == [
        "*9 articles in 1 period from 3 March 2031 on*",
        "",
        "1. **The level of hedging is higher from 7 April 2031 on.** 2.00 per 100 words, 1.00 before; 2.00 times "
        "as much (1.40 to 2.90); adjusted p .004.",
        "1. **No change in alarm is shown from 7 April 2031 on.** 0.55 per 100 words, 0.50 before; "
        "1.10 times as much (0.80 to 1.60).",
        "1. **No change in tone is shown from 7 April 2031 on.** −0.10 on VADER's scale, −0.20 "
        "before; a difference of +0.10 (−0.01 to +0.21).",
        "1. **Boosters could not be tested from 7 April 2031 on:** no p under 5 blocks a side.",
    ]
