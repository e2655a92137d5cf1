"""A plan is followed, and nothing else is."""

from __future__ import annotations

import inspect
import tomllib

import pandas as pd
import pytest

import framing as fr
from tests.made import made_scores


def test_a_plan_is_followed_to_the_letter(tmp_path):
    """As compare on the planned outlets and measures, whatever else is in the scores."""
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.5}, events=14)
    plan = fr.preregister(
        tmp_path / "plan.toml", outlets=["C", "A"], measures=["tone", "hedge"], match="event",
        smallest=1.5, n_resamples=199, seed=3,
    )  # fmt: skip
    found = fr.confirm(scores, plan)
    want = fr.compare(
        scores[scores["outlet"] != "B"], measures=["hedge", "tone"], match="event",
        smallest=1.5, n_resamples=199, seed=3,
    )  # fmt: skip
    assert (found["method"] == want["method"] + ", as preregistered").all()
    pd.testing.assert_frame_equal(found.drop(columns="method"), want.drop(columns="method"))
    assert fr.steps(found).split("reregistered")[0].endswith("As p")
    assert "follows no preregistered plan" in fr.steps(want)
    assert tomllib.loads(plan.read_text())["lexicon"] == fr.load_lexicon().hash


def test_a_plan_that_does_not_fit_is_an_error(tmp_path):
    scores = made_scores({"A": 2.0, "B": 1.0}, events=12)
    plan = fr.preregister(tmp_path / "plan.toml", outlets=["A", 'B "the" B'])
    with pytest.raises(FileExistsError):
        fr.preregister(plan, outlets=["A", "B"])
    with pytest.raises(ValueError, match="is not an outlet of the scores"):
        fr.confirm(scores, plan)
    with pytest.raises(ValueError, match="no measure 'fear'"):
        fr.preregister(tmp_path / "other.toml", outlets=["A", "B"], measures="fear")
    other = fr.load_lexicon().without("boost")
    with pytest.raises(ValueError, match="was written for the lexicon"):
        fr.confirm(scores, plan, lexicon=other)
    plan.write_text(plan.read_text() + "extra = 1\n")
    with pytest.raises(ValueError, match="check 'extra'"):
        fr.confirm(scores, plan)


def test_a_plan_that_says_nothing_of_it_is_compared_as_without_a_plan():
    """The defaults of `preregister`, and of all that take an argument "as for compare"."""
    known = inspect.signature(fr.compare).parameters
    for function in (fr.preregister, fr.robustness, fr.compare_groups, fr.compare_headlines):
        for name, parameter in inspect.signature(function).parameters.items():
            if name in ("match", "against", "smallest", "n_resamples", "seed", "by", "weight"):
                assert parameter.default == known[name].default, (function.__name__, name)


def test_a_dictionary_of_ones_own_is_planned_and_followed(tmp_path):
    """Its categories are what can be planned, all by default; others are named in the error."""
    entries = pd.DataFrame({"category": ["sea", "land"], "entry": ["ship*", "field*"]})
    mine = fr.Lexicon(entries)
    plan = fr.preregister(tmp_path / "a.toml", outlets=["A", "B"], lexicon=mine, n_resamples=99)
    assert tomllib.loads(plan.read_text())["measures"] == ["sea", "land", "tone"]
    with pytest.raises(ValueError, match="no measure 'hedge': There are: sea, land, tone"):
        fr.preregister(tmp_path / "b.toml", outlets=["A", "B"], measures="hedge", lexicon=mine)
    rows = [
        {"outlet": outlet, "article": f"{outlet}{i}", "text": "A ship sails past a field. " * i}
        for outlet in "AB"
        for i in range(1, 12)
    ]
    found = fr.confirm(fr.score(pd.DataFrame(rows), lexicon=mine), plan, lexicon=mine)
    assert found["measure"].unique().tolist() == ["sea", "land", "tone"]
    with pytest.raises(FileExistsError, match="exists: a plan is never overwritten"):
        fr.preregister(plan, outlets=["A", "B"])
    with pytest.raises(FileNotFoundError, match="there is no such plan"):
        fr.confirm(made_scores({"A": 2.0, "B": 1.0}, events=9), tmp_path / "none.toml")
