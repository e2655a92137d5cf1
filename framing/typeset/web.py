"""An executed notebook as a web page: one file that needs no other and can run nothing."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import nh3
from bs4 import BeautifulSoup

from framing.typeset import NOT_SHOWN, html
from framing.typeset.outputs import Output, Shown, outputs, printed

_TAGS = nh3.ALLOWED_TAGS | {"big", "section", "tfoot"}
_STYLED = (
    "background-color", "border", "border-bottom", "border-collapse", "border-left",
    "border-right", "border-top", "color", "display", "font-family", "font-size", "font-style",
    "font-weight", "height", "opacity", "padding", "table-layout", "text-align",
    "text-decoration", "vertical-align", "white-space", "width",
)  # fmt: skip
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,")
# The browser is told as well: nothing is run, nothing is fetched.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.45;
  font-family: "Libertinus Serif", Georgia, serif; color: #1a1a1a; background: white }
table { border-collapse: collapse; font-size: .9rem; display: block; overflow-x: auto }
td, th { padding: .2rem .6rem; text-align: left; border-bottom: 1px solid #ddd;
  vertical-align: top }
img { max-width: 100% } pre { white-space: pre-wrap; background: #f6f6f6; padding: .5rem }
"""


def web_page(notebook: Mapping[str, Any], *, name: str, folder: Path | None = None) -> str:
    """Return a notebook as HTML: what the PDF shows, without code and hidden cells.

    Whatever runs or loads something is taken out. ``name`` is the title of a notebook without
    any; pictures of Markdown cells may lie in ``folder``.
    """
    page = BeautifulSoup("\n".join(map(_html, outputs(notebook, folder))), "html.parser")
    _number_captions(page)
    body, heading = str(page), page.find("h1")
    title = heading.get_text() if heading else str(notebook["metadata"].get("title", name))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _number_captions(page: BeautifulSoup) -> None:
    """Number the captions as the PDF does, and put those of tables above them."""
    numbers = {"Figure.": 0, "Table.": 0}
    for first in page.select("p > strong:first-child, p > b:first-child"):
        caption, kind = first.parent, first.get_text()
        before = caption.find_previous_sibling() if caption and kind in numbers else None
        shows = "img" if kind == "Figure." else "table"
        found = before if before and before.name == shows else before and before.find(shows)
        if not caption or not found:
            continue
        numbers[kind] += 1
        first.string = f"{kind.removesuffix('.')} {numbers[kind]}."
        if kind == "Table.":
            found.insert_before(caption)


def write_page(
    notebook: Mapping[str, Any], out: Path, *, name: str, folder: Path | None = None
) -> None:
    """Write a notebook as HTML."""
    page = web_page(notebook, name=name, folder=folder)
    out.write_text(page, encoding="utf-8", errors="replace", newline="\n")


def _html(output: Output) -> str:
    """Return the first format that shows something, or what is missing."""
    lost = f"<p>{escape(NOT_SHOWN.format(output.lost))}</p>" if output.lost else ""
    shown = next(filter(None, map(_format, output.formats)), lost)
    if output.folded and shown:
        return f"<details><summary>Show</summary>{shown}</details>"
    return shown


def _format(shown: Shown) -> str:
    if shown.kind == "html":
        return sanitized(shown.content)
    if shown.kind == "picture":
        vector = shown.mime == "image/svg+xml"
        inside = base64.b64encode(shown.content.encode()).decode() if vector else shown.content
        return f'<p><img alt="Figure" src="data:{shown.mime};base64,{escape(inside.strip())}"></p>'
    text = printed(shown.content)
    return f"<pre>{escape(text)}</pre>" if text else ""


def sanitized(source: str) -> str:
    """Return HTML without what runs, loads or leads elsewhere unseen; empty if nothing is left.

    >>> sanitized('<p onclick="x()">a<script>b</script><a href="javascript:c">d</a></p>')
    '<p>a<a rel="noopener noreferrer">d</a></p>'
    """
    clean = nh3.clean(
        str(html.parse(source)),
        tags=_TAGS,
        attributes={**nh3.ALLOWED_ATTRIBUTES, "*": {"style"}},
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "data"},
        filter_style_properties=set(_STYLED),
    )
    content = BeautifulSoup(clean, "html.parser")
    return clean if content.get_text(strip=True) or content.find(["img", "hr"]) else ""


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep pictures that are inside the page, and addresses that lead out of it elsewhere."""
    if (tag, name) == ("img", "src"):
        return value if _PICTURE.match(value) else None
    if name in ("href", "cite"):
        return None if value.lower().startswith("data:") else value
    return value
