from __future__ import annotations

import re
import warnings
from dataclasses import FrozenInstanceError, replace

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import framing as fr
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import built_in
from framing.lexicon.metadata import Index
from framing.schema import COLUMN_NAMES
from tests.conftest import ROOT


def test_the_built_in_lexicon_is_described():
    lexicon = built_in()
    assert len(lexicon.categories) == 13
    assert lexicon.version and lexicon.licence and lexicon.source
    families = [c for members in lexicon.families.values() for c in members]
    assert sorted(families) == sorted(lexicon.categories)


def test_the_hash_is_of_what_is_counted(tmp_path):
    """Order of rows and name do not matter; an entry more does."""
    (tmp_path / "a.csv").write_text("category,entry\nx,may\nx,might\n")
    (tmp_path / "b.csv").write_text("category,entry\nx,might\nx,may\n")
    (tmp_path / "c.csv").write_text("category,entry\nx,might\nx,may\nx,could\n")
    a, b, c = (fr.load_lexicon(tmp_path / f"{n}.csv").hash for n in "abc")
    assert a == b != c


def test_the_hash_is_of_rules_and_of_marks_each():
    """Either changes what is counted; a rule that no entry names does not."""
    entries = pd.DataFrame({"entry": ["may", "might"], "rule": ["month", ""]})
    rules = [{"month": {"drop": [{"prev": [word]}]}} for word in ("in", "of")]
    marks = [{"negated": {"categories": ["cue"], "when": [{"prev": [w]}]}} for w in ("not", "no")]
    some = [Lexicon(entries, rules=r, marks=m) for r in rules for m in ({}, *marks)]
    plain = Lexicon(entries.assign(rule=""), marks=marks[0])
    assert len({lexicon.hash for lexicon in [*some, plain]}) == 7
    assert replace(some[0], rules=rules[0] | {"unused": rules[1]["month"]}).hash == some[0].hash
    assert replace(plain, rules=rules[0]).hash == plain.hash
    turned = {"negated": dict(reversed(marks[0]["negated"].items()))}
    assert replace(plain, marks=turned).hash == plain.hash
    assert replace(plain, nested_scope="dictionary").hash != plain.hash


@pytest.mark.parametrize(
    ("column", "value", "got"),
    [
        ("entry", None, "None"), ("entry", " ", "' '"), ("entry", 7, r"7 \(int\)"),
        ("category", float("nan"), r"nan \(float\)"),
    ],
)  # fmt: skip
def test_an_entry_that_is_no_text_is_shown_with_its_row(column, value, got):
    entries = pd.DataFrame({"category": ["sea"] * 2, "entry": ["ship*", "boat"]}).astype(object)
    entries.loc[1, column] = value
    with pytest.raises(
        ValueError, match=f"row 1 of the entries: {column} must be a text, got {got} "
    ):
        Lexicon(entries)


@pytest.mark.parametrize("given", ["english", {"fear": ["dread"]}, pd.DataFrame({"entry": ["a"]})])
def test_something_else_than_a_lexicon_is_an_error(given):
    table = pd.DataFrame({"text": ["Talks may fail."]})
    for function in (fr.score, fr.find_cues):
        with pytest.raises(TypeError, match=r"lexicon must be a Lexicon, as framing\.load_lexicon"):
            function(table, lexicon=given)


def test_a_lexicon_of_ones_own_scores():
    """Its categories are the columns, and it has no indices."""
    own = Lexicon(pd.DataFrame({"category": ["sea"], "entry": ["ship*"]}))
    scores = fr.score(pd.DataFrame({"text": ["Ships, a shipment, a sheep."]}), lexicon=own)
    assert scores["sea"].tolist() == [2]
    assert "hedge" not in scores


@pytest.mark.parametrize(
    "made", [fr.load_lexicon(), fr.recipe("fear"), fr.load_lexicon().indices["hedge"]]
)
def test_what_a_lexicon_or_recipe_is_made_of_is_not_changed(made):
    """Matchers and mixtures of it are kept: they would be those of what it was."""
    name = next(iter(vars(made)))
    with pytest.raises(FrozenInstanceError):
        setattr(made, name, None)


