"""Figures: SVG as data, without scripts, outside references or characters that have no glyph."""

from __future__ import annotations

import base64
import binascii
import io
import re
from xml.etree import ElementTree

from PIL import Image

from framing.typeset.pieces import Context, Piece
from framing.typeset.text import quote

_SVG = "http://www.w3.org/2000/svg"
_DROPPED = {"script", "foreignObject", "metadata", "iframe", "audio", "video"}
_INSIDE = re.compile(r"#|data:image/(png|jpeg);base64,")
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!['\"]?#)", re.IGNORECASE)
_LENGTH = re.compile(r"(-?(?:\d+(?:\.\d+)?|\.\d+))(pt|px|in|cm|mm)?$")
_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4}
_SUFFIXES = {"PNG": "png", "JPEG": "jpg"}
_CONVERTED = ("GIF", "WEBP")  # to PNG: not every version of Typst knows them
_DATA_URI = re.compile(r"data:image/[\w.+-]+;base64,(.*)", re.DOTALL)

ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def picture(content: str | bytes, context: Context, *, alt: str = "") -> Piece | None:
    """Return the figure, or None if the content is no image that can be shown.

    ``content`` is SVG source, the bytes of an image, or a ``data:`` address.
    """
    if isinstance(content, str) and content.startswith("data:"):
        found = _DATA_URI.match(content)
        content = from_base64(found.group(1)) if found else b""
    start = content[:400] if isinstance(content, str) else content[:400].decode("latin-1")
    if "<svg" in start or "<?xml" in start:
        return _vector(content, context, alt)
    pixels = _pixels(content) if isinstance(content, bytes) else None
    return _figure(context.add_asset(*pixels), None, alt) if pixels else None


def from_base64(text: str) -> bytes:
    """Return the bytes of base64 text; none if it is broken."""
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return b""


def _figure(name: str, width: float | None, alt: str) -> Piece:
    natural = f"{width:.4g}pt" if width else "none"
    return Piece("figure", f"file: {quote(name)}, natural: {natural}", alt or "Figure")


def _pixels(content: bytes) -> tuple[bytes, str] | None:
    """Return an image in a format that the compiler knows, and its suffix; None if it is broken."""
    try:
        with Image.open(io.BytesIO(content), formats=(*_SUFFIXES, *_CONVERTED)) as image:
            image.load()  # the compiler gives up on an image that cannot be decoded
            if image.format in _SUFFIXES:
                return content, _SUFFIXES[image.format]
            converted = io.BytesIO()
            image.convert("RGBA").save(converted, "PNG")
    except Exception:  # Pillow raises errors of all kinds
        return None
    return converted.getvalue(), "png"


def _vector(content: str | bytes, context: Context, alt: str) -> Piece | None:
    try:
        root = ElementTree.fromstring(content)
        sizes = [_points(root.get(side, "")) for side in ("width", "height")]
        if root.tag != f"{{{_SVG}}}svg" or any(size is not None and size <= 0 for size in sizes):
            return None
        _disarm(root, context)
        source = ElementTree.tostring(root)
    except (ElementTree.ParseError, ValueError, RecursionError):
        return None
    return _figure(context.add_asset(source, "svg"), sizes[0], alt)


def _disarm(root: ElementTree.Element, context: Context) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if _forbidden(child):
                parent.remove(child)
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            outside = name.endswith("href") and not _INSIDE.match(value)
            if outside or name.lower().startswith("on") or _OUTSIDE.search(value):
                del element.attrib[name]
        element.text = context.text.visible(element.text) if element.text else element.text
        element.tail = context.text.visible(element.tail) if element.tail else element.tail


def _forbidden(element: ElementTree.Element) -> bool:
    name = str(element.tag).rpartition("}")[2]
    return name in _DROPPED or (name == "style" and bool(_OUTSIDE.search(element.text or "")))


def _points(length: str) -> float | None:
    found = _LENGTH.match(length.strip())
    return float(found.group(1)) * _POINTS[found.group(2) or "px"] if found else None
