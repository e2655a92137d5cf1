"""Dates as sources write them, in a dozen languages; what is none stays empty, with a reason."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

YEARS = range(1690, 2050)  # the first newspapers; later years are slips of a keyboard

# January to December; the names of a month are told apart by /, short forms need no full stop.
_MONTHS = {
    "en": "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug "
    "september/sept/sep october/oct november/nov december/dec",
    "de": "januar/jänner februar/feber märz/mär/mrz april mai juni juli august september "
    "oktober/okt november dezember/dez",
    "fr": "janvier/janv février/fevrier/févr mars avril/avr mai juin juillet/juil août/aout "
    "septembre octobre novembre décembre/decembre/déc",
    "es": "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre "
    "octubre noviembre diciembre/dic",
    "it": "gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto "
    "settembre/set ottobre/ott novembre dicembre",
    "pt": "janeiro fevereiro/fev março/marco abril maio/mai junho julho agosto setembro "
    "outubro/out novembro dezembro",
    "nl": "januari februari maart/mrt april mei juni juli augustus september oktober november "
    "december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember/des",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
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
_NAMED = [
    re.compile(rf"(?<!\d){_DAY}{_OF}{_NAME},?{_OF}{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<![^\W\d_]){_NAME}\s+{_DAY},?\s+{_YEAR}", re.IGNORECASE),
]
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})([-/.]?)(?P<month>\d{2})\2(?P<day>\d{2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_TIME = re.compile(
    r"[T\s,](?P<hour>\d{1,2})(?P<colon>[:.h]?)(?P<minute>\d{2})(?:[:.]?(?P<second>\d{2}))?(?!\d)"
    r"(?:[.,]\d+)?\s*(?P<half>[ap]\.?m\b)?",
    re.IGNORECASE,
)


class Date(NamedTuple):
    """A point in time, NaT if none was read, and then why; ``end`` is where it ended."""

    value: pd.Timestamp
    reason: str = ""
    start: int = 0
    end: int = 0


def parse_date(text: str) -> pd.Timestamp:
    """Read a date, NaT if it is none; a time zone is dropped, the day on the clock stays.

    Examples
    --------
    >>> parse_date("2021-08-15T21:15:00-07:00")
    Timestamp('2021-08-15 21:15:00')
    >>> parse_date("July 1, 2019 Monday 9:20 PM GMT"), parse_date("lundi 1er juillet 2019")
    (Timestamp('2019-07-01 21:20:00'), Timestamp('2019-07-01 00:00:00'))
    >>> parse_date("0001-01-01"), parse_date("12/1/")
    (NaT, NaT)
    """
    return find_date(text).value


def find_date(text: str) -> Date:
    """Find the first date in a text, with the time that follows it, and say why there is none.

    Examples
    --------
    >>> find_date("World, Friday, November 13, 2015, p. 3").value
    Timestamp('2015-11-13 00:00:00')
    >>> find_date("3/4/2019").reason
    "'3/4/2019': day or month first?"
    """
    text = text.strip()[:200]
    if not text:
        return Date(pd.NaT)
    shown = repr(text[:40])
    for pattern in (_ISO, *_NAMED):
        if found := pattern.search(text):
            month = found["month"].lower()
            number = int(month) if month.isdigit() else _MONTH[month]
            return _dated(text, found, int(found["day"]), number, int(found["year"]), shown)
    if found := _NUMERIC.search(text):
        a, b, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "/" and a != b and max(a, b) <= 12:
            return Date(pd.NaT, f"{shown}: day or month first?")
        day, month = (b, a) if b > 12 else (a, b)
        return _dated(text, found, day, month, year, shown)
    why = "no day" if re.search(r"\d{4}", text) else "no date"
    return Date(pd.NaT, f"{shown}: {why} in a known layout")


def is_date(text: str) -> bool:
    """Whether a line is a date, with its weekday and time, and nothing else.

    Examples
    --------
    >>> is_date("July 1, 2019 Monday 9:20 AM GMT"), is_date("He came on July 1, 2019, by boat")
    (True, False)
    """
    text = text.strip()
    found = find_date(text) if len(text) < 70 else Date(pd.NaT)
    round_it = f"{text[: found.start]} {text[found.end :]}"
    return not pd.isna(found.value) and len(re.findall(r"[^\W\d_]+", round_it)) <= 3


def _dated(text: str, found: re.Match[str], day: int, month: int, year: int, shown: str) -> Date:
    if year not in YEARS:
        return Date(pd.NaT, f"{shown}: no year from {YEARS.start} to {YEARS.stop - 1}")
    try:
        value = pd.Timestamp(year, month, day)
    except ValueError:
        return Date(pd.NaT, f"{shown}: there is no such day")
    time = _TIME.search(text, found.end())
    return Date(value + _clock(time) if time else value, "", found.start(), found.end())


def _clock(time: re.Match[str]) -> pd.Timedelta:
    """Time of day; nothing where the digits are no time."""
    hour, minute, second = (int(time[name] or 0) for name in ("hour", "minute", "second"))
    half = (time["half"] or "").lower()[:1]
    if not time["colon"] and not time.group().startswith("T"):
        return pd.Timedelta(0)  # four digits after a space: the number of a page
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return pd.Timedelta(0)
    return pd.Timedelta(hours=hour, minutes=minute, seconds=second)