def test_what_entries_do_not_say_is_filled():
    """A category of their own; no tag and no rule; and the weight of one hit."""
    [row] = Lexicon(pd.DataFrame({"entry": ["ship*"]})).entries.to_dict("records")
    filled = {"category": "cue", "tag": "", "rule": "", "weight": 1}
    assert row == {"entry": "ship*"} | filled


def test_filtering_keeps_what_is_whole():
    """An index that lost a category is gone, one that has all of its own stays."""
    alarm = built_in().only("alarm", "prob")
    assert alarm.categories == ("prob", "fear", "warn", "risk")
    assert list(alarm.indices) == list(built_in().only("alarm").indices) == ["alarm"]
    assert "alarm" not in built_in().without("fear").indices
    assert built_in().without("fear").families["alarm"] == ("warn", "risk")
    assert "conflict" not in alarm.families
    assert alarm.hash != built_in().hash and alarm.version != built_in().version
    with pytest.raises(
        ValueError, match="unknown category or index 'fears'; must be one of: hedge"
    ):
        built_in().only("fears")


def test_extending_adds_what_is_new():
    """A known entry is not added again; a new category scores beside the others."""
    with pytest.warns(
        UserWarning, match=r"'fear' has the entry 'Afraid' already.* \(1 of 2 "
    ) as told:
        own = built_in().with_entries("fear", ["Afraid", "goosebump*"])
    assert told[0].filename == __file__  # the line of the user, not one of ours
    own = own.with_entries("sea", ["ship"])
    assert len(own.entries) == len(built_in().entries) + 2
    scores = fr.score(pd.DataFrame({"text": ["Goosebumps on a ship."]}), lexicon=own)
    assert scores[["fear", "sea", "alarm"]].to_numpy().tolist() == [[1, 1, 1]]
    with pytest.raises(ValueError, match="list"):
        built_in().with_entries("fear", "goosebump*")


def test_a_new_category_with_nearly_the_name_of_another_is_doubted():
    """An s too many, and alarm would stay as it was without a word."""
    with pytest.warns(UserWarning, match="did you mean 'fear'") as told:
        built_in().with_entries("fears", ["jitters"])
    assert told[0].filename == __file__  # the line of the user, not one of ours
    with pytest.raises(ValueError, match=r"'alarm' is an index, .* name one of fear, warn, risk"):
        built_in().with_entries("alarm", ["jitters"])


@pytest.mark.parametrize(("categories", "more"), [(20, ""), (21, ", and 1 more category")])
def test_a_lexicon_shows_twenty_categories_and_counts_the_rest(categories, more):
    names = [f"c{n}" for n in range(categories)]
    shown = repr(fr.Lexicon(pd.DataFrame({"category": names, "entry": "rain"})))
    assert shown.endswith(f"c19 1{more})")


def test_a_lexicon_shows_five_entries_of_a_category():
    shown = Lexicon(pd.DataFrame({"entry": list("abcdef")}))._repr_html_()
    assert "<td>a, b, c, d, e</td>" in shown


def test_what_is_no_file_is_no_lexicon():
    with pytest.raises(TypeError, match="expected a file, got a dict; entries make a"):
        fr.load_lexicon({"fear": ["jitters"]})


def test_saved_and_loaded_is_the_same(tmp_path):
    loaded = fr.load_lexicon(built_in().save(tmp_path / "mine.csv"))
    assert loaded.hash == built_in().hash
    assert loaded.categories == built_in().categories
    assert (loaded.name, loaded.version) == (built_in().name, built_in().version)
    with pytest.raises(ValueError, match=r"must end in \.csv"):
        built_in().save(tmp_path / "mine.dic")


CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=8
)
# What an entry can be: words of any alphabet, wildcards, and what may stand between words.
ENTRY = st.lists(
    st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=4), min_size=1
).flatmap(
    lambda parts: st.sampled_from([" ", "'", "-", "/", " & ", "* "]).map(lambda s: s.join(parts))
)
NAME = CELL.map(str.strip).filter(lambda name: name != "" and name not in COLUMN_NAMES)


