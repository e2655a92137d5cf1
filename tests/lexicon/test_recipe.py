from __future__ import annotations

import doctest
from dataclasses import replace

import pandas as pd
import pytest

import framing as fr
from framing.schema import per
from tests.conftest import ROOT

NAMES = ["attribution", "fear", "findings", "uncertainty", "urging", "weasels"]
PAGE = (ROOT / "docs" / "recipes.md").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_recipe_is_described_with_its_version_and_size(name):
    made = fr.recipe(name)
    assert made is fr.recipe(name)
    row = f"| `{name}` | {made.version} | {made.question} | {made.unit} | {len(made.entries)} |"
    assert row in PAGE
    kind = {"sentence": "sentences", "points": "points"}[made.unit]
    assert per(made.column) == f" {kind} per 100 words"
    assert made.question.endswith("?")


def test_an_unknown_recipe_is_named_with_those_there_are():
    for name in ("fears", "Fear", "recipe_fear"):
        with pytest.raises(
            ValueError, match=rf"no recipe '{name}': did you mean 'fear'\? There are:"
        ):
            fr.recipe(name)
    for given in (None, 3, ["fear"]):
        with pytest.raises(
            TypeError, match=r"a recipe is a name or the path of a \.toml file, got "
        ):
            fr.recipe(given)


def test_points_of_entries_go_before_tags_and_tags_before_categories(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'name = "mine"\nversion = "1"\nquestion = "Mine?"\nunit = "points"\n'
        '[categories]\nevid = 5\nfear = 2\n[tags]\n"evid.doxastic" = 3\n'
        '[entries]\n7 = ["believ*"]\n[rules.R-NOW]\ndrop = [{ next = ["now"] }]\n'
    )
    path.with_suffix(".csv").write_text(
        "category,entry,rule,weight\nsea,ship*,R-NOW,4\nsea,afraid,,9\n"
    )
    points = fr.recipe(path).entries.set_index("entry")["weight"]
    chosen = ["seem*", "think", "believ*", "dread", "ship*", "afraid"]
    assert points[chosen].tolist() == [5, 3, 7, 2, 4, 9]  # afraid has no points of fear besides
    entries = fr.recipe(path).entries
    assert list(entries) == ["category", "entry", "tag", "rule", "weight"]
    assert entries.index.tolist() == list(range(len(points)))
    texts = pd.DataFrame({"text": ["No ships.", "No fear.", "It “rained” there."]})
    scores = fr.score(texts, recipes=str(path))["recipe_mine"]
    assert scores.tolist() == [4, 0, 0]  # nothing but what it asks for is negated or has points


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('unit = "paragraph"\n', r"\('sentence', 'points'\), got 'paragraph'"),
        (
            'unit = "sentence"\nthresold = 2\n',
            r"unknown key 'thresold': did you mean 'threshold'\?",
        ),
        ('unit = "sentence"\nthreshold = "2"\n', "threshold must be a whole number, got '2'"),
        ('unit = "sentence"\nnegates = 1\n', r"negates must be true or false, got 1 \(int\)"),
        ('unit = "sentence"\n[categories]\nfear = "2"\n', "categories.fear must be a whole number"),
        ('unit = "sentence"\n[entries]\n2 = "dread"\n', r"entries\.2 must be a list in \[ \], got"),
        ("[[\n", "not TOML: "),
        ('unit = "sentence"\n[categories]\nfears = 1\n', "no category 'fears'"),
        ('unit = "sentence"\n[tags]\n"evid.x" = 1\n', "no tag 'evid.x'$"),
        (
            'unit = "sentence"\n[tags]\ncatastrophe = 2\n',
            "no tag 'catastrophe': write 'risk.catastrophe'",
        ),
        (  # the first of two, with what is meant by it
            'unit = "sentence"\n[tags]\nzzz = 2\ncatastrophe = 2\n',
            "no tag 'catastrophe': write 'risk.catastrophe'",
        ),
        ('unit = "sentence"\n[entries]\n2 = ["mayhap"]\n', "no entry 'mayhap'$"),
        ('unit = "sentence"\n[entries]\n2 = ["extreme"]\n', "no entry 'extreme'$"),  # a tag is
        ("", "no 'unit', which it must have"),
    ],
)
def test_a_broken_recipe_names_its_file(tmp_path, text, says):
    path = tmp_path / "mine.toml"
    path.write_text(f'name = "mine"\nversion = "1"\nquestion = "Mine?"\n{text}')
    with pytest.raises(ValueError, match=rf"mine\.toml: .*{says}"):
        fr.recipe(path)


