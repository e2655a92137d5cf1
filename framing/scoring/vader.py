"""VADER's words and rules, as expressions over ids of words.

Each rule is written once. It runs on the arrays of a whole chunk, or on plain numbers for a few
short texts, where the overhead of NumPy would dominate. The constants are read from the
installed vaderSentiment; numbers in comments are those of ``docs/vader.md``, which lists what
it computes.
"""

from __future__ import annotations

import heapq
import itertools
import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    C_INCR,
    N_SCALAR,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

from framing.text.arrays import Floats
from framing.text.words import FOLD

# Ids: no word, a word that VADER does not know, a word with "n't" in it, then VADER's words.
NONE, OTHER, NOT, OWN = range(4)
Values = Any  # a number, or an array of numbers
# Categories of Unicode: dashes, other punctuation and symbols; quotation marks and brackets.
_PARTING, _ENCLOSING = ("Pd", "Po", "Sm", "So"), ("Pi", "Pf", "Ps", "Pe")
# An address stays whole, and so do "w/o", "s/he", "9/11", "1,000" and "U.S.".
_GLUED = re.compile(
    r"(?<!\S)\S*(?:://|www\.|@|\.[a-z]{2,12}/)\S*"
    r"""|(?P<mark>(?<=[\w.,;!?"')])--+(?=[\w"'(])|(?<=[a-z]{2})\.(?=[A-Z][a-z])"""
    r"""|(?<=[^\W\d_]{2})(?:[/|\\,;:!?"]+|\.\.+)(?=[^\W\d_]{2}))"""
)
# What may be a mark between words, for Arrow, which has no look-behind.
_LETTER = r"[\p{L}\p{Nl}\p{No}]"  # [^\W\d_] of Python
MAYBE_GLUED = rf"""--|[a-z]\.[A-Z]|{_LETTER}(?:[/|\\,;:!?"]+|\.\.+){_LETTER}"""


@cache
def _analyzer() -> Any:
    return SentimentIntensityAnalyzer()


@cache
def word_ids() -> dict[str, int]:
    """Return the words that rules depend on, with their ids; those of the lexicon come last."""
    rules = ["no", "or", "nor", "so", "this", "never", "without", "doubt"]
    rules += ["least", "at", "very", "but", "kind", "of"]
    phrases = " ".join([*SPECIAL_CASES, *BOOSTER_DICT]).split()
    # 10: a capital never equals what was lower-cased, nor a space what was split.
    lexicon = [w for w in _analyzer().lexicon if w == w.lower() and " " not in w]
    others = dict.fromkeys([*rules, *phrases, *BOOSTER_DICT, *NEGATE])
    words = [w for w in others if w not in _analyzer().lexicon and " " not in w] + lexicon
    return {word: place for place, word in enumerate(words, OWN)}


def scored_words() -> dict[str, float]:
    """Return the words that have a valence, and what it is."""
    lexicon = _analyzer().lexicon
    return {word: lexicon[word] for word in word_ids() if word in lexicon}


class Constants(NamedTuple):
    """Properties of words by their id, and the functions to use for numbers or for arrays."""

    where: Callable[[Values, Values, Values], Values]
    sqrt: Callable[[Values], Values]
    valence: Any
    scored: Any  # is in the lexicon
    plain: Any  # stands there and is not in the lexicon
    boost: Any
    negates: Any
    so_this: Any
    nor: Any
    least: Any  # not "at" or "very", after which "least" does not negate
    letter: Any  # idioms are spelt in words: its place in their alphabet, 0 if in no idiom
    idioms2: Any  # by two letters: the valence of an idiom, NaN where there is none
    idioms3: Any
    dampens: Any  # by two letters: what "kind of" takes off
    bangs: Any  # emphasis by the number of "!", of which four count
    asks: Any


