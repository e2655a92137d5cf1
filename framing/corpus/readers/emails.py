"""E-mails, such as newsletters: subject, sender, day and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from framing.corpus.readers import Found
from framing.corpus.readers.cells import without_markup
from framing.corpus.readers.file_names import article_name
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.text.encoding import decode

_FORWARDED = re.compile(r"^(?:(?:re|fwd?|wg|aw|tr)\s?:\s?)+", re.IGNORECASE)


def recognises(file: File) -> bool:
    """Return whether the name is that of an e-mail, and its first bytes are those of a text."""
    return file.name.endswith(".eml") and b"\0" not in file.head


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the e-mail as an article; the name of the sender is the outlet."""
    message = message_from_bytes(file.read(EXPORT_BYTES), policy=policy.default)
    text = _text(message)
    if not text.strip():
        yield Found(file.source, outcome="skipped", reason="no text")
        return
    name, address = parseaddr(str(message.get("From", "")))
    yield Found(
        file.source, text, article_name(file), outlet=name or address.rpartition("@")[2],
        date=_day(str(message.get("Date", ""))),
        title=_FORWARDED.sub("", str(message.get("Subject", ""))),
    )  # fmt: skip


def _text(message: EmailMessage) -> str:
    part = message.get_body(("html", "plain"))
    data = part.get_payload(decode=True) if part else b""
    if not part or not isinstance(data, bytes):
        return ""
    text = decode(data, declared=part.get_content_charset() or "")[0]
    return without_markup(text) if part.get_content_subtype() == "html" else text


def _day(date: str) -> str:
    try:
        return f"{parsedate_to_datetime(date):%Y-%m-%d}"
    except ValueError:
        return date
