"""What is wrong in the TOML of a dictionary or a recipe is an error with its place."""

from __future__ import annotations

import re

import pytest

import framing as fr

FAULTS = {
    '[indices.x]\ncategories = ["los", "gain"]': "indices.x: no category 'los': did you mean 'loss'?",
    '[indices.x]\ncategories = "loss"': "indices.x.categories must be a list in [ ], got 'loss' (str)",
    '[indices.x]\ncategory = ["loss"]': "indices.x: unknown key 'category': did you mean 'categories'?",
    '[indices.x]\nwithout = ["strong"]': "indices.x: no 'categories', which it must have",
    '[indices.x]\ncategories = ["loss"]\nwithout = ["stong"]':
        "indices.x: without: no tag 'stong': did you mean 'strong'?",
    '[indices]\nx = ["loss"]': "indices.x must be a section [indices.x], got a list",
    'indices = 5': "indices must be a section [indices], got 5 (int)",
    '[families]\nf = ["loss", "gian"]': "families.f: no category 'gian': did you mean 'gain'?",
    '[families]\nf = "loss"': "families.f must be a list in [ ], got 'loss' (str)",
    '[indeces.x]\ncategories = ["loss"]': "unknown key 'indeces': did you mean 'indices'?",
    'nmae = "x"': "unknown key 'nmae': did you mean 'name'?",
    'name = 5': "name must be a text in quotation marks, got 5 (int)",
    'nested_scope = "keys"': "nested_scope must be 'key' or 'dictionary', got 'keys'",
    '[rules.R]\ndrop = {next = ["weight"]}': "rules.R.drop must be a list in [ ], got a dict",
    '[rules.R]\ndrop = ["weight"]': "each of rules.R.drop must be a table of conditions in { }",
    '[rules.R]\ndrop = [{next = [5]}]': "rules.R: next: a word must be a text in quotation marks, got 5",
    '[rules.R]\ndrop = [{next = ["of, or"]}]': "rules.R: next: 'of, or' would count 'of or'",
    '[rules.R]\ndrop = [{next = "weight"}]': "rules.R: next = 'weight': a condition must be (not_)prev",
    '[rules.R]\ndrop = [{nxt = ["weight"]}]': "rules.R: nxt = ['weight']: a condition must be (not_)prev",
    '[rules.R]\ndrop = [{start = 1}]': "rules.R: start = 1: a condition must be",
    '[rules.R]\ndrop = [{begin = true}]': "rules.R: begin = True: a condition must be",
    '[rules.R]\ndrop = [{test = "ask"}]': "rules.R: test = 'ask': a condition must be",
    '[rules.R]\ndrop = [{next = ["[a b|c]"]}]': "rules.R: '[a b|c]': alternatives in [ ] must be single words",
    '[rules.R]\ndrop = [{next = ["of", ""]}]': "rules.R: next: a word must be a text in quotation marks",
    '[rules.R]\ndrop = [{next = ["@months"]}]': "rules.R: next: unknown list of words '@months'",
    '[rules.R]\nwhen = [{next = ["weight"]}]': "rules.R: unknown key 'when'",
    '[words]\nmonths = "May"': "words.months must be a list in [ ], got 'May' (str)",
    '[negated]\ncategories = ["los"]\nwhen = []': "negated: no category 'los'",
    '[negated]\ncategories = ["loss"]': "negated: no 'when', which it must have",
    '[indices.x\n': "not TOML: ",
}  # fmt: skip


@pytest.mark.parametrize("toml", FAULTS)
def test_a_fault_in_the_metadata_names_file_and_section(toml, tmp_path):
    """Nothing was told: an index was always 0, a family held nobody, a section was not read."""
    (tmp_path / "mine.csv").write_text("category,entry,tag\nloss,lose*,strong\ngain,win,\n")
    (tmp_path / "mine.toml").write_text(toml)
    with pytest.raises(ValueError, match=r"mine\.(toml|csv): " + re.escape(FAULTS[toml])):
        fr.load_lexicon(tmp_path / "mine.csv")
