"""What the box of methods says of the input adds up."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from framing.report.paper import _left_out
from tests.conftest import ROOT


def test_every_outcome_is_named_once_with_its_reasons(tmp_path):
    """Three articles, one of them with a repaired line, and a file that is none."""
    for name, text in {
        "a.txt": "Ferry talks stall\n\nThe talks about the ferry could fail, officials fear.\n",
        "b.txt": "Ferry talks resume\n\nThe talks about the ferry may go on, officials say.\n",
        "c.txt": "Itâ€™s the ferry\n\nItâ€™s a risk that nobody at the harbour wants to take.\n",
        "d.txt": "",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    corpus = fr.read_corpus(tmp_path)
    box = fr.methods(corpus, fr.score(corpus.paragraphs))
    (told,) = [line for line in str(box).splitlines() if line.startswith("Input.")]
    outcomes = dict(corpus.audit[corpus.audit["block"].isna()]["outcome"].value_counts())
    assert told.startswith("Input. 4 inputs: ")
    for outcome, n in outcomes.items():
        assert told.count(f"{n} {outcome}") == 1
    assert "3 scored (1 × mojibake repaired" in told


def test_what_an_input_has_several_of_is_not_counted_twice(tmp_path):
    """It said "1 × 1 accent joined with a letter (NFC)"."""
    (tmp_path / "Post.txt").write_text("Une\u0301 talks may resume in the harbour. " * 9, "utf-8")
    corpus = fr.read_corpus(tmp_path)
    told = str(fr.methods(corpus, fr.score(corpus.paragraphs)))
    assert "1 scored (9 accents joined with a letter (NFC) in 1 input)" in told


def test_the_box_begins_with_what_coders_found_or_why_that_is_not_known():
    corpus, scores, cues = fr.open_study(ROOT / "corpora" / "strait")
    coded = fr.read_coding(ROOT / "corpora" / "strait-coded")
    alone = str(fr.methods(corpus, scores))
    assert alone.startswith("Validity. NOT VALIDATED ON THIS CORPUS. Nobody")
    assert "It takes two people about 1 hour each: framing validate new." in alone
    box = str(fr.methods(corpus, scores, cues=cues, coded=coded))
    assert box.startswith("Validity. 2 coders, blind to outlet, date and score, coded 444 of 444")
    assert "NOT VALIDATED" not in box
    one = corpus.only(outlets=["Daily Clarion"])
    gone = str(fr.methods(one, scores, cues=cues, coded=coded))
    assert gone.startswith("Validity. NOT VALIDATED ON THIS CORPUS: ")
    with pytest.raises(ValueError, match="needs cues as well"):
        fr.methods(corpus, scores, coded=coded)


def test_the_paragraph_for_a_paper_names_every_choice():
    """Numbers of the tables, and a reference for what was used, only."""
    corpus, scores, cues = fr.open_study("strait", outlets=["Daily Clarion", "Meridian Wire"])
    contrasts = fr.compare(scores, match="event", n_resamples=99, seed=7)
    asked = {"outlets": ["Daily Clarion", "Meridian Wire"], "seed": 7}
    given = {"parameters": asked, "contrasts": contrasts, "cues": cues, "style": "paper"}
    text, _, *listed = str(fr.methods(corpus, scores, **given)).split("\n\n")
    html = fr.methods(corpus, scores, **given).html  # else references alone fill a page
    assert html.count('<p style="font-size:85%">') == len(listed) + 1 == html.count("<p") - 1
    words = scores["words"].sum()
    for told in (
        f"We analysed {scores['article'].nunique()} articles of 2 outlets",
        f"({words:,} words;",
        "Only these outlets were taken: Daily Clarion, Meridian Wire.",
        f"within the events that both covered ({contrasts['events'].iloc[0]} events)",
        "(seed 7)",
        "P values of hedging, alarm, boosters and tone were adjusted",
        "were not validated by hand",
        f"framing {fr.__version__}",
    ):
        assert told in text, told
    names = [reference.split(",")[0].split(" (")[0] for reference in listed]
    assert names == ["Cumming", "Hutto", "The framing authors", "Westfall"]
    alone = str(fr.methods(corpus, scores, style="paper"))
    assert "Westfall" not in alone and "Every two" not in alone


def test_articles_that_were_not_chosen_are_not_called_skipped():
    corpus = fr.load_example().one("standard-review/2031-04-22-leak")
    text = str(fr.methods(corpus, fr.score(corpus.paragraphs), style="paper"))
    assert "1 article of 1 outlet, published on 22 April 2031 (" in text
    assert "of 75 inputs 73 not chosen, 1 skipped)" in text or "74 not chosen)" in text


def test_the_paper_says_how_each_p_was_adjusted():
    """Rates of an outlet against the mean of all others: by Holm's method; tone: by maxT."""
    corpus, scores, _ = fr.open_study("strait")
    table = fr.compare(scores, match="event", against="rest", n_resamples=99)
    how = "; p from other tests than flips of signs: Holm's method"
    text = str(fr.methods(corpus, scores, contrasts=table, style="paper"))
    assert "Westfall" in text and f"{how} (Holm, 1979)" in text and "Holm, S. (1979)" in text
    assert "maxT" in fr.steps(table) and f"{how})" in fr.steps(table)
    rates = table[table["measure"] != "tone"]
    text = str(fr.methods(corpus, scores, contrasts=rates, style="paper"))
    assert "Westfall" not in text and "maxT" not in fr.steps(rates)
    untested = table.assign(p=float("nan"), p_adjusted=float("nan"))
    text = str(fr.methods(corpus, scores, contrasts=untested, style="paper"))
    assert "P values" not in text and "Westfall" not in text


