"""Cues found with arrays are those of the plain definition."""

import itertools
import re
import unicodedata
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
import framing.lexicon.matcher as matcher_module
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import built_in
from framing.lexicon.matcher import Hits, _nested
from tests import adversarial, plain_cues

SMALL = plain_cues.lexicon(
    *[("a", "may"), ("a", "may be able"), ("b", "be able to"), ("b", "may be"), ("c", "may")],
    *[("a", "fear*"), ("b", "f*ear"), ("c", "*ear"), ("d", "[fear|dread] of"), ("d", "ha[s|d]")],
    *[("a", "{NUM} men"), ("d", "about {NUM}"), ("c", "{BE} not"), ("b", "n't be"), ("d", "it's")],
    *[("c", "to be or not"), ("d", "not"), ("a", "de-escalat*"), ("b", "[x|ga*] ray")],
    first=("b", "a"),
    second=("c",),
)
WORDS = """may May MAY be able to able fear fears unfear ear dread of has had two twenty-five men
$5 £1,000 3.5bn about isn't isn’t n't it's its ’s not to be or not de-escalation x ray . , ! — '"
""".split()  # fmt: skip  # noqa: SIM905
PHRASES = ["may be", "may be able", "be able to", "to be or not", "two men"]  # seldom by chance
TEXTS = st.lists(
    st.tuples(
        st.sampled_from([*WORDS, *PHRASES]), st.sampled_from(["", " ", " ", "\xa0", "\u00ad"])
    )
)


SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=8)


@given(SPANS.map(sorted))
def test_a_hit_is_nested_if_another_one_holds_its_words_and_more(spans):
    """Hits of the same words do not lie within each other."""
    hits = [(first, first + more) for first, more in spans]
    want = [any(a <= c and d <= b and (a, b) != (c, d) for a, b in hits) for c, d in hits]
    first, last = (np.array([hit[k] for hit in hits], np.int64) for k in (0, 1))
    assert _nested(Hits(first, last, np.zeros(len(hits), np.int64))).tolist() == want


def found(texts: list[str], lexicon: Lexicon) -> list[plain_cues.Cue]:
    cues = fr.find_cues(pd.DataFrame({"text": pd.Series(texts, dtype=object)}), lexicon=lexicon)
    columns = ["paragraph", "sentence", "start", "end", "match", "category", "entry"]
    return list(cues[columns].itertuples(index=False, name=None))


@given(st.lists(TEXTS.map(lambda pairs: "".join(map("".join, pairs))), min_size=1, max_size=4))
def test_a_small_lexicon_is_matched_as_defined(texts: list[str]) -> None:
    """Globs, alternatives, numbers, forms of be, phrases within phrases, two families."""
    assert found(texts, SMALL) == plain_cues.find(texts, SMALL)


@pytest.mark.parametrize("seed", range(3))
def test_sentences_made_of_the_built_in_entries_are_matched_as_defined(seed: int) -> None:
    """Every entry with its notation filled in, in random company."""
    rng = np.random.default_rng(seed)
    filled = [_fill(entry, rng) for entry in built_in().entries["entry"]]
    between = [*[" "] * 6, ". ", ", ", " $", " the ", "’s ", " not ", "\n", "-"]
    texts = [
        "".join(rng.choice(filled) + rng.choice(between) for _ in range(rng.integers(1, 12)))
        for _ in range(300)
    ]
    assert found(texts, built_in()) == plain_cues.find(texts, built_in())


def _fill(entry: str, rng: np.random.Generator) -> str:
    entry = entry.replace("{NUM}", rng.choice(["12", "two", "1,000"])).replace("{BE}", "was")
    entry = re.sub(r"\[([^\]]*)\]", lambda m: rng.choice(m[1].split("|")), entry)
    return entry.replace("*", rng.choice(["", "s", "ing", "9"])).replace("n't", "don't")


def test_prose_and_hostile_strings_are_matched_as_defined() -> None:
    """As found on any machine, and as nobody writes; in one chunk and in many."""
    texts = [*adversarial.prose()[:400], *adversarial.strings(300, seed=6)]
    expected = plain_cues.find(texts, built_in())
    assert len(expected) > 300
    assert found(texts, built_in()) == expected


def test_a_lexicon_without_entries_finds_nothing() -> None:
    """And so does any lexicon where there is no text."""
    assert found(["may be"], plain_cues.lexicon()) == []
    assert found([], built_in()) == []
    assert found(["", " "], built_in()) == []


def test_names_are_carried_along() -> None:
    """Article and paragraph are those of the row, whatever they are."""
    table = pd.DataFrame({"text": ["x", "It may."], "article": ["a", "b"], "paragraph": [3, 5]})
    cues = fr.find_cues(table.set_axis([7, 7]), lexicon=SMALL)
    assert cues[["article", "paragraph"]].to_numpy().tolist() == [["b", 5]] * 2


@given(st.lists(TEXTS.map(lambda pairs: "".join(map("".join, pairs))), min_size=1, max_size=4))
def test_in_the_scope_of_the_dictionary_nothing_stands_within_a_longer_match(
    texts: list[str],
) -> None:
    """What is left is what does not lie within a longer match of any category."""
    all_of_them = found(texts, SMALL)
    spans = [(row, start, end) for row, _, start, end, *_ in all_of_them]
    want = [
        cue
        for cue, (row, a, b) in zip(all_of_them, spans, strict=True)
        if not any(r == row and x <= a and b <= y and (x, y) != (a, b) for r, x, y in spans)
    ]
    assert found(texts, replace(SMALL, nested_scope="dictionary")) == want


