"""E-mails and mailboxes, such as of newsletters: subject, sender, day and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email import errors, message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from itertools import pairwise

from framing.corpus.readers import Found, each, none_lost, skipped
from framing.corpus.readers.file_names import article_name
from framing.corpus.readers.files import EXPORT_BYTES, File
from framing.corpus.readers.heads import check_single
from framing.corpus.readers.markup import without_markup
from framing.text.encoding import decode

# The line above each message of a mailbox, and what tells of one wherever it stands.
_BEGIN = re.compile(rb"^From [^\n]*\d\d:\d\d[^\n]*\n", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)  # such a line inside a message
_ID = re.compile(rb"^Message-ID:", re.MULTILINE | re.IGNORECASE)
_MARK = re.compile(rb"@\S{1,100} {1,3}\w{3} \w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d")
# A line of the head of an e-mail, and what one begins with, unlike a line of a text with a colon.
_HEADER = re.compile(rb"[A-Za-z][\w-]{0,60}:|[ \t]+\S")
_FIRST = re.compile(
    rb"(?:return-path|received|delivered-to|dkim-signature|authentication-results|message-id|from|to"
    rb"|date|subject|sender|reply-to|mime-version|(?:arc|x|list|content)-[\w-]+):",
    re.IGNORECASE,
)
# What the head of one without an id has: a day as programs write it, and the others.
_SENT = rb"^Date:[ \t]*(?:\w{3},[ \t]*)?\d{1,2} \w{3} \d{4} \d\d:\d\d"
_SIGNS = [re.compile(s, re.MULTILINE | re.IGNORECASE) for s in (_SENT, b"^From:", b"^Subject:")]
# The line above the head of one that a text quotes.
_QUOTES = re.compile(rb"-{3,}[^-=_\d\n]{3,60}-{3,}\s*$|.*:\s*$")
_BLANK = re.compile(rb"\r?\n\r?\n")
_FLOWED = re.compile(r"(?<!^--) \r?\n", re.MULTILINE)  # the line goes on, but that of a signature
_MOST_PARTS = 10_000
_LONGEST = 2_000  # characters of a header that are read
_E_MAIL = "message/rfc822"  # inside another one
_FORWARDS = _E_MAIL.encode()  # as a whole
_FORWARDED = re.compile(r"^(?:(?:re|fwd?|wg|aw|tr)\s?:\s?)+", re.IGNORECASE)

# What the parser of e-mails has met where text may be missing.
_PARTS = "marks between its parts are missing: it may be cut off"
_CODED = "its text is coded (base64) and damaged: a part may be missing"
_DAMAGES = {
    errors.StartBoundaryNotFoundDefect: _PARTS,
    errors.CloseBoundaryNotFoundDefect: _PARTS,
    errors.NoBoundaryInMultipartDefect: _PARTS,
    errors.InvalidBase64PaddingDefect: _CODED,
    errors.InvalidBase64CharactersDefect: _CODED,
    errors.InvalidBase64LengthDefect: _CODED,
}


def recognises(file: File) -> bool:
    """Return whether it is a mailbox, or the name is that of an e-mail and it begins as a text."""
    named = file.name.endswith(".eml") and b"\0" not in file.head
    if named or file.name.endswith(".mbox") or _BEGIN.match(file.head):
        return True
    head = _BLANK.split(file.head, maxsplit=1)[0]
    lines = head.splitlines()
    return all(map(_HEADER.match, lines)) and all(sign.search(head) for sign in _SIGNS)


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield each e-mail as an article; the name of the sender is the outlet."""
    data = file.read(EXPORT_BYTES)
    is_box = file.name.endswith(".mbox") or _BEGIN.match(data) is not None
    parts = [_QUOTED.sub(rb"\1", part) for part in _BEGIN.split(data)] if is_box else [data]
    messages = [message for part in parts if part.strip() for message in _apart(part)]
    if is_box or len(messages) > 1:
        found = each(messages, _from_bytes, file.source, kind="message")
        yield from none_lost(found, len(_MARK.findall(data)), file.source)
    else:
        mail = _from_bytes(data, file.source)
        yield mail._replace(article=article_name(file)) if mail.text else mail


