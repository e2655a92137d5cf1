"""Make one report in a process of its own: run, typeset, move into place, record; or nothing."""

from __future__ import annotations

import contextlib
import sys
import traceback
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4

from framing.display.opening import dictionary
from framing.display.tables import plain
from framing.lexicon.loading import load_lexicon
from framing.report import record
from framing.report.execute import ReportError, execute
from framing.report.job import Job
from framing.report.methods import box
from framing.report.notebooks import find_notebook
from framing.report.parameters import declared
from framing.report.tables import add_formats
from framing.stats.choices import OneArticleError, OneOutletError
from framing.text.encoding import printable
from framing.typeset import TypesettingError
from framing.typeset.pdf import write_pdf
from framing.typeset.web import write_page
from framing.typeset.word import write_docx
from framing.utils.files import flush, sha256

_OURS = (".csv", ".parquet", ".xlsx", ".dta", ".sav", ".html", ".docx", ".ipynb", ".svg")
Send = Callable[[dict[str, Any]], object]

# The report that describes what cannot be compared, and what is said of it.
_INSTEAD = {
    OneOutletError.__name__: (
        "portrait", "all articles are of one outlet: this is its portrait, and compares nothing",
    ),
    OneArticleError.__name__: (
        "article", "there is one article: this is the report of it, and compares nothing",
    ),
}  # fmt: skip


def make(job: Job, send: Send) -> None:
    """Make the report of a job, sending messages on the way.

    Never raises: an error is sent as a message, and its traceback goes to the log.
    """
    try:
        _limit_memory(job.report.memory)
        _make(job, send)
    except BaseException as error:
        kind = "" if isinstance(error, TypesettingError) else f"{type(error).__name__}: "
        told = f"{job.report.notebook.name}: {kind}{error}".removesuffix(": ")
        send({"error": str(error) if isinstance(error, ReportError) else told})
        with contextlib.suppress(OSError):  # the disk of the log may be full
            traceback.print_exc(file=sys.__stderr__)


def _make(job: Job, send: Send) -> None:
    report, partial = job.report, job.partial
    name, folder = report.notebook.stem, report.notebook.parent
    lexicon = load_lexicon(job.lexicon)
    about = record.completed(job.record, job.corpus, lexicon)
    executed = _executed(job, about, send)
    _add_hashes(executed, record.hashes(about))
    if named := dictionary(lexicon):
        _name_lexicon(executed, named)
    with warnings.catch_warnings(record=True, action="always", category=UserWarning) as heard:
        pdf = partial / report.out.name
        write_pdf(executed, pdf, name=name, paper=report.paper, fonts=report.fonts, folder=folder)
        if job.tables:
            add_formats(partial / "tables", report.formats)
    for warning in heard:
        send({"warning": str(warning.message), "kind": warning.category.__name__})
    if heard:
        about["warnings"] = [str(warning.message) for warning in heard]
    if report.html:
        write_page(executed, pdf.with_suffix(".html"), name=name, folder=folder)
    if report.docx:
        write_docx(executed, pdf.with_suffix(".docx"), name=name, folder=folder)
    if report.keep_notebook:
        job.keep_run(pdf.with_suffix(".ipynb"))
    _put_in_place(job, about)


def _executed(job: Job, about: dict[str, Any], send: Send) -> Any:
    """Run the notebook of a job, or else the one that describes what cannot be compared."""
    # Old versions come back as objects of nbformat.v3, which papermill does not know.
    notebook = nbformat.from_dict(nbformat.reads(job.content, as_version=4))
    source, report = job.report.notebook, job.report
    options: dict[str, Any] = {"folder": source.parent, "kernel": report.kernel}
    options |= {"kept": report.keep_notebook, "name": source.name}
    options["on_cell"] = lambda place: send({"cell": place, "cells": len(notebook.cells)})
    try:
        return execute(notebook, job.run, job.parameters, **options)
    except ReportError as error:
        if error.kind not in _INSTEAD:
            raise
        instead, why = _INSTEAD[error.kind]
    send({"warning": why, "kind": "UserWarning"})
    other = find_notebook(instead)
    about["instead"] = {"name": other.name, "sha256": sha256(other)}
    notebook = nbformat.read(other, as_version=4)
    known = declared(notebook)
    given = {"article": ""} | dict(job.parameters)  # the only one
    shared = {name: value for name, value in given.items() if name in known}
    return execute(notebook, job.run, shared, **options)


