"""Alignment of all articles of one outlet with their versions in another."""

from __future__ import annotations

import warnings
from typing import Literal, NamedTuple

import pandas as pd

from framing.arguments import check_is, nearest
from framing.reuse.align import align
from framing.reuse.copies import COPIES, Copies
from framing.text.numbers import many

_SIDED = ("article", "outlet", "date")
# A heavy rewrite is the work of synonyms, which leave the order of words, or of a language model.
_METHODS: dict[str, tuple[Literal["order", "words"], ...]] = {
    "": ("order",),
    "heavy rewrite": ("order", "words"),
    "rewritten": ("words",),
}


class Versions(NamedTuple):
    """Two tables: ``pairs`` of articles, source first, and their ``aligned`` paragraphs."""

    pairs: pd.DataFrame
    aligned: pd.DataFrame

    def __repr__(self) -> str:
        paired = int(self.aligned["score"].notna().sum())
        return f"Versions: {many(len(self.pairs), 'pair')} of articles, {paired} of paragraphs"


def align_versions(
    paragraphs: pd.DataFrame, copies: Copies, *, source: str = "", copy: str = ""
) -> Versions:
    """Align every article of a source with its version in a copying outlet.

    Parameters
    ----------
    paragraphs : DataFrame
        ``article``, ``text``, and ``outlet`` if outlets are given.
    copies : Copies
        As returned by ``find_copies(paragraphs)``.
    source, copy : str, optional
        An outlet or the id of an article. Two articles are always aligned; of outlets, the
        articles labelled as copies. By default, the two outlets with the most copies between
        them; the source is the one that more directions start from.

    Returns
    -------
    Versions
        ``pairs``: as in ``copies.pairs``, with the source as ``article_a``; every article is
        paired with the most similar one of the source (``frame``). ``aligned``: as returned by
        `align`, for all pairs, with the method "words" for those labelled rewritten; for heavy
        rewrites, with the method that pairs more paragraphs of the copy ("order" if equal).

    Raises
    ------
    ValueError
        If a name is neither an outlet nor an article, there are no copies, or they were found in
        other paragraphs.

    Warns
    -----
    UserWarning
        If credits and dates say of more pairs that the copy was there first.

    Examples
    --------
    >>> import framing as fr
    >>> story = "Nine crew left Dovek at dawn. " + " ".join(f"word{i}" for i in range(60))
    >>> table = pd.DataFrame({"article": ["x", "y"], "outlet": ["X", "Y"], "text": story})
    >>> fr.align_versions(table, fr.find_copies(table))
    Versions: 1 pair of articles, 1 of paragraphs
    """
    check_is(copies, Copies, "copies", "find_copies")
    if bool(source) != bool(copy):
        raise ValueError(
            f"source and copy must be given together, got source={source!r}, copy={copy!r}"
        )
    both = _both_ways(copies.pairs)
    if not source:
        source, copy = _closest(paragraphs, both)
    for name in (source, copy):
        _check_name(name, paragraphs)
    pairs = both[_is_side(both, source, "a") & _is_side(both, copy, "b")]
    if {source, copy} <= set(paragraphs["article"]):
        pairs = pairs if len(pairs) else pd.DataFrame({"article_a": [source], "article_b": [copy]})
    else:
        pairs = _nearest_source(pairs[pairs["label"].isin(COPIES)])
    if pairs.empty:
        raise ValueError(f"no article of {copy!r} is a copy of an article of {source!r}")
    by_article = dict(list(paragraphs.groupby("article")))
    if lost := [id_ for side in "ab" for id_ in pairs[f"article_{side}"] if id_ not in by_article]:
        raise ValueError(
            f"article {lost[0]!r} of copies.pairs has no paragraph ({len(lost)} in all): find the "
            "copies in the same paragraphs"
        )
    if turned := against_direction(pairs):
        warnings.warn(turned, stacklevel=2)
    labels = pairs["label"] if "label" in pairs else [""] * len(pairs)
    sides = zip(pairs["article_a"], pairs["article_b"], labels, strict=True)
    aligned = [_align(by_article[a], by_article[b], label) for a, b, label in sides]
    return Versions(pairs.reset_index(drop=True), pd.concat(aligned, ignore_index=True))


