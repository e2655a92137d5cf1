"""From what was read to tables: articles, paragraphs, and an audit of every input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa

from framing.corpus.agencies import agency
from framing.corpus.blocks.repeats import recurring, recurs, without_glue
from framing.corpus.blocks.roles import Page, body_status, classify
from framing.corpus.blocks.shapes import ends_in_ellipsis
from framing.corpus.blocks.signals import Block
from framing.corpus.blocks.titles import clean_title
from framing.corpus.carried import beside
from framing.corpus.collect import Item, each_alone, failed_item
from framing.corpus.columns import BREAKS_OFF
from framing.corpus.dates import Date
from framing.corpus.language import ENGLISH
from framing.corpus.readers import Found
from framing.corpus.readers.rows import CUT
from framing.corpus.whole_tables import date_of
from framing.schema import (
    ARTICLE_COLUMNS,
    AUDIT_COLUMNS,
    BODY,
    PARAGRAPH_COLUMNS,
    SCORED_ROLES,
    UNKNOWN_OUTLET,
)

_TASK_BYTES = 2_000_000  # of text that a process is given at once
_ITEM_BYTES = 500  # of text that take as long as a headline without any
_NO_CREDIT = ("caption", "related")  # an agency there took the picture, or wrote another story
_STRINGS = pd.Series([""]).dtype  # what this pandas makes of text
_TYPES = {
    "date": "datetime64[us]", "paragraph": "int64", "words": "int64", "block": "Int64",
    "blocks": "Int64", "kept": "Int64",
}  # fmt: skip


class Tables(NamedTuple):
    """What is in some of the inputs."""

    articles: pd.DataFrame
    paragraphs: pd.DataFrame
    audit: pd.DataFrame


class Task(NamedTuple):
    """Some inputs, with the marks of what their outlets repeat, and the roles that are kept."""

    items: Sequence[Item]
    repeated: Mapping[str, frozenset[int]]
    keep: Sequence[str]


def tasks(items: list[Item], keep: Sequence[str]) -> Iterator[Task]:
    """Cut all the inputs into tasks; an input is let go when its task is taken."""
    marks: dict[str, list[Any]] = {}
    for item in items:
        marks.setdefault(item.found.outlet, []).append(item.prints)
    marks.pop(UNKNOWN_OUTLET, None)
    repeated = {outlet: recurring(of_it) for outlet, of_it in marks.items()}
    del marks
    items.reverse()
    while items:
        part, size = [], 0
        while items and size < _TASK_BYTES:
            item = items.pop()
            part.append(item)
            size += len(item.packed) + _ITEM_BYTES
        outlets = {item.found.outlet for item in part}
        yield Task(part, {o: repeated[o] for o in outlets if repeated.get(o)}, keep)
        # The texts that were let go lie between others: tables would not find room among them.
        pa.system_memory_pool().release_unused()


def tables(task: Task) -> Tables:
    """Classify the blocks of some inputs and make rows of them; what fails, fails alone."""
    step = partial(_tables, task=task)
    parts = each_alone(step, task.items, lambda i, error: step([failed_item(i, error)]))
    return Tables(*(pd.concat(part, ignore_index=True) for part in zip(*parts, strict=True)))


def _tables(items: Sequence[Item], task: Task) -> list[Tables]:
    found = [item.found for item in items]
    pages = [_page(item, task.repeated) for item in items if item.found.outcome == "scored"]
    classified = classify(pages, keep=task.keep)
    blocks = [next(classified) if f.outcome == "scored" else [] for f in found]
    dates = list(map(date_of, found))
    days = [date.value for date in dates]
    return [
        Tables(
            _articles(found, days, blocks),
            _paragraphs(found, days, blocks),
            _audit(found, dates, blocks),
        )
    ]


def _page(item: Item, repeated: Mapping[str, frozenset[int]]) -> Page:
    f = item.found
    of_outlet = repeated.get(f.outlet, frozenset())
    blocks, marked = item.blocks, list[bool]()
    if of_outlet:
        marked = recurs(item.prints, of_outlet)
        blocks, marked = without_glue(blocks, item.prints, marked, of_outlet)
    english = f.language in ("", ENGLISH)
    layouts = f.layout == "page", f.layout == CUT
    return Page(blocks, f.title, f.outlet, marked, layouts[0], english, f.byline, layouts[1])


def _articles(
    found: Sequence[Found], days: Sequence[pd.Timestamp], blocks: Sequence[list[Block]]
) -> pd.DataFrame:
    scored = [row for row in zip(found, days, blocks, strict=True) if row[0].outcome == "scored"]
    rows = [
        (
            *(f.article, f.outlet, day, _title(f, bs), f.event, f.topic, f.url, f.byline),
            *(f.language, _agency(f, bs), body_status(bs), f.source, ""),
        )
        for f, day, bs in scored
    ]
    return beside(_typed(rows, ARTICLE_COLUMNS), _extra([f.extra for f, _, _ in scored]))


def _extra(cells: Sequence[Sequence[tuple[str, str]]]) -> dict[str, pd.Series[str]]:
    """Return the columns that are carried along, empty where an article has no such cell."""
    names = dict.fromkeys(name for row in cells for name, _ in row)
    rows = [dict(row) for row in cells]
    return {name: pd.Series([r.get(name, "") for r in rows], dtype=_STRINGS) for name in names}


def _title(f: Found, blocks: Sequence[Block]) -> str:
    headlines = (block.text for block in blocks if block.role == "headline")
    return next(headlines, "") or clean_title(f.title)


def _agency(f: Found, blocks: Sequence[Block]) -> str:
    return agency([f.byline, *(b.text for b in blocks if b.role not in _NO_CREDIT)])


def _paragraphs(
    found: Sequence[Found], days: Sequence[pd.Timestamp], blocks: Sequence[list[Block]]
) -> pd.DataFrame:
    rows = [
        (f.article, f.outlet, day, f.event, place, b.role, b.text, b.words)
        for f, day, bs in zip(found, days, blocks, strict=True)
        for place, b in enumerate(bs)
    ]
    return _typed(rows, PARAGRAPH_COLUMNS)


def _audit(
    found: Sequence[Found], dates: Sequence[Date], blocks: Sequence[list[Block]]
) -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = []
    for f, date, bs in zip(found, dates, blocks, strict=True):
        kept = sum(b.role in SCORED_ROLES for b in bs)
        reason = "; ".join(filter(None, [f.reason, *_remarks(f, date, bs)]))
        rows.append((f.source, f.article, None, f.outcome, reason, len(bs), kept, f.encoding))
        rows.extend(
            (f.source, f.article, n, "skipped", f"{b.role}: {b.reason}", None, None, f.encoding)
            for n, b in enumerate(bs)
            if b.role not in SCORED_ROLES
        )
    return _typed(rows, AUDIT_COLUMNS)


def _remarks(f: Found, date: Date, blocks: Sequence[Block]) -> Iterator[str]:
    """What should be known of an article that was read."""
    if f.outcome == "scored":
        yield date.reason
        status = body_status(blocks)
        yield "" if status == "full" else f"body {status}: only the headline may be analysed"
        body = [block for block in blocks if block.role in BODY]
        yield BREAKS_OFF if body and ends_in_ellipsis(body[-1].text) else ""


def _typed(rows: Sequence[tuple[Any, ...]], columns: list[str]) -> pd.DataFrame:
    """A table whose columns have the same types whatever is in it, or nothing."""
    values = zip(*rows, strict=True) if rows else [()] * len(columns)
    return pd.DataFrame({
        name: pd.Series(list(of_it), dtype=_TYPES.get(name, _STRINGS))
        for name, of_it in zip(columns, values, strict=True)
    })  # fmt: skip
