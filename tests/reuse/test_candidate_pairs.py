"""Which pairs are measured at all: counted by hand, and by a plain count over dictionaries."""

from __future__ import annotations

from collections import Counter
from itertools import chain, product
from string import ascii_lowercase

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.reuse import candidate_pairs as module
from framing.reuse.candidate_pairs import candidate_pairs
from framing.reuse.facts import find_facts
from framing.reuse.features import read_words


def own(prefix: str, n: int) -> list[str]:
    """Words that no text with another prefix has."""
    return [prefix + "".join(end) for end in product(ascii_lowercase, repeat=2)][:n]


def paired(
    texts: list[list[str]], *, dates: list[str] | None = None, days: int = 7
) -> set[tuple[int, int]]:
    words = read_words([" ".join(text) for text in texts])
    day = pd.Series(pd.to_datetime(dates or ["2031-01-01"] * len(texts), format="ISO8601"))
    long = np.ones(len(texts), bool)
    a, b = candidate_pairs(words, find_facts(words), long, day, days=days)
    return set(zip(a.tolist(), b.tolist(), strict=True))


def apart(words: list[str], prefix: str) -> list[str]:
    """The words, each followed by one of this text only, so that no run is shared."""
    return [word for pair in zip(words, own(prefix, len(words)), strict=True) for word in pair]


@pytest.mark.parametrize(("shared", "found"), [(6, False), (7, True)])
def test_three_runs_of_five_words_pair_two_texts(shared, found):
    """Seven words in a row have three runs; they are fewer than the rare words asked for."""
    common = own("s", shared)
    texts = [[*own("a", 60), *common], [*common, *own("b", 60)]]
    assert paired(texts) == ({(0, 1)} if found else set())


@pytest.mark.parametrize(("shared", "found"), [(9, False), (10, True)])
def test_the_runs_of_long_texts_are_a_hundredth_of_the_shorter(shared, found):
    """1,000 runs in the shorter text, of which ten must be shared."""
    common = own("s", shared + 4)
    shorter = [*own("a", 676), *own("c", 1004 - 676 - len(common)), *common]
    longer = [*common, *own("b", 676), *own("d", 676)]
    assert paired([shorter, longer]) == ({(0, 1)} if found else set())


@pytest.mark.parametrize(("rare", "of", "found"), [(4, 20, 0), (5, 20, 1), (5, 25, 1), (5, 26, 0)])
def test_five_rare_words_that_are_a_tenth_of_the_shorter_text_pair_two(rare, of, found):
    """Each rare word beside one of its own text: ``rare`` of ``2 * of`` words are shared."""
    common = own("s", rare)
    texts = [
        apart([*common, *own(own_words, of - rare)], prefix)
        for own_words, prefix in (("a", "b"), ("c", "d"))
    ]
    assert len(paired(texts)) == found


