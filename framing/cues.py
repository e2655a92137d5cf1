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
        (code points in ``text``), ``match``, ``category``, ``tag``, ``entry``, ``voice``,
        ``negated`` (a cue of fear, warning, risk, conflict or certainty with *not*, *no*,
        *denied* … before it), ``attenuated`` (*fears eased*), ``counted`` and, where a rule says
        that it is none, the name of the ``rule``. Scores are of those that are counted and not
        negated.

    Examples
    --------
    >>> cues = find_cues(pd.DataFrame({"text": ["Talks could fail, diplomats fear."]}))
    >>> cues[["match", "category", "start", "end"]].values.tolist()
    [['could', 'epi_modal', 6, 11], ['fear', 'fear', 28, 32]]
    """
    lexicon = lexicon or built_in()
    parts, done = [_table([], lexicon, 0)], 0
    for texts in chunks(paragraphs["text"]):
        parts.append(_table(texts, lexicon, done))
        done += len(texts)
    table = pd.concat(parts, ignore_index=True)
    named = identified(paragraphs).iloc[table["row"]].reset_index(drop=True)
    entries = lexicon.entries[["category", "tag", "entry"]].iloc[table["row_of_entry"]]
    entries = entries.reset_index(drop=True)
    return pd.concat([named, table, entries], axis=1).assign(voice="unknown")[CUE_COLUMNS]


def identified(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Article and place of every paragraph; the row's place where it has no name."""
    n = len(paragraphs)
    return pd.DataFrame(
        {
            "article": paragraphs.get("article", pd.Series([""] * n, dtype=str)).array,
            "paragraph": paragraphs.get("paragraph", pd.Series(range(n), dtype="int64")).array,
        }
    )


def _table(texts: list[str], lexicon: Lexicon, before: int) -> pd.DataFrame:
    """Tell where the cues of a chunk stand; ``before`` is the number of texts before it."""
    tokens = tokenise(cut(texts))
    hits = matcher(lexicon).find(tokens)
    places = Places(hits.first, hits.first + hits.length - 1)
    rows, starts, ends = (
        tokens.rows[hits.first],
        tokens.starts[hits.first],
        tokens.ends[places.last],
    )
    begins = Begins(texts, np.unique(rows))
    spans = zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
    table = {
        "row": rows + before,
        "sentence": begins.number(rows, starts),
        "start": starts,
        "end": ends,
        "match": pd.Series([texts[row][a:b] for row, a, b in spans], dtype=str),
        "row_of_entry": hits.entry,
    }
    return pd.DataFrame(table | _judged(lexicon, Scene(tokens, begins), hits, places))


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
