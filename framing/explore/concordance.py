"""Cues in context, one line each (keyword in context)."""

from __future__ import annotations

import pandas as pd

from framing.arguments import check_whole
from framing.checks import CUES, check_columns, check_same_ids, complete
from framing.schema import CUE_COLUMNS, PLACE
from framing.scoring.cue_checks import check_texts_of_cues, texts_of_cues, with_texts

CONTEXT_COLUMNS = [
    "article", "paragraph", "left", "match", "right", "category", "tag", "entry", "voice",
    "negated", "counted", "rule",
]  # fmt: skip
_LONGEST = 50  # characters of a word on average, for texts without spaces


def context(
    cues: pd.DataFrame,
    paragraphs: pd.DataFrame,
    *,
    words: int = 8,
    sample: int | None = None,
    seed: int | None = None,
) -> pd.DataFrame:
    """Show cues with the words around them (keyword in context).

    Parameters
    ----------
    cues : DataFrame
        As returned by `find_cues`, or some of its rows.
    paragraphs : DataFrame
        The paragraphs in which the cues were found, with ``text``.
    words : int, default 8
        Number of words to the left and to the right, split at white space; of a text without
        spaces, at most 50 characters for each word.
    sample : int, optional
        Number of cues to draw at random; all by default.
    seed : int, optional
        Required with ``sample``. The same seed draws the same cues, whatever the row order.

    Returns
    -------
    DataFrame
        One row per cue, sorted by match and by the text that follows it: ``article``,
        ``paragraph``, ``left``, ``match``, ``right``, ``category``, ``tag``, ``entry``,
        ``voice``, ``negated``, ``counted``, ``rule``.

    Raises
    ------
    ValueError
        If ``words`` is no number from 1 on, ``sample`` is given without ``seed``, a column is
        missing, or the paragraph of a cue is not in ``paragraphs``.

    Examples
    --------
    >>> from framing import find_cues
    >>> table = pd.DataFrame({"text": ["Talks could fail, diplomats in Kyiv fear."]})
    >>> context(find_cues(table), table, words=2)[["left", "match", "right"]].values.tolist()
    [['Talks', 'could', 'fail, diplomats'], ['in Kyiv', 'fear', '.']]
    """
    check_columns(cues, CUE_COLUMNS, kind=CUES)
    check_columns(paragraphs, ["text"], kind="paragraphs with the text of the cues")
    check_whole("words", words, least=1)
    cues = with_texts(cues).sort_values([*PLACE, "start", "category"], kind="stable")
    if sample is not None:
        if seed is None:
            raise ValueError("sample requires a seed, so that it can be drawn again: seed=1")
        cues = cues.sample(min(sample, len(cues)), random_state=seed)
    paragraphs = complete(paragraphs)
    check_same_ids(cues, paragraphs)
    texts = texts_of_cues(cues, paragraphs)
    if None in texts:
        article, paragraph = cues[PLACE].iloc[texts.index(None)]
        raise ValueError(
            f"paragraphs has no paragraph {paragraph} of article {article!r}, which has a cue: "
            "give the paragraphs that find_cues was given"
        )
    check_texts_of_cues(cues, paragraphs)
    sides = list(zip(texts, cues["start"], cues["end"], strict=True))
    most = words * _LONGEST
    table = cues.assign(
        left=[" ".join(text[max(a - most, 0) : a].split()[-words:]) for text, a, _ in sides],
        right=[" ".join(text[b : b + most].split()[:words]) for text, _, b in sides],
    )
    order = {f"by_{side}": [text.lower() for text in table[side]] for side in ("match", "right")}
    by = [*order, *PLACE, "start", "category"]
    return table.assign(**order).sort_values(by, ignore_index=True)[CONTEXT_COLUMNS]
