"""Names of outlets that look alike."""

from __future__ import annotations

import re

import pandas as pd

# Words that one outlet's name may have or lack.
_GENERIC = {
    "the", "news", "online", "web", "com", "www", "co", "uk", "org", "net", "digital", "site",
}  # fmt: skip
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
