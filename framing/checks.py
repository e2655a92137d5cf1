"""Tables as they are given: completed and checked; an error says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from numbers import Real
from typing import Any

import pandas as pd

from framing.arguments import as_value, spelled
from framing.schema import OTHERS, ROLES, UNKNOWN_OUTLET, listed

# What a table should be, in errors.
ARTICLES = "articles, as framing.read_corpus returns them"
CONTRASTS = "contrasts, as framing.compare returns them"
EVENT_PAIRS = "pairs, as framing.event_pairs returns them"
LEVELS = "levels, as framing.levels returns them"
SCORES = "scores, as framing.score(corpus.paragraphs) returns them"
CUES = "cues, as framing.find_cues(corpus.paragraphs) returns them"
# How a cell reads that was empty when its column was turned into text.
EMPTY = frozenset({"", "nan", "<NA>", "NaT"})
MARKS = ("copy_of", "version_of")  # of articles that are not compared, filled with the other's id
NO_ARTICLE = ""  # in the column of rows that are texts of their own
_NO_DAY = re.compile(r"(?!\d{8}$)\d+(\.\d*)?|\d{4}[-/]\d{1,2}")
_FILLED = {"outlet": UNKNOWN_OUTLET, "date": pd.NaT, "event": "", "role": "body"}


def as_pandas(table: Any) -> Any:
    """Return a table that exports Arrow, as one of polars does, as a DataFrame; else what it is."""
    if isinstance(table, pd.DataFrame) or not hasattr(table, "__arrow_c_stream__"):
        return table
    import pyarrow as pa  # slow to import

    try:
        return pa.table(table).to_pandas()
    except pa.ArrowInvalid:  # a single column
        return table


def complete(paragraphs: Any) -> pd.DataFrame:
    """Return a table of paragraphs with the columns that were missing."""
    paragraphs = as_pandas(paragraphs)
    if isinstance(paragraphs, pd.DataFrame):
        paragraphs = paragraphs.reset_index(drop=True)
    check_columns(paragraphs, ["text"], kind="paragraphs, as framing.read_corpus(path).paragraphs")
    filled = {"article": NO_ARTICLE, "paragraph": range(len(paragraphs))} | _FILLED
    missing = {name: value for name, value in filled.items() if name not in paragraphs}
    return paragraphs.join(pd.DataFrame(missing, index=paragraphs.index))


def check_columns(table: pd.DataFrame, names: Sequence[object], *, kind: str) -> None:
    """Raise an error unless something is a table, of such a ``kind``, with these columns."""
    if not isinstance(table, pd.DataFrame):
        hint = ": pass its paragraphs, corpus.paragraphs" if hasattr(table, "paragraphs") else ""
        if type(table).__name__ == "Series":
            hint = ": pass a table with this column, texts.to_frame('text')"
        elif hasattr(table, "__arrow_c_stream__"):
            hint = " that is not from pandas: pass table.to_pandas()"
        raise TypeError(f"expected a table of {kind}, got {as_value(table)}{hint}")
    if wrong := [name for name in names if not isinstance(name, str | int)]:
        raise TypeError(f"expected the name of one column, got {as_value(wrong[0])}")
    if both := [name for name in table.index.names if name is not None and name in table]:
        raise ValueError(
            f"the index and a column both have the name {both[0]!r}: pass "
            "table.reset_index(drop=True)"
        )
    if missing := [name for name in names if name not in table]:
        found = spelled(table.columns) or "none"
        if "group_a" in table:
            found += "; groups of outlets are shown with framing.table and framing.steps, their "
            found += "levels with framing.plot_summary(framing.levels(scores, by=column))"
        raise ValueError(
            f"no column {', '.join(map(repr, missing))}: expected a table of {kind}; "
            f"the columns of this one are: {found}"
        )
    if len(twice := table.columns[table.columns.duplicated()]):
        raise ValueError(f"two columns have the name {twice[0]!r}: rename or drop one of them")


def check_same_ids(table: pd.DataFrame, other: pd.DataFrame) -> None:
    """Raise an error if articles are numbers in one table and texts in the other."""
    ids, others = table["article"], other["article"]
    if len(ids) and len(others) and (ids.dtype.kind in "iuf") != (others.dtype.kind in "iuf"):
        raise ValueError(
            f"column 'article' holds {as_value(ids.iloc[0])} in one table, and "
            f"{as_value(others.iloc[0])} in the other: read both with dtype={{'article': str}}"
        )


def check_same_articles(table: pd.DataFrame, other: pd.DataFrame, kinds: Sequence[str]) -> None:
    """Raise an error if two tables, which ``kinds`` name, have no article in common."""
    check_same_ids(table, other)
    if len(table) and len(other) and not table["article"].isin(other["article"].unique()).any():
        raise ValueError(
            f"{kinds[0]} are of other articles than {kinds[1]}, such as "
            f"{table['article'].iloc[0]!r}: give tables of the same corpus"
        )


def check_outlets(table: pd.DataFrame, known: Iterable[object], kind: str) -> None:
    """Raise an error if contrasts name an outlet that the table they describe does not have."""
    names = {str(name) for name in known} | {OTHERS}
    for name in pd.unique(table[["outlet_a", "outlet_b"]].to_numpy().ravel()):
        if str(name) not in names:
            raise ValueError(
                f"contrasts name {name!r}, which {kind} do not have: give those of the same "
                "articles, compared by the same column"
            )


def dates_of(table: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Return the column ``date`` as it stands in the source, in whatever time zone it was written.

    Text must be as 2024-03-29: 04/03/2024 could be one of two days, and a year is none.
    """
    column = table["date"]
    try:
        if not pd.api.types.is_datetime64_any_dtype(column):
            known = column.dropna()
            if (wrong := ~known.map(is_day)).any():
                raise ValueError(f"got {as_value(known[wrong].iloc[0])} ({wrong.sum():,} in all)")
        dates = pd.to_datetime(column, format="ISO8601")
    except (ValueError, TypeError) as error:
        reason = str(error).partition(". You might")[0].partition("\n")[0]
        reason = reason if reason.isprintable() else repr(reason)  # it names a cell
        raise ValueError(
            f"column 'date' must hold dates such as 2024-03-29, of one time zone if any: {reason}; "
            "framing.read_corpus reads dates of many forms"
        ) from None
    return dates.dt.tz_localize(None)


