"""A report to make: its description, and the job that its process gets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from framing.utils.files import split_sheet

# Parameters that name a file or folder, or data that comes with the package by this name.
DATA = {"corpus": "corpora", "coded": "corpora", "lexicon": "lexicon/data"}


@dataclass(frozen=True)
class Report:
    """A report to make, with the options of `render`.

    ``memory`` is the limit in bytes, ``timeout`` the limit in seconds; ``formats`` are those
    of tables beside CSV and Parquet.
    """

    notebook: Path
    out: Path
    corpus: Path | None = None
    reading: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    formats: Sequence[str] = ()
    tables: Path | None = None
    paper: str = "a4"
    fonts: Path | None = None
    html: bool = False
    docx: bool = False
    kernel: bool = False
    keep_notebook: bool = False
    memory: int | None = None
    timeout: float | None = None


@dataclass(frozen=True)
class Job:
    """A report that was checked, with all that the process which makes it needs.

    Paths are absolute. ``content`` is the notebook, ``parameters`` those that it runs with,
    ``tables`` the folder that its tables end in, ``corpus`` what it reads, ``lexicon`` the
    dictionary that it names, ``takes_study`` whether it can take a study folder of its corpus,
    ``record`` what the report is made of.
    """

    report: Report
    content: str
    parameters: Mapping[str, Any]
    tables: Path | None
    corpus: Path | None
    lexicon: Path | None
    takes_study: bool
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def partial(self) -> Path:
        """The folder in which the report is made, beside its PDF."""
        return self.report.out.with_name(f".{self.report.out.stem}.partial")

    @property
    def read(self) -> list[Path]:
        """The files and folders that the report is made of."""
        named = (self.corpus, self.lexicon, self.report.notebook)
        return [split_sheet(path)[0] for path in named if path]

    @property
    def run(self) -> Path:
        """The notebook as far as it ran."""
        return self.partial / ".run.ipynb"

    @property
    def log(self) -> Path:
        """The log of the process."""
        return self.partial / ".log"

    def keep_run(self, target: Path) -> None:
        """Write the notebook as far as it ran, with the folder that its tables end in."""
        text = self.run.read_text("utf-8")
        if self.tables:
            folders = str(self.partial / "tables"), str(self.tables)
            in_code = (folder.encode("unicode_escape").decode() for folder in folders)
            for pair in (folders, in_code):  # among the parameters, and in a cell
                staged, final = (json.dumps(f, ensure_ascii=False)[1:-1] for f in pair)
                text = text.replace(staged, final)
        target.write_text(text, "utf-8")

    def with_study(self, folder: Path) -> Job:
        """Return the job with a study folder of its corpus, if the notebook can use one."""
        kept = {"kept": str(folder)} if self.takes_study else {}
        return replace(self, parameters={**self.parameters, **kept})

    def to_json(self) -> str:
        """Return the job as one line."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, line: str | bytes) -> Job:
        """Return the job that `to_json` wrote."""
        values = json.loads(line)
        report = Report(**_with_paths(values.pop("report"), "notebook", "out", "corpus", "tables",
                                      "fonts"))  # fmt: skip
        return cls(report=report, **_with_paths(values, "tables", "corpus", "lexicon"))


class Outcome(NamedTuple):
    """How a report ended; ``error`` is empty if it was made."""

    error: str
    warnings: list[tuple[str, str]]
    seconds: float


def _with_paths(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return values | {name: Path(values[name]) for name in names if values[name] is not None}
