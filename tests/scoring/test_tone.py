"""Tone is what vaderSentiment gives, for every string, by both ways through the module."""

import importlib
import itertools
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import framing as fr
from framing.scoring import vader
from framing.text import chunks as pieces
from framing.text.words import FOLD
from tests import adversarial, plain_cues

ANALYZER = SentimentIntensityAnalyzer()
COLUMNS = ["neg", "neu", "pos", "compound"]
FILLER = ["Nothing to see here."] * 400  # makes a chunk so large that arrays are used


def reference(texts: list[str]) -> np.ndarray:
    scores = [[ANALYZER.polarity_scores(text)[c] for c in COLUMNS] for text in texts]
    return np.array(scores).reshape(-1, 4)


def by_arrays(texts: list[str], **options: bool) -> np.ndarray:
    return fr.tone([*texts, *FILLER], **options).to_numpy()[: len(texts)]


def one_by_one(texts: list[str], **options: bool) -> np.ndarray:
    return np.concatenate([fr.tone([text], **options).to_numpy() for text in texts])


def assert_equal(texts: list[str]) -> None:
    expected = reference(texts)
    for way in (by_arrays, one_by_one):
        wrong = np.flatnonzero((way(texts) != expected).any(axis=1))
        shown = [(texts[i], way([texts[i]])[0], expected[i]) for i in wrong[:3]]
        assert not len(wrong), f"{way.__name__}: {len(wrong)} of {len(texts)} differ: {shown}"


MISTAKES = {
    '"so" or "this" just before a word counts without "never"': ["we were so good", "x y this bad"],
    "a token of two characters or fewer keeps its punctuation": ["no, good", "so. good", "a :) b"],
    '"no" turns the words after it': ["there is no good plan", "no real danger", "no x or good"],
    '"no" before a word of the lexicon has no valence': ["no good", "NO good thing", "no no no"],
    '"kind" before "of" has no valence': ["it is kind of nice", "a kind of war"],
    "curly quotes are part of a token": ["“good” plans", "a “bad” day", "‘war’ talk"],
    "’ is no apostrophe": ["it isn’t good", "we don’t fear it", "it isn't good"],
    "what is in the lexicon does not modify": [
        "love was so good",
        "doubt a b bad ass",
        "no so good",
    ],
    "capitals count only where some words have none": [
        "GOOD",
        "GOOD DAY",
        "a GOOD day",
        "so THAT IS ONE GOOD",
    ],
    "idioms": ["this is the shit", "it was the kiss of death here", "so I said yeah right then"],
    "emoji are read as their description": ["nice 😀", "x😥good", "😀good", "a 🆗 day", "good ☠"],
    '"sort of" takes off whatever the sign': ["it is sort of bad", "it is just enough bad now"],
    "idioms need three words before them": ["the bomb went off", "it is the bomb", "bus stop a"],
    "rounding is exact": ["loss happy talks talks", "good risk talks talks talks"],
    '"but" looks values up': ["gorgeous but admires", "abuse but battle", "but good"],
    '"I" and "A" are capitals': ["I A GOOD", "A GOOD", "I AM GOOD :D", "A bad day", "U.S. GOOD"],
    '"least" turns': [
        "least good",
        "a least good",
        "at least good",
        "very least good",
        "LEAST bad",
    ],
    "the sum is the interpreter's": ["jk brave dead!!!", "tmi averted bad glad!?!"],
    "! and ? count after translation": ["good 🔛", "a 🆙 bad day", "fear ⁉", "good ‼ ?"],
    '"never so" raises': ["he was never so good", "never this bad", "without a doubt good"],
    '"without doubt" excuses': ["without doubt good", "without doubt a good", "without x y good"],
    "boosters fade with distance": ["very good", "very x good", "very x y good", "hardly x bad"],
    "boosters shout": [
        "a VERY good day",
        "a VERY bad day",
        "HARDLY bad",
        "NO VERY good thing",
        "a VERY no good day",
    ],
    '"n\'t" anywhere in a token negates': [
        "xn'tx good",
        "DIDN'T like",
        "can't-do good",
        "n't good",
    ],
    "KELVIN SIGN is a k": [
        "\N{KELVIN SIGN}ILL",
        "a \N{KELVIN SIGN}IND of good",
        "a \N{KELVIN SIGN}ill b",
    ],
    "titlecase is not upper case, É is": ["ǅ GOOD", "É GOOD", "a GOODé BAD"],
    "all Unicode white space splits": [
        "very\x1cgood",
        "not\xa0bad",
        "so\x85\u2003good\u3000bad but",
    ],
    "zero-width characters do not split": ["not\u200bbad", "not\ufeff bad", "go\u00adod"],
    "keys with capitals or spaces are out of reach": [":D", "fed up", "can't stand", ":Þ", "O.o"],
    "no words": ["", " ", "\n\t", "!", "?!", "!!!!!", "...", "\x1f", "\ufe0f", "????"],
    "half a surrogate pair": ["\ud800", "good\udc00 bad \ud83d", "“\ud83d\ude00” good"],
    "four ! count, and two to four ?": ["good" + m * n for m in "!?" for n in range(7)],
    "equal shares get no emphasis": ["glad!", "fwb averted!!", "good bad!"],
}


