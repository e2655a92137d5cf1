"""How differences between outlets are said."""

from __future__ import annotations

import pandas as pd

from framing.stats.differences import at_least, why_untested


def test_sizes_that_would_be_found_are_rounded_up_and_have_as_many_digits_as_matter():
    said = {
        0.031: "0.04",
        1.0901: "1.10",
        1.1: "1.1",
        1.11: "1.2",
        9.91: "10.0",
        10.0: "10",
        10.1: "11",
    }
    assert {size: at_least("hedge", size) for size in said} == said
    assert at_least("tone", 1.11) == "1.11"


def test_a_reason_that_some_comparisons_have_is_not_said_of_all():
    notes = pd.DataFrame({"note": ["underpowered: too few hits", ""], "p": None})
    assert why_untested(notes) == "too few hits (1)"
    both = notes.assign(note=[notes["note"][0], "no p under 10 articles a side"])
    assert why_untested(both) == "fewer than 10 articles on a side (1), too few hits (1)"
    assert why_untested(notes.head(1)) == "too few hits"
    assert why_untested(notes.tail(1)) == why_untested(notes.head(0)) == ""
