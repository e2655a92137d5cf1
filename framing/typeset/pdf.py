"""An executed notebook as a PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from framing.typeset import PAPERS, NotShown, PlainPDF, TypesettingError, check_options
from framing.typeset.notebook import typeset
from framing.typeset.pieces import Context
from framing.typeset.text import Typesetter, copy_fonts
from framing.utils.files import unfinished

_MARGIN = 2 * 27 / 25.4 * 72
_COMPILER = Path(__file__).with_name("compiler.py")
_TEMPLATE = Path(__file__).with_name("template.typ")


def write_pdf(
    notebook: Mapping[str, Any],
    out: Path,
    *,
    name: str,
    paper: str = "a4",
    fonts: Path | None = None,
    folder: Path | None = None,
) -> None:
    """Write an executed notebook as a PDF; the same notebook gives the same bytes.

    The file appears under its name when it is complete. ``name`` is the title of a notebook
    without any; pictures of Markdown cells may lie in ``folder``. Warns with `MissingGlyphs`,
    `NotShown` and `PlainPDF`; raises `TypesettingError`.
    """
    check_options(paper=paper, fonts=fonts)
    wide, high = PAPERS[paper]
    context = Context(Typesetter(fonts), wide - _MARGIN, high - _MARGIN)
    source = typeset(notebook, context, name=name, paper=paper, folder=folder)
    with tempfile.TemporaryDirectory(prefix="framing-") as temporary:
        work = Path(temporary)
        lay_out(work, source, context.assets, fonts)
        _compile(work)
        with unfinished(out) as whole:
            shutil.copyfile(work / "report.pdf", whole)
    context.text.warn()
    if context.lost:
        lost = "; ".join(dict.fromkeys(context.lost))
        warnings.warn(f"not shown in the PDF: {lost}", NotShown, stacklevel=2)


def lay_out(
    folder: Path, source: str, assets: Mapping[str, bytes], fonts: Path | None = None
) -> None:
    """Write what the compiler reads: a document, its template, its figures and all fonts."""
    (folder / "report.typ").write_text(source, encoding="utf-8", newline="\n")
    shutil.copyfile(_TEMPLATE, folder / "template.typ")
    for name, content in assets.items():
        (folder / name).write_bytes(content)
    copy_fonts(folder / "fonts", fonts)


def run_compiler(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `framing.typeset.compiler` on a folder, in a process of its own."""
    # -P: the folder of the script must not shadow modules of the standard library.
    command = [sys.executable, "-P", str(_COMPILER), str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def _compile(folder: Path) -> None:
    done = run_compiler(folder, os.environ.get("SOURCE_DATE_EPOCH", "0"))
    why = (done.stdout.strip() or done.stderr.strip() or "no message").splitlines()[-1]
    if done.returncode or not (folder / "report.pdf").exists():
        raise TypesettingError(f"typst could not set the report (exit {done.returncode}): {why}")
    if done.stdout:
        warnings.warn(f"the PDF has no tags for screen readers: {why}", PlainPDF, stacklevel=3)