def test_two_recipes_of_one_name_are_refused(tmp_path):
    path = tmp_path / "fear.toml"
    path.write_text('name = "fear"\nversion = "1"\nquestion = "Mine?"\nunit = "sentence"\n')
    with pytest.raises(ValueError, match=r"^two recipes have the name 'fear'"):
        fr.score(pd.DataFrame({"text": ["Fear."]}), recipes=["fear", fr.recipe(path)])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"unit": "article"}, r"unit must be one of \('sentence', 'points'\), got 'article'"),
        ({"threshold": "9"}, r"threshold must be a whole number, got '9' \(str\)"),
        ({"points": {"categories": {"fears": 1}}}, "no category 'fears'"),
        ({"points": {"category": {"fear": 1}}}, "unknown key 'category'"),
    ],
)
def test_a_changed_copy_is_checked_as_a_file_is(changes, says):
    with pytest.raises(ValueError, match=says):
        replace(fr.recipe("fear"), **changes)


def test_points_are_whole_numbers(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\nversion = "1"\nquestion = "Mine?"\nunit = "points"\n')
    path.with_suffix(".csv").write_text("category,entry,weight\nsea,ship*,2\nsea,boat*,1.5\n")
    says = r"mine\.toml: the points of 'boat\*' must be a whole number, got 1\.5"
    with pytest.raises(ValueError, match=says):
        fr.recipe(path)


def test_a_copy_without_other_points_counts_its_own_entries_only():
    made = fr.recipe("fear")
    own = replace(made, name="own", points={})
    texts = pd.DataFrame({"text": ["A virus may kill.", "It may rain."]})
    scores = fr.score(texts, recipes=[made, own])
    may = made.points["categories"]["epi_modal"]
    assert scores["recipe_own"].tolist() == [scores["recipe_fear"][0] - may, 0]
    assert scores["recipe_fear"][1] == may


def test_the_hash_is_of_points_and_settings(tmp_path):
    text = (
        'name = "a"\nversion = "1"\nquestion = "Mine?"\nunit = "sentence"\n[categories]\nfear = 2'
    )
    hashes = set()
    for number, change in enumerate(("", "\nrisk = 1", "\nrisk = 2")):
        path = tmp_path / f"{number}.toml"
        path.write_text(text + change)
        hashes.add(fr.recipe(path).hash)
    path.write_text(text.replace("[cat", "threshold = 3\n[cat"))
    assert len(hashes | {fr.recipe(path).hash}) == 4


def test_the_examples_of_the_documentation_are_so():
    path = ROOT / "docs" / "recipes.md"
    outcome = doctest.testfile(str(path), module_relative=False, encoding="utf-8")
    assert outcome.failed == 0 < outcome.attempted


def test_a_sentence_with_a_point_is_a_yes_unless_more_are_asked_for(tmp_path):
    path = tmp_path / "mine.toml"
    text = 'name = "mine"\nversion = "1"\nquestion = "Mine?"\nunit = "sentence"\n'
    texts = pd.DataFrame({"text": ["They fear it.", "They fear the fear of it."]})
    for more, answers in (("", [1, 1]), ("threshold = 2\n", [0, 1])):
        path.write_text(f"{text}{more}[categories]\nfear = 1\n")
        assert fr.score(texts, recipes=str(path))["recipe_mine"].tolist() == answers


@pytest.mark.parametrize(
    ("points", "negates", "english"),
    [({}, False, False), ({"categories": {"fear": 1}}, False, True), ({}, True, True)],
)
def test_a_recipe_for_another_language_has_entries_of_its_own_only(points, negates, english):
    made = replace(fr.recipe("fear"), points={}, negates=False)
    if english:
        with pytest.raises(ValueError, match="a recipe for 'de' must have entries of its own only"):
            replace(made, language="de", points=points, negates=negates)
    else:
        assert replace(made, language="de", points=points, negates=negates).language == "de"
