"""Cues in their context."""

import pandas as pd
import pytest

import framing as fr

TABLE = pd.DataFrame(
    {
        "article": ["a", "a", "b"],
        "paragraph": [0, 1, 0],
        "text": [
            "Talks may fail\nsoon, we fear.",
            "It might.",
            "The deal, officials fear, may go on.",
        ],
    }
)


def test_lines_come_in_order_of_match_and_of_what_follows():
    lines = fr.context(fr.find_cues(TABLE), TABLE, words=2)
    assert lines[["left", "match", "right"]].values.tolist() == [
        ["deal, officials", "fear", ", may"],
        ["soon, we", "fear", "."],
        ["Talks", "may", "fail soon,"],
        ["officials fear,", "may", "go on."],
        ["It", "might", "."],
    ]


def test_a_sample_hangs_on_the_seed_alone(strait, strait_cues):
    """Not on the order of the rows; another seed draws others; nothing is drawn twice."""
    drawn = fr.context(strait_cues, strait.paragraphs, sample=20, seed=1)
    again = fr.context(strait_cues[::-1], strait.paragraphs[::-1], sample=20, seed=1)
    pd.testing.assert_frame_equal(drawn, again)
    assert len(drawn.drop_duplicates()) == 20
    assert not drawn.equals(fr.context(strait_cues, strait.paragraphs, sample=20, seed=2))


def test_what_cannot_be_shown_is_told():
    cues = fr.find_cues(TABLE)
    with pytest.raises(ValueError, match="requires a seed"):
        fr.context(cues, TABLE, sample=2)
    with pytest.raises(ValueError, match="no paragraph 0 of article 'b'"):
        fr.context(cues, TABLE.head(2))
    for words in ("8", 0, 2.5):
        with pytest.raises(ValueError, match="words must be a whole number from 1 on"):
            fr.context(cues, TABLE, words=words)
    assert fr.context(cues.head(0), TABLE).empty
