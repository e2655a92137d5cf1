"""Cues: where entries of a lexicon occur in the paragraphs, and which of them count."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.checks import complete
from framing.corpus.language import with_language
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.lexicon.matcher import Hits, matcher
from framing.lexicon.metadata import MARKS
from framing.schema import CUE_COLUMNS, PLACE
from framing.scoring.context import Scene
from framing.scoring.paragraph_checks import check_language, check_order, check_texts
from framing.scoring.rules import any_holds, suppressed
from framing.scoring.voices import (
    VOICES,
    WORD_COLUMNS,
    Layout,
    layout,
    of_hits,
    openings,
    voices,
    words_by_voice,
)
from framing.text.arrays import Bools, Ints
from framing.text.chunks import Pieces, chunks, cut
from framing.text.sentences import Sentences
from framing.text.tokens import Tokens, tokenise


def find_cues(paragraphs: pd.DataFrame, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Find every cue of a lexicon in every paragraph.

    Parameters
    ----------
    paragraphs : DataFrame, or a table of polars or Arrow
        A column ``text`` is required; ``article`` and ``paragraph`` are copied, or filled with
        the number of the row.
    lexicon : Lexicon, optional
        The built-in English one by default.

    Returns
    -------
    DataFrame
        One row per match: ``article``, ``paragraph``, ``sentence`` (0-based), ``start`` and ``end``
        (code points in ``text``), ``match``, ``category``, ``tag``, ``entry``, ``voice``
        (outlet, label, reported, scare, quoted, unknown: see the notes),
        ``negated`` (a cue of fear, warning, risk, conflict or certainty after *not*, *no*,
        *denied* …), ``attenuated`` (*fears eased*), ``counted`` and, if it is not counted, the
        name of the ``rule``. Scores are numbers of cues that are counted and not negated.

    Notes
    -----
    Voice is found by rules that do not parse grammar: ``quoted`` is between quotation marks;
    ``scare`` is a quotation of up to three words that is attributed to nobody; ``reported`` is
    next to a verb of saying or *according to*; ``label`` is such a verb or noun itself;
    ``unknown`` is next to an unpaired quotation mark; ``outlet`` is the rest. An open quotation
    continues if the next paragraph of the article, of the same role, opens with a mark.

    Examples
    --------
    >>> cues = find_cues(pd.DataFrame({"text": ["Talks could fail, diplomats fear."]}))
    >>> cues[["match", "category", "start", "end"]].values.tolist()
    [['could', 'epi_modal', 6, 11], ['fear', 'fear', 28, 32]]
    """
    rows = complete(paragraphs)
    check_texts(rows)
    check_order(rows)
    lexicon = chosen_lexicon(lexicon)
    check_language(with_language(rows), lexicon)
    found = placed_chunks(rows["text"], layout(openings(rows)))
    parts = [cues_of(chunk, read(chunk, lexicon), lexicon) for chunk in found]
    return cue_table(rows, parts, lexicon)


def cue_table(rows: pd.DataFrame, parts: list[pd.DataFrame], lexicon: Lexicon) -> pd.DataFrame:
    """Return the table that `find_cues` returns for some rows, of the cues of their chunks."""
    table = pd.concat(parts, ignore_index=True)
    named = rows[PLACE].iloc[table["row"]].set_axis(table.index)
    entries = lexicon.entries[["category", "tag", "entry"]].iloc[table["row_of_entry"]]
    return pd.concat([named, table, entries.set_axis(table.index)], axis=1)[CUE_COLUMNS]


def of_measure(cues: pd.DataFrame, measure: str, lexicon: Lexicon) -> pd.Series[bool]:
    """Return whether each cue belongs to a category or an index.

    >>> from framing.lexicon.loading import built_in
    >>> cues = pd.DataFrame({"category": ["fear", "cond"], "tag": ["", ""]})
    >>> of_measure(cues, "alarm", built_in()).tolist()
    [True, False]
    """
    if measure not in lexicon.indices:
        return cues["category"] == measure
    return lexicon.indices[measure].holds(cues)


class Chunk(NamedTuple):
    """Some texts of a table, the number of texts before them, and their layout."""

    first: int
    texts: list[str]
    where: Layout


