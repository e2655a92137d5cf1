"""Many reports: what has to be made is made, in several processes; what is there stays."""

from __future__ import annotations

import contextlib
import fnmatch
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tqdm import tqdm

from framing.batch import pool as crew
from framing.batch.plan import Planned, read_plan
from framing.report import record
from framing.report import render as report
from framing.utils import cache as kept
from framing.utils.files import locked, remove, sha256

if TYPE_CHECKING:
    import pandas as pd


class Row(NamedTuple):
    """How a report of the batch ended; `run_batch` tells what stands in it."""

    report: str
    notebook: str
    outcome: str
    why: str
    seconds: float
    error: str


class _Task(NamedTuple):
    """A report of the batch, with why it is to be made; nothing if it is up to date."""

    planned: Planned
    job: report.Job
    why: list[str]


def run_batch(
    plan: str | Path,
    *,
    workers: int | None = None,
    only: str = "*",
    dry_run: bool = False,
    kernel: bool = False,
    html: bool = False,
    dask: str | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    """Make all reports of a plan that are not up to date.

    Parameters
    ----------
    plan : str or Path
        The TOML file; ``docs/batch.md`` describes it.
    workers : int, optional
        How many reports are made at a time; as many as there are processors by default.
    only : str
        Only reports whose name fits the pattern, such as ``"outlets-*"``.
    dry_run : bool
        Make nothing, and tell what would be made and why.
    kernel, html : bool
        As in `render`, for all reports; otherwise the plan decides.
    dask : str, optional
        Address of a Dask scheduler, such as ``tcp://10.0.0.1:8786``: its workers make the reports,
        with the same bytes. They see the same files under the same names, and have the same
        versions of everything; ``workers`` is not used.
    progress : bool
        Tell on standard error how far it is: a bar, or lines if that is no terminal.

    Returns
    -------
    DataFrame
        A row a report: ``report`` (its name), ``notebook``, ``outcome`` (done, up to date,
        failed, or, in a dry run, would run), ``why`` (new, or what has changed: corpus, notebook,
        parameters, lexicon, versions, options), ``seconds``, and ``error``, empty but for those
        that failed.

    Raises
    ------
    ValueError, FileNotFoundError
        If the plan asks for what there is not; nothing has been made then.
    OSError
        If the folder cannot be written to, or another batch is at work in it.
    """
    import pandas as pd

    rows = outcomes(
        plan, workers=workers, only=only, dry_run=dry_run, kernel=kernel, html=html, dask=dask,
        progress=progress,
    )  # fmt: skip
    return pd.DataFrame(rows, columns=Row._fields)


def outcomes(
    plan: str | Path,
    *,
    workers: int | None = None,
    only: str = "*",
    dry_run: bool = False,
    kernel: bool = False,
    html: bool = False,
    dask: str | None = None,
    progress: bool = False,
) -> list[Row]:
    """Do what `run_batch` does, without pandas as long as there is nothing to make."""
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be at least 1, and {workers} came")
    if not Path(plan).is_file():
        raise FileNotFoundError(f"{plan}: no such file; 'framing new DIR' makes a study with one")
    hashes = cache(sha256)
    output, planned = read_plan(Path(plan), lambda path, key: _values(path, key, hashes(path)))
    chosen = [one for one in planned if fnmatch.fnmatchcase(one.name, only)]
    if not chosen:
        names = ", ".join(one.name for one in planned[:5])
        raise ValueError(f"no report fits {only!r}; there are {len(planned)}: {names} …")
    pairs = [(one, _job(one, output, hashes, kernel=kernel, html=html)) for one in chosen]
    if dry_run:
        tasks = [_Task(*pair, record.changes(pair[1])) for pair in pairs]
        return [_row(task, "would run" if task.why else "up to date") for task in tasks]
    for _, job in pairs:
        report.check_target(Path(job["out"]))
    with locked(output / ".framing.lock"):
        tasks = [_Task(*pair, record.changes(pair[1])) for pair in pairs]
        for task in tasks:
            remove(Path(task.job["partial"]))  # left by a batch that was killed
        rows = {task.planned.name: _row(task, "up to date") for task in tasks if not task.why}
        due = [task for task in tasks if task.why]
        if due:
            number = min(workers or _processors(), len(due))
            crews = crew.of_cluster(dask) if dask else crew.here(number)
            for task, outcome in _told(_made(due, crews, hashes), len(due), progress):
                state = "failed" if outcome.error else "done"
                rows[task.planned.name] = _row(task, state, outcome)
    return [rows[task.planned.name] for task in tasks]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _job(
    planned: Planned, output: Path, hashes: Callable[[Path], str], *, kernel: bool, html: bool
) -> report.Job:
    """Check a report, and say what there is to do for it."""
    options = {k: v for k, v in planned.options.items() if k != "timeout"}
    options |= {"kernel": kernel or options["kernel"], "html": html or options["html"]}
    out = output / f"{planned.name}.pdf"
    try:
        return report.prepare(
            planned.notebook,
            out,
            corpus=planned.corpus,
            parameters=planned.parameters,
            hashes=hashes,
            **options,
        )
    except ValueError as error:
        raise ValueError(f"report {planned.name!r}: {error}") from None


def _keep(path: Path, digest: str) -> Path:
    """Keep a corpus, read and scored, where all reports find it."""
    from framing.corpus.corpus import read_corpus
    from framing.scoring.cues import find_cues
    from framing.scoring.score import score

    def make() -> dict[str, pd.DataFrame]:
        corpus = read_corpus(path)
        scores = score(corpus.paragraphs)
        return {**corpus._asdict(), "scores": scores, "cues": find_cues(scores)}

    return kept.keep([digest, json.dumps(record.versions())], make)


def _values(path: Path, key: str, digest: str) -> list[str]:
    """The values that the articles of a corpus have in a column: ``outlet`` or ``outlets``."""
    import pandas as pd

    articles = pd.read_parquet(_keep(path, digest) / "articles.parquet")
    column = key if key in articles else key.removesuffix("s")
    if column not in articles:
        raise ValueError(f'each.{key} = "all": articles have {", ".join(articles)}')
    return sorted(set(articles[column].dropna().astype(str)) - {""})


def _made(
    due: list[_Task],
    crews: AbstractContextManager[crew.Crew],
    hashes: Callable[[Path], str],
) -> Iterator[tuple[_Task, report.Outcome]]:
    """Make the reports, many at a time; yield each as it ends."""
    with crews as ready:  # its imports take as long as what comes next
        corpora = {"corpora": _corpora(due, hashes)}
        work = [crew.Work(task.job | corpora, task.planned.options["timeout"]) for task in due]
        for place, outcome in crew.made(ready, work):
            yield due[place], outcome


def _corpora(due: Iterable[_Task], hashes: Callable[[Path], str]) -> dict[str, str]:
    """Read and score the corpora; one that cannot be is left to the reports, which will say so."""
    found = {}
    for path in {task.planned.corpus for task in due}:
        if path:
            with contextlib.suppress(ValueError, OSError):
                found[str(path.resolve())] = str(_keep(path, hashes(path.absolute())))
    return found


def _row(task: _Task, outcome: str, how: report.Outcome | None = None) -> Row:
    return Row(
        task.planned.name,
        task.planned.notebook.name,
        outcome,
        ", ".join(task.why),
        round(how.seconds, 1) if how else 0.0,
        how.error if how else "",
    )


def _told(
    made: Iterable[tuple[_Task, report.Outcome]], total: int, progress: bool
) -> Iterator[tuple[_Task, report.Outcome]]:
    """Tell how far it is: reports done, failed and still to come, and the slowest."""
    terminal = sys.stderr.isatty()
    done = failed = 0
    slowest = ("", 0.0)
    with tqdm(total=total, desc="Reports", disable=not (progress and terminal)) as bar:
        for task, outcome in made:
            name = task.planned.name
            done, failed = done + (not outcome.error), failed + bool(outcome.error)
            slowest = max(slowest, (name, outcome.seconds), key=lambda one: one[1])
            bar.set_postfix_str(
                f"{done} done, {failed} failed, {total - done - failed} to go, "
                f"slowest {slowest[0]} {slowest[1]:.1f} s"
            )
            bar.update()
            if progress and not terminal:
                why = outcome.error.replace("\n", " ")
                state = f"failed: {why}" if why else "done"
                said = f"{done + failed} of {total}: {name}: {state}, {outcome.seconds:.1f} s"
                print(said, file=sys.stderr, flush=True)
            yield task, outcome
