"""Cells of tables and values of JSON objects as text."""

from __future__ import annotations

import ast
import datetime
import html
import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pandas as pd

# What programs write where a value is missing. The first kind is never a name; the second may be
# one: an outlet can be called NA.
_SURELY_MISSING = frozenset({"nan", "<na>", "nat", "#n/a", "#na"})
_PERHAPS_MISSING = frozenset({"none", "null", "na", "n/a", "nil", "undefined"})
_LONGEST_MARK = max(map(len, _SURELY_MISSING | _PERHAPS_MISSING))

# Keys of an object that stands for one value, the likeliest first.
_VALUE_KEYS = (
    "name", "title", "text", "sentence", "content", "paragraph", "body", "main", "original",
    "value", "rendered", "label", "$date", "$oid", "$numberLong", "$numberInt", "id",
    "data", "blocks", "children", "sections", "paragraphs", "parts",
)  # fmt: skip
_IDS = ("$oid", "id")  # of an object that may hold a text under a name of its own
_LONG_VALUE = 100  # characters; what is longer in an object of unknown keys is its text
_DEPTH = 20
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|em|strong|b|i|u|ul|ol|li|h[1-6]|script|style|img|figure|figcaption|"
    r"blockquote|table|tr|td|section|article|aside|iframe|sup|sub|hr)\b[^<>]*>|<!--",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}[0-9]{0,2});")
_TWICE = re.compile(
    r"&amp;(?=#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[mn]dash|hellip);)"
)
_BLOCKS = frozenset({
    "p", "div", "br", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption",
    "blockquote", "table", "tr", "section", "article", "aside", "header", "footer", "hr", "pre",
    "dl", "dt", "dd", "main", "nav",
})  # fmt: skip
_BETWEEN = re.compile(r"\x00|\n[ \t]*\n")
_UNSEEN = frozenset({"script", "style", "template", "noscript"})


def cell_text(value: Any, depth: int = _DEPTH) -> str:
    r"""Return a value as text: a missing one is empty; ``NA`` and ``007`` stay what they are.

    The parts of a list become paragraphs; an object is represented by its name, text or value.

    Examples
    --------
    >>> cell_text({"id": "cnn", "name": "CNN"}), cell_text({"$date": "2018-01-31"}), cell_text(7.0)
    ('CNN', '2018-01-31', '7')
    >>> cell_text([{"index": 0, "sentence": "Rain fell."}, ["It dried."]])
    'Rain fell.\n\nIt dried.'
    """
    if isinstance(value, str):
        return value
    if value is None or depth == 0:
        return ""
    if isinstance(value, Mapping):
        key = next((key for key in _VALUE_KEYS if value.get(key)), "")
        if key and key not in _IDS:
            return cell_text(value[key], depth - 1)
        inside = (cell_text(part, depth - 1) for name, part in value.items() if name != key)
        long = {_letters(text): text for text in inside if len(text) > _LONG_VALUE}
        return "\n\n".join(long.values()) or cell_text(value.get(key), depth - 1)
    if isinstance(value, (list, tuple)):
        return "\n\n".join(filter(None, (cell_text(part, depth - 1) for part in value)))
    if isinstance(value, datetime.date):  # also a Timestamp
        text = value.isoformat() if value == value else ""
        return text.removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is pd.NA or value != value else str(value)


def _letters(text: str) -> str:
    """Return what a text and the same text in HTML have in common."""
    return re.sub(r"\W+", "", without_markup(text))


def short_text(value: Any) -> str:
    """Return a value as text for metadata; a printed dict or list is read as what it was.

    Examples
    --------
    >>> short_text("{'id': None, 'name': 'The Herald'}"), short_text("[Editorial]")
    ('The Herald', '[Editorial]')
    """
    text = cell_text(value)
    if text[:1] + text[-1:] in ("{}", "[]") and len(text) < 2000:
        for read in (json.loads, ast.literal_eval):
            try:
                parsed = read(text)
            except (ValueError, SyntaxError, RecursionError, MemoryError):
                continue
            return "; ".join(cell_text(parsed).split("\n\n"))
    return text if isinstance(value, str) else text.replace("\n\n", "; ")


def is_missing(text: str, *, surely: bool = False) -> bool:
    """Return whether a cell is empty or has a mark of a missing value, such as NaN or NULL.

    With ``surely``, marks that may also be a name are no such mark.
    """
    text = text.strip()
    if len(text) > _LONGEST_MARK:
        return False
    lowered = text.lower()
    return not text or lowered in _SURELY_MISSING or (not surely and lowered in _PERHAPS_MISSING)


def without_markup(text: str) -> str:
    r"""Return the text of HTML, with a paragraph for every block; other text is returned as it is.

    Examples
    --------
    >>> without_markup("<p>Rain &amp; hail.</p><script>x = 1</script><p>It <b>dried</b>.</p>")
    'Rain & hail.\n\nIt dried.'
    >>> without_markup("a < b, and b > c")
    'a < b, and b > c'
    """
    if "&amp;" in text:
        text = _TWICE.sub("&", text)
    if "<" in text and _TAG.search(text):
        return _text_of(text)
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def _text_of(markup: str) -> str:
    parser = _Text()
    parser.feed(markup)
    parser.close()
    if parser.unseen:  # a script that is not closed takes no text with it
        return html.unescape(_TAG.sub(" ", markup))
    text = "".join(parser.parts)
    if "\x00" not in text:
        return text
    blocks = (" ".join(block.split()) for block in _BETWEEN.split(text))
    return "\n\n".join(filter(None, blocks))


class _Text(HTMLParser):
    """The visible text of HTML, with NUL between blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        if tag in _BLOCKS:
            self.parts.append("\x00")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        if tag in _BLOCKS:
            self.parts.append("\x00")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\x00")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)
