"""Boxes, roles and attributes of Quarto, MyST and GitHub, in a parser of Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from framing.typeset.formulas import displayed, formula

_BOXES = (
    "note", "tip", "hint", "important", "warning", "caution", "attention", "danger", "error",
    "seealso", "admonition", "topic", "sidebar", "margin", "dropdown",
)  # fmt: skip
_UNTITLED = ("admonition", "topic", "sidebar", "margin", "dropdown")  # but for their own title
_CODE = ("code", "code-block", "code-cell")
_NAMES = ("ref", "numref", "doc", "eq", "term", "abbr", "download")
_DIRECTIVE = re.compile(r"\{([\w:-]+)\}[ \t]*(.*)")  # {note} A title
_DIVISION = re.compile(r"\s*(?:\{[^{}]*\}[^{}]*|[\w.-]+\s*:*)")
_OPTIONS = re.compile(r"\A(?:[ \t]*:[\w-]+:.*(?:\n|$))+")
_CALLOUT = re.compile(r"\.callout-(\w+)")
_TITLE = re.compile(r"""title=["']([^"']*)""")
_ALERT = re.compile(r"\[!(note|tip|important|warning|caution)\]\s*", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"""\s*\{\s*(?:[#.][\w:-]++|[\w-]++=(?:"[^"]*"|[\w.%-]++))[^{}]*\}""")
_TARGET = re.compile(r"\([\w:.-]+\)=")  # what other texts of MyST refer to
_DEEPEST = 5  # boxes in boxes


def add_directives(parser: MarkdownIt) -> None:
    """Make a parser set boxes, figures and formulas as directives, and leave out attributes."""

    def fence(_: Any, tokens: Sequence[Token], place: int, __: Any, env: Any) -> str:
        return _fence(parser, tokens[place], env)

    def is_division(about: str, _: str) -> bool:
        return bool(_DIVISION.fullmatch(about))

    parser.use(container_plugin, "division", validate=is_division, render=_division)
    parser.use(myst_role_plugin)
    parser.core.ruler.push("alerts", _mark_alerts)
    parser.core.ruler.push("attributes", _drop_attributes)
    parser.add_render_rule("fence", fence)
    parser.add_render_rule("myst_role", _role)


def _box(title: str, name: str = "") -> str:
    """Return the beginning of a box; without a title, most have their ``name`` as one."""
    title = title or ("" if name in _UNTITLED else name.capitalize())
    return "<blockquote>\n" + (f"<p><strong>{escape(title)}</strong></p>\n" if title else "")


def _division(_: Any, tokens: Sequence[Token], place: int, *__: Any) -> str:
    """Return an end of a division: a box if it is ``{.callout-note}`` or ``{note}``."""
    if tokens[place].nesting < 0:
        return "</blockquote>\n" if _is_box(_opening(tokens, place).info) else "</div>\n"
    about = tokens[place].info.strip()
    directive, callout = _DIRECTIVE.match(about), _CALLOUT.search(about)
    if callout:
        own, given = tokens[place + 1].type == "heading_open", _TITLE.search(about)
        return _box(given[1] if given else "" if own else callout[1].capitalize())
    if _is_box(about) and directive:
        return _box(directive[2], directive[1])
    if directive and directive[1] in ("figure", "image"):
        return f'<div>\n<p><img src="{escape(directive[2])}"></p>\n'
    return f"<div>\n<p>{escape(about)}</p>\n" if directive else "<div>\n"


def _is_box(about: str) -> bool:
    directive = _DIRECTIVE.match(about.strip())
    return bool(_CALLOUT.search(about)) or bool(directive and directive[1] in _BOXES)


def _opening(tokens: Sequence[Token], place: int) -> Token:
    kind = tokens[place].type.replace("close", "open")
    before = (tokens[n] for n in range(place - 1, -1, -1))
    return next(t for t in before if t.type == kind and t.level == tokens[place].level)


def _fence(parser: MarkdownIt, token: Token, env: dict[str, Any]) -> str:
    """Return code, or what a directive of MyST shows: ``{note}``, ``{figure}``, ``{math}``."""
    about = token.info.strip()
    found, depth = _DIRECTIVE.fullmatch(about), env.get("depth", 0) + 1
    name, given = (found[1], found[2].strip()) if found else ("", "")
    content = _OPTIONS.sub("", token.content) if found else token.content
    inner = {"before": env["before"], "depth": depth}
    if name in _BOXES and depth <= _DEEPEST:
        return f"{_box(given, name)}{parser.render(content, inner)}</blockquote>\n"
    if name in ("figure", "image") and depth <= _DEEPEST:
        caption = f"\n\n**Figure.** {content.strip()}" if content.strip() else ""
        return str(parser.render(f"![](<{given}>){caption}", inner))
    if name == "math":
        return displayed(content)
    shown = content if not name or name in _CODE else f"{about}\n{token.content}"
    return f"<pre><code>{escape(shown)}</code></pre>\n"


def _role(_: Any, tokens: Sequence[Token], place: int, *__: Any) -> str:
    """Return what a role of MyST shows: ``{math}`x^2```, ``{ref}`the methods <methods>```."""
    name, content = tokens[place].meta["name"], tokens[place].content
    if name == "math":
        return formula(content)
    if name in ("sub", "sup"):
        return f"<{name}>{escape(content)}</{name}>"
    if name.startswith("cite"):
        return escape(f"[{content}]")
    if name in _NAMES:
        title = content.rpartition("<")[0].strip() if content.endswith(">") else ""
        return escape(title or content)
    return f"{{{escape(name)}}}<code>{escape(content)}</code>"


def _mark_alerts(state: Any) -> None:
    """Turn ``[!NOTE]`` at the beginning of a quotation into its title, as GitHub does."""
    for quote, _, text in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if quote.type == "blockquote_open" and text.type == "inline" and text.children:
            first = text.children[0]
            if found := _ALERT.match(first.content):
                first.content = first.content[found.end() :]
                title = Token("html_inline", "", 0)
                title.content = f"<strong>{found[1].capitalize()}</strong><br>"
                text.children.insert(0, title)


def _drop_attributes(state: Any) -> None:
    """Leave out attributes behind headings, pictures and links: ``{#id .class width=50%}``."""
    for opening, token in zip([None, *state.tokens], state.tokens, strict=False):
        if _TARGET.fullmatch(token.content):
            token.children = []
        children = token.children or []
        if opening and opening.type == "heading_open" and children:
            last = children[-1]
            start = max(last.content.rfind("{"), 0)
            if last.type == "text" and _ATTRIBUTES.fullmatch(last.content[start:].rstrip()):
                last.content = last.content[:start].rstrip()
        for before, child in pairwise(children):
            found = before.type in ("image", "link_close") and _ATTRIBUTES.match(child.content)
            if found and child.type == "text":
                child.content = child.content[found.end() :]
