"""HTML as Typst code with quoted strings: what the data says can never become markup."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from framing.typeset import NOT_SHOWN, end_tags, styles
from framing.typeset.pictures import picture
from framing.typeset.pieces import Context, Piece, sequence
from framing.typeset.styles import Style, parse_style
from framing.typeset.tables import table_piece
from framing.typeset.text import quote

_MAX_DEPTH = 24  # the compiler has a limit; deeper text is kept, its markup is not
_DROPPED = {
    "script", "style", "title", "meta", "link", "template", "button", "select",
}  # fmt: skip
LIVE = ["iframe", "object", "embed", "canvas", "video", "audio"]  # what only a browser shows
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "ul",
}  # fmt: skip
_TAG_STYLES: dict[str, Style] = {
    **{key: {"font-weight": "700"} for key in ["b", "strong"]},
    **{key: {"font-weight": "600"} for key in ["summary", "dt"]},
    **{key: {"font-style": "italic"} for key in ["i", "em", "cite", "dfn", "var"]},
    **{key: {"text-decoration": "underline solid"} for key in ["u", "ins"]},
    **{key: {"text-decoration": "line-through"} for key in ["s", "strike", "del"]},
    "mark": {"background-color": "#fff0b3"},
    "small": {"font-size": "small"},
    "big": {"font-size": "large"},
    "sup": {"vertical-align": "super"},
    "sub": {"vertical-align": "sub"},
}
_LABELS = ("Figure.", "Table.")  # how a paragraph begins that is a caption
_SVG = re.compile(r"<svg\b(?:(?!<svg\b).)*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


def parse(html: str) -> BeautifulSoup:
    """Return the parsed HTML: style sheets moved into the elements, SVG into images."""
    # The HTML parser writes attributes in small letters, which SVG does not survive.
    soup = BeautifulSoup(_SVG.sub(_as_image, html), "html.parser")
    end_tags.close(soup)
    styles.apply_sheets(soup)
    styles.apply_attributes(soup)
    _tell_live(soup)
    return soup


def _tell_live(soup: BeautifulSoup) -> None:
    """Put words in the place of what only a browser shows; none if there is nothing else."""
    for node in soup.find_all(LIVE):
        node.replace_with(soup.new_tag("span", attrs={"not_in_print": f"<{node.name}> element"}))
    if soup.get_text(strip=True) or soup.find(["img", "hr"]):
        for mark in soup.find_all(not_in_print=True):
            mark.string = NOT_SHOWN.format(mark["not_in_print"])


def _as_image(svg: re.Match[str]) -> str:
    source = svg.group()
    if "xmlns=" not in source.partition(">")[0]:  # which HTML does not ask for
        source = f'<svg xmlns="http://www.w3.org/2000/svg"{source[4:]}'
    content = base64.b64encode(source.encode("utf-8", "replace")).decode("ascii")
    return f'<img src="data:image/svg+xml;base64,{content}">'


def flow(node: Tag, context: Context, *, depth: int = 0, boxed: bool = False) -> Iterator[Piece]:
    """Yield the blocks inside an element; runs of inline elements become paragraphs."""
    if depth > _MAX_DEPTH:
        yield from _run([NavigableString(node.get_text(" "))], context, depth)
        return
    run: list[PageElement] = []
    for child in node.children:
        if not isinstance(child, Tag) or not _is_block(child):
            run.append(child)
            continue
        yield from _run(run, context, depth)
        run = []
        if not _hidden(child):
            yield from _element(child, context, depth + 1, boxed)
    yield from _run(run, context, depth)


def inline(node: Tag, context: Context, depth: int = 0) -> str:
    """Return Typst code of everything inside an element, as one run of text."""
    if depth > _MAX_DEPTH:
        return "{" + context.text.content(node.get_text()) + "}"
    parts = (_inline(child, context, depth + 1) for child in node.children)
    return sequence([part for part in parts if part])


def _inline(node: PageElement, context: Context, depth: int) -> str:
    if isinstance(node, NavigableString):
        return "" if isinstance(node, PreformattedString) else context.text.content(str(node))
    if not isinstance(node, Tag) or _hidden(node):
        return ""
    if node.name == "br":
        return "linebreak()"
    if node.name == "img":
        return _in_line(_image(node, context), node)
    if node.name in ("code", "kbd", "samp", "tt"):
        return f"raw({context.text.plain(node.get_text())})"
    code = inline(node, context, depth)
    if not code.strip("{}[]; "):  # shows nothing
        return "[ ]" if " " in code else ""
    shown = styles.styled(code, _style(node))
    target = str(node.get("href", ""))
    if node.name == "a" and _LINK.match(target):
        return f"link({quote(target)}, {shown})"
    return shown


def _contents(node: Tag, context: Context) -> str:
    """Return what is in a cell, in the colour and weight that its style asks for."""
    return styles.styled(inline(node, context), _running(_style(node)))


def _running(style: Style) -> Style:
    """What a style says of the text, without grounds and borders."""
    return {k: v for k, v in style.items() if not k.startswith(("background", "border"))}


def _style(node: Tag) -> Style:
    return {**_TAG_STYLES.get(node.name, {}), **parse_style(str(node.get("style", "")))}


def _hidden(node: Tag) -> bool:
    return node.name in _DROPPED or _style(node).get("display") == "none"


def _is_block(node: Tag) -> bool:
    return node.name in _BLOCKS and not _style(node).get("display", "").startswith("inline")


def _image(node: Tag, context: Context) -> Piece:
    """Return the embedded picture, or the alternative text of any other."""
    alt, address = (str(node.get(name, "")) for name in ("alt", "src"))
    if found := picture(address, context, alt=alt):
        return found
    named = alt if address.startswith("data:") else address
    context.lost.append(f"picture {named[-80:]}".strip())
    return Piece("text", "{" + context.text.content(alt or NOT_SHOWN.format("picture")) + "}")


def _in_line(image: Piece, node: Tag) -> str:
    """Return the Typst code of a picture; on the line of its text, if its style says where."""
    style = _style(node)
    high, deep = (styles.ems(style.get(name, "")) for name in ("height", "vertical-align"))
    if image.kind != "figure" or high is None or deep is None:
        return image.typst()
    return f"formula(high: {high}em, deep: {-deep}em, alt: {quote(image.plain)}, {image.code})"


def _run(run: list[PageElement], context: Context, depth: int) -> Iterator[Piece]:
    """Yield a run of inline elements as paragraphs, and the pictures in it as figures."""
    parts: list[str] = []
    for node in run:
        image = _standing_alone(node)
        made = _image(image, context) if image is not None else None
        if made and made.kind == "figure":
            yield from _paragraph(parts)
            parts = []
            yield made
        elif part := made.typst() if made else _inline(node, context, depth + 1):
            parts.append(part)
    yield from _paragraph(parts)


def _paragraph(parts: list[str]) -> Iterator[Piece]:
    if any(part not in ("[ ]", "[]") for part in parts):
        yield Piece("text", f"par({sequence(parts)})")


def _standing_alone(node: PageElement) -> Tag | None:
    """Return a picture that does not stand on the line of its text, also if it is a link."""
    if isinstance(node, Tag) and node.name == "a" and not node.get_text().strip():
        node = next(iter(node.find_all("img")), node)
    if not isinstance(node, Tag) or node.name != "img":
        return None
    return None if {"height", "vertical-align"} <= _style(node).keys() else node


def _element(node: Tag, context: Context, depth: int, boxed: bool) -> Iterator[Piece]:
    name = node.name
    if name == "table":
        made = table_piece(node, context, _contents, boxed=boxed)
        yield from [made] if made else flow(node, context, depth=depth, boxed=boxed)
    elif name == "pre":
        text = context.text.plain(node.get_text().strip("\n"))
        yield Piece("text", f"raw(block: true, {text})")
    elif name == "hr":
        yield Piece("text", "rule()")
    elif name in ("ul", "ol"):
        yield _list(node, context, depth)
    elif re.fullmatch("h[1-6]", name):
        plain = " ".join(node.get_text().split())
        code = inline(node, context)
        if boxed:
            yield Piece("text", f"par(strong({code}))")
        elif plain:
            yield Piece("heading", code, plain, level=int(name[1]))
    elif name == "p" and (special := _caption_or_subtitle(node, context)):
        yield special
    else:
        yield from _container(node, context, depth, boxed)


def _caption_or_subtitle(node: Tag, context: Context) -> Piece | None:
    """Return the paragraph if it may be a caption, or a subtitle since all of it is emphasised."""
    nodes = [child for child in node.children if not isinstance(child, str) or child.strip()]
    first = nodes[0] if nodes else None
    if not isinstance(first, Tag) or first.name not in ("strong", "b", "em", "i"):
        return None
    plain = " ".join(node.get_text().split())
    code = f"par({inline(node, context)})"
    if first.name in ("strong", "b") and first.get_text() in _LABELS:
        caption = sequence([_inline(child, context, 1) for child in nodes[1:]])
        return Piece("caption", code, plain, caption=caption)
    return Piece("emphasis", code, plain) if len(nodes) == 1 and first.name in ("em", "i") else None


def _list(node: Tag, context: Context, depth: int) -> Piece:
    items = [
        _boxed(flow(item, context, depth=depth, boxed=True))
        for item in node.find_all("li", recursive=False)
    ]
    function = "list" if node.name == "ul" else "enum"
    start = str(node.get("start", ""))
    first = f"start: {start}, " if function == "enum" and re.fullmatch("[0-9]{1,9}", start) else ""
    return Piece("text", f"{function}({first}{', '.join(items)})")


def _container(node: Tag, context: Context, depth: int, boxed: bool) -> Iterator[Piece]:
    """Yield what a paragraph or division holds, in a box if its style asks for one."""
    style = _style(node)
    callout = node.name == "blockquote" or "box" in (node.get("class") or [])
    frame, side = styles.block(style), style.get("text-align")
    inner = flow(node, context, depth=depth, boxed=boxed or callout or bool(frame or side))
    if callout:
        yield Piece("text", f"callout({_boxed(inner)})")
        return
    running = _running(style)
    if not frame and not side and not styles.styled("", running):
        yield from inner
        return
    code = styles.styled(_boxed(inner), running)
    if side in ("left", "right", "center"):
        code = f"align({side}, {code})"
    yield Piece("text", f"frame({', '.join([*frame, code])})" if frame else code)


def _boxed(pieces: Iterator[Piece]) -> str:
    return sequence([piece.typst() for piece in pieces])
