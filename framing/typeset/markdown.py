"""Markdown as HTML: harmless markup stays, any other is shown as the text it is."""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nh3
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from framing.typeset.directives import add_directives
from framing.typeset.formulas import displayed, formula

_HARMLESS = nh3.ALLOWED_TAGS | {"big", "font", "section", "svg", "tfoot"}
_MARKUP = re.compile(r"<!--(?:(?!<!--).)*?-->|</?([a-zA-Z][\w-]*+)[^<>]*>|<", re.DOTALL)
_TASK = re.compile(r"^\[([ xX])\]\s+")
_LARGEST = 20_000_000  # bytes of a picture beside the notebook


def to_html(
    source: str,
    attachments: Mapping[str, Mapping[str, str]] | None = None,
    *,
    folder: Path | None = None,
    notes: dict[str, int] | None = None,
) -> str:
    r"""Return Markdown as HTML.

    Comments are left out, formulas are set. Pictures that are attached to the cell, or lie in
    ``folder``, become part of the HTML. ``notes["before"]`` is the number of footnotes above this
    text; its own are added.

    >>> to_html("*a* <script>b</script> <b>c</b> $5")
    '<p><em>a</em> &lt;script&gt;b&lt;/script&gt; <b>c</b> $5</p>\n'
    """
    env: dict[str, Any] = {"before": notes["before"] if notes else 0}
    rendered = str(_parser.render(source, env))
    if notes:
        notes["before"] += len(env.get("footnotes", {}).get("list", {}))
    if "<img" not in rendered:
        return rendered
    soup = BeautifulSoup(rendered, "html.parser")
    for image in soup.find_all("img"):
        address = unquote(str(image.get("src", "")))
        attached = (attachments or {}).get(address.removeprefix("attachment:"), {})
        found = [f"data:{mime};base64,{content}" for mime, content in attached.items()]
        if source := found[0] if found else _beside(address, folder):
            image["src"] = source
    return str(soup)


def _beside(address: str, folder: Path | None) -> str:
    """Return a picture in the notebook's folder as a ``data:`` address; empty if it is none."""
    kind = mimetypes.guess_type(address)[0] or ""
    if folder is None or not kind.startswith("image/"):
        return ""
    try:
        path = (folder / address).resolve()
        inside = path.is_relative_to(folder.resolve()) and path.is_file()
        if not inside or path.stat().st_size > _LARGEST:
            return ""
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
    except (OSError, ValueError):  # no name that a file could have
        return ""


def _harmless(html: str) -> str:
    """Leave out comments, and show markup that is not harmless as text."""

    def shown(found: re.Match[str]) -> str:
        if found.group().startswith("<!--"):
            return ""
        name = found.group(1)
        return found.group() if name and name.lower() in _HARMLESS else escape(found.group())

    return _MARKUP.sub(shown, html)


Rule = Callable[[Any, Sequence[Token], int, Any, Any], str]


def _markdown() -> MarkdownIt:
    """Return a parser of Markdown as GitHub has it: tables, footnotes, task lists."""
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).use(footnote_plugin)
    parser.enable(["table", "strikethrough"])
    parser.core.ruler.push("tasks", _mark_tasks)
    rules: dict[str, Rule] = {
        "html_inline": lambda _, tokens, place, *__: _harmless(tokens[place].content),
        "html_block": lambda _, tokens, place, *__: _harmless(tokens[place].content),
        "footnote_ref": lambda _, tokens, place, __, env: (
            f"<sup>{env['before'] + tokens[place].meta['id'] + 1}</sup>"
        ),
        "footnote_anchor": lambda *_: "",
        "footnote_block_open": lambda *rest: f'<hr>\n<ol start="{rest[-1]["before"] + 1}">\n',
        "footnote_block_close": lambda *_: "</ol>\n",
        "footnote_open": lambda *_: "<li>",
    }
    # Between dollars as pandoc finds them, so that prices are none.
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    parser.use(amsmath_plugin)
    for name in ("math_inline", "math_inline_double", "math_block", "math_block_label", "amsmath"):
        rules[name] = _formula
    add_directives(parser)
    for name, rule in rules.items():
        parser.add_render_rule(name, rule)
    return parser


def _formula(_: Any, tokens: Sequence[Token], place: int, *__: Any) -> str:
    inline = tokens[place].type.startswith("math_inline")
    return (formula if inline else displayed)(tokens[place].content)


def _mark_tasks(state: Any) -> None:
    """Turn ``[ ]`` and ``[x]`` at the beginning of a list's items into boxes."""
    for item, _, text in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if item.type == "list_item_open" and text.type == "inline" and text.children:
            first = text.children[0]
            first.content = _TASK.sub(
                lambda found: "☐ " if found.group(1) == " " else "☑ ", first.content
            )


_parser = _markdown()
