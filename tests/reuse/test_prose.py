"""Galleries, lists and forms below two articles make no copies of them."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from framing.reuse.copies import COPIES
from framing.reuse.prose import prose
from tests.reuse.test_copies import WORDS, story

GALLERY = " ".join(
    f"Photos: Photos: Talks in Hask Talks in Hask – Delegates {a} the hall with {b} and {c} on the "
    f"second day of the meeting. Hide Caption {i} of 20"
    for i, (a, b, c) in enumerate(zip(WORDS, WORDS[5:25], WORDS[30:50], strict=False), 1)
)
COUNTRIES = "Country " + " ".join(f"{word.title()}land" for word in WORDS)
FORM = (
    "Sign up for the morning newsletter and never miss a story about the strait again. Enter your "
    "email address. By signing up you agree to the terms of service and the privacy policy of this "
    "site, and may unsubscribe whenever you like to."
)


@pytest.mark.parametrize("shared", [GALLERY, COUNTRIES, FORM])
def test_what_pages_have_in_common_makes_no_copies(shared):
    """Without it they share nothing; the same text as prose of both would make them copies."""
    table = pd.DataFrame(
        {
            "article": ["x", "y"],
            "outlet": "X",
            "text": [f"{story(seed, 45)}.\n\n{shared}" for seed in (1, 2)],
        }
    )
    found = fr.find_copies(table).pairs
    assert not found["label"].isin(COPIES).any()


def test_prose_stays_as_it_is(strait):
    texts = strait.paragraphs.groupby("article")["text"].agg("\n\n".join)
    assert [prose(text) for text in texts] == texts.tolist()


@pytest.mark.parametrize(("words", "kept"), [(60, ""), (61, None)])
def test_a_form_is_a_short_paragraph_with_two_of_its_terms(words, kept):
    head = "Sign up for more of it. Enter your email"
    text = f"{head} {' '.join(['rain'] * (words - len(head.split())))}"
    assert prose(text) == (text if kept is None else kept)
    once = "Sign up, sign up, SIGN UP."
    assert prose(once) == once
