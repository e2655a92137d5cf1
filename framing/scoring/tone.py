"""Sentiment: VADER, with exactly the scores of vaderSentiment 3.3.2.

The rules of ``vader.py`` are applied here to the words of texts. Numbers in comments are
those of ``docs/vader.md``, which lists what vaderSentiment computes.
"""

from __future__ import annotations

import string
import warnings
from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.lexicon.matcher import matcher
from framing.schema import TONES
from framing.scoring import vader
from framing.scoring.masking import write_over
from framing.scoring.paragraph_checks import other_languages
from framing.scoring.vader import NONE, NOT, OTHER
from framing.scoring.vader_words import Words, in_words, read_pieces
from framing.text.arrays import Bools, Floats, Ints
from framing.text.chunks import chunks, cut, some_of
from framing.text.tokens import tokenise

TONE_COLUMNS = pd.Index(["neg", "neu", "pos", "compound"])
_DIGITS = (3, 3, 3, 4)
_FEW = 5_000  # code points: up to here plain numbers are faster than arrays
_AT_ONCE = 200_000  # words: what their rules compute is small beside the texts of a chunk


def _score_one(text: str, *, fold: bool) -> tuple[float, ...]:
    """Score a text with plain numbers."""
    t, ids = vader.constants(arrays=False), vader.word_ids()
    if fold or not text.isascii():
        text = vader.translated(text, fold=fold)  # 1
    tokens = [s if len(s := w.strip(string.punctuation)) > 2 else w for w in text.split()]  # 6
    if not tokens:
        return 0.0, 0.0, 0.0, 0.0  # 20
    lower = [token.lower() for token in tokens]
    found = [ids.get(w) or (NOT if "n't" in w else OTHER) for w in lower]
    if not any(map(t.scored.__getitem__, found)):
        return 0.0, 1.0, 0.0, 0.0  # 26: nothing but neutral words
    upper = [token.isupper() for token in tokens]
    caps = 0 < sum(upper) < len(tokens)  # 9
    upper = [False] * 3 + (upper if caps else [False] * len(upper))
    around = [NONE] * 3 + found + [NONE] * 2
    but = found.index(ids["but"]) if ids["but"] in found else None
    values, before = [], 0
    for i, here in enumerate(found):
        if t.scored[here]:
            near = around[i + 3 : i + 6] + around[i : i + 3]
            loud = upper[i + 3 : i + 4] + upper[i : i + 3]
            # If no word nearby matters to a rule, only rule 13 applies.
            alone = max(near[1:]) <= OTHER and True not in loud
            v = t.valence[here] if alone else vader.valence(t, near, loud)
            values += [v] if v else []
            before += but is not None and v != 0 and i < but
    if but is not None:
        values = vader.but_check(values, before)
    pos = neg = 0.0
    for v in values:  # 24
        pos, neg = (pos + (v + 1), neg) if v > 0 else (pos, neg + (v - 1))
    emphasis = t.bangs[min(text.count("!"), 4)] + t.asks[min(text.count("?"), 4)]
    scores = vader.combine(t, float(sum(values)), neg, len(tokens) - len(values), pos, emphasis)
    return tuple(map(round, scores, _DIGITS))  # 27


def score_pieces(words: Words, ids: Ints, begins: Ints) -> Floats:
    """Score texts given as kinds of pieces, of which those of each text begin at ``begins``.

    A kind of piece is a word as a rule; texts in which one is not are scored by their words.
    """
    scores = score_words(words, ids, begins)
    place = np.flatnonzero((words.size != 1)[ids])
    odd = np.unique(np.searchsorted(begins, place, side="right") - 1)
    if len(odd) and len(scores):  # a wide space alone is a piece, and no sentence
        scores[odd] = score_words(words, *in_words(words, *some_of(ids, begins, odd)))
    return scores


def score_words(words: Words, tokens: Ints, rows: Ints) -> Floats:
    """Score texts with arrays, four numbers a row.

    The words of text i are ``tokens[rows[i] : rows[i + 1]]``, as places in ``words``.
    """
    t = vader.constants(arrays=True)
    n, size = len(rows) - 1, np.diff(rows)
    scored, but = t.scored[words.ids], words.ids == vader.word_ids()["but"]
    tells = scored | but | words.upper | (words.bangs > 0) | (words.asks > 0)
    place = np.flatnonzero(tells[tokens])  # most words change nothing
    row = np.repeat(np.arange(n), np.diff(np.searchsorted(place, rows)))
    word = tokens[place]
    shouted = np.bincount(row[words.upper[word]], minlength=n)
    caps = (shouted > 0) & (shouted < size)  # 9
    at, owner = place[scored[word]], row[scored[word]]
    values = np.empty(len(at))
    for begin in range(0, len(at), _AT_ONCE):
        some = slice(begin, begin + _AT_ONCE)
        values[some] = _values(words, tokens, at[some], owner[some], rows, caps)
    at, owner, values = at[values != 0], owner[values != 0], values[values != 0]
    values = _all_but(values, at, owner, place[but[word]], row[but[word]])
    ends = np.searchsorted(owner, np.arange(n + 1))
    listed = values.tolist()
    total = np.bincount(owner, values, n)  # 21: two numbers are added in one way only
    many = np.flatnonzero(np.diff(ends) > 2)
    bounds = np.column_stack([ends[many], ends[many + 1]]).tolist()
    total[many] = [float(sum(listed[a:b])) for a, b in bounds]
    good = values > 0  # none is 0
    pos = np.bincount(owner, np.where(good, values + 1, 0), n)  # 24
    neg = np.bincount(owner, np.where(good, 0, values - 1), n)
    marks = (np.bincount(row, kinds[word], n) for kinds in (words.bangs, words.asks))
    bang, ask = (np.minimum(number, 4).astype(int) for number in marks)
    emphasis = t.bangs[bang] + t.asks[ask]  # 22
    with np.errstate(invalid="ignore"):
        scores = vader.combine(t, total, neg, size - np.diff(ends), pos, emphasis)
    rounded = np.column_stack(list(map(vader.rounded, scores, _DIGITS)))
    return np.where(size[:, None] > 0, rounded, 0.0)  # 20


