"""Markdown as HTML: harmless markup stays, any other is shown as the text it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

import mistune
from mistune.plugins.math import BLOCK_MATH_PATTERN, parse_block_math, parse_inline_math

from framing.typeset.formulas import formula

_ALLOWED = {
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
}
_FORMULA = (
    r"\$\$(?P<display_math_text>(?:[^$\\]|\\.)*?)\$\$|"
    r"\$(?P<backticks>`+)(?P<backtick_math_text>[\s\S]*?)(?P=backticks)\$|"
    r"\$(?![$\s])(?P<math_text>(?:[^$\\\n]|\\.)+?)(?<!\s)\$(?!\d)"
)
_MARKUP = re.compile(r"</?([a-zA-Z][\w-]*)[^<>]*>|<", re.DOTALL)


class _Renderer(mistune.HTMLRenderer):
    def inline_html(self, html: str) -> str:
        return _harmless(html)

    def block_html(self, html: str) -> str:
        return _harmless(html)


class _Author(_Renderer):
    """For what somebody wrote as Markdown: only there are formulas, and data stay text."""

    def inline_math(self, text: str) -> str:
        return formula(text)

    def block_math(self, text: str) -> str:
        return f'<div style="text-align:center">{formula(text)}</div>\n'


def _formulas(markdown: mistune.Markdown) -> None:
    """Find formulas as pandoc does: between dollars that prices do not have."""
    markdown.block.register("block_math", BLOCK_MATH_PATTERN, parse_block_math, before="list")
    markdown.inline.register("inline_math", _FORMULA, parse_inline_math, before="codespan")


_PLUGINS = ["table", "strikethrough"]
_shown = mistune.create_markdown(renderer=_Renderer(escape=False), plugins=_PLUGINS)
_author = mistune.create_markdown(renderer=_Author(escape=False), plugins=_PLUGINS)
_formulas(_author)


def to_html(
    source: str,
    attachments: Mapping[str, Mapping[str, str]] | None = None,
    *,
    written: bool = False,
) -> str:
    r"""Return Markdown as HTML; pictures attached to the cell become part of it.

    Formulas are set if somebody has ``written`` it, and not a cell that has run.

    >>> to_html("*a* <script>b</script> <b>c</b> $d$")
    '<p><em>a</em> &lt;script&gt;b&lt;/script&gt; <b>c</b> $d$</p>\n'
    """
    rendered = str((_author if written else _shown)(source))
    for name, formats in (attachments or {}).items():
        for mime, content in formats.items():
            rendered = rendered.replace(
                f'src="attachment:{escape(name)}"', f'src="data:{mime};base64,{content}"'
            )
    return rendered


def _harmless(html: str) -> str:
    return _MARKUP.sub(
        lambda found: found.group() if _known(found.group(1)) else escape(found.group()), html
    )


def _known(name: str | None) -> bool:
    return name is not None and name.lower() in _ALLOWED
