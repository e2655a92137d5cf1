from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.validation.statement import outdated, validation_paragraph
from tests.conftest import ROOT
from tests.validation.conftest import coded_by, fill, right
from tests.validation.example import FALSE_HITS

pytestmark = pytest.mark.usefixtures("kept_servers")


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
    assert "Agreement on hedging is not known: nothing was coded twice." in text
    assert "Hedging (148 sentences): precision 1.00 (" in text
    assert "Alarm is not coded yet." in text


def test_the_first_page_says_what_was_checked(example):
    """The precision of each measure; nothing where a part of the coded articles is left out."""
    corpus, _, cues = fr.open_study("strait")
    known = fr.checked_by_hand(corpus, cues, example)
    table = fr.validity(example, cues).table
    hedge = table[(table["group"] == "all") & (table["measure"] == "hedge")].iloc[0]
    assert known.startswith("2 coders checked 444 sentences by hand.")
    assert f"hedging {hedge['precision']:.2f} ({hedge['precision_low']:.2f} to" in known
    assert "not reliable" not in known
    guessed = example.codes.copy()
    which = (guessed["measure"] == "alarm") & (guessed["coder"] == guessed["coder"].max())
    guessed.loc[which, "code"] = np.random.default_rng(1).integers(0, 2, which.sum())
    doubtful = fr.checked_by_hand(corpus, cues, example._replace(codes=guessed))
    assert "Their codes are not reliable for alarm (alpha " in doubtful
    part = corpus.only(outlets=["Daily Clarion"])
    assert "does not hold for this report: " in fr.checked_by_hand(part, cues, example)
    assert "a check takes two people about 1 hour each" in fr.checked_by_hand(part, cues)


def test_the_notebook_says_what_can_be_said_so_far(tmp_path, sheet):
    """Of an empty workbook: that nothing is coded. With a few cells filled in: what they show."""
    sheet = sheet.to_excel(tmp_path / "sheet.xlsx")
    given = {"coded": [str(sheet)]}
    fr.render("validate", tmp_path / "v.pdf", parameters=given, keep_notebook=True)
    assert "sentences of the coding sheet is coded yet" in (tmp_path / "v.ipynb").read_text()
    first = fr.read_coding(sheet).passages
    fill(sheet, sheet, {(passage, "alarm"): 1 for passage in first["passage"].head(30)})
    out = fr.render("validate", tmp_path / "v.pdf", parameters={"coded": str(sheet)})
    table = pd.read_csv(out.with_name("v-tables") / "validity.csv").set_index(["measure", "group"])
    assert table.loc[("alarm", "all"), "passages"].item() == 30
    assert table.loc[("hedge", "all"), "passages"].item() == 0


def test_the_paragraph_of_settled_codes_has_the_agreement_of_the_coders(sheet, scored):
    """It said that one coder had coded, and nothing twice."""
    codes = right(sheet, "hedge")
    other = [1 - codes[0], *codes[1:]]
    coded = coded_by(sheet, {"ann": {"hedge": codes}, "ben": {"hedge": other}})
    settled = fr.adjudicated(coded, fr.disagreements(coded).assign(code=codes[0]))
    text = validation_paragraph(settled, scored[1])
    assert text.startswith("2 coders, blind to")
    assert (
        "Krippendorff's alpha of 148 sentences that two coders or more decided was 0.99 (" in text
    )
    assert "Hedging (148 sentences): precision 1.00 (" in text
    assert "The codes were then settled" in text
    assert "settled" not in validation_paragraph(coded, scored[1])


def differing(sheet, n):
    """Two coders who differ on the first ``n`` sentences for hedging, and agree on alarm."""
    codes, alarm = right(sheet, "hedge"), right(sheet, "alarm")
    other = [1 - code for code in codes[:n]] + codes[n:]
    return coded_by(
        sheet, {"ann": {"hedge": codes, "alarm": alarm}, "ben": {"hedge": other, "alarm": alarm}}
    )


def test_the_paragraph_says_what_is_left_out_because_coders_differ(sheet, scored):
    coded = differing(sheet, 5)
    text = validation_paragraph(coded, scored[1])
    left = "Sentences without a majority of the coders are left out of what follows: 5 for hedging."
    assert left in text
    table = fr.validity(coded, scored[1]).table
    all_of = table[table["group"] == "all"].set_index("measure")["passages"]
    assert all_of["alarm"] - all_of["hedge"] == 5
    assert "left out of what follows" not in validation_paragraph(differing(sheet, 0), scored[1])


@pytest.mark.parametrize("settled", [0, 3, 5])
def test_the_paragraph_says_how_many_codes_were_settled(sheet, scored, settled):
    """It said that they were settled where the column was empty still."""
    coded = differing(sheet, 5)
    table = fr.disagreements(coded)
    code = ["1"] * settled + [""] * (5 - settled)
    text = validation_paragraph(fr.adjudicated(coded, table.assign(code=code)), scored[1])
    whole = "The codes were then settled; what follows is of the settled ones."
    some = (
        f"Of 5 codes without a majority of the coders, {settled} were settled; sentences without "
        f"a majority of the coders are left out of what follows: {5 - settled} for hedging."
    )
    assert (whole in text) == (settled == 5)
    assert (some in text) == (settled < 5)


def test_the_counts_of_the_paragraph_add_up(sheet, scored):
    """Of 148 sentences 3 have no cell, of 2 there is a ? only, and on 4 the coders differ."""
    codes = [float("nan")] * 2 + right(sheet, "hedge")[2:-3]
    other = codes[:2] + [1 - code for code in codes[2:6]] + codes[6:]
    alarm = right(sheet, "alarm")
    coded = coded_by(
        sheet, {"ann": {"hedge": codes, "alarm": alarm}, "ben": {"hedge": other, "alarm": alarm}}
    )
    text = validation_paragraph(coded, scored[1])
    assert (
        "what follows: 9 for hedging (3 not coded, 2 that nobody could decide, 4 without a "
        "majority of the coders)."
    ) in text
    table = fr.validity(coded, scored[1]).table
    of_all = table[table["group"] == "all"].set_index("measure")["passages"]
    assert of_all[["hedge", "alarm"]].tolist() == [148 - 9, 148]
    assert "Hedging (139 sentences): precision" in text
    assert "Alarm (148 sentences): precision" in text


def test_the_first_page_and_the_methods_say_which_outlets_were_coded(scored):
    corpus, scores, cues = fr.open_study("strait")
    outlets = sorted(scores["outlet"].unique())
    part = scores[scores["outlet"].isin(outlets[:2])]
    sheet = fr.coding_sheet(part, cues[cues["article"].isin(part["article"])], measures=["hedge"])
    coded = coded_by(sheet, {"ann": {"hedge": right(sheet, "hedge")}})
    said = f"The coded sentences are of 2 of {len(outlets)} outlets: {' and '.join(outlets[:2])}."
    assert said in fr.checked_by_hand(corpus, cues, coded)
    contrasts = fr.compare(scores, coded=coded, measures="hedge", n_resamples=99)
    for style in ("box", "paper"):
        text = str(fr.methods(
            corpus, scores, cues=cues, coded=coded, contrasts=contrasts, style=style
        ))  # fmt: skip
        assert said in text
    assert f"Estimates of 1 of {len(contrasts)} comparisons, those with enough codes," in text
    assert "Agreement was Krippendorff" not in text
    assert said not in fr.checked_by_hand(corpus.only(outlets=outlets[:2]), cues, coded)
