"""Texts with their cues written over: VADER without the words of a lexicon."""

from __future__ import annotations

import itertools
import string

from framing.matcher import Hits
from framing.tokens import FOLD, Tokens

# One character for one, so that every place holds and capitals stay capitals.
_VEIL = {
    code: "9" if c.isdigit() else "X" if c.isupper() else "x"
    for code, c in [*((ord(c), c) for c in string.ascii_letters + string.digits), *FOLD.items()]
    if c.isalnum()
}


def veil(texts: list[str], tokens: Tokens, hits: Hits) -> list[str]:
    """Write over the letters of the cues, so that they are no words of VADER's any more.

    A small letter becomes x, a capital X, a digit 9; nothing that VADER knows is made of these.

    Examples
    --------
    >>> from framing.matcher import matcher
    >>> from framing.lexicon import built_in
    >>> from framing.pieces import cut
    >>> from framing.tokens import tokenise
    >>> texts = ["WAR? They fear it isn’t so-called “plan”."]
    >>> tokens = tokenise(cut(texts))
    >>> print(*veil(texts, tokens, matcher(built_in()).find(tokens)))
    XXX? They xxxx it isn’t xx-xxxxxx “plan”.
    """
    veiled = list(texts)
    starts, ends = tokens.starts[hits.first], tokens.ends[hits.first + hits.length - 1]
    rows = tokens.rows[hits.first]
    spans = zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
    for row, here in itertools.groupby(spans, key=lambda span: span[0]):
        text, parts, done = texts[row], [], 0
        for _, start, end in here:
            start, end = max(start, done), max(end, done)  # two families may share words
            parts += [text[done:start], text[start:end].translate(_VEIL)]
            done = end
        veiled[row] = "".join(parts) + text[done:]
    return veiled