@cache
def constants(*, arrays: bool) -> Constants:
    """Build the tables, as lists or as arrays."""
    words = ["", "", "n't", *word_ids()]
    lexicon = _analyzer().lexicon
    phrases = [p.split() for p in (*SPECIAL_CASES, *BOOSTER_DICT) if " " in p]
    alphabet = ["", *dict.fromkeys(itertools.chain(*phrases))]
    pack: Any = np.array if arrays else list

    def spelt(table: dict[str, float], length: int, missing: float) -> Any:
        phrases = map(" ".join, itertools.product(alphabet, repeat=length))
        return pack([table.get(phrase, missing) for phrase in phrases])

    return Constants(
        where=np.where if arrays else lambda condition, a, b: a if condition else b,
        sqrt=np.sqrt if arrays else math.sqrt,
        valence=pack([lexicon.get(w, 0.0) for w in words]),
        scored=pack([w in lexicon for w in words]),
        plain=pack([False, *(w not in lexicon for w in words[1:])]),
        boost=pack([BOOSTER_DICT.get(w, 0.0) for w in words]),
        negates=pack([w in NEGATE or "n't" in w for w in words]),
        so_this=pack([w in ("so", "this") for w in words]),
        nor=pack([w in ("or", "nor") for w in words]),
        least=pack([w not in ("at", "very") for w in words]),
        letter=pack([alphabet.index(w) if w in alphabet else 0 for w in words]),
        idioms2=spelt(SPECIAL_CASES, 2, math.nan),
        idioms3=spelt(SPECIAL_CASES, 3, math.nan),
        dampens=spelt(BOOSTER_DICT, 2, 0.0),
        bangs=pack([_analyzer()._amplify_ep("!" * n) for n in range(5)]),
        asks=pack([_analyzer()._amplify_qm("?" * n) for n in range(5)]),
    )


def valence(t: Constants, near: Sequence[Values], loud: Sequence[Values]) -> Values:
    """Score words of the lexicon; ``near[-1]`` is the word before, ``loud[-1]`` its capitals."""
    ids, where = word_ids(), t.where
    here, after, one, two, three = near[0], near[1], near[-1], near[-2], near[-3]
    base = t.valence[here]  # 13
    v = where((here == ids["no"]) & t.scored[after], 0.0, base)  # 14
    refused = (one == ids["no"]) | (two == ids["no"]) | (three == ids["no"]) & t.nor[one]
    v = where(refused, base * N_SCALAR, v)  # 15
    v = where(loud[0], v + where(v > 0, C_INCR, -C_INCR), v)  # 16
    # 17: each word before that is not in the lexicon itself
    for d, x in enumerate((one, two, three)):
        s = where(v < 0, -t.boost[x], t.boost[x])  # a
        louder = (s != 0) & loud[-1 - d]  # b
        s = where(louder, s + where(v > 0, C_INCR, -C_INCR), s)
        moved = (v + s * (1, 0.95, 0.9)[d]) * _turn(t, d, one, two, three)  # c, d
        v = where(t.plain[x], _idiom(t, near, moved) if d == 2 else moved, v)
    v = where((one == ids["least"]) & t.least[two], v * N_SCALAR, v)  # 18
    return where((here == ids["kind"]) & (after == ids["of"]), 0.0, v)  # 12


def _turn(t: Constants, d: int, one: Values, two: Values, three: Values) -> Values:
    """Return the factor of a negation d words before the word before: rule 17d."""
    ids, where = word_ids(), t.where
    if d == 0:
        return where(t.negates[one], N_SCALAR, 1.0)
    if d == 1:
        x, doubt = two, one == ids["doubt"]
        praise = (two == ids["never"]) & t.so_this[one]
    else:
        x, doubt = three, (one == ids["doubt"]) | (two == ids["doubt"])
        praise = (three == ids["never"]) & t.so_this[two] | t.so_this[one]
    excused = (x == ids["without"]) & doubt
    return where(praise, 1.25, where(excused, 1.0, where(t.negates[x], N_SCALAR, 1.0)))


