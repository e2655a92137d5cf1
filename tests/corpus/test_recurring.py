"""Passages that recur in an outlet, by the benchmark in small."""

from __future__ import annotations

from tests.benchmarks.recurring import compared, corpus


def test_passages_that_recur_go_and_no_paragraph_of_one_article_does():
    """Galleries without marks between their captions are not judged here: those that grow stay."""
    left, lost = compared(*corpus(720))
    assert left[["about", "form", "gallery, together"]].sum(axis=1).max() < 300
    lost = lost.set_index("kind")
    share = lost["taken for recurring"] / lost["paragraphs"]
    assert share[["alone", "agency", "reprint"]].tolist() == [0, 0, 0]
    assert share[["about", "form"]].min() > 0.98
    assert share["gallery, apart"] > 0.5  # the others stand in two articles only
    assert share["version"] < 0.15
