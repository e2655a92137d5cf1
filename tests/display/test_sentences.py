"""Sentences say what their tables hold."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import framing as fr
from framing.display import course, past
from framing.display.captions import (
    of_articles,
    of_contrasts,
    of_levels,
    of_model,
    of_overview,
    of_ratios,
    of_robustness,
)
from framing.display.copies import of_copies, of_shared
from framing.display.course import of_course, of_periods, of_trend
from framing.display.headlines import of_gaps, of_headlines, of_shares
from framing.display.sentences import (
    _KNOWN,
    of_article,
    of_examples,
    of_findings,
    of_groups,
    of_pair,
    of_words,
)
from framing.display.versions import of_versions
from framing.reuse.copies import Copies
from framing.stats.differences import ANY_SIZE


@pytest.mark.parametrize(
    ("freq", "advice"), [("W", "Months hold more: set the parameter freq to M."), ("M", "")]
)
def test_a_course_of_thin_periods_says_so_and_what_would_help(freq, advice):
    """One period of five articles, then two of one each."""
    step = {"W": 7, "M": 31}[freq]
    days = pd.to_datetime(["2031-03-03"] * 5 + ["2031-03-03", "2031-03-03"])
    days += pd.to_timedelta([0] * 5 + [step, 2 * step], unit="D")
    dates = [*days, pd.NaT, days[0]]
    roles = ["body"] * 8 + ["headline"]
    scores = pd.DataFrame({"outlet": "A", "article": list("abcdefghi"), "date": dates,
                           "role": roles, "words": 100, "hedge": 1})  # fmt: skip
    course = fr.trend(scores, freq=freq, measures="hedge")
    word = {"W": "week", "M": "month"}[freq]
    days = sorted(scores["date"].dropna())  # not the first days of the periods
    first, last = (f"{day.day} {day:%B %Y}" for day in (days[0], days[-1]))
    assert of_periods(scores, course).startswith(f"By {word}, {first} to {last}. In")
    assert of_periods(scores, course).endswith(
        f"In the model: 5 of 9 articles in 1 of 3 {word}s with articles (left out: 2 in {word}s with too few "
        "articles, 1 without a date, 1 without a body)."
    )
    text = of_trend(course, None, ["hedge"])
    assert text.startswith(
        f"**Most {word}s have too few articles to be in the model.** {advice}".strip()
    )
    assert text.endswith("**Hedging:** too few periods for a course.")
    full = fr.trend(scores.head(5), freq=freq, measures="hedge")
    assert "**Most" not in of_trend(full, None, ["hedge"])


def test_without_a_planned_day_the_ends_of_the_course_are_named_and_nothing_is_tested():
    days = pd.to_datetime(["2031-03-03", "2031-03-10", "2031-03-17"])
    course = pd.DataFrame({"measure": "hedge", "period": days, "articles": 9, "method": "",
                           "level": [1.0, 2.5, 0.5], "fitted": [True, True, False],
                           "low": float("nan"), "high": float("nan")})  # fmt: skip
    start = (
        "No day was named beforehand, so that no change is tested: which period is the highest or "
        "the lowest may be chance."
    )
    assert of_trend(course, None, ["hedge"]).splitlines() == [
        start, "",
        "1. **Hedging:** highest in the period from 10 March 2031 (2.50 per 100 words; no interval; "
        "9 articles), lowest in the period from 3 March 2031 (1.00; no interval; 9 articles).",
    ]  # fmt: skip


def test_a_period_without_an_interval_is_no_end_of_a_course():
    """Seven articles had the highest level of 61 months."""
    days = pd.to_datetime(["2031-03-03", "2031-03-10", "2031-03-17"])
    course = pd.DataFrame({"measure": "hedge", "period": days, "articles": [7, 30, 40], "method": "",
                           "level": [9.0, 2.5, 0.5], "fitted": True,
                           "low": [None, 1.5, 0.2], "high": [None, 4.0, 1.2]})  # fmt: skip
    text = of_trend(course, None, ["hedge"]).splitlines()[-1]
    assert "10 March 2031 (2.50 per 100 words; 95% interval 1.50 to 4.00; 30 articles)" in text
    assert "9.00" not in text


def test_an_outlet_all_of_whose_articles_lack_a_date_is_named():
    days = pd.to_datetime(["2031-03-03"] * 5 + [None] * 3)
    scores = pd.DataFrame({"outlet": ["A"] * 6 + ["B", "B"], "article": list("abcdefgh"),
                           "date": days, "role": "body", "words": 100, "hedge": 1})  # fmt: skip
    course = fr.trend(scores, measures="hedge")
    assert "(left out: 3 without a date, among them all of B)" in of_periods(scores, course)


def gap_of(share, low, high):
    return pd.DataFrame({"measure": "alarm", "zone": ["headline"], "share": share, "expected": 0.1,
                         "estimate": share - 0.1, "low": low, "high": high})  # fmt: skip


def test_headlines_are_said_to_differ_only_if_the_interval_says_so():
    """An interval around 0 is no finding; outlets are named with the side that they are on."""
    assert of_headlines(gap_of(0.3, 0.1, 0.35), None) == (
        "1. **Headlines have alarm more often than their texts.** 30% of headlines have a hit, and "
        "10% of windows of their length in the text below have one (difference 20 percentage points, "
        "95% interval 10 to 35)."
    )
    contrasts = contrasts_of(measure="alarm", estimate=[0.1, -0.3, 0.2], outlet_b="all others")
    text = of_headlines(gap_of(0.05, -0.08, 0.1), contrasts)
    assert text.startswith("1. **Headlines and their texts are not shown to differ in alarm.** 5%")
    assert "(difference −5 percentage points, 95% interval −8 to 10)" in text
    assert "A: 30 points below the others on average (adjusted p = .020); B: 20" in text
    none = of_headlines(gap_of(0.0, -0.1, 0.1), contrasts)
    alike = pd.concat([gap_of(0.05, -0.08, 0.1), gap_of(0.0, -0.1, 0.1).assign(measure="hedge")])
    assert of_headlines(alike, None).splitlines()[:2] == [
        "1. **Headlines and their texts are not shown to differ in alarm or hedging.**",
        "   - Alarm: 5% of headlines have a hit, and 10% of windows of their length in the text below "
        "have one (difference −5 percentage points, 95% interval −8 to 10).",
    ]
    assert "Outlets" not in none  # no headline has a hit: the outlets differ in their texts
    assert "No headline has a hit, and 10% of" in none
    tone = pd.DataFrame(
        {"headline": [-0.3], "text": -0.1, "estimate": -0.2, "low": -0.3, "high": -0.1}
    )
    dark = of_headlines(gap_of(0.3, 0.1, 0.35), None, tone).splitlines()[1]
    assert dark.startswith("1. **Headlines are darker than their texts.** The mean tone of head")
    assert "(difference −0.20, 95% interval −0.30 to −0.10; tone is" in dark
    unsure = of_headlines(gap_of(0.3, 0.1, 0.35), None, tone.assign(high=0.1))
    assert "Headlines and their texts are not shown to differ in tone" in unsure
    small = of_headlines(gap_of(0.091, -0.012, -0.003), None)
    assert "9.1% of headlines" in small and "95% interval −1.2 to −0.3)" in small


def test_what_a_paper_says_was_done_is_in_the_past_and_has_its_references():
    days = pd.date_range("2031-03-03", periods=70)
    scores = pd.DataFrame({"outlet": "A", "article": days.strftime("%d %m"), "date": days,
                           "role": "body", "words": 100, "hedge": [0, 1] * 35})  # fmt: skip
    sides = fr.compare_periods(scores, "2031-04-07", measures="hedge")
    course = fr.trend(scores, measures="hedge")
    trend = past.of_trend(scores, course, sides, by="outlet", freq="W", placebo="approx")
    assert "The model held 70 of 70 articles in 10 of 10 weeks with articles." in trend
    assert "35 articles before 7 April 2031, 35 after" in trend
    assert "(7 April 2031)" in trend and trend.endswith("Approximation served as a placebo.")
    for text in (trend, past.of_headlines(150), past.of_groups(groups_of())):
        assert not re.search(r"\b(is|are) (?!Wilson)", text.replace("does not", ""))
    assert past.of_groups(None) == ""


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
        "articles_before": 1200, "articles_after": 9,
    }  # fmt: skip
    trend = pd.DataFrame({"measure": "hedge", "period": [pd.Timestamp("2031-03-03")], "articles": 9,
                          "fitted": True, "method": ""})  # fmt: skip
    asked = ["hedge", "alarm", "tone", "boost"]
    assert of_trend(trend, pd.DataFrame(rows), asked).splitlines() == [
        "1. **The level of hedging is higher from 7 April 2031 on (9 articles, 1,200 before).** 2.00 per "
        "100 words, 1.00 before; 2.00 times as much (95% interval 1.40 to 2.90; adjusted p = .004).",
        "1. **No change in alarm or tone is shown from 7 April 2031 on (9 articles, 1,200 before).**",
        "   - Alarm: 0.55 per 100 words, 0.50 before; 1.10 times as much (95% interval 0.80 to 1.60; "
        "adjusted p = .500).",
        "   - Tone: −0.10 on VADER’s scale, −0.20 before; a difference of 0.10 (95% interval −0.01 to "
        "0.21; adjusted p = .120).",
        "1. **A change in boosters could not be tested from 7 April 2031 on: no p under 5 blocks a "
        "side.**",
    ]
    untested = pd.DataFrame(rows).assign(
        p=float("nan"), p_adjusted=float("nan"), note="too few articles"
    )
    assert len(of_trend(trend, untested, asked).splitlines()) == 1
    alone = of_trend(trend, pd.DataFrame(rows), ["approx"])
    assert "The level of approximation is higher" in alone and "p &lt; .001" not in alone
    assert alone.endswith("p = .001, exploratory).")


def contrasts_of(**columns):
    rows = {
        "measure": "hedge", "outlet_a": ["A", "A", "B"], "outlet_b": ["B", "C", "C"],
        "effect": [0.2, -0.9, 0.5], "low": [0.1, -0.5, 0.2], "p": [0.2, 0.01, 0.01],
        "p_adjusted": [0.3, 0.02, 0.02], "verdict": ["undecided", "different", "different"],
    }  # fmt: skip
    return pd.DataFrame(rows | columns)


def test_a_caption_says_which_rows_are_shown_and_only_what_holds_for_them():
    table = contrasts_of()
    whole = of_contrasts(table, 3)
    assert whole.startswith("The one confirmatory table of this report")
    assert "rows" not in whole
    assert "*undecided*" in whole and "*equivalent*" not in whole
    some = of_contrasts(table, 2)
    assert some.startswith(whole)
    assert some.endswith(
        " 2 of 3 rows, those with the smallest *p* and, if equal, the largest effect; all are in the "
        "saved tables."
    )
    assert "95% intervals; *effect*: in" in whole and "without an *adjusted" not in whole
    bare = of_contrasts(contrasts_of(low=float("nan"), effect=float("nan")), 3)
    assert "intervals" not in bare and "*effect*" not in bare
    recipe = contrasts_of(p_adjusted=[0.1, 0.2, float("nan")])
    assert "; a row without an *adjusted p* is exploratory." in of_contrasts(recipe, 3)
    rest = of_contrasts(contrasts_of(outlet_b="all others"), 3)
    assert "the first minus the mean of all others, in which each counts the same" in rest
    assert "the first minus the second" in whole
    nobody = contrasts_of(corrected=float("nan"), corrected_p_adjusted=float("nan"))
    assert "corrected" not in of_contrasts(nobody, 3)  # what was coded is of one side only
    both = of_contrasts(contrasts_of(corrected=0.1, corrected_p_adjusted=0.2), 3)
    assert "*corrected p* also for the errors" in both
    none = of_contrasts(contrasts_of(p=float("nan"), p_adjusted=float("nan"), verdict=""), 2)
    assert "confirmatory" not in none and "smallest" not in none
    assert "Nothing was tested. 2 of 3 rows, those with the largest effect;" in none


def test_the_clearest_rows_are_those_that_the_caption_names():
    assert fr.clearest(contrasts_of(), 1)["outlet_b"].tolist() == ["C"]
    assert fr.clearest(contrasts_of(), 1)["effect"].tolist() == [-0.9]
    untested = contrasts_of(p=float("nan"), low=[0.1, float("nan"), 0.2])
    assert fr.clearest(untested, 1)["effect"].tolist() == [0.5]  # -0.9 has no interval


def test_a_table_of_ratios_says_how_many_are_small_by_chance_only_if_some_are_left_out():
    model = contrasts_of(covariates="lead share", method="A model", note=["", "no model", ""])
    assert "A dash" not in of_model(model, 3)  # all have an interval
    model["low"] = [0.1, None, 0.2]
    assert "A dash" not in of_model(model.assign(p=[0.1, 0.9, 0.2]), 2)  # nor is the one shown
    assert of_model(model, 3) == (
        "One model of all outlets. A model. Held constant: lead share; what is left is the direct "
        "part. p is not corrected. A dash: no model."
    )
    grouped = "'leaning' is the same for all articles of an outlet: use framing.compare_groups"
    none = of_model(model.assign(low=None, note=grouped), 3)
    assert none.endswith("No intervals: 'leaning' is the same for all articles of an outlet: "
                         "compare groups of outlets.")  # fmt: skip
    many = pd.concat([model] * 100, ignore_index=True)
    assert "10 of 300 rows" in of_model(many, 10)
    some = many.assign(p=many["p"].where(many.index < 40))
    assert of_model(some, 10).endswith("of the 40 with a p about 2 would be below .05 by chance.")
    assert of_model(many.assign(p=None), 10).endswith("; none has a p.")


def test_each_p_of_a_grid_says_what_it_is():
    """One number is called the median: the joint p of the median t."""
    grid = pd.DataFrame({"p": [0.01, 0.2, 0.3], "p_clearest": 0.02, "p_median": 0.015})
    text = of_robustness(grid)
    assert text.count("median") == 1
    assert text.endswith("p = .020 of the clearest and p = .015 of the median.")
    assert of_robustness(grid.assign(p=float("nan"))).endswith(" Nothing was tested.")


def test_the_caption_says_which_p_of_its_rows_are_too_small():
    alike = "neighbouring events are alike (r = 0.58): p is too small"
    table = contrasts_of(note=["", f"no topic; {alike}", ""])
    said = " p is too small, since neighbouring events are alike: hedging of A and C (r = 0.58)."
    assert of_contrasts(table, 3).endswith(said)
    assert said in of_contrasts(table, 1)  # the row with the smallest p
    assert "too small" not in of_contrasts(table.assign(note=["", "", alike]), 1)


def test_why_a_pair_is_looked_at_is_true_of_it():
    """In tone, which is not among the comparisons, p may be smaller."""
    tested = fr.clearest(contrasts_of(), 1).iloc[0]
    assert of_pair(tested, ["hedge", "alarm"]).startswith(
        "A and C in hedging: of all comparisons of hedging and alarm, this one has the smallest p. "
    )
    untested = fr.clearest(contrasts_of(p=float("nan")), 1).iloc[0]
    assert "has the largest effect (in standard deviations; nothing was tested)." in of_pair(
        untested, ["hedge"]
    )


def findings_of(rows):
    columns = ["measure", "finding", "detail", "missed", "tested", "different", "any_size"]
    filled = [[name, *cells, ""][: len(columns)] for name, cells in rows.items()]
    return pd.DataFrame(filled, columns=columns)


def test_what_holds_for_several_measures_stands_once():
    """A line for each measure below it; what could be missed is one sentence at the end."""
    none = "No difference in {} was found after correction"
    rows = {
        "hedge": [none.format("hedging"), "Hedging is X", "a ratio under 1", 3, 0, "for B"],
        "alarm": ["A uses alarm words", "Alarm is Y", "", 3, 1],
        "boost": [none.format("boosters"), "Boosters are Z", "a ratio under 2", 3, 0],
        "tone": [none.format("tone"), "", "a ratio under 1", 3, 0],
    }
    assert of_findings(findings_of(rows)).splitlines() == [
        "1. **No difference in hedging, boosters or tone was found after correction**",
        "   - Hedging is X",
        "   - Boosters are Z",
        "1. **Alarm.** A uses alarm words Alarm is Y",
        "1. **What could be missed.** Four of five such samples would show a difference of this size in "
        "the least certain comparison, and fewer would show a smaller one: in hedging and tone, a ratio "
        "under 1; in boosters, a ratio under 2\\. One of any size would be missed in hedging, for B\\.",
    ]
    few = {
        name: [f"Differences in {name} could not be tested", f"{name} is X", ANY_SIZE, 0, 0]
        for name in ("care", "e")  # a name that is a letter of the sentence
    }
    assert of_findings(findings_of(few)).splitlines() == [
        "1. **Differences in care and e could not be tested**",
        "   - care is X",
        "   - e is X",
        "1. **What could be missed.** One of any size would be missed in care and e\\.",
    ]


def test_what_was_held_constant_stands_once():
    """Also in the middle of a sentence, and not where the first finding does not have it."""
    where = "on the same events"
    none = f"No difference in {{}} was found {where} after correction; by chance."
    rows = {
        "care": ["Differences in care are exploratory.", "", "", 3, 0],
        "hedge": [f"{where.capitalize()}, A hedges 2 times as often.", f"B is {where}.", "", 3, 1],
        "alarm": [f"{where.capitalize()}, B uses alarm words.", "", "", 3, 1],
        "boost": [none.format("boosters"), "", "", 3, 0],
    }
    assert of_findings(findings_of(rows)).splitlines()[1:] == [
        "1. **Hedging.** On the same events, A hedges 2 times as often\\. B is on the same events\\.",
        "1. **Alarm.** B uses alarm words\\.",
        "1. **No difference in boosters was found after correction; by chance\\.**",
    ]


def groups_of(**columns):
    rows = {
        "measure": ["hedge", "tone"], "group_a": "left", "group_b": "right", "estimate": [-0.5, 0.1],
        "low": [-0.8, -0.1], "high": [-0.2, 0.2], "p": [0.01, 0.4], "p_adjusted": [0.02, 0.4],
        "outlets_a": 5, "outlets_b": 6, "note": "",
    }  # fmt: skip
    return pd.DataFrame(rows | columns)


def test_groups_are_named_with_size_and_interval_and_those_that_do_not_differ_too():
    assert of_groups(None) == ""
    units = " The units are outlets, not articles."
    assert of_groups(groups_of()) == (
        "**The outlets in the group “right” are 0.50 per 100 words above those in “left” in hedging "
        f"(95% interval 0.20 to 0.80; adjusted p = .020).** Not shown to differ: tone.{units}"
    )
    note = "in no group: Post; without articles: 'Sun'"
    same = of_groups(groups_of(p_adjusted=0.4, low=-0.8, high=0.3, note=note))
    assert same == (
        "**No difference between groups of outlets (left and right) was found after correction.** "
        "The clearest, which may be chance: in hedging the difference “left” − “right” is −0.50 per "
        f"100 words (95% interval −0.80 to 0.30; adjusted p = .400). In no group: Post. "
        f"Without articles: 'Sun'.{units}"
    )
    few = "4 of 9 outlets of left have under 3 articles and count as much as the others"
    assert of_groups(groups_of(note=f"{few}; {note}")).endswith(
        f"{few}. In no group: Post. Without articles: 'Sun'. The units are outlets, not articles."
    )
    within = groups_of(p_adjusted=0.4, method="Within events, means of outlets")
    assert "(left and right) was found on the same events after correction" in of_groups(within)
    assert " were compared on the same events, with outlets" in past.of_groups(within)
    twice = "3 articles of left repeat another one of it word for word"
    assert f" {twice}. The units" in of_groups(groups_of(note=twice))
    small = groups_of(group_a="center", p=None, p_adjusted=None, note="no p under 4 outlets a side")
    three = of_groups(pd.concat([groups_of(p_adjusted=0.4), small, small.assign(group_b="left")]))
    assert "between groups of outlets (left and right) was found" in three
    untested = "Not tested: center and right; center and left. Fewer than 4 outlets are on a side."
    assert untested in three
    assert untested in of_groups(pd.concat([groups_of(), small, small.assign(group_b="left")]))
    assert past.of_groups(pd.concat([groups_of(), small])).endswith(
        "Not tested, for too few outlets: center and right."
    )
    few = of_groups(groups_of(p_adjusted=float("nan"), note="no p under 4 outlets a side"))
    assert "could not be tested.** Fewer than 4 outlets are on a side." in few


def test_groups_are_the_first_finding_and_in_the_line_below_the_title():
    found = findings_of({"hedge": ["A hedges.", "Much.", "", 1, 1]})
    lines = of_findings(found, groups_of()).splitlines()
    assert (
        lines[0].startswith("1. **The outlets in the group “right” are")
        and lines[1] == "1. **Hedging.** A hedges\\. Much\\."
    )
    missed = findings_of({"hedge": ["A hedges.", "", "at least 2.0", 1, 0]})
    assert "What could be missed" in of_findings(missed)
    assert "What could be missed" not in of_findings(missed, groups_of())  # of outlets, not groups
    lines = of_headlines(gap_of(0.3, 0.1, 0.35), None, groups=groups_of(p_adjusted=[0.02, 0.3]))
    assert lines.splitlines()[0] == (
        "1. **The outlets in the group “right” are 50.00 percentage points above those in “left” in "
        "hedging in the gap between headlines and texts (95% interval 20.00 to 80.00; adjusted p = "
        ".020).** Not shown to differ: tone. The units are outlets, not articles."
    )
    scores = pd.DataFrame({"outlet": ["A", "B"], "article": ["1", "2"], "words": 100,
                           "copy_of": ["", "1"]})  # fmt: skip
    days = pd.DataFrame({"article": ["1", "2"], "date": pd.to_datetime(["2031-03-03"] * 2)})
    corpus = fr.load_example()
    corpus = corpus._replace(articles=days, paragraphs=corpus.paragraphs[:0])
    line = fr.scope(corpus, scores, groups=groups_of())
    assert line.startswith("left (5 outlets) against right (6 outlets); 2 outlets, 2 articles")
    assert "1 article left out of the comparison as copies." in line
    assert "left (5 outlets) and right (6 outlets)" in past.of_groups(groups_of())
    assert past.of_groups(groups_of(p=float("nan"))).endswith("were described, not tested.")


def test_captions_name_only_what_is_drawn():
    """The median of eleven articles is drawn from 22 articles on, a dashed line where a day is."""
    few = pd.DataFrame({"measure": ["hedge"] * 13})
    assert "the line" not in of_articles(few)
    assert "the line: the median of the 11" in of_articles(pd.concat([few, few]))
    trend = pd.DataFrame({"measure": "hedge", "fitted": [True, True], "period": [1, 2], "method": "Levels by week",
                          "level": 1.0, "low": 0.5, "high": 1.9})  # fmt: skip
    assert of_course(trend, []).startswith("Levels of hedging with outlets held constant, with 95%")
    assert of_course(trend, []).endswith("Bars: articles.")
    assert "with 95% intervals" in of_course(trend, [])
    assert "run on, to at most 4.7." in of_course(trend.assign(high=[1.9, 4.71]), [])
    some = of_course(trend.assign(low=[None, 0.5], high=[None, 1.9]), [])
    assert "with 95% intervals" in some
    assert "No interval: fewer than 5 events with such a cue in a week." in some
    assert "with 95%" not in of_course(trend.assign(low=None, high=float("nan")), [])
    assert of_course(trend, ["2031-04-07"]).endswith("Dashed: the planned days.")
    assert "Hollow" in of_course(trend.assign(fitted=[True, False]), [])
    long = pd.DataFrame({"measure": "hedge", "fitted": False, "period": range(81), "method": "Levels by week",
                         "level": 1.0, "low": None, "high": float("nan")})  # fmt: skip
    assert "Not drawn: weeks with too few articles" in of_course(long, [])
    levels = pd.DataFrame({"measure": ["hedge", "tone"], "outlet": "A", "low": [0.1, None]})
    contrasts = contrasts_of(measure=["hedge", "tone", "tone"], p_adjusted=[0.3, 0.2, 0.01])
    assert of_levels(levels, contrasts, ["hedge"]) == (
        "Levels: means over articles with 95% intervals, sorted by hedging. "
        "Dashed line: the mean of all outlets, each counting the same. "
        "The tests are of differences, not of these levels."
    )
    both = of_levels(levels, contrasts, ["hedge", "tone"])
    assert "(no line: too few hits)" in both and "Filled: differs" in both
    leanings = of_levels(levels.rename(columns={"outlet": "leaning"}), None, ["tone"])
    assert "(no line: too few hits or outlets)" in leanings and "mean of all groups" in leanings
    within = contrasts.assign(method="Within events, 9 sign flips")
    assert "differences on the same events, not of these levels." in of_levels(
        levels, within, ["hedge"]
    )
    untested = contrasts.assign(p=float("nan"), p_adjusted=float("nan"))
    assert of_levels(levels, untested, ["hedge"]).endswith("Differences were not tested.")
    assert "ested" not in of_levels(levels, None, ["hedge", "tone"])
    assert "of the 20 of 21 outlets" in of_overview(21, 20) and "outlets" not in of_overview(20, 20)
    gaps = pd.DataFrame({"zone": ["headline", "lead"], "articles": [10, 9]})
    assert "Hollow" not in of_gaps(gaps) and "Hollow" in of_gaps(gaps, zone="lead")
    shares = pd.DataFrame({"zone": 0, "measure": 0, "outlet": ["A", "B"], "own_voice": [None, 0.5]})
    shares = shares.assign(method="Wilson's interval over articles")
    grouped = shares.rename(columns={shares.columns[2]: "leaning"})
    grouped = grouped.assign(method="Student's interval over outlets")
    assert of_shares(grouped, 2).endswith(" outlets of each leaning: each outlet counts the same.")
    assert "Means over" not in of_shares(shares, 2)
    assert "Own voice" in of_shares(shares, 2) and "Own voice" not in of_shares(shares[:1], 2)
    assert "1 of 2 outlets" in of_shares(shares[:1], 2) and " 2 of 2" not in of_shares(shares, 2)
    alike = contrasts.assign(p_adjusted=0.2)
    assert "Hollow: no difference shown" in of_ratios(contrasts, None)
    assert "Hollow" not in of_ratios(alike, None) + of_levels(levels, alike, ["hedge", "tone"])
    part = contrasts.assign(p_adjusted=[0.01, 0.2, 0.01], corrected=[0.1, 0.1, None])
    part["corrected_p_adjusted"] = [0.03, 0.2, None]
    hollow = "Hollow: no difference shown, not tested or not to be corrected (of tone)."
    assert f"also after correction by the coding). {hollow}" in of_ratios(part, None)
    back = contrasts.assign(corrected=0.1, corrected_p_adjusted=0.4)  # no mark is filled
    assert "Hollow" not in of_ratios(back, None) + of_levels(levels, back, ["hedge", "tone"])
    assert "faint dot" in of_ratios(alike, alike) and "dot" not in of_ratios(alike, None)


def test_two_prints_of_an_agency_go_back_to_a_common_source():
    pairs = pd.DataFrame({"article_a": ["a", "b"], "direction": ["common source", "b → c"]})
    aligned = pd.DataFrame({"paragraphs_a": [[1]], "paragraphs_b": [[1]], "score": 1.0,
                            "kind": "kept"})  # fmt: skip
    assert of_versions(pairs, aligned).endswith(
        "by credits and dates: 1 in which the first version was there first, 1 with a common source."
    )


def test_the_tone_of_an_article_has_a_minus_sign():
    scores = pd.DataFrame({"role": "body", "words": [100], "hedge": 1, "tone": -0.14})
    about = pd.Series({"title": "T", "outlet": "A", "date": pd.NaT})
    quoted = of_article(scores, pd.Series({**about, "title": "The “option”"}), ["hedge"])
    assert quoted.startswith("*“The ‘option’”, outlet A, date unknown*")
    text = of_article(scores, about, ["hedge"])
    assert "paragraph is −0.14 on a scale from −1 to 1" in text


def test_examples_of_what_is_counted_are_entries_of_the_dictionary():
    """Trade words called alarm had "(fear, warn, risk)" behind them."""
    built_in = fr.load_lexicon()
    measures = ["hedge", "alarm", "boost", "tone"]
    assert of_words(measures, built_in) == (
        "hedging (*may, likely, reportedly*), alarm (*fear, warn, risk*), "
        "boosters (*clearly, certainly*) and tone"
    )
    words = ["trade", "tariff*", "customs", "quota"]
    own = fr.Lexicon(pd.DataFrame({"category": ["alarm"] * 4, "entry": words}))
    text = of_words(["alarm", "hedge"], own)
    assert text == "alarm (*trade, tariff\\*, customs*) and hedging"
    for name, known in _KNOWN.items():
        found = fr.find_cues(pd.DataFrame({"text": [word.capitalize() for word in known]}))
        assert set(found["category"]) <= set(built_in.indices[name].categories)


def test_a_level_that_is_the_same_everywhere_has_no_ends():
    """All were 0, and one of them was the highest and another one the lowest."""
    series = pd.DataFrame({"measure": "hedge", "period": pd.date_range("2031-04-07", periods=3)})
    series = series.assign(level=[0.0, 1e-17, -1e-17], fitted=True, low=0.0)
    assert course._ends(series) == "**Hedging:** 0.00 per 100 words in every period."
    levels = pd.DataFrame({"measure": "hedge", "outlet": ["A", "B"], "mean": 0.0, "articles": 9})
    assert fr.extremes(levels, "hedge") == ["A"]
    assert fr.extremes(levels.assign(mean=[0.1, 0.2]), "hedge") == ["B", "A"]
    three = pd.DataFrame(
        {"outlet": list("ABCD"), "mean": [0, 3.0, 2.0, 0], "articles": [20, 2, 20, 20]}
    )
    three.insert(0, "measure", "hedge")
    assert fr.extremes(three, "hedge") == ["C", "D"]
    said = "C (highest with 10 articles or more in hedging) and D (lowest): of their"
    assert of_examples(three, "hedge", ["hedge"]).startswith(said)
    with pytest.raises(ValueError, match="no measure 'hedging'"):
        fr.extremes(levels, "hedging")


def test_a_model_that_was_not_fitted_holds_nothing_constant():
    ratios = pd.DataFrame(
        {"covariates": [""], "method": "", "low": float("nan"), "note": "no hits"}
    )
    assert of_model(ratios, 5) == "No model could be fitted. No intervals: no hits."


def test_outlets_that_share_many_articles_are_named_with_their_numbers():
    """Three of A's ten articles and all of B's three are copies; C's one of twenty is few."""
    names = [f"{outlet}{k}" for outlet, n in (("A", 10), ("B", 3), ("C", 20)) for k in range(n)]
    scores = pd.DataFrame({"article": names, "outlet": [name[0] for name in names]})
    rows = [("0", "A0"), ("0", "B0"), ("1", "A1"), ("1", "B1"), ("2", "A2"), ("2", "B2"), ("2", "C0"),
            ("3", "A3"), ("3", "A4")]  # fmt: skip
    clusters = pd.DataFrame(rows, columns=["cluster", "article"])
    clusters = clusters.assign(outlet=clusters["article"].str[0])
    copies = Copies(pd.DataFrame(), clusters, pd.DataFrame(), pd.DataFrame())
    said = "3 of 3 articles of B and 3 of 10 of A "
    assert of_shared(copies, scores).startswith(f"{said}are copies, or were copied,")
    assert past.of_copies(copies, scores).startswith(f"{said}shared their words with another")
    none = Copies(pd.DataFrame(), clusters[-2:], pd.DataFrame(), pd.DataFrame())
    assert of_shared(none, scores) == "" == past.of_copies(none, scores)
    assert ", in 4 clusters, 3 of them of several outlets. A" in of_copies(copies)
    one = copies.clusters[copies.clusters["cluster"] == copies.clusters["cluster"].iloc[0]]
    assert ", in 1 cluster of several outlets. A" in of_copies(copies._replace(clusters=one))
