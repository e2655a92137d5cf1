"""Formulas in LaTeX as pictures, as far as matplotlib's mathtext knows it."""

from __future__ import annotations

import base64
import io
import re
from functools import cache
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser, math_to_image

_SIZE = 10.5  # points, as the text around
_LOOKS: dict[Any, Any] = {
    "mathtext.fontset": "stix",
    "svg.fonttype": "path",
    "svg.hashsalt": "framing",
}


ROWS = re.compile(
    r"\\begin\{(equation|align|aligned|gather|gathered|multline|eqnarray|split)(\*?)\}(.*)"
    r"\\end\{\1\2\}",
    re.DOTALL,
)
_BESIDE = re.compile(r"\\(?:label|tag\*?)\{[^{}]*\}|\\(?:nonumber|notag)\b|(?<!\\)&")


def displayed(latex: str) -> str:
    r"""Return formulas in lines of their own, centred; those of ``align`` below each other.

    >>> displayed(r"\begin{align} a &= b \\ c &= d \end{align}").count("<img")
    2
    """
    found = ROWS.fullmatch(latex.strip())
    rows = found[3].split(r"\\") if found else [latex]
    shown = (formula(_BESIDE.sub("", row)) for row in rows if row.strip())
    return "".join(f'<div style="text-align:center">{row}</div>\n' for row in shown)


@cache
def formula(latex: str) -> str:
    r"""Return a formula as an ``<img>`` that stands on the line; one that is not known as code.

    >>> formula(r"\frac{1}{2}").partition(" src")[0]
    '<img alt="\\frac{1}{2}" style="height:1.238em;vertical-align:-0.381em"'
    >>> formula(r"\begin{cases}")
    '<code>\\begin{cases}</code>'
    """
    source, written, svg = escape(latex.strip()), f"${' '.join(latex.split())}$", io.BytesIO()
    with mpl.rc_context(_LOOKS):
        looks = FontProperties(size=_SIZE)
        try:
            math_to_image(written, svg, prop=looks, format="svg")
            _, height, depth, *_ = MathTextParser("path").parse(written, dpi=72, prop=looks)
        except ValueError:
            return f"<code>{source}</code>"
    size = f"height:{height / _SIZE:.4g}em;vertical-align:{-depth / _SIZE:.4g}em"
    content = base64.b64encode(svg.getvalue()).decode()
    return f'<img alt="{source}" style="{size}" src="data:image/svg+xml;base64,{content}">'
