"""Which cues count, and why the others do not: the same answer for marks, lists and scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.checks import CUES, check_columns
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.schema import CUE_COLUMNS, PLACE, label, listed
from framing.scoring.cue_checks import with_texts


def chosen_cues(
    cues: pd.DataFrame, measures: str | Sequence[str] | None, lexicon: Lexicon | None
) -> pd.DataFrame:
    """Return the cues of some measures, with a column ``reason``: empty for those that count.

    A cue counts if a rule has not dropped it, it is not negated, and one of the measures holds it
    (an index leaves out hits with some tags).
    """
    lexicon = chosen_lexicon(lexicon)
    cues = with_texts(cues)
    if measures is None:
        held = pd.Series(True, index=cues.index)
    else:
        names = listed(measures)
        cues = cues[cues["category"].isin(lexicon.members(names))]
        held = cues["category"].isin(set(names) - set(lexicon.indices))
        for name in set(names) & set(lexicon.indices):
            held |= lexicon.indices[name].holds(cues)
    reason = np.select(
        [cues["rule"].ne(""), ~cues["counted"], cues["negated"], ~held],
        ["another sense", "not counted", "negated", cues["tag"].map(label) + ", not counted"],
        default="",
    )
    return cues.assign(reason=reason)


def list_hits(
    cues: pd.DataFrame,
    *,
    measures: str | Sequence[str] | None = None,
    lexicon: Lexicon | None = None,
) -> pd.DataFrame:
    """List the hits of some measures, and whether each counts.

    Parameters
    ----------
    cues : DataFrame
        As returned by ``framing.find_cues``.
    measures : str or sequence of str, optional
        Categories and indices; all by default.
    lexicon : Lexicon, optional
        Lexicon whose indices hold them; the built-in English one by default.

    Returns
    -------
    DataFrame
        One row per hit, in the order of the text: ``article`` (if there are several),
        ``paragraph``, ``match``, ``category``, and ``counts_as``: the indices that count it, else
        its category; or in brackets why it does not count. The rows of an index are as many as the
        scores have.

    Examples
    --------
    >>> from framing import find_cues
    >>> cues = find_cues(pd.DataFrame({"text": ["It may rain. There is no risk."]}))
    >>> list_hits(cues)[["match", "counts_as"]].values.tolist()
    [['may', 'hedging'], ['risk', '(negated)']]
    """
    lexicon = chosen_lexicon(lexicon)
    check_columns(cues, CUE_COLUMNS[:-1], kind=CUES)
    hits = chosen_cues(cues, measures, lexicon)
    hits = hits.sort_values([*PLACE, "start", "end"], kind="stable")
    counts = pd.Series("", index=hits.index)
    for name, index in lexicon.indices.items():
        counts = counts.mask(index.holds(hits), counts + ", " + label(name))
    counts = counts.str.removeprefix(", ")
    counts = counts.where(counts.ne(""), hits["category"].map(label))
    table = hits[[*PLACE, "match", "category"]].assign(
        counts_as=counts.where(hits["reason"].eq(""), "(" + hits["reason"] + ")")
    )
    several = len(table["article"].unique()) > 1
    return (table if several else table.drop(columns="article")).reset_index(drop=True)
