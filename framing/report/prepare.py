"""Check the description of a report before any work is done, and make a job of it."""

from __future__ import annotations

import contextlib
import hashlib
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from framing.report import record
from framing.report.job import DATA, Job, Report
from framing.report.notebooks import find_notebook, parsed
from framing.report.parameters import Parameter, checked, declared, items_of
from framing.text.encoding import printable
from framing.typeset import check_options
from framing.utils.files import find_data, is_table, sha256, split_sheet

# What stands in Markdown where a picture is: ![a](address), <img src="address">, [a]: address,
# ```{figure} address.
_ADDRESS = re.compile(
    r"""!\[[^\]]*\]\(<?([^)\s>]+)|src\s*=\s*["']([^"']+)|^\[[^\]]+\]:\s*<?(\S+?)>?$"""
    r"""|^[ ]*[`:]{3,9}\{(?:figure|image)\}[ ]*(\S+)""",
    re.M,
)
_PLACES = (*DATA, "tables", "kept")  # paths that a record does not list as parameters


def prepare(report: Report, *, hashes: Callable[[Path], str] = sha256) -> Job:
    """Check a report as far as possible without running it, and return it as a job."""
    report = _found(report)
    content, folder = report.notebook.read_bytes(), report.notebook.parent
    notebook = parsed(content, report.notebook)
    known = declared(notebook)
    given = _given(report, known)
    values = {name: parameter.default for name, parameter in known.items()} | given
    inputs = _inputs(values, folder, hashes)
    chosen = {"corpus", "lexicon"} & inputs.keys()
    data = {name: find_data(values[name], DATA[name], folder) for name in chosen}
    job = Job(
        report=report,
        content=content.decode(),
        parameters=given,
        tables=_tables(report.out, given) if "tables" in known else None,
        corpus=data.get("corpus"),
        lexicon=data.get("lexicon"),
        takes_study="kept" in known and "corpus" in data,
    )
    _check_reading(job)
    staged = {"tables": str(job.partial / "tables")} if job.tables else {}
    places = [*_PLACES, *inputs.keys() & {"groups"}]
    facts = _facts(job, {k: v for k, v in values.items() if k not in places}, inputs)
    if pictures := _pictures(notebook, folder, hashes):
        facts["notebook"]["pictures"] = pictures
    return replace(job, parameters={**given, **staged}, record=facts)


def _found(report: Report) -> Report:
    """Return a report with absolute paths, whose options are those that there are."""
    check_options(paper=report.paper, fonts=report.fonts)
    if report.formats:
        from framing.utils.table_files import check_formats  # slow to import

        check_formats(report.formats)
    return replace(
        report,
        notebook=find_notebook(report.notebook).absolute(),
        out=report.out.absolute(),
        fonts=report.fonts.absolute() if report.fonts else None,
    )


def _check_reading(job: Job) -> None:
    """Raise an error if a notebook that reads its articles itself is to read them in some way."""
    if job.report.reading and not job.takes_study:
        raise ValueError(
            f"{job.report.notebook.name} reads its articles itself: how they are read "
            f"({', '.join(job.report.reading)}) can be chosen for a notebook that declares the "
            'parameters corpus and kept = "", and opens "kept or corpus"'
        )


def check_target(job: Job) -> None:
    """Raise an error before any work is done if a report cannot be written.

    Raises
    ------
    ValueError
        If its name does not end in ``.pdf``.
    OSError
        If the folder cannot be made or written to, or a file of another kind would be replaced.
    """
    out = job.report.out
    if out.is_dir():
        raise IsADirectoryError(f"{printable(out)} is a folder; give the name of a PDF in it")
    if out.suffix.lower() != ".pdf":
        raise ValueError(f"the name of a report must end in .pdf, got {out.name!r}")
    if why := in_the_way(job):
        raise FileExistsError(why)
    check_folder(out.parent)


