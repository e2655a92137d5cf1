"""The day on which a page was published, where it declares or shows that of a change, too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from framing.corpus.dates import ORDERS, YEARS, find_date

# Of htmldate: the same whatever the day on which it is read.
OPTIONS: dict[str, Any] = {
    "original_date": True,
    "extensive_search": False,
    "max_date": f"{YEARS.stop - 1}-12-31",
}
_CHANGED = re.compile(
    r"<meta\b[^<>]{0,200}?\b(?:property|name|itemprop)\s{0,3}=\s{0,3}[\"'][^\"'<>]{0,60}?"
    r"(?:modif|updat|revis)[^\"'<>]{0,30}[\"'][^<>]{0,200}>",
    re.IGNORECASE,
)
_DECLARED = re.compile(r"[\"']datePublished[\"']\s{0,3}:\s{0,3}[\"'](\d{4}-\d\d-\d\d)")
_PUBLISHED = re.compile(r"^(?:first )?(?:published|posted|veröffentlicht|publié)\b", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:updated|modified|aktualisiert|mis à jour)\b.*", re.IGNORECASE)
_LINES, _CHARACTERS = 4, 150  # above the story


def day_of(html: str, found: str, blocks: Sequence[str]) -> str:
    """Return the day of publication, if the one that was found is declared as that of a change.

    It is empty where the page has the day of a change only.

    Examples
    --------
    >>> page = '<meta property="article:modified_time" content="2031-07-01T09:00:00Z">'
    >>> day_of(page, "2031-07-01", ["Published 04/05/2031 | Updated 01/07/2031", "Rain fell."])
    '2031-05-04'
    >>> day_of('{"datePublished": "2031-05-03", …' + page, "2031-07-01", [])
    '2031-05-03'
    """
    changed = {_day(tag[0], "") for tag in _CHANGED.finditer(html)}
    if not found or found not in changed:
        return found
    if declared := _DECLARED.search(html):
        return declared[1]
    return _shown(blocks, found) or (found if _stands_elsewhere(html, found) else "")


def _stands_elsewhere(html: str, found: str) -> bool:
    """Return whether a page has a day at another place than that of a change, too."""
    from htmldate import find_date as date_of_page

    rest = _CHANGED.sub("", html)
    return found in (date_of_page(rest, **OPTIONS) or "")


def _shown(blocks: Sequence[str], declared: str) -> str:
    """Return the day that a line above the story shows, if it shows that of a change as well.

    The day of the change, which the page declares, decides whether day or month comes first.

    Examples
    --------
    >>> _shown(["Published 04/05/2031 06:00 | Updated 01/07/2031"], "2031-07-01")
    '2031-05-04'
    >>> _shown(["Published on Monday, it was updated."], "2031-07-01")
    ''
    """
    for line in blocks[:_LINES]:
        updated = _UPDATED.search(line)
        if not updated or len(line) > _CHARACTERS or not _PUBLISHED.match(line):
            continue
        orders = [o for o in ORDERS if _day(updated[0], o) == declared] or [""]
        return _day(line[: updated.start()], orders[0])
    return ""


def _day(text: str, order: str) -> str:
    found = find_date(text, order)
    return "" if pd.isna(found.value) else f"{found.value:%Y-%m-%d}"
