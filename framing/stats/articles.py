"""The unit of every comparison: paragraphs summed up per article."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.checks import (
    SCORES,
    check_columns,
    check_filled,
    check_once,
    check_same_articles,
    dates_of,
    of_roles,
    texts_of,
    without_copies,
)
from framing.schema import BODY, TONES, listed
from framing.stats import checks
from framing.stats.measures import ABOUT, MEASURED, chosen_measures
from framing.text.encoding import printable
from framing.text.numbers import many

_NAMED = 5  # groups that a warning names


def per_article(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
    whole: bool = True,
) -> pd.DataFrame:
    """Sum up the paragraphs of every article.

    ``by``, ``measures`` and ``roles`` are those of ``levels``; of a table that is not the ``whole``
    one that a user gave, nobody asks whether rows were dropped. Paragraphs without a word are left
    out, and so are articles whose column ``copy_of`` or ``version_of``, if there is one, says of
    which other article they are a copy or a later version; a warning names groups of which nothing
    is left. All measures are ``hedge``, ``alarm``,
    ``boost``, ``tone``, and then every other column of counts that stands after ``sentences``.

    Returns
    -------
    DataFrame
        Sorted by ``by`` and ``article``: these two; ``event`` and ``topic`` (empty if unknown);
        ``date``, if there is one; ``words``; ``content``, a fingerprint of the texts; and one
        column per measure. Cues are counted per 100 words of the article, 0 where there is none; a
        score of VADER is the mean over the article's paragraphs, each counting the same.

    Raises
    ------
    ValueError
        If columns are missing or empty, a measure is unknown, no paragraph has such a role, or
        cues are to be counted in headlines alone.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": "A", "article": "1", "role": "body",
    ...                        "words": [40, 10], "hedge": [1, 0], "tone": [0.5, 0.1]})
    >>> per_article(scores)[["words", "hedge", "tone"]].values.tolist()
    [[50.0, 2.0, 0.3]]
    """
    needed = (by, "article", "role", "words")
    check_columns(scores, needed, kind=SCORES)
    if by in ABOUT:
        raise ValueError(
            f"by={by!r}: this column tells what articles are about, and outlets are compared "
            "within it; compare by a column of another name: "
            f"scores.assign(group=scores[{by!r}], {printable(by)}='')"
        )
    if by in MEASURED:
        raise ValueError(f"by must be a column of groups of articles, such as outlet, got {by!r}")
    chosen = chosen_measures(scores, measures, by)
    _check_scores(scores, by, chosen, roles)
    if whole:
        checks.check_dropped(scores, chosen)
    used = [name for name in scores if name in {*needed, *ABOUT, *chosen, "date"}]
    rows = without_copies(of_roles(scores.loc[scores["words"] > 0, used], roles))
    known = {n: texts_of(rows[n]) if n in rows else "" for n in ("event", "topic", "text")}
    rows = _as_numbers(rows, ["words", *chosen]).assign(**known, **{by: rows[by].astype(str)})
    checks.check_one_each(rows, by)
    if whole:
        _tell_left_out(scores, rows, by, roles)
    # of articles with the same texts, the sums of their hashes are the same
    hashes = pd.util.hash_pandas_object(rows["text"], index=False, categorize=False).to_numpy()
    content = np.where(rows["text"] == "", np.uint64(0), hashes)
    return _summed(rows.assign(content=content), by, chosen).reset_index()


def _summed(rows: pd.DataFrame, by: str, measures: list[str]) -> pd.DataFrame:
    """Return what every article is about, its words, and how much of each measure it has."""
    groups = rows.groupby([by, "article"])
    first = {name: (name, "max") for name in ("event", "topic")}
    first |= {"date": ("date", "min")} if "date" in rows and by != "date" else {}
    articles = groups.agg(**first, words=("words", "sum"), content=("content", "sum"))
    counts = groups[[name for name in measures if name not in TONES]].sum()
    checks.check_density(articles["words"], counts)
    density = 100 * counts.div(articles["words"], axis=0)
    # in order of value: the last digit of a sum hangs on the order
    tones = rows[[name for name in measures if name in TONES]].assign(number=groups.ngroup())
    means = {
        name: tones.sort_values(name).groupby("number")[name].mean().to_numpy()
        for name in tones.columns[:-1]
    }
    return pd.concat([articles, density, pd.DataFrame(means, articles.index)], axis=1)


def _tell_left_out(
    scores: pd.DataFrame, rows: pd.DataFrame, by: str, roles: str | Sequence[str]
) -> None:
    """Warn of groups of which no paragraph is compared."""
    known = {*rows[by].unique()}
    if not (lost := [name for name in scores[by].unique() if str(name) not in known]):
        return
    table = scores[scores[by].isin(lost)]
    number = table.groupby(by, observed=True)["article"].nunique()
    spoken = table.loc[(table["words"] > 0) & table["role"].isin(listed(roles)), by]
    for names, why in (
        (number[~number.index.isin(spoken)], f"no words in {' or '.join(listed(roles))}"),
        (number[number.index.isin(spoken)], "nothing but copies or versions of other articles"),
    ):
        if len(names):
            named = [f"{name} ({many(n, 'article')})" for name, n in names.items()]
            more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
            text = f"{by} left out, with {why}: {', '.join(named[:_NAMED])}{more}"
            warnings.warn(text, stacklevel=4)


def _check_scores(
    scores: pd.DataFrame, by: str, measures: list[str], roles: str | Sequence[str]
) -> None:
    """Raise an error if outlets, paragraphs or counts cannot be what is compared."""
    cues = [name for name in measures if name not in TONES]
    if cues and set(listed(roles)) == {"headline"}:
        raise ValueError(
            f"{cues[0]} per 100 words of headlines says little: a headline has about ten words, "
            "and one cue makes 10 per 100; compare how many have a cue at all with "
            "framing.headlines(framing.headline_gaps(scores, cues)), or ask for measures='tone'"
        )
    check_filled(scores, "article")
    checks.check_groups(scores, by)
    checks.check_merged(scores)
    check_once(scores, by)
    checks.check_one_outlet(scores)
    checks.check_words(scores)
    checks.check_measures(scores, measures)


def _as_numbers(rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return columns of numbers in the kinds of NumPy, whatever they were kept in."""
    kinds = {name: "float64" if name in TONES else "int64" for name in names}
    other = {name: kind for name, kind in kinds.items() if rows[name].dtype != kind}
    return rows.astype(other) if other else rows  # without need, columns would be parted


