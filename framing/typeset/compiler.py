"""The Typst compiler in a process of its own: ``python compiler.py FOLDER TIMESTAMP [png]``.

Typst starts threads, and hostile input can end its process, so the caller stays out of it. The
folder holds ``report.typ`` and the folder ``fonts``; ``report.pdf`` is written beside them, or
``report-1.png`` and so on, one file per page.
"""

import json
import sys
from pathlib import Path
from typing import Literal

import typst

_LEAST = 0.75  # a figure is not drawn smaller than that, to fit on a page
_LAYOUTS = 12  # that are tried, at most
_BEFORE = 3  # figures that are drawn smaller for one that does not fit, at most
_ON_TOP = 0.0  # in place of a height: the figure stands at the top of the next page
_LITTLE = 0.25  # of the last page: references or hashes, and nothing else
_CLOSER = (0.9, 0.8, 0.7)  # of the space between lines and paragraphs, tried in turn


def main(folder: Path, timestamp: int) -> None:
    """Compile as PDF/UA-1, plainly if that fails; say on standard output why it failed."""
    standards: Literal["ua-1"] | None
    for standards in ("ua-1", None):
        try:
            fitted(folder).compile(
                output=folder / "report.pdf", pdf_standards=standards, timestamp=timestamp
            )
            return
        except typst.TypstError as error:
            print(error.message)
    sys.exit(1)


def fitted(folder: Path) -> typst.Compiler:
    """Return a compiler of the report, in which figures leave less than a third of a page empty.

    A last page with little on it is saved, if lines that are closer do that.
    """
    compiler = _compiler(folder)
    heights = _fill(compiler, folder, {})
    pages, filled = _end(compiler)
    for spacing in _CLOSER if filled < _LITTLE and pages > 1 else ():
        closer = _fill(compiler, folder, {"spacing": spacing})
        if _end(compiler)[0] < pages and _ON_TOP not in closer.values():
            return compiler
    _write(folder, heights)
    return compiler


def _end(compiler: typst.Compiler) -> tuple[int, float]:
    """Return the number of pages, and how much of the last one is filled."""
    (end,) = json.loads(compiler.query("<end>", field="value"))
    return end["page"], end["filled"]


def _fill(compiler: typst.Compiler, folder: Path, heights: dict[str, float]) -> dict[str, float]:
    """Write and return heights of figures with which no page is a third empty, if there are any.

    Where one leaves more, those before it are drawn smaller, one more at a time, until it fits. One
    that does not fit then stands at the top of the next page, and what follows it fills its own.
    What a few layouts do not mend stays as it is.
    """
    small: set[int] = set()
    late = first = _settle(compiler, folder, heights, small)
    for _ in range(_LAYOUTS):
        if not late:
            break
        tried, among = heights.copy(), small.union(range(first, late))
        last = first < max(1, late - _BEFORE)  # none before it is left that could be smaller
        if last:
            tried, among = heights | {str(late): _ON_TOP}, small
        found = _settle(compiler, folder, tried, among)
        first -= 1
        if not found or found > late:
            heights, small, late, first = tried, among, found, found
        elif last:
            break
    _write(folder, heights)
    return heights


def _settle(
    compiler: typst.Compiler, folder: Path, heights: dict[str, float], small: set[int]
) -> int:
    """Set the heights of all figures; return the first that leaves a third of a page empty, or 0.

    Figures are settled from the first to the last, as where one stands depends on those before it.
    A layout that looks for the place by itself does not come to an end with many figures.
    """
    _write(folder, heights)
    number = 0
    while number < len(sizes := _sizes(compiler)):
        for size in sizes[number:]:
            number += 1
            before = heights.pop(str(number), None)
            overtakes = any(other["page"] > size["from"] for other in sizes[: number - 1])
            on_top = overtakes or before == _ON_TOP
            height = _ON_TOP if on_top else _height(size, number in small)
            heights |= {} if height is None else {str(number): height}
            if height != before:
                _write(folder, heights)
                break
    late = (
        at
        for at, size in enumerate(sizes, 1)
        if size["begins"] < size["late"] and _breaks(size) and heights.get(str(at)) != _ON_TOP
    )
    return next(late, 0)


def _sizes(compiler: typst.Compiler) -> list[dict[str, float]]:
    """Return what the template writes beside every figure."""
    sizes, begins = (json.loads(compiler.query(of, field="value")) for of in ("<size>", "<begins>"))
    begin = {start["number"]: start for start in begins}
    return [begin[size["number"]] | size for size in sizes]


def _breaks(size: dict[str, float]) -> bool:
    """Return whether a figure begins a new page, as it could not be made to fit."""
    return size["ends"] - size["begins"] < _LEAST * size["high"]


def _height(size: dict[str, float], small: bool) -> float | None:
    """Return the height that a figure should have; None if it keeps its own."""
    if small:
        return _LEAST * size["high"]
    left = size["ends"] - size["begins"]
    return left if not _breaks(size) and left < size["high"] else None


def _write(folder: Path, heights: dict[str, float]) -> None:
    (folder / "heights.json").write_text(json.dumps(heights), encoding="utf-8")


def draw(folder: Path) -> None:
    """Compile as pictures, one a page."""
    _compiler(folder).compile(output=folder / "report-{p}.png", format="png", ppi=220)


def _compiler(folder: Path) -> typst.Compiler:
    return typst.Compiler(
        folder / "report.typ", root=folder, font_paths=[folder / "fonts"], ignore_system_fonts=True
    )


if __name__ == "__main__" and "png" in sys.argv[3:]:
    draw(Path(sys.argv[1]))
elif __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
