"""The Typst compiler in a process of its own: ``python compiler.py FOLDER TIMESTAMP [png]``.

Typst starts threads, and hostile input can end its process, so the caller stays out of it. The
folder holds ``report.typ`` and the folder ``fonts``; ``report.pdf`` is written beside them, or
``report-1.png`` and so on, one file per page.
"""

import json
import sys
from pathlib import Path
from typing import Any, Literal

import typst

_LEAST = 0.75  # a figure is not drawn smaller than that, to fit on a page


def main(folder: Path, timestamp: int) -> None:
    """Compile as PDF/UA-1, plainly if that fails; say on standard output why it failed."""
    standards: Literal["ua-1"] | None
    for standards in ("ua-1", None):
        try:
            compiler = fitted(folder)
            _compile(compiler, folder, "report.pdf", pdf_standards=standards, timestamp=timestamp)
            return
        except typst.TypstError as error:
            print(error.message)
    sys.exit(1)


def fitted(folder: Path) -> typst.Compiler:
    """Return a compiler of the report, in which no figure leaves a third of a page empty.

    Figures are settled from the first to the last, as where one stands depends on those before it.
    A layout that looks for the place by itself does not come to an end with many figures.
    """
    compiler = _compiler(folder)
    heights: dict[str, float] = {}
    _write(folder, heights)
    number = 0
    while number < len(sizes := json.loads(compiler.query("<size>", field="value"))):
        found = json.loads(compiler.query("<begins>", field="value"))
        begins = {start["number"]: start["begins"] for start in found}
        for size in sizes[number:]:
            number += 1
            if height := _height(size, begins[size["number"]]):
                heights[str(size["number"])] = height
                _write(folder, heights)
                break
    return compiler


def _height(size: dict[str, float], begins: float) -> float | None:
    """Return the height that a figure should have; None if it keeps its own."""
    left = size["ends"] - begins
    if _LEAST * size["high"] < left < size["high"]:
        return left
    return size["highest"] if size["high"] > size["highest"] else None


def _write(folder: Path, heights: dict[str, float]) -> None:
    (folder / "heights.json").write_text(json.dumps(heights), encoding="utf-8")


def draw(folder: Path) -> None:
    """Compile as pictures, one a page."""
    _compile(_compiler(folder), folder, "report-{p}.png", format="png", ppi=220)


def _compiler(folder: Path) -> typst.Compiler:
    return typst.Compiler(
        folder / "report.typ",
        root=folder,
        font_paths=[folder / "fonts"],
        ignore_system_fonts=True,
    )


def _compile(compiler: typst.Compiler, folder: Path, output: str, **options: Any) -> None:
    compiler.compile(output=folder / output, **options)


if __name__ == "__main__" and "png" in sys.argv[3:]:
    draw(Path(sys.argv[1]))
elif __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
