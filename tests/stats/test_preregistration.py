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


@pytest.mark.filterwarnings("error")
def test_topics_roles_and_paragraphs_are_those_of_the_plan(tmp_path):
    """Whatever columns and rows the scores have: the same numbers, and compare's own."""
    scores = made_scores({"A": 2.0, "B": 1.0}, events=14).assign(topic="sea")
    scores["topic"] = scores["topic"].where(scores["event"].str[-1].isin(list("02468")), "land")
    more = pd.concat([scores, scores.assign(paragraph=scores["paragraph"] + 2, hedge=9)])
    plans = {
        name: fr.preregister(tmp_path / name, outlets=["A", "B"], measures="hedge", **asked)
        for name, asked in {"free": {"paragraphs": 2}, "topics": {"topics": True}}.items()
    }
    free = fr.confirm(more, plans["free"])
    assert free["method"].str.match("Between articles.*, as preregistered$").all()
    want = fr.compare(scores.drop(columns="topic"), measures="hedge")
    pd.testing.assert_frame_equal(free.drop(columns="method"), want.drop(columns="method"))
    within = fr.confirm(scores, plans["topics"])
    assert within["method"].str.match("Within topics.*, as preregistered$").all()
    with pytest.raises(ValueError, match="topic"):
        fr.confirm(scores.drop(columns="topic"), plans["topics"])
    with pytest.raises(ValueError, match="holds topics constant, and no article has one"):
        fr.confirm(scores.assign(topic=""), plans["topics"])
    some = scores.assign(
        topic=scores["topic"].where(scores["event"] != scores["event"].iloc[0], "")
    )
    assert fr.confirm(some, plans["topics"])["method"].str.startswith("Within topics").all()


@pytest.mark.parametrize(
    ("asked", "change", "why"),
    [
        ({}, {"copy_of": ["x"] * 4}, "2 articles marked as copies, planned were none"),
        ({"copies": "outlet"}, {}, "no copies marked, planned were those of each outlet"),
        ({"copies": "outlet"}, {"copy_of": ["b9"] * 4}, "2 articles marked as copies of another"),
        ({}, {"paragraph": 5}, "no paragraph after 5, where most articles end; planned were all"),
        ({}, {"paragraph": 3}, "no paragraph after 3, where most articles end; planned were all"),
    ],
)
def test_what_is_not_as_preregistered_says_so(tmp_path, asked, change, why):
    """Copies marked or not, and articles cut off at their fifth paragraph."""
    rows = [
        {"outlet": o, "article": f"{o.lower()}{k}", "paragraph": p, "role": "body", "words": 100,
         "hedge": (k + p) % 4}
        for o in "AB" for k in range(12) for p in range(k % 5 + 1, k % 5 + 3)
    ]  # fmt: skip
    scores = pd.DataFrame(rows)
    if "copy_of" in change:
        scores["copy_of"] = [*change["copy_of"], *[""] * (len(scores) - 4)]
    if "paragraph" in change:
        scores = pd.concat([scores, scores.drop_duplicates("article").assign(**change)])
        scores = scores[scores["paragraph"] <= change["paragraph"]]
        scores = scores.drop_duplicates(["article", "paragraph"])
    plan = fr.preregister(tmp_path / "p.toml", outlets=["A", "B"], measures="hedge", **asked)
    with pytest.warns(UserWarning, match=f"^not as preregistered: {why}") as told:
        found = fr.confirm(scores, plan)
    assert told[0].filename == __file__  # the line of the user, not one of ours
    assert f", not as preregistered: {why}" in found["method"].iloc[0]
    assert f". Not as preregistered: {why}" in fr.steps(found)


def test_a_plan_of_an_older_version_says_what_it_leaves_open(tmp_path):
    scores = made_scores({"A": 2.0, "B": 1.0}, events=14)
    plan = fr.preregister(tmp_path / "p.toml", outlets=["A", "B"], measures="hedge")
    new = ("topics", "roles", "copies", "paragraphs")
    lines = [line for line in plan.read_text().splitlines() if not line.startswith(new)]
    plan.write_text("\n".join(lines))
    told = "s preregistered by a plan that leaves open topics, roles, copies, paragraphs"
    assert "A" + told in fr.steps(fr.confirm(scores, plan))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"outlets": ["A"]}, "outlets must be two or more, got A"),
        ({"outlets": []}, "outlets must be two or more, got none"),
        ({"outlets": ["A", float("nan")]}, "column 'outlets' is empty in 1 rows, first in row 1"),
        ({"topics": "yes"}, "topics must be True or False, got 'yes'"),
        ({"topics": True, "match": "event"}, "topics are not held constant within events"),
        ({"roles": "caption"}, "roles must be from headline, standfirst, body, got caption"),
        ({"roles": []}, "roles must be from headline, standfirst, body, got none"),
        ({"copies": "all"}, 'copies must be "outlet" or "cluster", got \'all\''),
        ({"measures": "Threat"}, "no measure 'Threat': .* A dictionary of your own needs lexicon="),
        ({"paragraphs": -1}, "paragraphs must be a whole number from 1 on, got -1"),
        ({"paragraphs": 2.5}, "paragraphs must be a whole number from 1 on, got 2.5"),
    ],
)
def test_what_counts_is_planned_clearly(tmp_path, asked, message):
    with pytest.raises(ValueError, match=message):
        fr.preregister(tmp_path / "plan.toml", **({"outlets": ["A", "B"]} | asked))


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
    scores = fr.score(pd.DataFrame(rows), lexicon=mine)
    found = fr.confirm(scores, plan, lexicon=mine)
    # 111 ships in the first twenty articles: 6 more are over 5 %
    five, six = (scores.assign(sea=scores["sea"] + n * (scores.index == 0)) for n in (5, 6))
    fr.confirm(five, plan, lexicon=mine)
    with pytest.raises(
        ValueError, match=r"scores count 117 of 'sea' in the first articles, .* 111"
    ):
        fr.confirm(six, plan, lexicon=mine)
    assert found["measure"].unique().tolist() == ["sea", "land", "tone"]
    with pytest.raises(FileExistsError, match="exists: a plan is never overwritten"):
        fr.preregister(plan, outlets=["A", "B"])
    with pytest.raises(FileNotFoundError, match="there is no such plan"):
        fr.confirm(made_scores({"A": 2.0, "B": 1.0}, events=9), tmp_path / "none.toml")


@pytest.mark.parametrize("order", [["article", "place"], ["place", "article"]])
def test_the_first_paragraphs_are_those_of_every_article(tmp_path, order):
    """Of a table without numbers of paragraphs; a headline takes no place."""
    rows = [
        {"article": f"a{i:02}", "outlet": "AB"[i % 2], "place": k,
         "text": "The talks may fail. " * (1 + k + i % 3)}
        for i in range(24) for k in range(6)
    ]  # fmt: skip
    table = pd.DataFrame(rows).sort_values(order, ignore_index=True)
    title = table[table["place"] == 0].assign(role="headline", place=-1)
    titled = pd.concat([title, table.assign(role="body")]).sort_values(order, ignore_index=True)
    plan = fr.preregister(tmp_path / "p", outlets=["A", "B"], measures="hedge", paragraphs=3)
    wanted = table[table["place"] < 3].assign(words=table["text"].str.count(" "))
    for texts in (table, titled):
        found = fr.confirm(fr.score(texts.drop(columns="place")), plan).iloc[0]
        assert found[["articles_a", "articles_b"]].tolist() == [12, 12]
        words = wanted.groupby("outlet")["words"].sum()
        assert found[["words_a", "words_b"]].tolist() == words.tolist()
