"""RTF: an export of Nexis Uni, or one article in a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from striprtf.striprtf import rtf_to_text

from framing.corpus.readers import Found, none_lost
from framing.corpus.readers.docx import from_lines
from framing.corpus.readers.files import EXPORT_BYTES, File

_MARK = re.compile(r"\b(?:End of Document\b|Document [A-Z0-9]\w{15,})")
_to_text: Callable[..., str] = rtf_to_text


def recognises(file: File) -> bool:
    """Whether the file begins as RTF does."""
    return file.head.startswith(b"{\\rtf")


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the articles of an export, or the one of a document."""
    marked = file.read(EXPORT_BYTES).decode("latin-1")
    text = _to_text(marked, errors="replace")
    lines = [line.strip() for line in text.replace("\xa0", " ").split("\n")]
    yield from none_lost(from_lines(file, lines, "rtf"), len(_MARK.findall(marked)), file.source)
