from __future__ import annotations

import pytest

import framing as fr
from framing.lexicon import built_in


def test_the_built_in_lexicon_is_described():
    lexicon = built_in()
    assert len(lexicon.categories) == 13
    assert lexicon.version and lexicon.licence and lexicon.source
    families = [c for members in lexicon.families.values() for c in members]
    assert sorted(families) == sorted(lexicon.categories)


def test_the_hash_is_of_what_is_counted(tmp_path):
    """Order of rows and name do not matter; an entry more does."""
    (tmp_path / "a.csv").write_text("category,entry\nx,may\nx,might\n")
    (tmp_path / "b.csv").write_text("category,entry\nx,might\nx,may\n")
    (tmp_path / "c.csv").write_text("category,entry\nx,might\nx,may\nx,could\n")
    a, b, c = (fr.load_lexicon(tmp_path / f"{n}.csv").hash for n in "abc")
    assert a == b != c


def test_a_category_named_na_survives(tmp_path):
    (tmp_path / "a.csv").write_text("category,entry\nNA,nan\nNA,null\n")
    lexicon = fr.load_lexicon(tmp_path / "a.csv")
    assert lexicon.categories == ("NA",)
    assert lexicon.entries["entry"].tolist() == ["nan", "null"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("word\nmay\n", "needs a column 'entry'"),
        ("category,entry\nx,may\nx,may\n", "line 3: 'may'"),
        ("category,entry\nx,may\ny,\n", "line 3: 'an empty entry'"),
    ],
)
def test_a_broken_lexicon_names_file_and_line(tmp_path, text, says):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(ValueError, match=says):
        fr.load_lexicon(tmp_path / "a.csv")


def test_a_lexicon_of_ones_own_scores():
    """Its categories are the columns, and it has no indices."""
    import pandas as pd

    from framing.lexicon import Lexicon

    mine = Lexicon(pd.DataFrame({"category": ["sea"], "entry": ["ship*"], "tag": "", "rule": ""}))
    scores = fr.score(pd.DataFrame({"text": ["Ships, a shipment, a sheep."]}), lexicon=mine)
    assert scores["sea"].tolist() == [2]
    assert "hedge" not in scores
