"""How a report begins: what was compared, in one line, and paragraphs that show it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from framing.arguments import check_known, check_whole, spelled
from framing.checks import (
    CONTRASTS,
    LEVELS,
    SCORES,
    check_columns,
    check_once,
    check_outlets,
    dates_of,
    is_copy,
)
from framing.corpus.corpus import Corpus
from framing.corpus.scored_part import scored_part
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import built_in
from framing.schema import BODY, PRIMARY, label, listed
from framing.stats.highest import ends_of
from framing.stats.sides import OTHERS
from framing.text.encoding import printable
from framing.text.numbers import joined, many, natural, span, written_day

_GROUPS = "groups, as framing.compare_groups returns them"
LEAST_WORDS = 25  # a shorter paragraph is dense by one cue


def scope(
    corpus: Corpus,
    scores: pd.DataFrame,
    contrasts: pd.DataFrame | None = None,
    *,
    by: str = "outlet",
    groups: pd.DataFrame | None = None,
    lexicon: Lexicon | None = None,
) -> str:
    """Return what was compared and how, in one line.

    Parameters
    ----------
    corpus : Corpus
        The corpus that was read.
    scores : DataFrame
        Its scores.
    contrasts : DataFrame, optional
        As returned by ``framing.compare``; None if nothing was compared.
    by : str, default "outlet"
        The column whose values were compared.
    groups : DataFrame, optional
        As returned by ``framing.compare_groups``; None if no groups were compared.
    lexicon : Lexicon, optional
        Lexicon used, which is named unless it is the built-in English one.

    Returns
    -------
    str
        The groups, numbers of outlets, articles, topics and words, the first and last date, how
        many articles are left out as copies, and what a comparison rests on; and if the scores
        are of a part of the corpus, of how many of its articles.
    """
    part = scored_part(corpus, scores)
    for table, names, kind in (
        (contrasts, ["outlet_a", "outlet_b", "method", "events"], CONTRASTS),
        (groups, ["group_a", "group_b", "outlets_a", "outlets_b"], _GROUPS),
    ):
        if table is not None:
            check_columns(table, names, kind=kind)
    if contrasts is not None and by in scores:
        check_outlets(contrasts, scores[by].unique(), "scores")
    sides = [] if groups is None else [" against ".join(group_sizes(groups))]
    if by != "outlet":
        values = sorted(scores[by].unique(), key=natural)
        ends = [f"{values[0]} to {values[-1]} ({len(values)})"]
        sides.append(f"{label(by)}: {joined(ends if len(values) > 5 else values)}")
    measured = f"Measured with {named}." if (named := dictionary(lexicon)) else ""
    copies = scores["article"][is_copy(scores)].nunique()
    left = f"{many(copies, 'article')} left out of the comparison as copies." if copies else ""
    topics = scores["topic"].replace("", pd.NA).nunique() if "topic" in scores else 0
    parts = [
        many(scores["outlet"].nunique(), "outlet"),
        many(scores["article"].nunique(), "article")
        + (f" on {many(topics, 'topic')}" if topics else ""),
        f"{many(scores['words'].sum(), 'word')}; {_period(part.articles['date'])}",
    ]
    first = "; ".join([*sides, ", ".join(parts)])
    return " ".join(filter(None, [f"{first}.", part.note, left, _how(contrasts, by), measured]))


def dictionary(lexicon: Lexicon | None) -> str:
    """Return the name of a lexicon, and whether it is a changed one; empty for the built-in one."""
    if lexicon is None or lexicon.hash == built_in().hash:
        return ""
    return f"{lexicon.name}, changed" if lexicon.name == built_in().name else lexicon.name


def group_sizes(groups: pd.DataFrame) -> list[str]:
    """Return every group of outlets with its size, as ``framing.compare_groups`` has them."""
    sizes = {
        name: n
        for side in "ab"
        for name, n in zip(groups[f"group_{side}"], groups[f"outlets_{side}"], strict=True)
    }
    return [f"{name} ({many(n, 'outlet')})" for name, n in sizes.items()]


def _period(dates: pd.Series[pd.Timestamp]) -> str:
    days = dates.dropna()
    if days.empty:
        return "no dates known"
    undated = f" ({len(dates) - len(days):,} without a date)" if len(days) < len(dates) else ""
    return span(days, written_day) + undated


def _how(contrasts: pd.DataFrame | None, by: str) -> str:
    if contrasts is None or contrasts.empty:
        return ""
    nouns = "outlets" if by == "outlet" else f"values of {label(by)}"
    who = f"Every two {nouns} compared"
    if contrasts["outlet_b"].eq(OTHERS).all():
        each = contrasts["outlet_a"].unique()
        who = f"{each[0] if len(each) == 1 else f'Each {label(by)}'} against the mean of the others"
    elif len(contrasts[["outlet_a", "outlet_b"]].drop_duplicates()) == 1:
        who = f"{contrasts['outlet_a'].iloc[0]} and {contrasts['outlet_b'].iloc[0]} compared"
    if contrasts["p"].isna().all():
        return "Nothing could be tested."
    method = str(contrasts["method"].iloc[0])
    mixed = "" if by == "outlet" else " Outlets are not held constant: who wrote may differ, too."
    if method.startswith("Within events"):
        return f"{who}, event by event ({span(contrasts['events'], of='event')}).{mixed}"
    topics = method.startswith("Within topics")
    about = " within topics" if topics else ", whatever they are about"
    return f"{who}, article against article{about}.{mixed}"


def overview(scores: pd.DataFrame, *, by: str = "outlet", top: int = 20) -> pd.DataFrame:
    """Count the articles, paragraphs and words of every outlet.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``.
    by : str, default "outlet"
        The column whose values are the rows.
    top : int, default 20
        Largest number of rows: the outlets with the most articles.

    Returns
    -------
    DataFrame
        In alphabetical order: ``by``, numbers of ``articles``, ``paragraphs`` and ``words``, and
        the dates of the ``first`` and ``last`` article.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": "A", "article": ["1", "1"], "text": "…", "words": [9, 5],
    ...                        "date": pd.Timestamp("2031-04-22")})
    >>> overview(scores).iloc[:, :4].to_numpy().tolist()
    [['A', 1, 2, 14]]
    """
    check_columns(scores, [by, "article", "date", "words"], kind=SCORES)
    check_whole("top", top, least=1)
    check_once(scores, by)
    counts = {"articles": ("article", "nunique"), "paragraphs": ("article", "size")}
    rows = (
        scores.assign(date=dates_of(scores))
        .groupby(by)
        .agg(**counts, words=("words", "sum"), first=("date", "min"), last=("date", "max"))
    )
    most = rows.sort_values("articles", ascending=False, kind="stable").head(top)
    return most.sort_index().reset_index()


def extremes(levels: pd.DataFrame, measure: str) -> list[str]:
    """Return the outlets with the highest and the lowest level of a measure.

    Parameters
    ----------
    levels : DataFrame
        As returned by ``framing.levels``.
    measure : str
        One of its measures.

    Returns
    -------
    list of str
        Two names, or one if there is one outlet or all levels read alike; of those with 10
        articles or more, if there are two, as in ``framing.findings``.

    Examples
    --------
    >>> levels = pd.DataFrame({"measure": "hedge", "outlet": list("ABC"), "mean": [1.0, 3.0, 2.0],
    ...                        "articles": [10, 2, 11]})
    >>> extremes(levels, "hedge")
    ['C', 'A']
    """
    check_columns(levels, ["measure", "articles", "mean"], kind=LEVELS)
    check_known([measure], list(levels["measure"].unique()))
    by = levels.columns[1]
    rows = levels[levels["measure"] == measure].sort_values("mean", ascending=False, kind="stable")
    return list(ends_of(measure, rows, by).index) or list(rows[by][:1])


def examples(
    scores: pd.DataFrame,
    *,
    outlets: str | Sequence[str] | None = None,
    by: str = "outlet",
    measures: str | Sequence[str] = PRIMARY[:2],
) -> pd.DataFrame:
    """Return from each outlet the paragraph of 25 words and more with most hedging and alarm.

    Most are the most hits for the length of the paragraph.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``.
    outlets : str or sequence of str, optional
        Outlets to take paragraphs from, in this order; all by default, in natural order.
    by : str, default "outlet"
        Column with the outlets.
    measures : str or sequence of str, default hedge and alarm
        Measures whose hits are counted.

    Returns
    -------
    DataFrame
        Rows of ``scores``, one per outlet, of paragraphs of the body with 25 words and more; of
        those that tie, the first by article and paragraph.
    """
    check_columns(scores, [by, "article", "paragraph", "role", "words"], kind=SCORES)
    wanted = listed(sorted(set(scores[by]), key=natural) if outlets is None else outlets)
    if unknown := [name for name in wanted if name not in set(scores[by])]:
        raise ValueError(
            f"no {printable(by)} {unknown[0]!r}; the scores have {spelled(sorted(set(scores[by])))}"
        )
    body = scores[scores["role"].isin(BODY) & (scores["words"] >= LEAST_WORDS)]
    chosen = listed(measures)
    if chosen != [*PRIMARY[:2]]:  # which other dictionaries may lack
        check_known(chosen, list(scores.columns))
    hits = body[[name for name in chosen if name in body]].sum(axis=1)
    ranked = body.assign(_density=hits / body["words"])
    order = ["_density", "article", "paragraph"]
    ranked = ranked.sort_values(order, ascending=[False, True, True], kind="stable")
    first = ranked.drop_duplicates(by).drop(columns="_density").set_index(by, drop=False)
    return first.loc[[name for name in wanted if name in first.index]].reset_index(drop=True)
