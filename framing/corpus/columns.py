"""A table of what became of every column of the source."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from framing.arguments import nearest
from framing.corpus.readers import Column, Found, file_of, number_of_rows
from framing.corpus.readers.columns import (
    FILE_NAME,
    MAYBE_DATE,
    MAYBE_PARTS,
    MAYBE_TEXT,
    MAYBE_TITLE,
)
from framing.corpus.readers.spreadsheets import HIDDEN
from framing.corpus.whole_tables import AGAIN, group_of
from framing.schema import ARTICLE_COLUMNS, MAPPING_COLUMNS, UNKNOWN_OUTLET
from framing.text.encoding import printable
from framing.text.numbers import many

_NO_DATE = (
    r"('[^']*'|\"[^\"]*\"): "
    r"(day or month first\?[^;]*|days since[^;]*|no (?:day|date|year|such day)[^;]*)"
)
BREAKS_OFF = "its text ends in an ellipsis"  # reason in the audit
_FEWEST_BROKEN = 5  # fewer texts may end so by chance
_TITLE = re.compile(r"title|headline|titel|titre|título|titolo|schlagzeile", re.IGNORECASE)
_OTHER_LANGUAGE = re.compile(r"language '([a-z]{2})'")
_MOST_LINES = 20  # of inputs, where none could be read
_MOST_NAMED = 50  # columns in a line
# What is said of a column by how it was decided.
_DOUBTS = {
    MAYBE_TEXT: "no text ({0!r} may be it: columns={{'text': {0!r}}} reads it)",
    MAYBE_TITLE: "no title ({0!r} may be it: columns={{'title': {0!r}}} reads it)",
    MAYBE_DATE: "no date ({0!r} has dates, but by its name not those of publication: "
    "columns={{'date': {0!r}}} takes them)",
    MAYBE_PARTS: "each row an article (where {0!r} repeats they may be its paragraphs: if so, name "
    "it in a column article_id and number them in a column paragraph_id)",
}
_CERTAIN = ("name", "given", "carried")  # the rest is guessed


def columns_table(found: Sequence[Found]) -> pd.DataFrame:
    """Return which columns of which files hold which field.

    Returns
    -------
    DataFrame
        One row per column of each kind of file: ``file`` (the first one), ``files`` (how many have
        the same columns), ``column``, ``field`` (the field, or the name of the column in
        ``articles``), ``how`` (given, name, similar name, content, carried, …), ``rows``.
    """
    rows: dict[tuple[Column, ...], dict[str, int]] = {}
    for f in found:
        if f.mapped:
            files = rows.setdefault(f.mapped, {})
            group = group_of(f.source)
            files[group] = files.get(group, 0) + number_of_rows(f.source)
    listed = [
        (min(files), len(files), *column, sum(files.values()))
        for mapped, files in sorted(rows.items(), key=lambda kind: min(kind[1]))
        for column in mapped
    ]
    numbers = dict.fromkeys(("files", "rows"), "int64")
    types = dict.fromkeys(MAPPING_COLUMNS, pd.Series([""]).dtype) | numbers
    return pd.DataFrame(listed, columns=MAPPING_COLUMNS).astype(types)


def with_notes(mapping: pd.DataFrame, notes: Mapping[str, str]) -> pd.DataFrame:
    """Return the table with notes on columns that are carried along."""
    carried = mapping["how"].str.startswith("carried")
    note = mapping["field"].map(lambda field: notes.get(field, "")).where(carried, "")
    return mapping.assign(how=mapping["how"].where(note == "", mapping["how"] + "; " + note))


def check_read(
    found: Sequence[Found], mapping: pd.DataFrame, given: Mapping[str, str], name: str
) -> None:
    """Raise an error if there is no article or no column of a given name; warn of guesses."""
    if not any(f.outcome == "scored" for f in found):
        raise ValueError(printable(f"{name}: no article could be read: {_why(found)}"))
    known = sorted(set(mapping["column"]))
    used = set(mapping.loc[mapping["how"].str.match("given(;|$)"), "column"])
    for field, column in given.items():
        if column not in used:
            near = nearest(column, known) or "there are none"
            raise ValueError(f"{name}: no column {column!r} for {field}; the nearest: {near}")
    if guessed := guesses(mapping):
        sets = "columns={'outlet': 'name of the column'} or --map outlet=NAME sets them"
        warnings.warn(f"{name}: guessed {', '.join(guessed)}; {sets}", stacklevel=3)


def _why(found: Sequence[Found]) -> str:
    """Return the reasons, and a line for each input if there are several."""
    found = sorted(found, key=lambda f: f.source)
    reasons = Counter(f.reason for f in found).most_common(3)
    counted = "; ".join(f"{n} × {reason}" for reason, n in reasons) or "no files"
    languages = {code[1] for f in found if (code := _OTHER_LANGUAGE.match(f.reason))}
    reads = [f"--language {c} or languages=[{c!r}] reads those in {c!r}" for c in sorted(languages)]
    lines = [f"  {f.source}: {f.outcome}: {f.reason}" for f in found if len(found) > 1]
    more = [f"  and {len(lines) - _MOST_LINES:,} more"] if len(lines) > _MOST_LINES else []
    return "\n".join(["; ".join([counted, *reads]), *lines[:_MOST_LINES], *more])


def guesses(columns: pd.DataFrame) -> list[str]:
    """Return what was guessed: "outlet from 'media_name'".

    >>> guesses(pd.DataFrame([("a.csv", 1, "medium", "outlet", "similar name", 9)],
    ...                      columns=MAPPING_COLUMNS))
    ["outlet from 'medium'"]
    """
    how = columns["how"].astype(str).str.split(";").str[0]
    certain = how.isin(_CERTAIN) | how.str.endswith("export") | (columns["field"] == "")
    guessed = columns[~certain]
    pairs = zip(guessed["field"], guessed["column"], guessed["how"], strict=True)
    hows = columns["how"].astype(str)
    doubts = [
        doubt.format(name)
        for how, doubt in _DOUBTS.items()
        for name in columns.loc[hows.str.endswith(how), "column"].unique()
    ]
    return [*dict.fromkeys(_guess(*pair) for pair in pairs), *doubts]


def _guess(field: str, column: str, how: str) -> str:
    origin = f"the {how}" if column == FILE_NAME else repr(column)
    return f"{field} from {'the host of ' if how.startswith('host') else ''}{origin}"


def missing_lines(
    articles: pd.DataFrame, audit: pd.DataFrame, *, name: str = "source"
) -> Iterator[str]:
    """Yield how many articles lack an outlet, a date or a title, why, and what would help.

    Examples are named by the column ``name``: ``source``, or ``article``, which does not change
    with the order of rows in a file.

    >>> articles = pd.DataFrame({"article": ["a", "b"], "outlet": "Sun", "title": ["A", ""],
    ...     "date": pd.to_datetime(["2031-03-12", None]), "source": ["a", "b"], "version_of": ""})
    >>> audit = pd.DataFrame({"article": ["b"], "reason": ["'3/4/2031': day or month first?"]})
    >>> list(missing_lines(articles, audit))
    ["1 without a date: 1 × day or month first? (such as '3/4/2031'; --dates dmy or mdy decides)",
    '1 without a title (such as b)']
    """
    unknown = articles[articles["outlet"] == UNKNOWN_OUTLET]
    if len(unknown):
        in_tables = unknown["source"].map(file_of).ne(unknown["source"]).all()
        other = (
            '--map "outlet=(path)" takes the name of each table'
            if in_tables
            else "put the files of each outlet in a folder of its name"
        )
        yield (
            f"{len(unknown):,} without an outlet (such as {unknown[name].min()}): name its "
            f"column with --map outlet=…, or {other}"
        )
    undated = articles[articles["date"].isna()]
    if len(undated):
        reasons = ", ".join(_why_undated(undated, audit, name))
        yield f"{len(undated):,} without a date: {reasons}"
    untitled = articles[articles["title"] == ""]
    if len(untitled):
        others = [n for n in articles if n not in ARTICLE_COLUMNS and _TITLE.search(n)]
        hint = f": --map title={others[0]!r} takes them from that column" if others else ""
        yield f"{len(untitled):,} without a title (such as {untitled[name].min()}){hint}"
    yield from text_lines(articles, audit, name=name)


def text_lines(
    articles: pd.DataFrame, audit: pd.DataFrame, *, name: str = "source"
) -> Iterator[str]:
    """Yield how many texts stand there twice or hidden, or end in an ellipsis, if most do.

    >>> articles = pd.DataFrame({"article": [*"abcdef"], "source": [*"abcdef"], "version_of": ""})
    >>> audit = articles.assign(reason=["", *[BREAKS_OFF] * 4, f"{AGAIN}: e; {BREAKS_OFF}"])
    >>> for line in text_lines(articles, audit):
    ...     print(line)
    1 the same article as another (such as f): comparisons count it again
    5 of 6 texts end in an ellipsis (such as b): they may be the beginnings of articles only, and
    then comparisons are of beginnings
    """
    for what, how in ((AGAIN, " again"), (HIDDEN, ", too")):
        noted = _noted(articles[articles["version_of"] == ""], audit, what)
        if n := len(noted):
            counted = f"comparisons count {'it' if n == 1 else 'them'}{how}"
            yield f"{n:,} {what} (such as {noted[name].min()}): {counted}"
    if cut := broken_off(articles, audit):
        first = _noted(articles, audit, BREAKS_OFF)[name].min()
        yield (
            f"{cut:,} of {len(articles):,} texts end in an ellipsis (such as {first}): they may be "
            "the beginnings of articles only, and then comparisons are of beginnings"
        )


def broken_off(articles: pd.DataFrame, audit: pd.DataFrame) -> int:
    """Return how many texts end in an ellipsis; 0 if that is not most of them."""
    cut = len(_noted(articles, audit, BREAKS_OFF))
    return cut if cut >= _FEWEST_BROKEN and 2 * cut > len(articles) else 0


def _noted(articles: pd.DataFrame, audit: pd.DataFrame, reason: str) -> pd.DataFrame:
    noted = audit["reason"].astype(str).str.contains(reason, regex=False)
    return articles[articles["article"].isin(audit.loc[noted, "article"])]


def _why_undated(undated: pd.DataFrame, audit: pd.DataFrame, name: str) -> Iterator[str]:
    """Yield the reasons for which articles have no date, each with an example."""
    reasons = audit[audit["article"].isin(undated["article"])]["reason"].astype(str)
    found = reasons.str.extract(_NO_DATE).dropna()
    counted = found.groupby(1)[0].agg(["size", "min"])
    for why, n, example in counted.sort_values("size", ascending=False, kind="stable").itertuples():
        decides = "; --dates dmy or mdy decides" if why.endswith("first?") else ""
        yield f"{n:,} × {why} (such as {example}{decides})"
    if none := len(undated) - len(found):
        yield f"{none:,} × none given (such as {undated[name].min()})"


def _field(field: str, column: str, how: str) -> str:
    if column == FILE_NAME:
        return f"{field} from the {'name of the table' if how == 'given' else how}"
    return f"{field} from {column!r}" + ("" if how == "name" else f" ({how})")


def _some(names: list[str]) -> list[str]:
    more = [f"and {len(names) - _MOST_NAMED:,} more"] if len(names) > _MOST_NAMED else []
    return names[:_MOST_NAMED] + more


def mapping_lines(columns: pd.DataFrame) -> Iterator[str]:
    """Yield a line per kind of file: its fields, then the columns that are carried or not used.

    >>> table = pd.DataFrame([("a.csv", 1, "body", "text", "similar name", 9),
    ...                       ("a.csv", 1, "leaning", "leaning", "carried", 9)],
    ...                      columns=MAPPING_COLUMNS)
    >>> list(mapping_lines(table))
    ["a.csv: text from 'body' (similar name); carried along: leaning"]
    """
    for (file, files, _), kind in columns.groupby(["file", "files", "rows"], sort=False):
        carried = kind["how"].str.startswith("carried")
        unused = kind["field"] == ""
        fields = [
            _field(row.field, row.column, row.how) for row in kind[~carried & ~unused].itertuples()
        ]
        others = [
            (row.field if row.field == row.column else f"{row.column} as {row.field}")
            + row.how.removeprefix("carried").replace("; ", " (", 1)
            + (")" if ";" in row.how else "")
            for row in kind[carried].itertuples()
        ]
        parts = [", ".join(fields)]
        parts += [f"carried along: {', '.join(_some(others))}"] if others else []
        parts += _some([f"{row.column!r} {row.how}" for row in kind[unused].itertuples()])
        more = f" and {many(files - 1, 'more file')}" if files > 1 else ""
        yield f"{file}{more}: {'; '.join(filter(None, parts))}"
