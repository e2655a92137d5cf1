"""The language of a table without one, told by some of its texts."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framing.corpus.language import language_in, telling, with_language

SAID = {
    "en": "Ministers said on Monday that the talks may fail, and many people fear a long strike, {}.",
    "de": "Die Minister sagten am Montag, dass die Gespräche scheitern, und viele fürchten {} Streiks.",
    "fr": "Les ministres ont dit lundi que les négociations pourraient échouer, et {} craignent.",
    "": "Rain {}.",
    "?": "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18 and {}.",
}


def in_languages(*codes: str, paragraphs: int = 1) -> pd.DataFrame:
    """A paragraph in each of these languages; so many after each other are an article."""
    rows = [
        (f"a{n // paragraphs}", n % paragraphs, "body", SAID[code].format(n))
        for n, code in enumerate(codes)
    ]
    return pd.DataFrame(rows, columns=["article", "paragraph", "role", "text"])


def told(parts: list[pd.DataFrame]) -> tuple[str, list[str]]:
    """The language of a table, and what is said of it."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        return language_in(parts), [str(one.message) for one in said]


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(
        st.tuples(st.sampled_from([*SAID]), st.integers(1, 60)), min_size=1, max_size=4
    ),
    size=st.integers(1, 50),
    paragraphs=st.integers(1, 4),
)
@example([("en", 1), ("de", 3), ("", 1)], 2, 2)
@example([("", 1), ("de", 2), ("en", 1)], 2, 2)
@example([("en", 1), ("", 1), ("de", 1), ("en", 3)], 3, 3)
def test_parts_of_a_table_tell_its_language_as_the_whole(counts, size, paragraphs):
    """A quotation in an English article is none in another language, whatever part it is in."""
    table = in_languages(*(code for code, n in counts for _ in range(n)), paragraphs=paragraphs)
    parts = [telling(table[at : at + size]) for at in range(0, len(table), size)]
    assert told(parts) == told([table])


@pytest.mark.parametrize(
    ("codes", "paragraphs", "language", "said"),
    [
        (["en"] * 9, 1, "", ""),
        (["de"] * 9, 1, "de", ""),
        (["de"], 1, "de", ""),
        (["en"] * 4 + ["de"], 1, "", "at least 1 of 5 texts (de), such as 'Die"),
        (["en"] * 3 + ["de"], 1, "each", "at least 1 of 4 texts (de), such as 'Die"),
        (["en"] * 2 + ["de", "fr"], 1, "each", "at least 2 of 4 texts (de, fr), such as 'Die"),
        (["en"] * 4 + ["de"] * 2, 1, "each", "at least 2 of 6 texts (de), such as 'Die"),
        (["en"] * 3 + ["?", "de"], 1, "", "at least 1 of 5 texts (de), such as 'Die"),
        (["de"] * 8 + ["fr"] * 2, 1, "each", "at least 10 of 10 texts (de, fr), such as 'Die"),
        (["de"] * 3 + ["fr"] * 3, 1, "each", "at least 6 of 6 texts (de, fr), such as 'Die"),
        ([""] * 9, 1, "", ""),
        (["en", "de"] * 9, 2, "", ""),  # quotations in English articles
        (["en", "en", "de", "de"] * 3, 2, "each", "at least 6 of 12 texts (de), such as 'Die"),
    ],
)
def test_from_a_quarter_on_texts_in_another_language_are_read_in_their_own(
    codes, paragraphs, language, said
):
    table = in_languages(*codes, paragraphs=paragraphs)
    found, warned = told([table])
    assert found == language
    assert [text.startswith(f"Not English: {said}") for text in warned] == [True] * bool(said)
    few = any("scored as if they were" in text for text in warned)
    assert few == (bool(said) and language == "")
    if said:
        assert told([table[["text"]]])[0] == language or paragraphs > 1


def test_each_text_gets_its_language():
    table = in_languages("en", "de", "fr", "", "de", "en")
    assert with_language(table, "each")["language"].tolist() == ["en", "de", "fr", "", "de", "en"]
    assert "language" not in with_language(table, "")
    assert set(with_language(table, "de")["language"]) == {"de"}
    with_own = table.assign(language="nl")
    assert with_language(with_own, "de") is with_own


@pytest.mark.parametrize(("letters", "seen"), [(100, True), (99, False)])
def test_one_long_text_among_many_is_seen_without_common_english_words(letters, seen):
    """All of a hundred letters are looked at, and of shorter ones 40 of the whole table."""
    german = SAID["de"].format("lange, laute, teure, große").ljust(letters, ".")[:letters]
    table = in_languages(*["en"] * 400)
    table.loc[200, "text"] = german
    assert told([table])[0] == ""
    assert bool(told([table])[1]) is seen
    for more, is_english in ((" the talks", True), (" up to it", False), (" up to 9 of it", True)):
        table.loc[200, "text"] = german + more + "." * (letters - 99)
        assert bool(told([table])[1]) is (not is_english)


@pytest.mark.parametrize("place", [200, 201])
@pytest.mark.parametrize("cut", [0, 200, 201, 202, 400])
def test_a_quotation_among_many_texts_is_none_in_whatever_part_its_article_goes_on(place, cut):
    """Of many texts few are kept, and the English one of the article of a quotation is."""
    table = in_languages(*["en"] * 400, paragraphs=2)
    table.loc[place, "text"] = f"{SAID['de']} {SAID['de']}"
    parts = [telling(part) for part in (table[:cut], table[cut:]) if len(part)]
    assert sum(map(len, parts)) < 100
    assert told(parts) == ("", [])
    table.loc[[200, 201], "text"] = f"{SAID['de']} {SAID['de']}"
    assert "2 of 400" in told([telling(table)])[1][0]