def _values(
    words: Words, tokens: Ints, at: Ints, owner: Ints, rows: Ints, caps: Bools
) -> vader.Values:
    """Score the words at some places, given those around them."""
    begin, end = rows[owner], rows[owner + 1]
    near, loud = [], []
    for k in (0, 1, 2, -3, -2, -1):
        place = at + k
        word = tokens.take(place, mode="clip")
        inside = (place >= begin) & (place < end)
        near.append(np.where(inside, words.ids[word], np.int16(NONE)))
        if k < 1:
            loud.append(words.upper[word] & caps[owner])
    return vader.valence(vader.constants(arrays=True), near, loud)


def _all_but(values: Floats, at: Ints, owner: Ints, buts: Ints, row: Ints) -> Floats:
    """Apply rule 19 to every text with a "but"; ``row`` is the text of each of ``buts``."""
    texts, first = np.unique(row, return_index=True)
    begins, ends = np.searchsorted(owner, texts), np.searchsorted(owner, texts, side="right")
    middles = np.searchsorted(at, buts[first])
    values = values.copy()
    for begin, middle, end in zip(*(x.tolist() for x in (begins, middles, ends)), strict=True):
        values[begin:end] = vader.but_check(values[begin:end].tolist(), middle - begin)
    return values


def tone(
    texts: Sequence[str] | pd.Series[str], *, normalise: bool = False, mask: Lexicon | None = None
) -> pd.DataFrame:
    """Score texts with VADER (Hutto & Gilbert 2014), as vaderSentiment 3.3.2 does.

    Parameters
    ----------
    texts : sequence of str or Series
        The texts; all scores of an empty text are 0.
    normalise : bool, default False
        Whether to fold curly apostrophes, hyphens and invisible characters first, and to part words
        that a dash, a slash or another mark joins, which VADER would take for one. If False, the
        scores are those of vaderSentiment, for every string.
    mask : Lexicon, optional
        A lexicon whose cues are masked: each word of a match is treated as a word that VADER does
        not know, without valence, boost or negation. It remains a word, and its capitals remain
        capitals. All matches of the entries are masked, whether or not ``find_cues`` counts them.

    Returns
    -------
    DataFrame
        ``neg``, ``neu``, ``pos`` (shares, 0 to 1) and ``compound`` (−1 to 1), with the index of
        the input.

    Raises
    ------
    TypeError
        If a text is not a str; the message names the row.

    References
    ----------
    Hutto, C. J. & Gilbert, E. (2014). VADER: A parsimonious rule-based model for sentiment
    analysis of social media text. ICWSM-14.

    Examples
    --------
    >>> tone(["Talks fail.", "A good day!"])["compound"].tolist()
    [-0.5423, 0.4926]
    >>> from framing.lexicon.loading import built_in
    >>> tone(["We fear a bad deal."], mask=built_in())["compound"].tolist()
    [-0.5423]
    """
    mask = None if mask is None else chosen_lexicon(mask)
    scores = []
    for chunk in chunks(texts):
        if mask is not None:
            tokens = tokenise(cut(chunk))
            hits = matcher(mask).find(tokens)
            chunk = write_over(chunk, *tokens.spans(hits.first, hits.last))
        scores.append(score_texts(chunk, fold=normalise))
    index = texts.index if isinstance(texts, pd.Series) else None
    # For one short text the overhead dominates: avoid copies.
    values = scores[0] if len(scores) == 1 else np.concatenate([np.zeros((0, 4)), *scores])
    return pd.DataFrame(values, columns=TONE_COLUMNS, index=index, copy=False)


def score_texts(texts: list[str], *, fold: bool) -> Floats:
    """Score the texts of a chunk, four numbers a row."""
    if sum(map(len, texts)) > _FEW:
        pieces = cut(texts)
        return score_pieces(read_pieces(pieces.kinds, fold=fold), pieces.ids, pieces.rows)
    scores = [_score_one(text, fold=fold) for text in texts]
    return np.array(scores).reshape(len(texts), len(TONE_COLUMNS))


def english_tone(scores: pd.DataFrame) -> pd.DataFrame:
    """Make the tone of texts missing whose ``language`` is not English, with a warning.

    VADER's words are English. A text without a language is taken for English.

    >>> english_tone(pd.DataFrame({"text": ["Gut.", "Good."], "tone": [0.0, 0.4]}))["tone"].tolist()
    [0.0, 0.4]
    """
    if "language" not in scores:
        return scores
    other, names = other_languages(scores, "en")
    if not names:
        return scores
    warnings.warn(
        f"{other.sum()} paragraphs are in {names}: their tone is missing, since VADER is for "
        "English",
        stacklevel=4,
    )
    tones = [name for name in TONES if name in scores]
    return scores.assign(**{name: scores[name].mask(other) for name in tones})
