"""Words broken at the ends of wrapped lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.blocks.hyphens import on_one_line, with_whole_words
from framing.corpus.blocks.paragraphs import split_blocks
from tests.conftest import read_file, read_in

# "certainly" stands unbroken in the other, "promised" in neither, "long-term" has its hyphen.
ONE = [
    "The office of the harbour had cer-",
    "tainly known of it for years, and",
    "in the spring it had at last promi-",
    "sed a plan for the light on the old",
    "pier, said its keeper, whose long-",
    "term hope it was that the pre- and",
    "post-war towers would be kept.",
]
TWO = [
    "Nobody in the town was certainly as",
    "surprised as its mayor, who had no",
    "long-term plan of his own and never",
    "wanted to have one before autumn,",
    "as he told the council on Tuesday.",
]
WHOLE = (
    "The office of the harbour had certainly known of it for years, and in the spring it had at "
    "last promi-sed a plan for the light on the old pier, said its keeper, whose long-term hope it "
    "was that the pre- and post-war towers would be kept."
)


def test_a_broken_word_is_joined_where_an_article_has_it_unbroken(tmp_path):
    """Others keep their hyphen; the audit counts both."""
    (tmp_path / "one.txt").write_text("\n".join(ONE))
    corpus = read_in(tmp_path, "two.txt", "\n".join([*TWO, *ONE[2:4]]))
    texts = corpus.paragraphs.groupby("article")["text"].agg(" ".join)
    assert texts["one"] == WHOLE
    reasons = corpus.audit.set_index("article")["reason"]
    assert reasons["one"] == (
        "1 × a word broken at the end of a line joined ('certainly'); "
        "2 × a word broken at the end of a line kept with its hyphen ('promi-sed')"
    )
    assert reasons["two"] == (
        "1 × a word broken at the end of a line kept with its hyphen ('promi-sed')"
    )


def test_lines_of_lexisnexis_are_joined_by_the_same_rule(tmp_path):
    body, more = "\n".join(ONE), "\n".join(TWO)
    head = "\n\nThe Gull\n\nMarch 12, 2031 Monday\n\nTalks on a long-\nterm plan\n\nLENGTH: 62 words\n\n"
    items = [f"{n} of 2 DOCUMENTS{head}{text}\n\n\n" for n, text in ((1, body), (2, more))]
    corpus = read_file(tmp_path / "a.txt", "".join(items))
    assert WHOLE in corpus.paragraphs["text"].tolist()
    assert set(corpus.articles["title"]) == {"Talks on a long-term plan"}


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["in the old Anglo-", "Saxon towns"], "in the old Anglo-Saxon towns"),
        (["in 2017-", "18 and an F-", "16"], "in 2017-18 and an F-16"),
        (["pre-", "and post-war"], "pre- and post-war"),
        (["a door-", "to-door sale"], "a door-to-door sale"),
        (["he left -", "without her"], "he left - without her"),
        (["it is cer\u00ad", "tain"], "it is certain"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_followed_by_no_space(lines, text):
    """Unless it is a dash or stands for a part that comes later; a soft hyphen goes."""
    assert with_whole_words([on_one_line(lines)])[0][0] == text


@pytest.mark.parametrize("elsewhere", ["Her re-election came.", "Her reelection or re-election."])
def test_a_word_that_has_its_hyphen_anywhere_keeps_it(elsewhere):
    texts = [on_one_line(["she lost her re-", "election"]), f"{elsewhere} {elsewhere}"]
    assert with_whole_words(texts)[0][0] == "she lost her re-election"


@given(st.lists(st.text("ab-\u00ad. Ã", min_size=1, max_size=9), max_size=8))
def test_no_letter_is_lost(lines):
    """Only spaces and hyphens may differ."""
    (text, _), *_ = with_whole_words([on_one_line(lines)])
    letters = str.maketrans("", "", " -\u00ad")
    assert text.translate(letters) == "".join(lines).translate(letters)


def test_only_wrapped_lines_are_joined():
    """A caption of two lines stays as it is."""
    assert split_blocks("Rain fell.\n\nA boat of the cer-\ntain kind\n\nIt dried.")[1] == (
        "A boat of the cer-\ntain kind"
    )
