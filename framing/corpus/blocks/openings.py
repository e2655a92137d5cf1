"""What stands above a text without being its headline: a newspaper, a place, a date, a byline."""

from __future__ import annotations

import re

from framing.corpus.agencies import agency
from framing.corpus.blocks.signals import key
from framing.corpus.dates import find_date

NAME = r"[^\W\d_a-z][\w'’-]+"
_PAPER = (
    "times|post|herald|journal|tribune|gazette|guardian|telegraph|observer|chronicle|courier|"
    "examiner|bulletin|press|review|news|wire|today|mail|globe|reuters|standard|mirror|"
    "independent|inquirer|dispatch|echo|argus"
)
_ARTICLE = "(?:The|Le|La|Die|Der|El)"
JOBS = "correspondent|editor|reporter|columnist|staff writer|bureau chief|producer|contributor"
_EVERY = "daily|weekly|sunday|morning|evening"
# The name of a newspaper, its address, a page or an issue.
_MASTHEAD = re.compile(
    rf"^(?:{_ARTICLE} )?(?:[A-Z][\w&'’.-]* ){{0,3}}(?i:{_PAPER})"
    r"(?: (?:Online|Web|International|\([^)]*\)))?$"
    rf"|^(?:(?:The )?(?i:{_EVERY})|(?:[A-Z][\w'’-]* ){{1,2}}(?:Daily|Weekly)|{_ARTICLE})"
    r" [A-Z][\w'’-]*$"
    r"|^(?:The )?(?:Journal|Times|Gazette) of [A-Z][\w'’-]*$|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$"
    r"|^(?i:page|p\.|vol\.|no\.|issue) ?[A-Z]?\d"
)
# Names joined by "and", a remark in brackets, a caption before a bar, an age, a label.
_OTHERS = re.compile(
    rf"^(?:By |{NAME} {NAME}(?: {NAME})?,? and {NAME} {NAME}(?: {NAME})?$)"
    rf"|^{NAME} {NAME} in {NAME}(?: {NAME})?$|^(?:[\w'’&-]+ ){{0,4}}(?i:{JOBS})$"
    rf"|^{NAME} {NAME}(?: {NAME})?, [A-Z][A-Z]+(?: [A-Z]+)*$"
    r"|^\(|[.!?…][\"'”’)]?\s*\|| \| (?:(?! \| ).)*(?i:photo|reuters|getty|afp|ap\b)"
    r"|^[A-Z][a-z]+\.? (?:\d{1,2}, )?\d{4}$"
    r"|^\d+ (?:year|month|week|day|hour|minute)s? ago$|^(?i:story highlights|updated\b|exclusive$|"
    r"opinion$|analysis$|listen\b|published\b|last updated\b)"
)
# Part of a line between bars that says who wrote it.
_CREDIT = re.compile(
    rf"(?:special (?:to|for)\b.*|(?:[\w'’&.-]+ ){{0,4}}(?:{JOBS}|staff|correspondents)"
    r"|(?:staff|wire|agency|news) (?:reports?|services?|writers?)"
    r"|(?:[\w'’. -]{1,60} )?[^\s@]+@[^\s@]+|@\w+)",
    re.IGNORECASE,
)
# What agencies put before a headline, on a line of its own: "UPDATE 2", "3rd LEAD".
_SLUG = re.compile(
    r"(?:(?:update|wrapup|corrected|correction|rpt|repeat|refile|recast|urgent|bulletin|alert|"
    r"flash|newsalert|news alert|factbox|timeline|insight|advisory|lead|advance|developing|eilt|"
    r"eilmeldung|urgence|dringend|zusammenfassung|korrektur)(?:[ -]?\d{1,2})?"
    r"|(?:1st|2nd|3rd|\d{1,2}th) (?:lead|update|add|writethru)"
    r"|\d{1,2}\. ?(?:update|zusammenfassung))"
    r"[\W_]*",
    re.IGNORECASE,
)
_OF_THE_PAGE = "article|story|page|post|link|comments?"
# Buttons and links of a page, the credit of a picture, an issue, the papers of a day.
_NO_LINES = re.compile(
    rf"(?:save|print|copy|bookmark|gift|share|email|listen to|comment on|report)"
    rf"(?: (?:this|the|a))? (?:{_OF_THE_PAGE})(?: (?:on|via|by) [\w ]{{1,30}})?"
    r"|(?:share|tweet|pin|follow us)(?: this)? (?:on|via|by) [\w .]{1,60}"
    r"|(?:skip|jump) to (?:the )?(?:main )?(?:content|navigation|search|footer|comments)"
    r"|image (?:source|copyright|caption)\b.{0,80}"
    r"|(?:[a-z]{3,9}(?:[-–/ ][a-z]{3,9})? )?(?:\d{4} )?issue"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day['’]s (?:news)?(?:papers?|front pages?|headlines)",
    re.IGNORECASE,
)
_DASHES = ("-", "–", "—")
_PLACE = r"(?:[A-Z][a-z][\w.'’-]*|(?:[A-Z]\.)+)"
_REGION = rf"(?:(?:New|North|South|East|West) )?{_PLACE}(?: {_PLACE})?"
# A town with its region, or with a broadcaster: "PORT ANSEL, South Menna", "Haldon (NTB)".
_TOWN = re.compile(
    rf"{_PLACE}(?: {_PLACE})?, (?:(?:New|North|South|East|West|Saint|St\.?|Port) )?{_PLACE}$"
    rf"|[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){{0,3}}, {_REGION}$"
    rf"|{_PLACE}(?:,? {_PLACE}){{0,2}} \([A-Z]{{2,5}}\)$"
)
# Beside the name of an outlet in small letters.
_BEFORE = re.compile(rf"(?:the )?(?:(?:{_EVERY}|new|[\w'’-]+) )?")
_AFTER = re.compile(
    rf"(?: (?:{_PAPER}|online|web|digital|newspaper|magazine|{_EVERY}))?"
    r"(?:(?:,| of| –| -) [\w'’.-]+(?: [\w'’.-]+)?| \([\w '’.,-]{2,30}\))?"
)
_DAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
# What stands beside the day, month and year of a date; each character can be matched in one way.
_CLOCK = re.compile(
    rf"(?:{_DAYS}|{_MONTHS}|(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?(?!\d)|(?<=\d)h|[ap]\.?m\b|"
    r"(?:[ecmp][ds]?t|gmt|utc|bst|cet|cest|z|uhr)\b|"
    r"(?:at|on|posted|date|modified|published|updated|first|last)\b|\b[a-z]\d{1,2}\b|[\s,.:;|/()•–—-])*",
    re.IGNORECASE,
)
_SAYS_WHEN = re.compile(rf"{_DAYS}|{_MONTHS}|\d[:.]\d\d", re.IGNORECASE)
_LONGEST_DATE = 150  # characters; paragraphs are not looked through for dates
_CHANGED = re.compile(
    r"[|;•·] ?(?=\w)| (?<!last )(?=(?:last )?(?:updated|modified)\b)", re.IGNORECASE
)
_LONGEST_MASTHEAD = 120  # characters
_APART = re.compile(r",? [|·•–—-] |, ")
_WORD = re.compile(r"[^\W\d_]{2,13}\s*,")  # a weekday or a town


def is_no_headline(line: str, outlet: str = "") -> bool:
    """Return whether a line is the name of a newspaper, a dateline, a date, a byline or a remark.

    >>> is_no_headline("PORT ANSEL, Jan 31 (Meridian) -"), is_no_headline("Gull", "The Gull")
    (True, True)
    >>> is_no_headline("Ferry talks falter")
    False
    """
    other = _OTHERS.search(line) or _NO_LINES.fullmatch(line) or _SLUG.fullmatch(line)
    signed = any(_CREDIT.fullmatch(part.strip()) for part in line.split("|"))
    return bool(other or signed) or is_dateline(line) or is_masthead(line, outlet)


def is_masthead(line: str, outlet: str = "") -> bool:
    """Return whether a line is the name of a newspaper, a page or a date, or several of these.

    >>> is_masthead("THE VALLEY GULL, 3 May 2031, page 4", "Valley Gull"), is_masthead("Ada Holm")
    (True, False)
    """
    if len(line) > _LONGEST_MASTHEAD:
        return False
    if _MASTHEAD.search(line) or _names(line, outlet) or is_date(line):
        return True
    first, *rest = _APART.split(line, maxsplit=1)
    return bool(rest) and is_masthead(first, outlet) and is_masthead(rest[0], outlet)


def is_dateline(line: str) -> bool:
    """Return whether a line is nothing but the place, the agency and the day of a report.

    >>> is_dateline("TARN (AP)"), is_dateline("PORT ANSEL, Menna"), is_dateline("Haldon —")
    (True, True, True)
    >>> is_dateline("Strait crisis – what we know so far")
    False
    """
    return line.rstrip().endswith(_DASHES) or bool(_TOWN.match(line) or agency([line]))


def is_date(line: str) -> bool:
    """Return whether a line is nothing but a date or a time, or those of a change, too.

    >>> is_date("Wednesday, January 31, 2018 10:04 AM"), is_date("Mittwoch, 31. Januar 2018")
    (True, True)
    >>> is_date("Published 04/05/2031 06:00 | Updated 07/05/2031 10:00")
    True
    >>> is_date("January 31 in pictures")
    False
    """
    if len(line) > _LONGEST_DATE:
        return False
    return _is_one_date(line) or (
        _CHANGED.search(line) is not None
        and all(map(_is_one_date, _CHANGED.split(line, maxsplit=2)))
    )


def _is_one_date(line: str) -> bool:
    date = find_date(line, "dmy")
    if not (date.end or _SAYS_WHEN.search(line)):
        return False
    rest = f"{line[: date.start]},{line[date.end :]}" if date.end else line
    parts = [rest, rest[word.end() :]] if (word := _WORD.match(rest)) else [rest]
    return any(map(_CLOCK.fullmatch, parts))


def _names(line: str, outlet: str) -> bool:
    """Return whether a line is the name of the outlet, with an article, its town or its kind.

    >>> _names("The Daily Gull, Northwick", "Gull"), _names("Gull (Northwick)", "The Gull")
    (True, True)
    >>> _names("A gull that stole a hat", "Gull"), _names("Gull rescued, mayor says so", "Gull")
    (False, False)
    """
    bare = _bare(outlet)
    before, found, after = _bare(line).partition(bare) if bare else ("", "", "")
    return bool(found) and bool(_BEFORE.fullmatch(before) and _AFTER.fullmatch(after))


def _bare(name: str) -> str:
    """Return the name of an outlet without its article and a remark in brackets."""
    return re.sub(r"^the | online$| \([^)]*\)$", "", key(name))
