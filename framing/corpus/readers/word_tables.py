"""Tables in a document of a word processor: an article in each row, or one in each table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from framing.corpus.readers.by_name import are_names, by_name, told_apart
from framing.corpus.readers.in_documents import Line
from framing.corpus.readers.raw_rows import Row

_Table = Sequence[Mapping[int, str]]  # rows, each with the texts of its cells by their numbers


def rows_in(lines: Sequence[Line], source: str) -> list[Row]:
    """Return the articles in the tables of a document; none if its tables are of something else.

    The first row names the columns, or the first column names the fields of one article.

    Examples
    --------
    >>> cells = ["Title", "Text", "Date", "Talks fail", "They failed.", "2031-01-02"]
    >>> lines = [Line(text, cell=f"1 {1 + n // 3} {1 + n % 3}") for n, text in enumerate(cells)]
    >>> rows_in(lines, "a.docx")[0].cells
    {'Title': 'Talks fail', 'Text': 'They failed.', 'Date': '2031-01-02'}
    """
    found = [cells for table in _tables(lines) for cells in _articles(table)]
    return [
        Row(f"{source}, row {number}", cells, "docx") for number, cells in enumerate(found, start=1)
    ]


def _tables(lines: Sequence[Line]) -> list[_Table]:
    tables: dict[str, dict[str, dict[int, str]]] = {}
    for line in lines:
        if line.cell:
            table, row, cell = line.cell.split()
            cells = tables.setdefault(table, {}).setdefault(row, {})
            cells[int(cell)] = "\n\n".join(filter(None, (cells.get(int(cell)), line.text)))
    return [list(rows.values()) for rows in tables.values()]


def _articles(table: _Table) -> Iterator[dict[str, str]]:
    head, *below = table
    if below and _name_fields(list(head.values())):
        names = dict(zip(head, told_apart(head.values()), strict=True))
        yield from ({name: row.get(n, "") for n, name in names.items()} for row in below)
    elif _name_fields(list(labels := [row.get(1, "").rstrip(" :") for row in table])):
        yield dict(zip(told_apart(labels), (row.get(2, "") for row in table), strict=True))


def _name_fields(cells: Sequence[str]) -> bool:
    """Return whether cells name a text or a title, and another field."""
    fields = set(by_name(cells)) if are_names(cells) else set()
    return len(fields) > 1 and "text" in fields
