"""Alignment by words: eight rewrites by a language model, matched by hand."""

from __future__ import annotations

from collections import Counter
from math import log, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.reuse.paragraph_scores import group_sizes, order_scores, word_scores
from tests.reuse.test_facts import REWRITES
from tests.reuse.test_features import TEXTS, plain_common, plain_content

# Which paragraphs of the report every paragraph of the rewrite tells again.
EXERCISE, FISHERMEN = "meridian-wire/2031-03-19-exercise", "daily-clarion/2031-04-18-fishermen"
MATCHED: dict[tuple[str, str], list[set[int]]] = {
    (EXERCISE, "neutral"): [{0}, {1, 2}, {3, 4, 5}, {6, 7}, {8}, {9}, {10, 11}],
    (EXERCISE, "objective"): [{0}, {1, 2}, {3, 4, 5}, {6}, {8, 9}, {10, 11, 12}],
    (EXERCISE, "emotional"): [{0}, {1, 2, 3}, {4}, {6, 7}, {8, 11, 12}],
    (EXERCISE, "sensational"): [{0}, {0, 4}, {2, 3}, {4, 5}, {6, 7}, {8, 10}],
    (FISHERMEN, "neutral"): [{0}, {1, 2}, {3, 4, 5, 6}, {7, 8}, {9, 10, 11}, {12}, {13, 14}],
    (FISHERMEN, "objective"): [{0, 4, 6}, {1, 2}, {4, 5, 9}, {7, 8, 11}, {12, 13, 14}],
    (FISHERMEN, "emotional"): [{1, 2}, {1, 2, 3, 4}, {6, 7}, {9, 10}, {8, 13, 14}],
    (FISHERMEN, "sensational"): [{0}, {1, 2}, {6}, {4, 5, 7}, {8, 9}, {11, 12}, {13, 14}],
}


def versions(strait, source: str, style: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    report = strait.paragraphs[strait.paragraphs["article"] == source]
    report = report[report["role"].isin(["standfirst", "body"])]
    text = REWRITES.set_index(["source", "style"])["text"][source, style]
    retold = pd.DataFrame({"article": style, "role": "body", "text": text.split("\n\n")})
    return report.assign(paragraph=range(len(report))), retold


def test_paragraphs_of_rewrites_are_found_merged_and_moved(strait):
    found, truth = set(), set()
    for (source, style), matched in MATCHED.items():
        aligned = fr.align(*versions(strait, source, style), method="words")
        truth |= {(source, style, i, j) for j, places in enumerate(matched) for i in places}
        found |= {
            (source, style, i, j)
            for row in aligned.itertuples()
            for i in row.paragraphs_a
            for j in row.paragraphs_b
        }
    assert len(found & truth) / len(found) >= 0.95
    assert len(found & truth) / len(truth) >= 0.65


def test_an_objective_rewriter_drops_alarm_and_boosters_and_a_sensational_one_adds_alarm(strait):
    """What the styles were asked for is what `balance` says of the paragraphs aligned."""
    nets = {}
    for style in ("objective", "sensational"):
        rows = REWRITES[REWRITES["style"] == style]
        parts = [
            fr.align(*versions(strait, source, style), method="words") for source in rows["source"]
        ]
        balance = fr.balance(fr.shifts(pd.concat(parts, ignore_index=True)))
        nets[style] = balance.set_index("category")["net"]
    assert nets["objective"]["alarm"] < 0
    assert nets["objective"]["boost"] < 0
    assert nets["sensational"]["alarm"] > nets["objective"]["alarm"]


def test_versions_called_rewritten_are_aligned_by_words(strait):
    report, retold = versions(strait, EXERCISE, "sensational")
    retold = retold.assign(outlet="Rewriter", paragraph=range(len(retold)))
    both = pd.concat([report, retold], ignore_index=True)
    copies = fr.find_copies(both)
    assert copies.pairs["label"].tolist() == ["rewritten"]
    aligned = fr.align_versions(both, copies).aligned
    assert aligned["score"].notna().sum() >= 4


def test_a_heavy_rewrite_is_aligned_by_what_pairs_more_of_it(strait):
    report, retold = versions(strait, "tarnovar-today/2031-05-08-deal", "neutral")
    retold = retold.assign(outlet="Rewriter", paragraph=range(len(retold)))
    both = pd.concat([report, retold], ignore_index=True)
    copies = fr.find_copies(both)
    assert copies.pairs["label"].tolist() == ["heavy rewrite"]
    by_order, by_words = (paired(fr.align(report, retold, method=m)) for m in ("order", "words"))
    assert by_order < by_words == paired(fr.align_versions(both, copies).aligned)


def paired(aligned: pd.DataFrame) -> int:
    return int(aligned["paragraphs_b"][aligned["score"].notna()].map(len).sum())


def test_scores_of_joined_paragraphs_are_those_of_the_joined_text():
    """Counts add up, so that two paragraphs joined score as one with the words of both."""
    a, b = ["Kestrel sank off Hask.", "Dovek sailed."], ["Dovek and Kestrel sank; Hask sailed."]
    scores = word_scores(a, b)
    assert set(scores) == set(group_sizes(3))
    assert scores[2, 1].shape == (1, 1)
    assert scores[3, 1].shape == (0, 1)
    assert scores[2, 1].item() == pytest.approx(1)
    assert (scores[1, 1] < 1).all()
    np.testing.assert_allclose(scores[1, 1], word_scores(b, a)[1, 1].T)


def plain_order(a: list[list[str]], b: list[list[str]]) -> float:
    one, other = (sum(side, []) for side in (a, b))  # noqa: RUF017
    return plain_common(one, other) / max(sqrt(len(one) * len(other)), 1)


def plain_words(a: list[list[str]], b: list[list[str]], every: list[list[str]]) -> float:
    """The cosine of the sums over paragraphs of √count · log((paragraphs + 1) / paragraphs with it)."""
    sums = [Counter[str](), Counter[str]()]
    for total, side in zip(sums, (a, b), strict=True):
        for paragraph in side:
            for word, count in Counter(plain_content(paragraph)).items():
                rarity = log((len(every) + 1) / sum(word in other for other in every))
                total[word] += sqrt(count) * rarity
    norm = sqrt(sum(x * x for x in sums[0].values()) * sum(x * x for x in sums[1].values()))
    return sum(x * sums[1][word] for word, x in sums[0].items()) / norm if norm else 0.0


@given(st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4))
@settings(max_examples=30)
def test_scores_of_all_groups_of_paragraphs_are_those_of_plain_counts(a, b):
    one, other = [text.split() for text in a], [text.split() for text in b]
    methods = (
        (order_scores, 2, plain_order),
        (word_scores, 3, lambda x, y: plain_words(x, y, one + other)),
    )
    for scores, most, plain in methods:
        found = scores(a, b)
        assert list(found) == group_sizes(most)
        for (n, m), table in found.items():
            want = [
                [plain(one[i : i + n], other[j : j + m]) for j in range(len(b) - m + 1)]
                for i in range(len(a) - n + 1)
            ]
            assert table.tolist() == [pytest.approx(row) for row in want]


def test_an_unknown_method_is_an_error():
    text = pd.DataFrame({"text": ["It rains."]})
    with pytest.raises(ValueError, match='method must be "order" or "words", got \'facts\''):
        fr.align(text, text, method="facts")
