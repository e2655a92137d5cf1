"""E-mails and mailboxes, such as of newsletters: subject, sender, day and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from framing.corpus.readers import Found, each
from framing.corpus.readers.cells import without_markup
from framing.corpus.readers.file_names import article_name
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.text.encoding import decode

# The line above each message of a mailbox.
_BEGIN = re.compile(rb"^From [^\n]{1,200}\d\d:\d\d[^\n]{0,40}\n", re.MULTILINE)
_FORWARDED = re.compile(r"^(?:(?:re|fwd?|wg|aw|tr)\s?:\s?)+", re.IGNORECASE)


def recognises(file: File) -> bool:
    """Return whether it is a mailbox, or the name is that of an e-mail and it begins as a text."""
    named = file.name.endswith((".eml", ".mbox")) and b"\0" not in file.head
    return named or _BEGIN.match(file.head) is not None


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield each e-mail as an article; the name of the sender is the outlet."""
    data = file.read(EXPORT_BYTES)
    if _BEGIN.match(data):
        yield from each(_BEGIN.split(data)[1:], _from_bytes, file.source, kind="message")
    else:
        found = _from_bytes(data, file.source)
        yield found._replace(article=article_name(file)) if found.text else found


def _from_bytes(data: bytes, where: str) -> Found:
    message = message_from_bytes(data, policy=policy.default)
    text = _text(message)
    if not text.strip():
        return Found(where, outcome="skipped", reason="no text")
    name, address = parseaddr(str(message.get("From", "")))
    return Found(
        where, text, outlet=name or address.rpartition("@")[2],
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
