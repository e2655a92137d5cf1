"""Made-up dictionaries in the layouts that are in use."""

from __future__ import annotations

import os
import warnings

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.lexicon.formats.files import read_entries

LIWC_2007 = "%\r\n1\tfear\r\n22\tseasick\r\n%\r\nafraid*\t1\t\t22\r\nat sea\t22\r\nwave 1 22\r\n"
LIWC_2015 = """%
1\tfunction (Function Words)
\t2\tpronoun (Pronouns)
\t\t3\ti (I)
40\taffect (Affect)
%
it\t1\t2
I'm\t1\t2\t3
:)\t40
kind\t<of>1/40\t2
like\t(2 3)1/40\t(2 3)40\t3
"""
LIWC_22 = 'DicTerm,Fear,"Joy, mild",Void\nafraid*,X,,\nglad,,X\nafraid*,,0.25,\n'
LEXICODER = "+NEGATIVE\nAFRAID\nA LIE\nAFRAID\n+EMPTY\n+POSITIVE\nGLAD*\n"
WORDSTAT = (
    "MOOD\r\n\tFEAR\r\n\t\tafraid_of (1)\r\n\t\tpanic*\t(2.5)\r\n   \tNA\r\n\t\tNamibia (1)\r\n"
    "\town (12)\r\nPLACE (old)\r\n\t@RULE [a NEAR b] (1)\r\n\tCape Town (1)\r\nLAST\r\n"
)
YOSHIKODER = b"""<?xml version="1.0" encoding="windows-1252"?>
<dictionary style="050805" patternengine="substring">
  <cnode name="Mood" desc="">
    <pnode name="own"/>
    <cnode name="Fear"><pnode name="afraid*"/><pnode name="caf\xe9 &amp; co" score="0.5"/></cnode>
    <cnode name="Empty"/>
  </cnode>
</dictionary>
"""
YAML = """# a comment
mood:
  __: [own]
  fear:
    - afraid
    - "panic*"
    - deeper: [dread]
  void: []
"no": "not at all"
"""
FILES = {
    "a.dic": (LIWC_2007, {"fear": ["afraid*", "wave"], "seasick": ["afraid*", "at sea", "wave"]}),
    "b.dic": (
        LIWC_2015,
        {
            "function (Function Words)": ["it", "I'm"],
            "function (Function Words).pronoun (Pronouns)": ["it", "I'm", "kind"],
            "function (Function Words).pronoun (Pronouns).i (I)": ["I'm", "like"],
            "affect (Affect)": [],
        },
    ),
    "c.dicx": (LIWC_22, {"Fear": ["afraid*"], "Joy, mild": ["glad", "afraid*"], "Void": []}),
    "d.lc3": (LEXICODER, {"NEGATIVE": ["AFRAID", "A LIE"], "EMPTY": [], "POSITIVE": ["GLAD*"]}),
    "e.cat": (
        WORDSTAT,
        {
            "MOOD.FEAR": ["afraid_of", "panic*"],
            "MOOD.NA": ["Namibia"],
            "MOOD": ["own"],
            "PLACE (old)": ["Cape Town"],
            "LAST": [],
        },
    ),
    "f.ykd": (YOSHIKODER, {"Mood": ["own"], "Mood.Fear": ["afraid*", "café & co"], "Mood.Empty": []}),
    "g.yaml": (
        YAML,
        {
            "mood": ["own"],
            "mood.fear": ["afraid", "panic*"],
            "mood.fear.deeper": ["dread"],
            "mood.void": [],
            "no": ["not at all"],
        },
    ),
    "h.csv": ("word;sentiment\nafraid;NA\n", {"NA": ["afraid"]}),
    "i.csv": ("category,entry\nNA,nan\nNA,null\n", {"NA": ["nan", "null"]}),
}  # fmt: skip


def load(folder, name, content, **options):
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return fr.load_lexicon(folder / name, **options)


