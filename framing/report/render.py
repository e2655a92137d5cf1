"""Make a PDF of a notebook."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shlex
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from framing.report import record
from framing.report.execute import ReportError, where
from framing.report.job import Job, Outcome, Report
from framing.report.prepare import check_target, prepare
from framing.report.processes import Worker
from framing.text.encoding import printable
from framing.typeset import MissingGlyphs, PlainPDF
from framing.utils.files import check_path, locked, remove

_BAR = "{desc}: cell {n_fmt} of {total_fmt} |{bar}| {elapsed}"
_ARTICLE = "choose one by its id or title"  # of `Corpus.one`
_NO_MAGIC = ("Cell magic `", "Line magic function `")  # how IPython begins
# As Python, numpy and compiled code end where there is no memory left.
_NO_MEMORY = re.compile(
    r"MemoryError|Unable to allocate|bad_alloc|malloc|can't start new thread|Cannot allocate memory"
    r"|died: SIG(?:SEGV|ABRT|BUS|KILL)|[Kk]ernel died"
)
_WARNINGS = {"MissingGlyphs": MissingGlyphs, "PlainPDF": PlainPDF}


def render(
    notebook: str | Path,
    out: str | Path,
    *,
    corpus: str | Path | None = None,
    reading: Mapping[str, Any] | None = None,
    parameters: Mapping[str, Any] | None = None,
    tables: str | Path | None = None,
    formats: Sequence[str] = (),
    paper: str = "a4",
    fonts: str | Path | None = None,
    html: bool = False,
    docx: bool = False,
    kernel: bool = False,
    keep_notebook: bool = False,
    progress: bool = False,
) -> Path:
    """Run a notebook and write its output as a PDF.

    Parameters
    ----------
    notebook : str or Path
        A file, or the name of a notebook that comes with the package (``"outlets"``).
    out : str or Path
        The PDF, which is written completely or not at all. Beside it is ``NAME.json``, the record
        of what it was made of.
    corpus : str or Path, optional
        What the notebook reads: its parameter ``corpus``.
    reading : mapping, optional
        How the corpus is read, as options of `read_corpus`:
        ``{"columns": {"title": "headline_text"}}``.
    parameters : mapping, optional
        Other parameters; text is converted to the type of the notebook's default.
    tables : str or Path, optional
        Folder for the tables behind the numbers; ``NAME-tables`` beside the PDF by default.
    formats : sequence of {"xlsx", "dta", "sav"}
        Formats of the tables beside CSV and Parquet; see `save_tables`.
    paper : {"a4", "us-letter"}
    fonts : str or Path, optional
        Folder with fonts for characters that the report's own fonts lack.
    html : bool
        Whether to write ``NAME.html`` as well, a single file.
    docx : bool
        Whether to write ``NAME.docx`` as well, for co-authors who comment in Word (extra
        ``word``).
    kernel : bool
        Whether to run the notebook in a Jupyter kernel; slower, for notebooks with widgets or
        with output of other programs.
    keep_notebook : bool
        Whether to write the executed notebook as well, as ``NAME.ipynb`` beside the PDF.
    progress : bool
        Whether to show a progress bar by cell.

    Returns
    -------
    Path
        The PDF.

    Raises
    ------
    FileNotFoundError
        If the notebook, the corpus or the folder of fonts does not exist.
    OSError
        If the folder of ``out`` cannot be made or written to.
    ValueError
        If the notebook does not declare a parameter, or a value has the wrong type.
    ReportError
        If a cell fails; the notebook as far as it ran is kept as ``NAME.failed.ipynb``, and the
        whole error in ``NAME.failed.log``.
    """
    check_path("notebook", notebook, "a file, or the name of one that comes with the package")
    check_path("out", out)
    job = prepare(
        Report(
            Path(notebook), Path(out), corpus=_path(corpus), reading=reading or {},
            parameters=parameters or {}, tables=_path(tables), formats=formats, paper=paper,
            fonts=_path(fonts), html=html, docx=docx, kernel=kernel, keep_notebook=keep_notebook,
        )
    )  # fmt: skip
    out = job.report.out
    check_target(job)
    outcome = _run_at_once(job, progress=progress)
    for kind, text in outcome.warnings:
        warnings.warn(printable(text), _WARNINGS.get(kind, UserWarning), stacklevel=2)
    if outcome.error:
        kept = out.with_name(f"{out.stem}.failed.ipynb")
        where_kept = f"\nThe notebook as far as it ran: {printable(kept)}" if kept.exists() else ""
        raise ReportError(outcome.error + where_kept)
    return out


def _run_at_once(job: Job, *, progress: bool) -> Outcome:
    """Make one report in a worker of its own, and show its cells in a bar."""
    worker, name = Worker(), printable(job.report.out.name)
    bar = tqdm(desc=name, bar_format=_BAR, leave=False, disable=not progress)

    def show(message: Mapping[str, Any]) -> None:
        if "cell" in message:
            bar.total = message["cells"]
            bar.update(message["cell"] - bar.n)

    with contextlib.closing(worker), bar, _with_study(job) as ready:
        return run(ready, worker, on_message=show)


@contextlib.contextmanager
def _with_study(job: Job) -> Iterator[Job]:
    """Give the job with its corpus as a study folder, if it says how the corpus is read."""
    if not (job.report.reading and job.corpus):
        yield job
        return
    from framing.corpus.read import read_corpus
    from framing.corpus.study_folder import settings, write_tables

    with tempfile.TemporaryDirectory(prefix="framing-") as folder:
        tables = read_corpus(job.corpus, **job.report.reading)._asdict()  # the notebook scores
        write_tables(Path(folder), tables, settings(job.corpus, **job.report.reading))
        yield job.with_study(Path(folder))


def run(
    job: Job,
    worker: Worker,
    *,
    on_message: Callable[[dict[str, Any]], object] = lambda message: None,
) -> Outcome:
    """Make a report in a process of its own, and return how it ended, whatever happens there."""
    partial = job.partial
    heard: dict[str, Any] = {}
    shown: list[tuple[str, str]] = []

    def hear(message: dict[str, Any]) -> None:
        heard.update(message)
        if "warning" in message:
            shown.append((message["kind"], message["warning"]))
        on_message(message)

    began = time.monotonic()
    partial.mkdir(exist_ok=True)
    with locked(partial / ".lock"):
        for left in partial.iterdir():
            if left.name != ".lock":
                remove(left)
        end = worker.run(job, on_message=hear)
        error = heard.get("error", "")
        if not error and record.changes(job.report.out, job.record):
            error = where(job.run, end, heard.get("cell"), job.report.notebook.name)
        what, *cell = error.partition("\n(")
        error = printable("".join([what, _hint(what, job), *cell]))
        _keep_failure(job, error)
    remove(partial)
    return Outcome(error, shown, time.monotonic() - began)


def _hint(error: str, job: Job) -> str:
    """Return what may have been short, or the command to use, where an error does not say it."""
    memory, out = job.report.memory, job.report.out
    corpus = f"--corpus {shlex.quote(str(job.corpus))}" if job.corpus else "--example"
    if _ARTICLE in error:
        return f"\nThen: framing report {job.report.notebook.stem} {corpus} -p article ID"
    if error.startswith(_NO_MAGIC):
        return (
            " A report runs Python, with the magics of IPython and those that a cell above has "
            "loaded (%load_ext); tag the cell skip-execution to leave it out"
        )
    if "No module named " in error:
        return f" (reports run in {sys.executable}: install it there)"
    if memory and _NO_MEMORY.search(error):
        return f" (the plan limits memory to {memory / 1e9:.3g} GB)"
    if os.strerror(errno.ENOSPC) in error and str(out.parent) not in error:
        return f" (the disk of {out.parent} or of {tempfile.gettempdir()} is full)"
    return ""


def _keep_failure(job: Job, error: str) -> None:
    """Keep the notebook as far as it ran, and the log, beside the report that failed."""
    out = job.report.out
    with contextlib.suppress(OSError):  # a full disk is reported already
        keep_log = partial(shutil.copyfile, job.log)
        ways = ((job.run, ".failed.ipynb", job.keep_run), (job.log, ".failed.log", keep_log))
        for file, suffix, keep in ways:
            kept = out.with_name(f"{out.stem}{suffix}")
            kept.unlink(missing_ok=True)
            if error and file.exists():
                keep(kept)
        if error:
            with out.with_name(f"{out.stem}.failed.log").open("a", encoding="utf-8") as stream:
                stream.write(f"\n{error}\n")


def _path(name: str | Path | None) -> Path | None:
    return Path(name) if name is not None else None
