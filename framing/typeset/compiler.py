"""The Typst compiler in a process of its own: ``python compiler.py FOLDER TIMESTAMP [png]``.

Typst starts threads, and hostile input can end its process, so the caller stays out of it. The
folder holds ``report.typ`` and the folder ``fonts``; ``report.pdf`` is written beside them, or
``report-1.png`` and so on, a file a page.
"""

import sys
from pathlib import Path
from typing import Any, Literal

import typst


def main(folder: Path, timestamp: int) -> None:
    """Compile as PDF/UA-1, plainly if that fails; say on standard output why it failed."""
    standards: Literal["ua-1"] | None
    for standards in ("ua-1", None):
        try:
            _compile(folder, "report.pdf", pdf_standards=standards, timestamp=timestamp)
            return
        except typst.TypstError as error:
            print(error.message)
    sys.exit(1)


def draw(folder: Path) -> None:
    """Compile as pictures, one a page."""
    _compile(folder, "report-{p}.png", format="png", ppi=220)


def _compile(folder: Path, output: str, **options: Any) -> None:
    typst.compile(
        folder / "report.typ",
        output=folder / output,
        root=folder,
        font_paths=[folder / "fonts"],
        ignore_system_fonts=True,
        **options,
    )


if __name__ == "__main__" and "png" in sys.argv[3:]:
    draw(Path(sys.argv[1]))
elif __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
