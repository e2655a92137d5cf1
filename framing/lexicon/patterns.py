"""The syntax of entries: phrases, globs, alternatives, numbers; no regular expressions."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from framing.text.tokens import Vocabulary
from framing.text.words import composed, normalise, words

_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_BROKEN = re.compile(r"\[[^\[\]|]*\||\|[^\[\]|]*\]")
_MOST_ALTERNATIVES = 1000
_LONGEST = 1000  # characters of an entry
_NUMBER_WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    "hundred|thousand|million|billion|trillion|dozen|half"
)
_NUM = (
    rf"[0-9][0-9.,]*[a-z]*|(?:{_NUMBER_WORD})(?:-(?:{_NUMBER_WORD}|third|thirds|quarters|fifths))*"
)
_BE = r"is|are|was|were|be|been|being|'s|'re"
# Letters that do not occur in news replace the wildcards while an entry is split as a text is.
_WILD = {ord("*"): "\U00010000", ord("?"): "\U00010001"}
_TAME = {ord(letter): chr(wild) for wild, letter in _WILD.items()}
_MACROS = ("{num}", "{be}")
_SPACE_BEFORE_CLITIC = re.compile(r" (?='(?:s|re)\b)")
_MACRO = re.compile(r"\{\w+\}")


class Slot(NamedTuple):
    """One word of an entry.

    ``pattern`` is matched against the whole key of a word; ``globs`` are the words that it can
    match, with ``*`` as a wildcard, so that few words have to be tried.
    """

    pattern: str
    globs: tuple[str, ...]


def slots(entry: str) -> list[Slot]:
    """Parse an entry into one slot per word.

    ``*`` is zero or more characters of the word, ``?`` exactly one, ``[a|b]`` alternatives,
    ``{NUM}`` a number, ``{BE}`` a form of *be*. Upper and lower case are the same. Alternatives of
    more than a word, nested or not closed, are errors, and so are more than 1,000 of a word, and
    other words in braces.

    >>> slots("sa[y|id] {NUM}")[0]
    Slot(pattern='say|said', globs=('say', 'said'))
    >>> len(slots("U.S. polic*"))
    3
    """
    return [_slot(part) for part in _split(entry)]


class Fillers:
    """Which words of a vocabulary can fill some slots, looked up for all slots together.

    >>> Fillers(slots("fear* war")).find(Vocabulary(["fear", "fears", "war"]))
    ([2, 0, 1], [1, 0, 0])
    """

    def __init__(self, slots: Sequence[Slot]) -> None:
        self._listed: dict[str, list[int]] = {}
        for place, slot in enumerate(slots):
            for glob in slot.globs:
                if "*" not in glob:
                    self._listed.setdefault(glob, []).append(place)
        self._wild = [(n, slot) for n, slot in enumerate(slots) if "*" in "".join(slot.globs)]

    def find(self, vocabulary: Vocabulary) -> tuple[list[int], list[int]]:
        """Return pairs of a word and a slot that it fills, both as places.

        A pair occurs twice if two alternatives of the slot match the word.
        """
        words: list[int] = []
        places: list[int] = []
        for word in self._listed.keys() & vocabulary.place.keys():
            here = self._listed[word]
            words += [vocabulary.place[word]] * len(here)
            places += here
        for place, slot in self._wild:
            if slot.pattern not in vocabulary.matching:
                vocabulary.matching[slot.pattern] = _open_ended(slot, vocabulary)
            found = vocabulary.matching[slot.pattern]
            words += found
            places += [place] * len(found)
        return words, places


def _open_ended(slot: Slot, vocabulary: Vocabulary) -> list[int]:
    """Return the words that match a slot by one of its globs with a wildcard."""
    found: list[int] = []
    for glob in slot.globs:
        if "*" in glob:
            stem, tail = glob.partition("*")[0], glob.rpartition("*")[-1]
            some = vocabulary.beginning(stem) if stem else vocabulary.ending(tail)
            if slot.pattern not in (f"{stem}.*", f".*{tail}"):
                matches = _compiled(slot.pattern).fullmatch
                some = [word for word in some if matches(vocabulary[word])]
            found += some
    return found


@lru_cache(maxsize=20_000)  # re keeps fewer than a lexicon has
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def texts_of_entry(entry: str) -> list[str]:
    """Return texts that an entry stands for, one for each alternative; letters replace wildcards.

    >>> [shown(text) for text in texts_of_entry("sa[y|id] no_more*")]
    ['say no more*', 'said no more*']
    """
    choices = [
        _slot(part).globs if _is_slot(part) else (part.replace("_", " "),) for part in _parts(entry)
    ]
    number = max(map(len, choices), default=1)
    texts = [" ".join(c[min(i, len(c) - 1)] for c in choices) for i in range(number)]
    return [_SPACE_BEFORE_CLITIC.sub("", text).translate(_WILD) for text in texts]


def shown(text: str) -> str:
    """Return such a text with wildcards again."""
    return text.translate(_TAME)


def _parts(entry: str) -> list[str]:
    """Split an entry at spaces; raise an error if its notation is wrong."""
    if len(entry) > _LONGEST:
        raise ValueError(
            f"{entry[:20]!r}…: an entry must have at most {_LONGEST:,} characters, "
            f"got {len(entry):,}"
        )
    if ("[" in entry or "]" in entry) and _BROKEN.search(re.sub(r"\[[^\[\]\s]*\]", "][", entry)):
        raise ValueError(
            f"{entry!r}: alternatives in [ ] must be single words without another bracket, as in "
            "[say|says]; write a separate entry for a phrase"
        )
    parts = normalise(entry.lower()).split()
    odd = [part for part in parts if "{" in part and part not in _MACROS]
    if unknown := list(filter(_MACRO.search, odd)):
        raise ValueError(
            f"{entry!r}: {unknown[0].upper()} is not known in braces; {{NUM}} stands for a number "
            "and {BE} for a form of be, each as a word of its own"
        )
    return parts


def _is_slot(part: str) -> bool:
    """Return whether a part of an entry is one word as it stands."""
    return _BRACKET.search(part) is not None or part in (*_MACROS, "'s", "'re")


def _split(entry: str) -> list[str]:
    """Split an entry at spaces, and each part as the words of a text are."""
    parts: list[str] = []
    for part in _parts(entry):
        if part.isascii() and part.isalnum():  # most are: a fast way
            parts.append(part)
        elif _is_slot(part):
            parts.append(composed(part))
        else:
            parts += [shown(word.key) for word in words(part.translate(_WILD))]
    return parts


@lru_cache(maxsize=20_000)  # a lexicon is parsed to check it, to match it, to compare it
def _slot(part: str) -> Slot:
    if part.isalnum():
        return Slot(part, (part,))
    if part == "{num}":
        return Slot(_NUM, tuple(f"{start}*" for start in (*"0123456789", *_NUMBER_WORD.split("|"))))
    if part == "{be}":
        return Slot(_BE, tuple(_BE.split("|")))
    pieces = [piece.split("|") for piece in _BRACKET.split(part)]
    if math.prod(map(len, pieces)) > _MOST_ALTERNATIVES:
        raise ValueError(f"{part!r} has more than {_MOST_ALTERNATIVES:,} alternatives")
    globs = ["".join(chosen) for chosen in itertools.product(*pieces)]
    forms = tuple("*n't" if glob == "n't" else glob.replace("?", "*") for glob in globs)
    return Slot("|".join(map(_glob, globs)), forms)


def _glob(word: str) -> str:
    """Return a glob as a regular expression; ``n't`` means every word with that ending.

    The part between two stars is an atomic group, so that ``*a*a*a*b`` takes a time that is
    linear in the length of a word.
    """
    if word == "n't":
        return r"[^\W\d_]+n't"
    first, *rest = (re.escape(piece).replace(r"\?", ".") for piece in re.split(r"\*+", word))
    if not rest:
        return first
    *inner, last = rest
    return first + "".join(f"(?>.*?{piece})" for piece in inner) + f".*{last}"
