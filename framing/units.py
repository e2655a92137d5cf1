"""The unit of every comparison: paragraphs summed up per article."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import pandas as pd

PRIMARY = ("hedge", "alarm", "boost")
TONES = ("neg", "neu", "pos", "compound", "tone", "tone_masked")
BODY = ("standfirst", "body")
_NOT_CUES = {"paragraph", "words", "sentences"}


def per_article(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    measures: str | Sequence[str] | None = None,
    roles: str | Sequence[str] = BODY,
) -> pd.DataFrame:
    """Sum up the paragraphs of every article.

    Parameters
    ----------
    scores : DataFrame
        As ``framing.score`` returns it.
    by : str, default "outlet"
        The column whose values are compared.
    measures : str or sequence of str, optional
        Columns of ``scores``: counts of cues, or numbers of VADER's. By default ``hedge``,
        ``alarm``, ``boost``, ``tone``, and then every other column of counts that stands after
        ``sentences``.
    roles : str or sequence of str, default ("standfirst", "body")
        The paragraphs that are taken; those without a word are left out.

    Returns
    -------
    DataFrame
        Sorted by ``by`` and ``article``: these two; ``event`` (empty if unknown); ``words``; and
        a column a measure. Cues are counted per 100 words of the article, 0 where there is none;
        a number of VADER's is the mean over the article's paragraphs, each counting the same.

    Raises
    ------
    ValueError
        If columns are missing or empty, a measure is unknown, or no paragraph has such a role.

    Examples
    --------
    >>> scores = pd.DataFrame({"outlet": "A", "article": "1", "role": "body",
    ...                        "words": [40, 10], "hedge": [1, 0], "tone": [0.5, 0.1]})
    >>> per_article(scores)[["words", "hedge", "tone"]].values.tolist()
    [[50.0, 2.0, 0.3]]
    """
    needed = (by, "article", "role", "words")
    check_columns(scores, needed, kind="scores, as framing.score(paragraphs) returns it")
    check_filled(scores, by, "article")
    chosen = chosen_measures(scores, measures)
    rows = of_roles(scores[scores["words"] > 0], roles)
    event = rows["event"].fillna("").astype(str) if "event" in rows else ""
    rows = rows.assign(event=event, **{by: rows[by].astype(str)})
    articles = rows.groupby([by, "article"]).agg(event=("event", "max"), words=("words", "sum"))
    for measure in chosen:
        if measure in TONES:  # in order of value: the last digit of a sum hangs on the order
            mean = rows.sort_values(measure).groupby([by, "article"])[measure].mean()
            articles[measure] = mean
        else:
            total = rows.groupby([by, "article"])[measure].sum()
            articles[measure] = 100 * total / articles["words"]
    return articles.reset_index()


def chosen_measures(scores: pd.DataFrame, measures: str | Sequence[str] | None) -> list[str]:
    """Return the measures that are asked for, or all that there are, in a fixed order."""
    columns = list(scores.columns)
    start = columns.index("sentences") if "sentences" in columns else 0
    cues = [
        name
        for name in columns[start:]
        if pd.api.types.is_integer_dtype(scores[name]) and name not in _NOT_CUES
    ]
    if measures is None:
        first = [name for name in (*PRIMARY, "tone") if name in columns]
        return first + [name for name in cues if name not in first]
    allowed = [name for name in columns if name in {*cues, *TONES}]
    check_known(listed(measures), allowed)
    return list(dict.fromkeys(listed(measures)))


def check_known(names: Sequence[str], allowed: Sequence[str]) -> None:
    """Raise an error that names the nearest measure if one of ``names`` is not allowed."""
    for name in names:
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise ValueError(f"no measure {name!r}: {hint}There are: {', '.join(allowed)}")


def listed(names: str | Sequence[str]) -> list[str]:
    """Return a list of names, also when one name came alone."""
    return [names] if isinstance(names, str) else list(names)


def of_roles(table: pd.DataFrame, roles: str | Sequence[str]) -> pd.DataFrame:
    """Take the paragraphs of some roles; it is an error if there are none."""
    rows = table[table["role"].isin(listed(roles))]
    if rows.empty:
        there = ", ".join(sorted(map(str, table["role"].unique()))) or "no row at all"
        asked = ", ".join(listed(roles))
        raise ValueError(f"no paragraph with words has role {asked}; the table has: {there}")
    return rows


def check_columns(table: pd.DataFrame, names: Sequence[str], *, kind: str) -> None:
    """Raise an error if a column is missing; ``kind`` says what the table should be."""
    missing = [name for name in names if name not in table]
    if missing:
        came = ", ".join(map(str, table.columns))
        raise ValueError(
            f"no column {', '.join(map(repr, missing))}: the table must be one of {kind}; "
            f"this one has: {came}"
        )


def check_filled(table: pd.DataFrame, *names: str) -> None:
    """Raise an error that names the first row in which one of the columns is empty."""
    for name in names:
        empty = table[name].isna() | table[name].astype(str).eq("")
        if empty.any():
            raise ValueError(
                f"column {name!r} is empty in {empty.sum()} rows, first in row "
                f"{empty.to_numpy().argmax()}: fill it, or drop these rows"
            )
