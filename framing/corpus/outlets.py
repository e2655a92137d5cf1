"""Two names for one thing: outlets that look alike, versions of one page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import pandas as pd

# Words that one outlet's name may have or lack.
_GENERIC = {
    "the", "news", "online", "web", "com", "www", "co", "uk", "org", "net", "digital", "site",
}  # fmt: skip
_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|cmpid|cid|ito|ref|src|smid|ns_.*|at_.*|amp|outputtype|sh|s|r|partner)$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[^\W_]+")


def lookalikes(articles: pd.DataFrame) -> pd.DataFrame:
    """List names that look like a more frequent name of the same outlet.

    These are suggestions; ``read_corpus(..., outlets={"FOX": "Fox News"})`` merges them.

    One row per name: ``outlet``, ``articles`` (its number), ``like`` (the more frequent name),
    ``articles_like``; sorted by ``like``. Names are alike if they are equal without case,
    punctuation and words such as *The*, *News*, *Online*.

    Examples
    --------
    >>> lookalikes(pd.DataFrame({"outlet": ["Fox News", "Fox News", "FOX", "Sun"]}))
      outlet  articles      like  articles_like
    0    FOX         1  Fox News              2
    """
    counts = articles["outlet"].value_counts()
    names = sorted(counts.index, key=lambda name: (-counts[name], name))
    first: dict[str, str] = {}
    like = {name: first.setdefault(_core(name), name) for name in names}
    rows = [(a, counts[a], b, counts[b]) for a, b in like.items() if a != b]
    table = pd.DataFrame(rows, columns=["outlet", "articles", "like", "articles_like"])
    return table.sort_values(["like", "outlet"], ignore_index=True)


def _core(name: str) -> str:
    """Return a name in lower case, without punctuation and generic words."""
    parts = _PARTS.findall(name.casefold())
    return " ".join([part for part in parts if part not in _GENERIC] or parts)


def with_versions(articles: pd.DataFrame) -> pd.DataFrame:
    """Fill ``version_of``: the id of the earliest article with the same URL, or empty for that one.

    URLs are compared without scheme, ``www.``, fragment, final slash and tracking parameters
    (``utm_source`` and the like).

    Examples
    --------
    >>> with_versions(pd.DataFrame({
    ...     "article": ["a", "b"], "date": pd.to_datetime(["2031-03-02", "2031-03-01"]),
    ...     "url": ["https://x.example/1?utm_source=y", "http://www.x.example/1/"]}))["version_of"]
    0    b
    1
    Name: version_of, dtype: ...
    """
    ordered = articles.sort_values(["date", "article"])
    earliest: dict[str, str] = {}
    of_article = {
        name: earliest.setdefault(page, name) if (page := page_of(url)) else name
        for name, url in zip(ordered["article"], ordered["url"], strict=True)
    }
    versions = [
        "" if of_article[name] == name else of_article[name] for name in articles["article"]
    ]
    return articles.assign(
        version_of=pd.Series(versions, articles.index, dtype=ordered["url"].dtype)
    )


def page_of(url: str) -> str:
    """Return a URL in the form in which URLs are compared; empty if it names no page.

    Examples
    --------
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
