"""Numbers and days as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def many(n: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, in the plural unless it is one.

    Examples
    --------
    >>> many(1, "article"), many(2000, "article"), many(2, "entry", "entries")
    ('1 article', '2,000 articles', '2 entries')
    """
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def p_value(p: float) -> str:
    """Return a p as journals print it.

    Examples
    --------
    >>> p_value(0.0304), p_value(0.00002)
    ('.030', '<.001')
    """
    return "<.001" if p < 0.001 else f"{p:.3f}".removeprefix("0")


def written_day(day: date) -> str:
    """Return a day as it is written in a sentence.

    Examples
    --------
    >>> written_day(date(2031, 3, 4))
    '4 March 2031'
    """
    return f"{day.day} {day:%B %Y}"


def written(number: float, how: str = "z.2f") -> str:
    """Return a number as a format has it, with a minus sign, which is no hyphen.

    Examples
    --------
    >>> written(-0.301), written(-0.004), written(0.2, "+.1f")
    ('−0.30', '0.00', '+0.2')
    """
    return format(number, how).replace("-", "−")


def joined(names: Iterable[str], by: str = "and") -> str:
    """Return names as a sentence lists them.

    Examples
    --------
    >>> joined(["hedging", "alarm", "tone"]), joined(["hedging"])
    ('hedging, alarm and tone', 'hedging')
    """
    *some, last = names
    return f"{', '.join(some)} {by} {last}" if some else last
