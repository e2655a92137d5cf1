"""An executed notebook as the source of a Typst document."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from framing.typeset import html
from framing.typeset.blocks import Block, Context, join
from framing.typeset.markdown import to_html
from framing.typeset.pictures import NOT_SHOWN, decode, picture
from framing.typeset.text import quote

_HIDDEN = {"parameters", "injected-parameters", "hide"}
_PREFERENCE = [
    "image/svg+xml",
    "text/html",
    "text/markdown",
    "image/png",
    "image/jpeg",
    "text/plain",
]  # the first that shows something
_CONTENTS_FROM = 4  # sections
_LINE_LIMIT = 200
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_REPR = re.compile(r"\[?<[^\n]+>\]?|\(?Text\(.*\)")  # what calls of matplotlib give back
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DATE = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d)|(\d\d?) ({'|'.join(_MONTHS)}) (\d{{4}})")


def typeset(notebook: Mapping[str, Any], context: Context, *, name: str, paper: str) -> str:
    """Return Typst source for an executed notebook.

    Code is hidden, and so are cells tagged ``parameters``, ``injected-parameters`` and ``hide``.
    The first heading is the title (otherwise the notebook's metadata, or ``name``); an emphasised
    paragraph right after it is the subtitle. A paragraph that begins with ``**Figure.**`` or
    ``**Table.**`` and directly follows one is its caption. Figures land in ``context.assets``.
    """
    metadata = notebook.get("metadata", {})
    blocks = [block for cell in notebook["cells"] for block in _cell(cell, context)]
    if not blocks or blocks[0].kind != "heading":
        plain = str(metadata.get("title", name))
        blocks.insert(0, Block("heading", "{" + context.text.content(plain) + "}", plain))
    title, *blocks = _attach_captions(blocks)
    subtitle = blocks.pop(0) if blocks and blocks[0].kind == "emphasis" else None
    about = _properties(title, subtitle, metadata)
    contents = sum(b.kind == "heading" and b.level <= 2 for b in blocks) >= _CONTENTS_FROM
    return "\n".join(
        [
            '#import "template.typ": *',
            f"#show: report.with(paper: {quote(paper)}, {about})",
            "#{",
            f"title-block({title.code}, {subtitle.code if subtitle else 'none'})",
            *(["contents()"] if contents else []),
            *_arranged(list(_clamp(blocks))),
            "}\n",
        ]
    )


def _cell(cell: Mapping[str, Any], context: Context) -> Iterator[Block]:
    if _HIDDEN & set(cell.get("metadata", {}).get("tags", [])):
        return
    if cell["cell_type"] == "markdown":
        text, attached = _joined(cell["source"]), cell.get("attachments", {})
        yield from html.flow(html.parse(to_html(text, attached, written=True)), context)
    for output in cell.get("outputs", []):
        yield from _output(output, context)


def _output(output: Mapping[str, Any], context: Context) -> Iterator[Block]:
    if output["output_type"] == "stream":
        if output["name"] == "stdout":
            yield from _monospace(_joined(output["text"]), context)
    elif output["output_type"] == "error":
        told = f"{output['ename']}: {output['evalue']}"
        yield Block("text", f"callout(raw(block: true, {context.text.plain(told)}))")
    else:
        shown = (
            list(_shown(m, output["data"], context)) for m in _PREFERENCE if m in output["data"]
        )
        torn = any(mime.startswith("image/") for mime in output["data"])
        nothing = [Block("text", f"par({quote(NOT_SHOWN)})")] if torn else []
        yield from next(filter(None, shown), nothing)


def _shown(mime: str, data: Mapping[str, Any], context: Context) -> Iterator[Block]:
    """Yield the blocks that show an output in one of its formats."""
    content = _joined(data[mime])
    if mime == "text/html":
        yield from html.flow(html.parse(content), context)
    elif mime == "text/markdown":
        yield from html.flow(html.parse(to_html(content)), context)
    elif mime == "text/plain":
        yield from [] if _REPR.fullmatch(content) else _monospace(content, context)
    else:
        figure = picture(content if "svg" in mime else decode(content), context)
        yield from [figure] if figure else []


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _monospace(text: str, context: Context) -> Iterator[Block]:
    """Yield what was printed: without colours, of a progress bar only its last state."""
    lines = [line.rpartition("\r")[2] for line in _ANSI.sub("", text).rstrip().split("\n")]
    if len(lines) > _LINE_LIMIT:
        lines = [*lines[:_LINE_LIMIT], f"… {len(lines) - _LINE_LIMIT:,} more lines"]
    if any(lines):
        yield Block("text", f"raw(block: true, {context.text.plain(chr(10).join(lines))})")


def _attach_captions(blocks: list[Block]) -> list[Block]:
    """Give captions to the figure or table before them; what is left is a paragraph."""
    done: list[Block] = []
    for block in blocks:
        label, _, told = block.plain.partition(". ")
        if block.kind == "caption" and done and done[-1].kind == label.lower():
            done[-1] = done[-1]._replace(caption=block.caption, plain=told)
        else:
            done.append(block)
    return done


def _clamp(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks with headings under the title's level, none skipped (PDF/UA wants that)."""
    above = 1
    for block in blocks:
        if block.kind == "heading":
            above = max(2, min(block.level, above + 1))
            yield block._replace(level=above)
        else:
            yield block


def _arranged(blocks: list[Block]) -> Iterator[str]:
    """Yield the blocks as Typst; headings right above a table go with it if the page turns."""
    above: list[str] = []
    for block in blocks:
        if block.kind == "heading":
            above.append(block.typst())
        elif block.kind == "table":
            yield block._replace(code=f"above: {join(above)}, {block.code}").typst()
            above = []
        else:
            yield from above
            yield block.typst()
            above = []
    yield from above


def _properties(title: Block, subtitle: Block | None, metadata: Mapping[str, Any]) -> str:
    """Arguments of the template: title, date, keywords, description, language of the PDF."""
    dated = _date(str(metadata.get("date", "")) or (subtitle.plain if subtitle else ""))
    keywords = [quote(str(word)) for word in metadata.get("keywords", [])]
    language = str(metadata.get("language", "en"))
    return (
        f"title: {quote(title.plain)}, date: {dated}, "
        f"keywords: ({''.join(word + ', ' for word in keywords)}), "
        f"description: {quote(str(metadata.get('description', '')))}, "
        f"language: {quote(language if re.fullmatch('[a-z]{2,3}', language) else 'en')}"
    )


def _date(text: str) -> str:
    """Return the last date in a text as Typst code; a report is as old as its data.

    >>> _date("4 March to 8 May 2031"), _date("undated")
    ('datetime(year: 2031, month: 5, day: 8)', 'none')
    """
    found = list(_DATE.finditer(text))
    if not found:
        return "none"
    year, month, day, written_day, name, written_year = found[-1].groups()
    try:
        date = (
            datetime.date(int(year), int(month), int(day))
            if year
            else datetime.date(int(written_year), _MONTHS.index(name) + 1, int(written_day))
        )
    except ValueError:
        return "none"
    return f"datetime(year: {date.year}, month: {date.month}, day: {date.day})"
