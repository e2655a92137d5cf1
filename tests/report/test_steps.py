"""The sentences for the box of methods say what the table of contrasts rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.stats.differences import at_least
from framing.stats.sides import OTHERS
from tests.made import made_scores


def test_what_was_tested_is_counted():
    """Three outlets: A and B share 12 events, C has 5 of them; nine confirmatory, three exploratory."""
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.5}, events=12)
    few = scores[(scores["outlet"] != "C") | scores["event"].isin([f"e{k}" for k in range(5)])]
    table = fr.compare(
        few, match="event", measures=["hedge", "alarm", "boost", "cond"], n_resamples=99
    )
    said = fr.steps(table)
    assert said.startswith("Within events: ")
    assert "Events that both cover: 5 to 12. " in said
    assert "Confirmatory: 3 tests of hedging, alarm, boosters in 9 comparisons" in said
    assert "1 test of other measures, exploratory" in said
    assert "8 comparisons without a p: fewer than 6 events." in said
    sizes = table.loc[table["measure"] == "hedge", "detectable"].dropna()
    assert f"hedging {at_least('hedge', sizes.median())}" in said


def test_of_a_part_of_the_table_the_steps_say_so():
    """One measure of four, and one group of outlets against another of three."""
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.5}, events=12)
    table = fr.compare(scores, measures=["hedge", "alarm", "boost"], n_resamples=99)
    assert "Confirmatory: 9 tests of hedging, alarm, boosters in 9" in fr.steps(table)
    part = fr.steps(table[table["measure"] == "hedge"])
    assert "Confirmatory: 3 of 9 tests, of hedging (the others are not in this table) in" in part
    other = fr.compare(scores, match="event", n_resamples=99)
    for rows in (table[:0], pd.concat([table, other])):
        with pytest.raises(ValueError, match=rf"one comparison, got .* in {len(rows)} rows"):
            fr.steps(rows)
    many = made_scores(dict.fromkeys("ABCDEFGHIJKL", 1.0), events=6)
    leaning = dict(zip("ABCDEFGHIJKL", "xxxxyyyyzzzz", strict=True))
    groups = fr.compare_groups(many, leaning, measures="hedge", n_resamples=99)
    assert "Confirmatory: 1 of 3 tests, of hedging (the others" in fr.steps(groups[:1])


def test_too_few_cues_are_said():
    table = fr.compare(
        made_scores({"A": 0.0, "B": 0.0}, events=12), measures="boost", n_resamples=99
    )
    assert fr.steps(table).endswith("Cues are too few to say which ratio would be found.")
    assert "Articles a side: 12." in fr.steps(table)


def test_what_would_be_found_is_said_of_what_was_asked():
    """Of exploratory measures without a correction, of tone as a difference, of no test nothing."""
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.5}, events=12)
    explored = fr.compare(scores, measures="cond", n_resamples=99)
    sizes = explored["detectable"]
    middle, low = (at_least("cond", size) for size in (sizes.median(), sizes.min()))
    said = f"such samples: {fr.label('cond')} {middle} ({low} to"
    assert said in fr.steps(explored)
    tone = fr.compare(scores, measures="tone", n_resamples=99)
    sizes = tone["detectable"].agg(["median", "min", "max"])
    middle, low, high = (at_least("tone", size) for size in sizes)
    assert fr.steps(tone).endswith(
        "Found in 80% of such samples, after correction: a difference in tone of "
        f"{middle} ({low} to {high})."
    )
    grouped = scores.assign(leaning=scores["outlet"].map({"A": "x", "B": "x", "C": "y"}))
    said = fr.steps(fr.compare(grouped, by="leaning", n_resamples=99))
    assert said.endswith("the units are outlets, which framing.compare_groups compares.")
    assert "few" not in said and "flipped" not in said and "Articles a side" in said


def test_what_would_be_found_is_that_of_the_findings():
    """Of comparisons with a p alone, and with how many would find nothing of any size."""
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.5}, events=12)
    table = fr.compare(scores, measures="hedge", n_resamples=99)
    table["detectable"], table["detectable_below"] = [1.4, 2.0, np.nan], [0.7, 0.5, np.nan]
    table["p_adjusted"] = 0.5
    assert "correction: hedging 1.7 (1.4 to 2.0; none in 1 of 3 comp" in fr.steps(table)
    found = fr.findings(table, fr.levels(scores))
    assert found["missed"][0] == ("A at least 2.0 or at most 0.50 times as often as another")
    assert found["any_size"][0].startswith("in 1 of 3 comparisons")
    table["p"] = [0.5, np.nan, 0.5]
    assert "correction: hedging 1.4 (none in 1 of 2 comparisons)." in fr.steps(table)
    assert fr.findings(table, fr.levels(scores))["missed"][0].startswith("A at least 1.4 or")
    none = pd.concat([table, table.assign(measure="boost", detectable=np.nan)])
    assert fr.steps(none).endswith(" comparisons), boosters none.")
    assert "Ratios above 1 found in 80% of such samples" in fr.steps(none)


def test_only_tests_are_named_that_a_confirmatory_p_is_from():
    """A mid-p of an exploratory category alone is not one of the paper."""
    corpus, scores, _ = fr.open_study("strait")
    table = fr.compare(scores, match="event", n_resamples=99)
    joint = table["p_adjusted"].notna()
    few = "under 5 events of a side have a hit: p of how many have one, no interval"
    logs = "few hits on one side: p from the log ratio"
    sides = table["measure"].eq("boost") & joint

    def said(note: str, rows: pd.Series) -> list[str]:
        noted = table.assign(note=table["note"].mask(~joint, "exploratory").mask(rows, note))
        paper = fr.methods(corpus, scores, contrasts=noted, style="paper")
        return [str(paper), fr.steps(noted)]

    for text in said(few, ~joint) + said(logs, ~joint):
        assert "mid-" not in text and "logarithm" not in text
    paper, box = said(few, sides)
    unlike = (
        "Where one side had under 40 articles and the other three times as many or more, or under "
        "40 events with a hit and the other more than twice as many, P values"
    )
    assert (
        f"{unlike} of rates came from how many had a hit, where fewer than 5 events of a side had one (mid-P"
        in paper
    )
    assert "far fewer hits (note), the mid-p of how many have a hit where under 5 of" in box
    others = table.assign(outlet_b=OTHERS, note=table["note"].mask(sides, logs))
    text = str(fr.methods(corpus, scores, contrasts=others, style="paper"))
    assert "Where one side had more than twice as many articles, or articles with a hit, P" in text
    assert "logarithm" not in paper + box


def test_nothing_is_called_adjusted_where_nothing_was_tested():
    """Four articles a side."""
    few = fr.compare(made_scores({"A": 2.0, "B": 1.0}, events=4), n_resamples=99)
    said = fr.steps(few)
    assert "without a p: fewer than 10 articles on a side." in said
    assert "Confirmatory" not in said and "adjusted" not in said


def test_groups_of_outlets_have_sentences_of_their_own():
    scores = made_scores(dict.fromkeys("ABCDEFGHI", 1.0), events=6)
    leaning = {name: "left" if name < "E" else "right" for name in "ABCDEFGHI"}
    said = fr.steps(fr.compare_groups(scores, leaning, measures=["hedge", "cond"], match="event"))
    assert said.startswith("Groups of outlets, with outlets as the units. Within events, means of")
    assert "Outlets a side: 4 to 5. Confirmatory: 1 test of hedging, p adjusted" in said
    with pytest.raises(
        ValueError, match=r"steps needs a table of framing\.compare or .*share_zero"
    ):
        fr.steps(fr.levels(scores))


@pytest.mark.parametrize(("n", "said"), [(999, False), (1999, True)])
def test_how_many_patterns_a_p_above_a_tenth_is_of_is_said_where_they_are_fewer(n, said):
    scores = made_scores({"A": 2.0, "B": 2.0}, events=14)
    table = fr.compare(scores, measures="hedge", n_resamples=n)
    assert f"{n:,} random ones if there are more" in fr.steps(table)
    assert ("; 999 for a p above .1)" in fr.steps(table)) == said
