"""Run a notebook with papermill, or say which cell failed."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from framing.typeset.cell_options import is_run, may_fail

_QUIET = "--IPKernelApp.log_level=50"  # errors of cells are in the notebook
# pyplot redraws all open figures after each cell; figures that are shown are drawn anyway. A kernel
# leaves to its front end what `exit()` means.
_FIRST = (
    "import sys, matplotlib.pyplot as _p; _p.draw_all = lambda force=False: None; "
    "get_ipython().ask_exit = sys.exit; del sys, _p"
)
_COLOUR = re.compile(r"\x1b\[[\d;]{0,20}m")
_LINE = re.compile(r"Cell In ?\[\d{1,6}\], line (\d{1,6})")
_LONGEST = 600  # characters of an error
_COMMON = {"kernel_name": "python3", "language": "python", "progress_bar": False}


class ReportError(RuntimeError):
    """A notebook could not be made into a report; the message says which cell and why.

    ``kind`` is the name of the error's class.
    """

    def __init__(self, message: str, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind


def execute(
    notebook: Any,
    run: Path,
    parameters: Mapping[str, Any],
    *,
    folder: Path,
    name: str,
    kernel: bool = False,
    kept: bool = False,
    on_cell: Callable[[int], object] | None = None,
) -> Any:
    """Run a notebook; meanwhile the file ``run`` shows how far it got. ``name`` is for errors.

    Without ``kernel`` this process becomes the notebook's: see `framing.report.engine`. Which cells
    are not run, and which may fail, `framing.typeset.cell_options` says.

    Raises
    ------
    ReportError
        If not every cell ran to its end.
    """
    # A kernel that died does not say where: it was the last cell that was started.
    begun: list[int | None] = [None]

    def begin(place: int) -> None:
        begun.append(place)
        if on_cell:
            on_cell(place)

    try:
        _follow_options(notebook)
        engine = _with_kernel if kernel else partial(_in_process, kept=kept)
        # papermill formats a path with the parameters
        path = str(run).replace("{", "{{").replace("}", "}}")
        executed = engine(notebook, path, dict(parameters), cwd=str(folder), on_cell=begin)
        for cell in executed.cells:
            if cell.cell_type == "code":
                cell.outputs = _in_order(cell.outputs)
        if not _all_ran(executed):
            raise RuntimeError("ended the notebook; the cells after it did not run")
    except Exception as error:  # of the notebook, of the kernel, of papermill
        kind = getattr(error, "ename", type(error).__name__)
        how = f"{kind}: {getattr(error, 'evalue', error)}"
        place = getattr(error, "cell_index", begun[-1])
        raise ReportError(where(run, how, place, name), kind) from error
    return executed


def _follow_options(notebook: Any) -> None:
    """Mark the cells that are not run, and those that may fail, as papermill knows them."""
    for cell in notebook.cells:
        if not is_run(cell):
            cell.cell_type = "raw"  # keeps its place, so that errors number cells as they are
            cell.pop("outputs", None), cell.pop("execution_count", None)
        elif may_fail(cell):
            cell.metadata.tags = [*_tags(cell), "raises-exception"]


def _in_process(notebook: Any, run: str, parameters: dict[str, Any], **options: Any) -> Any:
    import papermill
    from papermill.engines import papermill_engines

    from framing.report.engine import InProcess

    papermill_engines.register("framing", InProcess)
    return papermill.execute_notebook(
        notebook, run, parameters, engine_name="framing", **_COMMON, **options
    )


def _with_kernel(
    notebook: Any, run: str, parameters: dict[str, Any], *, on_cell: Any, **options: Any
) -> Any:
    """Run in a kernel of this interpreter, whatever kernels are installed."""
    import papermill
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from papermill.engines import papermill_engines

    from framing.report.engine import InKernel

    papermill_engines.register("framing", InKernel)

    class OwnInterpreter(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            options = ["-f", "{connection_file}", _QUIET, f"--IPKernelApp.exec_lines={_FIRST}"]
            argv = [sys.executable, "-m", "ipykernel_launcher", *options]
            return KernelSpec(argv=argv, display_name="Python 3", language="python")

    # A short path: the length of the name of a socket is limited.
    with tempfile.TemporaryDirectory(
        prefix="k", dir="/tmp" if Path("/tmp").is_dir() else None
    ) as f:
        manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=OwnInterpreter())
        if sys.platform != "win32":  # TCP ports may be taken by another kernel in between
            manager.transport, manager.ip = "ipc", str(Path(f) / "k")
        manager.connection_file = str(Path(f) / "kernel.json")
        return papermill.execute_notebook(
            notebook, run, parameters, engine_name="framing",
            km=manager, shutdown_kernel="immediate",
            on_cell_start=lambda cell, cell_index: on_cell(cell_index), **_COMMON, **options,
        )  # fmt: skip


def _in_order(outputs: list[Any]) -> list[Any]:
    """Merge the streams between two other outputs; their order depends on timing."""
    done: list[Any] = []
    for is_stream, some in groupby(outputs, lambda output: output.output_type == "stream"):
        if not is_stream:
            done += some
            continue
        by_name: dict[str, Any] = {}
        for output in some:
            if output.name in by_name:
                by_name[output.name].text += output.text
            else:
                by_name[output.name] = output
        done += sorted(by_name.values(), key=lambda one: one.name != "stdout")
    return done


def _all_ran(notebook: Any) -> bool:
    """Return whether every code cell ran to its end; papermill also returns if the kernel exits."""
    return all(
        cell.execution_count is not None and cell.metadata["papermill"]["status"] == "completed"
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.source.strip()
    )


def where(run: Path, how: str, place: int | None, name: str) -> str:
    """Return what went wrong, and on a second line in which cell, numbered as in the notebook."""
    how = " ".join(how.split())[:_LONGEST].removesuffix(":")
    for kind in ("ValueError", "OneOutletError", "OneArticleError"):
        how = how.removeprefix(f"{kind}: ")
    cells = _cells(run)
    if place is None or place >= len(cells):
        return f"{how}\n({name})"
    if how == "CellExecutionError":  # of a magic that IPython does not know
        how = _printed(cells[place]) or how
    injected = any("injected-parameters" in _tags(cell) for cell in cells[:place])
    return f"{how}\n({name}, cell {place + 1 - injected}: {_line_of_error(cells[place])[:80]})"


def _line_of_error(cell: Any) -> str:
    """Return the line of a cell that failed; its first one where that is not known."""
    lines = cell.source.splitlines()
    errors = (one for one in cell.get("outputs", []) if one.output_type == "error")
    for error in errors:
        told = _LINE.search(_COLOUR.sub("", "\n".join(error.traceback)))
        if told and int(told[1]) <= len(lines):
            return str(lines[int(told[1]) - 1].strip())
    return next((line.strip() for line in lines if line.strip()), "")


def _printed(cell: Any) -> str:
    """Return the last line of what a cell wrote to standard error."""
    texts = (one.text for one in cell.get("outputs", []) if one.get("name") == "stderr")
    return next(reversed("".join(texts).split("\n")[:-1]), "").removeprefix("UsageError: ")


def _cells(run: Path) -> list[Any]:
    import nbformat

    try:
        cells = nbformat.read(run, as_version=4).cells
    except Exception:  # missing, or cut off because the process ended while writing it
        return []
    return [cell for cell in cells if "papermill-error-cell-tag" not in _tags(cell)]


def _tags(cell: Any) -> list[str]:
    return cell.metadata.get("tags", [])
