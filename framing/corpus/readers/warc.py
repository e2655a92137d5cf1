"""Web archives (WARC, as of Common Crawl's CC-NEWS): an article per response (extra ``warc``)."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import pairwise
from typing import Any, BinaryIO

from framing.corpus.readers import Found, failed, pages
from framing.corpus.readers.compressed import GOES_ON, WARC, behind_damage
from framing.corpus.readers.file_names import host_of
from framing.corpus.readers.files import ARTICLE_BYTES, File
from framing.text.encoding import decode

_PAGES = ("response", "resource", "conversion")
_AT_ONCE = 1_000_000  # bytes
_HEAD = re.compile(rb"WARC/\d\.\d{1,2}\r?\n[\w-]{1,40}:")
_TYPE = re.compile(rb"^WARC-Type: \w+\r?$", re.MULTILINE)
_LONGEST = 60  # bytes of that
_MOST = ARTICLE_BYTES + _AT_ONCE  # bytes of a record that are kept
_OF_ONE = (b"HTTP/1.", b"<html", b"</html>")  # what a page has once
_BLANK = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"([0-9a-f]{1,8})[ \t]*+(?:;[^\r\n]*+)?\r\n", re.IGNORECASE)
_ABOVE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # what may stand above the first tag of a page
_LENGTH = re.compile(rb"^content-length:[ \t]*+([^\r\n]*+)\r?\n?", re.IGNORECASE | re.MULTILINE)


def recognises(file: File) -> bool:
    """Whether the file begins like a WARC, also if its first bytes are damaged."""
    return file.head.startswith(WARC) or _TYPE.search(file.head[:1000]) is not None


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article for each page or text; one row counts the records of other types.

    The date is the one that the page declares, never the date of the crawl.
    """
    try:
        from warcio.recordloader import ArcWarcRecordLoader
    except ImportError:
        yield failed(file.source, "web archives need warcio: pip install 'news-framing[html,warc]'")
        return
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    loader = ArcWarcRecordLoader(verify_http=False)
    others: Counter[str] = Counter()
    file.damage.clear()  # told again where it is met
    with file.open() as stream:
        for number, data in enumerate(_records(stream, file.damage), start=1):
            where = f"{file.source}, record {number}"
            try:
                if isinstance(data, str):
                    raise ValueError(data)
                for found in _in_record(loader, data, where):
                    if isinstance(found, Found):
                        yield found
                    else:
                        others[found] += 1
            except Exception as error:  # one record does not end the archive
                yield failed(where, error)
    if others:
        counted = ", ".join(f"{n} {kind}" for kind, n in sorted(others.items()))
        where = f"{file.source}, other records"
        yield Found(where, outcome="skipped", reason=f"about the crawl, no pages: {counted}")
    if file.damage:  # no record that was read is of it
        yield failed(f"{file.source}, end", file.damage.pop())


def _records(stream: BinaryIO, damage: list[str]) -> Iterator[bytes | str]:
    """Yield each record: it ends where the next one begins, whatever its length says.

    Of a damaged stretch the damage is yielded, and reading goes on behind it.
    """
    if damage:
        yield damage.pop() + GOES_ON
    held, more = bytearray(), True
    while more:
        while data := stream.read(_AT_ONCE):
            border = max(0, len(held) - _LONGEST)
            held += data
            begins = [0, *(at for found in _HEAD.finditer(held, border) if (at := found.start()))]
            yield from (bytes(held[a:b]) for a, b in pairwise(begins))
            del held[: begins[-1]]
            del held[_MOST:-_LONGEST]
        more, unsound = behind_damage(stream, WARC) if damage else (False, 0)
        if whole := bytes(held[: max(0, len(held) - unsound)]):
            yield whole
        if more:
            yield damage.pop() + GOES_ON
        held.clear()