@pytest.mark.parametrize(("shared", "found"), [(3, False), (4, True)])
def test_four_names_pair_two_texts_however_many_others_they_have(shared, found):
    """Six pairs of names, of any number: a long report has many that another one leaves out."""
    names = [[word.title() for word in own(prefix, shared)] for prefix in "stu"]
    texts = [
        ["of", *apart([*names[one], *names[other]], prefix)]
        for prefix, one, other in (("a", 0, 1), ("b", 0, 2), ("c", 1, 2))
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_WORDS", (100, 0.0))  # names are rare words, too
        assert paired(texts) == ({(0, 1), (0, 2), (1, 2)} if found else set())


@pytest.mark.parametrize(("articles", "found"), [(20, True), (21, False)])
def test_a_word_of_more_than_twenty_articles_is_not_rare(articles, found):
    common = own("s", 8)
    letters = [a + b for a in ascii_lowercase[:5] for b in ascii_lowercase[:5]][:articles]
    texts = [apart([*common, *own(f"x{ab}", 8)], f"y{ab}") for ab in letters]
    assert bool(paired(texts)) == found


@pytest.mark.parametrize(("others", "found"), [(5, False), (4, True)])
def test_of_the_articles_that_share_its_rare_words_an_article_keeps_the_best_five(others, found):
    """Two articles share six words with each other, and seven with each of the others."""
    two, six = [], own("z", 6)
    for which in "ab":
        parts = [own(f"{which}{ascii_lowercase[k]}", 7) for k in range(others)]
        two.append(parts)
    first, last = ([*chain.from_iterable(parts), *six] for parts in two)
    between = [[*a[::-1], *b] for a, b in zip(*two, strict=True)]
    assert ((0, others + 1) in paired([first, *between, last[::-1]])) == found


@pytest.mark.parametrize(
    ("second", "days", "found"),
    [("2031-01-08", 7, True), ("2031-01-09", 7, False), ("2031-01-09", 8, True), ("", 0, True)],
)
def test_rare_words_pair_articles_at_most_so_many_days_apart_and_runs_any(second, days, found):
    common = own("s", 12)
    dates = ["2031-01-01 23:59", second]
    rare = [apart(common, "a"), apart(common, "b")]
    assert bool(paired(rare, dates=dates, days=days)) == found
    assert bool(paired(rare[::-1], dates=dates[::-1], days=days)) == found
    assert paired([[*common, *own("a", 50)], [*common, *own("b", 50)]], dates=dates, days=days)


def plain_meetings(
    rows_of: dict[int, list[int]], most: int, least: tuple[int, float], reach: int
) -> dict[tuple[int, int], float]:
    size, shared = Counter[int](), Counter[tuple[int, int]]()
    for rows in rows_of.values():
        if len(rows) <= most:
            size.update(rows)
            for i, a in enumerate(rows):
                for b in rows[i + 1 : i + 1 + reach]:
                    shared[a, b] += min(2**20, 2**20 * reach // len(rows))
    return {
        (a, b): weight / 2**20
        for (a, b), weight in shared.items()
        if weight / 2**20 >= max(least[0], least[1] * min(size[a], size[b]))
    }


@given(
    features=st.dictionaries(st.integers(0, 40), st.sets(st.integers(0, 9), min_size=1)),
    most=st.integers(1, 10),
    least=st.sampled_from([(1, 0.0), (2, 0.0), (1, 0.5), (0, 0.25)]),
)
def test_meetings_are_those_of_a_plain_count(features, most, least):
    """Each feature has the weight 1 if it is in few rows, and pairs a row with the next three."""
    listed = [(feature, row) for feature, rows in features.items() for row in rows] * 2
    keys = np.array([feature for feature, _ in listed], np.uint64)
    rows = np.array([row for _, row in listed], np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_REACH", 3)
        met = module._meetings(keys, rows, np.ones(10, bool), most=most, least=least)
    found = dict(zip(zip(met.a.tolist(), met.b.tolist(), strict=True), met.shared, strict=True))
    assert found == plain_meetings({f: sorted(r) for f, r in features.items()}, most, least, 3)


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda ab: ab[0] < ab[1]),
        st.integers(1, 5),
    )
)
def test_a_pair_is_kept_if_it_is_among_the_best_two_of_one_of_its_articles(shared):
    """Of pairs with as many features the one with the earlier article stands first."""
    best = set()
    for row in range(9):
        ranked = [(-n, a + b - row, (a, b)) for (a, b), n in shared.items() if row in (a, b)]
        best |= {pair for *_, pair in sorted(ranked)[:2]}
    a, b = (np.array([pair[side] for pair in shared], np.int64) for side in (0, 1))
    met = module._Meetings(a, b, np.array(list(shared.values()), np.float64))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BEST", 2)
        keys = module._best_of_each(met, 9).tolist()
    assert {divmod(key, 9) for key in keys} == best


def test_an_article_is_paired_with_the_next_twenty_that_share_its_runs():
    """Four runs in 22 articles: each counts 20/22, so that the four are enough for a pair."""
    common = own("s", 8)
    letters = [a + b for a in ascii_lowercase[:5] for b in ascii_lowercase[:5]][:22]
    found = paired([[*own(f"x{ab}", 30), *common] for ab in letters])
    assert found == {(i, j) for i in range(22) for j in range(i + 1, min(i + 21, 22))}
