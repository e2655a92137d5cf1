"""Whose words a cue is in, by sentences read and judged by a person."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.lexicon.lexicon import Lexicon
from framing.scoring.voices import WORD_COLUMNS, layout, layouts

X = Lexicon(pd.DataFrame({"entry": ["xx"]}))


def voices_of(*texts: str, **columns: object) -> list[str]:
    """Voice of every xx in some paragraphs."""
    table = pd.DataFrame({"text": texts}).assign(**columns)
    return fr.find_cues(table, lexicon=X)["voice"].tolist()


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Talks xx fail.", "outlet"),
        ("“Talks xx fail,” he said. They xx.", "quoted outlet"),
        ("'Talks xx fail' was on the wall of the xx.", "quoted outlet"),
        ("Ministers said talks xx fail.", "reported"),
        ("Ministers said on Tuesday that talks xx fail. They xx.", "reported outlet"),
        ("Talks xx fail, diplomats in Kyiv said.", "reported"),
        ("Talks xx fail, said Ivan Petrov, a xx.", "reported outlet"),
        ("Talks xx fail, officials told reporters on Monday.", "reported"),
        ("Talks xx fail, diplomats fear.", "reported"),
        ("On xx Tuesday, the minister said talks xx fail.", "outlet reported"),
        ("The xx minister confirmed on Monday that talks xx fail.", "outlet reported"),
        ("The xx minister confirmed on the Monday that talks xx fail.", "outlet outlet"),
        ("The minister confirmed the xx.", "outlet"),
        ("Talks xx fail, according to officials. They xx.", "reported outlet"),
        ("Ministers said talks xx fail, but the xx is quiet.", "reported outlet"),
        ("The so-called “xx republic” is there.", "scare"),
        ("He called it “xx,” she said.", "quoted"),
        ("Talks xx fail, I said.", "outlet"),
        ("Xx, officials said talks xx fail.", "outlet reported"),  # as in However, officials said
        ("Talks xx fail, the man I met said.", "reported"),
        ("The “xx must go” march is on.", "quoted"),
        ("“Talks xx fail, he said.", "unknown"),
        ("“Yes,” he said, and left the xx.", "outlet"),
        ("They left the xx of “”", "outlet"),
    ],
)
def test_the_voice_of_a_word(text, want):
    assert voices_of(text) == want.split()


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Petrov: talks xx fail", "reported"),
        ("Xx talks fail – EU officials", "reported"),
        ("Talks xx fail - report", "reported"),
        ("Talks xx fail – EU officials", "reported"),
        ("Talks xx fail, says Petrov", "reported"),
        ("Petrov says talks xx fail", "reported"),
        ("Watch: talks xx fail", "outlet"),
        ("Talks xx fail - a long way to go", "outlet"),
    ],
)
def test_a_headline_names_its_source(text, want):
    """Before a colon, after a dash; in the body neither says so."""
    assert voices_of(text, role="headline") == [want]
    if ":" in text or " - " in text or " – " in text:
        assert voices_of(text, role="body") == ["outlet"]


def test_the_verb_itself_is_the_outlets_choice():
    """Outside quotation marks a reporting verb is a label; inside it is quoted."""
    cues = fr.find_cues(pd.DataFrame({"text": ["He warned of war. “He warned us,” she said."]}))
    found = cues[cues["match"].isin(["warned", "said"])]
    assert found["voice"].tolist() == ["label", "quoted", "label"]
    phrase = Lexicon(pd.DataFrame({"entry": ["he warned"]}))
    first = fr.find_cues(pd.DataFrame({"text": ["He warned us."]}), lexicon=phrase)
    assert first["voice"].tolist() == ["label"]


def test_a_quotation_runs_over_paragraphs_whatever_the_order_of_rows():
    """It goes on where the next paragraph of the article and the role opens with a mark."""
    table = pd.DataFrame(
        {
            "article": ["a", "a", "a", "b", "b"],
            "paragraph": [0, 1, 2, 0, 1],
            "role": ["body", "caption", "body", "body", "body"],
            "text": ["“It xx.", "A xx", "“It xx,” he said, and xx.", "“It xx.", "It xx."],
        }
    )
    want = ["quoted", "outlet", "quoted", "outlet", "unknown", "outlet"]
    assert fr.find_cues(table, lexicon=X)["voice"].tolist() == want
    turned = fr.find_cues(table[::-1], lexicon=X).sort_values(["article", "paragraph", "start"])
    assert turned["voice"].tolist() == want


def test_words_are_counted_by_voice():
    """Every word once, clitics with the word they hang on; a lost mark is told."""
    texts = [
        "The minister’s aide said talks may fail.",
        "“We may go,” he said.",
        "He said “we may",
        "The “free” press of Hask is gone, he said.",
        "He said, leaving",
        "",
    ]
    scores = fr.score(pd.DataFrame({"text": texts}))
    assert scores[list(WORD_COLUMNS)].to_numpy().tolist() == [
        [4, 3, 0, 0],
        [2, 0, 3, 0],
        [2, 0, 0, 2],
        [3, 6, 0, 0],  # a scare quote and a verb of saying are the outlet's
        [3, 0, 0, 0],
        [0, 0, 0, 0],
    ]
    assert (scores[list(WORD_COLUMNS)].sum(axis=1) == scores["words"]).all()
    assert scores["quote_unbalanced"].tolist() == [False, False, True, False, False, False]


def test_words_by_voice_add_up_to_the_words(strait_scores):
    """In the whole example."""
    assert (strait_scores[list(WORD_COLUMNS)].sum(axis=1) == strait_scores["words"]).all()


def test_voices_need_no_cue_and_no_row():
    assert voices_of("“nothing here") == []
    assert fr.score(pd.DataFrame({"text": []}))["quote_unbalanced"].tolist() == []


def test_a_report_ends_at_but_only_after_a_comma():
    """It may rain but stay dry is one thing that ministers said."""
    one = "Ministers said it may rain but it could stay dry."
    two = "Ministers said it may rain, but it could stay dry."
    voices = [fr.find_cues(pd.DataFrame({"text": [text]}))["voice"].tolist() for text in (one, two)]
    assert voices == [["label", "reported", "reported"], ["label", "reported", "outlet"]]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", ""]),
        st.sampled_from(["body", "headline"]),
        st.integers(0, 9),
        st.booleans(),
    ),
    max_size=9,
    unique_by=lambda row: row[:3],
)


@given(ROWS, st.data())
def test_the_layout_is_that_of_a_plain_search_in_any_order_and_in_pieces(rows, data):
    """16.5: the next paragraph of the same article and role may be in any row of any piece."""
    table = pd.DataFrame(rows, columns=["article", "role", "paragraph", "opens"])
    table = table.astype({"opens": bool})
    found = layout(table)
    for i, (article, role, number, _) in enumerate(rows):
        later = [row for row in rows if row[:2] == (article, role) and row[2] > number]
        follows = min(later, key=lambda row: row[2])[3] if later and article else False
        assert (found.goes_on[i], found.headline[i]) == (follows, role == "headline")
    ends = sorted(data.draw(st.lists(st.integers(0, len(rows)), max_size=3)))
    bounds = [0, *ends, len(rows)]
    pieces = layouts([table.iloc[a:b] for a, b in pairwise(bounds)])
    assert np.concatenate([piece.goes_on for piece in pieces]).tolist() == found.goes_on.tolist()


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("A march of “xx fog rain” is on.", "scare"),
        ("A march of “xx fog rain snow” is on.", "quoted"),
        ("They said the plan “xx” of ice fog rain.", "quoted"),
        ("They said a quiet old plan “xx” of ice fog rain.", "scare"),
        ("“xx” is on.", "quoted"),
        ("Talks xx fail, one two three four five six seven eight said.", "reported"),
        ("Talks xx fail, one two three four five six seven eight nine said.", "outlet"),
        ("Talks xx fail, he said on Monday at noon.", "reported"),
        ("Talks xx fail, he said on Monday at noon sharp.", "reported"),
        ("Talks xx fail, he said on Monday at noon sharp too.", "outlet"),
        ("He confirmed on Monday that talks xx fail.", "reported"),
        ("He confirmed at noon on Monday that talks xx fail.", "outlet"),
        ("He confirmed that xx fail.", "reported"),
    ],
)
def test_the_reach_of_scare_quotes_and_of_verbs_of_saying(text, voice):
    assert voices_of(text) == [voice]
