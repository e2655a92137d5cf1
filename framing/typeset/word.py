"""An executed notebook as a Word document, for co-authors who comment there."""

from __future__ import annotations

import base64
import io
import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from framing.typeset import TypesettingError
from framing.typeset.pdf import lay_out, run_compiler
from framing.typeset.text import width
from framing.typeset.web import web_page

_VECTOR = "data:image/svg+xml;base64,"
_SIZE = re.compile(r"font-size:[^;]*;?")  # in per cent, which the converter takes for points
_SMALL = re.compile(r"font-size:7\d%")  # what a mark counts as, and where a text is from
_SIZE_OR_GROUND = re.compile(r"(font-size|background-color):[^;]*;?")
_MARKS = {"mark", "span"}  # the ground of longer texts would become a highlight as well
_MARGIN, _WIDTH = 2.5, 16.0  # cm
_FONT = "Times New Roman"  # or one as wide, which every program has: columns are made for it
_CELL, _SMALLEST, _PADDING = 8.5, 5.5, 12.0  # points: type, and what cells have at their sides
_WIDER = 1.25  # than in the type of the PDF
_LINE = 16.0  # em: longer cells wrap
_EPOCH = (1980, 1, 1, 0, 0, 0)  # what was written when would make every file differ


def write_docx(
    notebook: Mapping[str, Any], out: Path, *, name: str, folder: Path | None = None
) -> None:
    """Write an executed notebook as a Word document; the same notebook gives the same bytes.

    Headings, captions, tables and marks are those of the web page; figures are pictures of 220
    dots per inch. ``name`` is the title of a notebook without any; pictures of Markdown cells may
    lie in ``folder``. Raises `TypesettingError` if a figure cannot be drawn.
    """
    try:
        from html4docx import HtmlToDocx
    except ImportError:
        raise ImportError(
            "Word documents need the package html-for-docx: pip install 'news-framing[word]'"
        ) from None
    page = BeautifulSoup(web_page(notebook, name=name, folder=folder), "html.parser")
    for styled in page.find_all(style=True):
        dropped = _SIZE if styled.name in _MARKS else _SIZE_OR_GROUND
        if styled.name == "span" and _SMALL.search(str(styled["style"])):
            styled.name = "sub"
        styled["style"] = dropped.sub("", str(styled["style"]))
    for img in page.find_all("img", src=False):  # of which only a foreign address was known
        img.decompose()
    vectors = [img for img in page.find_all("img") if str(img["src"]).startswith(_VECTOR)]
    pictures = _drawn([base64.b64decode(str(img["src"])[len(_VECTOR) :]) for img in vectors])
    for img, content in zip(vectors, pictures, strict=True):
        img["src"] = f"data:image/png;base64,{base64.b64encode(content).decode()}"
    document = HtmlToDocx().parse_html_string(str(page.body).replace("\n<", "<"))
    _fit(document)
    raw = io.BytesIO()
    document.save(raw)
    out.write_bytes(_without_times(raw))


def _drawn(vectors: list[bytes]) -> list[bytes]:
    """Return figures as PNG, drawn in a process of its own."""
    if not vectors:
        return []
    with tempfile.TemporaryDirectory(prefix="framing-") as temporary:
        work = Path(temporary)
        files = {f"{number}.svg": content for number, content in enumerate(vectors)}
        pages = "\n#pagebreak()\n".join(f'#image("{name}")' for name in files)
        lay_out(work, f"#set page(width: auto, height: auto, margin: 0pt)\n{pages}", files)
        done = run_compiler(work, "0", "png")
        drawn = [work / f"report-{number + 1}.png" for number in range(len(vectors))]
        if done.returncode or not all(file.exists() for file in drawn):
            why = (done.stdout or done.stderr).strip() or "no message"
            raise TypesettingError(f"figures could not be drawn: {why.splitlines()[-1]}")
        return [file.read_bytes() for file in drawn]


def _fit(document: Any) -> None:
    """Set A4, make figures as wide as the text, and the type of tables small."""
    from docx.shared import Cm, Pt

    document.styles["Normal"].font.name = _FONT
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(_MARGIN)
        section.top_margin = section.bottom_margin = Cm(_MARGIN)
    for shape in document.inline_shapes:
        ratio = shape.height / shape.width
        shape.width = min(shape.width, Cm(_WIDTH))
        shape.height = int(shape.width * ratio)
    for table in document.tables:
        columns = [list(column.cells) for column in table.columns]
        size, widths = fitted([[cell.text for cell in cells] for cells in columns])
        table.autofit = False
        for column, cells, points in zip(table.columns, columns, widths, strict=True):
            column.width = Pt(points)  # LibreOffice reads this one, Word that of the cells
            for cell in cells:
                cell.width = Pt(points)
        for paragraph in (p for cells in columns for cell in cells for p in cell.paragraphs):
            paragraph.paragraph_format.space_after = Pt(0)
            for run in paragraph.runs:
                run.font.size = Pt(size)


def fitted(columns: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """Return the size of type and the widths of columns, in points, that break no word if possible.

    >>> size, widths = fitted([["Northern Standard"], ["0.25"], ["measure"]])
    >>> size, round(sum(widths)), widths[0] > widths[2] > widths[1]
    (8.5, 454, True)
    """
    texts = [[text for text in column if text] or [" "] for column in columns]
    least = [
        _WIDER * max(width(word) for t in column for word in t.split() or [""]) for column in texts
    ]
    line = [min(max(map(width, column)), _LINE) for column in texts]
    room, gap = _WIDTH * 72 / 2.54, _PADDING * len(columns)
    size = min(_CELL, max(_SMALLEST, (room - gap) / max(sum(least), 1)))
    spare = max(room - gap - size * sum(least), 0)
    wanted = [max(long - short, 0) + 0.1 for long, short in zip(line, least, strict=True)]
    widths = [
        _PADDING + size * short + spare * more / sum(wanted)
        for short, more in zip(least, wanted, strict=True)
    ]
    return size, [one * room / sum(widths) for one in widths]


def _without_times(raw: io.BytesIO) -> bytes:
    """Return a zip archive without the times at which its files were written."""
    made = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
