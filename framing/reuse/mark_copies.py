"""Marks for copies, so that comparisons leave them out, and what that changes."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from framing.arguments import check_is
from framing.checks import check_columns, check_same_ids, is_copy
from framing.reuse.copies import Copies
from framing.stats.contrasts import compare

_KEY = ["measure", "outlet_a", "outlet_b"]


def mark_copies(
    table: pd.DataFrame, copies: Copies, *, once: Literal["outlet", "cluster"] | None = None
) -> pd.DataFrame:
    """Mark the articles that are copies of another one; whatever counts articles leaves them out.

    Parameters
    ----------
    table : DataFrame
        Scores, paragraphs or articles, with ``article``.
    copies : Copies
        As returned by `find_copies` for the same articles.
    once : {"outlet", "cluster"}, optional
        Whether one article of a cluster is kept in every outlet that carries it (what readers
        see; the default), or one altogether (what was written).

    Returns
    -------
    DataFrame
        The table with ``copy_of``: the id of the article that is kept, or an empty string. The
        article that is kept is not a copy by credit or date, no later version of a page
        (``version_of``), and the earliest of several. Values already in ``copy_of`` are preserved.

    Raises
    ------
    ValueError
        If the copies were found in more or fewer articles than the table has (of those that are
        no copies, fewer may be left), a column is missing, or ``once`` is unknown.

    Warns
    -----
    UserWarning
        If there are copies, ``once`` is not given, and none was marked, since no outlet has two
        of a cluster.

    Examples
    --------
    >>> import framing as fr
    >>> story = "Nine crew left Dovek at dawn. " + " ".join(f"word{i}" for i in range(60))
    >>> table = pd.DataFrame({"article": ["x", "y"], "outlet": ["X", "Y"], "text": story})
    >>> fr.mark_copies(table, fr.find_copies(table), once="cluster")["copy_of"].tolist()
    ['', 'x']
    """
    if once not in (None, "outlet", "cluster"):
        raise ValueError(f'once must be "outlet" or "cluster", got {once!r}')
    _check_same_articles(table, copies)
    taken = {arrow.partition(" → ")[2] for arrow in copies.pairs["direction"]}
    taken |= set(table["article"][is_copy(table)])  # of an article that is left out, none is left
    clusters = copies.clusters.assign(taken=copies.clusters["article"].isin(taken))
    clusters = clusters.sort_values("taken", kind="stable")
    groups = ["cluster"] if once == "cluster" else ["cluster", "outlet"]
    first = clusters.groupby(groups, dropna=False)["article"].transform("first")
    of = first[first != clusters["article"]]
    if once is None and len(clusters) and of.empty:
        warnings.warn(
            f"no article was marked: no outlet has two articles of a cluster ({copies}); "
            'once="cluster" keeps one article of each cluster',
            stacklevel=2,
        )
    names = dict(zip(clusters.loc[of.index, "article"], of, strict=True))
    marks = [names.get(article, "") for article in table["article"].tolist()]
    found = pd.Series(marks, table.index, dtype=str)
    known = table["copy_of"].fillna("") if "copy_of" in table else found
    return table.assign(copy_of=found.mask(known != "", known))


def _check_same_articles(table: pd.DataFrame, copies: Copies) -> None:
    check_columns(table, ["article"], kind="scores, paragraphs or articles")
    check_is(copies, Copies, "copies", "find_copies")
    check_same_ids(table, copies.articles)
    here, copied = table["article"].drop_duplicates(), copies.clusters["article"]
    if len(lost := copied[~copied.isin(here)]):
        raise ValueError(
            f"{len(lost)} of {len(copied)} articles in copies.clusters are not in the table, such "
            f"as {lost.iloc[0]!r}, and others may be marked as copies of these: mark the copies "
            "before articles are left out, or find them in the same articles"
        )
    if len(unread := here[~here.isin(copies.articles["article"])]):
        raise ValueError(
            f"in {len(unread)} of {len(here)} articles of the table, such as {unread.iloc[0]!r}, "
            "copies were not looked for: find them in all articles that are compared"
        )


def compare_copies(
    scores: pd.DataFrame, copies: Copies, *, measures: Sequence[str], **how: Any
) -> pd.DataFrame:
    """Compare outlets with copies counted once per outlet, once altogether, and each by itself.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``, before copies are marked.
    copies : Copies
        As returned by ``framing.find_copies``.
    measures : sequence of str
        Measures of ``scores``.
    **how
        Other arguments of ``framing.compare``.

    Returns
    -------
    DataFrame
        The largest differences first: ``measure``, ``outlet_a``, ``outlet_b``, and for each way of
        counting the columns ``estimate, …`` and ``p, …``; missing where an outlet has nothing left
        or nothing was tested. No row if there are no copies.
    """
    check_is(copies, Copies, "copies", "find_copies")
    if copies.clusters.empty:
        return pd.DataFrame(columns=_KEY)
    views = {
        "once an outlet": mark_copies(scores, copies, once="outlet"),
        "all articles": scores,
        "once altogether": mark_copies(scores, copies, once="cluster"),
    }
    by, alone = how.get("by", "outlet"), how.get("outlet_a", "")
    tables = [
        compare(view[view[by].isin(left)], measures=measures, **how)
        .set_index(_KEY)[["estimate", "p"]]
        .add_suffix(f", {name}")
        for name, view in views.items()
        if len(left := set(view.loc[~is_copy(view), by])) > 1 and alone in ("", *left)
    ]
    table = pd.concat(tables, axis=1)
    order = table.iloc[:, 0].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index()
