from __future__ import annotations

import random
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.reuse.align import ALIGNED_COLUMNS, _moved, _ordered_pairs, _runner_up, align
from framing.reuse.features import FUNCTION_WORDS
from framing.reuse.paragraph_scores import METHODS, group_sizes
from framing.text.words import words
from tests.conftest import GOLD

WIRE, COPY = "meridian-wire/", "newsbraces/"


def table(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"text": texts})


def share_aligned(aligned: pd.DataFrame) -> tuple[int, int]:
    """Paragraphs in pairs, and all."""
    sizes = aligned["paragraphs_a"].map(len) + aligned["paragraphs_b"].map(len)
    return sizes[aligned["score"].notna()].sum(), sizes.sum()


def reworded(text: str, share: float, rng: random.Random, pool: list[str]) -> str:
    """Replace a share of the content words; function words, names and numbers stay."""
    out, at = "", 0
    for word in words(text):
        plain = text[word.start].islower() and word.key not in FUNCTION_WORDS
        new = rng.choice(pool) if plain and rng.random() < share else text[word.start : word.end]
        out, at = out + text[at : word.start] + new, word.end
    return out + text[at:]


def pool_of(texts: pd.Series[str]) -> list[str]:
    """Words to replace content words with."""
    there = {word.key for text in texts for word in words(text)}
    return sorted(word for word in there if word.isalpha() and word not in FUNCTION_WORDS)


@pytest.fixture(scope="module")
def by_article(strait):
    return dict(list(strait.paragraphs[strait.paragraphs["role"] == "body"].groupby("article")))


def test_an_article_aligned_with_itself_is_all_pairs(by_article):
    for paragraphs in list(by_article.values())[:20]:
        aligned = align(paragraphs, paragraphs)
        assert aligned["kind"].tolist() == ["pair"] * len(paragraphs)
        assert (aligned["paragraphs_a"] == aligned["paragraphs_b"]).all()
        assert np.allclose(aligned["score"], 1)


@pytest.mark.parametrize(("share", "right"), [(0.5, 0.98), (0.9, 0.93)])
def test_paragraphs_are_found_again_when_their_content_words_are_replaced(by_article, share, right):
    rng = random.Random(1)
    pool = pool_of(pd.concat(by_article.values())["text"])
    hits = total = 0
    for paragraphs in by_article.values():
        texts = [reworded(text, share, rng, pool) for text in paragraphs["text"]]
        aligned = align(paragraphs, paragraphs.assign(text=texts))
        hits += (aligned["paragraphs_a"] == aligned["paragraphs_b"]).sum()
        total += len(paragraphs)
    assert hits / total >= right


def test_independent_reports_of_an_event_are_not_called_copies(strait, by_article):
    """Two outlets that wrote for themselves: fewer than 5 % of their paragraphs pair up."""
    articles = strait.articles[~strait.articles["outlet"].isin(["News Braces Online"])]
    hits = total = 0
    for _, group in articles.groupby("event"):
        for a, b in zip(group.index, group.index[1:], strict=False):
            if group["outlet"][a] != group["outlet"][b]:
                pair = (by_article[group["article"][i]] for i in (a, b))
                found = share_aligned(align(*pair))
                hits, total = hits + found[0], total + found[1]
    assert total > 500
    assert hits / total < 0.05


def test_a_rewrite_is_aligned_with_its_source(by_article):
    """Of the paragraphs of every rewritten article at least 80 % find where they come from."""
    for row in pd.read_csv(GOLD / "rewrites.csv").itertuples():
        source, copy = row.source.removesuffix(".txt"), row[1].removesuffix(".txt")
        aligned = align(by_article[source], by_article[copy])
        found = aligned[aligned["score"].notna()]["paragraphs_b"].map(len).sum()
        assert found >= 0.8 * len(by_article[copy]), copy


def test_merged_and_split_paragraphs_are_one_pair():
    one = "The ship left the harbour of Dovek at dawn with nine crew on board."
    two = "Nobody has seen it since, and the coast guard has called off the search."
    merged = align(table(one, two), table(f"{one} {two}"))
    assert merged[["paragraphs_a", "paragraphs_b", "kind"]].values.tolist() == [
        [(0, 1), (0,), "merged"]
    ]
    split = align(table(f"{one} {two}"), table(one, two))
    assert split[["paragraphs_a", "paragraphs_b", "kind"]].values.tolist() == [
        [(0,), (0, 1), "split"]
    ]


@pytest.mark.parametrize("threshold", [None, 1])  # 1: the paragraph has just the score it needs
def test_a_moved_paragraph_is_found_and_named(threshold):
    texts = [
        "The ship left the harbour of Dovek at dawn.",
        "A minister called for calm on Tuesday evening.",
        "Fishermen say that their nets are empty.",
    ]
    aligned = align(table(*texts), table(texts[1], texts[2], texts[0]), threshold=threshold)
    assert aligned[["paragraphs_a", "paragraphs_b", "kind"]].values.tolist() == [
        [(0,), (2,), "moved"],
        [(1,), (0,), "pair"],
        [(2,), (1,), "pair"],
    ]


