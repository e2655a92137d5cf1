"""An executed notebook as the source of a Typst document."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from framing.typeset import NOT_SHOWN, html, styles
from framing.typeset.outputs import Output, Shown, outputs, printed
from framing.typeset.pictures import from_base64, picture
from framing.typeset.pieces import Context, Piece, sequence
from framing.typeset.text import quote

_LINE_LIMIT = 200
_ROOM, _SMALLEST = 84, 0.6  # characters in a line of print; the smallest type, of its own
_SENTENCES = 400  # characters of code: a sentence or two
_DATE = re.compile(rf"\d{{4}}-\d\d-\d\d|\d\d? (?:{'|'.join(calendar.month_name[1:])}) \d{{4}}")


def typeset(
    notebook: Mapping[str, Any],
    context: Context,
    *,
    name: str,
    paper: str,
    folder: Path | None = None,
) -> str:
    """Return Typst source for an executed notebook.

    The first heading is the title (otherwise the notebook's metadata, or ``name``); an emphasised
    paragraph right after it is the subtitle. A paragraph that begins with ``**Figure.**`` or
    ``**Table.**`` and directly follows one is its caption. Figures go to ``context.assets``;
    pictures of Markdown cells may lie in ``folder``.
    """
    metadata = notebook.get("metadata", {})
    pieces = [piece for output in outputs(notebook, folder) for piece in _pieces(output, context)]
    if not pieces or pieces[0].kind != "heading":
        plain = str(metadata.get("title", name))
        pieces.insert(0, Piece("heading", "{" + context.text.content(plain) + "}", plain))
    title, *pieces = _attach_captions(pieces)
    subtitle = pieces.pop(0) if pieces and pieces[0].kind == "emphasis" else None
    about = _properties(title, subtitle, metadata)
    return "\n".join(
        [
            '#import "template.typ": *',
            f"#show: report.with(paper: {quote(paper)}, {about})",
            "#{",
            f"title-block({title.code}, {subtitle.code if subtitle else 'none'})",
            *_arranged(_with_contents(list(_clamp(pieces)))),
            "}\n",
        ]
    )


def _pieces(output: Output, context: Context) -> Iterator[Piece]:
    """Yield the first format that shows something, or what is missing."""
    shown = next(filter(None, (list(_shown(one, context)) for one in output.formats)), [])
    if not shown and output.lost:
        context.lost.append(output.lost)
        shown = [Piece("text", f"par({quote(NOT_SHOWN.format(output.lost))})")]
    yield from shown


def _shown(shown: Shown, context: Context) -> Iterator[Piece]:
    if shown.kind == "html":
        page = html.parse(shown.content)
        if pieces := list(html.flow(page, context)):
            marks = page.find_all(not_in_print=True)  # of what only a browser shows
            context.lost.extend(str(mark["not_in_print"]) for mark in marks)
        yield from pieces
    elif shown.kind == "picture":
        svg = shown.mime == "image/svg+xml"
        figure = picture(shown.content if svg else from_base64(shown.content), context)
        yield from [figure] if figure else []
    elif shown.kind == "error":
        yield Piece("text", f"callout(raw(block: true, {context.text.plain(shown.content)}))")
    else:
        yield from _monospace(printed(shown.content), context)


def _monospace(text: str, context: Context) -> Iterator[Piece]:
    lines = text.split("\n")
    if len(lines) > _LINE_LIMIT:
        lines = [*lines[:_LINE_LIMIT], f"… {len(lines) - _LINE_LIMIT:,} more lines"]
    if any(lines):
        code = f"raw(block: true, {context.text.plain(chr(10).join(lines))})"
        yield Piece("text", styles.styled(code, {"font-size": _size(lines)}))


def _size(lines: list[str]) -> str:
    """Return the size of type in which a printed table is as wide as the page, if it is legible."""
    wide = [len(line) for line in lines if len(line) > _ROOM]
    is_table = len(wide) > 1 and max(wide) <= _ROOM / _SMALLEST
    return f"{_ROOM / max(wide):.3g}em" if is_table else ""


def _attach_captions(pieces: list[Piece]) -> list[Piece]:
    """Give captions to the figure or table before them; what is left is a paragraph."""
    done: list[Piece] = []
    for piece in pieces:
        label, _, caption = piece.plain.partition(". ")
        if piece.kind == "caption" and done and done[-1].kind == label.lower():
            done[-1] = done[-1]._replace(caption=piece.caption, plain=caption)
        else:
            done.append(piece)
    return done


def _clamp(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces with headings under the title's level, none skipped (PDF/UA wants that)."""
    above = 1
    for piece in pieces:
        if piece.kind == "heading":
            above = max(2, min(piece.level, above + 1))
            yield piece._replace(level=above)
        else:
            yield piece


def _with_contents(pieces: list[Piece]) -> list[Piece]:
    """Put the contents, which long reports have, behind the first section."""
    sections = [n for n, piece in enumerate(pieces) if piece.kind == "heading" and piece.level == 2]
    if len(sections) < 2:
        return pieces
    return [*pieces[: sections[1]], Piece("text", "contents()"), *pieces[sections[1] :]]


def _arranged(pieces: list[Piece]) -> Iterator[str]:
    """Yield the pieces as Typst; headings, and a first sentence, stay with what they lead to."""
    above: list[str] = []
    for piece, below in zip(pieces, [*pieces[1:], None], strict=False):
        short = piece.code.startswith("par(") and len(piece.code) < _SENTENCES
        leads_to = below.kind if above and short and below else "heading"
        if leads_to != "heading":
            piece = piece._replace(code=f"block(sticky: true, {piece.code})")
        if piece.kind == "heading" or leads_to in ("table", "figure"):
            above.append(piece.typst())
            continue
        if piece.kind in ("table", "figure"):
            headings = sequence(above) if above else "none"
            piece = piece._replace(code=f"above: {headings}, {piece.code}")
        else:
            yield from above
        yield piece.typst()
        above = []
    yield from above


def _properties(title: Piece, subtitle: Piece | None, metadata: Mapping[str, Any]) -> str:
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
    found = _DATE.findall(text)
    if not found:
        return "none"
    try:
        date = datetime.datetime.strptime(found[-1], "%Y-%m-%d" if "-" in found[-1] else "%d %B %Y")
    except ValueError:
        return "none"
    return f"datetime(year: {date.year}, month: {date.month}, day: {date.day})"
