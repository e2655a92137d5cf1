"""Versions of one page: articles with the same URL, of which the earliest is compared."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import pandas as pd

from framing.corpus.carried import with_about

_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|cmpid|cid|ito|ref|src|smid|ns_.*|at_.*|amp|outputtype|sh|s|r|partner)$",
    re.IGNORECASE,
)


def with_versions(
    articles: pd.DataFrame, paragraphs: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fill ``version_of``: the id of the earliest article with the same URL, or empty for that one.

    The paragraphs get it if there are later versions, and only then: whatever compares and counts
    articles leaves these out.

    URLs are compared without scheme, ``www.``, fragment, final slash and tracking parameters
    (``utm_source`` and the like).

    >>> articles = pd.DataFrame({
    ...     "article": ["a", "b"], "date": pd.to_datetime(["2031-03-02", "2031-03-01"]),
    ...     "url": ["https://x.example/1?utm_source=y", "http://www.x.example/1/"]})
    >>> with_versions(articles, articles[["article"]])[1]["version_of"].to_list()
    ['b', '']
    """
    ordered = articles.sort_values(["date", "article"])
    earliest: dict[str, str] = {}
    first = {
        name: earliest.setdefault(page, name) if (page := url and page_of(url)) else name
        for name, url in zip(*(ordered[c].tolist() for c in ("article", "url")), strict=True)
    }
    versions = ["" if first[name] == name else first[name] for name in articles["article"]]
    filled = pd.Series(versions, articles.index, dtype=ordered["url"].dtype)
    articles = articles.assign(version_of=filled)
    return articles, marked(paragraphs, articles)


def marked(paragraphs: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the paragraphs with ``version_of`` if articles have it, and else without."""
    if articles["version_of"].eq("").all():
        return paragraphs.drop(columns="version_of", errors="ignore")
    return with_about(paragraphs, articles, "version_of")


def page_of(url: str) -> str:
    """Return a URL in the form in which URLs are compared; empty if it names no page.

    >>> page_of("https://www.X.example/News/1.html?id=7&utm_medium=mail#top")
    'x.example/News/1.html?id=7'
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    asked = [(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)]
    if not parts.netloc or not (path or asked):
        return ""
    query = f"?{urlencode(sorted(asked))}" if asked else ""
    return parts.netloc.lower().removeprefix("www.") + path + query
