"""Strings that are hard on VADER: every rule, every kind of white space, every trap on purpose."""

import functools
import itertools
import random
import string
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

_ANALYZER = SentimentIntensityAnalyzer()
LEXICON = sorted(_ANALYZER.lexicon)
EMOJI = sorted(_ANALYZER.emojis)
LOADED_EMOJI = [
    key
    for key, text in sorted(_ANALYZER.emojis.items())
    if len(key) == 1 and ({*"!?’“"} & {*text} or "but" in text.split() or text != text.lower())
]
_RULE_WORDS = """
no no no or nor so this never without doubt least at very but but but kind of just enough sort
good bad great not isn't Isn't didn't isn’t n't can't NO Not NEVER So LEAST BUT Kind the shit the
bomb bad ass badass bus stop yeah right kiss of death to die for beating heart I A U.S. OK ok. so,
no, (no) a.b :) :D :-( ;) <3 xD ... -- ! !! ?? ??? !!!! ?! well, GOOD BAD VERY SLIGHTLY KIND OF
THE ǅ ǅUNGLA ÉTÉ Été 1ST 2 \N{KELVIN SIGN}IND \N{KELVIN SIGN}ILL İ ß SS
"""
SPACES = [" "] * 12 + [*"\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2003\u2028\u3000", "  ", " \n"]
NOT_SPACES = [*"\u200b\ufeff\u00ad\u200d\x00\x1b\ufe0f\u0301\udc80"]
AROUND = ["", "", "", "", *string.punctuation, "...", "!!", "??", "“", "”", "’", "—", '."', "),"]


def strings(count: int, *, seed: int) -> Iterator[str]:
    """Yield ``count`` strings, the same for the same seed."""
    rng = random.Random(seed)
    return (_string(rng) for _ in range(count))


def _string(rng: random.Random) -> str:
    style = rng.random()
    if style < 0.05:  # no words at all
        return "".join(rng.choices([*EMOJI, *string.printable, *NOT_SPACES], k=rng.randrange(9)))
    if style < 0.12:  # few different valences, so that "but" meets equal ones
        few = ["but", "x", *rng.sample(LEXICON, 3), "good", "bad"]
        return " ".join(rng.choices(few, k=rng.randrange(4, 40)))
    if style < 0.2:
        return " ".join(
            rng.choices(["no", "no", "or", "nor", "good", "NO", "x"], k=rng.randrange(9))
        )
    plain = rng.random() < 0.5
    pieces = itertools.chain.from_iterable(
        (_word(rng, plain=plain), " " if plain else rng.choice(SPACES))
        for _ in range(rng.randrange(1, rng.choice([4, 12, 40])))
    )
    return "".join(pieces)


def _word(rng: random.Random, *, plain: bool) -> str:
    word = rng.choice(rng.choice(_POOLS))
    if plain:
        return word
    case = rng.random()
    if case < 0.2:
        word = word.upper()
    elif case < 0.25:
        word = word.title()
    elif case < 0.27:
        at = rng.randrange(len(word) + 1)
        word = word[:at] + rng.choice(NOT_SPACES) + word[at:]
    return rng.choice(AROUND) + word + rng.choice(AROUND)


_POOLS = [
    LEXICON,
    LEXICON,
    [key for key in LEXICON if key.isalpha()],
    sorted(BOOSTER_DICT),
    NEGATE,
    _RULE_WORDS.split(),
    _RULE_WORDS.split(),
    sorted(SPECIAL_CASES),
    EMOJI,
    LOADED_EMOJI,
    ["talks", "troops", "of", "the", "and", "a", "Été", "Привет", "你好", "x" * 40],
]


@functools.cache
def prose() -> list[str]:
    """Paragraphs that are on any machine: documentation of the standard library."""
    sources = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    paragraphs = itertools.chain.from_iterable(
        path.read_text("utf-8", errors="replace").split("\n\n") for path in sources
    )
    return [p for p in paragraphs if p.count(" ") > 8]
