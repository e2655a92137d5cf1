"""Markdown as HTML: harmless markup stays, any other is shown as the text it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

import mistune

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
_MARKUP = re.compile(r"</?([a-zA-Z][\w-]*)[^<>]*>|<", re.DOTALL)


class _Renderer(mistune.HTMLRenderer):
    def inline_html(self, html: str) -> str:
        return _harmless(html)

    def block_html(self, html: str) -> str:
        return _harmless(html)


_markdown = mistune.create_markdown(
    renderer=_Renderer(escape=False), plugins=["table", "strikethrough"]
)


def to_html(source: str, attachments: Mapping[str, Mapping[str, str]] | None = None) -> str:
    r"""Return Markdown as HTML; pictures attached to the cell become part of it.

    >>> to_html("*a* <script>b</script> <b>c</b> $d$")
    '<p><em>a</em> &lt;script&gt;b&lt;/script&gt; <b>c</b> $d$</p>\n'
    """
    rendered = str(_markdown(source))
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