def repeats(articles: pd.DataFrame, by: str) -> dict[str, str]:
    """Note for every outlet how many of its articles repeat another one of it word for word."""
    if "content" not in articles:  # gaps of headlines
        return {}
    again = articles["content"].ne(0) & articles.duplicated([by, "content"])
    return {
        name: f"{many(n, 'article')} of {name} {'repeats' if n == 1 else 'repeat'} another one of "
        "it word for word"
        for name, n in articles.loc[again, by].value_counts().items()
    }


def article_levels(
    scores: pd.DataFrame, articles: pd.DataFrame, *, measures: str | Sequence[str] | None = None
) -> pd.DataFrame:
    """Return how much of each measure every article has, the oldest first.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``.
    articles : DataFrame
        The articles of a corpus: ``article``, ``date``, ``title``, and any other columns.
    measures : str or sequence of str, optional
        As for ``levels``.

    Returns
    -------
    DataFrame
        One row per measure and article: ``measure``, ``article``, ``date`` (NaT if unknown),
        ``title``, ``words``, ``count`` (of cues; NaN for tone), ``value`` (cues per 100 words, or
        the mean tone of its paragraphs, −1 to 1), ``z``: how many standard deviations that is above
        the mean of all articles; then the other columns of ``articles`` (``outlet``, ``event``,
        …) unless they have the name of one of these. Copies and later versions are left out where
        ``scores`` has ``copy_of`` and ``version_of``.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": "A", "article": ["1", "2"], "role": "body",
    ...                        "words": 100, "hedge": [3, 1]})
    >>> about = pd.DataFrame({"article": ["1", "2"], "date": pd.NaT, "title": ["x", "y"]})
    >>> article_levels(scores, about)[["article", "value"]].values.tolist()
    [['1', 3.0], ['2', 1.0]]
    """
    check_columns(articles, ["article", "date", "title"], kind="articles, such as corpus.articles")
    check_columns(scores, ["article"], kind=SCORES)
    check_same_articles(scores, articles, ("scores", "articles"))
    chosen = chosen_measures(scores, measures)
    values = per_article(scores, measures=chosen)
    own = ["measure", "article", "date", "title", "words", "count", "value", "z"]
    rest = [name for name in articles if name not in {*own, *chosen}]
    about = articles[["article", "date", "title", *rest]].drop_duplicates("article")
    about = about.assign(date=dates_of(about))
    table = values[["article", "words", *chosen]].merge(about, on="article", how="left")
    table = table.sort_values(["date", "article"], kind="stable")
    tables = [
        table[["article", "date", "title", "words", *rest]].assign(
            measure=name,
            count=np.nan if name in TONES else (table[name] * table["words"] / 100).round(),
            value=table[name],
            z=(table[name] - table[name].mean()) / (table[name].std() or np.nan),
        )
        for name in chosen
    ]
    return pd.concat(tables, ignore_index=True)[own + rest]


def stacked(tables: list[pd.DataFrame], measures: list[str]) -> pd.DataFrame:
    """Stack tables, all rows of one measure together, in the order of the measures."""
    table = pd.concat(tables)
    place = table["measure"].map(measures.index)
    return table.iloc[place.argsort(kind="stable")].reset_index(drop=True)
