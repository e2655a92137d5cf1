"""An entry matches its own text, or it is told."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.lexicon.own_text import _misread, _plain, misread
from framing.lexicon.patterns import slots
from framing.text.words import words

MEANT = [
    *["fear*", "U.S. troops", "and/or", "R&D", "rock & roll", "Mr.", "b.b.c.", "COVID-19", "it's"],
    *["SOUTH_AFRICA*", "wom?n", "*-led", "pro-*", "{NUM} men", "{BE} late", "n't", "'s", "goin'"],
    *["what 's next", "[may|might] be", "contend[|s]", "don't [can’t|won’t]", "100,000", "24/7"],
    *["Ö. Korkmaz", "o\u0308l", "so-called", "e.g. this", "\u0958", "[anyone|anybody] 's guess"],
]
OTHER = {
    "C++": "'c', since '++'", "$5": "'5', since '$'", "50%": "'50', since '%'",
    "(sic)": "'sic', since '()'", "law, and order": "'law and order', since ','",
    "fear;worry": "'fear worry', since ';'", "worry // note": "'worry note', since '//'",
    '"fear*"': "'fear*', since '\"\"'", "#metoo": "'metoo', since '#'", "anti-": "'anti', since '-'",
    ".net": "'net', since '.'", "of $5": "'of 5', since '$'", "fear | worry": "'fear worry', since '|'",
    ":D": "'d', since ':'", "<3": "'3', since '<'", "[may|might],": "'may', since ','",
    "[it's|he's] fine": "each alternative in [ ] must be one word",
    "[very|] bad": "each alternative in [ ] must be one word", ":)": "has no letter or digit",
}  # fmt: skip


def test_entries_that_would_count_something_else_are_told_with_what():
    reasons = misread([*MEANT, *OTHER])
    assert list(reasons) == list(OTHER)
    for entry, says in OTHER.items():
        assert reasons[entry].startswith(repr(entry)) and says in reasons[entry]


@given(st.text("ab1É\u0301*?'’-.,;/&$_()[|] \xad", min_size=1, max_size=8))
def test_an_entry_that_is_not_told_matches_its_own_text(entry):
    """From its first word to its last; wildcards stand for a letter, alternatives for the first."""
    try:
        told = misread([entry])
    except ValueError:
        return
    if told or not entry.strip():
        return
    text = entry.replace("*", "一").replace("?", "一").replace("_", " ")  # takes no accent
    if "[" in text:
        return
    cues = fr.find_cues(
        pd.DataFrame({"text": [text]}), lexicon=fr.Lexicon(pd.DataFrame({"entry": [entry]}))
    )
    assert len(cues) == 1
    outside = text[: cues["start"].item()] + text[cues["end"].item() :]
    assert not outside.strip("'’. \xad")


@pytest.mark.parametrize("entry", ["{XYZ}", "{NUM}-year-old", "late {be}s", "x{NUM}"])
def test_braces_around_another_word_are_refused(entry, tmp_path):
    """{XYZ} counted the word XYZ."""
    (tmp_path / "mine.csv").write_text(f"entry\nfear\n{entry}\n")
    with pytest.raises(
        ValueError, match=r"mine\.csv, line 3: .*is not known in braces; {NUM} stands"
    ):
        fr.load_lexicon(tmp_path / "mine.csv")
    assert len(slots("{NUM} {be}")) == 2


@pytest.mark.parametrize("name", ["mine.csv", "mine.txt"])
def test_a_list_of_ones_own_with_such_an_entry_is_an_error_with_its_line(name, tmp_path):
    (tmp_path / name).write_text("entry\nfear\nworry // note\nrisk % \n")
    with pytest.raises(
        ValueError, match=rf"{name}, line 3: 'worry // note' .*line 4: 'risk %' .*2 faults in all"
    ):
        fr.load_lexicon(tmp_path / name)


def test_published_dictionaries_are_read_without_their_emoticons(tmp_path):
    """They count words in their own programs, too; what is left out is told and gone."""
    (tmp_path / "mine.dic").write_text("%\n1\tjoy\n2\tmarks\n%\n:D\t1\nglad\t1\n:)\t1\t2\n8)\t2\n")
    with pytest.warns(
        UserWarning, match=r"left out: line 5: ':D' would count 'd', .*line 7: ':\)'"
    ):
        lexicon = fr.load_lexicon(tmp_path / "mine.dic")
    assert lexicon.entries["entry"].tolist() == ["glad"]
    scores = fr.score(pd.DataFrame({"text": ["Glad, D, 8."]}), lexicon=lexicon)
    assert scores[["joy", "marks"]].to_numpy().tolist() == [[1, 0]]


def test_a_dictionary_without_entries_is_an_error(tmp_path):
    (tmp_path / "mine.dic").write_text("%\n1\tjoy\n%\n")
    with pytest.raises(ValueError, match=r"mine\.dic: no entries: every count would be 0"):
        fr.load_lexicon(tmp_path / "mine.dic")


def test_categories_that_differ_in_case_only_are_told(tmp_path):
    (tmp_path / "mine.csv").write_text("entry,category\nfear,Angst\ndread,angst\n")
    said = r"mine\.csv: 'Angst' and 'angst' differ only in upper"
    with pytest.warns(UserWarning, match=said) as told:
        assert fr.load_lexicon(tmp_path / "mine.csv").categories == ("Angst", "angst")
    assert told[0].filename == __file__  # the warning shows the line that loads the dictionary


@given(st.text(st.characters(categories=["L", "N"], include_characters=" *"), min_size=1))
def test_entries_of_letters_and_digits_match_their_own_text(entry):
    """So they need not be compared with it, and each of their words is a word of a text."""
    if _plain(entry) and entry.strip():
        assert _misread((entry,)) == {}
        if "*" not in entry:
            assert [slot.globs for slot in slots(entry)] == [
                (word.key,) for word in words(entry.lower())
            ]


def test_words_with_digits_are_not_compared_with_their_own_text():
    assert _plain("covid19 wave*")
    assert not _plain("covid-19")
