"""Words of a chunk are those of the plain definition, text by text."""

import itertools
import re
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.text.chunks import cut, cut_further
from framing.text.tokens import COMMA, EDGE, MARK, QUESTION, STOP, Tokens, count_each, tokenise
from framing.text.words import count_words, normalise, words
from tests import adversarial, plain_cues

PIECES = [
    *["a", "é", "É", "ß", "Σ", "İ", "e\u0301", "1", "1,000", "٣", "②", "fear", "FEAR", "U.S."],
    *["'s", "’s", "'S", "'ſ", "'re", "’RE", "'t", "n't", "-", "‑", "--", "—", ".", ",", "'", "“"],
    *["\u00ad", "\u200b", "_", "$", "£", "€5", " ", "  ", "\n", "\xa0", "\u2003", "\x1c"],
    *["/", "&", " & ", "?", "😀", "１", "\u0308", "o\u0308"],
]


def plain(texts: list[str]) -> list[tuple[int, int, int, str, bool]]:
    """Row, start, end, key and whether a phrase can go on, by the definition itself."""
    found = []
    for row, text in enumerate(texts):
        here, folded = words(text), normalise(text)
        joined = [False, *(plain_cues.goes_on(folded, a, b) for a, b in itertools.pairwise(here))]
        found += [(row, *word, j) for word, j in zip(here, joined, strict=False)]
    return found


def in_one_pass(texts: list[str]) -> list[tuple[int, int, int, str, bool]]:
    t = tokenise(cut(texts))
    keys = [t.vocabulary[key] for key in t.keys]
    places = np.arange(len(keys))
    columns = (*t.spans(places, places), keys, t.joined)
    return list(zip(*(np.asarray(c).tolist() for c in columns), strict=True))


HOSTILE = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@pytest.mark.parametrize("kind", [HOSTILE, st.text()], ids=["hostile", "any"])
@given(data=st.data())
def test_words_are_those_of_the_definition(kind, data) -> None:
    """Apostrophes, hyphens, points in numbers, clitics, soft hyphens, currency, odd spaces."""
    texts = data.draw(st.lists(kind, min_size=1, max_size=5))
    assert in_one_pass(texts) == plain(texts)


def test_words_of_prose_and_of_hostile_strings_are_those_of_the_definition() -> None:
    """A whole chunk of each, so that rows and kinds of pieces meet."""
    hostile = [re.sub("[\ud800-\udfff]", "\ufffd", s) for s in adversarial.strings(2_000, seed=5)]
    for texts in (adversarial.prose()[:1_500], hostile):
        assert in_one_pass(texts) == plain(texts)


MARKS = {",": COMMA, ".": STOP, "!": STOP, "?": QUESTION} | dict.fromkeys(";:()—-/", MARK)


@given(
    st.lists(
        st.lists(st.sampled_from([*PIECES, *MARKS]), max_size=12).map("".join),
        min_size=1,
        max_size=4,
    )
)
def test_marks_between_words_and_capitals_are_those_that_are_there(texts: list[str]) -> None:
    """Marks before every word and after the last, as bits; capitals as str sees them."""
    gaps, capital = [], []
    for text in texts:
        here, folded = words(text), normalise(text)
        edges = [0, *(place for word in here for place in word[:2]), len(folded)]
        between = [set(folded[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        gaps.append([sum({MARKS[c] for c in chars if c in MARKS}) for chars in between])
        capital += [folded[word.start].isupper() for word in here]
    tokens = tokenise(cut(texts))
    assert tokens.capital.tolist() == capital
    begin = 0
    for marks in gaps:
        seen = tokens.gaps[begin : begin + len(marks)]
        inner = seen[1:-1] if len(marks) > 1 else []
        assert (inner == np.array(marks[1:-1], np.uint8)).all()
        if len(marks) > 1:
            assert seen[0] & EDGE and seen[-1] & EDGE
            assert seen[-1] & marks[-1] == marks[-1]
        begin += len(marks) - 1


def test_the_vocabulary_is_sorted_and_holds_what_is_there() -> None:
    """Ids are places in the alphabet, whatever order the words come in."""
    tokens = tokenise(cut(["Beta alpha", "", "  al\u00adpha’s ", "ALPHA"]))
    assert isinstance(tokens, Tokens)
    assert tokens.vocabulary == ["'s", "alpha", "beta"]
    assert tokens.keys.tolist() == [2, 1, 1, 0, 1]
    assert tokens.rows.tolist() == [0, 0, 2, 2, 3]
    assert tokens.spans(np.arange(5), np.arange(5))[1].tolist() == [0, 5, 2, 8, 0]
    assert tokens.joined.tolist() == [False, True, False, True, False]


def test_half_a_surrogate_pair_is_no_word_and_moves_no_offset() -> None:
    """What UTF-8 cannot hold is passed over, one code point for one."""
    assert in_one_pass(["\ud800 fear\udfff war"]) == [
        (0, 2, 6, "fear", False),
        (0, 8, 11, "war", False),
    ]


def test_a_clitic_is_no_word_of_its_own() -> None:
    """Words are counted as people count them."""
    assert count_words("NATO’s 100,000 troops aren’t there") == 5


@given(st.lists(st.text(alphabet="aZé09 ’'-.,\u200b—\n", max_size=30), max_size=6))
def test_words_of_many_texts_are_counted_as_those_of_one(texts):
    counted = [sum(not w.key.startswith("'") for w in words(text)) for text in texts]
    assert count_each(texts).tolist() == counted


@given(st.lists(st.text(st.sampled_from("ab. \n\u00a0é😀"), max_size=12), max_size=5), st.data())
def test_pieces_cut_further_hold_the_same_texts(texts, data):
    """Nothing is lost or moved, and a piece that is cut twice is three."""
    pieces = cut(texts)
    sizes = np.diff(pieces.places)
    places = [(i, k) for i, size in enumerate(sizes.tolist()) for k in range(1, size)]
    chosen = [place for place in places if data.draw(st.booleans())]
    piece, at = np.array(chosen, np.int64).reshape(-1, 2).T
    parts = cut_further(pieces, piece, at)
    before, after = (p.kinds.take(p.ids).to_pylist() for p in (pieces, parts))
    assert "".join(before) == "".join(after)
    assert len(after) == len(before) + len(chosen)
    assert set((pieces.places[piece] + at).tolist()) | set(pieces.places.tolist()) == set(
        parts.places.tolist()
    )


def test_places_of_pieces_count_from_the_beginning_of_each_text():
    pieces = cut(["  a bc", "", "d\t"])
    of_text = np.repeat(pieces.origin, np.diff(pieces.rows))
    assert (pieces.places[:-1] - of_text).tolist() == [2, 4, 0]


@given(st.text("aäÖüéñßçşΆйǘ '-.,1", max_size=30))
def test_words_are_the_same_whether_or_not_their_accents_are_parted(text):
    """As in texts from macOS and PDFs; where a word stands is counted in the text as it is."""
    parted = unicodedata.normalize("NFD", text)
    once, twice = in_one_pass([text]), in_one_pass([parted])
    assert [word[3:] for word in twice] == [word[3:] for word in once]
    assert [unicodedata.normalize("NFC", parted[a:b]) for _, a, b, *_ in twice] == [
        text[a:b] for _, a, b, *_ in once
    ]