@given(
    st.lists(st.text("ab c.", max_size=9), min_size=1, max_size=5),
    st.lists(st.text("ab c.", max_size=9), min_size=1, max_size=5),
)
def test_every_paragraph_stands_in_one_row(a, b):
    aligned = align(pd.DataFrame({"text": a}, dtype=str), pd.DataFrame({"text": b}, dtype=str))
    assert list(aligned.columns) == ALIGNED_COLUMNS
    for side, texts in (("paragraphs_a", a), ("paragraphs_b", b)):
        assert sorted(sum(aligned[side], ())) == list(range(len(texts)))
    assert (aligned["score"].dropna() >= 0.45).all()


def test_several_articles_a_side_are_refused():
    both = pd.DataFrame({"article": ["x", "y"], "text": ["One.", "Two."]})
    with pytest.raises(
        ValueError, match=r"a must be the paragraphs of one article, got 2: 'x', 'y'"
    ):
        align(both, table("One."))


def score_tables(n: int, m: int, most: int, seed: int) -> dict[tuple[int, int], np.ndarray]:
    rng = np.random.default_rng(seed)
    shapes = {(p, q): (max(n - p + 1, 0), max(m - q + 1, 0)) for p, q in group_sizes(most)}
    return {sizes: rng.choice(np.arange(0.0, 1.0, 0.05), shape) for sizes, shape in shapes.items()}


@pytest.mark.parametrize("name", ["order", "words"])
@pytest.mark.parametrize("seed", range(20))
def test_pairs_in_order_gain_as_much_as_any_could(name, seed):
    """Against every way of pairing: what reaches the threshold gains its score less that, less
    what joining costs; no paragraph is in two pairs, and the pairs are in the order of both."""
    method, (n, m) = METHODS[name], (1 + seed % 5, 1 + seed // 4)
    scores = score_tables(n, m, method.most, seed)

    def gain(p: int, q: int, i: int, j: int) -> float:
        return scores[p, q][i, j] - method.threshold - method.joining * (p + q - 2)

    @cache
    def best(i: int, j: int) -> float:
        if i == n or j == m:
            return 0.0
        ways = [best(i + 1, j), best(i, j + 1)]
        for p, q in group_sizes(method.most):
            if i + p <= n and j + q <= m and scores[p, q][i, j] >= method.threshold:
                ways.append(gain(p, q, i, j) + best(i + p, j + q))
        return max(ways)

    pairs = _ordered_pairs(scores, method)[::-1]
    total = sum(gain(x.size_a, x.size_b, x.a, x.b) for x in pairs)
    assert total == pytest.approx(best(0, 0), abs=1e-6)
    for x, y in pairwise(pairs):
        assert x.a + x.size_a <= y.a and x.b + x.size_b <= y.b
    for x in pairs:
        assert scores[x.size_a, x.size_b][x.a, x.b] >= method.threshold
        assert x.kind == {1: "pair"}.get(
            x.size_a * x.size_b, "split" if x.size_a == 1 else "merged"
        )

    taken = {(x.a + i, None) for x in pairs for i in range(x.size_a)}
    taken |= {(None, x.b + j) for x in pairs for j in range(x.size_b)}
    left = sorted(
        (-score, i, j)
        for (i, j), score in np.ndenumerate(scores[1, 1])
        if score >= method.threshold and not {(i, None), (None, j)} & taken
    )
    moved = []
    for _, i, j in left:
        if not {(i, None), (None, j)} & taken:
            taken |= {(i, None), (None, j)}
            moved.append((i, 1, j, 1, "moved"))
    assert _moved(scores[1, 1], pairs, method.threshold) == moved
    for x in pairs:
        rows, columns = range(x.a, x.a + x.size_a), range(x.b, x.b + x.size_b)
        others = [s for (i, j), s in np.ndenumerate(scores[1, 1]) if (i in rows) != (j in columns)]
        assert _runner_up(scores[1, 1], x) == max(others, default=0)


def test_paragraphs_of_one_version_only_stand_where_they_are_read():
    """Left out in the order of the first; an added one after the pair that it follows."""
    first, last = (
        "The ship left the harbour of Dovek at dawn.",
        "Fishermen say that nets are empty.",
    )
    aligned = align(
        table(first, "Rain fell on Monday.", last), table("A photograph.", first, "The snow.", last)
    )
    assert aligned[["paragraphs_a", "paragraphs_b", "kind"]].values.tolist() == [
        [(), (0,), "added"],
        [(0,), (1,), "pair"],
        [(), (2,), "added"],
        [(1,), (), "left out"],
        [(2,), (3,), "pair"],
    ]
    pair = aligned.iloc[1]
    assert (pair["score"], pair["text_a"], pair["text_b"]) == (1, first, first)
    assert pair["margin"] == pytest.approx(1 - 1 / (9 * 2) ** 0.5)  # "the" of "The snow."


def test_an_article_that_is_not_there_is_an_error():
    """A mistyped id selects no row; all of the other text would be left out."""
    with pytest.raises(ValueError, match="b has no paragraph: is the article there"):
        align(table("One."), table("Two.").assign(article="x").query("article == 'typo'"))


@pytest.mark.parametrize("threshold", [0, -0.1, 1.01, 45, ".4", True, float("nan")])
def test_a_threshold_is_a_share(threshold):
    with pytest.raises(ValueError, match=r"threshold must be a number from 0\.01 to 1, got"):
        align(table("One."), table("One."), threshold=threshold)
    assert align(table("One."), table("One."), threshold=1)["kind"].tolist() == ["pair"]
