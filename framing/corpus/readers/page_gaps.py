"""Headings, lists and tables that stand between the paragraphs of an article on its page.

Where trafilatura finds no element that holds the article, it collects paragraphs one by one, and
the headings above and the lists between them are lost. They are siblings of these paragraphs, or
of elements in which these stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple

from framing.corpus.readers.page_furniture import is_mostly_links, text_of

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol", "dl"})
_BETWEEN = HEADINGS | LISTS | {"p", "table", "blockquote"}
_WRAPPERS = {"div", "section"}
_MARKS = str.maketrans("", "", "#•→|")
_ENOUGH = 40  # characters that tell whether a text is there, with a word more or less


class _Part(NamedTuple):
    """An element of a page with the places of the first and the last block in it, -1 if none."""

    element: Any
    first: int
    last: int

    @property
    def is_found(self) -> bool:
        return self.first >= 0


def with_gaps_filled(
    blocks: Sequence[str], tree: Any, blocks_of: Callable[[Any], list[str]]
) -> list[str]:
    """Return the blocks of an article with what the page has between them.

    Examples
    --------
    >>> from lxml.html import fromstring
    >>> page = fromstring("<div><h2>Rain</h2><p>It rained:<ul><li>a lot</ul><p>So it did.")
    >>> blocks_of = lambda element: [f"<{element.tag}>"]
    >>> with_gaps_filled(["It rained:", "So it did."], page, blocks_of)
    ['<h2>', 'It rained:', '<ul>', 'So it did.']
    """
    from lxml import etree

    places = {_key(block): place for place, block in reversed(list(enumerate(blocks)))}
    whole = "".join(map(_key, blocks))
    above: dict[int, list[str]] = defaultdict(list)
    below: dict[int, list[str]] = defaultdict(list)
    inside: list[list[_Part]] = [[]]  # of each element that is open
    for step, element in etree.iterwalk(tree, events=("start", "end")):
        if step == "start":
            inside.append([])
            continue
        parts = inside.pop()
        for place, is_above, missing in _missing(parts):
            text = _key(text_of(missing))
            if text[:_ENOUGH] in whole or text[-_ENOUGH:] in whole:
                continue
            if is_above:  # of an outer element after those of inner ones
                above[place] = blocks_of(missing) + above[place]
            else:
                below[place] += blocks_of(missing)
        place = places.pop(_key(text_of(element)), -1)
        at = [(place, place)] if place >= 0 else [p[1:] for p in parts if p.is_found]
        inside[-1].append(_Part(element, at[0][0], at[-1][1]) if at else _Part(element, -1, -1))
    each = enumerate(blocks)
    return [text for n, block in each for text in (*above[n], block, *below[n])]


def _missing(parts: Sequence[_Part]) -> Iterator[tuple[int, bool, Any]]:
    """Yield what belongs to elements that are found beside it: a place, whether above it, and it.

    These are headings right above the first one, what stands between two, and a list right below
    the last paragraph.
    """
    shown = [_Part(_core(e), *at) for e, *at in parts if at[0] >= 0 or text_of(e)]
    found = [n for n, part in enumerate(shown) if part.is_found]
    if not found:
        return
    first, last = found[0], found[-1]
    for part in reversed(shown[:first]):
        if not _is_text(part.element, HEADINGS):
            break
        yield shown[first].first, True, part.element
    place = 0
    for part in shown[first:last]:
        place = max(place, part.last)
        if not part.is_found and _is_text(part.element, _BETWEEN):
            yield place, False, part.element
    if shown[last].element.tag in HEADINGS | {"p"}:
        for part in shown[last + 1 : last + 2]:
            if _is_text(part.element, LISTS):
                yield shown[last].last, False, part.element


def _is_text(element: Any, tags: Collection[str]) -> bool:
    return element.tag in tags and not is_mostly_links(element)


def _core(element: Any) -> Any:
    """Return the only element in a wrapper, or an element that is none."""
    while element.tag in _WRAPPERS and len(element) == 1 and not (element.text or "").strip():
        element = element[0]
    return element


def _key(text: str) -> str:
    return "".join(text.translate(_MARKS).split())