def test_abbreviations_are_matched_as_people_write_them() -> None:
    """With points, with an ampersand, and with a space after the last point."""
    own = plain_cues.lexicon(("a", "U.S. polic*"), ("b", "AT&T"), ("c", "and/or"), ("d", "may be"))
    text = "The U.S. policy of AT&T and/or U.S.policy, not a may. Be may/be so."
    assert [cue[4] for cue in found([text], own)] == [
        "U.S. policy", "AT&T", "and/or", "U.S.policy", "may/be",
    ]  # fmt: skip


@pytest.mark.parametrize("of_entry", ["NFC", "NFD"])
@pytest.mark.parametrize("of_text", ["NFC", "NFD"])
def test_entries_match_however_accents_are_encoded(of_entry, of_text):
    """In whole words, before a star, for a question mark and in brackets; matches are slices."""
    entries = ["Bevölkerung", "könn*", "M?he", "[größ|klein]er", "für uns"]
    given = [unicodedata.normalize(of_entry, entry) for entry in entries]
    text = unicodedata.normalize(of_text, "Die Bevölkerung könnte größer sein. Mühe für uns.")
    cues = fr.find_cues(
        pd.DataFrame({"text": [text]}), lexicon=fr.Lexicon(pd.DataFrame({"entry": given}))
    )
    assert cues["entry"].map(given.index).tolist() == [0, 1, 3, 2, 4]
    matches = [text[a:b] for a, b in zip(cues["start"], cues["end"], strict=True)]
    assert cues["match"].tolist() == matches
    wanted = ["Bevölkerung", "könnte", "größer", "Mühe", "für uns"]
    assert [unicodedata.normalize("NFC", match) for match in matches] == wanted


def test_a_phrase_goes_on_after_an_ampersand():
    """With or without spaces around it, in the text and in the entry."""
    lexicon = fr.Lexicon(pd.DataFrame({"entry": ["rock & roll", "R&D"]}))
    texts = ["rock & roll", "rock&roll", "rock\xa0&\nroll", "rock, & roll", "R & D", "the R&D."]
    cues = fr.find_cues(pd.DataFrame({"text": texts}), lexicon=lexicon)
    assert cues["paragraph"].tolist() == [0, 1, 2, 4, 5]
    assert cues["match"].tolist() == ["rock & roll", "rock&roll", "rock\xa0&\nroll", "R & D", "R&D"]


def chain(length):
    """Entries *a*, *a a*, … of one category: each word of *a a a a …* begins as many matches."""
    entries = [" ".join("a" * n) for n in range(1, length + 1)]
    return fr.Lexicon(pd.DataFrame({"entry": entries, "category": "c"}), name="chain")


@pytest.mark.parametrize("by", [fr.score, fr.find_cues])
def test_a_text_has_so_many_matches_and_no_more(by, monkeypatch):
    """Three entries in ten words match 27 times; the error names text, lexicon and limit."""
    monkeypatch.setattr(matcher_module, "_PER_WORD", 1)
    table = pd.DataFrame({"text": ["rain", "a " * 10]})
    monkeypatch.setattr(matcher_module, "_MATCHES", 27)
    by(table, lexicon=chain(3))
    monkeypatch.setattr(matcher_module, "_MATCHES", 26)
    says = "more than 26 matches of entries of chain in a text of 10 words, 'a a a a a a' …"
    with pytest.raises(ValueError, match=re.escape(says)):
        by(table, lexicon=chain(3))


@pytest.mark.parametrize(("longest", "matches"), [(10, 955), (11, 1045)])
def test_a_long_text_has_ten_matches_a_word_and_no_more(longest, matches, monkeypatch):
    """Entries of one to ten words match a hundred words 955 times, those of eleven 90 times."""
    monkeypatch.setattr(matcher_module, "_MATCHES", 0)
    table, lexicon = pd.DataFrame({"text": ["a " * 100]}), chain(longest)
    if matches <= 1000:
        assert fr.score(table, lexicon=lexicon)["words"].tolist() == [100]
        return
    with pytest.raises(ValueError, match="more than 1,000 matches of entries of chain"):
        fr.score(table, lexicon=lexicon)


@pytest.mark.parametrize("most", [33, 40, 100])
def test_many_matches_in_many_texts_are_found_some_texts_at_a_time(most, monkeypatch):
    """The limit is of each text: the same hits, whatever it makes of a chunk."""
    texts = ["a " * (n % 10) + "rain a a" * (n % 3 == 0) for n in range(30)]
    table = pd.DataFrame({"text": texts})
    wanted = fr.find_cues(table, lexicon=chain(3))
    monkeypatch.setattr(matcher_module, "_PER_WORD", 0)
    monkeypatch.setattr(matcher_module, "_MATCHES", most)
    pd.testing.assert_frame_equal(fr.find_cues(table, lexicon=chain(3)), wanted)


def test_phrases_that_are_begun_count_as_matches(monkeypatch):
    """Of *a* and *?* in any order, up to 64 begin at a word, and none ends."""
    entries = [" ".join(words) + " end" for words in itertools.product("a?", repeat=6)]
    lexicon = fr.Lexicon(pd.DataFrame({"entry": entries, "category": "c"}))
    table = pd.DataFrame({"text": ["a a a a a a"]})
    monkeypatch.setattr(matcher_module, "_PER_WORD", 0)
    monkeypatch.setattr(matcher_module, "_MATCHES", 64)
    assert fr.find_cues(table, lexicon=lexicon).empty
    monkeypatch.setattr(matcher_module, "_MATCHES", 63)
    with pytest.raises(ValueError, match="more than 63 matches"):
        fr.find_cues(table, lexicon=lexicon)
