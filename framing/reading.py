"""From a path to everything in it: each input an article in blocks, or a reason why it is none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from framing.clean import clean
from framing.paragraphs import split_blocks
from framing.readers import (
    METADATA,
    Found,
    docx,
    europresse,
    factiva,
    json_files,
    lexisnexis,
    pages,
    proquest,
    rtf,
    sidecar,
    tables,
    text,
    warc,
)
from framing.readers.files import ARTICLE_BYTES, File, walk

# The first that recognises a file reads it: what is told by its first bytes before what is told
# by its name, a particular export before pages and text at large.
READERS: tuple[ModuleType, ...] = (
    docx, rtf, warc, factiva, europresse, pages, lexisnexis, proquest, json_files, tables, text,
)  # fmt: skip
UNKNOWN_OUTLET = "unknown"


class Item(NamedTuple):
    """What was found, its text cut into blocks, and an id made of what it is."""

    found: Found
    blocks: list[str]
    digest: str


def read_items(path: Path, columns: Mapping[str, str]) -> list[Item]:
    """Everything in a file or a folder, in an order that is not that of files or rows.

    Every article has an id of its own; the second of a name gets ``#2``.
    """
    found = sidecar.join([f for file in walk(path) for f in _found(file, columns)])
    items = sorted((_cut(_cleaned(f)) for f in found), key=_place)
    return list(_identified(items))


def _found(file: File | Found, columns: Mapping[str, str]) -> Iterator[Found]:
    """What a reader finds in a file; what it raises ends as a failed input, not as an error."""
    if isinstance(file, Found):
        yield file
        return
    try:
        reader = next((r for r in READERS if r.recognises(file)), None)
        if reader is None:
            begins = file.head[:4].hex(" ") or "nothing"
            reason = f"of no known format (begins with {begins})"
            yield Found(file.source, outcome="skipped", reason=reason)
            return
        yield from reader.read(file, columns)
    except Exception as error:  # a broken file never stops the run
        kind = "" if isinstance(error, (ValueError, OSError)) else f"{type(error).__name__}: "
        yield Found(file.source, outcome="failed", reason=f"{kind}{error}")


def _cleaned(found: Found) -> Found:
    """Only what a table can hold, with a note of what was taken out or repaired."""
    body = clean(found.text)
    said = {name: clean(getattr(found, name)) for name in ("article", *METADATA)}
    fields = {name: " ".join(cleaned.text.split()) for name, cleaned in said.items()}
    if len(body.text) > ARTICLE_BYTES / 4 and len(body.text.encode()) > ARTICLE_BYTES:
        reason = f"over the limit of {ARTICLE_BYTES // 1_000_000} MB an article: not read"
        return replace(found, text="", outcome="failed", reason=reason, **fields)
    notes = [note for part in (body, *said.values()) for note in part.notes]
    reason = "; ".join(filter(None, [clean(found.reason).text, *notes]))
    source = clean(found.source).text
    return replace(found, text=body.text, reason=reason, source=source, **fields)


def _cut(found: Found) -> Item:
    what = "\x1f".join([found.outlet, found.date, found.title, found.url, found.text])
    digest = hashlib.sha256(what.encode()).hexdigest()[:12]
    blocks = split_blocks(found.text) if found.outcome == "scored" else []
    return Item(replace(found, text=""), blocks, digest)


def _place(item: Item) -> tuple[str, str, str]:
    return item.found.article or item.digest, item.digest, item.found.source


def _identified(items: Iterable[Item]) -> Iterator[Item]:
    seen: dict[str, int] = {}
    for item in items:
        found = item.found
        if found.outcome == "scored":
            name = found.article or item.digest
            seen[name] = seen.get(name, 0) + 1
            name = name if seen[name] == 1 else f"{name}#{seen[name]}"
            found = replace(found, article=name, outlet=found.outlet or UNKNOWN_OUTLET)
        yield item._replace(found=found)
