"""All numbers of the texts of a chunk: tone, counts of cues, answers of recipes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import built_in
from framing.lexicon.recipe import Recipe, mix
from framing.scoring.cues import Chunk, Reading, cues_of, of_measure, read
from framing.scoring.news_senses import read_as_news
from framing.scoring.sentence_tone import tones
from framing.scoring.voices import QUOTED, SCARE, WORD_COLUMNS
from framing.text.arrays import Bools, Ints
from framing.utils.parallel import panics_as_errors


class UnscorableError(Exception):
    """The number of a row that cannot be scored, and the reason."""


def measure_chunk(
    chunk: Chunk, **options: Any
) -> tuple[dict[str, NDArray[np.generic]], pd.DataFrame | None]:
    """Score the texts of a chunk; if that fails, raise an error that names the text."""
    try:
        return _numbers(chunk, **options)
    except Exception as error:
        first, texts, where = chunk
        for row, text in enumerate(texts):
            try:
                _numbers(Chunk(row, [text], where.part(row, row + 1)), **options)
            except Exception as reason:
                raise UnscorableError(first + row, f"{type(reason).__name__}: {reason}") from error
        raise


@panics_as_errors()
def _numbers(
    chunk: Chunk,
    *,
    lexicon: Lexicon,
    recipes: tuple[Recipe, ...],
    tone_news: bool,
    fold: bool,
    with_cues: bool,
) -> tuple[dict[str, NDArray[np.generic]], pd.DataFrame | None]:
    """Return all scores of the texts of a chunk, and its cues if they are wanted."""
    reading, answered = _read(chunk, lexicon, recipes)
    left_out = {"tone_masked": (reading.hits, np.zeros_like(reading.hits.first))}
    if tone_news:
        left_out["tone_news"] = read_as_news(reading.scene)
    words = np.sum([reading.words[name] for name in WORD_COLUMNS], axis=0)
    numbers = (
        {"words": words}
        | reading.words
        | tones(reading.pieces, reading.sentences, reading.tokens, left_out, fold=fold)
        | _counts(reading, lexicon, len(chunk.texts))
        | answered
    )
    return numbers, cues_of(chunk, reading, lexicon) if with_cues else None


def _read(
    chunk: Chunk, lexicon: Lexicon, recipes: tuple[Recipe, ...]
) -> tuple[Reading, dict[str, Ints]]:
    """Read the texts of a chunk, and answer the recipes; once if the lexicon is theirs."""
    if not recipes:
        return read(chunk, lexicon), {}
    is_theirs = lexicon.hash == built_in().hash
    mixed, points = mix(lexicon if is_theirs else built_in(), recipes)
    wide = read(chunk, mixed)
    answered = _answers(wide, recipes, points, len(chunk.texts))
    if not is_theirs:
        return read(chunk, lexicon), answered
    own = np.flatnonzero(wide.hits.entry < len(lexicon.entries))
    marks = {name: values[own] for name, values in wide.marks.items()}
    return wide._replace(hits=wide.hits.only(own), marks=marks), answered


def _answers(reading: Reading, recipes: Sequence[Recipe], given: Ints, n: int) -> dict[str, Ints]:
    """Return one column per recipe for the ``n`` texts of a chunk, by the points that are given.

    It is the sum of what sentences add: 1 where their points reach the threshold of the recipe, or
    the points, at least 0.
    """
    hits, sentence = reading.hits, reading.scene.sentence
    row_of = reading.tokens.rows[reading.scene.begins[:-1]]
    counted = np.flatnonzero(reading.marks["counted"] & ~reading.marks["negated"])
    entry, place = hits.entry[counted], sentence[hits.first[counted]] - 1
    columns = {}
    for recipe, points in zip(recipes, given, strict=True):
        held = np.flatnonzero((points != 0)[entry])
        total = np.bincount(place[held], points[entry[held]], len(row_of))
        if recipe.quotation:
            total += recipe.quotation * quoted_in_part(reading)
        added = recipe.of_sentences(total)
        columns[recipe.column] = np.bincount(row_of, added, n).astype(np.int64)
    return columns


def quoted_in_part(reading: Reading) -> Bools:
    """Return which sentences have words in quotation marks, and words outside of them."""
    inside = (reading.voice_of_word == QUOTED) | (reading.voice_of_word == SCARE)
    words = np.diff(reading.scene.begins)
    quoted = np.bincount(reading.scene.sentence[inside] - 1, minlength=len(words))
    return (quoted > 0) & (words > quoted)


def _counts(reading: Reading, lexicon: Lexicon, n: int) -> dict[str, Ints]:
    """Count the cues of each category and index, and the negated ones, in every text."""
    tokens, hits, marks = reading.tokens, reading.hits, reading.marks
    rows = tokens.rows[hits.first]
    counted = marks["counted"] & ~marks["negated"]
    negated = marks["counted"] & marks["negated"]
    return {"negated": np.bincount(rows[negated], minlength=n)} | {
        name: np.bincount(rows[which[hits.entry] & counted], minlength=n)
        for name, which in _belongs(lexicon).items()
    }


@lru_cache(maxsize=8)
def _belongs(lexicon: Lexicon) -> dict[str, Bools]:
    """Return which entries belong to each category and index."""
    names = (*lexicon.categories, *lexicon.indices)
    return {name: of_measure(lexicon.entries, name, lexicon).to_numpy(bool) for name in names}