def check_folder(folder: Path) -> None:
    """Make the folder of a report; raise an error if it cannot be made or written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        why = f"{printable(folder)}: cannot be written to ({error.strerror}); choose another folder"
        raise OSError(why) from None


def in_the_way(job: Job) -> str:
    """Return what a report would replace that is of another kind; empty if there is nothing."""
    report, out = job.report, job.report.out
    if out.is_dir():
        return f"{printable(out)} is a folder, and would be replaced"
    wanted = {".html": report.html, ".docx": report.docx, ".ipynb": report.keep_notebook}
    made = [out, *(out.with_suffix(suffix) for suffix, on in wanted.items() if on)]
    made += [job.tables] if job.tables else []
    read = {path.resolve() for path in job.read}
    if both := [path for path in made if path.resolve() in read]:
        return (
            f"{both[0]} is what the report is made of, and would be replaced; choose another name"
        )
    beside = record.record_of(out)
    if beside.exists() and not record.read_record(out):
        return (
            f"{beside} is not the record of a report, and would be replaced; "
            "delete it if it was one and is damaged, or choose another name than "
            f"{printable(out.name)}"
        )
    return ""


def _given(report: Report, known: Mapping[str, Parameter]) -> dict[str, Any]:
    """Return the given parameters, converted to the types of their defaults."""
    given = dict(report.parameters)
    if report.corpus is not None:
        given["corpus"] = report.corpus
    for name in DATA.keys() & given.keys() & known.keys():
        if isinstance(known[name].default, list):
            given[name] = _each_existing(given[name], DATA[name])
        elif isinstance(known[name].default, str) and str(given[name]):
            given[name] = _existing(given[name], DATA[name])
    if is_table(str(given.get("groups", ""))):
        given["groups"] = _existing(given["groups"], DATA["corpus"])
    if report.tables is not None:
        given["tables"] = report.tables
    if "article" in known and given.get("corpus") not in (None, _default_corpus(known)):
        given.setdefault("article", "")  # the one that a notebook names is of its own corpus
    if given.get("kept"):
        raise ValueError("parameter 'kept' is set by a batch; name the study folder as the corpus")
    return checked(given, known)


def _default_corpus(known: Mapping[str, Parameter]) -> Path:
    return find_data(str(known["corpus"].default), DATA["corpus"]).absolute()


def _existing(name: str | Path, kind: str) -> Path:
    """Return the absolute path of data, seen from where the command runs."""
    path = find_data(name, kind)
    if not split_sheet(path)[0].exists():
        raise FileNotFoundError(f"{name}: no such file or folder")
    return path.absolute()


def _each_existing(names: Any, kind: str) -> list[Path]:
    """Return the absolute paths of one file or folder, or of those that a list names."""
    if isinstance(names, str | Path):
        is_one = bool(str(names)) and find_data(names, kind).exists()
        names = [names] if is_one else items_of(str(names))
    return [_existing(name, kind) for name in names]


def _tables(out: Path, given: Mapping[str, Any]) -> Path | None:
    """Return the folder for the tables, beside the PDF by default; None for no tables."""
    chosen = given.get("tables")
    named = Path(chosen or out.with_name(f"{out.stem}-tables"))
    return None if chosen == "" else named.absolute()


def _inputs(
    values: Mapping[str, Any], folder: Path, hashes: Callable[[Path], str]
) -> dict[str, str]:
    """Return the hashes of the corpus and of every file that a parameter names."""
    found = {}
    for name, value in values.items():
        named = value if isinstance(value, list) and name in DATA else [value]
        for number, one in enumerate(named, start=1):
            with contextlib.suppress(OSError):  # not a possible file name
                if path := _file_named(one, name, folder):
                    found[name if len(named) == 1 else f"{name} {number}"] = hashes(path)
                    about = path.with_suffix(".toml")
                    if name == "lexicon" and about.is_file():
                        found["about the lexicon"] = hashes(about)
    return found


def _file_named(value: Any, parameter: str, folder: Path) -> Path | None:
    """Return the file, or the folder of data, that the value of a parameter names, if any."""
    if not isinstance(value, str) or not 0 < len(value) < 4000 or "\0" in value:
        return None
    is_data = parameter in DATA
    path = find_data(value, DATA[parameter], folder) if is_data else folder / value
    path = split_sheet(path)[0] if parameter == "corpus" else path
    return path if path.is_file() or (is_data and path.exists()) else None


def _pictures(
    notebook: Mapping[str, Any], folder: Path, hashes: Callable[[Path], str]
) -> dict[str, str]:
    """Return the hashes of the pictures that Markdown cells show from the notebook's folder."""
    cells = (cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    text = "\n".join("".join(cell["source"]) for cell in cells)
    found = {}
    for address in sorted(
        {unquote(next(filter(None, groups))) for groups in _ADDRESS.findall(text)}
    ):
        with contextlib.suppress(OSError, ValueError):  # not a possible file name
            path = (folder / address).resolve()
            if path.is_relative_to(folder.resolve()) and path.is_file():
                found[address] = hashes(path)
    return found


def _facts(job: Job, parameters: Mapping[str, Any], inputs: Mapping[str, str]) -> dict[str, Any]:
    """Return what the report is made of, the outputs beside the PDF, and the command."""
    report = job.report
    wanted = {"html": report.html, "docx": report.docx}
    wanted |= {"notebook": report.keep_notebook, "tables": bool(job.tables)}
    options = {"paper": report.paper, "fonts": sha256(report.fonts) if report.fonts else ""}
    return {
        "corpus": dict(inputs),
        "notebook": {
            "name": report.notebook.name,
            "sha256": hashlib.sha256(job.content.encode()).hexdigest(),
        },
        "parameters": dict(parameters),
        "seed": parameters.get("seed"),
        "lexicon": {"files": record.lexicon_files()},
        "versions": record.versions(),
        "options": options | ({"reading": dict(report.reading)} if report.reading else {}),
        "beside": [*(name for name, on in wanted.items() if on), *report.formats],
        "command": record.command(report, job.parameters),
    }
