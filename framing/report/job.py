"""One report made in a process of its own: run, set, put in place, recorded. Or not at all."""

from __future__ import annotations

import contextlib
import shutil
import sys
import traceback
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat

from framing.report import record
from framing.report.execute import ReportError, execute
from framing.typeset import TypesettingError
from framing.typeset.pdf import write_pdf
from framing.typeset.web import write_page
from framing.utils import cache
from framing.utils.files import flush, sha256

_OURS = (".csv", ".parquet", ".html", ".ipynb", ".svg")
Tell = Callable[[dict[str, Any]], object]


def make(job: Mapping[str, Any], tell: Tell) -> None:
    """Make the report that a job describes (`framing.report.render.prepare`), and tell how it went.

    Never raises: what went wrong is told, and the traceback goes to the log.
    """
    try:
        cache.announce(job["corpora"])
        _limit_memory(job["memory"])
        _make(job, tell)
        tell({"outcome": "done"})
    except (ReportError, TypesettingError) as error:
        traceback.print_exc(file=sys.__stderr__)
        tell({"outcome": "failed", "error": str(error)})
    except BaseException as error:
        traceback.print_exc(file=sys.__stderr__)
        tell({"outcome": "failed", "error": f"{type(error).__name__}: {error}".removesuffix(": ")})


def _make(job: Mapping[str, Any], tell: Tell) -> None:
    partial, out = Path(job["partial"]), Path(job["out"])
    # Old versions come back as objects of nbformat.v3, which papermill does not know.
    notebook = nbformat.from_dict(nbformat.reads(job["notebook"], as_version=4))
    about = record.completed(job["record"], job["corpus"])
    hashes = record.hashes(about)
    record.announce(hashes)
    total = len(notebook.cells)
    executed = execute(
        notebook,
        Path(job["run"]),
        job["parameters"],
        folder=Path(job["source"]).parent,
        kernel=job["kernel"],
        tell=lambda place: tell({"cell": place, "cells": total}),
    )
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always", UserWarning)
        name, fonts = Path(job["source"]).stem, Path(job["fonts"]) if job["fonts"] else None
        told = "SHA-256: " + ", ".join(f"{what} {value}" for what, value in hashes.items())
        executed.metadata["description"] = told
        folder = Path(job["source"]).parent
        write_pdf(
            executed, partial / out.name, name=name, paper=job["paper"], fonts=fonts, folder=folder
        )
    for warning in heard:
        tell({"warning": str(warning.message), "kind": warning.category.__name__})
    if job["html"]:
        write_page(executed, partial / out.with_suffix(".html").name, name=name, folder=folder)
    if job["keep_notebook"]:
        shutil.copyfile(job["run"], partial / out.with_suffix(".ipynb").name)
    _put_in_place(job, about, partial, out)


def _limit_memory(limit: int | None) -> None:
    """Let this process, and each that it starts, use so many bytes at most.

    What the system counts is what is reserved, used or not; libraries reserve much that they do
    not use. So it is the growth from here that is limited.
    """
    if limit and sys.platform == "linux":
        import resource

        told = Path("/proc/self/status").read_text("utf-8").splitlines()
        status = dict(line.split(":", 1) for line in told)
        reserved, used = (1024 * int(status[name].split()[0]) for name in ("VmData", "RssAnon"))
        most = max(reserved + limit - used, reserved)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _put_in_place(job: Mapping[str, Any], about: dict[str, Any], partial: Path, out: Path) -> None:
    """Give all files their final names, the record last: with it, the report is done."""
    files = [
        file
        for file in sorted(partial.iterdir())
        if file.is_file() and not file.name.startswith(".")
    ]
    made = {file: out.with_name(file.name) for file in files}
    staged = partial / "tables"
    for file in sorted(staged.rglob("*")) if job["tables"] else []:
        if file.is_file():
            made[file] = Path(job["tables"]) / file.relative_to(staged)
    if job["tables"]:
        about["counts"] = record.counts(staged)
    about["outputs"] = {_name(final, out): sha256(file) for file, final in made.items()}
    written = partial / record.record_of(out).name
    record.write(written, about)
    for file in [*made, written]:
        flush(file)
    before = record.read(out)
    record.record_of(out).unlink(missing_ok=True)
    for file, final in made.items():
        final.parent.mkdir(parents=True, exist_ok=True)
        file.replace(final)
    _clear(before, about, out)
    for folder in {final.parent for final in made.values()}:
        flush(folder)
    written.replace(record.record_of(out))
    flush(out.parent)


def _name(final: Path, out: Path) -> str:
    """The name of a file in the record: as seen from the report, if it is below its folder."""
    inside = final.is_relative_to(out.parent)
    return (final.relative_to(out.parent) if inside else final).as_posix()


def _clear(before: Mapping[str, Any], now: Mapping[str, Any], out: Path) -> None:
    """Delete what the report before this one had and this one has not: it would mislead."""
    for name in set(before.get("outputs", {})) - set(now["outputs"]):
        old = (out.parent / name).resolve()
        if old.is_relative_to(out.parent.resolve()) and old.suffix in _OURS:
            with contextlib.suppress(OSError):
                old.unlink()