def as_dict(lexicon):
    rows = lexicon.entries
    return {c: rows["entry"][rows["category"] == c].tolist() for c in lexicon.categories}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", FILES)
def test_every_layout_gives_its_categories_and_entries(tmp_path, name):
    """Nothing lost, nothing doubled; empty categories and one called NA survive."""
    content, want = FILES[name]
    assert as_dict(load(tmp_path, name, content)) == want


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", ["a.dic", "b.dic", "c.dicx", "d.lc3", "f.ykd"])
def test_some_formats_are_known_by_their_content(tmp_path, name):
    content, want = FILES[name]
    assert as_dict(load(tmp_path, "any.txt", content)) == want


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_line_ends_and_encodings_do_not_matter(tmp_path, end, encoding):
    text = "%\n1\tpeur\n%\n\neffrayé*\t1\n%\n".replace("\n", end)
    assert as_dict(load(tmp_path, "a.dic", text.encode(encoding))) == {"peur": ["effrayé*"]}


def test_what_is_left_out_is_told(tmp_path):
    """Conditions of LIWC, rules of WordStat, what has no letter: one warning with the lines."""
    with pytest.warns(UserWarning, match=r"b\.dic: left out: .*line 10.*'kind'.*line 9.*':\)'"):
        load(tmp_path, "b.dic", LIWC_2015)
    with pytest.warns(UserWarning, match=r"line 9: the rule '@RULE"):
        load(tmp_path, "e.cat", WORDSTAT)
    with pytest.warns(UserWarning, match=r"line 4: no category has the number 7"):
        load(tmp_path, "a.dic", "%\n1\tfear\n%\nafraid\t1\t7\n")


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_weights_are_kept(tmp_path):
    weights = {
        name: load(tmp_path, name, FILES[name][0]).entries.set_index("entry")["weight"].to_dict()
        for name in ("c.dicx", "e.cat", "f.ykd")
    }
    assert weights["c.dicx"] == {"afraid*": 0.25, "glad": 1.0}
    assert weights["e.cat"]["panic*"] == 2.5 and weights["e.cat"]["own"] == 12
    assert weights["f.ykd"]["café & co"] == 0.5
    for name in ("a.dic", "d.lc3", "g.yaml", "h.csv"):  # which have none
        assert load(tmp_path, name, FILES[name][0]).entries["weight"].eq(1).all()


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_levels_can_be_joined(tmp_path):
    """With depth=1 all that is nested belongs to the outermost category, each entry once."""
    flat = as_dict(load(tmp_path, "e.cat", WORDSTAT, depth=1))
    assert flat == {
        "MOOD": ["afraid_of", "panic*", "Namibia", "own"],
        "PLACE (old)": ["Cape Town"],
        "LAST": [],
    }
    with pytest.raises(ValueError, match="depth must be at least 1, got 0"):
        load(tmp_path, "e.cat", WORDSTAT, depth=0)


def test_a_dictionary_scores(tmp_path):
    """Case, globs and phrases; an empty category is a column of zeros."""
    scores = fr.score(
        pd.DataFrame({"text": ["Gladly afraid of a lie, NOT AFRAID."]}),
        lexicon=load(tmp_path, "d.lc3", LEXICODER),
    )
    assert scores[["NEGATIVE", "EMPTY", "POSITIVE"]].to_numpy().tolist() == [[3, 0, 1]]


