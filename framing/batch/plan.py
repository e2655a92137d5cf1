"""Read a plan: a TOML file that lists reports, or expands them over values."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.batch.listing import Articles, column_values
from framing.report.job import DATA, Report
from framing.report.notebooks import find_notebook, notebook_parameters
from framing.text.encoding import printable
from framing.utils.files import find_data, read_toml

if TYPE_CHECKING:
    import pandas as pd

_OPTIONS: dict[str, Any] = {
    "paper": "a4", "fonts": "", "html": False, "docx": False, "kernel": False,
    "keep_notebook": False, "timeout": 3600, "memory": "4 GB", "formats": [],
}  # fmt: skip
_READING: dict[str, Any] = {
    "columns": {}, "outlet_names": {}, "keep": [], "languages": [], "dates": "",
}  # fmt: skip
_STUDY = {"output": "reports", "report": [], "corpus": "", "parameters": {}} | _OPTIONS | _READING
_REPORT = (
    {"notebook": "", "name": "", "corpus": "", "parameters": {}, "each": {}} | _OPTIONS | _READING
)
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")  # by Windows
_KINDS = {
    dict: "a table", list: "a list", str: "text", int: "a number", bool: "true or false",
}  # fmt: skip
_UNITS = {"MB": 10**6, "GB": 10**9}
_LEAST = 300 * 10**6  # bytes that a report of an empty notebook needs; with less it may hang


def read_plan(path: Path, articles_of: Articles) -> tuple[Path, list[Report]]:
    """Return the folder that reports are written to, and the reports that a file lists.

    Paths in it are relative to its folder. ``articles_of`` returns the articles of a corpus: for
    ``"all"``.
    """
    if not path.is_file():
        what = "a folder, not a plan" if path.is_dir() else "no such file"
        raise FileNotFoundError(f"{printable(path)}: {what}; 'framing new DIR' creates a plan")
    study = read_toml(path)
    _check_keys(study, _STUDY, printable(path))
    if not study.get("report"):
        raise ValueError(f'{printable(path)}: no reports; add [[report]] and notebook = "outlets"')
    output = (path.absolute().parent / study.get("output", "reports")).resolve()
    reports: list[Report] = []
    for number, given in enumerate(study["report"], start=1):
        where = f"{printable(path)}: report {number}"
        _check_keys(given, _REPORT, where)
        try:
            reports += _expanded(study, given, path.absolute().parent, output, articles_of)
        except (ValueError, FileNotFoundError) as error:
            raise type(error)(printable(f"{where}: {error}")) from None
    names = [report.out.stem for report in reports]
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValueError(
            f"{printable(path)}: two reports have the name {twice[0]!r}; give each a name"
        )
    return output, reports


def _check_keys(given: Mapping[str, Any], known: Mapping[str, Any], where: str) -> None:
    """Raise an error for unknown keys and values of the wrong type."""
    if not isinstance(given, dict):
        raise ValueError(f"{where}: must be a table that starts with [[report]], got {given!r}")
    for key, value in given.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            meant = f": did you mean {near[0]!r}?" if near else f", or write parameters.{key}."
            told = f"{where}: unknown key {key!r}{meant} Known keys: {', '.join(known)}"
            raise ValueError(printable(told))
        wanted = type(known[key])
        if type(value) is not wanted and not (wanted is int and type(value) is float):
            kind = "[[report]]" if key == "report" else _KINDS[wanted]
            raise ValueError(f"{where}: {key} must be {kind}, got {value!r}")
        if key == "corpus" and not value.strip():
            raise ValueError(f"{where}: corpus names no file or folder, got {value!r}")
        if key == "timeout" and not value > 0:
            raise ValueError(f"{where}: timeout must be more than 0 seconds, got {value!r}")


def _expanded(
    study: Mapping[str, Any],
    given: Mapping[str, Any],
    folder: Path,
    output: Path,
    articles_of: Articles,
) -> Iterator[Report]:
    """Yield a report, or one per combination of the values of ``each``."""
    if not given.get("notebook"):
        raise ValueError('no notebook; add, for example, notebook = "outlets"')
    local = folder / given["notebook"]
    notebook = find_notebook(local if local.exists() else given["notebook"])
    known = {parameter.name: parameter.default for parameter in notebook_parameters(notebook)}
    if given.get("corpus") and "corpus" not in known:
        declared = printable(", ".join(known)) or "none"
        raise ValueError(f"{notebook.name} has no parameter 'corpus'; it declares: {declared}")
    named = given.get("corpus") or study.get("corpus") or ""
    corpus = find_data(named, "corpora", folder) if named and "corpus" in known else None
    shared = {k: v for k, v in study.get("parameters", {}).items() if k in known}
    options = _options(study, given, folder)
    articles = partial(articles_of, corpus, options["reading"]) if corpus else None
    axes = [_axis(key, one, known, articles) for key, one in given.get("each", {}).items()]
    for combination in itertools.product(*axes):
        each, words = [one[0] for one in combination], [one[2] for one in combination]
        varied = dict(one[1] for one in combination)
        name = file_name(given.get("name") or notebook.stem, each, words)
        parameters = _seen_from(folder, shared | given.get("parameters", {}) | varied)
        yield Report(
            notebook, output / f"{name}.pdf", corpus=corpus, parameters=parameters, **options
        )


def _options(study: Mapping[str, Any], given: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return how a report is read and made: its own options go before those of the plan."""
    options = {key: given.get(key, study.get(key, value)) for key, value in _OPTIONS.items()}
    fonts = folder / options["fonts"] if options["fonts"] else None
    memory, reading = _size(options["memory"]), _reading(study, given)
    return options | {"fonts": fonts, "memory": memory, "reading": reading}


