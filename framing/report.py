"""One notebook, one PDF."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from framing import parameters as declarations
from framing.typeset import check_options, write_pdf

_PACKAGE = Path(__file__).parent
_QUIET = "--IPKernelApp.log_level=50"  # what a cell raises comes back in the notebook
_BAR = "{desc}: cell {n_fmt} of {total_fmt} |{bar}| {elapsed}"
# Figures as vectors, their text as text, the same bytes twice.
_IPYTHON = "get_config().InlineBackend.figure_formats = {'svg'}\n"
_MATPLOTLIB = "svg.fonttype: none\nsvg.hashsalt: framing\n"


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
    ours = {file.stem: file for file in sorted(bundled("notebooks").glob("*.ipynb"))}
    if str(notebook) in ours:
        return ours[str(notebook)]
    raise FileNotFoundError(
        f"{notebook}: no such notebook; give a file that ends in .ipynb, or the name of one that "
        f"comes with the package: {', '.join(ours)}"
    )


def notebook_parameters(notebook: str | Path) -> list[declarations.Parameter]:
    """Return the parameters that a notebook declares, with defaults and comments."""
    return list(declarations.declared(_read(find_notebook(notebook))).values())


def render(
    notebook: str | Path,
    out: str | Path,
    *,
    corpus: str | Path | None = None,
    parameters: Mapping[str, Any] | None = None,
    tables: str | Path | None = None,
    paper: str = "a4",
    fonts: str | Path | None = None,
    keep_notebook: bool = False,
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
    keep_notebook : bool
        Also write the executed notebook, as ``NAME.ipynb`` beside the PDF.
    progress : bool
        Show a progress bar by cell.

    Returns
    -------
    Path
        The PDF.

    Raises
    ------
    FileNotFoundError
        If the notebook, the corpus or a font is not there.
    OSError
        If the folder of ``out`` cannot be made or written to.
    ValueError
        If the notebook does not declare a parameter, or a value does not fit its type.
    ReportError
        If a cell fails; the notebook as far as it ran is kept beside, as ``NAME.failed.ipynb``.
    """
    source, out = find_notebook(notebook), Path(out).absolute()
    chosen_fonts = Path(fonts) if fonts else None
    check_options(paper=paper, fonts=chosen_fonts)
    _check_target(out)
    given = dict(parameters or {})
    if corpus is not None:
        if not Path(corpus).exists():
            raise FileNotFoundError(f"{corpus}: there is no such file or folder")
        given["corpus"] = Path(corpus).absolute()
    read = _read(source)
    known = declarations.declared(read)
    if tables is not None or "tables" in known:
        given["tables"] = Path(tables or out.with_name(f"{out.stem}-tables")).absolute()
    given = declarations.checked(given, known)
    kept = out.with_suffix(".ipynb") if keep_notebook else None
    executed = _execute(read, given, out, source, kept=kept, progress=progress)
    write_pdf(executed, out, name=source.stem, paper=paper, fonts=chosen_fonts)
    return out


def _check_target(out: Path) -> None:
    """Complain before any work is done."""
    if out.is_dir():
        raise IsADirectoryError(f"{out} is a folder; give the name of a PDF in it")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out.parent).close()
    except OSError as error:
        why = f"{out.parent}: cannot be written to ({error.strerror}); choose another folder"
        raise OSError(why) from None


def _read(source: Path) -> Any:
    import nbformat  # half of the time of "import framing" otherwise, in every kernel too

    try:
        return nbformat.read(source, as_version=4)
    except Exception as error:  # nbformat has as many kinds as there are ways to be broken
        first = " ".join(str(error).split())[:200]
        raise ValueError(f"{source} is not a Jupyter notebook: {first}") from None


def _execute(
    notebook: Any,
    given: dict[str, Any],
    out: Path,
    source: Path,
    *,
    kept: Path | None,
    progress: bool,
) -> Any:
    """Run the notebook in a kernel of this interpreter; every cell has to be through."""
    import papermill

    failed = out.with_name(f"{out.stem}.failed.ipynb")
    failed.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="framing-") as folder, _own_kernel(Path(folder)):
        run = Path(folder) / "run.ipynb"
        try:
            executed = papermill.execute_notebook(
                notebook,
                run,
                given,
                cwd=source.absolute().parent,  # as in JupyterLab
                kernel_name="python3",
                language="python",
                progress_bar=progress and {"desc": out.name, "bar_format": _BAR, "leave": False},
            )
            if not _all_ran(executed):
                raise RuntimeError("ended the kernel; the cells after it did not run")
        except Exception as error:  # of the notebook, of the kernel, of papermill
            where = _where(run, error)
            if run.exists():
                shutil.copyfile(run, failed)
                where = f"{where}; as far as it ran it stands in {failed}"
            raise ReportError(f"{source.name}: {where}") from error
        if kept:
            shutil.copyfile(run, kept)
    return executed


def _all_ran(notebook: Any) -> bool:
    """Whether every code cell ran to its end; papermill also returns if a cell ends the kernel."""
    return all(
        cell.execution_count is not None and cell.metadata["papermill"]["status"] == "completed"
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.source.strip()
    )


def _where(run: Path, error: Exception) -> str:
    """Say which cell failed, counted as in the notebook, and how."""
    how = f"{getattr(error, 'ename', type(error).__name__)}: {getattr(error, 'evalue', error)}"
    how = " ".join(how.split())[:400]
    if not run.exists():
        return how
    cells = [cell for cell in _read(run).cells if not _marker(cell)]
    # A dead kernel and a time-out do not say where; it is the last cell that was begun.
    begun = [place for place, cell in enumerate(cells) if _started(cell)]
    place = getattr(error, "cell_index", begun[-1] if begun else 0)
    injected = any("injected-parameters" in _tags(cell) for cell in cells[:place])
    first = next(iter(cells[place].source.strip().splitlines()), "")
    return f"cell {place + 1 - injected} ({first}): {how}"


def _tags(cell: Any) -> list[str]:
    return cell.metadata.get("tags", [])


def _started(cell: Any) -> bool:
    return bool(cell.metadata.get("papermill", {}).get("start_time"))


def _marker(cell: Any) -> bool:
    return "papermill-error-cell-tag" in _tags(cell)


@contextmanager
def _own_kernel(folder: Path) -> Iterator[None]:
    """Make "python3" this interpreter, and keep what is the user's out of the kernel.

    Another "python3", start-up files and settings of matplotlib would change a report otherwise.
    """
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", _QUIET]
    kernel = {"argv": argv, "display_name": "Python 3 (ipykernel)", "language": "python"}
    files = {
        "kernels/python3/kernel.json": json.dumps(kernel),
        "ipython/profile_default/ipython_config.py": _IPYTHON,
        "matplotlibrc": _MATPLOTLIB,
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    changed = {
        "JUPYTER_PATH": str(folder),
        "IPYTHONDIR": str(folder / "ipython"),
        "MATPLOTLIBRC": str(folder / "matplotlibrc"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "0"),
    }
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").exists():
        path_before = os.environ.get("PYTHONPATH", "")
        changed["PYTHONPATH"] = os.pathsep.join(filter(None, [str(checkout), path_before]))
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
