"""JSON: one object a line, an array of objects, one object with a list of them, or one object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from framing.corpus.readers import Found, rows
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.tables import lines

_LINES = (".jsonl", ".ndjson", ".jl")
_SPACE = re.compile(r"[\s,]*")


def recognises(file: File) -> bool:
    """Whether the file begins as JSON does, or is called so."""
    return file.name.endswith((".json", *_LINES)) or bool(re.match(r"(\[\s*)?\{\s*\"", file.start))


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article an object."""
    if file.name.endswith(_LINES) or re.match(r"\{.*\}\s*\n\s*\{", file.start):
        yield from _from_lines(file, columns)
        return
    text, encoding = file.text(EXPORT_BYTES)
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith("["):
        yield from _from_array(text, file.source, encoding, columns)
        return
    try:
        whole = json.loads(text)
    except ValueError as error:
        if "Extra data" in str(error):
            yield from _from_lines(file, columns)
        else:
            yield _failed(file.source, encoding, f"not JSON: {error}")
        return
    listed = _listed(whole)
    if listed is None:
        yield _article(whole, file.source, encoding, columns)
        return
    for number, item in enumerate(listed, start=1):
        yield _article(item, f"{file.source}, item {number}", encoding, columns)


def _from_lines(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    with file.open() as stream:
        for number, (line, encoding) in enumerate(lines(stream, file.head), start=1):
            where = f"{file.source}, line {number}"
            if not line.strip("\ufeff \t\r\n"):
                continue
            try:
                item = json.loads(line.removeprefix("\ufeff"))
            except (ValueError, RecursionError) as error:
                yield _failed(where, encoding, f"not JSON: {error}")
                continue
            yield _article(item, where, encoding, columns)


def _from_array(
    text: str, source: str, encoding: str, columns: Mapping[str, str]
) -> Iterator[Found]:
    """The items of an array, one after the other: what stands before an error is read."""
    decoder = json.JSONDecoder()
    at, number = text.index("[") + 1, 0
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if text[at : at + 1] == "]":
            return
        number += 1
        where = f"{source}, item {number}"
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield _failed(where, encoding, f"not JSON, nor is what follows: {error}")
            return
        yield _article(item, where, encoding, columns)


def _listed(whole: Any) -> list[Any] | None:
    """The list of objects in an object such as ``{"status": "ok", "articles": [...]}``."""
    if not isinstance(whole, dict) or "text" in rows.guess_columns(whole):
        return None
    lists = [v for v in whole.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
    return max(lists, key=len, default=None)


def _article(item: Any, where: str, encoding: str, columns: Mapping[str, str]) -> Found:
    if not isinstance(item, dict):
        return _failed(where, encoding, f"not a JSON object but {type(item).__name__}")
    return rows.article(item, rows.map_columns(list(item), columns), where, encoding)


def _failed(where: str, encoding: str, reason: str) -> Found:
    return Found(where, outcome="failed", reason=reason, encoding=encoding)
