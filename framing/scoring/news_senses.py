"""The words of VADER that news does not mean as VADER does."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pandas as pd

from framing.lexicon.lexicon import Lexicon, load_lexicon
from framing.scoring.vader import scored_words
from framing.utils.files import PACKAGE


@cache
def news_senses() -> Lexicon:
    """Return what ``tone_news`` leaves out, as entries with rules.

    The entries of ``lexicon/data/tone_news.csv``, and all words of VADER: bad ones as the
    category ``harm``, good ones as ``good``.

    Examples
    --------
    >>> news_senses().categories
    ('sense', 'harm', 'good')
    """
    listed = load_lexicon(PACKAGE / "lexicon" / "data" / "tone_news.csv")
    words = {word: v for word, v in scored_words().items() if word.isascii() and word.isalpha()}
    known = pd.DataFrame({"entry": list(words), "valence": list(words.values())})
    known = known[known["entry"].str.len() > 2]
    bad = known[known["valence"] < 0].assign(category="harm", rule="R-HARM")
    good = known[known["valence"] > 0].assign(category="good", rule="R-GOOD")
    return replace(listed, entries=pd.concat([listed.entries, bad, good]))
