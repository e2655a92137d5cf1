"""How a report begins: what was compared, in one line, and paragraphs that show it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from framing.corpus.corpus import Corpus
from framing.schema import BODY, PRIMARY
from framing.stats.sides import OTHERS

_LEAST_WORDS = 25  # a shorter paragraph is dense by one cue


def scope(corpus: Corpus, scores: pd.DataFrame, contrasts: pd.DataFrame | None = None) -> str:
    """Return what was compared and how, in one line.

    Parameters
    ----------
    corpus : Corpus
        What was read.
    scores : DataFrame
        What was scored of it.
    contrasts : DataFrame, optional
        As ``framing.compare`` returns it; None if nothing was compared.

    Returns
    -------
    str
        Numbers of outlets, articles, topics and words, the first and last date, and what a
        comparison rests on.
    """
    outlets, articles = scores["outlet"].nunique(), scores["article"].nunique()
    topics = scores["topic"].replace("", pd.NA).nunique() if "topic" in scores else 0
    parts = [
        _counted(outlets, "outlet"),
        _counted(articles, "article") + (f" on {_counted(topics, 'topic')}" if topics else ""),
        f"{scores['words'].sum():,} words; {_period(corpus.articles['date'])}",
    ]
    return ", ".join(parts) + "." + _how(contrasts)


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _period(dates: pd.Series[pd.Timestamp]) -> str:
    days = dates.dropna()
    if days.empty:
        return "no dates known"
    ends = dict.fromkeys(f"{day.day} {day:%B %Y}" for day in (days.min(), days.max()))
    return " to ".join(ends)


def _how(contrasts: pd.DataFrame | None) -> str:
    if contrasts is None or contrasts.empty:
        return ""
    rest = contrasts["outlet_b"].eq(OTHERS).all()
    pairs = len(contrasts[["outlet_a", "outlet_b"]].drop_duplicates())
    if pairs == 1:
        who = f"{contrasts['outlet_a'].iloc[0]} and {contrasts['outlet_b'].iloc[0]}"
    else:
        who = "Each outlet and all others" if rest else "Every two outlets"
    method = str(contrasts["method"].iloc[0])
    if method.startswith("Within events"):
        return f" {who} compared event by event."
    topics = " within topics" if "within topics" in method else ""
    return f" {who} compared, article against article{topics}."


def examples(
    scores: pd.DataFrame, *, outlets: Sequence[str] | None = None, by: str = "outlet"
) -> pd.DataFrame:
    """Return from each outlet the paragraph with the most hedging and alarm for its length.

    Parameters
    ----------
    scores : DataFrame
        As ``framing.score`` returns it.
    outlets : sequence of str, optional
        Whose paragraphs, in this order; all of them by default, in the order of the alphabet.
    by : str, default "outlet"
        The column that has them.

    Returns
    -------
    DataFrame
        Rows of ``scores``, one an outlet, of paragraphs of the body with 25 words and more; of
        those that tie, the first by article and paragraph.
    """
    body = scores[scores["role"].isin(BODY) & (scores["words"] >= _LEAST_WORDS)]
    hits = body[[name for name in PRIMARY[:2] if name in body]].sum(axis=1)
    ranked = body.assign(_density=hits / body["words"])
    order = ["_density", "article", "paragraph"]
    ranked = ranked.sort_values(order, ascending=[False, True, True], kind="stable")
    first = ranked.drop_duplicates(by).drop(columns="_density").set_index(by, drop=False)
    wanted = sorted(first.index) if outlets is None else [o for o in outlets if o in first.index]
    return first.loc[wanted].reset_index(drop=True)
