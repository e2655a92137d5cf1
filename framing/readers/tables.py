"""Tables: one article a row, in CSV, TSV, JSONL or Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from framing.readers import METADATA, Found, decode

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
# Names that exports and scrapers use, the likeliest first.
SYNONYMS = {
    "text": ("text", "body", "content", "fulltext", "full_text", "article_text", "maintext"),
    "article": ("article", "id", "article_id", "doc_id", "uid", "guid"),
    "outlet": ("outlet", "source", "media_name", "publication", "publisher", "newspaper", "site"),
    "date": ("date", "publish_date", "published", "published_at", "publishedat", "pub_date"),
    "title": ("title", "headline", "heading"),
    "event": ("event", "event_id"),
    "topic": ("topic", "section", "category", "subject"),
    "url": ("url", "link", "web_url"),
    "byline": ("byline", "author", "authors"),
    "language": ("language", "lang"),
}


def recognises(path: Path) -> bool:
    """Whether the file is a table, by its name."""
    return path.suffix.lower() in SUFFIXES


def read(path: Path, *, root: Path | None = None) -> Iterator[Found]:
    """Yield an article a row."""
    source = path.relative_to(root).as_posix() if root else path.name
    kind = path.suffix.lower()
    try:
        if kind == ".parquet":
            yield from _from_rows(pq.read_table(path).to_pylist(), source, "row", "parquet")
            return
        text, encoding = decode(path.read_bytes())
    except (OSError, ValueError) as error:
        yield Found(source, outcome="failed", reason=str(error))
        return
    if kind in (".csv", ".tsv"):
        yield from _from_csv(text, source, "\t" if kind == ".tsv" else ",", encoding)
    else:
        yield from _from_json_lines(text, source, encoding)


def _from_csv(text: str, source: str, delimiter: str, encoding: str) -> Iterator[Found]:
    """Rows of a CSV; a row with too many or too few cells fails with its line number."""
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [name.strip() for name in next(reader, [])]
    columns = guess_columns(names)
    while True:
        line = reader.line_num + 1
        where = f"{source}, line {line}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Found(where, outcome="failed", reason=str(error), encoding=encoding)
            continue
        if not cells:
            continue
        if len(cells) != len(names):
            reason = f"{len(cells)} cells where the first line has {len(names)} names"
            yield Found(where, outcome="failed", reason=reason, encoding=encoding)
            continue
        row = dict(zip(names, cells, strict=True))
        yield _article(row, columns, where, encoding)


def _from_json_lines(text: str, source: str, encoding: str) -> Iterator[Found]:
    for number, line in enumerate(text.split("\n"), start=1):
        where = f"{source}, line {number}"
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            yield Found(where, outcome="failed", reason=f"not JSON: {error}", encoding=encoding)
            continue
        if not isinstance(row, dict):
            yield Found(where, outcome="failed", reason="not a JSON object", encoding=encoding)
            continue
        yield _article(row, guess_columns(row), where, encoding)


def _from_rows(
    rows: Iterable[Mapping[str, Any]], source: str, unit: str, encoding: str
) -> Iterator[Found]:
    for number, row in enumerate(rows, start=1):
        yield _article(row, guess_columns(row), f"{source}, {unit} {number}", encoding)


def guess_columns(names: Iterable[str]) -> dict[str, str]:
    """Which column holds which field, by the names in use.

    Examples
    --------
    >>> guess_columns(["Body", "media_name"])
    {'text': 'Body', 'outlet': 'media_name'}
    """
    lowered = {name.strip().lower().replace(" ", "_"): name for name in reversed(list(names))}
    return {
        field: next(lowered[s] for s in synonyms if s in lowered)
        for field, synonyms in SYNONYMS.items()
        if any(s in lowered for s in synonyms)
    }


def _article(
    row: Mapping[str, Any], columns: Mapping[str, str], where: str, encoding: str
) -> Found:
    if "text" not in columns:
        wanted = ", ".join(SYNONYMS["text"])
        reason = f"no column of text ({wanted}); there are: {', '.join(map(str, row))}"
        return Found(where, outcome="failed", reason=reason, encoding=encoding)
    cells = {field: _string(row.get(column)) for field, column in columns.items()}
    text = cells.pop("text")
    if not text.strip():
        return Found(where, outcome="skipped", reason="no text", encoding=encoding)
    article = cells.pop("article", "")
    known = {name: cells[name] for name in METADATA if name in cells}
    return Found(where, text, article, encoding=encoding, **known)


def _string(value: Any) -> str:
    """A cell as text: a missing one is empty; ``NA`` and ``007`` stay what they are."""
    return "" if value is None or value != value else str(value)
