"""Markdown: the metadata of front matter in YAML or TOML, and the text without its marks."""

from __future__ import annotations

import re
import tomllib

from framing.corpus.readers import METADATA
from framing.corpus.readers.by_name import by_name
from framing.corpus.readers.cells import short_text

_FRONT = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(.{0,20000}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_SHORTCODE = re.compile(r"\{\{([<%])[^{}\n]{0,2000}[>%]\}\}")  # of Hugo and Zola
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,500}\")?\)")
_BOLD = re.compile(r"(?<!\w)(\*\*|__)(?=\S)([^*_\n]{1,5000}?)(?<=\S)\1(?!\w)")
_ITALIC = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]{1,5000}?)(?<=\S)\1(?![\w*])")
_QUOTE = re.compile(r"^(?:> ?)+", re.MULTILINE)
_NOTE = re.compile(r"\[\^[^\]\n]{1,60}\]:?")
_RULE = re.compile(r"^[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*\n", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|([^\n]*)\|[ \t]*$", re.MULTILINE)
_ITEM = re.compile(r"^[-*+] (?=\S)", re.MULTILINE)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""Split metadata off the top of a text: YAML between lines of ``---``, TOML of ``+++``.

    Examples
    --------
    >>> front_matter("---\ntitle: Talks fail\nsitename: Daily Gull\ntags: [a]\n---\nIt rained.")
    ({'outlet': 'Daily Gull', 'title': 'Talks fail'}, 'It rained.')
    >>> front_matter('+++\ntitle = "Talks fail"\ndate = 2031-03-12\n+++\nIt rained.')
    ({'date': '2031-03-12', 'title': 'Talks fail'}, 'It rained.')
    """
    found = _FRONT.match(text.replace("\r\n", "\n"))
    values = (_yaml if found[1] == "---" else _toml)(found[2]) if found else None
    if not found or not isinstance(values, dict):
        return {}, text
    written = {str(name): short_text(value) for name, value in values.items()}
    fields = by_name([name for name, value in written.items() if value])
    known = {field: written[name] for field, name in fields.items() if field in METADATA}
    return known, text.replace("\r\n", "\n")[found.end() :]


def _yaml(text: str) -> object:
    import yaml

    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _toml(text: str) -> object:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return None


def without_marks(text: str) -> str:
    r"""Remove the marks of links, images, emphasis, quotations and list items, rows and footnotes.

    Examples
    --------
    >>> without_marks("**By Ada**\n\n> [Talks](https://x.example) *may* fail.\n\n- Ships wait.")
    'By Ada\n\nTalks may fail.\n\n• Ships wait.'
    """
    text = _SHORTCODE.sub("", text)
    text = _ROW.sub(lambda row: row[1].strip(), _RULE.sub("", _NOTE.sub("", text)))
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _ITEM.sub("• ", _QUOTE.sub("", text))
    return _ITALIC.sub(r"\2", _BOLD.sub(r"\2", text))
