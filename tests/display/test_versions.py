from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from framing.display.past import of_rewrite
from framing.display.versions import of_two

STORIES = [
    "The tanker left Dovek at dawn.",
    "The tanker left Dovek at noon.",
    "Snow fell on hills.",
]


def two(a: int, b: int) -> tuple[fr.Versions, pd.DataFrame, fr.Shifts]:
    """Two stories by their ids, too short to be found as versions of each other."""
    names = ["x", "y", "z"]
    table = pd.DataFrame({"article": names, "outlet": ["X", "Y", "Z"], "text": STORIES})
    given = {"source": names[a], "copy": names[b]}
    found = fr.align_versions(table, fr.find_copies(table), **given)
    return found, table, fr.shifts(found.aligned)


def test_two_articles_that_share_nothing_are_no_versions():
    found, table, shifts = two(0, 2)
    with pytest.raises(ValueError, match="articles 'x' and 'z' share no paragraph"):
        of_two(found.pairs, table, shifts)


def test_versions_that_were_given_were_not_found():
    found, table, shifts = two(0, 1)
    assert "1 pair of articles, 1 pair of paragraphs" in of_two(found.pairs, table, shifts)
    assert "(1 pair of articles) were given, and their" in of_rewrite(found.pairs, shifts, 1)
