from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from framing.text.encoding import clean, decode

TEXT = "It’s late in Port Ansel – “too late”, she said; the café had closed, and nobody came.\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac-roman"],
)
def test_encodings_are_found_and_named(encoding):
    """Text comes back as it was, and its encoding has the name it went out with."""
    text, found = decode((TEXT * 3).encode(encoding))
    assert text.lstrip("\ufeff") == TEXT * 3
    assert found == encoding


def test_a_declared_encoding_is_believed_where_utf8_does_not_fit():
    """A page's charset decides between single-byte encodings; Latin-1 is read as browsers do."""
    russian = "Переговоры могут сорваться, говорят дипломаты. " * 3
    assert decode(russian.encode("koi8-r"), declared="koi8-r") == (russian, "koi8-r")
    assert decode(TEXT.encode("cp1252"), declared="ISO-8859-1") == (TEXT, "cp1252")
    assert decode(TEXT.encode("utf-8"), declared="koi8-r") == (TEXT, "utf-8")


def test_russian_is_not_read_as_western():
    """Text that is mostly beyond ASCII goes to charset-normalizer, not to cp1252."""
    russian = "Переговоры могут сорваться, говорят дипломаты в столице. " * 20
    assert decode(russian.encode("cp1251"))[0] == russian


@pytest.mark.parametrize(
    "raw", [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 99, b"\x01\x02" * 300]
)
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(ValueError, match=r"no known encoding|control characters"):
        decode(raw)


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        ("a\x00b", "ab", "1 NUL taken out"),
        ("a\x01\x7fb", "ab", "2 control characters taken out"),
        ("a\ud800b", "a\ufffdb", "1 lone surrogate replaced"),
        ("a\ud83d\ude00b", "a😀b", None),
        ("Itâ€™s cafÃ©\nIt’s", "It’s café\nIt’s", "mojibake repaired in 1 line"),
        ("Mu\u0308nchen", "M\u00fcnchen", "1 accent joined with a letter (NFC)"),
        ("q\u0308", "q\u0308", None),
        ("it\x92s", "it’s", "1 C1 character read as cp1252"),
        ("one\x85two", "one\x85two", None),
        ("soft\u00adhyphen “quotes” ﬁ", "soft\u00adhyphen “quotes” ﬁ", None),
        ("lost \ufffd", "lost \ufffd", "1 character had been lost before (U+FFFD)"),
    ],
)
def test_what_is_changed_is_told(before, after, note):
    """Only what no table can hold, and what was decoded wrongly, is changed; and it is counted."""
    found = clean(before)
    assert found.text == after
    assert (note is None and found.notes == ()) or note in found.notes


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_sound_text_that_is_not_mojibake_stays(text):
    """Whatever is changed in printable text is told; most often nothing is."""
    found = clean(text)
    assert found.text == text or found.notes


@example("Í\x81")  # an accent once it is repaired
@given(st.text(st.characters()))
def test_cleaned_text_can_be_stored_and_is_clean(text):
    """No NUL, control character or lone surrogate is left, and cleaning again changes nothing."""
    once = clean(text)
    once.text.encode("utf-8")
    assert not re.search(r"[\x00-\x08\x0e-\x1f\x7f]", once.text)
    assert clean(once.text).text == once.text


@given(st.binary(max_size=300))
def test_bytes_become_text_or_a_value_error(raw):
    """Nothing but a ValueError comes out of any bytes."""
    try:
        text, encoding = decode(raw)
    except ValueError:
        return
    assert isinstance(text, str)
    assert encoding


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("lost", [1, 3])
@pytest.mark.parametrize("place", [40, 41, 90, 129])
def test_a_line_of_utf_16_that_lost_a_byte_is_read_around_the_gap(order, lost, place):
    """Behind the gap it was Chinese up to its end, without a word."""
    lines = ["Talks began.", "The talks could fail, officials fear in Kyjiw – “soon”.", "Rain."]
    raw = "\n".join(["\ufeff" + lines[0], *lines[1:]]).encode(order)
    text, _ = decode(raw[:place] + raw[place + lost :])
    first, middle, last = text.split("\n")
    assert (first, last) == (lines[0], lines[2])
    before, gap, behind = middle.partition("\ufffd")
    assert gap and lines[1].startswith(before) and lines[1].endswith(behind)
    assert len(before) + len(behind) >= len(lines[1]) - 2
    assert clean(text).notes == ("1 character had been lost before (U+FFFD)",)


@given(
    st.lists(st.tuples(st.sampled_from(["café", "“we”", "naïve – no", "rain"]), st.booleans())),
)
def test_a_few_characters_of_cp1252_in_utf8_are_read_as_such(words):
    raw = b" ".join(
        word.encode("cp1252" if old and n % 8 == 0 else "utf-8")
        for n, (word, old) in enumerate(words)
    )
    few = "“Élan” " * (2 * len(words) + 4)
    text, encoding = decode(few.encode() + raw)
    assert text == few + " ".join(word for word, _ in words)
    assert encoding.startswith("utf-8")


def test_a_text_of_cp1252_stays_one():
    text = "The café in Málaga, “we fear”, is naïve – no."
    assert decode(text.encode("cp1252")) == (text, "cp1252")
