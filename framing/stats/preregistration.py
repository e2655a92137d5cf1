"""A plan that was written before the numbers were seen, and the comparison that follows it."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from framing.arguments import check_known, there_are
from framing.checks import SCORES, check_columns, check_numbered, texts_of
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.schema import BODY, TONES, confirmatory, listed
from framing.scoring.score import score
from framing.stats.contrasts import compare
from framing.stats.flips import LEVEL
from framing.stats.notes import ARTICLES_TO_TEST
from framing.stats.plan_file import WHAT_COUNTS, read_plan, write_plan
from framing.text.encoding import printable
from framing.text.numbers import many
from framing.utils.files import check_path

_CUT = 3  # paragraphs; where all articles end at an earlier one, they may be that short
_AGAIN = 20  # articles
_APART = 0.05  # share; without its headline an article may have other voices


def preregister(
    path: str | Path,
    *,
    outlets: Sequence[str],
    measures: str | Sequence[str] | None = None,
    match: Literal["event"] | None = None,
    against: str = "pairs",
    smallest: float = 1.25,
    topics: bool = False,
    roles: str | Sequence[str] = BODY,
    copies: Literal["outlet", "cluster"] | None = None,
    paragraphs: int | None = None,
    n_resamples: int = 9999,
    seed: int = 1,
    lexicon: Lexicon | None = None,
) -> Path:
    """Write down what will be compared, before the numbers are seen.

    Parameters
    ----------
    path : str or Path
        The plan, a TOML file; an existing one is never overwritten.
    outlets : sequence of str
        The outlets to compare.
    measures : str or sequence of str, optional
        Which of tone, hedge, alarm and boost, or of the categories of another dictionary; all by
        default. Others are exploratory.
    match, against, smallest, roles, n_resamples, seed
        As for ``compare``.
    topics : bool, default False
        Whether articles are compared within topics; the scores then need a column ``topic``.
    copies : {"outlet", "cluster"}, optional
        Which copies are marked, as for ``mark_copies`` (its ``once``); none by default. Later
        versions of a page (``version_of``) are never compared.
    paragraphs : int, optional
        How many paragraphs of every article are taken: the first of its text, in the order of the
        column ``paragraph``, headlines not counted; all by default.
    lexicon : Lexicon, optional
        Lexicon whose hash is written down; the built-in English one by default.

    Returns
    -------
    Path
        The file, to be deposited where it gets a date.

    Raises
    ------
    FileExistsError
        If the file exists.
    ValueError
        If a measure is exploratory, or there are fewer than two outlets.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> plan = preregister(Path(folder.name, "plan.toml"), outlets=["A", "B"], measures="hedge")
    >>> print(plan.read_text().splitlines()[0])
    outlets = ["A", "B"]
    >>> folder.cleanup()
    """
    check_path("path", path)
    own = "" if lexicon else ". A dictionary of your own needs lexicon="
    lexicon = chosen_lexicon(lexicon)
    allowed = _measures_of(lexicon)
    chosen = allowed if measures is None else listed(measures)
    if unknown := [name for name in chosen if name not in allowed]:
        raise ValueError(f"no measure {unknown[0]!r}: {there_are(unknown[0], allowed)}{own}")
    plan = {
        "outlets": sorted({str(name) for name in listed(outlets)}),
        "measures": [name for name in allowed if name in chosen],
        "match": match or "",
        "against": against,
        "smallest": smallest,
        "topics": topics,
        "roles": listed(roles),
        "copies": copies or "",
        "paragraphs": paragraphs or 0,
        "alpha": LEVEL,
        "n_resamples": n_resamples,
        "seed": seed,
        "lexicon": lexicon.hash,
    }
    return write_plan(Path(path), plan)


def _measures_of(lexicon: Lexicon) -> list[str]:
    """Return which measures of a lexicon can be planned: the ones that are tested together."""
    return confirmatory([*lexicon.indices, *lexicon.categories, "tone"])


def confirm(
    scores: pd.DataFrame, plan: str | Path, *, lexicon: Lexicon | None = None
) -> pd.DataFrame:
    """Compare outlets as planned, and nothing else.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``.
    plan : str or Path
        As ``preregister`` writes it.
    lexicon : Lexicon, optional
        Lexicon used for the scores; the built-in English one by default.

    Returns
    -------
    DataFrame
        The table of ``compare``; ``method`` says that it follows the plan, or why it does not
        (*not as preregistered: …*). Topics, roles and paragraphs are those of the plan, whatever
        columns ``scores`` has.

    Raises
    ------
    ValueError
        If the plan has other keys than ``preregister`` writes, another lexicon, an outlet that
        is not in ``scores``, or topics that no article has.

    Warns
    -----
    UserWarning
        If the comparison is not as preregistered: copies are marked otherwise than planned, or
        articles seem to be cut off at a paragraph.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> plan = preregister(Path(folder.name, "plan.toml"), outlets=["A", "B"], measures="hedge")
    >>> scores = pd.DataFrame({"outlet": ["A", "B"] * 10, "article": list("abcdefghijklmnopqrst"),
    ...                        "role": "body", "words": 100, "hedge": [3, 1, 4, 2, 5] * 4})
    >>> confirm(scores, plan)[["measure", "outlet_a", "outlet_b"]].values.tolist()
    [['hedge', 'A', 'B']]
    >>> folder.cleanup()
    """
    check_columns(scores, ["outlet", "article"], kind=SCORES)
    check_path("plan", plan)
    asked = read_plan(Path(plan))
    lexicon = chosen_lexicon(lexicon)
    if asked["lexicon"] != lexicon.hash:
        raise ValueError(
            f"{printable(plan)} was written for the lexicon {asked['lexicon'][:12]}…, and this "
            f"one is {lexicon.hash[:12]}…: pass the planned one as lexicon="
        )
    check_known(asked["measures"], _measures_of(lexicon))
    _check_counted_with(scores, lexicon, asked["measures"])
    if missing := sorted(set(asked["outlets"]) - set(scores["outlet"].astype(str))):
        raise ValueError(
            f"{printable(plan)} compares {missing[0]!r}, which is not an outlet of the scores"
        )
    planned = scores[scores["outlet"].astype(str).isin(asked["outlets"])]
    remark = _followed(planned, asked)
    how = {key: asked[key] for key in ("measures", "against", "smallest", "n_resamples", "seed")}
    how |= {"match": asked["match"] or None, "roles": asked.get("roles", BODY)}
    table = compare(_what_counts(planned, asked), **how)
    return table.assign(method=table["method"] + f", {remark}")


def _what_counts(scores: pd.DataFrame, plan: dict[str, Any]) -> pd.DataFrame:
    """Return the paragraphs that a plan takes, with topics if it holds them constant."""
    if plan.get("paragraphs"):
        check_columns(scores, ["paragraph", "role", "words"], kind=SCORES)
        check_numbered(scores)
        scores = _first_paragraphs(scores, plan["paragraphs"])
    if plan.get("topics"):
        check_columns(scores, ["topic"], kind=SCORES)
        if texts_of(scores["topic"]).eq("").all():
            raise ValueError("the plan holds topics constant, and no article has one")
    return scores if plan.get("topics", True) else scores.drop(columns="topic", errors="ignore")


def _first_paragraphs(scores: pd.DataFrame, number: int) -> pd.DataFrame:
    """Return the headlines and the first paragraphs of the text of every article."""
    is_title = scores["role"] == "headline"
    places = scores["paragraph"].where(~is_title & scores["words"].gt(0))
    ranks = places.groupby(scores["article"]).rank(method="first")
    return scores[is_title | ranks.le(number)]


def _followed(scores: pd.DataFrame, plan: dict[str, Any]) -> str:
    """Return whether what is compared is what was planned, and warn if it is not."""
    if open_ := [name for name in WHAT_COUNTS if name not in plan]:
        return f"as preregistered by a plan that leaves open {', '.join(open_)}"
    differs = "; ".join(filter(None, [_marked(scores, plan["copies"]), _cut(scores, plan)]))
    if not differs:
        return "as preregistered"
    warnings.warn(f"not as preregistered: {differs}", stacklevel=3)
    return f"not as preregistered: {differs}"


def _marked(scores: pd.DataFrame, copies: str) -> str:
    """Return how copies are marked otherwise than planned."""
    if "copy_of" not in scores:
        return f"no copies marked, planned were those of each {copies}" if copies else ""
    first = scores[texts_of(scores["copy_of"]) != ""].drop_duplicates("article")
    if not copies and len(first):
        return f"{many(len(first), 'article')} marked as copies, planned were none"
    of = first["copy_of"].map(scores.drop_duplicates("article").set_index("article")["outlet"])
    if copies == "outlet" and (across := int((of.notna() & (of != first["outlet"])).sum())):
        return f"{many(across, 'article')} marked as copies of another outlet's"
    return ""


def _cut(scores: pd.DataFrame, plan: dict[str, Any]) -> str:
    """Return at which paragraph most articles end that all end by it, if the plan takes all."""
    if plan["paragraphs"] or "paragraph" not in scores:
        return ""
    ends = scores.groupby("article")["paragraph"].max()
    last = ends.max()
    same = last >= _CUT and len(ends) >= ARTICLES_TO_TEST and (ends == last).mean() > 0.5
    return f"no paragraph after {last}, where most articles end; planned were all" if same else ""


def _check_counted_with(scores: pd.DataFrame, lexicon: Lexicon, measures: list[str]) -> None:
    """Raise an error if another lexicon was scored with: some articles are scored again."""
    names = [name for name in measures if name not in TONES and name in scores]
    if "text" not in scores or not names:
        return
    some = scores[scores["article"].isin(scores["article"].unique()[:_AGAIN])]
    counted = score(some[["article", "paragraph", "role", "text"]], lexicon=lexicon)
    for name in names:
        now = counted[name].sum() if name in counted else 0
        if abs(now - some[name].sum()) > _APART * max(now, some[name].sum()):
            raise ValueError(
                f"scores count {some[name].sum()} of {name!r} in the first articles, and the "
                f"lexicon of the plan {now}: score again with that lexicon"
            )
