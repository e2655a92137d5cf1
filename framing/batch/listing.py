"""What reports are about: words for their file names, and a page that lists what was made."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from framing.report import record
from framing.report.job import Report
from framing.text.encoding import printable
from framing.utils.files import unfinished

if TYPE_CHECKING:
    import pandas as pd

# The articles of a corpus that is read in some way.
Articles = Callable[[Path, Mapping[str, Any]], "pd.DataFrame"]
INDEX = "_index.html"  # no report can have this name
_HEADS = ("report", "notebook", "outlet", "date", "title", "parameters")
_FAMILY = (
    "Each report adjusts p for its own tests only. Where several ask one question of other "
    "outlets, events or articles, their tests together are the family."
)
_STYLE = "body{font-family:sans-serif}td,th{text-align:left;padding:2px 12px;vertical-align:top}"


def column_values(articles: pd.DataFrame, key: str) -> dict[str, str]:
    """Return the values of a column, ``outlet`` or ``outlets``, with words for a file name.

    An article is called by its outlet, day and title; other values are words themselves.
    """
    column = key if key in articles else key.removesuffix("s")
    if column not in articles:
        raise ValueError(
            f'each.{key} = "all": articles have no column {key!r}; they have '
            + printable(", ".join(articles))
        )
    if column == "article":
        return {row[0]: " ".join(row[1:]) for row in _described(articles)}
    values = sorted(set(articles[column].dropna().astype(str)) - {""})
    return dict(zip(values, values, strict=True))


def write_index(folder: Path, reports: Sequence[Report], articles_of: Articles) -> None:
    """Write a page that lists the reports that are there, each with a link to its PDF."""
    made = [(report, record.read_record(report.out)) for report in reports]
    rows = [_row(report, found, articles_of) for report, found in made if found]
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    heads = "".join(f"<th>{name}</th>" for name in _HEADS)
    lines = [f"<tr>{line}</tr>" for line in (heads, *cells)]
    page = [
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Reports</title>',
        f"<style>{_STYLE}</style><h1>Reports</h1><p>{_FAMILY}</p><table>",
        *lines,
        "</table></html>",
    ]
    with unfinished(folder / INDEX) as path:
        path.write_text("\n".join(page) + "\n", encoding="utf-8")


def is_listed(folder: Path, reports: Sequence[Report]) -> bool:
    """Return whether the page is newer than every report: a batch may be killed before it."""
    records = [record.record_of(report.out) for report in reports]
    made = [file.stat().st_mtime_ns for file in records if file.exists()]
    page = folder / INDEX
    return not made or (page.exists() and page.stat().st_mtime_ns >= max(made))


def _row(report: Report, found: Mapping[str, Any], articles_of: Articles) -> list[str]:
    """Return the cells of a report: its link, what it is of, and its other parameters.

    Where the last run failed, the PDF is an earlier one: its parameters are those of the record.
    """
    about, given = {"outlet": "", "date": "", "title": ""}, dict(report.parameters)
    given |= {name: value for name, value in found["parameters"].items() if name in given}
    if "article" in given and report.corpus:
        with contextlib.suppress(ValueError, OSError, KeyError):  # one that is no longer there
            from framing.corpus.choosing import article_id  # slow to import

            articles = articles_of(report.corpus, report.reading)
            one = articles[articles["article"] == article_id(articles, given["article"])]
            about = dict(zip(about, next(_described(one))[1:], strict=True))
    shown = "; ".join(f"{name}: {_text(value)}" for name, value in given.items() if value != "")
    link = f'<a href="{quote(report.out.name)}">{escape(report.out.name)}</a>'
    return [link, *map(escape, [report.notebook.stem, *about.values(), shown])]


def _described(articles: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """Yield the id, outlet, day and title of every article, by outlet, day and title."""
    days = articles["date"].dt.strftime("%Y-%m-%d").fillna("")
    columns = (articles["article"], articles["outlet"], days, articles["title"])
    rows = zip(*(column.astype(str) for column in columns), strict=True)
    yield from sorted(rows, key=lambda row: (*row[1:], row[0]))


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
