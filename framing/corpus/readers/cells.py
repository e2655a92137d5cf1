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

from framing.text.encoding import decode

# What a formula gives in Excel that failed, in English and some languages of its CSV files.
_ERRORS = frozenset({
    "#n/a", "#n/d", "#nv", "#ref!", "#bezug!", "#value!", "#wert!", "#valeur!", "#div/0!",
    "#name?", "#nom?", "#num!", "#zahl!", "#nombre!", "#null!", "#spill!", "#calc!",
})  # fmt: skip
# What programs write where a value is missing. The first kind is never a name; the second may be
# one: an outlet can be called NA.
_SURELY_MISSING = _ERRORS | frozenset({
    "nan", "-nan", "<na>", "nat", "<null>", "(null)", "[null]", "\\n",  # \N of MySQL
    "na_character_", "character(0)", "integer(0)", "numeric(0)", "logical(0)", "list()", "c()",
    "[]", "{}", "()", "['']", '[""]', "[none]", "[nan]", "''", '""', "set()",
    "-", "--", "–", "—", ".", "..", "...",
    "#na",
})  # fmt: skip
_PERHAPS_MISSING = frozenset({"none", "null", "na", "n/a", "n.a.", "n/d", "nil", "undefined"})
# What people write where a title, an outlet or a day is not known, and the codes of surveys; in
# another column they may be values.
_NO_ANSWER = re.compile(
    r"-(?:7+|8+|9+)|[ko]\. ?[ad]\.|[ns]\. ?[adn]\.|n/[ad]|(?:keine|ohne) (?:angaben?|datum)"
    r"|nicht (?:angegeben|verfügbar)|uppgift saknas"
    r"|(?:sans|non|sin|no|senza|não|geen|zonder|uden|uten|ingen|inte|ikke) "
    r"(?:date|datum|data|dato|datos|fecha|renseignée?|précisée?|disponible|disponibile|disponível|consta|informado|"
    r"specificato|opgave|opgegeven|oplyst|angivet|oppgitt|angiven)",
    re.IGNORECASE,
)
_LONGEST_ANSWER = 40
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
_LONGEST_PRINTED = 1_000_000  # characters of a printed list; what is longer is not parsed
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|em|strong|b|i|u|ul|ol|li|h[1-6]|script|style|img|figure|figcaption|"
    r"blockquote|table|tr|td|section|article|aside|iframe|sup|sub|hr)\b[^<>]*>|<!--",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}[0-9]{0,2});")
_TWICE = re.compile(
    r"&amp;(?=#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[mn]dash|hellip);)"
)
# The formula of a link in a sheet: its address and, mostly, its text.
_LINK = re.compile(
    r'=HYPERLINK\(\s*"(https?://[^"]*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)\s*', re.IGNORECASE
)
# A control character as Excel writes it, "_x000D_", and a line break behind it.
_ESCAPED = re.compile(r"_x00([01][0-9a-fA-F])_(\n?)")
_LIST = re.compile(r"""\s*\[['"].*['"]\]\s*""", re.DOTALL)
_NO_COMMA = re.compile(r"""(?<=['"]) *\n *(?=['"])""")  # NumPy prints items on lines of their own
_BLOCKS = frozenset({
    "p", "div", "br", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption",
    "blockquote", "table", "tr", "section", "article", "aside", "header", "footer", "hr", "pre",
    "dl", "dt", "dd", "main", "nav",
})  # fmt: skip
_BETWEEN = re.compile(r"\x00|\n[ \t]*\n")
# Of WordPress: a caption is an element of its own; of others what stands between them is text.
_CAPTION = re.compile(r"\[caption\b(?:(?!\[caption\b).)*?\[/caption\]", re.DOTALL)
_SHORTCODE = re.compile(r"\[/?(?:gallery|embed|audio|video|playlist|[a-z]+_[a-z_]+)\b[^\[\]]*\]")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe"})
_UNSEEN_TAG = re.compile(
    rf"(?:<(/)|(?<![\"'`])<)({'|'.join(sorted(_UNSEEN))})\b[^<>]*>", re.IGNORECASE
)


def cell_text(value: Any, depth: int = _DEPTH) -> str:
    r"""Return a value as text: a missing one is empty; ``NA`` and ``007`` stay what they are.

    The parts of a list become paragraphs; an object is represented by its name, text or value.

    Examples
    --------
    >>> cell_text({"id": "cnn", "name": "CNN"}), cell_text({"$date": "2018-01-31"}), cell_text(7.0)
    ('CNN', '2018-01-31', '7')
    >>> cell_text(b"Rain fell."), cell_text("Rain fell._x000D_ It dried.")
    ('Rain fell.', 'Rain fell.\n It dried.')
    >>> cell_text({"en": "Rain fell.", "fr": None})
    'Rain fell.'
    >>> cell_text([{"index": 0, "sentence": "Rain fell."}, ["It dried."]])
    'Rain fell.\n\nIt dried.'
    """
    if isinstance(value, bytes):
        value = decode(value)[0] if value else ""
    if isinstance(value, str):
        if "_x00" in value:
            value = _ESCAPED.sub(_unescaped, value)
        link = _LINK.fullmatch(value) if value[:1] == "=" else None
        return (link[2] or link[1]).replace('""', '"') if link else value
    if value is None or depth == 0:
        return ""
    if isinstance(value, Mapping):
        key = next((key for key in _VALUE_KEYS if value.get(key)), "")
        if key and key not in _IDS:
            return cell_text(value[key], depth - 1)
        inside = [cell_text(part, depth - 1) for name, part in value.items() if name != key]
        long = {_letters(text): text for text in inside if len(text) > _LONG_VALUE}
        if not key and len(only := [t for t in value.values() if isinstance(t, str) and t]) == 1:
            return only[0]
        return "\n\n".join(long.values()) or cell_text(value.get(key), depth - 1)
    if isinstance(value, (list, tuple)):
        return "\n\n".join(filter(None, (cell_text(part, depth - 1) for part in value)))
    if isinstance(value, datetime.date):  # also a Timestamp
        text = value.isoformat() if value == value else ""
        return text.removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is pd.NA or value != value else str(value)


