"""The check at the door of a notebook that somebody runs by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import papermill
import pytest

from framing.report.notebooks import check_parameters, notebook_parameters
from framing.report.parameters import Parameter, check_given, checked
from tests.conftest import ROOT

NAMES = ["article", "headlines", "outlets", "portrait", "rewrite", "timeline", "validate"]


@pytest.mark.parametrize("name", NAMES)
def test_every_notebook_checks_its_own_parameters_before_it_reads(name):
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert f'check_parameters("{name}", globals())' in code[1]
    assert "read_corpus" not in code[1]
    check_parameters(name, {one.name: one.default for one in notebook_parameters(name)})


@pytest.mark.parametrize("name", NAMES)
def test_papermill_lists_every_parameter(name):
    """Of a line with two equals signs, also in its comment, papermill makes no parameter."""
    listed = papermill.inspect_notebook(ROOT / "notebooks" / f"{name}.ipynb")
    assert list(listed) == [one.name for one in notebook_parameters(name)]


@pytest.mark.parametrize(
    ("notebook", "given", "message"),
    [
        ("outlets", {"outlets": None}, "parameter 'outlets' must be a list, .*; got None"),
        ("outlets", {"outlets": "Daily Clarion"}, "'outlets' must be a list"),
        ("outlets", {"corpus": None}, "'corpus' must be text, such as 'strait'; got None"),
        ("outlets", {"corpus": ""}, "'corpus' must be text, such as 'strait'; got ''"),
        ("outlets", {"language": None}, "'language' must be text"),
        ("outlets", {"seed": "1"}, "'seed' must be a whole number, such as 1; got '1'"),
        ("headlines", {"min_words": "150"}, "'min_words' must be a whole number"),
        ("portrait", {"outlet": ["Daily Clarion"]}, "'outlet' must be text"),
        ("article", {"article": 1}, "'article' must be text"),
        ("rewrite", {"top": "12"}, "'top' must be a whole number"),
        ("timeline", {"breaks": [2020]}, "'breaks' must be a list"),
        ("timeline", {"breaks": "2031-04-07"}, "'breaks' must be a list"),
    ],
)
def test_a_parameter_of_another_kind_is_named(notebook, given, message):
    """Each was an error from deep inside, or ran with the files of the current folder."""
    with pytest.raises(ValueError, match=message):
        check_parameters(notebook, given)


def test_a_day_of_a_plan_is_a_text():
    """In TOML a day needs no quotation marks."""
    given = {"breaks": [date(2031, 4, 7)], "corpus": "strait"}
    known = {one.name: one for one in notebook_parameters("timeline")}
    assert checked(given, known)["breaks"] == ["2031-04-07"]


def test_what_notebooks_may_hold_beside_their_parameters():
    table = pd.DataFrame({"text": ["It rained."]})
    given = {"In": [""], "Out": {}, "_": 1, "base": "data", "pd": pd}
    check_parameters("outlets", given | {"corpus": table, "coded": [Path("a.xlsx")]})
    check_parameters("article", given | {"corpus": Path("data"), "article": ""})


def test_a_variable_that_is_nearly_a_parameter_is_asked_about_and_stops_nothing():
    """A notebook that is run again has variables of its own, such as that of a loop."""
    with pytest.warns(UserWarning, match="'outlet' is no parameter, .*did you mean 'outlets'"):
        check_parameters("outlets", {"outlet": "Daily Clarion", "row": 1})


def test_groups_of_what_is_compared_are_an_error():
    """Of outlets by leaning, leanings have no outlets to be compared."""
    known = {name: Parameter(name, "", "") for name in ("by", "groups")}
    given = {"by": "leaning", "groups": "leaning"}
    for check in (checked, check_given):
        with pytest.raises(ValueError, match="by and groups are both 'leaning'"):
            check(given, known)
    assert checked({"by": "outlet", "groups": "leaning"}, known)["groups"] == "leaning"
    assert checked({"by": "outlet", "groups": ""}, known)["by"] == "outlet"
