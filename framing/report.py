"""One notebook, one PDF."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

from framing import parameters as declarations
from framing.typeset import PAPERS, write_pdf

_PACKAGE = Path(__file__).parent
_QUIET = "--IPKernelApp.log_level=50"  # what a cell raises comes back in the notebook


class ReportError(Exception):
    """A notebook could not be made into a report; the message says which cell and why."""


def bundled(folder: str) -> Path:
    """Return a folder that comes with the package: ``notebooks`` or ``corpora/strait``.

    In a checkout it stands beside the package, in an installed package inside.
    """
    beside = _PACKAGE.parent / folder
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else beside


def find_notebook(notebook: str | Path) -> Path:
    """Return the file of a notebook: a path, or the name of one that comes with the package.

    Raises
    ------
    FileNotFoundError
        If there is none; the message lists those that come with the package.
    """
    path = Path(notebook)
    if path.suffix == ".ipynb" and path.is_file():
        return path
    named = bundled("notebooks") / f"{path.name.removesuffix('.ipynb')}.ipynb"
    if named.is_file():
        return named
    there = ", ".join(sorted(p.stem for p in bundled("notebooks").glob("*.ipynb")))
    raise FileNotFoundError(f"{notebook}: no such notebook; those of the package are: {there}")


def render(
    notebook: str | Path,
    out: str | Path,
    *,
    corpus: str | Path | None = None,
    parameters: Mapping[str, Any] | None = None,
    tables: str | Path | None = None,
    paper: str = "a4",
    fonts: str | Path | None = None,
    progress: bool = False,
) -> Path:
    """Run a notebook and write what it shows as a PDF.

    Parameters
    ----------
    notebook : str or Path
        A file, or the name of a notebook that comes with the package (``"outlets"``).
    out : str or Path
        The PDF. It appears when it is whole, or not at all.
    corpus : str or Path, optional
        What the notebook reads: its parameter ``corpus``.
    parameters : mapping, optional
        Other parameters; text is turned into the type of the notebook's default.
    tables : str or Path, optional
        Folder for the tables behind the numbers; beside the PDF, as ``NAME-tables``, by default.
    paper : {"a4", "us-letter"}
    fonts : str or Path, optional
        Folder with fonts for characters that the report's own fonts lack.
    progress : bool
        Show a progress bar by cell.

    Returns
    -------
    Path
        The PDF.

    Raises
    ------
    FileNotFoundError
        If the notebook, the corpus or the folder of ``out`` is not there.
    ValueError
        If the notebook does not declare a parameter, or a value does not fit its type.
    ReportError
        If a cell fails; the notebook as far as it ran is kept beside, as ``NAME.failed.ipynb``.
    """
    source, out = find_notebook(notebook), Path(out).absolute()
    if paper not in PAPERS:
        raise ValueError(f"paper must be one of {', '.join(PAPERS)}; came: {paper!r}")
    _check_folder(out.parent)
    given = dict(parameters or {})
    if corpus is not None:
        if not Path(corpus).exists():
            raise FileNotFoundError(f"{corpus}: there is no such file or folder")
        given["corpus"] = str(Path(corpus).absolute())
    read = nbformat.read(source, as_version=4)
    known = declarations.declared(read)
    if "tables" in known:
        beside = out.with_name(f"{out.stem}-tables")
        given["tables"] = str(Path(tables).absolute() if tables else beside)
    given = declarations.checked(given, known)
    executed = _execute(source, given, out, progress=progress)
    chosen = Path(fonts) if fonts else None
    write_pdf(executed, out, name=source.stem, paper=paper, fonts=chosen)
    return out


def _check_folder(folder: Path) -> None:
    """Complain before any work is done."""
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise PermissionError(f"{folder}: cannot be written to; choose another folder with -o")


def _execute(source: Path, given: dict[str, Any], out: Path, *, progress: bool) -> Any:
    """Run the notebook in a kernel of this interpreter; every cell has to be through."""
    import papermill

    failed = out.with_name(f"{out.stem}.failed.ipynb")
    failed.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="framing-") as folder, _own_kernel(Path(folder)):
        run = Path(folder) / "run.ipynb"
        try:
            executed = papermill.execute_notebook(
                source, run, given, cwd=folder, kernel_name="python3", progress_bar=progress
            )
        except papermill.PapermillExecutionError as error:
            run.replace(failed)
            raise ReportError(_explain(error, source, failed)) from None
        unfinished = _unfinished(executed)
        if unfinished is not None:
            run.replace(failed)
            raise ReportError(
                f"{source.name}: cell {unfinished} did not run to its end; see {failed}"
            )
    return executed


def _unfinished(notebook: Any) -> int | None:
    """Say which code cell has not run; papermill also returns when a cell ends the kernel."""
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and cell.source.strip():
            status = cell.metadata.get("papermill", {}).get("status")
            if cell.execution_count is None or status != "completed":
                return number
    return None


def _explain(error: Any, source: Path, failed: Path) -> str:
    first = next(iter(error.source.strip().splitlines()), "")
    return (
        f"{source.name}: cell {error.cell_index} ({first}) raised "
        f"{error.ename}: {error.evalue}; as far as it ran it stands in {failed}"
    )


@contextmanager
def _own_kernel(folder: Path) -> Iterator[None]:
    """Make "python3" this interpreter, and keep the user's start-up files out.

    A kernel specification of the user's with that name would win otherwise.
    """
    spec = folder / "kernels" / "python3"
    spec.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", _QUIET]
    kernel = {"argv": argv, "display_name": "Python 3 (ipykernel)", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(kernel), "utf-8")
    path = [str(_PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    changed = {
        "JUPYTER_PATH": str(folder),
        "IPYTHONDIR": str(folder / "ipython"),
        "PYTHONPATH": os.pathsep.join(filter(None, path)),
        "PYTHONHASHSEED": "0",
    }
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