def against_direction(pairs: pd.DataFrame) -> str:
    """Return that credits and dates say the opposite of source and copy; empty if they do not.

    >>> pairs = pd.DataFrame({"article_a": ["x"], "article_b": ["y"], "direction": ["y → x"]})
    >>> against_direction(pairs)[:62]
    'By credits and dates the copy was there first in 1 of 1 pair, '
    """
    if "direction" not in pairs:
        return ""
    first = pairs["direction"].str.partition(" → ")[0]
    along, against = (int((first == pairs[f"article_{side}"]).sum()) for side in "ab")
    if against <= along:
        return ""
    return (
        f"By credits and dates the copy was there first in {against} of "
        f"{many(len(pairs), 'pair')}, the source in {along}: were source and copy swapped? "
        "What is called added was then dropped, and the other way round."
    )


def _align(a: pd.DataFrame, b: pd.DataFrame, label: str) -> pd.DataFrame:
    """Align with the method for this label, or the one that pairs more paragraphs of the copy."""
    found = [align(a, b, method=method) for method in _METHODS.get(label, _METHODS[""])]
    return max(found, key=lambda one: one["paragraphs_b"][one["score"].notna()].map(len).sum())


def _both_ways(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return every pair twice, once from each side."""
    turned = {f"{name}_{a}": f"{name}_{b}" for name in _SIDED for a, b in ("ab", "ba")}
    return pd.concat([pairs, pairs.rename(columns=turned)], ignore_index=True)


def _closest(paragraphs: pd.DataFrame, both: pd.DataFrame) -> tuple[str, str]:
    """Return the only two articles, or the two outlets with the most copies between them."""
    articles = paragraphs["article"].unique().tolist()
    if len(articles) == 2:
        met = both[["article_a", "article_b"]].to_numpy().tolist()
        return tuple(met[0] if met else articles)
    found = both[both["label"].isin(COPIES) & (both["outlet_a"] != both["outlet_b"])]
    if found.empty:
        raise ValueError(
            f"no copies between outlets were found in {many(len(articles), 'article')} "
            f"({many(len(both) // 2, 'pair')} measured); to align any two articles, "
            "give their ids as source and copy"
        )
    arrows = zip(found["direction"], found["article_a"] + " → ", strict=True)
    found = found.assign(first=[text.startswith(arrow) for text, arrow in arrows])
    outlets = found.groupby(["outlet_a", "outlet_b"])["first"].agg(["size", "sum"]).reset_index()
    order = outlets.sort_values(["size", "sum"], ascending=False, kind="stable")
    return order["outlet_a"].iloc[0], order["outlet_b"].iloc[0]


def _check_name(name: str, paragraphs: pd.DataFrame) -> None:
    outlets = set(paragraphs["outlet"]) if "outlet" in paragraphs else set()
    known = sorted(outlets) + sorted(set(paragraphs["article"]) - outlets)
    if name not in known:
        near = nearest(name, known)
        raise ValueError(f"no outlet or article {name!r}; did you mean one of {near}?")


def _is_side(pairs: pd.DataFrame, name: str, side: str) -> pd.Series[bool]:
    return (pairs[f"outlet_{side}"] == name) | (pairs[f"article_{side}"] == name)


def _nearest_source(pairs: pd.DataFrame) -> pd.DataFrame:
    """Keep the most similar source of every article, in the order of the sources."""
    order = pairs.sort_values(["frame", "article_a"], ascending=[False, True], kind="stable")
    return order.drop_duplicates("article_b").sort_values(["date_a", "article_a", "article_b"])
