"""Cues: where the entries of a lexicon stand in the paragraphs, and which of them count."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from framing.about import MARKS
from framing.lexicon import Lexicon, built_in
from framing.matcher import Hits, matcher
from framing.pieces import chunks, cut
from framing.rules import Places, any_holds, suppressed
from framing.scene import Scene
from framing.sentences import Begins
from framing.tokens import tokenise
from framing.voice import (
    VOICES,
    WORD_COLUMNS,
    Layout,
    count_words,
    layout,
    of_hits,
    voices,
)

CUE_COLUMNS = [
    "article", "paragraph", "sentence", "start", "end", "match", "category", "tag", "entry",
    "voice", "negated", "attenuated", "counted", "rule",
]  # fmt: skip


def find_cues(paragraphs: pd.DataFrame, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Find every cue of a lexicon in every paragraph.

    Parameters
    ----------
    paragraphs : DataFrame
        Needs ``text``; ``article`` and ``paragraph`` are carried along, or filled with the
        place of the row.
    lexicon : Lexicon, optional
        The built-in English one by default.

    Returns
    -------
    DataFrame
        A row a match: ``article``, ``paragraph``, ``sentence`` (0-based), ``start`` and ``end``
        (code points in ``text``), ``match``, ``category``, ``tag``, ``entry``, ``voice``
        (outlet, label, reported, scare, quoted, unknown: see the notes),
        ``negated`` (a cue of fear, warning, risk, conflict or certainty with *not*, *no*,
        *denied* … before it), ``attenuated`` (*fears eased*), ``counted`` and, where a rule says
        that it is none, the name of the ``rule``. Scores are of those that are counted and not
        negated.

    Notes
    -----
    Voice, by rules that know no grammar: ``quoted`` stands between quotation marks; ``scare`` is
    a quotation of up to three words that nobody says; ``reported`` stands beside a verb of saying
    or *according to*; ``label`` is such a verb or noun itself; ``unknown`` stands beside a mark
    that has lost its other; ``outlet`` is the rest. A quotation that a paragraph leaves open goes
    on if the next paragraph of the article, of the same role, opens with a mark.

    Examples
    --------
    >>> cues = find_cues(pd.DataFrame({"text": ["Talks could fail, diplomats fear."]}))
    >>> cues[["match", "category", "start", "end"]].values.tolist()
    [['could', 'epi_modal', 6, 11], ['fear', 'fear', 28, 32]]
    """
    lexicon = lexicon or built_in()
    cues = annotate(paragraphs, lexicon)[0]
    named = identified(paragraphs).iloc[cues["row"]].reset_index(drop=True)
    return pd.concat([named, cues], axis=1)[CUE_COLUMNS]


def annotate(paragraphs: pd.DataFrame, lexicon: Lexicon) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find the cues, each with the place of its paragraph as ``row``, and count words by voice.

    The second table has a row a paragraph: the columns of `WORD_COLUMNS` and
    ``quote_unbalanced``.
    """
    where, done, parts = layout(paragraphs), 0, []
    for texts in chunks(paragraphs["text"]):
        cues, words = _annotate(texts, lexicon, where.part(done, done + len(texts)))
        parts.append((cues.assign(row=cues["row"] + done), words))
        done += len(texts)
    parts = parts or [_annotate([], lexicon, where)]
    cues, words = (pd.concat(tables, ignore_index=True) for tables in zip(*parts, strict=True))
    entries = lexicon.entries[["category", "tag", "entry"]].iloc[cues.pop("row_of_entry")]
    return pd.concat([cues, entries.reset_index(drop=True)], axis=1), words


def identified(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Article and place of every paragraph; the row's place where it has no name."""
    n = len(paragraphs)
    return pd.DataFrame(
        {
            "article": paragraphs.get("article", pd.Series([""] * n, dtype=str)).array,
            "paragraph": paragraphs.get("paragraph", pd.Series(range(n), dtype="int64")).array,
        }
    )


def _annotate(
    texts: list[str], lexicon: Lexicon, where: Layout
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tell where the cues of a chunk stand and what is known of them; and words by voice."""
    tokens, begins = tokenise(cut(texts)), Begins(texts)
    hits, scene = matcher(lexicon).find(tokens), Scene(tokens, begins)
    places = Places(hits.first, hits.first + hits.length - 1)
    of_word, unbalanced = voices(texts, scene, where)
    rows, starts, ends = (
        tokens.rows[hits.first],
        tokens.starts[hits.first],
        tokens.ends[places.last],
    )
    spans = zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
    table = {
        "row": rows,
        "sentence": begins.number(rows, starts),
        "start": starts,
        "end": ends,
        "match": pd.Series([texts[row][a:b] for row, a, b in spans], dtype=str),
        "row_of_entry": hits.entry,
        "voice": np.array(VOICES, object)[of_hits(of_word, *places)],
    }
    words = pd.DataFrame(count_words(scene, of_word, len(texts)), columns=WORD_COLUMNS)
    cues = pd.DataFrame(table | _judged(lexicon, scene, hits, places))
    return cues, words.assign(quote_unbalanced=unbalanced)


def _judged(lexicon: Lexicon, scene: Scene, hits: Hits, places: Places) -> dict[str, Any]:
    """Say what the rules and the words around make of each hit."""
    entries = lexicon.entries.iloc[hits.entry]
    dropped = suppressed(lexicon.rules, entries["rule"], scene, places)
    marks = {}
    for name in MARKS:
        mark = lexicon.marks.get(name, {"categories": (), "when": ()})
        mine = np.flatnonzero(entries["category"].isin(mark["categories"]))
        marks[name] = np.zeros(len(hits.first), bool)
        marks[name][mine] = any_holds(
            mark["when"], scene, Places(places.first[mine], places.last[mine])
        )
    rule = entries["rule"].where(dropped, "").array
    return {**marks, "counted": ~dropped, "rule": rule}