@settings(deadline=None)
@given(
    entries=st.lists(ENTRY, min_size=1, max_size=4, unique_by=str.lower),
    names=st.tuples(NAME, NAME),
)
@example(entries=["größe*"], names=("𝔘", "größe"))  # JSON writes 𝔘 as two, which TOML refuses
def test_any_name_and_entry_survive_saving(tmp_path_factory, entries, names):
    """Quotes, line ends, control characters but NUL, equal signs; an empty category too."""
    path = tmp_path_factory.mktemp("lexicon") / "a.csv"
    first, second = names
    rows = pd.DataFrame({"category": first, "entry": entries}, dtype=str)
    own = Lexicon(rows, name=second, declared=(second,), families={first: (second,)})
    with warnings.catch_warnings(action="ignore", category=UserWarning):
        loaded = fr.load_lexicon(own.save(path))
    assert loaded.hash == own.hash
    assert loaded.categories == own.categories
    assert loaded.name == own.name


def test_a_lexicon_shows_itself_escaped():
    rows = pd.DataFrame({"category": ["<script>"], "entry": ["R&D"]})
    html = Lexicon(rows, name="<i>", declared=("empty",))._repr_html_()
    assert "<script>" not in html and "<i>" not in html and "&lt;script&gt;" in html
    assert "R&amp;D" in html
    assert "empty" in html
    assert (
        repr(Lexicon(rows, declared=("empty",)))
        == "Lexicon unnamed (1 entries: empty 0, <script> 1)"
    )


def test_what_the_documentation_says_of_the_lexicon_is_so():
    """Version, entries of every category, and rules."""
    page = (ROOT / "docs" / "lexicon.md").read_text("utf-8")
    lexicon = built_in()
    assert f"version {lexicon.version}" in page.splitlines()[0]
    assert f"{len(lexicon.entries)} entries in {len(lexicon.categories)} categories" in page
    assert f"{len(lexicon.rules)} rules" in page
    sizes = lexicon.entries["category"].value_counts()
    for names, counts in re.findall(r"^\| (`.*?`) \| ([0-9, ]+) \|", page, flags=re.M):
        for name, count in zip(names.replace("`", "").split(", "), counts.split(","), strict=True):
            assert sizes.pop(name) == int(count)
    assert sizes.empty


@pytest.mark.parametrize("choice", [0, -1])
def test_every_entry_finds_the_words_that_it_names(choice):
    """The first and the last of its alternatives, each entry on its own."""
    entries = built_in().entries["entry"].unique()
    alone = Lexicon(
        pd.DataFrame({"category": [f"c{i}" for i in range(len(entries))], "entry": entries})
    )
    texts = [
        re.sub(r"\[(.*?)\]", lambda part: part[1].split("|")[choice], entry)
        .replace(" * ", " them ")
        .replace("{NUM}", "ten")
        .replace("{BE}", "is")
        .replace("*", "")
        .replace(" '", "'")
        for entry in entries
    ]
    texts = [re.sub("^'|^n't", "is\\g<0>", text) for text in texts]
    cues = fr.find_cues(pd.DataFrame({"text": texts}), lexicon=alone)
    found = set(zip(cues["paragraph"], cues["entry"], strict=True))
    assert [e for i, e in enumerate(entries) if (i, e) not in found] == []


def test_every_rule_is_named_by_an_entry():
    assert set(built_in().rules) == {*built_in().entries["rule"]} - {""}


@pytest.mark.parametrize("name", ["article", "title", "text", "tone", "copy_of", "match", "voice"])
@pytest.mark.parametrize("place", ["entries", "declared", "indices"])
def test_a_category_must_not_have_the_name_of_a_column(name, place):
    """It would take the place of the column; the list of names is in the message."""
    entries = pd.DataFrame({"entry": ["fear"], "category": [name if place == "entries" else "x"]})
    more = {"declared": (name,)} if place == "declared" else {}
    more = {"indices": {name: Index(("x",))}} if place == "indices" else more
    with pytest.raises(ValueError, match=rf"got {name!r}; rename it in mine\. .*, paragraph, "):
        Lexicon(entries, name="mine", **more)