def _idiom(t: Constants, near: Sequence[Values], v: Values) -> Values:
    """Replace the valence by that of an idiom, and subtract for "kind of": rule 17e."""
    size = math.isqrt(len(t.idioms2))
    here, after, later, three, two, one = (t.letter[x] for x in near)
    before, middle, end, onward = (
        a * size + b for a, b in ((three, two), (two, one), (one, here), (here, after))
    )
    for found in (  # the later, the stronger
        t.idioms2[before],
        t.idioms3[before * size + one],
        t.idioms2[middle],
        t.idioms3[middle * size + here],
        t.idioms2[end],
        t.idioms2[onward],
        t.idioms3[onward * size + later],
    ):
        v = t.where(found == found, found, v)
    return v + t.dampens[before] + t.dampens[middle]


def but_check(values: list[float], before: int) -> list[float]:
    """Multiply the first ``before`` values by 0.5 and the others by 1.5: rule 19.

    vaderSentiment looks up each value by equality, and so scales the first equal one.
    """
    scaled = [v * 0.5 for v in values[:before]] + [v * 1.5 for v in values[before:]]
    if set(scaled).isdisjoint(values):
        return scaled  # nowhere is another one equal
    values = values.copy()
    passed: dict[float, list[int]] = {}  # places already passed, by the value they hold by now
    for place, value in enumerate(values):
        first = heapq.heappushpop(passed.setdefault(value, []), place)
        values[first] = value * (0.5 if first < before else 1.5)
        heapq.heappush(passed.setdefault(values[first], []), first)
    return values


def combine(
    t: Constants, total: Values, neg: Values, neu: Values, pos: Values, emphasis: Values
) -> tuple[Values, ...]:
    """Return shares and compound from sums, before rounding."""
    where = t.where
    total = where(total > 0, total + emphasis, where(total < 0, total - emphasis, total))  # 22
    compound = total / t.sqrt(total * total + 15)  # 23
    more, less = where(pos > -neg, emphasis, 0.0), where(pos < -neg, emphasis, 0.0)  # 25
    pos, neg = pos + more, neg - less
    size = pos + abs(neg) + neu  # 26
    return abs(neg / size), neu / size, pos / size, compound


def rounded(x: Floats, digits: int) -> Floats:
    """Round an array exactly as Python's ``round`` does: rule 27."""
    scaled = x * 10**digits
    rounded = np.rint(scaled) / 10**digits
    near = np.flatnonzero(np.abs(np.abs(scaled - np.rint(scaled)) - 0.5) < 1e-6)
    rounded[near] = [round(value, digits) for value in x[near].tolist()]
    return rounded


@cache
def translation(*, fold: bool) -> dict[int, str]:
    """Return the characters that VADER replaces, with their replacement: rules 1, 2, 5 and 7."""
    table = {ord(key): f" {text}" for key, text in _analyzer().emojis.items() if len(key) == 1}
    table |= {code: " " for code in range(128, 0x10000) if chr(code).isspace()}
    table[ord("\N{KELVIN SIGN}")] = "K"
    if fold:
        table |= {code: to.replace("\u00ad", "") for code, to in FOLD.items()}
        table |= {code: to for code, to in _marks().items() if code not in table}
    return table


def _marks() -> dict[int, str]:
    """Return the marks beyond ASCII: quotation marks and brackets as ``"``, others parted."""
    kinds = {code: unicodedata.category(chr(code)) for code in range(128, 0x20000)}
    del kinds[0xFFFD]  # it stands for a character that nobody knows, maybe a letter
    parted = {code: f" {chr(code)} " for code, kind in kinds.items() if kind in _PARTING}
    return parted | {code: '"' for code, kind in kinds.items() if kind in _ENCLOSING}


def translated(text: str, *, fold: bool) -> str:
    """Replace what VADER replaces; with ``fold``, also part words that a dash or slash joins.

    >>> translated("a disaster--the worst—for us", fold=True)
    'a disaster -- the worst — for us'
    >>> translated("win/lose on 9/11: see http://gull.example/win/lose", fold=True)
    'win / lose on 9/11: see http://gull.example/win/lose'
    """
    text = text.translate(translation(fold=fold))
    return _GLUED.sub(_part, text) if fold else text


def _part(found: re.Match[str]) -> str:
    return f" {mark} " if (mark := found["mark"]) else found[0]
