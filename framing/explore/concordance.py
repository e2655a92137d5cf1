"""Cues in their context: a line each, as in a concordance."""

from __future__ import annotations

import pandas as pd

from framing.schema import complete

CONTEXT_COLUMNS = [
    "article", "paragraph", "left", "match", "right", "category", "tag", "entry", "voice",
    "negated", "counted", "rule",
]  # fmt: skip


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
        As `find_cues` gives them, or some rows of it.
    paragraphs : DataFrame
        The paragraphs in which they were found, with ``text``.
    words : int, default 8
        How many words to the left and to the right, cut at white space.
    sample : int, optional
        So many cues, drawn at random and each equally likely; all by default.
    seed : int, optional
        Must be given with ``sample``. The same seed draws the same cues, whatever the order of
        the rows.

    Returns
    -------
    DataFrame
        A row a cue, in the order of the alphabet by match and by what follows it: ``article``,
        ``paragraph``, ``left``, ``match``, ``right``, ``category``, ``tag``, ``entry``,
        ``voice``, ``negated``, ``counted``, ``rule``.

    Raises
    ------
    ValueError
        If ``sample`` comes without ``seed``, or a cue is of a paragraph that is not there.

    Examples
    --------
    >>> from framing import find_cues
    >>> table = pd.DataFrame({"text": ["Talks could fail, diplomats in Kyiv fear."]})
    >>> context(find_cues(table), table, words=2)[["left", "match", "right"]].values.tolist()
    [['Talks', 'could', 'fail, diplomats'], ['in Kyiv', 'fear', '.']]
    """
    place = ["article", "paragraph"]
    cues = cues.sort_values([*place, "start", "category"], kind="stable")
    if sample is not None:
        if seed is None:
            raise ValueError("a sample needs a seed, so that it can be drawn again: seed=1")
        cues = cues.sample(min(sample, len(cues)), random_state=seed)
    texts = complete(paragraphs)[[*place, "text"]].drop_duplicates(place)
    table = cues.merge(texts, on=place, how="left")
    if table["text"].isna().any():
        lost = table.loc[table["text"].isna(), place].iloc[0].tolist()
        raise ValueError(f"no paragraph {lost[1]} of article {lost[0]!r} for these cues")
    sides = list(zip(table["text"], table["start"], table["end"], strict=True))
    table = table.assign(
        left=[" ".join(text[:start].split()[-words:]) for text, start, _ in sides],
        right=[" ".join(text[end:].split()[:words]) for text, _, end in sides],
    )
    order = {f"by_{side}": [text.lower() for text in table[side]] for side in ("match", "right")}
    by = [*order, *place, "start", "category"]
    return table.assign(**order).sort_values(by, ignore_index=True)[CONTEXT_COLUMNS]