def _apart(data: bytes) -> list[bytes]:
    """Return the e-mails that nothing separates; each begins with the lines of a head."""
    if _FORWARDS in data or max(len(mark.findall(data)) for mark in (_ID, _SIGNS[0])) < 2:
        return [data]
    begins, at, head, above = [0], 0, -1, b""  # head: where the lines of one begin
    for line in data.splitlines(keepends=True):
        if head < 0 and _FIRST.match(line):
            head = at
        elif head >= 0 and not _HEADER.match(line):
            if head and not line.strip() and _is_head(data[head:at], above):
                begins.append(head)
            head = -1
        above = line if head < 0 and line.strip() else above
        at += len(line)
    return [data[a:b] for a, b in pairwise([*begins, len(data)])]


def _is_head(lines: bytes, above: bytes) -> bool:
    """Return whether lines are the head of an e-mail, and not of one that the text quotes."""
    whole = all(sign.search(lines) for sign in _SIGNS) and not _QUOTES.match(above)
    return whole or _ID.search(lines) is not None


def _from_bytes(data: bytes, where: str) -> Found:
    if data.count(b"\n--") > _MOST_PARTS:  # each begins so
        raise ValueError(f"a message of over {_MOST_PARTS:,} parts: not read")
    if _FORWARDS not in data:
        check_single(len(_ID.findall(data)), "Message-ID:")
    message = message_from_bytes(data, policy=policy.default)
    text, notes = _text(message), [_attached(message), *_damages(message)]
    if not text.strip():
        return skipped(where, "no text").noted(*notes)
    said = {name.lower(): _decoded(str(value)) for name, value in reversed([*message.raw_items()])}
    name, address = parseaddr(said.get("from", ""))
    return Found(
        where, text, outlet=name or address.rpartition("@")[2], date=_day(said.get("date", "")),
        title=_FORWARDED.sub("", said.get("subject", "")),
    ).noted(*notes)  # fmt: skip


def _damages(message: EmailMessage) -> list[str]:
    """Return what was met in its parts, and where its text was decoded, of damage to the text."""
    met = (_DAMAGES.get(type(defect)) for part in message.walk() for defect in part.defects)
    return list(dict.fromkeys(filter(None, met)))


def _attached(message: EmailMessage) -> str:
    """Return which files and e-mails are attached, pictures apart: they may be articles."""
    parts = [part for part in message.walk() if part.get_content_maintype() != "image"]
    parts = [part for part in parts if part.is_attachment() or part.get_content_type() == _E_MAIL]
    names = [repr(part.get_filename() or part.get_content_type()) for part in parts]
    return f"attached and not read: {', '.join(names)}" if names else ""


def _decoded(header: str) -> str:
    """Return the value of a header as text, up to a length that no header has."""
    raw = " ".join(header[:_LONGEST].split()).encode("utf-8", "surrogateescape")
    text = decode(raw)[0] if raw else ""
    try:
        return str(make_header(decode_header(text)))
    except (ValueError, LookupError, errors.MessageError):  # an encoding that nobody knows
        return text


def _text(message: EmailMessage) -> str:
    part = message.get_body(("html", "plain"))
    data = part.get_payload(decode=True) if part else b""
    if not part or not isinstance(data, bytes):
        return ""
    text = decode(data, declared=part.get_content_charset() or "")[0]
    if part.get_content_subtype() == "html":
        return without_markup(text)
    return _FLOWED.sub(" ", text) if str(part.get_param("format")).lower() == "flowed" else text


def _day(date: str) -> str:
    try:
        return f"{parsedate_to_datetime(date):%Y-%m-%d}"
    except (ValueError, OverflowError):
        return date
