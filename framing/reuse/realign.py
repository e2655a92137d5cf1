"""Correction of an alignment: other partners for some of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from framing.reuse.align import ALIGNED_COLUMNS
from framing.reuse.features import profiles, read_words
from framing.reuse.similarity import measure_pairs

Places = tuple[int, ...]


def realign(aligned: pd.DataFrame, partners: Mapping[Any, Places]) -> pd.DataFrame:
    """Assign other paragraphs of the second version, or none, to rows of an alignment.

    ``partners`` maps rows of ``aligned`` to paragraph numbers of the second version, () for none. A
    paragraph assigned to a row is removed from its former row; changed rows have no margin.

    Examples
    --------
    >>> import framing as fr
    >>> a, b = (pd.DataFrame({"text": [t]}) for t in ("Talks could well fail.", "Talks fail."))
    >>> realign(fr.align(a, b), {0: ()})[["paragraphs_a", "paragraphs_b", "kind"]]
      paragraphs_a paragraphs_b      kind
    0         (0,)           ()  left out
    1           ()         (0,)     added
    """
    groups = aligned.groupby(["article_a", "article_b"], sort=False)
    rows = [row for _, group in groups for row in _article_rows(group, partners)]
    table = pd.DataFrame(rows, columns=ALIGNED_COLUMNS)
    return table.astype({"score": "float64", "margin": "float64"})


def _article_rows(group: pd.DataFrame, partners: Mapping[Any, Places]) -> list[dict[str, Any]]:
    """Return the rows of two articles, unused paragraphs of the second at the end."""
    texts = _texts_by_place(group)
    given = {place for pair in group.index for place in partners.get(pair, ())}
    rows, left = [], set(texts)
    for pair, row in zip(group.index, group.to_dict("records"), strict=True):
        old = row["paragraphs_b"]
        new = partners.get(pair, tuple(place for place in old if place not in given))
        left -= set(new)
        if row["paragraphs_a"] or new:
            rows.append(row if new == old else _with_partner(row, new, texts))
    alone = row | {"paragraphs_a": (), "text_a": ""}
    return rows + [_with_partner(alone, (place,), texts) for place in sorted(left)]


def _texts_by_place(group: pd.DataFrame) -> dict[int, str]:
    """Return the paragraphs of the second version by number, joined ones split again."""
    return {
        place: text
        for places, joined in zip(group["paragraphs_b"], group["text_b"], strict=True)
        for place, text in zip(
            places, joined.split("\n\n", max(len(places) - 1, 0)), strict=len(places) > 0
        )
    }


def _with_partner(row: dict[str, Any], places: Places, texts: Mapping[int, str]) -> dict[str, Any]:
    text = "\n\n".join(texts[place] for place in places)
    size = len(row["paragraphs_a"]), len(places)
    kind = "split" if size[0] < size[1] else "merged" if size[0] > size[1] else "pair"
    score = np.nan
    if not all(size):
        kind = "left out" if size[0] else "added"
    else:
        both = profiles(read_words([row["text_a"], text]))
        score = measure_pairs(both, np.array([0]), np.array([1]))["frame"].iloc[0]
    changed = {"paragraphs_b": places, "text_b": text, "kind": kind, "score": score}
    return row | changed | {"margin": np.nan}
