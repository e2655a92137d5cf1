from __future__ import annotations

import fnmatch
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.lexicon.patterns import slots
from framing.text.words import words


@given(st.text("ab*?", min_size=1, max_size=8), st.text("ab", min_size=1, max_size=8))
def test_globs_are_those_of_the_shell(glob, word):
    """Stars and question marks take what Python's own fnmatch takes."""
    ((slot, _),) = slots(glob)
    assert bool(re.fullmatch(slot, word)) == fnmatch.fnmatchcase(word, glob)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("U.S.", "the U.S. army"),
        ("SOUTH_AFRICA*", "South African wines"),
        ("covid*", "Covid-19"),
        ("caf*", "cafe\u0301"),
        ("can’t", "can't"),
        ("wom?n", "women"),
        ("*-led", "US-led"),
        ("and/or", "and or"),
    ],
)
def test_an_entry_is_cut_as_the_words_of_a_text(entry, text):
    keys = [word.key for word in words(text)]
    found = [slot.pattern for slot in slots(entry)]
    windows = [keys[i : i + len(found)] for i in range(len(keys))]
    assert [
        all(re.fullmatch(slot, key) for slot, key in zip(found, window, strict=True))
        for window in windows
        if len(window) == len(found)
    ].count(True) == 1


@pytest.mark.parametrize("entry", [":)", "", "…", "()"])
def test_what_has_no_letter_has_no_slot(entry):
    assert slots(entry) == []


@pytest.mark.parametrize(
    "entry",
    [
        "not [rule out|deny]",
        "[a | b]",
        "say [a|b",
        "a|b]",
        "[a|[b|c]]",
        "deny|sa[y|id]",
        "sa[y|id]|deny",
    ],
)
def test_alternatives_that_no_word_can_match_are_refused_by_name(entry, tmp_path):
    """They would never match; a mark such as :[ or | is none."""
    (tmp_path / "mine.csv").write_text(f"entry\nfear\n{entry}\n")
    says = re.escape(f"mine.csv, line 3: {entry!r}: alternatives in [ ] must be single words")
    with pytest.raises(ValueError, match=says):
        fr.load_lexicon(tmp_path / "mine.csv")
    assert [len(slots(fine)) for fine in (":[", ":-|", "[a|b] c", "a|b")] == [0, 0, 2, 2]


def test_a_hostile_pattern_takes_no_time():
    """What takes a regular expression minutes is a literal or a glob here."""
    start = time.perf_counter()
    ((slot, _),) = slots("*a*a*a*a*a*a*a*a*b")
    assert not re.fullmatch(slot, "a" * 20_000)
    assert all("+" not in slot.pattern.replace(r"\+", "") for slot in slots("(a+)+$"))
    with pytest.raises(ValueError, match="more than 1,000 alternatives"):
        slots("[a|b]" * 30)
    assert time.perf_counter() - start < 1


def test_an_entry_has_at_most_a_thousand_characters_and_alternatives():
    assert len(slots("a" * 1000)) == 1
    with pytest.raises(ValueError, match=r"at most 1,000 characters, got 1,001"):
        slots("a" * 1001)
    ten = "[a|b|c|d|e|f|g|h|i|j]"
    assert len(slots(ten * 3)[0].globs) == 1000
    with pytest.raises(ValueError, match="more than 1,000 alternatives"):
        slots(f"{ten}{ten}[a|b|c|d|e|f|g|h|i|j|k]")
