"""Features of a single block: its words, its shape, the phrases of furniture in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.text.arrays import Ints
from framing.text.chunks import column_of
from framing.text.tokens import count_each
from framing.text.words import normalise

# In order of precedence.
_KINDS = ("tail", "player", "credit", "caption", "related", "furniture")
_ARROWS = r"[ .:>»→*…]*$"
# Up to ten words, words without a final mark, or words that speak to the reader of the page.
_TO_READERS = (
    r"(?: *[^ ]+){0,8}$|[^.!?]*$"
    r"|.*\b(?:our|us|your|newsletters?|e-?mails?|inbox|alerts?|updates?|app)\b"
)
# What a name signs begins a sentence, or is followed by little but the name: "The photo: why they
# left" does not, nor does "The big picture: Talks fail again, and ferries leave the harbour."
_SENTENCE = r"(?:^|[.!?;)\]|–—-] ?)"
_A_NAME = r"(?: [^ ]+){0,5} ?[^ ]*[^ .!?]$"
_BEGINS = re.compile(r"[\"'“‘«(]*[^\W_a-z]")
_CLOSING = "\"'”’“»«›‹)]*」』"  # German quotations end in “ or «
_FINAL = tuple(".!?…:;,。！？；：，؟۔।")
_INSIDE = re.compile(r"[a-z][.!] [A-Z]")


class Measured(NamedTuple):
    """A block on one line, its normalised form, its number of words and its kind of phrase.

    ``phrase`` is a kind of phrases in furniture.toml, empty if the block matches none.
    """

    text: str
    key: str
    words: int
    phrase: str


class Block(NamedTuple):
    """A block with its role, the reason for it (empty for the story) and its number of words."""

    text: str
    role: str
    reason: str = ""
    words: int = 0


def measure(blocks: Sequence[str]) -> list[Measured]:
    r"""Measure blocks of one or of many articles together.

    >>> measure(["Read more:  Talks\nfail"])
    [Measured(text='Read more: Talks fail', key='read more: talks fail', words=4,
    phrase='related')]
    """
    texts = [on_one_line(block) for block in blocks]
    keys = [_key_of_line(text) for text in texts]
    words = count_each(texts)
    return list(map(Measured, texts, keys, words.tolist(), _phrases(keys, words)))


def key(text: str) -> str:
    """Return the form in which blocks are compared with phrases and with each other."""
    return _key_of_line(on_one_line(text))


def on_one_line(text: str) -> str:
    """Return a text on one line, with single spaces."""
    if text.isprintable() and "  " not in text and text.strip(" ") == text:
        return text
    return " ".join(text.split())


def _key_of_line(text: str) -> str:
    return normalise(text).lower().strip(" \u00ad•")


def is_titled(line: str) -> bool:
    """Return whether a line begins like a sentence and has no final mark at its end or inside.

    >>> is_titled("Talks fail"), is_titled("Talks fail.”"), is_titled("Talks fail. Ships leave")
    (True, False, False)
    """
    line = line.strip()
    return bool(_BEGINS.match(line)) and not (has_final_mark(line) or _INSIDE.search(line))


def has_final_mark(line: str) -> bool:
    """Return whether a line ends like a sentence, or like one before a list or a quotation."""
    return line.rstrip(_CLOSING).endswith(_FINAL)


def _phrases(keys: list[str], words: Ints) -> list[str]:
    """Return the kind of phrases that each block matches.

    Long blocks match none, but for captions run together, each of which has its credit.
    """
    found = np.full(len(keys), "", dtype=object)
    column, lists = column_of(keys), _phrase_lists()
    for kind in reversed(_KINDS):
        longest = lists["longest_credit" if kind == "credit" else "longest"]
        short = np.flatnonzero(words <= longest)
        hit = pc.match_substring_regex(column.take(pa.array(short)), _pattern(kind))
        found[short[hit.to_numpy(zero_copy_only=False)]] = kind
    long = np.flatnonzero(words > lists["longest_credit"])
    credits = pc.count_substring_regex(column.take(pa.array(long)), _pattern("credit")).to_numpy()
    found[long[credits * lists["longest_credit"] >= words[long]]] = "credit"
    return found.tolist()


@cache
def _pattern(kind: str) -> str:
    """Return all phrases of a kind as one expression, for an engine of linear time (RE2)."""
    any_of = {
        how: "|".join(map(re.escape, phrases)) for how, phrases in _phrase_lists()[kind].items()
    }
    shapes = {
        "whole": rf"^(?:{{}}){_ARROWS}", "starts": "^(?:{})", "ends": rf"(?:{{}}){_ARROWS}",
        "contains": "(?:{})", "asks": rf"^(?:{{}})(?:{_TO_READERS})",
        "signed": rf"{_SENTENCE}(?:{{}})|(?:{{}}){_A_NAME}",
    }  # fmt: skip
    return "|".join(shapes[how].replace("{}", phrases) for how, phrases in any_of.items())


@cache
def _phrase_lists() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "furniture.toml").read_text("utf-8"))
