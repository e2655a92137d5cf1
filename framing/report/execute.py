"""A notebook run by papermill to its end, or the cell at which it failed."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

_QUIET = "--IPKernelApp.log_level=50"  # what a cell raises comes back in the notebook
# After each cell pyplot draws what has changed, for nobody: what is shown is drawn anyway.
_DRAW_ONCE = "import matplotlib.pyplot as _p; _p.draw_all = lambda force=False: None; del _p"
_COMMON = {"kernel_name": "python3", "language": "python", "progress_bar": False}


class ReportError(Exception):
    """A notebook could not be made into a report; the message says which cell and why."""


def execute(
    notebook: Any,
    run: Path,
    parameters: Mapping[str, Any],
    *,
    folder: Path,
    kernel: bool = False,
    tell: Callable[[int], object] | None = None,
) -> Any:
    """Run a notebook; ``run`` is written while it runs, and says then how far it came.

    Without ``kernel`` this process becomes the notebook's: see `framing.report.engine`.

    Raises
    ------
    ReportError
        If not every cell ran to its end.
    """
    # A dead kernel does not say where; it is the last cell that was begun.
    begun: list[int | None] = [None]

    def begin(place: int) -> None:
        begun.append(place)
        if tell:
            tell(place)

    try:
        engine = _with_kernel if kernel else _in_process
        # papermill fills in what stands between braces in a path
        path = str(run).replace("{", "{{").replace("}", "}}")
        executed = engine(notebook, path, dict(parameters), cwd=str(folder), tell=begin)
        for cell in executed.cells:
            if cell.cell_type == "code":
                cell.outputs = _in_order(cell.outputs)
        if not _all_ran(executed):
            raise RuntimeError("ended the notebook; the cells after it did not run")
    except Exception as error:  # of the notebook, of the kernel, of papermill
        how = f"{getattr(error, 'ename', type(error).__name__)}: {getattr(error, 'evalue', error)}"
        raise ReportError(where(run, how, getattr(error, "cell_index", begun[-1]))) from error
    return executed


def _in_process(notebook: Any, run: str, parameters: dict[str, Any], **options: Any) -> Any:
    import papermill
    from papermill.engines import papermill_engines

    from framing.report.engine import InProcess

    papermill_engines.register("framing", InProcess)
    return papermill.execute_notebook(
        notebook, run, parameters, engine_name="framing", **_COMMON, **options
    )


def _with_kernel(
    notebook: Any, run: str, parameters: dict[str, Any], *, tell: Any, **options: Any
) -> Any:
    """Run in a kernel of this interpreter, whatever others there are."""
    import papermill
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from papermill.engines import papermill_engines

    from framing.report.engine import InKernel

    papermill_engines.register("framing", InKernel)

    class OwnInterpreter(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            options = ["-f", "{connection_file}", _QUIET, f"--IPKernelApp.exec_lines={_DRAW_ONCE}"]
            argv = [sys.executable, "-m", "ipykernel_launcher", *options]
            return KernelSpec(argv=argv, display_name="Python 3", language="python")

    # A short name: the system has a limit for those of sockets.
    with tempfile.TemporaryDirectory(
        prefix="k", dir="/tmp" if Path("/tmp").is_dir() else None
    ) as f:
        manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=OwnInterpreter())
        if sys.platform != "win32":  # ports of TCP race with those of other kernels
            manager.transport, manager.ip = "ipc", str(Path(f) / "k")
        manager.connection_file = str(Path(f) / "kernel.json")
        return papermill.execute_notebook(
            notebook, run, parameters, engine_name="framing",
            km=manager, shutdown_kernel="immediate",
            on_cell_start=lambda cell, cell_index: tell(cell_index), **_COMMON, **options,
        )  # fmt: skip


def _in_order(outputs: list[Any]) -> list[Any]:
    """Join what was printed between two outputs of other kinds; when it came is chance."""
    done: list[Any] = []
    for output in outputs:
        if output.output_type == "stream":
            before: list[Any] = []
            while done and done[-1].output_type == "stream":
                before.insert(0, done.pop())
            same = [one for one in before if one.name == output.name]
            if same:
                same[0].text += output.text
            else:
                before.append(output)
            done += sorted(before, key=lambda one: one.name != "stdout")
        else:
            done.append(output)
    return done


def _all_ran(notebook: Any) -> bool:
    """Whether every code cell ran to its end; papermill also returns if a cell ends the kernel."""
    return all(
        cell.execution_count is not None and cell.metadata["papermill"]["status"] == "completed"
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.source.strip()
    )


def where(run: Path, how: str, place: int | None) -> str:
    """Say which cell failed, counted as in the notebook, and in a second line how."""
    how = " ".join(how.split())[:400].removesuffix(":")
    cells = _cells(run)
    if place is None or place >= len(cells):
        return how
    injected = any("injected-parameters" in _tags(cell) for cell in cells[:place])
    first = next(iter(cells[place].source.strip().splitlines()), "")[:80]
    return f"cell {place + 1 - injected} ({first}):\n{how}"


def _cells(run: Path) -> list[Any]:
    import nbformat

    try:
        cells = nbformat.read(run, as_version=4).cells
    except Exception:  # not there, or torn: it was being written when the process ended
        return []
    return [cell for cell in cells if "papermill-error-cell-tag" not in _tags(cell)]


def _tags(cell: Any) -> list[str]:
    return cell.metadata.get("tags", [])