FAULTS = {
    "legend.dic": ("%\n1\tfear\nafraid\t1\n", "line 1: the list of categories"),
    "name.dic": ("%\nfear\n%\nafraid\t1\n", "line 2: expected a number and a name, got 'fear'"),
    "twice.dic": ("%\n1\tfear\n1\tjoy\n%\n", "line 3: duplicate number 1"),
    "none.dic": ("fear\n\nafraid\t1\n", "line 1: the list of categories"),
    "late.dic": ("fear\n%\nafraid\t1\n", "line 2: the list of categories"),
    "alike.dic": ("%\n1\tfear\n2\tfear\n%\n", "line 3: duplicate category 'fear'"),
    "code.dic": ("%\n1\tfear\n%\nafraid\tone\n", "line 4: expected the number of a category, got 'one'"),
    "wide.dicx": ("DicTerm,Fear\nafraid,X,X\n", "line 2: expected 2 cells as in the first line, got 3"),
    "unnamed.dicx": ("DicTerm,Fear,\nafraid,X,\nglad,,X\n", "line 3: 'glad' has a weight in a column"),
    "mark.dicx": ("DicTerm,Fear\nafraid,yes\n", "line 2: the weight 'yes'"),
    "first.lc3": ("afraid\n+FEAR\n", "line 1: 'afraid' comes before"),
    "nameless.lc3": ("+FEAR\nafraid\n+\nglad\n", "line 3: a category without a name"),
    "alike.lc3": ("+FEAR\nafraid\n+FEAR\n", "line 3: duplicate category 'FEAR'"),
    "top.cat": ("afraid (1)\n", "line 1: 'afraid' has no category above it"),
    "doctype.ykd": ('<!DOCTYPE a [<!ENTITY b "c">]>\n<dictionary/>', "line 1: a dictionary must not have"),
    "torn.ykd": ("<dictionary>\n<cnode name='a'>\n", "line 3: not well-formed XML"),
    "regexp.ykd": ('<dictionary patternengine="regexp"/>', "line 1: patterns must be globs"),
    "nameless.ykd": ("<dictionary>\n<cnode/></dictionary>", "line 2: a <cnode> without a name"),
    "deep.ykd": ("<dictionary>" + "<cnode name='a'>" * 51, "line 1: .*more than 50"),
    "twice.yml": ("fear: [a]\nfear: [b]\n", "line 2: duplicate category 'fear'"),
    "no.yml": ("fear:\n  - not\n  - no\n", "line 3: 'no' is read as bool"),
    "key.yml": ("no: [not]\n", "line 1: 'no' is read as bool"),
    "nan.yml": ("fear: [.nan]\n", r"line 1: '\.nan' is read as float"),
    "number.yml": ("fear:\n- 010\n", "line 2: '010' is read as int"),
    "null.yml": ("fear:\njoy: [a]\n", "line 1: 'fear' has no entries"),
    "code.yml": ("fear:\n- !!python/object/apply:os.system ['true']\n", "line 2: a part is read as python"),
    "object.yml": ("fear: !!python/name:os.system\n", "line 1: '' is read as python"),
    "empty.yml": ("fear: ['']\n", "line 1: an empty entry"),
    "map.yml": ("{a: b}: [c]\n", "line 1: the name of a category"),
    "alias.yml": ("a: &a [x, y]\nb: [*a, *a]\n", "line 1: aliases"),
    "list.yml": ("- afraid\n", "line 1: a YAML dictionary must be a mapping"),
    "torn.yml": ("fear: [a\njoy: b\n", "line 2: not YAML"),
    "odd.yml": ("fear: [a]\njoy: [b\x01]\n", "line 2: not YAML: unacceptable character #x0001"),
    "deep.yml": ("a: " + "[" * 5000, "line 1: "),
    "column.csv": ("thing,category\na,b\n", "line 1: a lexicon must have a column 'entry', got: thing, category"),
    "shift.csv": ("entry,category\na,b,c\n", "line 2: expected 2 cells as in the first line, got 3"),
    "lines.csv": ('entry,note\n"a","two\nlines"\nb\n', "line 4: expected 2 cells"),
    "empty.csv": ("entry,category\na,b\n ,b\n", "line 3: an empty entry"),
    "flags.csv": ("word,Fear,Joy\ndread,1,0\n,0,1\n", "line 3: an empty entry"),
    "same.csv": (
        "entry,category,weight\na,b,1\na,c,1\nA,b,2\n",
        "line 4: 'A' is in line 2 with another weight, tag or rule",
    ),
    "several.csv": (
        "entry,category,weight\na,b,x\n,b,1\nc,b\nC++,b,1\nd,b,1\n",
        r"line 2: the weight 'x' .*; line 3: an empty entry; line 4: expected 3 cells .*, got 2; "
        r"line 5: 'C\+\+' would count .*; 4 faults in all",
    ),
    "dozen.csv": (
        "entry\n" + "".join(f"C{n}++\n" for n in range(12)),
        "line 2: .*; line 11: [^;]*; 12 faults in all",
    ),
    "strict.csv": ("entry\na\nC++\n", r"line 3: 'C\+\+' would count [^();]*$"),
    "again.csv": ("word,Fear,Fear\na,1,0\nb,0,1\n", r"line 1: duplicate category 'Fear' \(see line 1\)"),
    "again.dicx": ("DicTerm,Fear,Fear\na,X,X\n", r"line 1: duplicate category 'Fear' \(see line 1\)"),
    "stricter.csv": ("entry\nC++\na\n:D\n", r"line 2: 'C\+\+' would count .*; line 4: ':D' .*; 2 faults in all"),
    "weight.csv": ("entry,weight\na,nan\n", "line 2: the weight 'nan'"),
    "quote.csv": ('entry\n"a\n', "line 2: not CSV"),
    "many.csv": ("entry\n" + "[a|b]" * 12 + "\n", "line 2: .*alternatives"),
    "afinn.txt": ("dread\t-3\nglad\t2\n", "line 1: words with scores: .* a CSV with the columns entry"),
    "afinn.tsv": ("can't bear\t-3.5\nglad\t2\n", "line 1: words with scores"),
    "scored.csv": ("word,score\nglad,2\ndread,-3\n", "line 1: words with scores"),
    "vad.tsv": ("Word\tValence\tArousal\nglad\t0.9\t.5\n", "line 1: words with scores"),
    "text.txt": ("Dread\nIt was a cold day, and nobody was glad.\n", "unknown .*columns entry and category"),
    "long.txt": ("glad\nnobody was ever so glad\n", "unknown dictionary format"),
    "picture.png": ("\x89PNG", "unknown dictionary format"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_names_file_and_line(tmp_path, name):
    content, says = FAULTS[name]
    with pytest.raises(ValueError, match=says) as error:
        load(tmp_path, name, content)
    assert str(tmp_path / name) in str(error.value)


def test_an_entry_that_a_category_has_twice_is_one_with_a_note(tmp_path):
    """As in recipes, and as in every other format."""
    with pytest.warns(UserWarning, match="left out: line 4: 'A ' is in line 2 too|'A' is in"):
        lexicon = load(tmp_path, "twice.csv", "entry,category\na,b\na,c\nA,b\n")
    assert lexicon.entries[["entry", "category"]].to_numpy().tolist() == [["a", "b"], ["a", "c"]]


def test_weights_that_scores_do_not_use_are_told(tmp_path):
    path = tmp_path / "w.csv"
    path.write_text('entry,category,weight\na,b,2\nc,b,1\nd,b,"0,5"\ne,b,1\n')
    says = "2 entries have weights other than 1, which scores do n"
    with pytest.warns(UserWarning, match=says) as told:
        fr.load_lexicon(path)
    assert told[0].filename == __file__  # the line of the user, not one of ours


def test_a_file_of_more_than_20_million_bytes_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.touch()
    os.truncate(path, 20_000_001)
    with pytest.raises(ValueError, match="at most 20,000,000 bytes, got 20,000,001"):
        fr.load_lexicon(path)
    monkeypatch.setattr("framing.lexicon.formats.files.LARGEST", 14)
    assert as_dict(load(tmp_path, "b.csv", "entry\nafraid*\n")) == {"cue": ["afraid*"]}


def test_categories_may_be_fifty_deep_and_those_that_only_hold_others_are_none(tmp_path):
    deep = "<dictionary>" + "<cnode name='a'>" * 50 + "<pnode name='b'/>" + "</cnode>" * 50
    assert as_dict(load(tmp_path, "a.ykd", f"{deep}</dictionary>")) == {".".join("a" * 50): ["b"]}
    assert as_dict(load(tmp_path, "b.yml", "mood:\n  fear: [afraid]\n")) == {
        "mood.fear": ["afraid"]
    }


def test_the_entries_of_a_list_have_at_most_four_words(tmp_path):
    four = "nobody was ever glad"
    assert as_dict(load(tmp_path, "a.txt", f"glad\n{four}\n")) == {"a": ["glad", four]}


def test_columns_of_years_or_numbers_that_are_no_flags_are_no_categories(tmp_path):
    """Years without a 0 say when a word was added; a 0 and a 7 say how often it was used."""
    with pytest.warns(UserWarning, match="columns not used: Added, Used") as told:
        found = load(tmp_path, "a.csv", "Word,Added,Used,Gloom,\ndim,2009,7,1,0\nglad,2011,0,0,1\n")
    assert as_dict(found) == {"Gloom": ["dim"]}
    assert told[0].filename == load.__code__.co_filename  # the line that loads it, none of ours


@settings(deadline=None)
@given(
    st.sampled_from(sorted(FILES)), st.text(st.sampled_from("%+\t\r\n ()<>[]{}&*!':,-1a\x00é\""))
)
def test_any_text_is_read_or_refused_with_a_reason(tmp_path_factory, name, text):
    """No content makes another error than ValueError."""
    with warnings.catch_warnings(action="ignore", category=UserWarning):
        try:
            load(tmp_path_factory.mktemp("any"), name, text)
        except ValueError as error:
            assert name in str(error)


def test_columns_of_flags_are_categories_and_the_others_are_named(tmp_path):
    """As in the master table of Loughran and McDonald: years, 0, and negative years for removed."""
    path = tmp_path / "master.csv"
    path.write_text(
        "Word,Seq_num,Gloom,Doubt,Mirth,Syllables\nGLOOMY,1,2009,0,0,2\nMAYBE,7,0,2011,0,2\n"
        "DIM,9,2009,-2020,0,1\n"
    )
    with pytest.warns(UserWarning, match="columns not used: Seq_num, Syllables"):
        lexicon = fr.load_lexicon(path)
    assert lexicon.categories == ("Gloom", "Doubt", "Mirth")
    found = lexicon.entries[["category", "entry"]].values.tolist()
    assert found == [["Gloom", "GLOOMY"], ["Doubt", "MAYBE"], ["Gloom", "DIM"]]
    cues = fr.find_cues(pd.DataFrame({"text": ["Maybe it is gloomy."]}), lexicon=lexicon)
    assert cues["category"].tolist() == ["Doubt", "Gloom"]


@pytest.mark.parametrize(("name", "text"), [
    ("marks.csv", "Entry,Kind,Fear,Joy,Notes\ndread,H4,Fear,,|\nglad,H4,,Joy,x y\nshelf,H4,,,\n"),
    ("marks.tsv", "Word\tFear\tJoy\ndread\tx\t\nglad\t\tX\n"),
    ("yes.csv", "term;Fear;Joy\ndread;yes;no\nglad;no;yes\n"),
    ("flags.txt", "English Word\tFear\tJoy\tGerman Word\ndread\t1\t0\tGrauen\nglad\t0\t1\tfroh\n"),
    ("long.txt", "dread\tFear\t1\ndread\tJoy\t0\nglad\tFear\t0\nglad\tJoy\t1\n"),
    ("long.csv", "word,emotion,flag\ndread,Fear,1\ndread,Joy,0\nglad,Fear,0\nglad,Joy,1\n"),
])  # fmt: skip
@pytest.mark.filterwarnings("ignore:.*columns not used")
def test_whether_a_word_has_a_category_is_marked_in_many_ways(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    entries, categories = read_entries(tmp_path / name)
    assert set(categories) == {"Fear", "Joy"}
    found = set(entries[["category", "entry"]].itertuples(index=False, name=None))
    assert found == {("Fear", "dread"), ("Joy", "glad")}


@pytest.mark.parametrize("notes", [("x", "", "see there"), ("", "", ""), ("x", "x", "x")])
def test_a_column_of_notes_in_which_some_cells_look_like_marks_is_no_category(tmp_path, notes):
    path = tmp_path / "a.csv"
    cells = zip(("dread", "glad", "dim"), ("x", "", ""), notes, strict=True)
    path.write_text("Word,Fear,Notes\n" + "".join(f"{','.join(row)}\n" for row in cells))
    with pytest.warns(UserWarning, match="columns not used: Notes"):
        assert fr.load_lexicon(path).categories == ("Fear",)


@pytest.mark.parametrize(("wrong", "more"), [(5, ""), (6, "; and 1 more"), (7, "; and 2 more")])
def test_five_things_that_are_left_out_are_shown_and_the_others_counted(tmp_path, wrong, more):
    path = tmp_path / "a.txt"
    path.write_text("dread\n" + "a+\n" * wrong)
    with pytest.warns(UserWarning, match="left out") as told:
        fr.load_lexicon(path)
    assert str(told[0].message).count("'a+'") == 5
    assert str(told[0].message).endswith(f"a letter and marks{more}")


def test_senses_of_a_word_are_one_entry(tmp_path):
    """As the General Inquirer numbers them; a word counts in the categories of all its senses."""
    path = tmp_path / "inquirer.csv"
    path.write_text("Entry,Gloom,Mirth\nDARK#1,Gloom,\nDARK#2,Gloom,\nDARK#3,,Mirth\nGLAD,,Mirth\n")
    with pytest.warns(UserWarning, match=r"numbers of senses \(3 entries, such as 'DARK#1'\)"):
        lexicon = fr.load_lexicon(path)
    scores = fr.score(pd.DataFrame({"text": ["A dark day."]}), lexicon=lexicon)
    assert scores[["Gloom", "Mirth"]].to_numpy().tolist() == [[1, 1]]
    assert len(lexicon.entries) == 3


def test_a_list_of_words_is_a_category_of_the_name_of_its_file(tmp_path):
    """As opinion lexicons are given away; "a+" would count each "a"."""
    path = tmp_path / "gloomy-words.txt"
    path.write_bytes(
        b";;;;\r\n; Gloom, by A. Holm (2031)\r\n;;;;\r\n\r\na+\r\ndim\r\nill-lit*\r\nna\xefve\r\n"
    )
    with pytest.warns(UserWarning, match="left out: line 5: 'a[+]'") as told:
        lexicon = fr.load_lexicon(path)
    assert told[0].filename == __file__  # the line of the user, not one of ours
    assert lexicon.categories == ("gloomy-words",)
    scores = fr.score(pd.DataFrame({"text": ["A naïve, dim, a ill-lit one."]}), lexicon=lexicon)
    assert scores["gloomy-words"].tolist() == [3]


def test_a_dictionary_with_a_category_for_each_word_is_refused(tmp_path):
    """Each category is a column of the scores: 20,000 of them took 500 MB for two texts."""
    path = tmp_path / "x.lc3"
    lines = [f"+c{i}\nw{i} 1\n" for i in range(3001)]
    path.write_text("".join(lines[1:]))
    assert len(fr.load_lexicon(path).categories) == 3000
    path.write_text("".join(lines))
    with pytest.raises(ValueError, match="at most 3,000 categories, got 3,001"):
        fr.load_lexicon(path)