def _add_hashes(notebook: Any, hashes: Mapping[str, str]) -> None:
    """Add the hashes of what a notebook was made of below its methods, and to its description."""
    lines = [f"{what} {value}" for what, value in hashes.items()]
    notebook.metadata["description"] = "SHA-256: " + ", ".join(lines)
    shown = box({"SHA-256": "".join(f"\n{line}" for line in lines)})
    data = {"text/html": shown.html, "text/plain": shown.plain}
    cell = v4.new_code_cell("", outputs=[v4.new_output("display_data", data)])
    paper = (n for n, c in enumerate(notebook.cells) if c.source.startswith("## For the paper"))
    notebook.cells.insert(next(paper, len(notebook.cells)), cell)


def _name_lexicon(notebook: Any, name: str) -> None:
    """Add the name of another dictionary than the built-in one to the title."""
    title = next((cell for cell in notebook.cells if cell.source.startswith("# ")), None)
    if title is not None and title.cell_type == "markdown":
        first, *rest = title.source.split("\n")
        title.source = "\n".join([f"{first} – {plain(name)}", *rest])


def _limit_memory(limit: int | None) -> None:
    """Limit the memory that this process and its children may use, in bytes.

    The system counts what is reserved, used or not, and libraries reserve much that they do not
    use. So the limit is on the growth from now on.
    """
    if limit and sys.platform == "linux":
        import resource

        lines = Path("/proc/self/status").read_text("utf-8").splitlines()
        status = dict(line.split(":", 1) for line in lines)
        reserved, used = (1024 * int(status[name].split()[0]) for name in ("VmData", "RssAnon"))
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = min(max(reserved + limit - used, reserved), sys.maxsize)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _put_in_place(job: Job, about: dict[str, Any]) -> None:
    """Move all files to their final names, the record last: with it, the report is done."""
    partial, out = job.partial, job.report.out
    files = (file for file in sorted(partial.glob("[!.]*")) if file.is_file())
    made = {file: out.with_name(file.name) for file in files}
    if job.tables:
        staged = partial / "tables"
        tables = (file for file in sorted(staged.rglob("*")) if file.is_file())
        made |= {file: job.tables / file.relative_to(staged) for file in tables}
        about["counts"] = record.counts(staged)
    about["outputs"] = {_name(final, out): sha256(file) for file, final in made.items()}
    written = partial / record.record_of(out).name
    record.write_record(written, about)
    for file in [*made, written]:
        flush(file)
    for final in made.values():  # nothing is replaced unless all of it can be
        final.parent.mkdir(parents=True, exist_ok=True)
        if final.is_dir() or final in job.read:
            raise FileExistsError(
                f"{printable(final)} is a folder, or read by the report; choose another name"
            )
    before = record.read_record(out)
    record.record_of(out).unlink(missing_ok=True)
    for file, final in made.items():
        file.replace(final)
    _clear(before, about, out)
    for folder in {final.parent for final in made.values()}:
        flush(folder)
    written.replace(record.record_of(out))
    flush(out.parent)


def _name(final: Path, out: Path) -> str:
    """Return the name of a file in the record, relative to the report if it is below its folder."""
    inside = final.is_relative_to(out.parent)
    return (final.relative_to(out.parent) if inside else final).as_posix()


def _clear(before: Mapping[str, Any], now: Mapping[str, Any], out: Path) -> None:
    """Delete outputs of the previous report that this one does not have."""
    for name in set(before.get("outputs", {})) - set(now["outputs"]):
        old = (out.parent / name).resolve()
        if old.is_relative_to(out.parent.resolve()) and old.suffix in _OURS:
            with contextlib.suppress(OSError):
                old.unlink()
