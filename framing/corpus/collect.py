"""From a path to everything in it: each input an article in blocks, or a reason why it is none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

from framing.corpus.blocks.inserts import without_inserts
from framing.corpus.blocks.paragraphs import split_blocks
from framing.corpus.blocks.repeats import Prints, prints
from framing.corpus.language import language_of
from framing.corpus.readers import (
    METADATA,
    REST,
    Found,
    docx,
    emails,
    europresse,
    exports,
    factiva,
    failed,
    html_tables,
    json_files,
    news_xml,
    pages,
    refused,
    rtf,
    skipped,
    spreadsheets,
    tables,
    text,
    warc,
    wordpress,
    xml_files,
)
from framing.corpus.readers.files import ARTICLE_BYTES, File
from framing.corpus.readers.raw_rows import from_row
from framing.text.encoding import clean
from framing.utils.parallel import Spread, panics_as_errors

# The first reader that recognises a file reads it: those that look at its first bytes stand before
# those that look at its name, and particular exports before pages and text in general.
READERS: tuple[ModuleType, ...] = (
    refused, emails, spreadsheets, docx, rtf, warc, factiva, europresse, wordpress, news_xml,
    xml_files, exports, html_tables, pages, json_files, tables, text,
)  # fmt: skip
_NO_ROW = "; it has no row below its column names: save it with its rows"
# What to do about a file of which a reader found no article, by the name of the reader.
_NEXT_STEPS = {
    "tables": _NO_ROW,
    "spreadsheets": _NO_ROW,
    "factiva": "; a list of headlines has none: select them in Factiva and save them as articles",
}
T = TypeVar("T")
R = TypeVar("R")
# The language of a column, at the end of its name, of one that may be its text.
_IN_ENGLISH = re.compile(r"(?i)(?:text|content|body|translat\w{0,9})[._ -]*(?:en|eng|english)$")
[_NO_PRINTS] = prints([b""])
_TASK_BYTES = 2_000_000  # of text that a process is given at once
_TASK_FILES = 500
_TOLD = 20_000  # inputs of a file that are no articles; each costs as much time as a short article
_MOST_BLOCKS = 45_000  # of an article; a long novel has fewer
_LARGE = 8_000_000  # a larger file is read here, and what is in it is spread


class Item(NamedTuple):
    """What was found; its blocks, packed into bytes; and their fingerprints.

    ``digest`` is an id made of what it is.
    """

    found: Found
    packed: bytes
    prints: Prints
    digest: str

    @property
    def blocks(self) -> list[str]:
        """The blocks; no cleaned text holds the character between them."""
        return self.packed.decode().split("\x00") if self.packed else []


def read_items(
    inputs: Iterable[File | Found],
    columns: Mapping[str, str],
    languages: Sequence[str],
    spread: Spread,
) -> Iterator[list[Item]]:
    """Yield what is in some files, or was found in a table, in lists."""
    prepare = partial(_prepared, columns=columns, languages=languages)
    return spread(prepare, _tasks(inputs, columns))


def _tasks(
    inputs: Iterable[File | Found], columns: Mapping[str, str]
) -> Iterator[list[File | Found]]:
    """Files, and what was found in large ones, in lists for a process to work on."""
    task: list[File | Found] = []
    size = 0
    for file in inputs:
        large = isinstance(file, File) and file.size > _LARGE
        for thing in _found(file, columns) if large else [file]:
            # A copy holds nothing of what was cached of a file.
            task.append(replace(thing) if isinstance(thing, File) else thing)
            size += thing.size
            if size > _TASK_BYTES or len(task) == _TASK_FILES:
                yield task
                task, size = [], 0
    if task:
        yield task


def _prepared(
    task: Sequence[File | Found], columns: Mapping[str, str], languages: Sequence[str]
) -> list[Item]:
    """Read some files, clean their articles and split them into blocks."""
    found = (f for thing in task for f in _found(thing, columns))
    step = partial(_items, languages=languages)
    items: list[Item] = []
    while part := list(islice(found, _TASK_FILES)):
        items += each_alone(
            step, part, lambda f, error: [failed_item(Item(f, b"", _NO_PRINTS, ""), error)]
        )
    return items


def each_alone(
    step: Callable[[Sequence[T]], list[R]],
    inputs: Sequence[T],
    failed: Callable[[T, Exception], list[R]],
) -> list[R]:
    """Apply a step to many inputs at once, so that one that raises costs none of the others.

    After an exception each half is tried for itself, down to the one input that raises; ``failed``
    makes its result. This is the only place where an exception becomes a row of the audit, beside
    `framing.corpus.readers.each`, which does it inside a file.
    """
    try:
        with panics_as_errors():
            return step(inputs)
    except Exception as error:
        if len(inputs) == 1:
            return failed(inputs[0], error)
    half = len(inputs) // 2
    return [r for part in (inputs[:half], inputs[half:]) for r in each_alone(step, part, failed)]


def _items(found: Sequence[Found], languages: Sequence[str]) -> list[Item]:
    in_blocks = [_in_blocks(_cleaned(f), languages) for f in found]
    packed = ["\x00".join(blocks).encode() for _, blocks, _ in in_blocks]
    return [
        Item(f, of_it, marks, digest)
        for (f, _, digest), of_it, marks in zip(in_blocks, packed, prints(packed), strict=True)
    ]


def failed_item(item: Item, error: Exception) -> Item:
    """Return an input that an exception made fail, without its text and metadata."""
    found = failed(item.found.source, error)
    return item._replace(
        found=found, packed=b"", prints=_NO_PRINTS, digest=hashlib.sha256(b"").hexdigest()
    )


def _found(file: File | Found, columns: Mapping[str, str]) -> Iterator[Found]:
    """Read a file; very many inputs in it that tell nothing, maybe a million, are counted."""
    if isinstance(file, Found):
        yield pages.in_cell(file)
        return
    told = 0
    more: dict[tuple[object, ...], tuple[Found, int]] = {}
    for found in _read(file, columns):
        # A row of one table without a text describes no other input; elsewhere it may do.
        lone = not found.mapped or (file.alone and "#" not in found.source)
        told += (bare := found.outcome != "scored" and lone and not found.about)
        if bare and told > _TOLD:
            first, n = more.get(kind := (found.outcome, found.mapped), (found, 0))
            more[kind] = first, n + 1
        else:
            yield found
    for first, n in more.values():
        such = f"{n:,} more, of which the first: " if n > 1 else ""
        yield first._replace(source=from_row(first.source, n), reason=f"{such}{first.reason}")


def _read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Read a file with the first reader that recognises it; no file ends without a row."""
    count = 0
    try:
        with panics_as_errors():
            reader = next((r for r in READERS if file.head and r.recognises(file)), None)
            for found in _undamaged(reader.read(file, columns), file) if reader else ():
                count += 1
                yield pages.in_cell(found)
    except Exception as error:  # a broken file never stops the run
        yield failed(file.source, error)
        return
    if count == 0 and file.damage:
        yield failed(file.source, file.damage[0])
    elif count == 0:
        yield skipped(file.source, _why_none(file, reader))


