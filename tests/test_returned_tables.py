"""Tables that are returned: in an order of their own, and numbered from 0."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import framing as fr

GROUPS = {"Daily Clarion": "x", "Meridian Wire": "x", "The Standard Review": "y"}
CALLS: dict[str, Any] = {
    "levels": lambda t: fr.levels(t.scores),
    "headline_tone": lambda t: fr.headline_tone(t.scores),
    "article_levels": lambda t: fr.article_levels(t.scores, t.articles),
    "compare": lambda t: fr.compare(t.scores, n_resamples=99),
    "compare events": lambda t: fr.compare(t.scores, match="event", against="rest", n_resamples=99),
    "compare_groups": lambda t: fr.compare_groups(t.scores, GROUPS, n_resamples=99),
    "rate_ratios": lambda t: fr.rate_ratios(t.scores),
    "robustness": lambda t: fr.robustness(
        t.scores, t.cues, outlet_a="Daily Clarion", disputed="concern*", n_resamples=99
    ),
    "event_pairs": lambda t: fr.event_pairs(t.scores),
    "positions": lambda t: fr.positions(t.scores),
    "trend": lambda t: fr.trend(t.scores, min_articles=0),
    "compare_periods": lambda t: fr.compare_periods(t.scores, "2031-04-10", min_articles=0),
    "headline_gaps": lambda t: fr.headline_gaps(t.scores, t.cues),
    "headlines": lambda t: fr.headlines(t.gaps),
    "compare_headlines": lambda t: fr.compare_headlines(t.gaps, n_resamples=99),
    "headline_groups": lambda t: fr.headline_groups(t.gaps, GROUPS, n_resamples=99),
    "attribution": lambda t: fr.attribution(t.cues, t.scores),
    "breakdown": lambda t: fr.breakdown(t.cues, t.scores),
    "context": lambda t: fr.context(t.cues, t.paragraphs),
    "keyness": lambda t: fr.keyness(t.scores, n_resamples=19),
    "overlap": lambda t: fr.overlap(t.cues),
    "find_events": lambda t: fr.find_events(t.articles, paragraphs=t.paragraphs),
    "pairs of copies": lambda t: t.copies.pairs,
    "clusters": lambda t: t.copies.clusters,
    "articles of copies": lambda t: t.copies.articles,
    "compare_copies": lambda t: fr.compare_copies(
        t.scores, t.copies, measures=["hedge"], n_resamples=99
    ),
    "versions": lambda t: fr.align_versions(t.paragraphs, t.copies).pairs,
    "aligned": lambda t: fr.align_versions(t.paragraphs, t.copies).aligned,
}


class Tables:
    """The example; if ``turned``, last row first and every row with an odd number."""

    def __init__(self, strait: Any, scores: pd.DataFrame, cues: pd.DataFrame, turned: bool) -> None:
        given = {"paragraphs": strait.paragraphs, "articles": strait.articles}
        given |= {"scores": scores, "cues": cues, "gaps": fr.headline_gaps(scores, cues)}
        for name, table in given.items():
            numbered = table[::-1].set_axis(range(1, 2 * len(table), 2))
            setattr(self, name, numbered if turned else table)
        self.copies = fr.find_copies(self.paragraphs)


@pytest.fixture(scope="module")
def tables(strait, strait_scores, strait_cues) -> list[Tables]:
    return [Tables(strait, strait_scores, strait_cues, turned) for turned in (False, True)]


@pytest.mark.parametrize("name", CALLS)
def test_order_and_numbers_of_the_rows_that_are_given_do_not_matter(tables, name):
    plain, turned = (CALLS[name](given) for given in tables)
    assert len(plain) and plain.index.tolist() == list(range(len(plain)))
    pd.testing.assert_frame_equal(turned, plain, check_exact=True)
