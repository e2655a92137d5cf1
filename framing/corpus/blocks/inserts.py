"""Titles of other articles inside a paragraph, where a name opened a window that shows them.

As text, such a page reads *Mayor Vale Ada Rosa ValePilots leave port Ferries wait MORE said*:
behind the name stand the whole name, glued to the first title, the other titles and *MORE*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from framing.text.words import count_words

_SUFFIX = r"(?:,? (?:Jr|Sr)\.?)?"
_QUOTED = r"\([^()\s]{1,30}\)|[\"“][^\"”\s]{1,30}[\"”]"
_PART = rf"(?:[^\W\d_a-z][\w.'’-]{{0,30}}|{_QUOTED}|de|van|von|bin|al) "


def _insert(again: str) -> re.Pattern[str]:
    name = rf"(?<![^\W_])(?P<name>[^\W\d_a-z][\w’-]{{1,30}})(?P<suffix>{_SUFFIX})"
    return re.compile(rf"{name} ?{again}[^\n]{{20,700}}? MORE\b")


# The surname again with the title glued to it; or, where there is none such, behind a space.
_INSERTS = (
    _insert(rf"(?:{_PART}){{1,5}}(?P=name){_SUFFIX}(?=[^\W_a-z]|[\"'“‘(])"),
    _insert(rf"(?:{_PART}){{2,5}}(?P=name) (?=[^\W_a-z])"),
)


def without_inserts(blocks: Sequence[str]) -> tuple[list[str], str]:
    """Return blocks without the titles that stand behind names, and a note of how many those were.

    >>> without_inserts(["Ada Vale Ada Rosa ValePilots leave port Ferries wait MORE’s plan fails."])
    (['Ada Vale’s plan fails.'], 'titles of other articles inside paragraphs cut out: 1 (8 words)')
    """
    cut: list[str] = []

    def name_of(insert: re.Match[str]) -> str:
        whole = insert["name"] + insert["suffix"]
        cut.append(insert[0][len(whole) :])
        return whole

    texts = list(blocks)
    for n in (n for n, block in enumerate(blocks) if " MORE" in block):
        for insert in _INSERTS:
            texts[n] = insert.sub(name_of, texts[n])
    words = sum(map(count_words, cut))
    note = f"titles of other articles inside paragraphs cut out: {len(cut)} ({words:,} words)"
    return texts, note if cut else ""
