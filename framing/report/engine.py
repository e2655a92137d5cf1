"""Run notebooks in this process, as a Jupyter kernel would, without starting a kernel.

Only for a process that does nothing else afterwards: standard output, ``input``, settings of
matplotlib and IPython's shell are the notebook's from then on.
"""

from __future__ import annotations

import base64
import builtins
import io
import json
import os
import sys
import time
from typing import Any

from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from matplotlib import pyplot
from nbformat import v4
from papermill.engines import Engine, NBClientEngine
from traitlets import Type
from traitlets.config import Config

from framing.typeset.cell_options import may_fail

_SECONDS = 10.0  # between two saves; a saved copy is needed only if the process dies


class _Publisher(DisplayPublisher):
    def publish(  # type: ignore[override]
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        name = (transient or {}).get("display_id")
        shown = {"data": _plain(data), "metadata": _plain(metadata or {})}
        _shell(self).show("display_data", shown, name=name, update=update)

    def clear_output(self, wait: bool = False) -> None:
        _shell(self).clear_cell(wait=wait)


class _Result(DisplayHook):
    def write_output_prompt(self) -> None:
        """Write no prompt; the notebook holds the execution count."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        shown = {"data": _plain(format_dict), "metadata": _plain(md_dict or {})}
        _shell(self).show("execute_result", shown | {"execution_count": self.prompt_count})

    def finish_displayhook(self) -> None:
        """Write no line end."""


class _Stream(io.TextIOBase):
    encoding = "utf-8"

    def __init__(self, shell: _Shell, name: str) -> None:
        self._shell, self.name = shell, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._shell.print_as(self.name, text)
        return len(text)


class _Shell(ZMQInteractiveShell):
    """A kernel's shell (libraries check its name) that collects its output in ``outputs``."""

    displayhook_class = Type(_Result)  # type: ignore[assignment]
    display_pub_class = Type(_Publisher)  # type: ignore[assignment]

    kept = False  # whether the notebook is kept for people to open

    def start_cell(self, outputs: list[Any]) -> None:
        self.outputs, self.clearing = outputs, False
        self.printed: dict[str, list[str]] = {"stdout": [], "stderr": []}
        self.named: dict[str, list[Any]] = getattr(self, "named", {})

    def print_as(self, stream: str, text: str) -> None:
        self.clear_if_due()
        self.printed[stream].append(_sound(text))

    def show(
        self, kind: str, content: dict[str, Any], *, name: str | None = None, update: bool = False
    ) -> None:
        if update:
            for output in self.named.get(name or "", []):
                output.update(content)
            return
        self.clear_if_due()
        self.end_streams()
        self.outputs.append(v4.new_output(kind, **content))
        if name:
            self.named.setdefault(name, []).append(self.outputs[-1])

    def end_streams(self) -> None:
        for stream, parts in self.printed.items():
            if text := "".join(parts):
                self.outputs.append(v4.new_output("stream", name=stream, text=text))
            parts.clear()

    def clear_if_due(self) -> None:
        if self.clearing:
            self.clear_cell()

    def clear_cell(self, *, wait: bool = False) -> None:
        self.clearing = wait
        if not wait:
            self.end_streams()
            self.outputs.clear()

    def enable_gui(self, gui: str | None = None) -> None:
        """Accept ``%matplotlib inline``, which is the case already; no windows are opened."""

    def enable_matplotlib(self, gui: str | None = None) -> Any:
        """Draw figures as pictures, whatever ``%matplotlib widget`` asks for."""
        shown = "inline" if gui in ("widget", "ipympl", "notebook") else gui
        return super().enable_matplotlib(shown)  # type: ignore[no-untyped-call]

    def ask_exit(self) -> None:
        raise SystemExit(0)

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        error = {"ename": etype.__name__, "evalue": str(evalue), "traceback": list(stb)}
        self.show("error", _plain(error))


def _shell(part: Any) -> _Shell:
    """Return the shell that a part belongs to."""
    return part.shell


class InKernel(NBClientEngine):  # type: ignore[misc]
    """Papermill's default engine, saving the notebook less often."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Run the cells in a kernel until one fails."""
        save_seldom(nb_man)
        super().execute_managed_notebook(nb_man, kernel_name, **options)
        for cell in nb_man.nb.cells:
            if not cell.metadata.papermill.get("exception") or may_fail(cell):
                keep_errors(cell)


class InProcess(Engine):  # type: ignore[misc]
    """A papermill engine that calls ``on_cell`` with the index of each cell before it runs."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, on_cell: Any = None, kept: bool = False, **_: Any
    ) -> None:
        """Run the cells until one fails, as papermill's default engine does."""
        save_seldom(nb_man)
        shell = _new_shell()
        shell.kept = kept  # for somebody who opens it in JupyterLab: see `framing.use_style`
        for index, cell in enumerate(nb_man.nb.cells):
            if on_cell:
                on_cell(index)
            nb_man.cell_start(cell, index)
            try:
                if cell.cell_type == "code" and cell.source.strip():
                    if not _run(shell, cell):
                        nb_man.cell_exception(cell, cell_index=index)
                        break
                    keep_errors(cell)
            finally:
                nb_man.cell_complete(cell, cell_index=index)


def save_seldom(nb_man: Any) -> None:
    """Make papermill save the notebook at most every ten seconds instead of twice per cell."""
    save, last = nb_man.save, [0.0]

    def when_due(**options: Any) -> None:
        if nb_man.end_time is not None or time.monotonic() - last[0] > _SECONDS:
            save(**options)
            last[0] = time.monotonic()

    nb_man.save = when_due


def _new_shell() -> _Shell:
    config = Config()
    config.InlineBackend.figure_formats = {"svg"}
    config.HistoryManager.enabled = False
    sys.path.insert(0, "")  # modules beside the notebook, as in a kernel
    shell = _Shell.instance(config=config)
    # Of what another notebook, which this one stands in for, has left.
    shell.reset()  # type: ignore[no-untyped-call]
    shell.start_cell([])
    sys.stdout, sys.stderr = _Stream(shell, "stdout"), _Stream(shell, "stderr")
    builtins.input = _no_input
    pyplot.draw_all = lambda force=False: None  # figures that are shown are drawn anyway
    return shell


def _run(shell: _Shell, cell: Any) -> bool:
    """Run a cell and return whether to go on with the next one."""
    cell.execution_count = shell.execution_count
    shell.start_cell(cell.outputs)
    process = os.getpid()
    try:
        result: Any = shell.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
    finally:
        if os.getpid() != process:  # a fork of the cell has come back: the report is not its own
            os._exit(0)
    shell.end_streams()
    return bool(result.success) or may_fail(cell)


def keep_errors(cell: Any) -> None:
    """Show the errors of a cell that did not fail as text: papermill takes them for its failure.

    They come from cells tagged ``raises-exception``, and from objects that cannot be shown.
    """
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            shown = f"{output.ename}: {output.evalue}"
            output.clear()
            output.update(v4.new_output("display_data", {"text/plain": shown}))


def _no_input(prompt: object = "") -> str:
    raise StdinNotImplementedError("input() was called, but nobody can answer in a report")


def _plain(content: dict[str, Any]) -> Any:
    """Return outputs in the form they have in a notebook file."""
    return json.loads(_sound(json.dumps(content, default=_as_text, ensure_ascii=False)))


def _sound(text: str) -> str:
    """Replace lone surrogates, which UTF-8 cannot encode."""
    return text.encode("utf-8", "replace").decode()


def _as_text(value: object) -> str:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)
