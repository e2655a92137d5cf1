"""What recipes answer: in how many sentences of a text, or with how many points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from framing.lexicon.recipe import Mixed, Recipe
from framing.scoring.cues import Reading
from framing.scoring.voices import QUOTED, SCARE
from framing.text.arrays import Bools, Ints


def answers(reading: Reading, recipes: Sequence[Recipe], mixed: Mixed, n: int) -> dict[str, Ints]:
    """Return one column per recipe for the ``n`` texts of a chunk, read with the mixed lexicon.

    For a question about sentences, the number of sentences with as many points as the threshold
    of the recipe; for one about paragraphs, the sum of the points, at least 0.
    """
    hits, sentence, rows = reading.hits, reading.scene.sentence, reading.tokens.rows
    counted = reading.marks["counted"] & ~reading.marks["negated"]
    first, entry = hits.first[counted], hits.entry[counted]
    row_of = np.zeros(int(sentence.max(initial=0)) + 1, np.int64)
    row_of[sentence] = rows
    columns = {}
    for recipe, points in zip(recipes, mixed.points, strict=True):
        worth = points[entry]
        held = np.flatnonzero(worth)
        if recipe.unit == "paragraph":
            total = np.bincount(rows[first[held]], worth[held], n)
            columns[recipe.column] = np.maximum(total, 0).astype(np.int64)
            continue
        total = np.bincount(sentence[first[held]], worth[held], len(row_of))
        if recipe.quotation:
            total = total + recipe.quotation * _quoted_in_part(reading, len(row_of))
        yes = np.flatnonzero(total >= recipe.threshold)
        columns[recipe.column] = np.bincount(row_of[yes], minlength=n)
    return columns


def _quoted_in_part(reading: Reading, n: int) -> Bools:
    """Return which sentences have words in quotation marks, and words outside of them."""
    sentence = reading.scene.sentence
    inside = (reading.voice_of_word == QUOTED) | (reading.voice_of_word == SCARE)
    quoted = np.bincount(sentence[inside], minlength=n)
    return (quoted > 0) & (np.bincount(sentence, minlength=n) > quoted)
