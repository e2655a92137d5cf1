from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from framing.display.past import of_rewrite
from framing.display.versions import of_balance, of_shifts, of_two

STORIES = [
    "The tanker left Dovek at dawn.",
    "The tanker left Dovek at noon.",
    "Snow fell on hills.",
]


def two(a: int, b: int) -> tuple[fr.Versions, pd.DataFrame, fr.Copies, fr.Shifts]:
    """Two stories by their ids, too short to be found as versions of each other."""
    ids = ["x", "y", "z"]
    table = pd.DataFrame({"article": ids, "outlet": ["X", "Y", "Z"], "text": STORIES, "title": ""})
    copies = fr.find_copies(table)
    found = fr.align_versions(table, copies, source=ids[a], copy=ids[b])
    return found, table, copies, fr.shifts(found.aligned)


def test_two_articles_that_share_nothing_are_no_versions():
    found, table, copies, shifts = two(0, 2)
    with pytest.raises(ValueError, match="articles 'x' and 'z' share no paragraph"):
        of_two(found.pairs, table, shifts, copies, given=True)


def test_versions_that_were_given_were_not_found():
    found, table, copies, shifts = two(0, 1)
    title = of_two(found.pairs, table, shifts, copies, given=True)
    assert (
        title
        == r"*x \(X\), and what became of it in y \(Y\): 1 pair of articles, 1 pair of paragraphs*"
    )
    paper = of_rewrite(found.pairs, shifts, fr.balance(shifts), 1)
    assert "(1 pair of articles) were given, and their" in paper
    assert "fewer than 6 stories" in paper


def stories() -> pd.DataFrame:
    """Six stories of Wire, each reworded twice by Site; nothing says who was first."""
    rows = [
        (f"{outlet}{n}{k}", outlet, " ".join(f"s{n}w{i}" + "x" * (i % 9 == k) for i in range(80)))
        for n in range(6)
        for outlet, k in (("Wire", 8), ("Site", 1), ("Site", 2))
    ]
    table = pd.DataFrame(rows, columns=["article", "outlet", "text"])
    return table.assign(title=table["article"], text=table["text"] + " It may rain.")


def test_without_a_direction_none_is_claimed_and_two_rewrites_of_a_story_are_one():
    table = stories()
    copies = fr.find_copies(table)
    found = fr.align_versions(table, copies)
    shifts = fr.shifts(found.aligned)
    text = of_two(found.pairs, table, shifts, copies, given=False)
    assert text.startswith("*Site and Wire: 6 pairs of articles")
    assert "**Nothing says who was first.**" in text
    assert "6 more of the same outlets are not shown" in text
    other = fr.align_versions(table, copies, source="Wire", copy="Site")
    shifts = fr.shifts(other.aligned)
    text = of_two(other.pairs, table, shifts, copies, given=True)
    assert (
        text.startswith("*Wire, and what became of it in Site: 12 pairs") and "more of" not in text
    )
    balance = fr.balance(shifts)
    assert set(balance["articles"]) == {6}
    assert "of the 6 stories" in of_rewrite(other.pairs, shifts, balance, 1)


def test_what_a_dictionary_has_is_all_that_is_said_of_it():
    lexicon = fr.Lexicon(pd.DataFrame({"entry": ["rain"], "category": ["wet"]}))
    a = pd.DataFrame({"text": ["It may rain in the old port, they said."]})
    b = pd.DataFrame({"text": ["It may snow in the old port."]})
    shifts = fr.shifts(fr.align(a, b), lexicon=lexicon)
    balance = fr.balance(shifts, lexicon=lexicon)
    text = of_shifts(shifts, balance, ["wet"], lexicon)
    assert "wet was added in 0 and dropped in 1; 0 lost a quotation." in text
    assert "attribution" not in text and "strengthened" not in text
    assert of_balance(balance) == ""
    english = fr.load_lexicon()
    shifts = fr.shifts(fr.align(a, b))
    text = of_shifts(shifts, fr.balance(shifts), ["hedge", "alarm", "fear"], english)
    assert "0 were strengthened and 0 weakened; alarm rose in 0 and fell in 0; fear was" in text
    assert "1 lost an attribution, 0 a quotation." in text