def is_day(value: object) -> bool:
    """Return whether a date has a day: a year, a month and a number of seconds have none.

    >>> [is_day(x) for x in ("2024-03-29", "20240329", 2024.0, "2024", "2024-03", 20240329)]
    [True, True, False, False, False, False]
    """
    return not isinstance(value, Real) and not _NO_DAY.fullmatch(str(value))


def check_roles(paragraphs: pd.DataFrame) -> None:
    """Raise an error if a role is none of ours: the row would be left out, as captions are."""
    if (bad := ~paragraphs["role"].isin(ROLES)).any():
        row = paragraphs[bad].iloc[0]
        raise ValueError(
            f"{place_of(row)}: role must be one of {', '.join(ROLES)}, got "
            f"{as_value(row['role'])} ({bad.sum()} in all)"
        )


def place_of(row: pd.Series[Any]) -> str:
    """Return how an error names a row of paragraphs; its name is the number in the index."""
    if not has_article(row.reindex(["article"])).all():
        return f"row {row.name}"
    paragraph = f", paragraph {spelled([row['paragraph']])}" if "paragraph" in row else ""
    return f"row {row.name} (article {row['article']!r}{paragraph})"


def has_article(articles: pd.Series[Any]) -> pd.Series[bool]:
    """Return which rows are of an article, by its id; the others are texts of their own."""
    return articles.notna() & ~articles.isin([NO_ARTICLE])


