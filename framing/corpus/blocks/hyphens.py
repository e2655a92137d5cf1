"""Words broken at the ends of wrapped lines, joined where the corpus has them unbroken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

# A hyphen at the end of a line: whether the word has it, too, is open. Left as it is, it is read
# as a hyphen, since a soft hyphen prints nothing.
OPEN = "-\u00ad"
_OPEN = re.compile(OPEN)
_HYPHEN = re.compile(r"[^\W_][-‐\u00ad]$")
_LETTERS = re.compile(r"[a-zß-öø-ÿ]{2}[-‐]$")
_BEGINS = re.compile(r"(?!(?:and|or|to|nor|und|oder|bis|et|ou|y|o|e|en|of)(?![\w-]))[^\W_]")
_BEFORE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST = 60  # characters of a word


def on_one_line(lines: Iterable[str]) -> str:
    r"""Return wrapped lines as one, without a space after a hyphen that ends a line.

    >>> on_one_line(["a long-", "term plan of pre-", "and post-war Anglo-", "Saxon towns"])
    'a long-\xadterm plan of pre- and post-war Anglo-Saxon towns'
    """
    text = ""
    for line in map(str.strip, lines):
        if text and not (_HYPHEN.search(text[-2:]) and _BEGINS.match(line)):
            text += " "
        elif text.endswith("\u00ad"):
            text = text[:-1]
        elif _LETTERS.search(text[-3:]) and line[:2].islower():
            text = f"{text[:-1]}{OPEN}"
        text += line
    return text


def as_it_stands(text: str) -> str:
    """Return a text in which every open hyphen is one of the word."""
    return text.replace(OPEN, "-")


def with_whole_words(texts: Sequence[str], others: Iterable[str] = ()) -> list[tuple[str, str]]:
    r"""Return texts in which no hyphen is open, each with a note of what was decided.

    A word is joined if these texts or others have it without the hyphen, and none has it with one.

    >>> with_whole_words(["certain-\xadly a long-\xadterm plan", "It certainly is."])[0][0]
    'certainly a long-term plan'
    """
    words: set[str] = set()
    for text in chain(texts, others):
        words.update(_WORD.findall(text.lower()))
    return [_decided(text, words) for text in texts]


def _decided(text: str, words: set[str]) -> tuple[str, str]:
    found: dict[str, list[str]] = {"": [], "-": []}

    def between(mark: re.Match[str]) -> str:
        before = _BEFORE.search(text[max(0, mark.start() - _LONGEST) : mark.start()])
        after = _WORD.match(text, mark.end())
        if not before or not after:
            return "-"
        forms = {hyphen: f"{before[0]}{hyphen}{after[0]}" for hyphen in found}
        joins = forms[""].lower() in words and forms["-"].lower() not in words
        hyphen = "" if joins else "-"
        found[hyphen].append(forms[hyphen])
        return hyphen

    whole = _OPEN.sub(between, text)
    notes = [
        f"{len(of_it)} × a word broken at the end of a line {what} ({of_it[0]!r})"
        for of_it, what in ((found[""], "joined"), (found["-"], "kept with its hyphen"))
        if of_it
    ]
    return whole, "; ".join(notes)
