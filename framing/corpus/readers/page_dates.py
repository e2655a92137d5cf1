"""The day on which a page was published: what it declares, what it shows, and never a change.

Days with a spelled month and those that begin with the year are taken as they stand. Of numbers
such as 3/9/2031 the page decides the order; where it does not, they are passed on as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from typing import Any

import pandas as pd

from framing.corpus.dates import (
    CHANGE,
    DAY_FIRST,
    NUMERIC,
    ORDERS,
    PUBLISHED,
    YEARS,
    day_month_order,
    find_date,
    named,
    read_date,
)

# Of htmldate: the same whatever the day on which it is read.
OPTIONS: dict[str, Any] = {
    "original_date": True,
    "extensive_search": False,
    "max_date": f"{YEARS.stop - 1}-12-31",
}
_NAMES = ("property", "name", "itemprop", "http-equiv")  # of what an element of the head says
_OF_DATES = re.compile(r"date|time|publi|creat|issued", re.IGNORECASE)
_CHANGED = re.compile(CHANGE, re.IGNORECASE)
_CUE = re.compile(rf"({CHANGE})|{PUBLISHED}", re.IGNORECASE)
_SAYS_SO = re.compile(rf"\W*(?:(?:first )?{PUBLISHED}\W*(?:on|am|le)?\W*)?$", re.IGNORECASE)
_IN_JSON = re.compile(r"\"datePublished\"\s{0,9}:\s{0,9}\"(\d{4}-\d\d-\d\d)")
_PICTURE = re.compile(r"[^\s\"'<>()]{0,100}\.(?:jpe?g|png|gif|webp|avif|svg)", re.IGNORECASE)
_TEXTS = "::text()[normalize-space()][not(parent::script or parent::style or parent::noscript)]"
_ABOVE, _BELOW = 3, 8  # texts beside the headline
_LINE, _LABEL = 150, 25  # characters of a line with a date, and of what stands before the date
_BEFORE = 100  # characters in which it is said what a date is of
_COMPARED = 20  # numbers by which the order of day and month is decided


def day_of(html: str, tree: Any, found: str, *, title: str = "", url: str = "") -> str:
    """Return the day of publication; it is empty where the page has the day of a change only.

    ``found`` is the day that htmldate finds anywhere on the page: it reads numbers day first.

    >>> from lxml.html import fromstring
    >>> page = "<h1>Ferry may stop</h1><p>Published May 4, 2031 | Updated July 1, 2031</p>"
    >>> day_of(page, fromstring(page), "2031-07-01")
    '2031-05-04'
    >>> page = "<meta name='article:published_time' content='05-04-2031'>"
    >>> day_of(page, fromstring(page), "2031-04-05")
    '05-04-2031'
    """
    day = _as_written(_declared(tree, url), html) or _shown(tree, title)
    if not day and found and not _is_of_a_change(found, html):
        day = _as_written(found, html)
    order = _order(day, html, tree) if day_month_order(day) == "?" else ""
    return _day(day, order) or day


def _declared(tree: Any, url: str) -> str:
    """Return the day that the address or the head of a page declares as that of publication."""
    from htmldate import find_date as date_of_page
    from lxml.html import tostring

    said = [
        tostring(_literal(element), encoding="unicode", with_tail=False)
        for element in tree.iter("meta", "link")
        if element.get("rel") == "canonical" or _is_of_publication(element)
    ]
    scripts = tree.xpath("//script[@type='application/ld+json']/text()")
    days = (found[1] for text in scripts if (found := _IN_JSON.search(text)))
    said += [f'<meta itemprop="datePublished" content="{day}">' for day in days]
    head = f"<html><head>{''.join(said)}</head><body></body></html>"
    return date_of_page(head, url=url or None, **OPTIONS) or ""


def _literal(element: Any) -> Any:
    """Return an element of the head with its date, if it is in no doubt, as htmldate reads it."""
    found = find_date(element.get("content", ""))
    if pd.isna(found.value):
        return element
    other = copy(element)
    other.set("content", f"{found.value:%Y-%m-%d}")
    return other


def _is_of_publication(element: Any) -> bool:
    name = " ".join(element.get(name, "") for name in _NAMES)
    return bool(_OF_DATES.search(name)) and not _CHANGED.search(name)


def _shown(tree: Any, title: str) -> str:
    """Return the date below or above the headline, as it is written.

    Above it only a date by itself counts: a newspaper shows there what day it is today.
    """
    headlines = list(tree.iter("h1"))
    same = [h for h in headlines if " ".join(h.text_content().split()) == title]
    for headline in same or headlines:
        below = _dates(headline.xpath(f"following{_TEXTS}")[:_BELOW])
        above = _dates(headline.xpath(f"preceding{_TEXTS}")[-_ABOVE:])
        alone = [date for label, date in above if _SAYS_SO.match(label)]
        return next((date for _, date in below), "") or "".join(alone[-1:])
    return ""


def _dates(texts: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield what stands before the date of a short line, and the date; none of a change."""
    before = ""
    for text in texts:
        line, element = " ".join(text.split()), text.getparent()
        stands = find_date(line[:_LINE], ORDERS[0])
        short = not pd.isna(stands.value) and len(line) <= _LINE and stands.start <= _LABEL
        label = f"{before if len(before) <= _LABEL else ''} {line[: stands.start]}"
        if short and not _CHANGED.search(label):
            exact = element.get("datetime", "") if element.tag == "time" else ""
            date = _day(exact, "") or line[stands.start : stands.end]
            yield line[: stands.start], date
        before = line