def _undamaged(found: Iterator[Found], file: File) -> Iterator[Found]:
    """Yield what is found; where the file breaks off, the last article fails: it may be cut."""
    last = None
    try:
        with panics_as_errors():
            for f in found:
                if f.source.endswith(REST):  # it says nothing of the last article
                    yield f
                    continue
                if last:
                    yield last
                last = f
    except Exception:
        if last:
            yield last
        raise
    if file.damage and last and last.outcome == "scored":
        why = f"{file.damage[0]}: maybe cut off here"
        yield last._replace(text="", outcome="failed", reason=why)
        return
    if last:
        yield last
    if file.damage:
        yield failed(f"{file.source}, end", file.damage[0])


def _is_plain(head: bytes) -> bool:
    """Return whether bytes are those of a text: of Unicode without control characters."""
    text = head.decode("utf-8", "ignore")
    return len(text) > 0.9 * len(head) and all(c.isprintable() or c.isspace() for c in text)


def _why_none(file: File, reader: ModuleType | None) -> str:
    if not file.head:
        return "an empty file"
    if reader is None and _is_plain(file.head):
        return "plain text under a name that says nothing: call it .txt"
    if reader is None:
        return f"of no known format (begins with {file.head[:4].hex(' ')})"
    name = reader.__name__.rpartition(".")[2].replace("_", " ")
    return f"no article in it (recognised by the reader for {name}){_NEXT_STEPS.get(name, '')}"


def _cleaned(found: Found) -> Found:
    """Only what a table can hold, with a note of what was taken out or repaired."""
    body = clean(found.text)
    extra = tuple((name, _in_lines(clean(cell).text)) for name, cell in found.extra)
    told = ((name, getattr(found, name)) for name in ("article", *METADATA))
    said = {name: clean(value) for name, value in told if value}
    fields: dict[str, Any] = {
        name: " ".join(cleaned.text.split()) for name, cleaned in said.items()
    }
    if len(body.text.encode()) > ARTICLE_BYTES:
        reason = f"over the limit of {ARTICLE_BYTES // 1_000_000} MB an article: not read"
        return found._replace(text="", outcome="failed", reason=reason, **fields)
    notes = [note for part in (body, *said.values()) for note in part.notes]
    reason = "; ".join(filter(None, [clean(found.reason).text, *notes]))
    source = clean(found.source).text
    return found._replace(text=body.text, reason=reason, source=source, extra=extra, **fields)


def _in_lines(cell: str) -> str:
    """Return a cell without spaces around its lines."""
    return "\n".join(" ".join(line.split()) for line in cell.splitlines()).strip()


def _in_blocks(found: Found, languages: Sequence[str]) -> tuple[Found, list[str], str]:
    """Cut a text into blocks; one in another language than those that are read is set apart.

    The last is the digest of the text, which is not kept beside them.
    """
    digest = hashlib.sha256(found.text.encode()).hexdigest()
    blocks, note = without_inserts(split_blocks(found.text) if found.outcome == "scored" else [])
    if len(blocks) > _MOST_BLOCKS:
        reason = f"an article of over {_MOST_BLOCKS:,} paragraphs: not read"
        return found._replace(text="", outcome="failed", reason=reason), [], digest
    if found.outcome != "scored":
        return found._replace(text=""), blocks, digest
    language, why = language_of(blocks or [found.title], declared=found.language)
    found = found._replace(text="", language=language).noted(note)
    if languages and language not in (*languages, ""):
        blocks = []
        why = why or f"language {language!r}, by its text: not scored"
        found = found._replace(outcome="skipped", reason=f"{why}{_translation(found)}")
    return found, blocks, digest


def _translation(found: Found) -> str:
    """Return a note on a column that is in English by its name, such as "content_en"."""
    name = next((c.column for c in found.mapped if _IN_ENGLISH.search(c.column)), "")
    return f"; {name!r} may be in English: columns={{'text': {name!r}}} reads it" if name else ""
