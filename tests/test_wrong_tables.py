"""A table in the place of another is an error that says so, not one from deep inside."""

from __future__ import annotations

import inspect
import traceback
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from tests.made import made_scores

CALLS = {
    "align_versions": lambda t: fr.align_versions(t.scores, t.scores),
    "attribution": lambda t: fr.attribution(t.scores, t.cues),
    "balance": lambda t: fr.balance(t.scores),
    "breakdown": lambda t: fr.breakdown(t.scores, t.cues),
    "compare": lambda t: fr.compare(t.levels),
    "compare_copies": lambda t: fr.compare_copies(t.scores, t.scores, measures="hedge"),
    "compare_groups": lambda t: fr.compare_groups({"A": "x"}, t.scores),
    "compare_headlines": lambda t: fr.compare_headlines(t.scores),
    "compare_periods": lambda t: fr.compare_periods("2031-04-01", t.scores),
    "examples": lambda t: fr.examples(t.contrasts),
    "extremes": lambda t: fr.extremes(t.contrasts, "hedge"),
    "findings": lambda t: fr.findings(t.levels, t.contrasts),
    "headline_gaps": lambda t: fr.headline_gaps(t.cues, t.scores),
    "list_hits": lambda t: fr.list_hits(t.scores),
    "mark_copies": lambda t: fr.mark_copies(t.scores, t.scores),
    "methods, contrasts": lambda t: fr.methods(t.corpus, t.texts, contrasts=t.levels),
    "methods, cues": lambda t: fr.methods(t.corpus, t.texts, cues=t.levels),
    "overlap": lambda t: fr.overlap(t.scores),
    "positions": lambda t: fr.positions(t.levels),
    "robustness": lambda t: fr.robustness(t.cues, t.scores),
    "save_tables": lambda t: fr.save_tables(t.levels),
    "scope, contrasts": lambda t: fr.scope(t.corpus, t.texts, t.levels),
    "scope, groups": lambda t: fr.scope(t.corpus, t.texts, groups=t.levels),
    "validity": lambda t: fr.validity(t.scores, t.cues),
    **{
        name: lambda t, name=name: getattr(fr, name)(t.contrasts)
        for name in fr.__all__
        if name.startswith("plot_") and name not in ("plot_contrasts", "plot_matrix", "plot_ratios")
    },
    "plot_matrix": lambda t: fr.plot_matrix(t.levels),
    "plot_contrasts": lambda t: fr.plot_contrasts(t.levels),
    "plot_ratios": lambda t: fr.plot_ratios(t.levels),
}


class Tables:
    """Scores, and what is made of them."""

    corpus = fr.load_example()
    texts = fr.score(corpus.paragraphs)
    cues = fr.find_cues(texts)
    gaps = fr.headline_gaps(texts, cues)
    scores = made_scores({"A": 2.0, "B": 1.0}, events=6)
    levels = fr.levels(scores)
    contrasts = fr.compare(scores, n_resamples=9)


@pytest.mark.parametrize("name", CALLS)
def test_a_table_in_the_place_of_another_is_an_error_of_our_own(name):
    with pytest.raises((ValueError, TypeError)) as caught:
        CALLS[name](Tables)
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert Path(last.filename).is_relative_to(Path(fr.__file__).parent), last


# A first argument of another kind: none of these takes a dict, and only some take a text.
DOORS = [
    name
    for name, door in ((name, getattr(fr, name)) for name in fr.__all__)
    if name not in ("label", "use_style", "compare_groups", "load_example")
    and (inspect.isfunction(door) or name == "Lexicon")
]
SECOND = {
    "contrasts": None, "measures": "hedge", "measure": "hedge", "paths": [], "levels": Tables.levels,
    "articles": Tables.corpus.articles, "cues": Tables.cues, "out": "x.pdf", "word": "could",
}  # fmt: skip


@pytest.mark.parametrize("value", [{"a": 1}, ["a"], None, pd.Series(["a"]), 3], ids=repr)
@pytest.mark.parametrize("name", DOORS)
def test_what_is_of_another_kind_is_an_error_at_the_door(name, value):
    """`fr.Lexicon({...})` was an AttributeError from deep inside."""
    door = getattr(fr, name)
    others = list(inspect.signature(door).parameters.values())[1:]
    needed = [p.name for p in others if p.default is p.empty and p.kind is not p.VAR_KEYWORD]
    given = {other: SECOND.get(other, Tables.scores) for other in needed}
    try:
        door(value, **given)
    except (ValueError, TypeError, OSError) as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        assert Path(last.filename).is_relative_to(Path(fr.__file__).parent), last
        assert str(last.line).startswith("raise"), last
    else:
        assert (name, type(value)) in TAKEN


# An argument of another kind: what is a name or a list of names, and what is one column.
NAMES = ["measures", "roles", "covariates", "outlets", "by"]


@pytest.mark.parametrize("value", [True, 3, Tables.scores, ["xx"], b"x", [1]], ids=repr)
@pytest.mark.parametrize(
    ("name", "argument"),
    [
        (name, argument)
        for name in DOORS
        if name not in ("read_corpus", "table")  # these name other things
        for argument in NAMES
        if argument in inspect.signature(getattr(fr, name)).parameters
    ],
)
def test_what_is_no_name_is_an_error_of_our_own(name, argument, value):
    """`rate_ratios(covariates=True)` was "'bool' object is not iterable"."""
    door = getattr(fr, name)
    given = SECOND | {"scores": Tables.texts, "gaps": Tables.gaps, "contrasts": Tables.contrasts}
    needed = inspect.signature(door).parameters.values()
    given = {p.name: given.get(p.name, Tables.texts) for p in needed if p.default is p.empty}
    if name == "choose_comparison" and isinstance(value, list | bytes):
        pytest.skip("it counts names")
    with pytest.raises((ValueError, TypeError)) as caught:
        door(**given | {argument: value})
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert Path(last.filename).is_relative_to(Path(fr.__file__).parent), last
    assert str(last.line).startswith("raise"), last


TAKEN = {
    ("load_lexicon", type(None)), ("findings", type(None)), ("tone", list), ("tone", pd.Series),
}  # fmt: skip
