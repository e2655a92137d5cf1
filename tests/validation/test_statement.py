from __future__ import annotations

import pytest

import framing as fr
from framing.validation.statement import outdated, validation_paragraph
from tests.conftest import ROOT
from tests.validation.conftest import coded_by, right
from tests.validation.example import FALSE_HITS


@pytest.fixture(scope="module")
def example():
    return fr.read_coding(ROOT / "corpora" / "strait-coded")


def test_the_coded_example_is_of_this_corpus_and_lexicon(example, scored):
    """Written again by `python -m tests.validation.example` when either changes."""
    assert outdated(example, scored[0]) == []


def test_the_coded_example_gives_the_errors_that_it_was_made_with(example, scored):
    table = fr.validity(example, scored[1]).table
    rows = table[table["group"] == "all"].set_index("measure")
    for measure, share in FALSE_HITS.items():
        row = rows.loc[measure]
        assert row["precision_low"] < 1 - share < row["precision_high"]
    assert (fr.agreement(example)["alpha"] > 0.6).all()


def test_a_changed_lexicon_or_corpus_is_said(example, scored):
    paragraphs = scored[0]
    assert (
        "the lexicon changed"
        in outdated(example, paragraphs, lexicon=fr.load_lexicon().only("alarm"))[0]
    )
    gone = outdated(example, paragraphs.iloc[:0])
    assert gone == [
        f"{len(example.passages)} of {len(example.passages)} coded passages are not in this "
        "corpus: it changed, or articles were left out"
    ]


def test_the_paragraph_says_what_is_missing(sheet, scored):
    coded = coded_by(sheet, {"ann": {"hedge": right(sheet, "hedge")}})
    text = validation_paragraph(coded, scored[1])
    assert text.startswith(f"1 coder, blind to outlet, date and score, coded {len(sheet.passages)}")
    assert "Agreement on hedge is not known: no sentence was coded twice." in text
    assert "hedge: precision 1.00 (" in text
    assert "alarm is not coded yet." in text


def test_the_first_page_says_what_was_checked(example):
    """The precision of each measure; nothing where a part of the coded articles is left out."""
    corpus, _, cues = fr.open_study("strait")
    known = fr.checked_by_hand(corpus, cues, example)
    table = fr.validity(example, cues).table
    hedge = table[(table["group"] == "all") & (table["measure"] == "hedge")].iloc[0]
    assert known.startswith("2 coders checked 444 sentences by hand.")
    assert f"hedging {hedge['precision']:.2f} ({hedge['precision_low']:.2f} to" in known
    part = corpus.only(outlets=["Daily Clarion"])
    assert "does not hold for this report: " in fr.checked_by_hand(part, cues, example)
    assert "two people need about 1 hour each" in fr.checked_by_hand(part, cues)
