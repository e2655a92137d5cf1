"""Headings, lists and tables that stand between the paragraphs of an article on its page.

Where trafilatura finds no element that holds the article, it collects paragraphs one by one, and
the headings above and the lists between them are lost. They are siblings of these paragraphs, or
of elements in which these stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple

from framing.corpus.readers.page_furniture import is_mostly_links

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol", "dl"})
_BETWEEN = HEADINGS | LISTS | {"p", "table", "blockquote"}
_WRAPPERS = {"div", "section"}
_MARKS = re.compile(r"[\W_]+")  # of lists, tables and links to a heading
_ENOUGH = 40  # characters that tell whether a text is there, with a word more or less


class _Part(NamedTuple):
    """An element of a page, its text, and the places of the first and the last block in it.

    The places are -1 if none is. Of a text that is longer than all blocks, the beginning is enough.
    """

    element: Any
    text: str
    first: int
    last: int

    @property
    def is_found(self) -> bool:
        return self.first >= 0


def with_gaps_filled(
    blocks: Sequence[str], tree: Any, blocks_of: Callable[[Any], list[str]]
) -> list[str]:
    """Return the blocks of an article with what the page has between them.

    >>> from lxml.html import fromstring
    >>> page = fromstring("<div><h2>Rain</h2><p>It rained:<ul><li>a lot</ul><p>So it did.")
    >>> blocks_of = lambda element: [f"<{element.tag}>"]
    >>> with_gaps_filled(["It rained:", "So it did."], page, blocks_of)
    ['<h2>', 'It rained:', '<ul>', 'So it did.']
    """
    keys = [_key(block) for block in blocks]
    places = {key: place for place, key in reversed(list(enumerate(keys))) if key}
    whole, longest = "".join(keys), max(map(len, keys), default=0)
    above: dict[int, list[str]] = defaultdict(list)
    below: dict[int, list[str]] = defaultdict(list)
    for parts in _siblings(tree, places, longest + 1):
        for place, is_above, missing in _missing(parts):
            ends = {missing.text[:_ENOUGH], missing.text[-_ENOUGH:]}
            if missing.text in keys or (len(ends) > 1 and any(end in whole for end in ends)):
                continue
            if is_above:  # of an outer element after those of inner ones
                above[place] = blocks_of(missing.element) + above[place]
            else:
                below[place] += blocks_of(missing.element)
    each = enumerate(blocks)
    return [text for n, block in each for text in (*above[n], block, *below[n])]


def _siblings(tree: Any, places: dict[str, int], longest: int) -> Iterator[list[_Part]]:
    """Yield the elements in each element, inner ones first; each place is found once."""
    from lxml import etree

    inside: list[tuple[list[_Part], list[str]]] = [([], [])]  # of each element that is open
    for step, element in etree.iterwalk(tree, events=("start", "end")):
        if step == "start":
            inside.append(([], [_key(element.text or "")]))
            continue
        parts, texts = inside.pop()
        yield parts
        text = "".join(texts)[:longest]
        place = places.pop(text, -1)
        at = [(place, place)] if place >= 0 else [p[2:] for p in parts if p.is_found] or [(-1, -1)]
        inside[-1][0].append(_Part(element, text, at[0][0], at[-1][1]))
        inside[-1][1].extend((text, _key(element.tail or "")))


def _missing(parts: Sequence[_Part]) -> Iterator[tuple[int, bool, _Part]]:
    """Yield what belongs to elements that are found beside it: a place, whether above it, and it.

    These are headings right above the first one, what stands between two, and a list right below
    the last paragraph.
    """
    shown = [part._replace(element=_core(part.element)) for part in parts if part.text]
    found = [n for n, part in enumerate(shown) if part.is_found]
    if not found:
        return
    first, last = found[0], found[-1]
    for part in reversed(shown[:first]):
        if not _is_text(part.element, HEADINGS):
            break
        yield shown[first].first, True, part
    place = 0
    for part in shown[first:last]:
        place = max(place, part.last)
        if not part.is_found and _is_text(part.element, _BETWEEN):
            yield place, False, part
    if shown[last].element.tag in HEADINGS | {"p"}:
        for part in shown[last + 1 : last + 2]:
            if _is_text(part.element, LISTS):
                yield shown[last].last, False, part


def _is_text(element: Any, tags: Collection[str]) -> bool:
    return element.tag in tags and not is_mostly_links(element)


def _core(element: Any) -> Any:
    """Return the only element in a wrapper, or an element that is none."""
    while element.tag in _WRAPPERS and len(element) == 1 and not (element.text or "").strip():
        element = element[0]
    return element


def _key(text: str) -> str:
    return _MARKS.sub("", text)
