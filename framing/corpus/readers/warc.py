"""Web archives (WARC, as of Common Crawl's CC-NEWS): an article per response (extra ``warc``)."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from typing import Any

from framing.corpus.readers import Found, failed, pages
from framing.corpus.readers.file_names import host_of
from framing.corpus.readers.files import ARTICLE_BYTES, File
from framing.text.encoding import decode

_PAGES = ("response", "resource", "conversion")
_AT_ONCE = 1_000_000  # bytes
_INSIDE = b"\nWARC/1."  # a record that a wrong length makes part of the one before

_HOLDS = "it may hold the records after it; not read"


def recognises(file: File) -> bool:
    """Whether the file begins like a WARC."""
    return file.head.startswith(b"WARC/")


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article for each page or text; one row counts the records of other types.

    The date is the one that the page declares, never the date of the crawl.
    """
    try:
        records = _records()
    except ImportError:
        yield failed(file.source, "web archives need warcio: pip install 'news-framing[html,warc]'")
        return
    others: Counter[str] = Counter()
    with file.open() as stream:
        number = yield from _pages(records(stream), file.source, others)
    if others:
        counted = ", ".join(f"{n} {kind}" for kind, n in sorted(others.items()))
        where = f"{file.source}, other records"
        yield Found(where, outcome="skipped", reason=f"about the crawl, no pages: {counted}")
    if number < (heads := _heads(file)):
        reason = f"the file has the heads of {heads} records, of which {number} were read or "
        reason += "have a row: a record is damaged"
        yield failed(f"{file.source}, the rest", reason)
    if file.damage:  # a record of the right length is whole, also the last one before the damage
        yield failed(f"{file.source}, end", file.damage.pop())


def _records() -> Any:
    """Return the class of an archive that tells wrong lengths, and whether it breaks off."""
    from warcio.archiveiterator import ArchiveIterator

    class Records(ArchiveIterator):  # type: ignore[misc]
        INC_RECORD = ""  # a wrong length is a row of the audit, not a line on standard error
        cut = False  # whether the head of the last record breaks off

        def _next_record(self, next_line: str | None) -> Any:
            try:
                return super()._next_record(next_line)
            except EOFError:
                self.cut = bool(next_line)
                raise

    logging.getLogger("warcio").addHandler(logging.NullHandler())
    return Records


def _heads(file: File) -> int:
    """Return how many heads of records stand in a file."""
    count, last = 0, b"\n"
    with file.open() as stream:
        while data := stream.read(_AT_ONCE):
            count += (last + data).count(_INSIDE)
            last = data[-len(_INSIDE) + 1 :]
    return count


def _pages(archive: Any, source: str, others: Counter[str]) -> Generator[Found, None, int]:
    """Yield the pages, each when the next record shows whether its length was right.

    Return the number of records, with the one that ended the archive.
    """
    page, kind, errors, number = None, "", 0, 0
    while True:
        try:
            record = next(archive)
        except StopIteration:
            record = None
        except Exception as error:
            lost = failed(f"{source}, from record {number + 1}", error)
            yield from [_wrong(page, source, number), lost] if page else [lost]
            return number + 1
        if archive.err_count > errors:
            yield _wrong(page, source, number)
        elif page:
            yield page
        elif number:
            others[kind] += 1
        if record is None and archive.cut:
            yield failed(f"{source}, record {number + 1}", "its head is cut off")
        if record is None:
            return number
        errors, number, kind = archive.err_count, number + 1, record.rec_type
        where = f"{source}, record {number}"
        if not kind:
            page = failed(where, "no WARC-Type in its head: not read")
        elif (record.rec_headers.get_header("Content-Length") or "").strip().isdecimal():
            page = _from_record(record, where) if kind in _PAGES else None
        else:
            page = failed(where, f"its length is wrong: {_HOLDS}")


def _wrong(page: Found | None, source: str, number: int) -> Found:
    """Note a length that was wrong, which shows at the beginning of the next record."""
    page = page or Found(f"{source}, record {number}", outcome="failed")
    return page.noted("its length is wrong: the end may be missing")


def _from_record(record: Any, where: str) -> Found:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    http = record.http_headers
    headers = http or record.rec_headers
    kind = headers.get_header("Content-Type") or ""
    status = http.get_statuscode() if http else "200"
    text = record.rec_type == "conversion" and kind.startswith("text/plain")
    if status != "200" or not (text or "html" in kind):
        return Found(where, outcome="skipped", reason=f"no page: {status} {kind}".strip(), url=url)
    try:
        raw = record.content_stream().read(ARTICLE_BYTES + 1)
        found = _from_bytes(raw, where, url, kind, text=text)
    except Exception as error:  # one page does not end the archive
        return failed(where, error)._replace(url=url)
    missing = record.raw_stream.limit
    return found.noted(f"cut off: {missing:,} bytes are missing" if missing else "")


def _from_bytes(raw: bytes, where: str, url: str, kind: str, *, text: bool) -> Found:
    if len(raw) > ARTICLE_BYTES:
        raise ValueError(f"over the limit of {ARTICLE_BYTES // 1_000_000} MB: not read")
    if _INSIDE in raw:
        raise ValueError(f"its length is wrong: {_HOLDS}")
    declared = kind.partition("charset=")[2].split(";")[0].strip("\"' ")
    if not text:
        return pages.page_article(raw, where, url=url, declared=declared)
    body, encoding = decode(raw, declared=declared)
    return Found(where, body, outlet=host_of(url), url=url, encoding=encoding)
