"""What a report shows of an executed notebook: which cells, and in which formats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup

from framing.typeset.cell_options import is_folded, is_shown, prints, tags_of
from framing.typeset.formulas import formula
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
_REPR = re.compile(
    r"\[?<[^\n]+>\]?|\(?Text\(.*\)|array\(\[+<.*>\]+, dtype=object\)|alt\.\w+\(\.\.\.\)", re.DOTALL
)
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
    ``optional``, if the code cell below it (of a caption, above it) shows nothing. Pictures of
    Markdown cells may lie in ``folder``.
    """
    notes = {"before": 0}  # footnotes are numbered through all cells
    for number, cell in enumerate(notebook["cells"]):
        if not is_shown(cell):
            continue
        if "optional" in tags_of(cell) and not _beside(notebook["cells"], number).get("outputs"):
            continue
        if cell["cell_type"] == "markdown":
            attached = cell.get("attachments", {})
            html = to_html(_text(cell["source"]), attached, folder=folder, notes=notes)
            yield Output([Shown("html", html)])
        for output in cell.get("outputs", []):
            if output["output_type"] != "stream" or prints(cell):
                yield _output(output)._replace(folded=is_folded(cell))


def _beside(cells: list[Mapping[str, Any]], number: int) -> Mapping[str, Any]:
    """Return the code cell that a text belongs to: the one below it; of a caption, above it."""
    caption = _CAPTION.match(_text(cells[number]["source"]))
    others = reversed(cells[:number]) if caption else iter(cells[number + 1 :])
    return next((cell for cell in others if cell["cell_type"] == "code"), {})


def printed(text: str) -> str:
    """Return what a terminal would show: no colours, of a progress bar only its last state."""
    lines = _ANSI.sub("", text).rstrip().split("\n")
    return "\n".join(line.rpartition("\r")[2] for line in lines)


def _output(output: Mapping[str, Any]) -> Output:
    kind = output["output_type"]
    if kind == "stream":
        shown = output["name"] == "stdout"
        return Output([Shown("printed", _text(output["text"]))] if shown else [])
    if kind == "error":
        return Output([Shown("error", f"{output['ename']}: {output['evalue']}")])
    data = dict(output["data"])
    unknown = [mime for mime in data if mime not in _PREFERENCE]
    if unknown or _REPR.fullmatch(_text(data.get("text/plain", ""))):
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
    if not found:
        return f"<pre>{escape(text)}</pre>"
    shown = formula(found.group(2).replace(r"\displaystyle", ""))
    return f'<div style="text-align:center">{shown}</div>'


def _missed(data: Mapping[str, Any], unknown: list[str]) -> str:
    """Name what a report cannot show of an output."""
    if any(mime.startswith("image/") for mime in data):
        return "picture"
    if unknown:
        return f"output of type {unknown[0]}"
    page = BeautifulSoup(_text(data.get("text/html", "")), "html.parser")
    live = page.find([*LIVE, "script"])
    return f"<{live.name}> element" if live else ""


def _text(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