def _unescaped(code: re.Match[str]) -> str:
    """Return the end of a line or the tab that Excel escapes; other control characters go."""
    end = "" if code[2] else "\n"  # "\r" before a line break
    return {"09": "\t", "0A": "\n", "0D": end}.get(code[1].upper(), "") + code[2]


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
        parsed = _printed(text)
        return text if parsed is None else "; ".join(cell_text(parsed).split("\n\n"))
    return text if isinstance(value, str) else text.replace("\n\n", "; ")


def long_text(value: Any) -> str:
    r"""Return a value as the text of an article; a printed list of paragraphs is read as one.

    Examples
    --------
    >>> long_text("['Rain fell.', \"It didn't dry.\"]")
    "Rain fell.\n\nIt didn't dry."
    """
    text = cell_text(value)
    if not is_printed_list(text):
        return text
    parsed = _printed(_NO_COMMA.sub(", ", text.strip()))
    return text if parsed is None else cell_text(parsed)


def is_printed_list(text: str) -> bool:
    """Return whether a cell looks like a list of texts that a program printed.

    Examples
    --------
    >>> is_printed_list("['Rain fell.', 'It dried.']"), is_printed_list("[Update] Rain fell.")
    (True, False)
    """
    return len(text) < _LONGEST_PRINTED and bool(_LIST.fullmatch(text))


def _printed(text: str) -> Any:
    """Return what JSON or Python printed; None if it is nothing of the kind."""
    for read in (json.loads, ast.literal_eval):
        try:
            return read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return None


def is_missing(text: str, *, surely: bool = False) -> bool:
    """Return whether a cell is empty or has a mark of a missing value, such as NaN or NULL.

    With ``surely``, marks that may also be a name are no such mark.
    """
    text = text.strip()
    if len(text) > _LONGEST_MARK:
        return False
    lowered = text.lower()
    return not text or lowered in _SURELY_MISSING or (not surely and lowered in _PERHAPS_MISSING)


def is_error(cell: Any) -> bool:
    """Return whether a cell holds what a spreadsheet shows where a formula failed.

    Examples
    --------
    >>> is_error("#REF!"), is_error("#N/A "), is_error("#MeToo")
    (True, True, False)
    """
    return isinstance(cell, str) and cell[:1] == "#" and cell.strip().lower() in _ERRORS


def is_no_answer(text: str) -> bool:
    """Return whether the cell of a title, an outlet or a day says only that it is not known.

    Examples
    --------
    >>> is_no_answer("k. A."), is_no_answer("-99"), is_no_answer("-12"), is_no_answer("No date set")
    (True, True, False, False)
    """
    return len(text) < _LONGEST_ANSWER and _NO_ANSWER.fullmatch(text.strip()) is not None


def without_markup(text: str) -> str:
    r"""Return the text of HTML, with a paragraph for every block; other text is returned as it is.

    Examples
    --------
    >>> without_markup("<p>Rain &amp; hail.</p><script>x = 1</script><p>It <b>dried</b>.</p>")
    'Rain & hail.\n\nIt dried.'
    >>> without_markup("a < b, and b > c"), without_markup("&lt;p&gt;Rain &amp;amp; hail&lt;/p&gt;")
    ('a < b, and b > c', 'Rain & hail')
    """
    if "&amp;" in text:
        text = _TWICE.sub("&", text)
    if "<" in text and _TAG.search(text):
        return _text_of(text)
    if "&lt;" in text and len(_TAG.findall(whole := html.unescape(text))) > 1:
        return _text_of(whole)
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def without_shortcodes(text: str) -> str:
    """Return a text of WordPress without captions and the marks of galleries, films and the like.

    Examples
    --------
    >>> without_shortcodes('<p>Rain.</p>[gallery ids="1,2"][pull_quote]Hail.[/pull_quote]')
    '<p>Rain.</p>Hail.'
    """
    return _SHORTCODE.sub("", _CAPTION.sub("", text)) if "[" in text else text


def nothing_hidden(markup: str) -> str:
    """Return HTML in which a script or comment that is not closed hides nothing below it.

    An element is not closed if another of its kind begins before it ends. What a script writes,
    after a quotation mark, begins none.

    Examples
    --------
    >>> nothing_hidden("<p>Rain.<script><p>Hail.<script>a()</script>")
    '<p>Rain. <p>Hail.<script>a()</script>'
    """
    following: dict[str, str | None] = {}
    unclosed = set()
    for tag in reversed(list(_UNSEEN_TAG.finditer(markup))):
        slash, name = tag[1], tag[2].lower()
        if not slash and following.get(name) != "/":
            unclosed.add(tag.start())
        following[name] = slash
    if unclosed:
        markup = _UNSEEN_TAG.sub(lambda tag: " " if tag.start() in unclosed else tag[0], markup)
    closed = markup.rfind("-->") + 1
    return markup[:closed] + markup[closed:].replace("<!--", "")


def _text_of(markup: str) -> str:
    parser = _Text()
    parser.feed(nothing_hidden(markup))
    parser.close()
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
        elif tag in ("td", "th"):
            self.parts.append(" ")

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