def _is_of_a_change(day: str, html: str) -> bool:
    """Return whether a day stands at places only that are those of a change, or name a picture."""
    pattern = re.compile(f"{named(pd.Timestamp(day)).pattern}|{_numbers(day)}", re.IGNORECASE)
    places = list(pattern.finditer(html))
    return bool(places) and all(_is_other(html, place) for place in places)


def _is_other(html: str, place: re.Match[str]) -> bool:
    said = html[max(0, place.start() - _BEFORE) : place.start()].rpartition("<meta")[2]
    last = [found[1] for found in _CUE.finditer(said)][-1:]
    return any(last) or bool(_PICTURE.match(html, place.end()))


def _as_written(day: str, html: str) -> str:
    """Return a day as the page writes it, if that is in numbers only, which were read day first."""
    if not day or named(pd.Timestamp(day)).search(html):
        return day
    numbers = re.search(_numbers(day), html)
    return numbers[0] if numbers else day


def _numbers(day: str) -> str:
    """Return a pattern of a day in numbers, day first."""
    year, month, number = map(int, day.split("-"))
    years = f"(?:{year}|{year % 100:02})"
    return rf"(?<![\d/.-])0?{number}(?P<mark>[./-])0?{month}(?P=mark){years}(?![\d/])"


def _order(date: str, html: str, tree: Any) -> str:
    """Return which of day and month comes first, empty if the page does not tell.

    It is the order in which this or another date is a day that the page also names in words or
    beginning with the year; or the only possible one of another date; or that of its language.
    """
    others = list(dict.fromkeys(found[0] for found in NUMERIC.finditer(html)))
    for dates in ([date], others):
        seen = {day_month_order(one) for one in dates} & set(ORDERS)
        doubtful = [one for one in dates if day_month_order(one) == "?"][:_COMPARED]
        seen |= {order for one in doubtful for order in ORDERS if _stands(one, order, html)}
        if len(seen) == 1:
            return seen.pop()
    language = " ".join(tree.xpath("ancestor-or-self::html/@lang")).lower()
    return "dmy" if language.startswith(DAY_FIRST) else ""


def _stands(date: str, order: str, html: str) -> bool:
    """Return whether a day stands on a page in words, or beginning with the year."""
    return bool(named(pd.Timestamp(_day(date, order))).search(html))


def _day(text: str, order: str) -> str:
    found = read_date(text, order)
    return "" if pd.isna(found.value) else f"{found.value:%Y-%m-%d}"