def _in_record(loader: Any, data: bytes, where: str) -> Iterator[Found | str]:
    """Yield what stands behind a record, whose head is damaged, and its page or its type."""
    head, *below = _BLANK.split(data, maxsplit=1)
    if not below:
        raise ValueError("its head is cut off")
    (content,) = below
    length = found[1].strip() if (found := _LENGTH.search(head)) else b""
    size = int(length) if length.isdigit() else -1
    note = f"its length is wrong or it is cut off: {size - len(content):,} bytes are missing"
    if size < len(content):
        note = "its length is wrong: it was read up to the next record"
    own, rest = content[: max(size, 0)], content[max(size, 0) :].strip()
    two = any(mark in own and mark in rest for mark in _OF_ONE)
    if 0 <= size <= len(content) and (two or not rest or _BLANK.match(content, size)):
        if rest:
            yield failed(f"{where}, behind it", f"{len(rest):,} bytes without a head: not read")
        content, note = own, ""
    bare = BytesIO(_LENGTH.sub(b"", head).rstrip() + b"\r\n\r\n" + content)
    record = loader.parse_record_stream(bare, known_format="warc")
    if not record.rec_type:
        raise ValueError("no WARC-Type in its head: not read")
    said = record.rec_headers.get_header
    if record.rec_type == "continuation" or said("WARC-Segment-Number"):
        raise ValueError("a segment of a record that is cut into several: not read; join them")
    why = f"cut off when it was stored ({cut})" if (cut := said("WARC-Truncated")) else ""
    if record.rec_type not in _PAGES:
        yield str(record.rec_type)
        return
    yield _told(_from_record(record, where).noted(why), note)


def _told(found: Found, damage: str) -> Found:
    """Return it with its damage; what says that it is no page may be damaged, too."""
    no_page = damage and found.outcome == "skipped"
    return found.noted(damage)._replace(outcome="failed" if no_page else found.outcome)


def _from_record(record: Any, where: str) -> Found:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    http = record.http_headers
    headers = http or record.rec_headers
    kind = headers.get_header("Content-Type") or ""
    status = http.get_statuscode() if http else "200"
    text = record.rec_type == "conversion" and kind.startswith("text/plain")
    if status != "200" or not (text or "html" in kind):
        return Found(where, outcome="skipped", reason=f"no page: {status} {kind}".strip(), url=url)
    declared = kind.partition("charset=")[2].split(";")[0].strip("\"' ")
    try:
        stored = record.raw_stream.read()
        record.raw_stream = BytesIO(stored)
        stream = record.content_stream()
        raw = stream.read(ARTICLE_BYTES + 1)
        if len(raw) > ARTICLE_BYTES:
            raise ValueError(f"over the limit of {ARTICLE_BYTES // 1_000_000} MB: not read")
        if not text:
            tag_first = raw.lstrip(_ABOVE).startswith(b"<")
            damage = _damage(http, stored, as_one=tag_first and not _CHUNK.match(stored))
            if not getattr(getattr(stream, "decompressor", None), "eof", True):
                damage = damage or "its body is packed and damaged or cut off"
            if damage and not tag_first:  # a wrong size of a chunk
                raw = raw[max(0, raw.find(b"<")) :]
            page = pages.page_article(raw, where, url=url, declared=declared)
            return _told(page, damage)
        body, encoding = decode(raw, declared=declared)
    except Exception as error:
        return failed(where, error)._replace(url=url)
    return Found(where, body, outlet=host_of(url), url=url, encoding=encoding)


def _damage(http: Any, stored: bytes, *, as_one: bool) -> str:
    """Return why text of a page may be missing, by what its HTTP head says of its body.

    ``as_one`` is whether it was stored without its chunks: some crawlers keep such a head.
    """
    said = http.get_header if http else {}.get
    length = said("Content-Length") or ""
    if said("Transfer-Encoding") == "chunked":
        sound = as_one or _is_whole(stored)
        return "" if sound else "its body is in chunks that are damaged or cut off"
    missing = int(length[:18]) - len(stored) if length.isdecimal() else 0
    return f"its body is cut off: {missing:,} bytes are missing" if missing > 0 else ""


def _is_whole(chunks: bytes) -> bool:
    """Return whether each chunk ends where its size says, and the last one says that it is."""
    at = 0
    while (head := _CHUNK.match(chunks, at)) and (size := int(head[1], 16)):
        at = head.end() + size + 2
        if chunks[at - 2 : at] != b"\r\n":
            return False
    return head is not None
