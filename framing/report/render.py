"""One notebook, one PDF."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

from framing.report import parameters as declarations
from framing.report import record
from framing.report.execute import ReportError, where
from framing.report.processes import Lane
from framing.typeset import MissingGlyphs, PlainPDF, check_options
from framing.utils.files import PACKAGE, locked, remove, sha256

__all__ = ["ReportError", "bundled", "find_notebook", "notebook_parameters", "render"]

_BAR = "{desc}: cell {n_fmt} of {total_fmt} |{bar}| {elapsed}"
_WARNINGS = {"MissingGlyphs": MissingGlyphs, "PlainPDF": PlainPDF}
Job = dict[str, Any]  # all that the process of a report is told; it goes there as JSON


class Outcome(NamedTuple):
    """How a report ended: the error is empty if it was made."""

    error: str
    warnings: list[tuple[str, str]]
    seconds: float


def bundled(name: str) -> Path:
    """Return a file or folder that comes with the package: ``notebooks``, ``corpora/strait``.

    In a checkout it stands beside the package, in an installed package inside.
    """
    inside = PACKAGE / name
    return inside if inside.exists() else PACKAGE.parent / name


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
    source = find_notebook(notebook)
    return list(declarations.declared(_parsed(source.read_bytes(), source)).values())


def render(
    notebook: str | Path,
    out: str | Path,
    *,
    corpus: str | Path | None = None,
    parameters: Mapping[str, Any] | None = None,
    tables: str | Path | None = None,
    paper: str = "a4",
    fonts: str | Path | None = None,
    html: bool = False,
    kernel: bool = False,
    keep_notebook: bool = False,
    progress: bool = False,
) -> Path:
    """Run a notebook and write what it shows as a PDF.

    Parameters
    ----------
    notebook : str or Path
        A file, or the name of a notebook that comes with the package (``"outlets"``).
    out : str or Path
        The PDF. It appears when it is whole, or not at all; beside it ``NAME.json``, the record
        of what it was made of.
    corpus : str or Path, optional
        What the notebook reads: its parameter ``corpus``.
    parameters : mapping, optional
        Other parameters; text is turned into the type of the notebook's default.
    tables : str or Path, optional
        Folder for the tables behind the numbers; beside the PDF, as ``NAME-tables``, by default.
    paper : {"a4", "us-letter"}
    fonts : str or Path, optional
        Folder with fonts for characters that the report's own fonts lack.
    html : bool
        Also write ``NAME.html``, one file that needs no other.
    kernel : bool
        Run the notebook in a Jupyter kernel; slower, for notebooks that need one (widgets, output
        of programs that they start).
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
        If a cell fails; the notebook as far as it ran is kept beside, as ``NAME.failed.ipynb``,
        with the whole error in ``NAME.failed.log``.
    """
    job = prepare(
        notebook, out, corpus=corpus, parameters=parameters, tables=tables, paper=paper,
        fonts=fonts, html=html, kernel=kernel, keep_notebook=keep_notebook,
    )  # fmt: skip
    out = Path(job["out"])
    check_target(out)
    bar = tqdm(desc=out.name, bar_format=_BAR, leave=False, disable=not progress)
    lane = Lane()

    def show(message: Mapping[str, Any]) -> None:
        if "cell" in message:
            bar.total = message["cells"]
            bar.update(message["cell"] - bar.n)

    try:
        outcome = run(job, lane, tell=show)
    finally:
        lane.close()
        bar.close()
    for kind, text in outcome.warnings:
        warnings.warn(text, _WARNINGS.get(kind, UserWarning), stacklevel=2)
    if outcome.error:
        kept = out.with_name(f"{out.stem}.failed.ipynb")
        told = f"; as far as it ran it stands in {kept}" if kept.exists() else ""
        raise ReportError(outcome.error + told)
    return out


def prepare(
    notebook: str | Path,
    out: str | Path,
    *,
    corpus: str | Path | None = None,
    parameters: Mapping[str, Any] | None = None,
    tables: str | Path | None = None,
    paper: str = "a4",
    fonts: str | Path | None = None,
    html: bool = False,
    kernel: bool = False,
    keep_notebook: bool = False,
    memory: int | None = None,
    hashes: Callable[[Path], str] = sha256,
) -> Job:
    """Check all that can be checked before any work, and return what there is to do."""
    source, out = find_notebook(notebook).absolute(), Path(out).absolute()
    check_options(paper=paper, fonts=Path(fonts) if fonts else None)
    content = source.read_bytes()
    known = declarations.declared(_parsed(content, source))
    given = dict(parameters or {})
    if corpus is not None:
        if not Path(corpus).exists():
            raise FileNotFoundError(f"{corpus}: there is no such file or folder")
        given["corpus"] = Path(corpus).absolute()
    partial = out.with_name(f".{out.stem}.partial")
    wanted = tables is not None or "tables" in known
    if wanted:
        given["tables"] = partial / "tables"
    given = declarations.checked(given, known)
    all_of_them = {name: p.default for name, p in known.items()} | given
    inputs = _inputs(all_of_them, source.parent, hashes)
    options = {"paper": paper, "fonts": sha256(Path(fonts)) if fonts else ""}
    beside = [name for name, on in (("html", html), ("notebook", keep_notebook)) if on]
    told = {k: v for k, v in all_of_them.items() if k not in ("tables", "corpus")}
    facts = record.facts(
        notebook=source, source=content, parameters=told, inputs=inputs,
        options=options, beside=beside,
    )  # fmt: skip
    repeat = record.command(
        source, out, given, paper=paper, fonts=Path(fonts).absolute() if fonts else None, html=html
    )
    return {
        "notebook": content.decode(), "source": str(source), "out": str(out),
        "partial": str(partial), "parameters": given, "paper": paper,
        "tables": str(Path(tables or out.with_name(f"{out.stem}-tables")).absolute())
        if wanted else "",
        "fonts": str(Path(fonts).absolute()) if fonts else "", "html": html, "kernel": kernel,
        "keep_notebook": keep_notebook, "memory": memory, "corpora": {},
        "corpus": str(source.parent / all_of_them["corpus"]) if "corpus" in inputs else "",
        "record": facts | {"command": repeat},
    }  # fmt: skip


def _inputs(
    values: Mapping[str, Any], folder: Path, hashes: Callable[[Path], str]
) -> dict[str, str]:
    """The hashes of the corpus, and of every file that a parameter names."""
    found = {}
    for name, value in values.items():
        if isinstance(value, str) and 0 < len(value) < 4000 and "\0" not in value:
            path = folder / value
            with contextlib.suppress(OSError):  # a text that cannot be a name
                if path.is_file() or (name == "corpus" and path.exists()):
                    found[name] = hashes(path)
    return found


def check_target(out: Path) -> None:
    """Complain before any work is done."""
    if out.is_dir():
        raise IsADirectoryError(f"{out} is a folder; give the name of a PDF in it")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out.parent).close()
    except OSError as error:
        why = f"{out.parent}: cannot be written to ({error.strerror}); choose another folder"
        raise OSError(why) from None
    beside = record.record_of(out)
    if beside.exists() and not record.read(out):
        raise FileExistsError(
            f"{beside} is not the record of a report, and would be written over; "
            f"choose another name than {out.name}"
        )


def _parsed(content: bytes, source: Path) -> Any:
    """Read a notebook; without nbformat, which takes longer to import than all the rest."""
    try:
        found = json.loads(content)
        if not (found.get("nbformat") == 4 and isinstance(found["cells"], list)):
            import nbformat

            found = nbformat.reads(content.decode(), as_version=4)
    except Exception as error:  # nbformat has as many kinds as there are ways to be broken
        first = " ".join(str(error).split())[:200]
        raise ValueError(f"{source} is not a Jupyter notebook: {first}") from None
    _check_kernel(found.get("metadata", {}), source)
    return found


def _check_kernel(metadata: Mapping[str, Any], source: Path) -> None:
    """Refuse a notebook in another language than Python."""
    kernel, info = metadata.get("kernelspec", {}), metadata.get("language_info", {})
    language = str(kernel.get("language") or info.get("name") or "python")
    if not language.lower().startswith(("python", "ipython")):
        raise ValueError(
            f"{source}: this notebook is for the kernel {kernel.get('name', language)} "
            f"({language}); reports run notebooks in Python"
        )


def run(
    job: Job,
    lane: Lane,
    *,
    limit: float | None = None,
    tell: Callable[[dict[str, Any]], object] = lambda message: None,
) -> Outcome:
    """Have a report made in a process of its own; whatever happens there, it is told here."""
    out, partial = Path(job["out"]), Path(job["partial"])
    heard: dict[str, Any] = {}
    told: list[tuple[str, str]] = []

    def hear(message: dict[str, Any]) -> None:
        heard.update(message)
        if "warning" in message:
            told.append((message["kind"], message["warning"]))
        tell(message)

    began = time.monotonic()
    partial.mkdir(exist_ok=True)
    ran, log = partial / ".run.ipynb", partial / ".log"
    with locked(partial / ".lock"):
        for left in partial.iterdir():
            if left.name != ".lock":
                remove(left)
        end = lane.run(job | {"run": str(ran), "log": str(log)}, limit=limit, tell=hear)
        error = heard.get("error", "") or (end and where(ran, end, heard.get("cell")))
        if error:
            error = f"{Path(job['source']).name}: {error}{_limit(error, job['memory'])}"
        _keep_failure(out, ran, log, error)
    remove(partial)
    return Outcome(error, told, time.monotonic() - began)


def _limit(error: str, memory: int | None) -> str:
    """What to say besides if it may be the limit of memory that ended a report."""
    short = "MemoryError" in error or "Unable to allocate" in error
    if not memory or not short:
        return ""
    return f" (memory, as the plan says, is {memory / 1e9:.3g} GB)"


def _keep_failure(out: Path, run: Path, log: Path, error: str) -> None:
    """Keep the notebook as far as it ran, and the log, beside the report that failed."""
    with contextlib.suppress(OSError):  # a full disk is told already
        for file, suffix in ((run, ".failed.ipynb"), (log, ".failed.log")):
            kept = out.with_name(f"{out.stem}{suffix}")
            kept.unlink(missing_ok=True)
            if error and file.exists():
                shutil.copyfile(file, kept)
        if error:
            with out.with_name(f"{out.stem}.failed.log").open("a", encoding="utf-8") as stream:
                stream.write(f"\n{error}\n")
