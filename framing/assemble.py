"""From what was read to tables: articles, paragraphs, and an account of every input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from framing.agency import agency
from framing.blocks import Block, Page, body_status, classify
from framing.dates import find_date, parse_date
from framing.readers import METADATA, Found
from framing.reading import UNKNOWN_OUTLET, Item
from framing.repeats import repeated_blocks
from framing.score import SCORED_ROLES

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
_TASK_BYTES = 2_000_000  # of text that a process is given at once
_NO_CREDIT = (
    "caption",
    "related",
)  # an agency named there took the picture, or wrote another story
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
        marks.setdefault(item.found.outlet, []).append(item.marks)
    marks.pop(UNKNOWN_OUTLET, None)
    repeated = {outlet: repeated_blocks(of_it) for outlet, of_it in marks.items()}
    del marks
    items.reverse()
    while items:
        part, size = [], 0
        while items and size < _TASK_BYTES:
            part.append(items.pop())
            size += len(part[-1].packed)
        outlets = {item.found.outlet for item in part}
        yield Task(part, {o: repeated[o] for o in outlets if repeated.get(o)}, keep)


def tables(task: Task) -> Tables:
    """Classify the blocks of some inputs and make rows of them."""
    found = [item.found for item in task.items]
    nothing: frozenset[int] = frozenset()
    pages = [
        Page(item.blocks, f.title, f.outlet, task.repeated.get(f.outlet, nothing))
        if f.outcome == "scored"
        else Page([])
        for item, f in zip(task.items, found, strict=True)
    ]
    blocks = list(classify(pages, keep=task.keep))
    days = [parse_date(f.date) for f in found]
    return Tables(
        _articles(found, days, blocks), _paragraphs(found, days, blocks), _audit(found, blocks)
    )


def _articles(
    found: Sequence[Found], days: Sequence[pd.Timestamp], blocks: Sequence[list[Block]]
) -> pd.DataFrame:
    rows = [
        {name: getattr(f, name) for name in ("article", *METADATA, "source")}
        | {"title": next((b.text for b in bs if b.role == "headline"), f.title)}
        | {"agency": agency([f.byline, *(b.text for b in bs if b.role not in _NO_CREDIT)])}
        | {"date": day, "body_status": body_status(bs), "version_of": ""}
        for f, day, bs in zip(found, days, blocks, strict=True)
        if f.outcome == "scored"
    ]
    return _typed(rows, ARTICLE_COLUMNS)


def _paragraphs(
    found: Sequence[Found], days: Sequence[pd.Timestamp], blocks: Sequence[list[Block]]
) -> pd.DataFrame:
    rows = [
        (f.article, f.outlet, day, f.event, place, b.role, b.text, b.words)
        for f, day, bs in zip(found, days, blocks, strict=True)
        for place, b in enumerate(bs)
    ]
    return _typed(rows, PARAGRAPH_COLUMNS)


def _audit(found: Sequence[Found], blocks: Sequence[list[Block]]) -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = []
    for f, bs in zip(found, blocks, strict=True):
        kept = sum(b.role in SCORED_ROLES for b in bs)
        reason = "; ".join(filter(None, [f.reason, *_remarks(f, bs)]))
        rows.append((f.source, f.article, None, f.outcome, reason, len(bs), kept, f.encoding))
        rows.extend(
            (f.source, f.article, n, "skipped", f"{b.role}: {b.reason}", None, None, f.encoding)
            for n, b in enumerate(bs)
            if b.role not in SCORED_ROLES
        )
    return _typed(rows, AUDIT_COLUMNS)


def _remarks(f: Found, blocks: Sequence[Block]) -> Iterator[str]:
    """What should be known of an article that was read."""
    if f.outcome == "scored":
        yield "" if not f.date else find_date(f.date).reason
        status = body_status(blocks)
        yield "" if status == "full" else f"body {status}: only the headline may be analysed"


def _typed(rows: Sequence[Any], columns: list[str]) -> pd.DataFrame:
    """A table whose columns have the same types whatever is in it, or nothing."""
    types = {name: _TYPES.get(name, _STRINGS) for name in columns}
    return pd.DataFrame(rows, columns=columns).astype(types)
