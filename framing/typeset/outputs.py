"""What a report shows of an executed notebook: which cells, and in which formats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup

from framing.typeset.cell_options import FOLDED, captions, cell_options, is_shown, tags_of
from framing.typeset.formulas import ROWS, displayed
from framing.typeset.front_matter import split_front_matter
from framing.typeset.html import LIVE
from framing.typeset.markdown import to_html

# The first that shows something is taken.
_PREFERENCE = (
    "image/svg+xml", "text/html", "text/markdown", "text/latex",
    "image/png", "image/jpeg", "image/gif", "application/json", "text/plain",
)  # fmt: skip
_CAPTION = re.compile(r"\*\*(Figure|Table)\.\*\*")
_ANSI = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
# How Python names objects, and what calls of matplotlib and Altair give back.
_REPR = re.compile(r"\[?<[^\n]+>\]?|\(?Text\(.*\)|alt\.\w+\(\.\.\.\)")
_DRAWN = re.compile(r"<matplotlib\.|<Axes|<BarContainer object|<Figure size|\[Text\(")
_PROGRESS = re.compile(r"[^|\n]{0,99}\d%\|[^|\n]{0,99}\|[^\n]{0,99}")  # of tqdm, beside a widget
_LONGEST = 10_000  # characters of a line
_DOLLARS = re.compile(r"\s*(\$\$?)(.+?)\1\s*", re.DOTALL)


class Shown(NamedTuple):
    """One format of an output.

    ``kind`` is ``html``, ``picture`` (SVG, or the base64 text of ``mime``), ``printed`` or
    ``error``.
    """

    kind: str
    content: str
    mime: str = ""


class Output(NamedTuple):
    """An output in the formats it has, the best first.

    ``lost`` names what a reader misses if none of them shows anything. ``folded`` outputs are
    closed at first where a page can open them.
    """

    formats: list[Shown]
    lost: str = ""
    folded: bool = False


def outputs(notebook: Mapping[str, Any], folder: Path | None = None) -> Iterator[Output]:
    """Yield what is shown, cell by cell: Markdown and outputs, no code.

    `framing.typeset.cell_options` says which cells are left out. So is a Markdown cell tagged
    ``optional``, if the code cell below it (of a caption, above it) shows nothing. Front matter of
    the first cell is the title. Pictures of Markdown cells may lie in ``folder``.
    """
    notes = {"before": 0}  # footnotes are numbered through all cells
    texts = (n for n, cell in enumerate(notebook["cells"]) if cell["cell_type"] != "code")
    front = next(texts, None)
    for number, cell in enumerate(notebook["cells"]):
        source = _text(cell["source"])
        if number == front:
            title, source = split_front_matter(source)
            if title:
                yield Output([Shown("html", to_html(title))])
        if not is_shown(cell):
            continue
        if "optional" in tags_of(cell) and not _beside(notebook["cells"], number).get("outputs"):
            continue
        if cell["cell_type"] == "markdown":
            html = to_html(source, cell.get("attachments"), folder=folder, notes=notes)
            yield Output([Shown("html", html)])
        for output in _captioned(list(_of_code(cell)), cell):
            yield output._replace(folded=bool(FOLDED & tags_of(cell)))


def _of_code(cell: Mapping[str, Any]) -> Iterator[Output]:
    """Yield the outputs of a cell; what it has printed may be Markdown (``#| output: asis``)."""
    for output in cell.get("outputs", []):
        if output["output_type"] != "stream":
            yield _output(output)
        elif output["name"] == "stdout" and "remove-stdout" not in tags_of(cell):
            text = _text(output["text"])
            is_markdown = cell_options(cell).get("output") == "asis"
            yield Output([Shown("html", to_html(text)) if is_markdown else Shown("printed", text)])


def _captioned(shown: list[Output], cell: Mapping[str, Any]) -> Iterator[Output]:
    """Yield outputs with the captions that options of the cell give to its figures and tables."""
    below: dict[int, list[Output]] = {}
    for kind, texts in captions(cell).items():
        places = [n for n, output in enumerate(shown) if _is(kind, output)] or [len(shown) - 1]
        for place, text in zip(places[-len(texts) :] if texts else [], texts, strict=False):
            caption = to_html(f"**{kind}.** {text}")
            below.setdefault(place, []).append(Output([Shown("html", caption)]))
    for place, output in enumerate(shown):
        yield from [output, *below.get(place, [])]


def _is(kind: str, output: Output) -> bool:
    """Return whether an output is a figure, or a table."""
    if kind == "Figure":
        return any(one.kind == "picture" for one in output.formats)
    return any(one.kind == "html" and "<table" in one.content for one in output.formats)


def _beside(cells: list[Mapping[str, Any]], number: int) -> Mapping[str, Any]:
    """Return the code cell that a text belongs to: the one below it; of a caption, above it."""
    caption = _CAPTION.match(_text(cells[number]["source"]))
    others = reversed(cells[:number]) if caption else iter(cells[number + 1 :])
    return next((cell for cell in others if cell["cell_type"] == "code"), {})


def printed(text: str) -> str:
    """Return what a terminal would show: no colours, of a progress bar only its last state.

    Of a very long line it is the beginning: to typeset a character takes 400 bytes of memory.

    >>> printed("a" * 10_005)[-22:]
    'aa … 5 more characters'
    """
    lines = (line.rpartition("\r")[2] for line in _ANSI.sub("", text).rstrip().split("\n"))
    return "\n".join(map(_bounded, lines))


def _bounded(line: str) -> str:
    more = len(line) - _LONGEST
    return line if more <= 0 else f"{line[:_LONGEST]} … {more:,} more characters"


def _output(output: Mapping[str, Any]) -> Output:
    kind = output["output_type"]
    if kind == "error":
        return Output([Shown("error", f"{output['ename']}: {output['evalue']}")])
    data = dict(output["data"])
    plain = _text(data.get("text/plain", ""))
    if _PROGRESS.fullmatch(plain):
        return Output([])
    unknown = [mime for mime in data if mime not in _PREFERENCE]
    drawn = not plain.startswith(("'", '"')) and _DRAWN.search(plain)
    if unknown or drawn or _REPR.fullmatch(plain):
        data.pop("text/plain", None)  # how Python names the object is of no use to a reader
    formats = [_format(mime, data[mime]) for mime in _PREFERENCE if mime in data]
    return Output(formats, _missed(data, unknown))


def _format(mime: str, content: Any) -> Shown:
    if mime == "application/json":
        return Shown("printed", json.dumps(content, indent=2, ensure_ascii=False))
    text = _text(content)
    if mime == "text/html":
        return Shown("html", text)
    if mime == "text/markdown":
        return Shown("html", to_html(text))
    if mime == "text/latex":
        return Shown("html", _latex(text))
    return Shown("printed" if mime == "text/plain" else "picture", text, mime)


def _latex(text: str) -> str:
    """Return LaTeX as HTML: a formula that is known is set, anything else is shown as code."""
    found = _DOLLARS.fullmatch(text)
    if not found and not ROWS.fullmatch(text.strip()):
        return f"<pre>{escape(text)}</pre>"
    return displayed((found[2] if found else text).replace(r"\displaystyle", ""))


def _missed(data: Mapping[str, Any], unknown: list[str]) -> str:
    """Name what a report cannot show of an output."""
    if any(mime.startswith("image/") for mime in data):
        return "picture"
    if unknown:
        return f"output of type {unknown[0]}"
    page = BeautifulSoup(_text(data.get("text/html", "")), "html.parser")
    live = page.find_all(LIVE) or page.find_all("script")
    return ", ".join(dict.fromkeys(f"<{one.name}> element" for one in live))


def _text(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