def check_filled(table: pd.DataFrame, *names: str) -> None:
    """Raise an error that names the first row in which one of the columns is empty."""
    for name in names:
        empty = table[name].isna() | table[name].astype(str).str.strip().isin(EMPTY)
        if empty.any():
            row = empty.to_numpy().argmax()
            hint = "; texts without an article are compared as scores.assign(article=scores.index)"
            raise ValueError(
                f"column {name!r} is empty in {empty.sum()} rows, first in row {row}, which holds "
                f"{as_value(table[name].iloc[row])}: fill it, or drop these rows; pandas reads a "
                "name such as 'NA' as empty without keep_default_na=False"
                f"{hint if name == 'article' else ''}"
            )


def check_once(
    table: pd.DataFrame, *groups: str, kind: str = "scores", of: Sequence[str] = ("paragraph",)
) -> None:
    """Raise an error if a paragraph of an article is there twice (in one of the ``groups``).

    ``of`` are the columns that tell the rows of an article apart, where these are no paragraphs.
    """
    if not {*of} <= {*table}:
        return
    twice = table.duplicated(list(dict.fromkeys([*groups, "article", *of])))
    if twice.any():
        row = table[twice.to_numpy()].iloc[0]
        raise ValueError(
            f"{twice.sum()} rows of {kind} repeat a {of[-1]}, first {of[-1]} "
            f"{spelled([row[of[-1]]])} of article {row['article']!r}: was a table added twice, or "
            "has one article the id of another? Drop the rows, or give the articles ids of "
            "their own"
        )


def check_each_of_one(pairs: pd.DataFrame, wrong: pd.Series[bool]) -> None:
    """Raise an error if an article is of two outlets; ``pairs`` are the outlets of each article."""
    if wrong.any():
        article = pairs.loc[wrong, "article"].iloc[0]
        both = sorted(map(str, pairs.loc[pairs["article"] == article, "outlet"]))
        raise ValueError(
            f"article {article!r} has two values of 'outlet', {both[0]!r} and {both[1]!r}: give "
            "all its paragraphs one of them, or two articles ids of their own"
        )


def check_numbered(table: pd.DataFrame) -> None:
    """Raise an error unless paragraphs are numbers: of texts, 10 comes before 2."""
    if pd.api.types.is_string_dtype(numbers := table["paragraph"]):
        raise ValueError(f"column 'paragraph' must hold numbers, got {as_value(numbers.iloc[0])}")


def of_roles(table: pd.DataFrame, roles: str | Sequence[str]) -> pd.DataFrame:
    """Return the paragraphs with some roles; raise an error if there are none."""
    if wrong := [role for role in listed(roles) if role not in ROLES]:
        raise ValueError(f"roles must be from {', '.join(ROLES)}, got {wrong[0]!r}")
    check_roles(table)
    rows = table[table["role"].isin(listed(roles))]
    if rows.empty:
        known = spelled(sorted(map(str, table["role"].unique()))) or "no row at all"
        hint = (
            ": give short texts, such as posts, to framing.score without reading them as articles"
        )
        raise ValueError(
            f"no paragraph with words has role {', '.join(listed(roles))}; the table has: {known}"
            f"{hint if known == 'headline' else ''}"
        )
    return rows


def texts_of(column: pd.Series[Any]) -> pd.Series[str]:
    """Return texts without space around them, empty where there is nothing."""
    known = column if isinstance(column.dtype, pd.StringDtype) else column.astype(object)
    texts = known.where(column.notna(), "").astype(str).str.strip()
    return texts.where(~texts.isin(EMPTY | {"None"}), "")


def copied_from(table: pd.DataFrame) -> pd.Series[str]:
    """Return of which other article each is a copy or a later version; empty if of none."""
    found = pd.Series("", index=table.index)
    for marks in (texts_of(table[name]) for name in MARKS if name in table):
        found = found.mask(found == "", marks)
    return found


def is_copy(table: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows are of articles that are copies, or later versions, of another one."""
    return copied_from(table) != ""


def without_copies(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are compared and counted: those of articles that are no copies."""
    kept = table[~is_copy(table)]
    if kept.empty and len(table):
        names = " or ".join(repr(name) for name in MARKS if name in table)
        raise ValueError(
            f"column {names} is filled in all rows, first with {copied_from(table).iloc[0]!r}: it "
            "must be empty for articles that are copies of no other one"
        )
    return kept
