"""The tables: their columns, roles and measures, and the checks on them. Read this file first."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import pandas as pd

ARTICLE_COLUMNS = [
    "article", "outlet", "date", "title", "event", "topic", "url", "byline", "language",
    "agency", "body_status", "source", "version_of",
]  # fmt: skip
PARAGRAPH_COLUMNS = [
    "article", "outlet", "date", "event", "paragraph", "role", "text", "words",
]  # fmt: skip
AUDIT_COLUMNS = [
    "source", "article", "block", "outcome", "reason", "blocks", "kept", "encoding",
]  # fmt: skip
CUE_COLUMNS = [
    "article", "paragraph", "sentence", "start", "end", "match", "category", "tag", "entry",
    "voice", "negated", "attenuated", "counted", "rule",
]  # fmt: skip
# What is scored: furniture, captions and related headlines are in the table of paragraphs only.
SCORED_ROLES = ("headline", "standfirst", "body")
BODY = ("standfirst", "body")
PRIMARY = ("hedge", "alarm", "boost")
TONES = ("neg", "neu", "pos", "compound", "tone", "tone_masked")
# What tables and figures call measures, categories and columns, where "_" as a space would not do.
LABELS = {
    "hedge": "hedging", "boost": "boosters", "tone_masked": "tone without cues",
    "epi_modal": "modal verbs", "prob": "likelihood", "evid": "evidence", "approx": "approximation",
    "attrib": "attribution", "cond": "conditions", "conflict_esc": "conflict",
    "conflict_deesc": "peace", "warn": "warnings",
    "outlet_a": "first outlet", "outlet_b": "second outlet", "articles_a": "articles of the first",
    "articles_b": "articles of the second", "words_a": "words of the first",
    "words_b": "words of the second", "article_a": "first article", "article_b": "second article",
    "estimate": "difference", "low": "from", "high": "to", "ratio_low": "from", "ratio_high": "to",
    "p_adjusted": "adjusted p", "p_equivalent": "p of equivalence", "detectable": "detectable size",
    "own_voice": "own voice", "match": "words",
}  # fmt: skip
SCORES = "scores, as framing.score(corpus.paragraphs) returns them"
_FILLED = {"outlet": "unknown", "date": pd.NaT, "event": "", "role": "body"}


def complete(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Fill the columns of the table of paragraphs that are missing."""
    if "text" not in paragraphs:
        came = ", ".join(map(str, paragraphs.columns))
        raise ValueError(f"paragraphs need a column 'text'; this table has: {came}")
    table = paragraphs.reset_index(drop=True).copy()
    if "article" not in table:
        table = table.assign(article="")
    if "paragraph" not in table:
        table = table.assign(paragraph=range(len(table)))
    missing = {name: value for name, value in _FILLED.items() if name not in table}
    return table.assign(**missing)


def identified(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Article and place of every paragraph; the row's place where it has no name."""
    n = len(paragraphs)
    return pd.DataFrame(
        {
            "article": paragraphs.get("article", pd.Series([""] * n, dtype=str)).array,
            "paragraph": paragraphs.get("paragraph", pd.Series(range(n), dtype="int64")).array,
        }
    )


def check_columns(table: pd.DataFrame, names: Sequence[str], *, kind: str) -> None:
    """Raise an error if a column is missing; ``kind`` says what the table should be."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"expected a DataFrame of {kind}, got {type(table).__name__}")
    missing = [name for name in names if name not in table]
    if missing:
        raise ValueError(
            f"no column {', '.join(map(repr, missing))}: expected a table of {kind}; "
            f"this one has the columns {', '.join(map(str, table.columns))}"
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


def of_roles(table: pd.DataFrame, roles: str | Sequence[str]) -> pd.DataFrame:
    """Take the paragraphs of some roles; it is an error if there are none."""
    rows = table[table["role"].isin(listed(roles))]
    if rows.empty:
        there = ", ".join(sorted(map(str, table["role"].unique()))) or "no row at all"
        asked = ", ".join(listed(roles))
        raise ValueError(f"no paragraph with words has role {asked}; the table has: {there}")
    return rows


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


def label(name: object) -> str:
    """Return what a measure, a category or a column is called in figures and tables.

    Examples
    --------
    >>> label("epi_modal"), label("p_adjusted"), label("my_category")
    ('modal verbs', 'adjusted p', 'my category')
    """
    return LABELS.get(str(name), str(name).replace("_", " "))
