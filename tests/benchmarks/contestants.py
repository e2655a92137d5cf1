"""What is compared: each takes a list of texts and scores them."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import vaderSentiment
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import framing as fr
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import built_in
from framing.scoring.cues import matcher
from framing.text.chunks import cut
from framing.text.sentences import Sentences
from framing.text.tokens import tokenise

Contestant = Callable[[list[str]], object]
VADER, VADER_AND_RE = "vaderSentiment", "vaderSentiment + `re`"
SCORES, SCORES_AND_CUES, SCORE = "ours, scores", "ours, scores + cues", "ours, `score`"
_IN_BRACKETS = re.compile(r"(\[[^\]]*\]|\{\w+\}|[*?])")
_SAID = {"*": r"\w*", "?": r"\w", "{num}": r"\d[\d.,]*", "{be}": "(?:is|are|was|were|be|been)"}


@cache
def contestants() -> dict[str, Contestant]:
    """Everything that is installed, by the name of its column; vaderSentiment comes first."""
    vader = SentimentIntensityAnalyzer().polarity_scores
    flat = flat_expressions(built_in())

    def with_flat(texts: list[str]) -> object:
        lower = map(str.lower, texts)
        counts = [{c: len(e.findall(text)) for c, e in flat.items()} for text in lower]
        return [vader(text) for text in texts], counts

    found: dict[str, Contestant] = {
        VADER: lambda texts: [vader(text) for text in texts],
        VADER_AND_RE: with_flat,
        **_nltk(),
        **_textblob(),
        SCORES: lambda texts: fr.tone(texts),
        SCORES_AND_CUES: scores_and_cues,
        SCORE: lambda texts: fr.score(pd.DataFrame({"text": texts})),
    }
    return found


def scores_and_cues(texts: list[str]) -> object:
    """VADER of the texts and the place of every cue: as much as vaderSentiment + re gives."""
    return fr.tone(texts), matcher(built_in()).find(tokenise(cut(texts)))


def bare_cues(texts: list[str]) -> object:
    """The place of every cue in its text and sentence, as a table: no rules, no voice."""
    tokens = tokenise(cut(texts))
    hits = matcher(built_in()).find(tokens)
    rows, starts, ends = tokens.spans(hits.first, hits.last)
    spans = zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
    found = {"row": rows, "sentence": Sentences(texts).number(rows, starts), "start": starts}
    match = pd.Series([texts[row][a:b] for row, a, b in spans], dtype=str)
    entries = built_in().entries[["category", "tag", "entry"]].iloc[hits.entry]
    table = pd.DataFrame(found | {"end": ends, "match": match})
    return pd.concat([table, entries.reset_index(drop=True)], axis=1)


def flat_expressions(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    """One regular expression a category: its entries side by side, the longest first.

    For texts in lower case: four times as fast as to ignore case.
    """
    found = {}
    for category, entries in lexicon.entries.groupby("category")["entry"]:
        longest_first = sorted(entries.str.lower(), key=len, reverse=True)
        any_of = "|".join(map(_expression, longest_first))
        found[category] = re.compile(rf"\b(?:{any_of})\b")
    return found


def _expression(entry: str) -> str:
    return r"\s+".join("".join(map(_part, _IN_BRACKETS.split(word))) for word in entry.split())


def _part(part: str) -> str:
    if part.startswith("["):
        return "(?:" + "|".join(map(re.escape, part[1:-1].split("|"))) + ")"
    return _SAID.get(part, re.escape(part))


def _nltk() -> dict[str, Contestant]:
    """NLTK's analyser; with vaderSentiment's lexicon where its own is not downloaded."""
    try:
        from nltk.sentiment import vader
    except ModuleNotFoundError:
        return {}
    try:
        analyser = vader.SentimentIntensityAnalyzer()
        name = "NLTK"
    except LookupError:
        analyser = vader.SentimentIntensityAnalyzer(lexicon_file=_as_nltk_data())
        name = "NLTK (vaderSentiment's lexicon)"
    return {name: lambda texts: [analyser.polarity_scores(text) for text in texts]}


def _as_nltk_data() -> str:
    """Name vaderSentiment's lexicon in a data folder, which is all that NLTK reads from."""
    import nltk

    folder = Path(tempfile.mkdtemp())
    shutil.copy(Path(vaderSentiment.__file__).with_name("vader_lexicon.txt"), folder)
    nltk.data.path.append(str(folder))
    return "vader_lexicon.txt"


def _textblob() -> dict[str, Contestant]:
    try:
        from textblob import TextBlob
    except ModuleNotFoundError:
        return {}
    return {"TextBlob": lambda texts: [TextBlob(text).sentiment for text in texts]}
