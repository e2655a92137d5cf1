"""Web archives (WARC, as of Common Crawl's CC-NEWS): an article per response (extra ``warc``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from framing.corpus.readers import Found, pages
from framing.corpus.readers.files import ARTICLE_BYTES, File


def recognises(file: File) -> bool:
    """Whether the file begins like a WARC."""
    return file.head.startswith(b"WARC/")


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article for each response; requests and records about the crawl are not inputs.

    The date is the one that the page declares, never the date of the crawl.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        reason = "web archives need warcio: pip install 'news-framing[html,warc]'"
        yield Found(file.source, outcome="failed", reason=reason)
        return
    with file.open() as stream:
        for number, record in enumerate(ArchiveIterator(stream), start=1):
            if record.rec_type == "response":
                yield _from_record(record, f"{file.source}, record {number}")


def _from_record(record: Any, where: str) -> Found:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    status = record.http_headers.get_statuscode() if record.http_headers else ""
    kind = (record.http_headers.get_header("Content-Type") or "") if record.http_headers else ""
    if status != "200" or "html" not in kind:
        return Found(where, outcome="skipped", reason=f"no page: {status} {kind}".strip(), url=url)
    try:
        raw = record.content_stream().read(ARTICLE_BYTES + 1)
    except Exception as error:  # a broken compression spoils this record only
        return Found(where, outcome="failed", reason=f"cannot be unpacked: {error}", url=url)
    if len(raw) > ARTICLE_BYTES:
        reason = f"over the limit of {ARTICLE_BYTES // 1_000_000} MB: not read"
        return Found(where, outcome="failed", reason=reason, url=url)
    declared = kind.partition("charset=")[2].split(";")[0].strip("\"' ")
    try:
        return pages.page_article(raw, where, url=url, declared=declared)
    except Exception as error:  # one page does not end the archive
        return Found(where, outcome="failed", reason=f"{type(error).__name__}: {error}", url=url)
