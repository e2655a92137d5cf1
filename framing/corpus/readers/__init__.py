"""Readers: one module for each source format.

A reader is a module with two functions. ``recognises(file)`` returns whether a `File` is of its
format, judged by its first bytes (``file.start``) and, where those do not decide, by its name.
``read(file, columns)`` yields a `Found` for every article in the file; ``columns`` maps fields to
columns and matters for tables only. What is no article is `skipped`, what cannot be read `failed`,
each with a reason; an exception becomes `failed` in `framing.corpus.collect`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from framing.text.encoding import printable
from framing.utils.parallel import panics_as_errors

T = TypeVar("T")
# The columns of the table of articles that a source may give.
METADATA = ("outlet", "date", "title", "event", "topic", "url", "byline", "language")
# Of a row, an item or a document in its file.
_PLACE = re.compile(r"(, [a-z]+ \d+){1,9}(, and [\d,]+ more rows)?$")
REST = ", the rest"  # of the source of a row about articles that are not read
UNMARKED = "a document without its number at its end"


class Column(NamedTuple):
    """What became of a column: its field, or its name in the table of articles, and why."""

    column: str
    field: str
    how: str


class Found(NamedTuple):
    """One input found in a source: an article, or something that could not be read and why.

    ``about`` is the file that a row of a sidecar table describes; ``layout`` is ``"page"`` where
    the source marks its paragraphs, as a web page does, ``"cut"`` where the text may break off;
    ``mapped`` says what became of the columns,
    ``extra`` has the cells that are no field, by the name of their column; ``missing`` is a mark of
    a missing value, such as "nan", seen in this row; ``order`` is that of day and month.
    """

    source: str
    text: str = ""
    article: str = ""
    outlet: str = ""
    date: str = ""
    title: str = ""
    event: str = ""
    topic: str = ""
    url: str = ""
    byline: str = ""
    language: str = ""
    encoding: str = ""
    outcome: str = "scored"
    reason: str = ""
    about: str = ""
    layout: str = ""
    mapped: tuple[Column, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    missing: str = ""
    order: str = ""

    @property
    def size(self) -> int:
        """Approximate size in bytes."""
        return len(self.text)

    def noted(self, *notes: str) -> Found:
        """Return it with notes, as far as they are not empty, behind its reason."""
        told = "; ".join(filter(None, [self.reason, *notes]))
        return self._replace(reason=told) if told != self.reason else self


def file_of(source: str) -> str:
    """Return the file in which a row, an item or a document stands.

    >>> file_of("a/rows.csv, row 12"), file_of("b.txt")
    ('a/rows.csv', 'b.txt')
    """
    return _PLACE.sub("", source)


def number_of_rows(source: str) -> int:
    """Return how many rows an input stands for.

    Examples
    --------
    >>> number_of_rows("rows.csv, row 12"), number_of_rows("rows.csv, row 12, and 1,999 more rows")
    (1, 2000)
    """
    more = re.search(r", and ([\d,]+) more rows$", source)
    return 1 + int(more[1].replace(",", "")) if more else 1


def each(
    items: Iterable[T],
    read: Callable[[T, str], Found],
    source: str,
    encoding: str = "",
    *,
    kind: str = "document",
) -> Iterator[Found]:
    """Yield what is read of each item of a file; an exception fails this item alone.

    ``read`` takes an item and its source, such as "file.html, document 3".
    """
    for number, item in enumerate(items, start=1):
        where = f"{source}, {kind} {number}"
        try:
            with panics_as_errors():
                found = read(item, where)
            yield found._replace(encoding=encoding)
        except Exception as error:  # whatever it is, the items beside it are read
            yield failed(where, error, encoding)


def none_lost(found: Iterable[Found], marks: int, source: str) -> Iterator[Found]:
    """Yield what is found in a file, and a failed input if its source has marks of more articles.

    ``marks`` is a plain count in the source, such as that of "End of Document"; markup that is
    damaged may hide some of them.
    """
    count = 0
    for f in found:
        count += f.reason != UNMARKED and not f.source.endswith(REST)
        yield f
    if count < marks:
        reason = f"the file has the marks of {marks:,} articles, of which {count:,} were read: "
        reason += "its markup is damaged"
        yield failed(source + REST, reason)


def skipped(source: str, reason: str, encoding: str = "") -> Found:
    """Return an input that is no article."""
    return Found(source, outcome="skipped", reason=reason, encoding=encoding)


def failed(source: str, reason: str | Exception, encoding: str = "") -> Found:
    """Return an input that cannot be read; an exception gives the reason, on one line."""
    if isinstance(reason, Exception):
        name = "nested too deep" if isinstance(reason, RecursionError) else type(reason).__name__
        kind = "" if isinstance(reason, (ValueError, OSError)) else f"{name}: "
        what = f"{kind}{reason}" if str(reason) else type(reason).__name__
        reason = " ".join(printable(what[:500]).split())
        source = printable(source).replace("\n", "\ufffd")
    return Found(source, outcome="failed", reason=reason, encoding=encoding)
