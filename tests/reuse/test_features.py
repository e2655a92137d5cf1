"""Words, runs, names and measures of pairs against plain counts over lists and sets."""

from __future__ import annotations

import re
from collections import Counter
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.reuse import similarity
from framing.reuse.features import FUNCTION_WORDS, numbered, profiles, read_words, run_hashes, runs
from framing.reuse.likeness import likeness
from framing.reuse.similarity import measure_pairs
from framing.text import chunks

WORDS = ["the", "of", "ship", "ships", "hask", "storm", "stormy", "7", "a1", "x", "his"]
# Small letters and no marks: no word is a name, and a text is its words.
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def plain_common(a: list[str], b: list[str]) -> int:
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, one in enumerate(a, 1):
        for j, other in enumerate(b, 1):
            best[i][j] = (
                best[i - 1][j - 1] + 1 if one == other else max(best[i - 1][j], best[i][j - 1])
            )
    return best[-1][-1]


def plain_runs(words: list[str], n: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def plain_contained(a: set, b: set) -> float:
    return len(a & b) / max(min(len(a), len(b)), 1)


def plain_content(words: list[str]) -> list[str]:
    return [w for w in words if re.search(r"\d", w) or (len(w) > 1 and w not in FUNCTION_WORDS)]


def plain_grams(words: list[str]) -> Counter[str]:
    spelled = [f" {word} " for word in plain_content(words)]
    return Counter(w[i : i + 4] for w in spelled for i in range(max(len(w) - 3, 1)))


def plain_cosine(a: Counter[str], b: Counter[str]) -> float:
    """Of the square roots of the counts."""
    norm = sqrt(sum(a.values()) * sum(b.values()))
    return sum(sqrt(n * b[gram]) for gram, n in a.items()) / norm if norm else 0.0


def plain_numbers(words: list[str]) -> set[str]:
    return {word for word in words if re.search(r"\d", word)}


@given(st.lists(TEXTS, min_size=1, max_size=8), st.data())
@settings(max_examples=25)
def test_measures_of_pairs_are_those_of_plain_counts(texts, data):
    rows = st.lists(st.integers(0, len(texts) - 1), min_size=1, max_size=6)
    a = data.draw(rows)
    b = [data.draw(st.integers(0, len(texts) - 1)) for _ in a]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(similarity, "_PAIRS", 2)
        found = measure_pairs(profiles(read_words(texts)), np.array(a), np.array(b))
    for (i, j), row in zip(zip(a, b, strict=True), found.itertuples(index=False), strict=True):
        one, other = texts[i].split(), texts[j].split()
        content = plain_content(one), plain_content(other)
        assert row.shingles == plain_contained(plain_runs(one, 5), plain_runs(other, 5))
        assert row.order == plain_common(*content) / max(min(map(len, content)), 1)
        assert row.frame == pytest.approx(
            plain_common(one, other) / max(sqrt(len(one) * len(other)), 1)
        )
        assert row.names == plain_contained(plain_numbers(one), plain_numbers(other))
        cosine = plain_cosine(plain_grams(one), plain_grams(other))
        assert row.grams == pytest.approx(cosine, abs=1e-5)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8))
@settings(max_examples=25)
def test_likeness_is_that_of_plain_counts(pairs):
    found = likeness(*map(list, zip(*pairs, strict=True)))
    for (a, b), row in zip(pairs, found.to_dict("records"), strict=True):
        assert row == pytest.approx(plain_likeness(a.split(), b.split(), row["grams"]))


def plain_likeness(one: list[str], other: list[str], grams: float) -> dict[str, float]:
    def weight(words: set[str]) -> float:
        return sum(1.0 if plain_content([word]) else 0.5 for word in words)

    kinds = set(one), set(other)
    words = 2 * weight(kinds[0] & kinds[1]) / (weight(kinds[0]) + weight(kinds[1]) or 1)
    two, three = ([plain_runs(words, n) for words in (one, other)] for n in (2, 3))
    joined = 2 * len(two[0] & two[1]) / max(len(two[0]) + len(two[1]), 1)
    common = plain_common(one, other)
    frame = common / max(sqrt(len(one) * len(other)), 1)
    content = [plain_runs(plain_content(words), 2) for words in (one, other)]
    last = (plain_contained(*content) + common / max(min(len(one), len(other)), 1)) / 2
    part = (plain_contained(*two) + plain_contained(*three) + last) / 3
    numbers = plain_numbers(one), plain_numbers(other)
    least, most = sorted(map(len, numbers))
    conflict = (least - len(numbers[0] & numbers[1])) / max(most, 1)
    alike = min(max((words + joined + grams + frame) / 2 - part, 0), 1)
    return {
        "paraphrase": alike * (1 - 0.15 * conflict),
        "reuse": plain_contained(*three),
        "words": words,
        "joined": joined,
        "grams": grams,
        "frame": frame,
        "contained": part,
        "conflict": conflict,
    }


@given(st.lists(TEXTS, min_size=1, max_size=5), st.integers(1, 4), st.data())
@settings(max_examples=40)
def test_words_and_runs_of_some_texts_are_those_of_a_table_of_them(texts, length, data):
    words = read_words(texts)
    assert [len(s) for s in words.sequences()] == [len(text.split()) for text in texts]
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), min_size=1))
    taken = words.take(np.array(rows))
    again = read_words([texts[row] for row in rows])
    assert taken.sequences() == again.sequences()
    assert taken.rows.tolist() == again.rows.tolist()
    content = words.only(words.content)
    assert [len(s) for s in content.sequences()] == [len(plain_content(t.split())) for t in texts]
    hashes, owners = run_hashes(words, length)
    listed = [
        (tuple(t.split()[i : i + length]), row)
        for row, t in enumerate(texts)
        for i in range(len(t.split()) - length + 1)
    ]
    assert owners.tolist() == [row for _, row in listed]
    assert len(set(hashes.tolist())) == len({run for run, _ in listed})
    assert runs(words, length).sum(axis=1).tolist() == [
        len(plain_runs(text.split(), length)) for text in texts
    ]


def test_words_of_texts_in_several_chunks_are_those_of_one(monkeypatch):
    texts = ["Talks in Hask fail, 2 say.", "", "Rain", "Nobody in Hask waits."]
    whole = read_words(texts)
    monkeypatch.setattr(chunks, "_CHUNK_ROWS", 1)
    parts = read_words(texts)
    for one, other in zip(whole, parts, strict=True):
        np.testing.assert_array_equal(one, other)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6))), st.integers(7, 9))
def test_features_are_numbered_in_order_once_per_row(pairs, n):
    features = np.array([feature for feature, _ in pairs], np.uint64)
    rows = np.array([row for _, row in pairs], np.int64)
    number, row = numbered(features, rows, n)
    distinct = sorted({feature for feature, _ in pairs})
    want = sorted({(distinct.index(feature), row) for feature, row in pairs})
    assert list(zip(number.tolist(), row.tolist(), strict=True)) == want


def test_names_have_a_capital_inside_a_sentence_and_numbers_a_digit():
    words = read_words(["Storms hit Hask. Then Gullen and The Hague had 3 of 4G masts, I say."])
    spelled = [words.vocabulary[code] for code in words.hashes.tolist()]
    assert [w for w, kept in zip(spelled, words.names, strict=True) if kept] == [
        "hask", "gullen", "hague", "3", "4g",
    ]  # fmt: skip
    assert [w for w, kept in zip(spelled, words.numbers, strict=True) if kept] == ["3", "4g"]
