"""Dates as sources write them, in a dozen languages; what cannot be read is NaT, with a reason."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from framing.utils.files import data_beside

YEARS = range(1690, 2050)  # from the first newspapers; later years are typing errors
ORDERS = ("dmy", "mdy")

_MONTHS = data_beside(__file__)
DAY_FIRST = (*(language for language in _MONTHS if language != "en"), "en-gb", "en-au", "en-nz")
_MONTH = {
    name: number
    for names in _MONTHS.values()
    for number, month in enumerate(names.split(), start=1)
    for name in month.split("/")
}
_NAME = rf"(?P<month>{'|'.join(sorted(_MONTH, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.|,)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_OF = r"(?:\s*[-/]\s*|\s+(?:of\s+|de\s+|del\s+|d['’]\s*)?)"
_CLOCK = r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)"
_NAMED = [
    re.compile(rf"(?<!\d){_DAY}{_OF}{_NAME},?{_OF}{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<![^\W\d_]){_NAME}(?:\s+|-){_DAY}(?:,?\s+|-){_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}}){_NAME}{_YEAR}", re.IGNORECASE),
    re.compile(
        rf"(?<!\d)(?P<year>\d{{4}})([-/ ]?){_NAME}\2(?P<day>\d{{1,2}})(?!\d)", re.IGNORECASE
    ),
    re.compile(
        rf"(?<![^\W\d_]){_NAME}\s+{_DAY}\s+{_CLOCK}\s+(?:[+-]\d{{4}}\s+|[A-Z]{{2,5}}\s+)?{_YEAR}",
        re.IGNORECASE,
    ),
]
_DIGIT_RUNS = re.compile(r"\d+")
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})([-/.]?)(?P<month>\d{2})\2(?P<day>\d{2})(?!\d)")
_YEAR_FIRST = [
    re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]"
    ),
]
NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
# What stands for a whole date in a cell only: in running text these are other numbers.
_SHORT_YEAR = re.compile(
    rf"(?:[^\W\d_]+\.?,?\s+)?(?P<before>\d{{1,2}}(?P<mark>[./-])\d{{1,2}}(?P=mark)"
    rf"|\d{{1,2}}[-/ .]+{_NAME}[-/ .,]+)['’]?(?P<year>\d{{2}})(?![\d./-])",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(\d{1,2})([a-z]{3,4})(\d{4}|\d\d)(?=[\s:]|$)", re.IGNORECASE)  # Stata, SAS
_DIGITS = re.compile(r"(?P<day>\d{8})(?P<clock>\d{6})")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e\+?\d+)?", re.IGNORECASE)
_EXCEL_DAYS = range(32_874, 54_789)  # 1990 to 2049; since 1960 these are later
_FIRST_DAY = 10_000  # from here on they may be of Excel to 1989, of Stata or of R
_SECONDS = range(100_000_000, 2_524_608_000)  # 1973 to 2049
_TIME = re.compile(
    r"[T\s,](?P<hour>\d{1,2})(?P<colon>[:.h]?)(?P<minute>\d{2})(?:[:.]?(?P<second>\d{2}))?(?!\d)"
    r"(?:[.,]\d+)?\s*(?P<half>[ap]\.?m\b)?",
    re.IGNORECASE,
)
# What stands between the days of a range, and the first of them in front of a whole date.
_TO = r"\s*(?:[-–—/&+]|\b(?:to|and|until|till|bis|und|au|et|al|y|e|en|tot)\b)\s*"
_WORD = r"([^\W\d_]+)\.?,?"
_FROM = re.compile(
    rf"(?:{_WORD}\s+)?\d{{1,2}}(?:st|nd|rd|th|er|º|ª|\.)?(?:\s+{_WORD})?{_TO}(?:{_WORD}\s+)?",
    re.IGNORECASE,
)
_TO_DAY = re.compile(rf"(?:[T\s]\d[\d:.]*Z?)?{_TO}", re.IGNORECASE)
# What is said of a date: that it is one of a change, or of publication. WordPress calls a post
# "published updated" that was never changed.
CHANGE = r"modif|updat|revis|changed|lastmod|last-mod|aktualisiert|mis à jour|upload"
PUBLISHED = r"(?:publi|posted|created|veröffentlicht|erschienen)[\w-]*(?: updated)?"
_CHANGED, _PUBLISHED = (re.compile(words, re.IGNORECASE) for words in (CHANGE, PUBLISHED))


class Date(NamedTuple):
    """A point in time, or NaT with the reason; ``start`` and ``end`` locate it in the text.

    A date may have a reason, too: how it was read where that is not obvious.
    """

    value: pd.Timestamp
    reason: str = ""
    start: int = 0
    end: int = 0


def read_date(text: str, order: str = "") -> Date:
    """Read a cell or a labelled value that should be a date.

    Besides what `find_date` finds: years of two digits (up to 49 they are of this century), the
    dates of Stata and SAS (31jan2018, 31JAN18:14:05:00), seconds or milliseconds since 1970, and
    the day numbers of Excel. The date of a change gives way to that of publication behind it.

    >>> read_date("31-Jan-18").value, read_date("1/31/18 14:05").value
    (Timestamp('2018-01-31 00:00:00'), Timestamp('2018-01-31 14:05:00'))
    >>> read_date("1517407200").value, read_date("43131").reason
    (Timestamp('2018-01-31 14:00:00'), "'43131': Excel day number")
    >>> read_date("Updated: 2 March 2018; first published 31 January 2018").value
    Timestamp('2018-01-31 00:00:00')
    """
    text = text.strip()[:200]
    if not text:
        return Date(pd.NaT)
    date = _in_cell(text, order)
    if not date.reason and _is_of_several(text, date, order):
        which = f"several days, {date.value:%Y-%m-%d} is taken"
        return date._replace(reason=f"{text[:40]!r}: {which}")
    before = text[: date.start]
    if not _CHANGED.search(before) or _PUBLISHED.search(before):
        return date
    said = _PUBLISHED.search(text, date.end)
    published = _in_cell(text[said.start() :], order) if said else Date(pd.NaT)
    noted = date._replace(reason=f"{text[:40]!r}: may be the day of a change")
    return noted if pd.isna(published.value) else published


def _is_of_several(text: str, date: Date, order: str) -> bool:
    """Return whether a cell has a range of days, of which this date is one."""
    if found := _FROM.fullmatch(text[: date.start]):
        first, second, weekday = found.groups()
        return all(not w or is_month(w) for w in (None if weekday else first, second))
    if not (found := _TO_DAY.match(text, date.end)):
        return False
    other = _in_cell(text[found.end() :], order)
    return other.start == 0 and not pd.isna(other.value) and other.value.date() != date.value.date()


def _in_cell(text: str, order: str) -> Date:
    if found := _JOINED.match(text):
        text = f"{found[1]} {found[2]} {found[3]} {text[found.end() :].lstrip(': ')}".strip()
    if found := _SHORT_YEAR.match(text):
        year = int(found["year"])
        century = 1900 if year >= YEARS.stop % 100 else 2000
        at = found.start("year")
        whole = f"{text[:at].rstrip(chr(39) + '’')}{century + year}{text[at + 2 :]}"
        date = find_date(whole, order)
        reason = date.reason.replace(repr(whole[:40]), repr(text[:40]))
        return date._replace(reason=reason, end=date.end + len(text) - len(whole))
    if found := _DIGITS.fullmatch(text):
        return find_date(f"{found['day']}T{found['clock']}", order)
    if _NUMBER.fullmatch(text) and (found_number := _from_number(text)):
        return found_number
    return find_date(text, order)


def _from_number(text: str) -> Date | None:
    number = float(text)
    for unit, factor in (("s", 1), ("ms", 1_000), ("us", 1_000_000)):
        if _SECONDS.start <= number / factor < _SECONDS.stop and not _ISO.fullmatch(text):
            value = pd.Timestamp(int(number), unit=unit).floor("s")
            return Date(value, f"{text!r}: time since 1970, in UTC")
    if _EXCEL_DAYS.start <= number < _EXCEL_DAYS.stop:
        value = pd.Timestamp("1899-12-30") + pd.Timedelta(days=number)
        return Date(value.round("s"), f"{text!r}: Excel day number")
    if _FIRST_DAY <= number < _EXCEL_DAYS.start:
        why = "days since 1900 (Excel), 1960 (Stata) or 1970 (R)? write them as 2018-01-31"
        return Date(pd.NaT, f"{text!r}: {why}")
    return None


def day_month_order(text: str) -> str:
    """Return in which order a date has day and month: "dmy", "mdy", "?" if open, or "".

    >>> [day_month_order(date) for date in ("31/1/2018", "1/31/18", "3/4/2018", "31 Jan 2018")]
    ['dmy', 'mdy', '?', '']
    """
    text = text.strip()[:200]
    short = _SHORT_YEAR.match(text)
    found = re.match(r"(\d+)[/-](\d+)", short["before"]) if short else None
    if not found and (numeric := NUMERIC.search(text)) and not _ISO.search(text):
        found = re.match(r"(\d+)[/-](\d+)", numeric.group())
    if not found:
        return ""
    first, second = int(found[1]), int(found[2])
    if min(first, second) > 12 or max(first, second) > 31:
        return ""
    return "dmy" if first > 12 else "mdy" if second > 12 else "?" if first != second else ""


def find_date(text: str, order: str = "") -> Date:
    """Find the first date in a text, with the time that follows it; NaT has a reason.

    ``order`` ("dmy" or "mdy") decides dates such as 3/4/2019; "both" leaves them open.

    >>> find_date("World, Friday, November 13, 2015, p. 3").value
    Timestamp('2015-11-13 00:00:00')
    >>> find_date("July 1, 2019 Monday 9:20 PM GMT").value  # the clock is kept, the zone is not
    Timestamp('2019-07-01 21:20:00')
    >>> find_date("lundi 1er juillet 2019").value, find_date("0001-01-01").value
    (Timestamp('2019-07-01 00:00:00'), NaT)
    >>> find_date("3/4/2019").reason
    "'3/4/2019': day or month first?"
    >>> find_date("3/4/2019", "dmy").value
    Timestamp('2019-04-03 00:00:00')
    """
    text = text.strip()[:200]
    if not text:
        return Date(pd.NaT)
    shown = repr(text[:40])
    runs = set(map(len, _DIGIT_RUNS.findall(text)))
    if max(runs, default=0) < 4:  # of a year
        return Date(pd.NaT, f"{shown}: no date in a known layout")
    dated = 8 in runs or (4 in runs and (1 in runs or 2 in runs))  # a day beside a year
    for pattern in (_ISO, *_NAMED, *_YEAR_FIRST) if dated else ():
        if found := pattern.search(text):
            name = found["month"]
            # Case folding leaves out some letters that match a name, such as a dotted capital I.
            month = int(name) if name.isdigit() else _MONTH.get(name.casefold(), 0)
            return _dated(text, found, (int(found["year"]), month, int(found["day"])), shown)
    if found := NUMERIC.search(text):
        a, b, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] != "." and a != b and max(a, b) <= 12 and order not in ORDERS:
            both = " other dates have either" if order else ""
            return Date(pd.NaT, f"{shown}: day or month first?{both}")
        month_first = b > 12 or (order == "mdy" and a <= 12 and found[2] != ".")
        day, month = (b, a) if month_first else (a, b)
        return _dated(text, found, (year, month, day), shown)
    return Date(pd.NaT, f"{shown}: no day in a known layout")


def named(day: pd.Timestamp) -> re.Pattern[str]:
    """Return the pattern of a day with a spelled month, or beginning with the year.

    >>> found = named(pd.Timestamp("2031-03-09"))
    >>> [bool(found.search(text)) for text in ("Mar. 9, 2031", "9 mars 2031", "20310309T10:00")]
    [True, True, True]
    >>> found.search("03/09/2031"), found.search("19 March 2031")
    (None, None)
    """
    names = sorted((name for name, n in _MONTH.items() if n == day.month), key=len, reverse=True)
    month, number = rf"(?:{'|'.join(names)})\.?", rf"0?{day.day}(?:st|nd|rd|th|er|º|ª|\.)?"
    ways = (
        rf"{day.year}[-/.]?{day.month:02}[-/.]?{day.day:02}(?!\d)"
        rf"|{number}{_OF}{month},?{_OF}{day.year}(?!\d)"
        rf"|(?<![^\W\d_]){month}\s+{number},?\s+{day.year}(?!\d)"
    )
    return re.compile(rf"(?<!\d)(?:{ways})", re.IGNORECASE)


def is_month(word: str) -> bool:
    """Return whether a word is the name of a month.

    >>> is_month("January"), is_month("jan"), is_month("mond")
    (True, True, False)
    """
    return word.casefold() in _MONTH


def month_number(word: str) -> str:
    """Return the number of a month with two digits; another word as it is.

    >>> month_number("Jan"), month_number("2018")
    ('01', '2018')
    """
    number = _MONTH.get(word.casefold())
    return f"{number:02}" if number else word


def _dated(text: str, found: re.Match[str], day: tuple[int, int, int], shown: str) -> Date:
    if day[0] not in YEARS:
        return Date(pd.NaT, f"{shown}: no year from {YEARS.start} to {YEARS.stop - 1}")
    try:
        value = pd.Timestamp(*day)
    except ValueError:
        return Date(pd.NaT, f"{shown}: no such day")
    inside = found.groupdict().get("clock")
    time = _TIME.match(f" {inside}") if inside else _TIME.search(text, found.end())
    return Date(value + _clock(time) if time else value, "", found.start(), found.end())


def _clock(time: re.Match[str]) -> pd.Timedelta:
    """Return the time of day; zero if the digits are no time."""
    hour, minute, second = (int(time[name] or 0) for name in ("hour", "minute", "second"))
    half = (time["half"] or "").lower()[:1]
    if not time["colon"] and not time.group().startswith("T"):
        return pd.Timedelta(0)  # four digits after a space are a page number
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return pd.Timedelta(0)
    return pd.Timedelta(hours=hour, minutes=minute, seconds=second)