def test_the_paper_says_what_was_tested_left_out_and_cut_off(strait):
    """Two pairs have enough for a test; most texts are openings; no caption is there."""
    scores = fr.score(strait.paragraphs)
    table = fr.compare(scores, match="event", measures="hedge", n_resamples=99)
    every = table[table["p"].notna()].reset_index(drop=True)
    few = every.assign(p=every["p"].where(every.index < 2))
    for contrasts, told in ((few, f"2 of these {len(few)} comparisons had enough articles and"),
                            (every, "the events that both covered")):  # fmt: skip
        paper = str(fr.methods(strait, scores, contrasts=contrasts, style="paper"))
        assert told in paper and ("had enough" in told) == ("had enough" in paper)
    text = "The ferries stopped on Monday.\n\n" + "Nobody on the islands knew for how long. " * 9
    rows = pd.DataFrame(
        {"outlet": "Sun", "text": [f"{text}Pilot {n} said that …" for n in range(6)]}
    )
    corpus = fr.read_corpus(rows)
    paper = str(fr.methods(corpus, fr.score(corpus.paragraphs), style="paper"))
    assert "6 of 6 texts ended in an ellipsis, and may be the beginnings of articles only." in paper
    assert "captions" not in paper
    assert "ellipsis" not in str(fr.methods(strait, scores, style="paper"))


def test_headlines_have_a_paragraph_for_the_paper_too():
    """Their contrasts have no ratio."""
    corpus, scores, cues = fr.open_study("strait")
    gaps = fr.headline_gaps(scores, cues)
    contrasts = fr.compare_headlines(gaps, against="rest", n_resamples=99)
    text = str(fr.methods(corpus, scores, contrasts=contrasts, style="paper"))
    assert "P values of" in text and "logarithm" not in text
    said = "Where fewer than 5 articles of a side had a hit, or lacked one, P values were at least"
    few = contrasts["note"].str.contains("Fisher")
    assert few.any() and said in text
    others = str(fr.methods(corpus, scores, contrasts=contrasts[~few], style="paper"))
    assert said not in others


def test_a_lexicon_that_the_scores_do_not_count_is_not_named():
    """The paper said that the built-in lexicon had been counted."""
    corpus = fr.load_example()
    care = fr.Lexicon(pd.DataFrame({"entry": ["harbour"], "category": ["care"]}), name="care")
    scores = fr.score(corpus.paragraphs[:20], lexicon=care)
    for style in ("box", "paper"):
        with pytest.raises(ValueError, match="scores do not count 'hedge' of the lexicon framing-"):
            fr.methods(corpus, scores, style=style)
        assert "care" in str(fr.methods(corpus, scores, lexicon=care, style=style))


