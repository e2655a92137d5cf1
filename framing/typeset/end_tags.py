"""End tags that HTML may leave out: of cells, rows, paragraphs and items of lists."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

_CELL, _ROW = {"td", "th"}, {"td", "th", "tr"}
_PART = {"thead", "tbody", "tfoot", *_ROW}
_ENDED = {
    "td": _CELL, "th": _CELL, "tr": _ROW, "thead": _PART, "tbody": _PART, "tfoot": _PART,
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "p": {"p"},
}  # fmt: skip
_WALLS = {"table", "ul", "ol", "dl", "div", "section", "blockquote"}


def close(soup: BeautifulSoup) -> None:
    """Move elements out of those that they end: a cell out of the cell before it.

    >>> soup = BeautifulSoup("<table><tr><td>1<td>2<tr><td>3</table>", "html.parser")
    >>> close(soup)
    >>> print(soup)
    <table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>
    """
    for node in soup.find_all(list(_ENDED)):
        outer = _ended_by(node)
        while outer is not None and node.parent is not None:
            parent = node.parent
            parent.insert_after(*[node, *node.next_siblings])
            if parent is outer:
                break


def _ended_by(node: Tag) -> Tag | None:
    """Return the outermost element around a node that it ends, if there is one."""
    found = None
    for parent in node.parents:
        if parent.name in _WALLS:
            break
        if parent.name in _ENDED[node.name]:
            found = parent
    return found
