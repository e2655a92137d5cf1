"""HTML tables as Typst tables: head repeated, numbers to the right, wide ones made to fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bs4 import Tag

from framing.typeset import styles
from framing.typeset.pieces import Context, Piece
from framing.typeset.widths import Need, fit, need, tracks

ROW_LIMIT = 200  # 2 to 3 ms a row; the whole table lies beside the report as a file
COLUMN_LIMIT = 60
_BOX = 24.0  # points that the padding of a box takes
_NUMBER = re.compile(r"[\s\d.,:;%+\-−–—()\[\]<>=*×eE]*")
_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?")
_ABSENT = {"", "–", "—", "-", "nan", "NaN", "None", "NA", "<NA>", "NaT"}
_CELLS = {"td", "th"}
_ALIGNMENTS = {"left", "right", "center"}

Inline = Callable[[Tag, Context], str]


class _Cell(NamedTuple):
    x: int
    y: int
    columns: int
    rows: int
    tag: Tag
    text: str


class _Part(NamedTuple):
    """Some columns of the table: which, how wide (Typst), at which side."""

    columns: list[int]
    tracks: list[str]
    sides: list[str]


def table_piece(tag: Tag, context: Context, inline: Inline, *, boxed: bool = False) -> Piece | None:
    """Return the table, or None if it has no cell.

    At most `ROW_LIMIT` rows and `COLUMN_LIMIT` columns are shown, and how many more there are.
    A table too wide for the page is set smaller, then on a turned page, then in parts that repeat
    its first columns; inside a box (``boxed``) the page cannot turn.
    """
    head_rows, body_rows = _rows(tag)
    head = _place(head_rows, 0)
    body = _place(body_rows[:ROW_LIMIT], len(head_rows))
    wide = max((cell.x + cell.columns for cell in head + body), default=0)
    if not wide:
        return None
    hidden = [(len(body_rows) - ROW_LIMIT, "rows"), (wide - COLUMN_LIMIT, "columns")]
    note = ", ".join(f"… {more:,} more {things}" for more, things in hidden if more > 0)
    size, parts = _layout(head, body, min(wide, COLUMN_LIMIT), context, boxed)
    shares = _shares(tag)
    if len(parts) == 1 and len(shares) == wide:
        parts = [parts[0]._replace(tracks=shares)]
    made = [_part(head, body, part, context, inline) for part in parts]
    shown_note = context.text.content(note) if note else "none"
    caption = tag.find("caption")
    return Piece(
        "table",
        f"{size}, note: {shown_note}, {', '.join(made)}",
        caption=inline(caption, context) if isinstance(caption, Tag) else "none",
    )


def _rows(table: Tag) -> tuple[list[list[Tag]], list[list[Tag]]]:
    """Return the cells of the rows of the head, and of those of the body."""
    head: list[list[Tag]] = []
    body: list[list[Tag]] = []
    for row in table.find_all("tr"):
        cells = [cell for cell in row.children if isinstance(cell, Tag) and cell.name in _CELLS]
        if not cells or row.find_parent("table") is not table:
            continue
        leading = not body and all(cell.name == "th" for cell in cells)
        (head if row.find_parent("thead") or leading else body).append(cells)
    head = [row for row in head if any(map(_text, row))]
    if len(head) > 1 and _complementary(head[-2], head[-1]):
        # pandas gives the names of the index a row of their own under those of the columns.
        head[-2:] = [[b if _text(b) else a for a, b in zip(head[-2], head[-1], strict=True)]]
    return head, body


def _text(cell: Tag) -> str:
    return " ".join(cell.get_text().split())


def _complementary(upper: list[Tag], lower: list[Tag]) -> bool:
    same = len(upper) == len(lower) and not any(c.get("colspan") for c in upper + lower)
    return same and not any(_text(a) and _text(b) for a, b in zip(upper, lower, strict=True))


def _place(rows: list[list[Tag]], first: int) -> list[_Cell]:
    """Put the cells on a grid, as a browser does; spans end at the last row."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for y, row in enumerate(rows):
        x = 0
        for tag in row:
            while (x, y) in taken:
                x += 1
            columns, height = _span(tag, "colspan"), min(_span(tag, "rowspan"), len(rows) - y)
            taken |= {(x + i, y + j) for i in range(columns) for j in range(height)}
            placed.append(_Cell(x, first + y, columns, height, tag, _text(tag)))
            x += columns
    return placed


