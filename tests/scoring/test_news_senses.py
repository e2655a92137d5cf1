from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.scoring.news_senses import SIGNS, news_senses
from tests.conftest import ROOT

PAIRS = (ROOT / "tests" / "fixtures" / "news_pairs.txt").read_text("utf-8").splitlines()


def scored(*texts: str, **options: bool) -> pd.DataFrame:
    return fr.score(pd.DataFrame({"text": list(texts)}), tone_news=True, **options)


def over(match: str, sign: int) -> list[str]:
    """Return a word of its sign and full stops instead of the first word, x for the others."""
    first, *others = match.split(" ")
    if sign:
        first = {1: "yes", -1: "sad"}[sign].ljust(len(first), ".")
    else:
        others, first = [first, *others], ""
    masked = " ".join("".join("x" if c.isalpha() else c for c in word) for word in others)
    return list(f"{first} {masked}" if sign and others else first or masked)


@pytest.mark.parametrize("line", PAIRS)
def test_every_rule_leaves_a_word_out_and_keeps_a_near_one(line):
    rule, *texts = line.split(" | ")
    entries = news_senses().entries[["category", "entry", "rule"]]
    cues = fr.find_cues(pd.DataFrame({"text": texts}), lexicon=news_senses()).drop(columns="rule")
    own = cues.merge(entries[entries["rule"] == rule], on=["category", "entry"])
    left_out = own.groupby("paragraph")["counted"].any()
    assert left_out.tolist() == [True, False]


def test_no_rule_is_without_a_pair():
    assert [line.split(" | ")[0] for line in PAIRS] == list(news_senses().rules)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The Justice Department spoke to the party.", 0),
        ("There was little to curb the attack.", 0),
        ("It was an end to war.", 0),
        ("It was hardly solid.", -1),  # good, if faintly
        ("It was hardly a success.", -1),
        ("Deaths fell.", 1),
        ("No one was hurt.", 1),
        ("Wages fell.", -1),
        ("THE MEN WERE INDICTED.", -1),
        ("It is a terrible crime.", -1),
        ("It was a great success.", 1),
        ("It rained.", 0),
    ],
)
def test_the_tone_of_news(text, sign):
    """By hand, from the definitions of the list."""
    tone = scored(text)["tone_news"][0]
    assert np.sign(tone) == sign


def test_it_is_vader_of_texts_with_these_words_replaced(strait):
    """Sentence by sentence, and VADER's own numbers do not change."""
    paragraphs = strait.paragraphs.head(80)
    scores, plain = fr.score(paragraphs, tone_news=True), fr.score(paragraphs)
    pd.testing.assert_frame_equal(scores.drop(columns="tone_news"), plain)
    cues = fr.find_cues(scores, lexicon=news_senses()).query("counted")
    left_out = cues.groupby(["article", "paragraph"]).size()
    untouched = ~scores.set_index(["article", "paragraph"]).index.isin(left_out.index)
    assert scores["tone_news"][untouched].equals(scores["tone"][untouched])
    assert (scores["tone_news"] != scores["tone"]).sum() > 10
    for row in scores[~untouched].head(20).itertuples():
        if row.sentences == 1:
            text = list(row.text)
            here = cues[(cues["article"] == row.article) & (cues["paragraph"] == row.paragraph)]
            for cue in here.itertuples():
                text[cue.start : cue.end] = over(cue.match, SIGNS[cue.category])
            assert row.tone_news == pytest.approx(fr.tone(["".join(text)])["compound"][0])


def test_it_is_a_measure_of_tone(strait):
    scores = fr.score(strait.paragraphs, tone_news=True)
    table = fr.compare(scores, measures=["tone", "tone_news"], n_resamples=99)
    assert set(table["measure"]) == {"tone", "tone_news"}
    assert table.loc[table["measure"] == "tone_news", "estimate"].abs().max() < 2
    assert fr.score(scores.head(3), workers=1)["tone"].equals(scores["tone"].head(3))


def test_other_languages_have_none():
    table = pd.DataFrame({"text": ["Gut."], "language": ["de"]})
    german = fr.Lexicon(pd.DataFrame({"entry": ["angst"], "category": "furcht"}))
    with pytest.warns(UserWarning, match="tone is missing"):
        assert fr.score(table, lexicon=german, tone_news=True)["tone_news"].isna().all()