def placed_chunks(texts: pd.Series[str], where: Layout) -> Iterator[Chunk]:
    """Yield the texts of a table in chunks: an empty one if there are none."""
    first = 0
    for chunk in chunks(texts):
        end = first + len(chunk)
        yield Chunk(first, chunk, where.part(first, end))
        first = end
    if first == 0:
        yield Chunk(first, [], where)


class Reading(NamedTuple):
    """The words and cues of a chunk of texts, with their attributes.

    ``marks`` has one value per hit: negated, attenuated, counted, and the numbers of its voice
    and its rule; ``words`` has one value per text: those of `WORD_COLUMNS`, and
    ``quote_unbalanced``.
    """

    pieces: Pieces
    tokens: Tokens
    sentences: Sentences
    hits: Hits
    marks: dict[str, Any]
    words: dict[str, NDArray[np.generic]]
    scene: Scene
    voice_of_word: NDArray[np.uint8]


def read(chunk: Chunk, lexicon: Lexicon) -> Reading:
    """Find the cues of a chunk, whose words they are, and whether they count."""
    texts = chunk.texts
    pieces, sentences = cut(texts), Sentences(texts)
    tokens = tokenise(pieces)
    hits, scene = matcher(lexicon).find(tokens), Scene(tokens, sentences)
    of_word, unbalanced = voices(texts, pieces, scene, chunk.where)
    counts = words_by_voice(scene, of_word, len(texts))
    words = dict(zip(WORD_COLUMNS, counts.T, strict=True)) | {"quote_unbalanced": unbalanced}
    marks = {"voice": of_hits(of_word, hits)} | _judged(lexicon, scene, hits)
    return Reading(pieces, tokens, sentences, hits, marks, words, scene, of_word)


def counted_hits(lexicon: Lexicon, scene: Scene) -> Hits:
    """Find the cues of a chunk that its rules leave."""
    hits = matcher(lexicon).find(scene.tokens)
    return hits.only(_judged(lexicon, scene, hits)["counted"])


def cues_of(chunk: Chunk, reading: Reading, lexicon: Lexicon) -> pd.DataFrame:
    """Return the cues of a chunk as a table."""
    hits, marks = reading.hits, reading.marks
    table = {**placed(chunk, reading, hits.first, hits.last), "row_of_entry": hits.entry}
    names = {"voice": VOICES, "rule": _conditions(lexicon).names}
    named = {mark: np.array(names[mark], object)[marks[mark]] for mark in names}
    return pd.DataFrame(table | marks | named).astype({"voice": str, "rule": str})


def placed(chunk: Chunk, reading: Reading, first: Ints, last: Ints) -> dict[str, Any]:
    """Return where stretches of words stand in the texts of a chunk, and what they are."""
    rows, starts, ends = reading.tokens.spans(first, last)
    spans = zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
    return {
        "row": rows + chunk.first,
        "sentence": reading.sentences.number(rows, starts),
        "start": starts,
        "end": ends,
        "match": pd.Series([chunk.texts[row][a:b] for row, a, b in spans], dtype=str),
    }


def _judged(lexicon: Lexicon, scene: Scene, hits: Hits) -> dict[str, Any]:
    """Return which hits count, are negated or attenuated, by the rules and the words around."""
    known = _conditions(lexicon)
    number = known.rule[hits.entry]
    dropped = suppressed(lexicon.rules, known.names, number, scene, hits)
    marks = {}
    for name in MARKS:
        marked = np.flatnonzero(known.marked[name][hits.entry])
        marks[name] = np.zeros(len(hits.first), bool)
        clauses = lexicon.marks.get(name, {"when": ()})["when"]
        marks[name][marked] = any_holds(clauses, scene, hits.only(marked))
    return {**marks, "counted": ~dropped, "rule": np.where(dropped, number, 0)}


class _Conditions(NamedTuple):
    """The number of the rule of every entry, the rules' names (the first is empty), and marks."""

    rule: Ints
    names: list[str]
    marked: dict[str, Bools]


@lru_cache(maxsize=8)
def _conditions(lexicon: Lexicon) -> _Conditions:
    entries, names = lexicon.entries, ["", *lexicon.rules]
    number = entries["rule"].map({name: place for place, name in enumerate(names)})
    of = {name: lexicon.marks.get(name, {"categories": ()})["categories"] for name in MARKS}
    marked = {name: entries["category"].isin(which).to_numpy(bool) for name, which in of.items()}
    return _Conditions(number.to_numpy(np.int64), names, marked)