@pytest.mark.parametrize("rule", MISTAKES)
def test_each_rule_of_vader_holds_where_it_alone_decides(rule: str) -> None:
    """The smallest texts that a mistake about the rule would score otherwise."""
    assert_equal(MISTAKES[rule])


RULES = ["x", "very", "not", "no", "or", "so", "this", "never", "without", "doubt", "least", "at"]


@pytest.mark.parametrize("here", ["good", "no good", "kind", "GOOD OF", "ass but"])
def test_any_three_words_of_rules_before_a_word_score_as_the_reference_does(here: str) -> None:
    """Every rule looks at these, and one must not see what another one is to see."""
    before = itertools.product(RULES, repeat=3)
    assert_equal([" ".join([*words, here]) for words in before])


def test_adversarial_strings_score_as_the_reference_does() -> None:
    """Words, boosters, negations, idioms, emoji, white space and capitals, mixed at random."""
    assert_equal(list(adversarial.strings(4_000, seed=1)))


def test_prose_scores_as_the_reference_does() -> None:
    """Real sentences, as far as any machine has them."""
    paragraphs = adversarial.prose()
    assert len(paragraphs) > 1_000
    assert_equal(random.Random(0).sample(paragraphs, 800))


def test_long_texts_score_as_the_reference_does() -> None:
    """Hundreds of words in a text, so that values meet again before and after a "but"."""
    strings = list(adversarial.strings(300, seed=2))
    assert_equal([" ".join(strings[at : at + 30]) for at in range(0, 300, 30)])


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_text_scores_as_the_reference_does(texts: list[str]) -> None:
    """Whatever hypothesis can think of."""
    assert_equal(texts)


@given(
    st.lists(st.sampled_from([1.0, 2.0, 0.5, 1.5, 3.0, -1.0, 0.75]), max_size=30), st.integers(0, 9)
)
def test_but_check_is_the_loop_of_the_reference(values: list[float], before: int) -> None:
    """vaderSentiment's own loop, on values that halve and grow into each other."""
    before = min(before, len(values))
    words = [*"x" * before, "but", *"x" * (len(values) - before)]
    expected = ANALYZER._but_check(words, [*values[:before], 0.0, *values[before:]])
    assert vader.but_check(values, before) == expected[:before] + expected[before + 1 :]


def test_the_sum_follows_the_interpreter() -> None:
    """The text of the test above is not blind: the two ways to add up decide its sign."""
    plain = 0.0
    for valence in map(ANALYZER.lexicon.__getitem__, ["jk", "brave", "dead"]):
        plain += valence
    assert plain == 0.0
    assert sum([0.9, 2.4, -3.3]) in (0.0, 1.1102230246251565e-16)


