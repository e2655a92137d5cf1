"""What would tell a coder which outlet, author, page or day a sentence is from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

HIDDEN = "[…]"
# What the name in a database has more than in texts: The Hill, CNN (Web News), NPR Online News.
_QUALIFIER = re.compile(r"^[Tt]he | ?(?:\([^(]*\)|[-–] .*|(?: (?:Online|Web|News))+)$")
# Links, bare domains, addresses and handles: outlets are named in all of them.
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<!\S)\S+@[\w-]+(?:\.[\w-]+)+|(?<![\w@])@\w+"
    r"|(?<![\w.])(?:[\w-]{1,63}\.){1,9}(?:com|org|net|info|news|tv|edu|gov|co\.[a-z]{2}|uk|eu|ie|ca|au|nl|ch|fr)\b(?:/\S*)?"
)
_BETWEEN_AUTHORS = re.compile(r"[,;|/&\n]|\band\b", re.IGNORECASE)
_BEFORE_AUTHOR = re.compile(r"^by\b:?\s*", re.IGNORECASE)
_GLUED = 6  # letters from which a name without its spaces is found inside a word, too


def blinded(
    sample: pd.DataFrame, columns: Sequence[str], scores: pd.DataFrame
) -> dict[str, list[str]]:
    """Return texts without links, the outlets and authors of the scores, and their own day."""
    names = sorted(_names(scores), key=lambda name: (-len(name), name))
    spelt = names + [name.upper() for name in names if not name.isupper()]
    bare = {re.sub(r"\W+", "", name) for name in names}
    glued = sorted(name for name in bare if len(name) >= _GLUED)
    named = (
        _any_of(list(map(re.escape, spelt))),
        _any_of(glued, r"(?<!\w)\w*(?:{})\w*", re.IGNORECASE),
    )
    first = scores.drop_duplicates("article").set_index("article")
    dates = first["date"].dropna().to_dict() if "date" in scores else {}

    def blind(text: str, article: str) -> str:
        for pattern in (_LINK, *named, _written(dates.get(article))):
            text = pattern.sub(HIDDEN, text)
        return text

    return {name: list(map(blind, sample[name], sample["article"])) for name in columns}


def _names(scores: pd.DataFrame) -> set[str]:
    """Return outlets, as they are called in the corpus and in texts, and authors."""
    outlets = _values(scores, "outlet")
    authors = {
        _BEFORE_AUTHOR.sub("", part.strip())
        for byline in _values(scores, "byline")
        for part in _BETWEEN_AUTHORS.split(byline)
    }
    full = {author for author in authors if " " in author}  # "Staff" alone is a word
    called = outlets | {_QUALIFIER.sub("", " ".join(outlet.split())) for outlet in outlets}
    short = {
        f"{the} {name.split()[-1]}" for name in called if " " in name for the in ("the", "The")
    }
    return {name for name in called | short | full if len(name) > 2}


def _values(scores: pd.DataFrame, column: str) -> set[str]:
    return set(scores[column].dropna().astype(str)) if column in scores else set()


def _any_of(
    ways: list[str], whole: str = r"(?<!\w)(?:{})(?!\w)", flags: int = 0
) -> re.Pattern[str]:
    """Return a pattern of any of some others, the earlier ones first; of nothing without any."""
    return re.compile(whole.format("|".join(ways)) if ways else r"(?!)", flags)


def _written(date: Any) -> re.Pattern[str]:
    """Return a pattern of the ways to write a day."""
    if date is None:
        return _any_of([])
    at = pd.Timestamp(date)
    day, number = rf"0?{at.day}(?:st|nd|rd|th)?", rf"0?{at.month}"
    month = rf"(?:{at:%B}|{at:%b}\.?)"
    year, after = rf"(?:{at.year}|{at:%y})", rf"(?:,? {at.year})?"
    ways = [
        rf"{month} {day}{after}",
        rf"{day}\.?(?: of)? {month}{after}",
        rf"{at.year}[-/.]{number}[-/.]{day}",
        rf"{number}[-/.]{day}[-/.]{year}",
        rf"{day}[-/.]{number}[-/.]{year}",
    ]
    return _any_of(ways, flags=re.IGNORECASE)