def _axis(
    key: str, wanted: Any, known: Mapping[str, Any], articles: Callable[[], pd.DataFrame] | None
) -> list[tuple[tuple[str, Any], tuple[str, Any], str]]:
    """Return the values of a key of ``each``, the parameter that each sets, and words for it.

    They are those that are listed, or all that the articles have.
    """
    if isinstance(wanted, list) and wanted:
        chosen = [(value, str(value)) for value in wanted]
    elif wanted != "all":
        raise ValueError(f'each.{key} must be "all" or a list, got {wanted!r}')
    elif articles is None:
        raise ValueError(f'each.{key} = "all" needs a corpus, and a notebook that reads one')
    else:
        chosen = list(column_values(articles(), key).items())
    parameter = key if key in known or f"{key}s" not in known else f"{key}s"
    listed = isinstance(known.get(parameter), list)
    return [
        ((key, v), (parameter, [v] if listed and not isinstance(v, list) else v), words)
        for v, words in chosen
    ]


def _seen_from(folder: Path, parameters: dict[str, Any]) -> dict[str, Any]:
    """Return parameters with the files that they name as seen from the plan."""
    if parameters.get("tables"):
        raise ValueError(
            'parameters.tables must be "" (no tables), or left out: each report has a folder '
            f"of its own beside its PDF, got {parameters['tables']!r}"
        )
    named = {
        key: [_in(folder, one) for one in value] if isinstance(value, list) else _in(folder, value)
        for key, value in parameters.items()
        if key in DATA
    }
    return parameters | named


def _in(folder: Path, name: Any) -> Any:
    """Return the path of a file or folder in a folder; what names none as it is."""
    is_there = isinstance(name, str) and name and (folder / name).exists()
    return str(folder / name) if is_there else name


def _reading(study: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a corpus is read, as options of `read_corpus`."""
    chosen = {key: given.get(key, study.get(key)) for key in _READING}
    reading = {key: value for key, value in chosen.items() if value}
    if names := reading.pop("outlet_names", None):
        reading["outlets"] = names
    if "any" in reading.get("languages", []):
        reading["languages"] = []
    return reading


def _size(text: str) -> int:
    """Return a size in bytes.

    >>> _size("1.5 GB")
    1500000000
    """
    found = re.fullmatch(r"(\d{1,9}(?:\.\d+)?) *(MB|GB)", text)
    size = int(float(found.group(1)) * _UNITS[found.group(2)]) if found else 0
    if size < _LEAST:
        least = f"{_LEAST // 10**6} MB"
        raise ValueError(
            f'memory must be at least "{least}", in MB or GB, such as "4 GB", got {text!r}'
        )
    return size


def file_name(name: str, each: list[tuple[str, Any]], words: Sequence[str] = ()) -> str:
    """Return a name that is valid on every file system, and unique for every report.

    It has the values of ``each``, or the words given for them. Characters other than letters and
    digits become dashes; a hash of the values keeps names distinct.

    >>> file_name("outlets", [])
    'outlets'
    >>> file_name("outlets", [("outlet", "../../x")])
    'outlets-x-7e220868'
    """
    if not each and _PLAIN.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    joined = " ".join([name, *(words or (str(value) for _, value in each))])
    ascii_only = unicodedata.normalize("NFKD", joined).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only)[:60].strip("-") or "report"
    exact = json.dumps([name, each], ensure_ascii=True)
    return f"{slug}-{hashlib.sha256(exact.encode()).hexdigest()[:8]}"
