"""Numbers, days and names as people read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any


def many(n: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, in the plural unless it is one.

    >>> many(1, "article"), many(2000, "article"), many(2, "entry", "entries")
    ('1 article', '2,000 articles', '2 entries')
    """
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def p_value(p: float) -> str:
    """Return a p as journals print it.

    >>> p_value(0.0304), p_value(0.00002)
    ('.030', '<.001')
    """
    return "<.001" if p < 0.001 else f"{p:.3f}".removeprefix("0")


def p_is(p: float) -> str:
    """Return a p as it stands in a sentence.

    >>> p_is(0.0304), p_is(0.00002)
    ('p = .030', 'p < .001')
    """
    return "p < .001" if p < 0.001 else f"p = {p_value(p)}"


_PARTS = {
    0.1: "a tenth", 0.2: "a fifth", 0.25: "a quarter", 0.33: "a third", 0.5: "half",
    0.67: "two thirds", 0.75: "three quarters",
}  # fmt: skip
_ABOUT = 1.1  # as far from a part, a ratio is about that part


def times_as(what: str, ratio: str, low: str, high: str) -> tuple[str, str]:
    """Return a ratio in words, and the number that belongs behind them if they do not hold it.

    It is about a part of which it is within a tenth, if its interval holds that part.

    >>> times_as("often", "2.5", "2.2", "2.8"), times_as("often", "0.23", "0.16", "0.33")
    (('2.5 times as often', ''), ('about a quarter as often', 'ratio 0.23, '))
    >>> times_as("often", "0.23", "0.22", "0.24")[0], times_as("often", "0.91", "0.88", "0.95")[0]
    ('less than a quarter as often', 'less often')
    >>> times_as("much", "0.50", "0.40", "0.60")[0]
    'half as much'
    """
    if float(ratio) >= 1:
        return f"{ratio} times as {what}", ""
    near = {max(part / float(ratio), float(ratio) / part): part for part in _PARTS}
    part = near[min(near)]
    if min(near) < _ABOUT and float(ratio) != part and float(low) <= part <= float(high):
        return f"about {_PARTS[part]} as {what}", f"ratio {ratio}, "
    for part, name in _PARTS.items():
        if float(ratio) <= part:
            less = "" if float(ratio) == part else "less than "
            return f"{less}{name} as {what}", f"ratio {ratio}, "
    return "less" if what == "much" else f"less {what}", f"ratio {ratio}, "


def written_day(day: date) -> str:
    """Return a day as it is written in a sentence.

    >>> written_day(date(2031, 3, 4))
    '4 March 2031'
    """
    return f"{day.day} {day:%B %Y}"


def written(number: float, how: str) -> str:
    """Return a number as a format has it, with a minus sign, which is no hyphen.

    >>> written(-1200, ","), written(0.2, "+.1f")
    ('−1,200', '+0.2')
    """
    return format(number, how).replace("-", "−")


def sized(number: float, sign: str = "z") -> str:
    """Return a size with two decimals, or up to four if it takes them to see that it is not 0.

    >>> sized(0.25), sized(-0.003), sized(0.00001)
    ('0.25', '−0.003', '0.00')
    """
    texts = [written(number, f"{sign}.{digits}f") for digits in (2, 3, 4)]
    return next((text for text in texts if text.strip("+−0.")), texts[0])


def natural(name: object) -> list[str | int]:
    """Return a key that sorts names by the numbers in them, and else by the alphabet.

    >>> sorted(["Paper 10", "Paper 2", "Mail"], key=natural)
    ['Mail', 'Paper 2', 'Paper 10']
    """
    parts = re.split("([0-9]+)", str(name))  # texts and numbers in turn
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def joined(names: Iterable[str], by: str = "and") -> str:
    """Return names as a sentence lists them.

    >>> joined(["hedging", "alarm", "tone"]), joined(["hedging"])
    ('hedging, alarm and tone', 'hedging')
    """
    *some, last = names
    return f"{', '.join(some)} {by} {last}" if some else last


def span(column: Any, how: Callable[[Any], str] = "{:,}".format, *, of: str = "") -> str:
    """Return the smallest and the largest number, or day, of a column, or the one that all are.

    >>> import numpy as np
    >>> span(np.array([1200, 7])), span(np.array([1, 1]), of="event")
    ('7 to 1,200', '1 event')
    >>> span(np.array([date(2031, 3, 4), date(2031, 5, 8)]), written_day)
    '4 March 2031 to 8 May 2031'
    """
    low, high = how(column.min()), how(column.max())
    noun = f" {of}{'' if high == '1' else 's'}" if of else ""
    return (low if low == high else f"{low} to {high}") + noun
