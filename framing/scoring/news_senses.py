"""The words that news does not mean as VADER does."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import load_lexicon
from framing.lexicon.matcher import Hits
from framing.scoring.context import Scene
from framing.scoring.cues import counted_hits
from framing.scoring.vader import scored_words
from framing.text.arrays import Ints
from framing.utils.files import PACKAGE

SIGNS = {"sense": 0, "harm": 0, "good": -1, "better": 1, "worse": -1}


@cache
def news_senses() -> Lexicon:
    """Return what ``tone_news`` does not read as VADER does, as entries with rules.

    The entries of ``lexicon/data/tone_news.csv``, and all words of VADER: bad ones as the
    category ``harm``, good ones as ``good``.

    >>> news_senses().categories
    ('sense', 'worse', 'better', 'harm', 'good')
    """
    listed = load_lexicon(PACKAGE / "lexicon" / "data" / "tone_news.csv")
    known = {w: v for w, v in scored_words().items() if w.isascii() and w.isalpha() and len(w) > 2}
    bad = pd.DataFrame({"entry": [word for word, valence in known.items() if valence < 0]})
    good = pd.DataFrame({"entry": [word for word, valence in known.items() if valence > 0]})
    more = bad.assign(category="harm", rule="R-HARM"), good.assign(category="good", rule="R-GOOD")
    return replace(listed, entries=pd.concat([listed.entries, *more]))


def read_as_news(scene: Scene) -> tuple[Hits, Ints]:
    """Return the words that ``tone_news`` leaves out (0) or reads as good (1) or bad (-1)."""
    hits = counted_hits(news_senses(), scene)
    sign = news_senses().entries["category"].map(SIGNS).to_numpy(np.int64)
    return hits, sign[hits.entry]
