"""Passages that recur in an outlet, by the benchmark in small."""

from __future__ import annotations

from tests.benchmarks.recurring import STORIES, compared, corpus, newsroom


def test_passages_that_recur_go_and_no_paragraph_of_one_article_does():
    left, lost = compared(*corpus(720))
    assert left[["about", "form", "gallery, together"]].sum(axis=1).max() < 300
    share = _share(lost)
    assert share[["alone", "agency", "reprint", "version"]].tolist() == [0, 0, 0, 0]
    assert share[["about", "form"]].min() > 0.98
    assert share["gallery, apart"] > 0.5  # the others stand in two articles only


def test_the_same_in_a_world_made_in_another_way():
    left, lost = compared(*newsroom(480, seed=4))
    assert left["share"].median() < 0.02
    share = _share(lost)
    assert share[share.index.isin(STORIES - {"update"})].max() == 0
    assert share["update"] < 0.02
    assert share[["app", "appeal", "policy"]].min() > 0.9


def _share(lost):
    lost = lost.set_index("kind")
    return lost["taken for recurring"] / lost["paragraphs"]
