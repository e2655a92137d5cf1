"""Elements of XML: the fields in one by their names, and the text in one, block by block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

MARKS = {"head": "## ", "item": "• "}  # as in `pages`
BLOCKS = {
    "p", "quote", "list", "cell", "row", "table", "div", "code", "para", "li", "blockquote",
    "h1", "h2", "h3", "h4", *MARKS,
}  # fmt: skip
_IN_TEXT = BLOCKS - {"item", "list", "row", "cell", "table", "code", "head"} | {
    "a", "b", "br", "em", "i", "lb", "q", "span", "strong", "u"
}  # fmt: skip


def cells_of(element: Element) -> dict[str, Any]:
    """Return what is in an element by the names of its attributes and of the elements inside.

    Where all elements inside have an attribute ``name``, as those of Solr, that is their name.
    """
    cells: dict[str, Any] = {local(name): value for name, value in element.items()}
    if _is_text(element):
        return cells | {"text": _text_of(element)}
    named = all("name" in child.keys() for child in element)  # noqa: SIM118
    inside: dict[str, list[Any]] = {}
    for child in element:
        name = child.get("name", "") if named else local(child.tag)
        is_text = _is_text(child) or not len(child)
        inside.setdefault(name, []).append(_text_of(child) if is_text else cells_of(child))
        if not len(child) and not named:
            cells |= {f"{name}.{local(key)}": value for key, value in child.items()}
    return cells | {name: of_it if of_it[1:] else of_it[0] for name, of_it in inside.items()}


def _is_text(element: Element) -> bool:
    """Return whether an element holds a text, not elements that each have a name."""
    around = [element.text, *(child.tail for child in element)]
    marked = any(local(child.tag) in _IN_TEXT for child in element)
    return marked or any(part and part.strip() for part in around)


def _text_of(element: Element) -> str:
    blocks = flow(element, {}).split("\0")
    return "\n\n".join(filter(None, (block.strip() for block in blocks)))


def local(name: str) -> str:
    """Return a name without its namespace.

    >>> local("{http://www.tei-c.org/ns/1.0}p"), local("p")
    ('p', 'p')
    """
    return name.rpartition("}")[2]


def flow(element: Element, marks: Mapping[str, str]) -> str:
    """Return all text of an element, with a NUL, which no XML holds, around each block."""
    tag = local(element.tag)
    if tag in ("lb", "br"):
        return "\n"
    inside = [element.text or "", *(flow(child, marks) + (child.tail or "") for child in element)]
    text = "".join(inside)
    return f"\0{marks.get(tag, '')}{text}\0" if tag in BLOCKS else text