def test_articles_without_a_date_are_counted_beside_the_dates():
    corpus = fr.load_example()
    dates = corpus.articles["date"].where(corpus.articles.index > 2)
    some = corpus._replace(articles=corpus.articles.assign(date=dates))
    scores = fr.score(corpus.paragraphs)
    assert " (3 had no date) (" in str(fr.methods(some, scores, style="paper"))
    assert "no date" not in str(fr.methods(corpus, scores, style="paper"))
    assert " 2031 (3 without a date)." in fr.scope(some, scores)


@pytest.fixture(scope="module")
def three():
    corpus = fr.load_example().only(
        outlets=["Daily Clarion", "Meridian Wire", "The Standard Review"]
    )
    return corpus, fr.score(corpus.paragraphs)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "Every two outlets were compared, article against article ("),
        ({"match": "event"}, "Every two outlets were compared within the events that both covered"),
        (
            {"against": "Meridian Wire"},
            "Each other outlet was compared with Meridian Wire, article",
        ),
        ({"against": "rest"}, "Each outlet was compared with the mean of all others, article"),
        ({"weight": "words"}, "articles). Every word counted the same. "),
        (
            {"roles": "headline", "measures": "tone"},
            "articles). Only headline paragraphs were compared. ",
        ),
        ({"roles": ["body"]}, "articles). Only body paragraphs were compared. "),
    ],
)
def test_the_paper_says_what_was_compared_and_with_what(three, how, said):
    """It said the same of every comparison."""
    corpus, scores = three
    table = fr.compare(scores, **how, n_resamples=99)
    text = str(fr.methods(corpus, scores, contrasts=table, style="paper"))
    assert said in text
    for other in ("Every word", "Only headline", "within topics", "preregistered"):
        assert (other in text) == (other in said)
    only = "Only headline paragraphs were compared."
    assert (only in fr.steps(table)) == (only in said)


def test_the_paper_says_that_topics_were_constant_and_that_it_was_preregistered(three, tmp_path):
    corpus, scores = three
    scores = scores.assign(topic=scores["article"].str[-1].gt("k").map({True: "x", False: "y"}))
    table = fr.compare(scores, n_resamples=99)
    text = str(fr.methods(corpus, scores, contrasts=table, style="paper"))
    assert ", article against article within topics (" in text
    assert ", on topics of both sides)." in text
    plan = fr.preregister(tmp_path / "plan.toml", outlets=["Daily Clarion", "Meridian Wire"])
    confirmed = fr.confirm(scores, plan)
    text = str(fr.methods(corpus, scores, contrasts=confirmed, style="paper"))
    assert "The comparison was made as preregistered" in text
    assert "Daily Clarion was compared with Meridian Wire, article" in text


def test_what_is_outside_of_rates_and_tests_is_counted():
    """Headlines, an article with nothing below its headline, and one without an event."""
    corpus, scores, _ = fr.open_study("strait", outlets=["Daily Clarion", "Meridian Wire"])
    first, second = scores["article"].unique()[:2]
    scores = scores[(scores["article"] != first) | (scores["role"] == "headline")]
    scores = scores.assign(event=scores["event"].mask(scores["article"] == second, ""))
    contrasts = fr.compare(scores, match="event", n_resamples=99)
    words = scores.loc[scores["role"] != "headline", "words"].sum()
    said = f"of standfirsts and body ({words:,} words), without headlines"
    paper = str(fr.methods(corpus, scores, contrasts=contrasts, style="paper"))
    assert f"per 100 words {said}; 1 article had no body, and so no rate and no test." in paper
    assert "1 article without an event was left out." in paper
    assert f"rates and their tests are {said}; 1 article had" in str(fr.methods(corpus, scores))
    heads = fr.compare(scores, match="event", roles="headline", measures="tone", n_resamples=99)
    paper = str(fr.methods(corpus, scores, contrasts=heads, style="paper"))
    assert "without headlines" not in paper and "Only headline paragraphs were compared." in paper


def test_a_dictionary_without_rules_leaves_out_nothing():
    """It was said to leave out negated hits, and those that a rule read in another sense."""
    assert _left_out(fr.load_lexicon()) == (
        ", without negated ones and those that a rule read in another sense"
    )
    own = fr.Lexicon(pd.DataFrame({"category": ["talk"], "entry": ["talks"]}))
    assert _left_out(own) == ""
