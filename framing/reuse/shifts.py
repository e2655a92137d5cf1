"""What a rewriter changed: cues kept, dropped, added and replaced, pair by pair."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from framing.lexicon.lexicon import Lexicon, built_in
from framing.reuse.cue_changes import (
    Cue,
    count_neutral,
    cue_changes,
    share_reworded,
    word_blocks,
    word_edits,
)
from framing.reuse.shift_flags import FLAGS, differences
from framing.scoring.cues import find_cues

CHANGE_COLUMNS = [
    "article_a", "article_b", "pair", "category", "change", "match_a", "category_b", "match_b",
]  # fmt: skip
EDIT_COLUMNS = ["article_a", "article_b", "pair", "before", "after"]
_COUNTS = ["reworded", "neutral_a", "neutral_b", "neutral_kept"]


class Shifts(NamedTuple):
    """Four tables: ``pairs``, ``changes`` of cues, ``edits`` of words, and all ``cues``."""

    pairs: pd.DataFrame
    changes: pd.DataFrame
    edits: pd.DataFrame
    cues: pd.DataFrame

    def __repr__(self) -> str:
        flags = [name for name in FLAGS if self.pairs[name].any()]
        counts = ", ".join(f"{int(self.pairs[name].sum())} {name}" for name in flags)
        return f"Shifts in {len(self.pairs)} pairs of paragraphs: {counts or 'none'}"


def shifts(aligned: pd.DataFrame, *, lexicon: Lexicon | None = None) -> Shifts:
    """Compare the cues, the tone and the words of paired paragraphs.

    Parameters
    ----------
    aligned : DataFrame
        As `align` gives it, of one or more pairs of articles; rows that are no pair are left out.
    lexicon : Lexicon, optional
        The built-in English one by default; ``hedge``, ``boost`` and ``alarm`` are 0 where it has
        no such index.

    Returns
    -------
    Shifts
        ``pairs``: a row a pair (``pair`` is its row in ``aligned``), ``hedge``, ``boost``,
        ``alarm`` and ``tone`` of the second version less those of the first (counts; tone -2 to
        2), ``size`` (how much that is in all, with a flag of attribution or quotation as one cue),
        ``reworded`` (share of the words of the first version that are not in the second in
        their place), ``neutral_a``, ``neutral_b``, ``neutral_kept`` (different content words of
        no cue in each version and in both) and flags: ``strengthened`` (fewer hedges or more
        boosters), ``weakened``, ``alarm_up``, ``alarm_down``, ``attribution_lost``,
        ``attribution_added`` (somebody says it in one version, and nobody in the other),
        ``quotation_lost`` (quotation marks in the first only). ``changes``: a row a cue,
        ``change`` is kept, dropped, added, replaced in category or replaced by another.
        ``edits``: the words before and after, a row a place. ``cues``: every cue of every row of
        ``aligned``, pairs or not, as `find_cues` gives them, with ``pair`` and ``side`` (a or b)
        for article and paragraph.

    Raises
    ------
    ValueError
        If rows of ``aligned`` have the same index.

    Examples
    --------
    >>> import framing as fr
    >>> a = pd.DataFrame({"text": ["The talks could fail, officials fear."]})
    >>> found = fr.shifts(fr.align(a, pd.DataFrame({"text": ["Talks fail."]})))
    >>> found.changes[["category", "change", "match_a"]]
        category   change match_a
    0  epi_modal  dropped   could
    1       fear  dropped    fear
    >>> found
    Shifts in 1 pairs of paragraphs: 1 strengthened, 1 alarm_down, 1 attribution_lost
    """
    lexicon = lexicon or built_in()
    _check_index(aligned)
    cues = pd.concat([_cues(aligned, side, lexicon) for side in "ab"], ignore_index=True)
    by_place = _counted_cues(cues)
    table = aligned[aligned["score"].notna()].rename_axis("pair").reset_index()
    changes: list[tuple[Any, ...]] = []
    edits: list[tuple[Any, ...]] = []
    counts = []
    for row in table.itertuples(index=False):
        named = (row.article_a, row.article_b, row.pair)
        texts = (row.text_a, row.text_b)
        blocks = word_blocks(*texts)
        a, b = (by_place.get((row.pair, side), []) for side in "ab")
        changes += [(*named, *change) for change in cue_changes(a, b, blocks)]
        edits += [(*named, *edit) for edit in word_edits(texts, blocks)]
        counts.append((share_reworded(blocks), *count_neutral(texts, [a, b])))
    known = table[["article_a", "article_b", "pair", "kind"]]
    flags = differences(table["text_a"], table["text_b"], lexicon)
    counted = pd.DataFrame(counts, columns=_COUNTS)
    return Shifts(
        pd.concat([known, flags, counted], axis=1),
        pd.DataFrame(changes, columns=CHANGE_COLUMNS),
        pd.DataFrame(edits, columns=EDIT_COLUMNS),
        cues,
    )


def _check_index(aligned: pd.DataFrame) -> None:
    if not aligned.index.is_unique:
        twice = aligned.index[aligned.index.duplicated()][0]
        raise ValueError(
            f"aligned has row {twice} more than once: put alignments together with "
            "pd.concat(…, ignore_index=True)"
        )


def _cues(aligned: pd.DataFrame, side: str, lexicon: Lexicon) -> pd.DataFrame:
    """The cues of one version, each with the row of ``aligned`` that it is in."""
    texts = aligned[[f"article_{side}", f"text_{side}"]].set_axis(["article", "text"], axis=1)
    found = find_cues(texts.assign(paragraph=aligned.index), lexicon=lexicon)
    named = found.drop(columns="article").rename(columns={"paragraph": "pair"})
    named.insert(1, "side", side)
    return named


def _counted_cues(cues: pd.DataFrame) -> dict[tuple[Any, str], list[Cue]]:
    """The cues that count, by pair and side, in the order of the text."""
    places: dict[tuple[Any, str], list[Cue]] = {}
    counted = cues[cues["counted"] & ~cues["negated"]].sort_values(["start", "end"], kind="stable")
    for row in counted.itertuples():
        cue = Cue(row.start, row.end, row.category, row.match)
        places.setdefault((row.pair, row.side), []).append(cue)
    return places
