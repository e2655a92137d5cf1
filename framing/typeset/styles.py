"""Inline CSS as arguments of Typst functions: colours, weights, rules, sizes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup, Tag
from matplotlib.colors import to_rgba
from soupsieve import SelectorSyntaxError

Style = dict[str, str]

_DECORATION: Final = ("", "-line", "-style", "-color", "-thickness")
_RULE = re.compile(r"(?<![^{}])([^{}]+)\{([^{}]*)\}")
_RGB = re.compile(r"rgba?\(([^)]*)\)")
_LENGTH = re.compile(r"^(\d+(?:\.\d+)?|\.\d+)(px|pt|em|rem|%)?$")
_SIZES: Final = {
    **{"xx-small": 0.65, "x-small": 0.75, "small": 0.85, "smaller": 0.85},
    **{"large": 1.15, "larger": 1.15, "x-large": 1.35, "xx-large": 1.6},
}
_WEIGHTS: Final = {"normal": "400", "bold": "700", "bolder": "700", "lighter": "300"}
_POINTS: Final = {"px": 0.75, "pt": 1.0, "em": 10.0, "rem": 10.0}
_STROKES: Final = {
    **{"solid": "solid", "double": "solid"},
    **{"dotted": "dotted", "dashed": "dashed", "wavy": "densely-dashed"},
}


def parse_style(text: str) -> Style:
    """Return the declarations of a ``style`` attribute.

    >>> parse_style("color: red; background-color:#fff !important")
    {'color': 'red', 'background-color': '#fff'}
    """
    pairs = (declaration.partition(":") for declaration in text.split(";") if ":" in declaration)
    return {key.strip().lower(): value.replace("!important", "").strip() for key, _, value in pairs}


def apply_sheets(soup: BeautifulSoup) -> None:
    """Write the rules of ``<style>`` elements (pandas' Styler) into the ``style`` attributes."""
    sheets = soup.find_all("style")
    by_id = {str(tag["id"]): tag for tag in soup.find_all(id=True)} if sheets else {}
    for sheet in sheets:
        for selectors, declarations in _RULE.findall(sheet.get_text()):
            for selector in map(str.strip, selectors.split(",")):
                for tag in _select(soup, by_id, selector):
                    tag["style"] = f"{tag.get('style', '')};{declarations}"
        sheet.decompose()


def apply_attributes(soup: BeautifulSoup) -> None:
    """Write old attributes (``<font color="red">``, ``<p align="center">``) as styles."""
    for tag in soup.find_all(color=True):
        tag["style"] = f"color:{tag['color']};{tag.get('style', '')}"
    for tag in soup.find_all(align=True):
        tag["style"] = f"text-align:{tag['align']};{tag.get('style', '')}"
    for tag in soup.find_all("font"):
        tag.name = "span"


def _select(soup: BeautifulSoup, by_id: dict[str, Tag], selector: str) -> list[Tag]:
    if re.fullmatch(r"#[\w-]+", selector):
        return [by_id[selector[1:]]] if selector[1:] in by_id else []
    try:
        return soup.select(selector)
    except (NotImplementedError, SelectorSyntaxError):  # what only a browser understands
        return []


def colour(value: str | None, *, opacity: float = 1.0) -> str | None:
    """Return a CSS colour as Typst code, or None if it is none or see-through.

    >>> colour("#ff000080"), colour("rgb(0, 128, 0)"), colour("transparent"), colour("#read(1)")
    ('rgb("#ff7f7f")', 'rgb("#008000")', None, None)
    """
    rgba = _rgba(value or "")
    if rgba is None or rgba[3] == 0:
        return None
    alpha = rgba[3] * opacity
    # Laid on white: transparency would cost a PDF/A reader its colours.
    solid = [round(255 * (alpha * c + 1 - alpha)) for c in rgba[:3]]
    return 'rgb("#{:02x}{:02x}{:02x}")'.format(*solid)


def _rgba(value: str) -> tuple[float, float, float, float] | None:
    value = value.strip().lower()
    if value[:1].isdigit():  # a shade of grey to matplotlib, no colour in CSS
        return None
    if found := _RGB.fullmatch(value):
        parts = re.split(r"[\s,/]+", found.group(1).strip())
        try:
            numbers = [float(p.rstrip("%")) / (100 if p.endswith("%") else 1) for p in parts]
        except ValueError:
            return None
        if len(numbers) not in (3, 4) or any(map(math.isnan, numbers)):
            return None
        rgb = [n if p.endswith("%") else n / 255 for n, p in zip(numbers, parts, strict=True)][:3]
        rgba = (*rgb, numbers[3] if len(numbers) == 4 else 1.0)
        red, green, blue, alpha = (min(max(c, 0.0), 1.0) for c in rgba)
        return red, green, blue, alpha
    try:
        return to_rgba(value)
    except ValueError:
        return None


def styled(code: str, style: Style) -> str:
    """Wrap Typst code in what the style asks of a run of text."""
    for function, arguments in _decorations(style):
        code = f"{function}({', '.join([*arguments, code])})"
    return code


def _decorations(style: Style) -> Iterator[tuple[str, list[str]]]:
    if arguments := _text(style):
        yield "text", arguments
    line = " ".join(style.get(f"text-decoration{part}", "") for part in _DECORATION)
    bottom = style.get("border-bottom", "")
    if "underline" in line or _stroke(bottom):
        stroke = _stroke(line if "underline" in line else bottom) or "0.6pt"
        yield "underline", [f"stroke: {stroke}", "offset: 0.18em", "evade: false"]
    if "line-through" in line:
        yield "strike", []
    ground, frame = colour(_background(style)), _stroke(style.get("border", ""))
    if ground or frame:
        fill = f"fill: {ground or 'none'}"
        yield "highlight", [fill, f"stroke: {frame or 'none'}", "radius: 1.5pt", "extent: 0.8pt"]
    if style.get("vertical-align") in ("super", "sub"):
        yield style["vertical-align"], []


def _text(style: Style) -> list[str]:
    """Arguments of ``text``: colour, weight, slant, size."""
    arguments = []
    given = re.fullmatch(r"0?\.\d+|0|1", style.get("opacity", ""))
    opacity = max(float(given[0]) if given else 1.0, 0.35)  # faint, but to be read
    ink = style.get("color", "black" if opacity < 1 else "")
    if paint := colour(ink, opacity=opacity):
        arguments.append(f"fill: {paint}")
    weight = style.get("font-weight", "")
    weight = _WEIGHTS.get(weight, weight)
    if re.fullmatch("[1-9]00", weight):
        arguments.append(f"weight: {weight}")
    if style.get("font-style") in ("italic", "oblique"):
        arguments.append('style: "italic"')
    if size := _size(style.get("font-size", "")):
        arguments.append(f"size: {size:.3g}em")
    if "monospace" in style.get("font-family", ""):
        arguments.append('font: ("DejaVu Sans Mono", "DejaVu Sans")')
    return arguments


def _size(value: str) -> float | None:
    """A font size relative to the text around it, within reason."""
    found = _LENGTH.match(value)
    if value in _SIZES or not found:
        return _SIZES.get(value)
    number, unit = float(found.group(1)), found.group(2)
    # Notebooks are read at 14 px (10.5 pt).
    ratio = {"px": number / 14, "pt": number / 10.5, "%": number / 100}.get(unit or "px", number)
    return min(max(ratio, 0.6), 1.8)


def block(style: Style) -> list[str]:
    """Arguments of ``frame``: ground, rules, padding, breaks; empty if the style has none."""
    arguments = []
    if ground := colour(_background(style)):
        arguments.append(f"fill: {ground}")
    strokes = {s: _stroke(style.get(f"border-{s}", "")) for s in ("left", "right", "top", "bottom")}
    drawn = [f"{side}: {stroke}" for side, stroke in strokes.items() if stroke]
    if frame := _stroke(style.get("border", "")):
        drawn.insert(0, f"rest: {frame}")
    if drawn:
        arguments.append(f"stroke: ({', '.join(drawn)})")
    if not arguments:
        return _kept(style)
    padding = min(_points(style.get("padding", "").split(" ")[0]) or 5.0, 16.0)
    # A line of text reaches below its base line.
    sides = f"x: {max(padding, 5.0):.3g}pt, top: {padding:.3g}pt, bottom: {padding + 2:.3g}pt"
    return [*arguments, f"inset: ({sides})", *_kept(style)]


def _kept(style: Style) -> list[str]:
    """Arguments of ``frame`` that keep it whole, or with what follows it."""
    whole = ["whole: true"] if style.get("break-inside") == "avoid" else []
    return whole + (["sticky: true"] if style.get("break-after") == "avoid" else [])


def _background(style: Style) -> str | None:
    return style.get("background-color") or style.get("background")


def _stroke(value: str) -> str | None:
    """The stroke in ``2px solid #c00`` or ``underline dotted``; None if there is none to draw."""
    words = re.sub(r"\s*,\s*", ",", value.lower()).split()
    dash = next((_STROKES[word] for word in words if word in _STROKES), None)
    if {"none", "0", "0px"} & set(words) or (dash is None and "underline" not in words):
        return None
    paint = next(filter(None, map(colour, words)), 'rgb("#444444")')
    width = next(filter(None, map(_points, words)), 0.9)
    return f'(paint: {paint}, thickness: {min(width, 4.0):.3g}pt, dash: "{dash or "solid"}")'


def ems(value: str) -> float | None:
    """Return a length that is a multiple of the size of type.

    >>> ems("1.5em"), ems("-0.2em"), ems("3px"), ems("2em; evil")
    (1.5, -0.2, None, None)
    """
    found = re.fullmatch(r"-?\d{1,3}(\.\d{1,6})?em", value)
    return float(value.removesuffix("em")) if found else None


def _points(value: str) -> float | None:
    found = _LENGTH.match(value)
    if not found or found.group(2) == "%":
        return None
    return float(found.group(1)) * _POINTS[found.group(2) or "px"]
