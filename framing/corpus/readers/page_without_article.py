"""Pages without the element ``article``, of which trafilatura finds less than half: by jusText."""

from __future__ import annotations

from functools import cache
from typing import Any

from framing.corpus.readers.page_furniture import text_of

_TOO_LITTLE = 0.5  # of the text in paragraphs
_JUSTEXT = (50, 150, 0.1, 0.2, 0.25)  # its thresholds, as trafilatura sets them
_RE = {"re": "http://exslt.org/regular-expressions"}
_COMMENTS = (
    "//*[self::div or self::section or self::ol or self::ul][not(.//h1) and re:test(concat(@id,"
    "' ', @class), 'comment|disqus|repl(?:y|ies)|respond|discussion', 'i')]"
)


def whole_article(blocks: list[str], tree: Any) -> list[str]:
    """Return what jusText finds where trafilatura finds less than half of it.

    That happens on pages without the element ``article``, of which several parts look like all of
    it, or parts are folded away. Comments and further articles are no part of it.
    """
    if len(tree.xpath("//h1")) > 1 or tree.xpath("//article"):
        return blocks
    for element in tree.xpath(_COMMENTS, namespaces=_RE):
        element.drop_tree()
    in_paragraphs = sum(size_of(text_of(p)) for p in tree.iter("p"))
    if size_of(*blocks) >= _TOO_LITTLE * in_paragraphs:
        return blocks
    others = _by_justext(tree)
    return others if size_of(*blocks) < _TOO_LITTLE * size_of(*others) else blocks


def _by_justext(tree: Any) -> list[str]:
    from justext import justext
    from lxml.html import tostring

    found = justext(tostring(tree, encoding="unicode"), stop_words(), *_JUSTEXT)
    return [f"## {p.text}" if p.is_heading else p.text for p in found if not p.is_boilerplate]


@cache
def stop_words() -> frozenset[str]:
    """Return the stop words of all languages: that of a page is not known yet."""
    from justext import get_stoplist, get_stoplists

    return frozenset().union(*map(get_stoplist, get_stoplists()))


def size_of(*texts: str) -> int:
    """Return the number of characters in some texts."""
    return sum(map(len, texts))
