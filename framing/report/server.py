"""A process that pays for the imports once and forks one for every report.

``python -m framing.report.server PARENT`` takes jobs on standard input, a line of JSON each, and
tells on standard output, also in lines: ``pid`` of the process of the report, what it tells itself,
``ended`` with its status. When a report has ended, or whoever started this has, every process
below this one is killed. There are no threads here, so that forking is safe.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import io
import json
import os
import select
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from framing.report.job import Job
from framing.report.processes import end_all_below

# What reports use beside what these import; a module that is missing here only costs time.
_PRELOADED = [
    "framing.report.make",
    "framing.report.engine",
    "papermill",
    "IPython.core.completer",
    "IPython.core.oinspect",
    "IPython.core.completerlib",
    "IPython.core.application",
    "IPython.core.pylabtools",
    "matplotlib.backends.backend_svg",
    "pandas.io.formats.style",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "scipy.sparse.csgraph",
    "scipy.special",
    "bs4",
    "markdown_it",
    "fontTools.ttLib.tables._c_m_a_p",
    "fontTools.ttLib.tables._h_m_t_x",
    "fontTools.ttLib.tables._p_o_s_t",
    "fontTools.unicode",
    "PIL.Image",
    "PIL.PngImagePlugin",
]
# Figures as vectors, their text as text, the same bytes twice.
_IPYTHON = "get_config().InlineBackend.figure_formats = {'svg'}\n"
_MATPLOTLIB = "svg.fonttype: none\nsvg.hashsalt: framing\n"
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_READ = 0


def main() -> None:
    """Run jobs until standard input ends."""
    tell = os.dup(1)
    os.dup2(2, 1)  # whatever else is printed here is no message
    folder = Path(tempfile.mkdtemp(prefix=f"framing-{os.getpid()}-"))
    try:
        with _ending_with_parent():
            _set_up(folder)
            _warm_up()
        if sys.platform == "win32":  # where nothing can be forked: one report, and that is all
            _become(Job.from_json(sys.stdin.buffer.readline()), tell)
        else:
            _serve(tell)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _ending_with_parent() -> Iterator[None]:
    """End when the process that started this one does, while nobody reads standard input yet."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    _control(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if sys.platform == "linux" and sys.argv[1:] not in ([], [str(os.getppid())]):
        sys.exit(1)  # it had ended before that was said
    yield
    _control(_PR_SET_PDEATHSIG, 0)
    signal.signal(signal.SIGTERM, before)


def _set_up(folder: Path) -> None:
    """Keep what is the user's out: start-up files and settings would change a report."""
    config = folder / "ipython" / "profile_default" / "ipython_config.py"
    config.parent.mkdir(parents=True)
    config.write_text(_IPYTHON, "utf-8")
    (folder / "matplotlibrc").write_text(_MATPLOTLIB, "utf-8")
    os.environ |= {
        "IPYTHONDIR": str(folder / "ipython"),
        "MATPLOTLIBRC": str(folder / "matplotlibrc"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TMPDIR": str(folder),  # what a killed report leaves there goes with this process
    }
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    tempfile.tempdir = None


def _warm_up() -> None:
    """Do what every report would do again."""
    # Two seconds for a format of addresses that no notebook has; jsonschema does without.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    import nbformat.validator  # noqa: F401

    del sys.modules["rfc3987_syntax"]
    for name in _PRELOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    import framing

    for name in framing.__all__:
        getattr(framing, name)
    _set_page()
    gc.freeze()


def _set_page() -> None:
    """Find cues, draw a figure, set both: fonts, patterns and lexica are then at hand."""
    import nbformat
    import pandas as pd
    from matplotlib.figure import Figure

    from framing.display.tables import table
    from framing.explore.vader_overlap import overlap
    from framing.lexicon.lexicon import built_in
    from framing.scoring.cues import find_cues
    from framing.typeset.notebook import typeset
    from framing.typeset.pieces import Context
    from framing.typeset.text import Typesetter

    assert built_in().hash
    nbformat.reads(nbformat.writes(nbformat.v4.new_notebook()), as_version=4)
    cues = find_cues(pd.DataFrame({"text": ["Talks could fail."]}))
    overlap(cues)
    drawn = Figure()
    drawn.subplots().text(0, 0, "Talks")
    svg = io.StringIO()
    drawn.savefig(svg, format="svg")
    shown = {"image/svg+xml": svg.getvalue()}, {"text/html": table(cues).to_html()}
    outputs = [{"output_type": "display_data", "data": data} for data in shown]
    cell = {"cell_type": "code", "source": "", "outputs": outputs}
    typeset({"cells": [cell]}, Context(Typesetter(None), 400, 600), name="", paper="a4")


def _serve(tell: int) -> None:
    _control(_PR_SET_CHILD_SUBREAPER, 1)
    read, write = os.pipe()
    os.set_blocking(write, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    while line := sys.stdin.buffer.readline():
        status = _run(Job.from_json(line), tell, read)
        os.write(tell, _line({"ended": status}))


def _run(job: Job, tell: int, woken: int) -> int:
    """Fork, and wait until the report has ended or nobody wants it any more."""
    pid = os.fork()
    if not pid:
        _child(job, tell)
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            end_all_below(os.getpid())
            return os.waitstatus_to_exitcode(status)
        ready, _, _ = select.select([_READ, woken], [], [])
        if woken in ready:
            os.read(woken, 1000)
        if _READ in ready:  # there is nothing to read while a job runs, but the end
            end_all_below(os.getpid())
            sys.exit(1)


def _child(job: Job, tell: int) -> None:
    """Be the process of one report, from here to its end."""
    status = 1
    try:
        _control(_PR_SET_PDEATHSIG, signal.SIGKILL)
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _become(job, tell)
        status = 0
    finally:
        os._exit(status)


def _become(job: Job, tell: int) -> None:
    """Make the report here, with nothing to read and the log to write to."""
    os.write(tell, _line({"pid": os.getpid()}))
    null, log = os.open(os.devnull, os.O_RDONLY), os.open(job.log, os.O_CREAT | os.O_RDWR)
    for handle, place in ((null, 0), (log, 1), (log, 2)):
        os.dup2(handle, place)
    from framing.report.make import make

    make(job, lambda message: os.write(tell, _line(message)))


def _line(message: dict[str, Any]) -> bytes:
    """One line, short enough to be written in one piece, whoever else writes."""
    short = {k: v[:800] if isinstance(v, str) else v for k, v in message.items()}
    return json.dumps(short, ensure_ascii=False).encode(errors="replace")[:4000] + b"\n"


def _control(*arguments: int) -> None:
    """Ask Linux to hand us orphans, or to end us with our parent; elsewhere it does not."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(*arguments, 0, 0, 0)


if __name__ == "__main__":
    main()