def _span(tag: Tag, name: str) -> int:
    value = str(tag.get(name, "1"))
    return min(max(int(value), 1), 1000) if re.fullmatch("[0-9]{1,9}", value) else 1


def _layout(
    head: list[_Cell], body: list[_Cell], count: int, context: Context, boxed: bool
) -> tuple[str, list[_Part]]:
    """Return the arguments of the sheet (turned or not, size of type) and its parts."""
    columns = [_column(_single(head, x), _single(body, x)) for x in range(count)]
    needs, sides = [column[0] for column in columns], [column[1] for column in columns]
    heads = {cell.x for cell in body if cell.tag.name == "th"}
    fitted = fit(
        needs,
        row_heads=2 if {0, 1} <= heads and count > 2 else 1,
        portrait=context.text_width - (_BOX if boxed else 0),
        landscape=0 if boxed else context.text_height,
    )
    parts = [_Part(p, tracks(needs, p, fitted), [sides[x] for x in p]) for p in fitted.parts]
    return f"flipped: {str(fitted.flipped).lower()}, size: {fitted.size}pt", parts


def _shares(table: Tag) -> list[str]:
    """Widths that the columns ask for, if all do so in per cent (``<col style="width:40%">``)."""
    asked = [styles.parse_style(str(col.get("style", ""))) for col in table.find_all("col")]
    widths = [re.fullmatch("([1-9][0-9]?)%", style.get("width", "")) for style in asked]
    shares = [f"{width.group(1)}fr" for width in widths if width]
    return shares if len(shares) == len(asked) else []


def _single(cells: list[_Cell], x: int) -> list[_Cell]:
    return [cell for cell in cells if cell.x == x and cell.columns == 1]


def _column(head: list[_Cell], body: list[_Cell]) -> tuple[Need, str]:
    """How wide a column must be, and its side: numbers stand at the right."""
    data = [c.text for c in body if c.tag.name == "td" and c.text not in _ABSENT]
    numbers = bool(body) and all(map(_is_number, data))  # a column of dashes is one of numbers
    wanted = need([c.text for c in head], [c.text for c in body], numbers=numbers)
    return wanted, "right" if numbers else "left"


def _is_number(text: str) -> bool:
    digits = any(character.isdigit() for character in text)
    return digits and bool(_NUMBER.fullmatch(text)) and not _DATE.fullmatch(text)


def _part(
    head: list[_Cell], body: list[_Cell], part: _Part, context: Context, inline: Inline
) -> str:
    """Return one Typst table of some of the columns."""
    below = max((cell.y + cell.rows for cell in head), default=0)
    end = max(cell.y + cell.rows for cell in head + body)
    heads = ", ".join(_cells(head, part, context, lambda *cell: f"head({inline(*cell)})"))
    top = f"table.hline(y: 0, stroke: 0.8pt), table.hline(y: {below}, stroke: 0.4pt)"
    header = f"table.header({top}, {heads})" if heads else top
    cells = [header, *_cells(body, part, context, inline), f"table.hline(y: {end}, stroke: 0.8pt)"]
    tracks, sides = ", ".join(part.tracks), ", ".join(part.sides)
    return f"table(columns: ({tracks},), align: ({sides},), {', '.join(cells)})"


def _cells(cells: list[_Cell], part: _Part, context: Context, inline: Inline) -> Iterator[str]:
    place = {x: shown for shown, x in enumerate(part.columns)}
    for cell in cells:
        if shown := [place[x] for x in range(cell.x, cell.x + cell.columns) if x in place]:
            yield _cell(cell, shown, context, inline)


def _cell(cell: _Cell, shown: list[int], context: Context, inline: Inline) -> str:
    style = styles.parse_style(str(cell.tag.get("style", "")))
    arguments = [f"x: {shown[0]}", f"y: {cell.y}"]
    if len(shown) > 1:
        arguments += [f"colspan: {len(shown)}", "align: center"]
    elif cell.tag.name == "td" and style.get("text-align") in _ALIGNMENTS:
        arguments.append(f"align: {style['text-align']}")
    if cell.rows > 1:
        arguments.append(f"rowspan: {cell.rows}")
    if style.get("break-inside") == "avoid":
        arguments.append("breakable: false")
    if ground := styles.colour(style.get("background-color")):
        arguments.append(f"fill: {ground}")
    return f"table.cell({', '.join(arguments)}, {inline(cell.tag, context)})"
