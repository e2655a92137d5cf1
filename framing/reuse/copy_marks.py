"""Copies named in a table, so that a comparison can leave them out."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from framing.reuse.copies import Copies


def mark_copies(
    table: pd.DataFrame, copies: Copies, *, once: Literal["outlet", "cluster"] = "outlet"
) -> pd.DataFrame:
    """Say of every article of which other one it is a copy: `compare` leaves such articles out.

    Parameters
    ----------
    table : DataFrame
        With ``article`` and ``outlet``: scores, paragraphs or articles.
    copies : Copies
        As `find_copies` gives them.
    once : {"outlet", "cluster"}
        A cluster of copies counts once in every outlet that carries it, which is what readers
        see; or once altogether, which is what was written.

    Returns
    -------
    DataFrame
        The table with ``copy_of``: the article that stays, or an empty text. What stays is the
        article that is nobody's copy by credit or date, and of several the earliest. A ``copy_of``
        that is already there stays as it is.

    Examples
    --------
    >>> import framing as fr
    >>> story = "Nine crew left Dovek at dawn. " + " ".join(f"word{i}" for i in range(60))
    >>> table = pd.DataFrame({"article": ["x", "y"], "outlet": ["X", "Y"], "text": story})
    >>> fr.mark_copies(table, fr.find_copies(table), once="cluster")["copy_of"].tolist()
    ['', 'x']
    """
    if once not in ("outlet", "cluster"):
        raise ValueError(f'once must be "outlet" or "cluster", and {once!r} came')
    taken = {arrow.partition(" → ")[2] for arrow in copies.pairs["direction"]}
    clusters = copies.clusters.assign(taken=copies.clusters["article"].isin(taken))
    clusters = clusters.sort_values("taken", kind="stable")
    groups = ["cluster", "outlet"] if once == "outlet" else ["cluster"]
    first = clusters.groupby(groups, dropna=False)["article"].transform("first")
    of = first[first != clusters["article"]]
    names = dict(zip(clusters.loc[of.index, "article"], of, strict=True))
    marks = [names.get(article, "") for article in table["article"]]
    found = pd.Series(marks, table.index, dtype=str)
    known = table["copy_of"].fillna("") if "copy_of" in table else found
    return table.assign(copy_of=found.mask(known != "", known))
