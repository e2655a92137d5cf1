"""How differences between outlets are said."""

from __future__ import annotations

import pandas as pd

from framing.stats.differences import why_untested


def test_a_reason_that_some_comparisons_have_is_not_said_of_all():
    notes = pd.DataFrame({"note": ["underpowered: too few hits", ""], "p": None})
    assert why_untested(notes) == "too few hits (1)"
    assert why_untested(notes.head(1)) == "too few hits"
    assert why_untested(notes.tail(1)) == why_untested(notes.head(0)) == ""
