"""News agencies that an article credits: in its dateline, its byline or at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framing.utils.files import data_beside

_KNOWN = data_beside(__file__)
_ONE = "|".join(f"(?:{known})" for known in _KNOWN.values())
_AGENCY = re.compile(rf"(?<![\w-])(?:{_ONE})(?![\w-])", re.IGNORECASE)
# TOWN, Region (Reuters) –  any name between a town and a dash; a known one needs neither.
_DATELINE = re.compile(
    r"([^()\"“”]{0,80})\(([A-Z][\w.&'’/-]*(?: [A-Z][\w.&'’-]*){0,3})\)\s*([-–—]*)"
)
_TOWN = re.compile(r"(?:[A-Z]{2}[^a-z]*(?:,[^,]*){0,2})?")
_BROADCASTERS = {"cnn", "cnn business", "cbs news", "nbc news", "abc news", "fox news", "npr"}
_CREDIT = re.compile(
    rf"(?:by|from|source:|with|compiled from|[-–—(])?\s*(?:{_ONE})(?:(?:\s*[,/&]\s*|\s+and\s+)"
    rf"(?:{_ONE}|staff))*\s*[).]?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    rf"(?:\bcontributed to this (?:report|article|story)|[(—–-]\s*with [^.]*\b(?:{_ONE})\b|"
    rf"(?:^©|\bsource:|\breporting by\b)[^.]{{0,60}}\b(?:{_ONE})\b|"
    rf"\bwith (?:(?:additional )?(?:material|reporting|files) )?(?:from |by )?(?:the )?"
    rf"(?:{_ONE})\b)",
    re.IGNORECASE,
)
_SIGNS = ("contributed to this", "with", "source:", "reporting by", "©")  # one of each match
_FIRST, _LAST = 6, 4  # blocks in which a credit stands


def agency(blocks: Sequence[str]) -> str:
    """Return the news agencies that an article credits, joined by ``"; "``; ``""`` for none.

    Those of the dateline come first. An unknown name in a dateline, between a town and a dash, is
    returned as it is; "agencies" stands for agencies that are not named.

    >>> agency(["Talks fail", "PORT ANSEL (Meridian Wire) – Talks failed on Tuesday."])
    'Meridian Wire'
    >>> agency(["Talks fail", "Talks failed.", "The Associated Press contributed to this report."])
    'AP'
    """
    found: list[str] = []
    for block in blocks[:_FIRST]:
        if "(" in block and (dateline := _DATELINE.match(block)):
            town, name, dash = dateline.groups()
            signed = dash and _TOWN.fullmatch(town) and name.lower() not in _BROADCASTERS
            found += _canonical(name) or [name] * bool(signed)
    for block in dict.fromkeys((*blocks[:_FIRST], *blocks[-_LAST:])):
        if _CREDIT.fullmatch(block.strip()):
            found += _canonical(block)
    for block in blocks[-_LAST:]:
        low = block.lower()
        if len(block) < 400 and any(sign in low for sign in _SIGNS) and _CLOSING.search(block):
            found += _canonical(block)
    return "; ".join(dict.fromkeys(found))


def short(name: str) -> str:
    """Return the name that `agency` gives to an agency, and any other name as it is.

    >>> short("Associated Press"), short("The Harbour Observer")
    ('AP', 'The Harbour Observer')
    """
    return _canonical(name)[0] if _AGENCY.fullmatch(name) else name


def _canonical(text: str) -> list[str]:
    written = (match.group() for match in _AGENCY.finditer(text))
    return [next(n for n, k in _KNOWN.items() if re.fullmatch(k, w, re.I)) for w in written]