def test_chunks_do_not_change_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the rows are cut into chunks, every text scores the same."""
    texts = [*adversarial.strings(300, seed=3), *FILLER]
    whole = fr.tone(texts)
    for rows, size in ((7, 10**9), (10**9, 300), (400, 10**9)):
        monkeypatch.setattr(pieces, "_CHUNK_ROWS", rows)
        monkeypatch.setattr(pieces, "_CHUNK_SIZE", size)
        pd.testing.assert_frame_equal(fr.tone(texts), whole, check_exact=True)


def test_normalise_is_the_reference_on_the_folded_text() -> None:
    """Curly becomes straight, and what prints nothing is gone, before VADER reads."""
    texts = ["it isn’t good", "go\u00adod", "a\u200bbad", "isn`t bad", "‘good’", "１００ ｂａｄ"]
    texts += ["uh‑uh good"]
    texts += list(adversarial.strings(1_000, seed=4))
    expected = reference([plain_cues.folded_for_vader(text) for text in texts])
    for way in (by_arrays, one_by_one):
        np.testing.assert_array_equal(way(texts, normalise=True), expected)
    assert (expected[0] != reference(texts[:1])[0]).any()


def test_folding_and_emoji_do_not_meet() -> None:
    """One translation may do both, as nothing that is folded is or becomes an emoji or a space."""
    emoji = {key for key in ANALYZER.emojis if len(key) == 1}
    folded = {chr(code) for code in FOLD} | set(FOLD.values())
    assert not emoji & folded
    assert not [character for character in folded if character.isspace()]


def test_a_series_keeps_its_index_and_a_list_gets_none() -> None:
    """The index of the input is the index of the output."""
    series = pd.Series(["good", "bad"], index=["b", "a"])
    assert fr.tone(series).index.tolist() == ["b", "a"]
    assert fr.tone(("good", "bad")).index.tolist() == [0, 1]
    assert fr.tone(np.array(["good", "bad"])).equals(fr.tone(["good", "bad"]))
    assert fr.tone(series.astype(object)).equals(fr.tone(series))
    assert fr.tone([]).shape == (0, 4)
    assert list(fr.tone(series).columns) == COLUMNS


@pytest.mark.parametrize("wrong", [None, float("nan"), 1, b"bytes", ["a"]])
def test_what_is_no_text_is_refused_by_row(wrong: object) -> None:
    """The message says which row, what came, and what to do."""
    with pytest.raises(TypeError, match=r"row 2: .*must be a str.*drop such rows or fill them"):
        fr.tone(["good", "bad", wrong])
    with pytest.raises(TypeError, match="row 600"):
        fr.tone([*["good"] * 600, wrong])
    with pytest.raises(TypeError, match="row 1"):
        fr.tone(pd.Series(["good", wrong], dtype=object))


def test_a_single_str_is_refused() -> None:
    """A str is a sequence of str too, and nobody means it."""
    with pytest.raises(TypeError, match=r"write \[text\]"):
        fr.tone("good")


def test_rules_worked_out_in_parts_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words beside the cut see those on its other side."""
    texts = ["It is not a VERY good day, but never this bad!"] * 400
    want = fr.tone(texts)
    monkeypatch.setattr(importlib.import_module("framing.scoring.tone"), "_AT_ONCE", 1)
    pd.testing.assert_frame_equal(fr.tone(texts), want)


_GLUE = [
    "—",
    "–",
    "―",
    "…",
    "--",
    "---",
    "...",
    "/",
    "|",
    "•",
    "·",
    "⁄",
    "／",
    "⸺",
    "‖",
    "→",
    ";",
    "§",
]
_AROUND = st.lists(
    st.sampled_from(["disaster", "worst", "not", "very", "GREAT", "but", "the", "x"])
)


@settings(max_examples=200, deadline=None)
@given(_AROUND, _AROUND, st.sampled_from(_GLUE))
def test_words_that_a_dash_joins_score_as_if_spaces_stood_around_it(before, after, dash):
    """Of one text, which is read by itself, and of many, which are read as a column."""
    left, right = " ".join([*before, "fear"]), " ".join(["hope", *after])
    joined, spaced = f"{left}{dash}{right}", f"{left} {dash} {right}"
    for copies in (1, 50):
        found = [fr.tone([text] * copies, normalise=True) for text in (joined, spaced)]
        pd.testing.assert_frame_equal(*found, check_exact=True)
    for opening, closing in ("«»", "‹›", "„“", "「」", "（）", "⟨⟩"):
        quoted = [f"{left} {opening}{right}{closing}", f'{left} "{right}"']
        assert fr.tone(quoted, normalise=True).drop_duplicates().shape[0] == 1


@pytest.mark.parametrize("text", [
    "He was w/o fear, s/he n/a.", "On 9/11, 24/7, 1,000 dead.", "U.S. troops, e.g. in the U.K.",
    "https://gull.example/great/disaster?bad", "gull.example/great/war", "war/win@gull.example",
    "j/k, said AT&T", "a well-won (or lost) war:",
])  # fmt: skip
def test_marks_inside_of_abbreviations_numbers_and_addresses_part_nothing(text: str) -> None:
    """Only what stands between two words is a mark between words."""
    assert fr.tone([text], normalise=True).equals(fr.tone([text]))
    assert fr.tone([text] * 500, normalise=True).equals(fr.tone([text] * 500))


def test_faint_words_in_capitals_score_as_the_reference_does() -> None:
    """Capitals make a word that says little say more of the same, not of the opposite."""
    faint = [w for w, v in ANALYZER.lexicon.items() if w.isalpha() and w.isascii() and abs(v) <= 1]
    texts = [f"They said {word.upper()} to us" for word in faint]
    assert len(texts) > 500
    found = fr.tone(texts, normalise=False)["compound"].to_numpy()
    np.testing.assert_array_equal(found, reference(texts)[:, COLUMNS.index("compound")])
