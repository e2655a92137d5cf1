"""The definition of a cue in plain Python: every entry at every word, one text at a time."""

import itertools
import re
import unicodedata
from collections import defaultdict

import pandas as pd
import sentencex
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framing.lexicon.lexicon import Lexicon
from framing.lexicon.patterns import slots
from framing.text.sentences import Sentences
from framing.text.words import Word, normalise, words

_EMOJI = SentimentIntensityAnalyzer().emojis
_GAP = re.compile(r"[\s&]*[$£€¥]?|[./]")
_GAP_AFTER_A_LETTER = re.compile(r"\.?[\s&]*[$£€¥]?|/")
Cue = tuple[int, int, int, int, str, str, str]


def find(texts: list[str], lexicon: Lexicon) -> list[Cue]:
    """Row, sentence, start, end, match, category and entry of every cue."""
    entries = list(lexicon.entries[["category", "entry"]].itertuples(index=False, name=None))
    phrases = [[re.compile(slot.pattern) for slot in slots(entry)] for _, entry in entries]
    by_first = _by_first_word(texts, phrases)
    found = []
    for row, text in enumerate(texts):
        here = words(text)
        for first, length, entry in _settle(_fits(text, phrases, by_first), lexicon):
            start, end = here[first].start, here[first + length - 1].end
            place = row, _sentence(text, start), start, end, text[start:end]
            found.append((*place, *entries[entry]))
    return found


def _by_first_word(texts: list[str], phrases: list[list[re.Pattern[str]]]) -> dict[str, list[int]]:
    vocabulary = {word.key for text in texts for word in words(text)}
    return {
        key: [entry for entry, phrase in enumerate(phrases) if phrase[0].fullmatch(key)]
        for key in vocabulary
    }


def _fits(
    text: str, phrases: list[list[re.Pattern[str]]], by_first: dict[str, list[int]]
) -> list[tuple[int, int, int]]:
    """First word, number of words, entry; wherever an entry fits, overlaps included."""
    here, folded = words(text), normalise(text)
    joined = [goes_on(folded, a, b) for a, b in itertools.pairwise(here)]
    return [
        (first, len(phrases[entry]), entry)
        for first, word in enumerate(here)
        for entry in by_first[word.key]
        if first + len(phrases[entry]) <= len(here)
        and all(joined[first : first + len(phrases[entry]) - 1])
        and all(slot.fullmatch(here[first + k].key) for k, slot in enumerate(phrases[entry]))
    ]


def goes_on(folded: str, a: Word, b: Word) -> bool:
    """Whether a phrase can go on from one word to the next."""
    letters = re.sub("[\u0300-\u036f\u00ad]", "", folded[a.start : a.end])
    gap = _GAP_AFTER_A_LETTER if len(letters) == 1 else _GAP
    return gap.fullmatch(folded, a.end, b.start) is not None


def _settle(fits: list[tuple[int, int, int]], lexicon: Lexicon) -> list[tuple[int, int, int]]:
    """Within a family each word is counted once: the longest wins, then the family's order."""
    place = {
        category: (family, rank)
        for family, members in lexicon.families.items()
        for rank, category in enumerate(members)
    }
    categories = lexicon.entries["category"].tolist()
    placed = [place.get(category, (category, 0)) for category in categories]
    taken: dict[str, set[int]] = defaultdict(set)
    kept = []
    for first, length, entry in sorted(fits, key=lambda f: (-f[1], placed[f[2]][1], f[0], f[2])):
        family, span = taken[placed[entry][0]], set(range(first, first + length))
        if not family & span:
            family |= span
            kept.append((first, length, entry))
    return sorted(kept, key=lambda hit: (hit[0], hit[2]))


def _sentence(text: str, start: int) -> int:
    """The sentence in which a place is; blank ones do not count."""
    begins, at = [], 0
    for segment in segments(re.sub("[\ud800-\udfff]", "\ufffd", text)):
        if segment.strip():
            begins.append(at)
        at += len(segment)
    return sum(begin <= start for begin in begins) - 1


def segments(text: str) -> list[str]:
    """What sentencex makes of a text in which "May" and "no" before a capital are other words."""
    other = re.sub(
        r"""\b(?:[Mm]ay|no)(?=\.["”’')]*\s+["“‘'(]?[A-ZÀ-Þ])""", lambda m: "x" * len(m[0]), text
    )
    ends = list(itertools.accumulate(map(len, sentencex.segment("en", other)), initial=0))
    return [text[begin:end] for begin, end in itertools.pairwise(ends)]


def lexicon(*entries: tuple[str, str], **families: tuple[str, ...]) -> Lexicon:
    """A small lexicon from (category, entry) pairs."""
    table = pd.DataFrame(entries, columns=["category", "entry"]).assign(tag="", rule="")
    return Lexicon(table, families=families)


def folded_for_vader(text: str) -> str:
    """What VADER reads of a text that is folded first."""
    text = normalise(text).replace("\u00ad", "")
    text = " ".join("".join(map(_parted, text)).split())
    return " ".join(map(_parts, text.split(" ")))


def _parted(character: str) -> str:
    kind = unicodedata.category(character)
    if character.isascii() or character in _EMOJI or character == "\ufffd" or kind[0] not in "PS":
        return character
    if kind in ("Pi", "Pf", "Ps", "Pe"):
        return '"'
    return f" {character} " if kind in ("Pd", "Po", "Sm", "So") else character


def _parts(word: str) -> str:
    if re.search(r"://|www\.|@|\.[a-z]{2,12}/", word):
        return word
    word = re.sub(r"""([\w.,;!?"')])(--+)(?=[\w"'(])""", r"\1 \2 ", word)
    word = re.sub(r"([a-z]{2})\.(?=[A-Z][a-z])", r"\1 . ", word)
    mark = r"""[/|\\,;:!?"]+|\.{2,}"""
    return re.sub(rf"([^\W\d_]{{2}})({mark})(?=[^\W\d_]{{2}})", r"\1 \2 ", word)


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of one text, each with its offset."""
    found = Sentences([text])
    return list(zip(found.starts.tolist(), found.texts, strict=True))
