"""The directive ``thumbnails``: a grid of the page's own pictures, each a link to its section."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx


class Thumbnails(nodes.General, nodes.Element):
    """The place of the grid, until the pictures of the page are known."""


class ThumbnailsDirective(Directive):
    """Leave a place for the grid."""

    option_spec: ClassVar[dict[str, object]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the place."""
        return [Thumbnails()]


def fill(_app: Sphinx, document: nodes.document, _name: str) -> None:
    """Put the first picture of each section that has one into the grid."""
    for place in list(document.findall(Thumbnails)):
        grid = nodes.bullet_list(classes=["thumbnails"])
        for section in document.findall(nodes.section):
            picture = next(section.findall(nodes.image), None)
            if picture is not None and not any(section.findall(nodes.section, include_self=False)):
                grid += nodes.list_item("", _card(section, picture))
        place.replace_self(grid)


def _card(section: nodes.section, picture: nodes.image) -> nodes.paragraph:
    title = section.next_node(nodes.title)
    small = nodes.image(uri=picture["uri"], candidates=picture["candidates"], alt="")
    small["classes"] = ["page"] if "reports/" in picture["uri"] else []
    link = nodes.reference("", "", small, nodes.inline("", title.astext()), refid=section["ids"][0])
    return nodes.paragraph("", "", link)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_node(Thumbnails)
    app.add_directive("thumbnails", ThumbnailsDirective)
    app.connect("doctree-resolved", fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
