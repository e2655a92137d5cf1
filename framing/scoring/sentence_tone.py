"""VADER scores of whole texts, of their sentences, and of sentences without some words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from framing.lexicon.matcher import Hits
from framing.scoring.masking import write_over
from framing.scoring.tone import TONE_COLUMNS, score_pieces
from framing.scoring.vader_words import WHITE, differ, read_pieces
from framing.text.arrays import Ints
from framing.text.chunks import Pieces, column_of, cut_further, some_of, spread
from framing.text.sentences import Sentences
from framing.text.tokens import Tokens

_COMPOUND = list(TONE_COLUMNS).index("compound")


def tones(
    pieces: Pieces,
    sentences: Sentences,
    tokens: Tokens,
    left_out: dict[str, tuple[Hits, Ints]],
    *,
    fold: bool,
) -> dict[str, NDArray[np.generic]]:
    """Return the sentiment of each text of a chunk.

    The number of ``sentences``; VADER of the whole text; ``tone``, the mean of its compound
    score over the sentences; and the same for every column in ``left_out``, without its hits, or
    with a good or bad word in place of those whose sign is 1 or -1.
    """
    parts, begins = _by_sentence(pieces, sentences)
    kinds, masked = parts.kinds, {}
    for name, (hits, signs) in left_out.items():
        masked[name] = _masked(parts._replace(kinds=kinds), tokens, hits, signs)
        kinds = masked[name][0].kinds
    words = read_pieces(kinds, fold=fold)  # the kinds of all others are among them
    whole = score_pieces(words, pieces.ids, pieces.rows)
    compound = score_pieces(words, parts.ids, begins)[:, _COMPOUND]
    of_sentences = {"tone": compound}
    for name, (other, touched) in masked.items():
        other_words = touched[differ(words, parts.ids[touched], other.ids[touched])]
        sentence = np.searchsorted(begins, other_words, side="right") - 1
        changed = np.unique(sentence)
        of_sentences[name] = compound.copy()
        without = score_pieces(words, *some_of(other.ids, begins, changed))
        of_sentences[name][changed] = without[:, _COMPOUND]
    n, owner = sentences.size, sentences.rows
    means = {
        name: np.bincount(owner, values, len(n)) / np.maximum(n, 1)
        for name, values in of_sentences.items()
    }
    return {"sentences": n, **dict(zip(TONE_COLUMNS, whole.T, strict=True)), **means}


def _by_sentence(pieces: Pieces, sentences: Sentences) -> tuple[Pieces, Ints]:
    """Cut pieces where a sentence begins within one; return them and where sentences begin."""
    at = pieces.origin[sentences.rows] + sentences.starts
    first = pieces.rows[sentences.rows]
    piece = np.searchsorted(pieces.places, at, side="right") - 1
    within = at - pieces.places[piece]
    inside = (within > 0) & (piece >= first)
    kinds, kind = np.unique(pieces.ids[piece[inside]], return_inverse=True)  # one may be very long
    size = pc.utf8_length(pc.ascii_rtrim(pieces.kinds.take(kinds), WHITE)).to_numpy()
    inside[inside] = within[inside] < size[kind]
    begins = np.maximum(piece + ((within > 0) & ~inside), first) + np.cumsum(inside)
    begins[:1] = 0  # characters outside every sentence are white space, for VADER too
    parts = cut_further(pieces, piece[inside], within[inside])
    return parts, np.append(begins, len(parts.ids))


def _masked(pieces: Pieces, tokens: Tokens, hits: Hits, signs: Ints) -> tuple[Pieces, Ints]:
    """Write over the cues; return all pieces, and the places of those that differ."""
    begin, end = tokens.places[hits.first], tokens.places[hits.last] + tokens.sizes[hits.last]
    first = np.searchsorted(pieces.places, begin, side="right") - 1
    number = np.searchsorted(pieces.places, end) - first
    piece, hit = spread(first, number), np.repeat(np.arange(len(first)), number)
    starts = np.maximum(begin[hit] - pieces.places[piece], 0)
    ends = np.minimum(end[hit], pieces.places[piece + 1]) - pieces.places[piece]
    sign = np.where(begin[hit] >= pieces.places[piece], signs[hit], 0)
    touched, owner = np.unique(piece, return_inverse=True)
    kind, far = pieces.ids[piece], int(ends.max(initial=0)) + 1
    same = _numbered(_numbered(_numbered(kind * far + starts) * far + ends) * 3 + sign)
    several = np.bincount(owner)[owner] > 1
    same[several] = len(same) + owner[several]
    _, example, which = np.unique(same, return_index=True, return_inverse=True)
    once = several.copy()
    once[example] = True
    texts = pieces.kinds.take(kind[example]).to_pylist()
    over = column_of(write_over(texts, which[once], starts[once], ends[once], sign[once]))
    ids = pieces.ids.copy()
    ids[piece] = len(pieces.kinds) + which
    kinds = pa.concat_arrays([pieces.kinds, over])
    return pieces._replace(kinds=kinds, ids=ids), touched


def _numbered(values: Ints) -> Ints:
    """Return a number for each value, the same for those that are the same."""
    return pd.factorize(values)[0].astype(np.int64)