def test_an_unknown_rule_is_an_error_that_lists_the_known_ones():
    entries = pd.DataFrame({"entry": ["may", "march"], "rule": ["month", "months"]})
    with pytest.raises(ValueError, match="one of: no rules in this lexicon"):
        Lexicon(entries)
    with pytest.raises(ValueError, match=r"unknown rule 'month' of entry 'may'; .*: date, name"):
        Lexicon(entries, rules={"date": {}, "name": {}})


@pytest.mark.parametrize(
    ("category", "others", "forms"),
    [
        ("attrib", "urgent urgency characteristic accustomed Bragg contender assailant arguably",
         "urge urging characterised accuse bragged contends assailed argue"),
        ("attrib", "blameless assertive ridiculous emphasis admittedly insistent boastful spokes",
         "blame asserted ridiculed emphasise admitted insisting boasts spokesmen"),
        ("evid", "predictable predictably hinterland reckoning forecastle",
         "predicted prediction hinted reckons forecasting"),
        ("conflict_esc", "escalator standoffish", "escalation standoffs"),
    ],
)  # fmt: skip
def test_a_stem_takes_no_word_of_another_meaning(category, others, forms):
    """Word by word: 'urgent' is not *urged*, and a contender does not contend."""
    texts = [*others.split(), *forms.split()]
    cues = fr.find_cues(pd.DataFrame({"text": texts}))
    found = set(cues.loc[cues["category"] == category, "paragraph"])
    assert found == set(range(len(others.split()), len(texts)))


def test_a_workbook_may_be_a_lexicon(tmp_path):
    entries = pd.DataFrame({"category": ["sea", "land"], "entry": ["ship*", "field"]})
    entries.to_excel(tmp_path / "mine.xlsx", index=False)
    entries.to_csv(tmp_path / "mine.csv", index=False)
    xlsx, plain = (fr.load_lexicon(tmp_path / f"mine.{kind}") for kind in ("xlsx", "csv"))
    assert xlsx.hash == plain.hash


def test_categories_may_be_given_as_a_list():
    lexicon = fr.load_lexicon()
    assert lexicon.only(["alarm", "boost"]).hash == lexicon.only("alarm", "boost").hash
    assert lexicon.without(["alarm"]).hash == lexicon.without("alarm").hash


def test_what_was_taken_out_of_a_lexicon_is_no_fault_of_its_file(tmp_path):
    """A part of a lexicon, and one without the entries of a tag, are saved and read again."""
    entries = built_in().entries
    shorter = replace(built_in(), entries=entries[entries["tag"] != "extreme"])
    for part in (built_in().only("alarm"), built_in().without("fear"), shorter):
        loaded = fr.load_lexicon(part.save(tmp_path / "part.csv"))
        assert loaded.categories == part.categories
        assert set(loaded.marks["negated"]["categories"]) <= set(part.categories)
    assert (
        built_in().only("alarm").hash
        == fr.load_lexicon(built_in().only("alarm").save(tmp_path / "part.csv")).hash
    )


def test_an_index_of_a_category_that_is_not_there_is_an_error():
    """It would count less than it says, or always 0."""
    entries = pd.DataFrame({"category": ["loss"], "entry": ["lose*"]})
    with pytest.raises(ValueError, match=r"indices\.x: no category 'los': did you mean 'loss'\?"):
        Lexicon(entries, indices={"x": Index(("los",))})
    with pytest.raises(ValueError, match=r"nested_scope must be 'key' or 'dictionary', got 'keys'"):
        Lexicon(entries, nested_scope="keys")


def test_entries_that_do_not_mean_what_they_say_are_refused():
    """C++ would count each C; also where words are added."""
    with pytest.raises(ValueError, match=r"row 1 of the entries: 'C\+\+' would count 'c'"):
        Lexicon(pd.DataFrame({"entry": ["java", "C++"]}))
    with pytest.raises(ValueError, match="'panic!' would count 'panic', since '!' is no part of a"):
        built_in().with_entries("fear", ["panic!"])
