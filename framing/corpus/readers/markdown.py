"""Markdown: the metadata of front matter in YAML or TOML, and the text without its marks."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise

from framing.corpus.readers import METADATA
from framing.corpus.readers.by_name import by_name
from framing.corpus.readers.cells import short_text
from framing.corpus.readers.file_names import host_of
from framing.corpus.readers.in_documents import Line

_FRONT = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(.{0,20000}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_NOT_DEEP = 1_000  # characters
_ALIASES = 10  # in front matter
# A block of front matter anywhere, without an empty line, maybe behind a file without an end of its
# last line; a heading of the first level.
_BLOCK = re.compile(
    r"(?:^|(?<=[^\s|+-]))(---|\+\+\+)[ \t]*\n(?:[^\n]+\n){1,60}?\1[ \t]*$", re.MULTILINE
)
_TOP = re.compile(r"^# +(\S[^\n]*)$|^(\S[^\n]*)\n=+[ \t]*$", re.MULTILINE)
_SHORTCODE = re.compile(r"\{\{([<%])[^{}\n]{0,2000}[>%]\}\}")  # of Hugo and Zola
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,500}\")?\)")
_BOLD = re.compile(r"(?<!\w)(\*\*|__)(?=\S)([^*_\n]{1,5000}?)(?<=\S)\1(?!\w)")
_ITALIC = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]{1,5000}?)(?<=\S)\1(?![\w*])")
_QUOTE = re.compile(r"^(?:> ?)+", re.MULTILINE)
# Marks of notes: of Obsidian an embed, a comment, a callout, the id of a block; of Roam a block;
# of Zettlr and Pandoc a citation; a line of tags; the address of a reference; a footnote.
_NOTE = re.compile(
    r"!\[\[[^\[\]\n]{0,500}\]\]|%%[^%]{0,5000}%%|<!--[^<>]{0,2000}-->|[ \t]\^[\w-]{1,60}$"
    r"|^(?:> ?){0,5}\[![\w-]{1,60}\][+-]?[ \t]*|\(\([\w-]{9}\)\)|[ \t]?\[-?@[^\[\]\n]{1,200}\]"
    r"|^#[^\W\d][\w/-]{0,100}(?:[ \t]+#[\w/-]{1,100}){0,50}[ \t]*$"
    r"|^\[[^\[\]^\n]{1,100}\]:[ \t]+<?https?://.{0,2000}$|\[\^[^\]\n]{1,60}\]:?",
    re.MULTILINE,
)
_WIKI = re.compile(r"\[\[(?:[^\[\]|\n]{1,500}\|)?([^\[\]|\n]{1,500})\]\]")
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,500})\]\[[^\[\]\n]{0,100}\]")
_HIGHLIGHT = re.compile(r"(==|\^\^|~~)(?=\S)([^=^~\n]{1,5000}?)(?<=\S)\1")
_RULE = re.compile(r"^[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*\n", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|([^\n]*)\|[ \t]*$", re.MULTILINE)
_ITEM = re.compile(r"^[-*+] (?:\[[ xX]\] )?(?=\S)", re.MULTILINE)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""Split metadata off the top of a text: YAML between lines of ``---``, TOML of ``+++``.

    >>> front_matter("---\ntitle: Talks fail\nsitename: Daily Gull\ntags: [a]\n---\nIt rained.")
    ({'outlet': 'Daily Gull', 'title': 'Talks fail'}, 'It rained.')
    >>> front_matter('+++\ntitle = "Talks fail"\ndate = 2031-03-12\n+++\nIt rained.')
    ({'date': '2031-03-12', 'title': 'Talks fail'}, 'It rained.')
    """
    found = _FRONT.match(text.replace("\r\n", "\n"))
    values = _held(found[2], is_toml=found[1] != "---") if found else None
    if not found or not isinstance(values, dict):
        return {}, text
    written = {str(name): _WIKI.sub(r"\1", short_text(value)) for name, value in values.items()}
    fields = by_name([name for name, value in written.items() if value and not host_of(value)])
    linked = by_name([name for name, value in written.items() if host_of(value)])
    if "outlet" in fields and "outlet" in linked:  # a clipper's "source" is the address of a page
        linked = {"url": linked.pop("outlet")} | linked
    fields = linked | fields
    known = {field: written[name] for field, name in fields.items() if field in METADATA}
    return known, text.replace("\r\n", "\n")[found.end() :]


def parts_with_front_matter(text: str) -> list[str]:
    r"""Return the parts of a text that each begin with front matter; none if the first does not.

    >>> parts_with_front_matter("---\ntitle: A\ndate: 2031-03-12\n---\nRain.\n\n"
    ...                         "---\ntitle: B\ndate: 2031-03-13\n---\nHail.")
    ['---\ntitle: A\ndate: 2031-03-12\n---\nRain.', '---\ntitle: B\ndate: 2031-03-13\n---\nHail.']
    """
    text = text.replace("\r\n", "\n").lstrip("\ufeff\n ")
    begins = [b.start() for b in _BLOCK.finditer(text) if "title" in front_matter(b[0])[0]]
    parts = [text[a:b].strip() for a, b in pairwise([*begins, len(text)])]
    return parts if begins[:1] == [0] and len(parts) > 1 else []


def lines_with_styles(text: str) -> list[Line]:
    """Return paragraphs without marks; headings of the first level have the style of such."""
    text = _TOP.sub(lambda top: f"\n\n# {top[1] or top[2]}\n\n", text.replace("\r\n", "\n"))
    blocks = filter(None, map(str.strip, re.split(r"\n[ \t]*\n", without_marks(text))))
    return [
        Line(block.removeprefix("# "), style="heading 1" if block.startswith("# ") else "")
        for block in blocks
    ]


def _held(text: str, *, is_toml: bool) -> object:
    """Return what front matter holds; nothing of a broken one, nor of one that repeats itself."""
    import yaml

    try:
        fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ends the program on deep nesting
        loader = fast if len(text) < _NOT_DEEP else yaml.SafeLoader
        if is_toml:
            return tomllib.loads(text)
        if text.count("*") > _ALIASES:  # each may stand for many that stand for many
            events = (isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, loader))
            if sum(events) > _ALIASES:
                return None
        return yaml.load(text, loader)
    except (yaml.YAMLError, ValueError, RecursionError):  # TOML's error is a ValueError
        return None


def without_marks(text: str) -> str:
    r"""Remove the marks of links, images, emphasis, quotations and list items, rows and footnotes.

    >>> without_marks("**By Ada**\n\n> [Talks](https://x.example) *may* fail.\n\n- Ships wait.")
    'By Ada\n\nTalks may fail.\n\n• Ships wait.'
    >>> without_marks("![[map.png]]\n> [!quote] [[Ada Roe|Ada]] says ==rain== [@roe2031] fell. ^a1")
    '\nAda says rain fell.'
    """
    text = _SHORTCODE.sub("", text)
    text = _ROW.sub(lambda row: row[1].strip(), _RULE.sub("", _NOTE.sub("", text)))
    text = _LINK.sub(r"\1", _REFERENCE.sub(r"\1", _WIKI.sub(r"\1", _IMAGE.sub("", text))))
    text = _ITEM.sub("• ", _QUOTE.sub("", text))
    return _ITALIC.sub(r"\2", _BOLD.sub(r"\2", _HIGHLIGHT.sub(r"\2", text)))
