"""Cells of tables and values of JSON objects as text."""

from __future__ import annotations

import ast
import datetime
import json
import re
from collections.abc import Mapping
from numbers import Number
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from framing.corpus.readers.markup import without_markup
from framing.text.encoding import decode

NO_VALUE = "#NO STORED VALUE (save the workbook in Excel)"  # of a formula
# What a formula gives in Excel that failed, in English and some languages of its CSV files.
_ERRORS = frozenset({
    "#n/a", "#n/d", "#nv", "#ref!", "#bezug!", "#value!", "#wert!", "#valeur!", "#div/0!",
    "#name?", "#nom?", "#num!", "#zahl!", "#nombre!", "#null!", "#spill!", "#calc!",
    NO_VALUE.lower(),
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

# Keys of an object that stands for one value, the likeliest first.
_VALUE_KEYS = (
    "name", "title", "text", "sentence", "content", "paragraph", "body", "main", "original",
    "value", "rendered", "label", "$date", "$oid", "$numberLong", "$numberInt", "id",
    "data", "blocks", "children", "sections", "paragraphs", "parts",
)  # fmt: skip
_IDS = ("$oid", "id")  # of an object that may hold a text under a name of its own
_LONG_VALUE = 100  # characters; what is longer in an object of unknown keys is its text
_DEPTH = 20
# Values that all readers make; what else is in a DataFrame may do anything when it is asked.
_PLAIN = (str, bytes, Number, np.generic, datetime.date, datetime.time, Mapping, list, tuple)
_LONGEST_PRINTED = 1_000_000  # characters of a printed list; what is longer is not parsed
# The formula of a link in a sheet: its address and, mostly, its text.
_LINK = re.compile(
    r'=HYPERLINK\(\s*"(https?://[^"]*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)\s*', re.IGNORECASE
)
# A control character as Excel writes it, "_x000D_", and a line break behind it.
_ESCAPED = re.compile(r"_x00([01][0-9a-fA-F])_(\n?)")
_LIST = re.compile(r"""\s*\[['"].*['"]\]\s*""", re.DOTALL)
_OBJECTS = re.compile(r"""\s*\[?\s*\{\s*['"]""")
_NO_COMMA = re.compile(r"""(?<=['"]) *\n *(?=['"])""")  # NumPy prints items on lines of their own


def cell_text(value: Any, depth: int = _DEPTH) -> str:
    r"""Return a value as text: a missing one is empty; ``NA`` and ``007`` stay what they are.

    The parts of a list become paragraphs; an object is represented by its name, text or value.

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
    if isinstance(value, (list, tuple, np.ndarray)):
        return "\n\n".join(filter(None, (cell_text(part, depth - 1) for part in value)))
    if isinstance(value, datetime.date):  # also a Timestamp
        text = value.isoformat() if value == value else ""
        return text.removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    try:
        return "" if value is pd.NA or value != value else str(value)
    except (ArithmeticError, ValueError) as error:  # a decimal sNaN, an integer of 5,000 digits
        return no_value(type(value).__name__, error)


def plain_value(value: Any) -> Any:
    """Return an array as a list, and an object of a foreign kind as text, whatever it does then.

    >>> plain_value(np.array(["A B", "C D"])), plain_value(7), plain_value(range(2))
    (['A B', 'C D'], 7, 'range(0, 2)')
    """
    if isinstance(value, str):
        return str.__str__(value)  # also of a kind of its own, whose methods may do anything
    if isinstance(value, _PLAIN) or value is None or value is pd.NA:
        return value
    if isinstance(value, np.ndarray):
        return list(map(plain_value, np.atleast_1d(value).tolist()))
    try:
        return str(value)
    except Exception as error:
        return no_value(type(value).__name__, error)


def arrow_value(value: pa.Scalar) -> Any:
    """Return the value of a cell; of one that Python does not have, what kind it is of.

    Such are dates beyond the year 9999, and those of an unknown time zone. Their numbers might be
    taken for another date.

    >>> arrow_value(pa.scalar(2**60).cast(pa.timestamp("s")))
    'timestamp: OverflowError'
    """
    try:
        return value.as_py()
    except UnicodeDecodeError:
        raise
    except Exception as error:
        return no_value(str(value.type), error)


def no_value(kind: str, error: Exception) -> str:
    """Return a text for a value that cannot be had."""
    return f"{kind.partition('[')[0]}: {type(error).__name__}"


def _unescaped(code: re.Match[str]) -> str:
    """Return the end of a line or the tab that Excel escapes; other control characters go."""
    end = "" if code[2] else "\n"  # "\r" before a line break
    return {"09": "\t", "0A": "\n", "0D": end}.get(code[1].upper(), "") + code[2]


def _letters(text: str) -> str:
    """Return what a text and the same text in HTML have in common."""
    return re.sub(r"\W+", "", without_markup(text))


def short_text(value: Any) -> str:
    """Return a value as text for metadata; a printed dict or list is read as what it was.

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

    >>> is_printed_list("['Rain fell.', 'It dried.']"), is_printed_list("[Update] Rain fell.")
    (True, False)
    """
    return len(text) < _LONGEST_PRINTED and bool(_LIST.fullmatch(text))


def printed_objects(cell: Any) -> Any:
    """Return the object, or the list of objects, that a program printed into a cell, or None.

    >>> printed_objects("[{'text': 'Rain fell.'}]"), printed_objects("{Rain} fell.")
    ([{'text': 'Rain fell.'}], None)
    """
    printed = isinstance(cell, str) and len(cell) < _LONGEST_PRINTED and _OBJECTS.match(cell)
    return _printed(cell.strip()) if printed else None


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
    text = text.strip().lower()
    return not text or text in _SURELY_MISSING or (not surely and text in _PERHAPS_MISSING)


def is_error(cell: Any) -> bool:
    """Return whether a cell holds what a spreadsheet shows where a formula failed.

    >>> is_error("#REF!"), is_error("#N/A "), is_error("#MeToo")
    (True, True, False)
    """
    return isinstance(cell, str) and cell[:1] == "#" and cell.strip().lower() in _ERRORS


def is_no_answer(text: str) -> bool:
    """Return whether the cell of a title, an outlet or a day says only that it is not known.

    >>> is_no_answer("k. A."), is_no_answer("-99"), is_no_answer("-12"), is_no_answer("No date set")
    (True, True, False, False)
    """
    return _NO_ANSWER.fullmatch(text.strip()) is not None
