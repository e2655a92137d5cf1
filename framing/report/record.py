"""The record beside a report: what it was made of, and whether that has changed."""

from __future__ import annotations

import json
import os
import platform
import shlex
from collections.abc import Mapping
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing import __version__
from framing.utils.files import PACKAGE, sha256, sha256_of_package, sha256_of_rows, split_sheet

if TYPE_CHECKING:
    from framing.lexicon.lexicon import Lexicon
    from framing.report.job import Report

_LEXICON = PACKAGE / "lexicon" / "data"
_PACKAGES = [
    "beautifulsoup4", "IPython", "ipykernel", "matplotlib", "markdown-it-py", "nbclient", "numpy",
    "pandas", "papermill", "pyarrow", "rapidfuzz", "scipy", "sentencex", "trafilatura", "typst",
    "vaderSentiment",
]  # fmt: skip
# What decides whether a report is up to date; a change is reported in these words.
_DECIDES = ("corpus", "notebook", "parameters", "lexicon", "versions", "options")


def completed(facts: Mapping[str, Any], corpus: Path | None, lexicon: Lexicon) -> dict[str, Any]:
    """Return the facts with those that take time to compute, which a batch without work skips."""
    details = {"name": lexicon.name, "version": lexicon.version, "sha256": lexicon.hash}
    rows = {"corpus rows": sha256_of_rows(split_sheet(corpus)[0])} if corpus else {}
    return {**facts, "lexicon": facts["lexicon"] | details, **rows}


def hashes(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return the hashes that are printed in the report; the order of rows does not change them."""
    found = {
        "corpus": facts.get("corpus rows", ""),
        "notebook": facts.get("instead", facts["notebook"])["sha256"],
        "lexicon": facts["lexicon"]["sha256"],
        "lock file": facts["versions"]["lock file"],
    }
    return {name: value for name, value in found.items() if value}


@cache
def lexicon_files() -> str:
    """Return the hash of the files of the built-in lexicon, which need not be parsed."""
    return sha256(_LEXICON)


@cache
def versions() -> dict[str, str]:
    """Return the versions of everything that affects a report, and the hash of our own code."""
    found = {"Python": platform.python_version(), "framing": __version__}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # an optional one
            found[name] = "none"
    inside = PACKAGE / "constraints.txt"  # of an installed package; in a checkout, beside it
    lock = inside if inside.is_file() else PACKAGE.parent / inside.name
    return found | {
        "framing code": sha256_of_package(PACKAGE),
        "lock file": sha256(lock) if lock.is_file() else "none",
    }


def record_of(out: Path) -> Path:
    """Return the path of the record of a report."""
    return out.with_suffix(".json")


def read_record(out: Path) -> dict[str, Any]:
    """Return the record of a report; empty if it does not exist, or is another file."""
    try:
        found = json.loads(record_of(out).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict) or "framing" not in found:
        return {}
    parts = {"lexicon": dict, "outputs": dict, "beside": list}
    sound = all(isinstance(found.get(name, kind()), kind) for name, kind in parts.items())
    return found if sound else {}


def changes(out: Path, facts: Mapping[str, Any]) -> list[str]:
    """Return why a report has to be made; an empty list if it is up to date.

    Up to date means that its files are as they were written, and the facts are the same.
    """
    before, now = read_record(out), json.loads(json.dumps(facts))
    if not before:
        return ["new"]
    before["lexicon"] = {"files": before.get("lexicon", {}).get("files")}  # it holds more
    found = [name for name in _DECIDES if before.get(name) != now[name]]
    found += [f"{name} wanted" for name in now["beside"] if name not in before.get("beside", [])]
    for name, expected in before.get("outputs", {}).items():
        file = out.parent / name
        if not file.is_file() or sha256(file) != expected:
            return [*found, f"{name} was changed or deleted"]
    return found


def write_record(path: Path, record: Mapping[str, Any]) -> None:
    """Write a record; the same facts give the same bytes."""
    text = json.dumps({"framing": versions()["framing"], **record}, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", errors="backslashreplace", newline="\n")


def counts(tables: Path) -> dict[str, Any]:
    """Return the number of inputs by outcome and reason, and the rows of every table."""
    import pyarrow.parquet as pq

    rows = {file.stem: pq.read_metadata(file).num_rows for file in sorted(tables.glob("*.parquet"))}
    found: dict[str, Any] = {"rows": rows}
    if "audit" in rows:
        audit = pq.read_table(tables / "audit.parquet").to_pandas()
        inputs = audit[audit["block"].isna()].fillna({"reason": ""})
        by = inputs.groupby(["outcome", "reason"], sort=True).size()
        found["inputs"] = [
            {"outcome": outcome, "reason": reason, "count": int(n)}
            for (outcome, reason), n in by.items()
        ]
    return found


def command(report: Report, parameters: Mapping[str, Any]) -> str:
    """Return the command that makes the report again, run in its folder."""
    seen = partial(_seen_from, folder=report.out.parent)
    words = ["framing", "report", seen(report.notebook), "-o", report.out.name]
    for name, value in parameters.items():
        if name == "corpus":
            words += ["--corpus", seen(value)]
        elif name in ("lexicon", "coded") and value:
            files = [seen(one) for one in (value if isinstance(value, list) else [value])]
            words += ["-p", name, files[0] if len(files) == 1 else _argument(files)]
        elif name != "tables":
            words += ["-p", name, _argument(value)]
    words += ["--paper", report.paper] if report.paper != "a4" else []
    words += ["--fonts", seen(report.fonts)] if report.fonts else []
    words += [f"--{name}" for name in ("html", "docx") if getattr(report, name)]
    words += ["--formats", ",".join(report.formats)] if report.formats else []
    for option, value in report.reading.items():
        words += _option(option, value)
    return shlex.join(words)


def _option(name: str, value: Any) -> list[str]:
    """Return the options of the command that set an option of `read_corpus`."""
    options = {"columns": "--map", "outlets": "--outlet", "languages": "--language"}
    option = options.get(name, f"--{name}")
    if isinstance(value, Mapping):
        return [word for pair in value.items() for word in (option, "=".join(pair))]
    values = [value] if isinstance(value, str) else (list(value) or ["any"])
    return [word for one in values for word in (option, one)]


def _seen_from(path: str | Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return Path(path).as_posix()


def _argument(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    return ",".join('"' + str(item).replace('"', '""') + '"' for item in value)
