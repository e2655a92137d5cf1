"""Make the reports of a plan that are not up to date, in several processes."""

from __future__ import annotations

import fnmatch
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tqdm import tqdm

from framing.batch import pool
from framing.batch.kept import Studies
from framing.batch.listing import is_listed, write_index
from framing.batch.named import errors, names_something
from framing.batch.plan import read_plan
from framing.report import record
from framing.report.job import Job, Outcome, Report
from framing.report.prepare import check_folder, in_the_way, prepare
from framing.text.encoding import printable
from framing.utils.files import UNFINISHED, check_path, locked, remove

if TYPE_CHECKING:
    import pandas as pd


_UNTOUCHED = Outcome("", [], 0.0)


class Result(NamedTuple):
    """How a report of the batch ended; the columns of `run_batch`."""

    report: str
    notebook: str
    outcome: str
    why: str
    seconds: float
    error: str


class _Task(NamedTuple):
    """A report of the batch, and why it has to be made; no reasons if it is up to date."""

    job: Job
    why: list[str]

    @property
    def name(self) -> str:
        return self.job.report.out.stem


def run_batch(
    plan: str | Path,
    *,
    workers: int | None = None,
    only: str = "*",
    dry_run: bool = False,
    kernel: bool = False,
    html: bool = False,
    docx: bool = False,
    dask: str | None = None,
    cache: str | Path | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    """Make all reports of a plan that are not up to date.

    Parameters
    ----------
    plan : str or Path
        The TOML file; ``docs/batch.md`` describes it.
    workers : int, optional
        Number of reports made at a time; one per processor by default.
    only : str
        Make only reports whose name matches the pattern, such as ``"outlets-*"``.
    dry_run : bool
        Whether to make nothing, and return what would be made and why.
    kernel, html, docx : bool
        As in `render`, for all reports; otherwise the plan decides.
    dask : str, optional
        Address of a Dask scheduler, such as ``tcp://10.0.0.1:8786``, whose workers make the
        reports, with the same bytes. They must see the same files under the same names and have
        the same versions of everything; ``workers`` is ignored.
    cache : str or Path, optional
        Folder in which every corpus is kept, read and scored, for the next batch; the user's cache
        folder by default. It contains the texts, and can be deleted at any time.
    progress : bool
        Whether to show progress on standard error: a bar on a terminal, lines elsewhere.

    Returns
    -------
    DataFrame
        One row per report: ``report`` (its name), ``notebook``, ``outcome`` (done, up to date,
        failed, or, in a dry run, would run or would fail), ``why`` (new, or what has changed:
        corpus, notebook, parameters, lexicon, versions, options), ``seconds``, and ``error``, which
        is empty unless the report failed or would: in a dry run, it would replace a file that is no
        report, or a notebook of the package names an outlet, event, article, measure or recipe that
        there is not.

    Raises
    ------
    ValueError, FileNotFoundError
        If there is a mistake in the plan; nothing has been made then.
    OSError
        If the output folder cannot be written to, or another batch is running in it.
    """
    import pandas as pd

    results = outcomes(
        plan, workers=workers, only=only, dry_run=dry_run, kernel=kernel, html=html, docx=docx,
        dask=dask, cache=cache, progress=progress,
    )  # fmt: skip
    return pd.DataFrame(results, columns=Result._fields)


def outcomes(
    plan: str | Path,
    *,
    workers: int | None = None,
    only: str = "*",
    dry_run: bool = False,
    dask: str | None = None,
    cache: str | Path | None = None,
    progress: bool = False,
    **options: bool,
) -> list[Result]:
    """Do what `run_batch` does, without importing pandas if there is nothing to make."""
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be a whole number from 1 on, got {workers}")
    check_path("plan", plan)
    studies = Studies(cache)
    output, planned = read_plan(Path(plan), studies.articles)
    jobs = [_job(report, studies, options) for report in _matching(planned, only)]
    if dry_run:
        return _foreseen([_task(job) for job in jobs], studies)
    check_folder(output)
    with locked(output / ".framing.lock"):
        tasks = [_task(job) for job in jobs]
        for left in (*(task.job.partial for task in tasks), *output.glob(f"{UNFINISHED}*")):
            remove(left)  # of a batch that was killed
        results = {}
        due = [task for task in tasks if task.why]
        try:
            if due:
                there = pool.of_cluster(dask) if dask else pool.here(workers, len(due))
                made = _made(due, there, studies, progress)
                for task, outcome in _with_progress(made, len(due), progress):
                    state = "failed" if outcome.error else "done"
                    results[task.name] = _result(task, state, outcome)
        finally:  # also of a batch that is stopped
            if due or not is_listed(output, planned):
                write_index(output, planned, studies.articles)
    return [results.get(task.name) or _result(task, "up to date") for task in tasks]


def _foreseen(tasks: list[_Task], studies: Studies) -> list[Result]:
    """Return which reports would be made, and which would stop at what is there or they name."""
    naming = {task.name: task.job for task in tasks if task.why and names_something(task.job)}
    folders = _folders(naming.values(), studies)
    found = errors(naming.values(), (folders[_read_as(job)] for job in naming.values()))
    errors_of = dict(zip(naming, found, strict=True))
    results = []
    for task in tasks:
        error = in_the_way(task.job) or errors_of.get(task.name, "")
        state = "would fail" if error else "would run" if task.why else "up to date"
        results.append(_result(task, state, Outcome(error, [], 0.0)))
    return results


def _matching(reports: list[Report], pattern: str) -> list[Report]:
    """Return the reports whose name matches; raise an error if there is none."""
    found = [report for report in reports if fnmatch.fnmatchcase(report.out.stem, pattern)]
    if not found:
        names = ", ".join(report.out.stem for report in reports[:5])
        raise ValueError(f"no report matches {pattern!r}, of {len(reports)}: {names} …")
    return found


def _job(report: Report, studies: Studies, options: Mapping[str, bool]) -> Job:
    """Check a report and return it as a job; options of the batch go before those of the plan."""
    wanted: dict[str, Any] = {name: True for name, chosen in options.items() if chosen}
    report = replace(report, **wanted)
    try:
        return prepare(report, hashes=studies.hash_of)
    except ValueError as error:
        raise ValueError(f"report {report.out.stem!r}: {error}") from None


def _task(job: Job) -> _Task:
    return _Task(job, record.changes(job.report.out, job.record))


def _made(
    due: list[_Task], workers: AbstractContextManager[pool.Pool], studies: Studies, progress: bool
) -> Iterator[tuple[_Task, Outcome]]:
    """Make the reports, several at a time, and yield each as it ends."""
    with workers as ready:  # they import while the corpora are read
        folders = _folders([task.job for task in due], studies)
        if progress:
            _show_reading(folders)
        tasks, jobs = [], []
        for task in due:
            study, error = folders.get(_read_as(task.job)), in_the_way(task.job)
            if isinstance(study, Exception) and task.job.report.reading:
                error = error or str(study)  # it cannot be read as it should be
            if error:
                yield task, Outcome(error, [], 0.0)
                continue
            tasks.append(task)
            jobs.append(task.job.with_study(study) if isinstance(study, Path) else task.job)
        for place, outcome in pool.made(ready, jobs):
            yield tasks[place], outcome


def _read_as(job: Job) -> tuple[Path | None, str]:
    """Return what a job reads, and how."""
    return job.corpus, json.dumps(job.report.reading)


def _folders(
    jobs: Iterable[Job], studies: Studies
) -> dict[tuple[Path | None, str], Path | Exception]:
    """Read and score each corpus once; the error of one that fails is raised by its reports."""
    found: dict[tuple[Path | None, str], Path | Exception] = {}
    for job in jobs:
        if job.corpus and job.takes_study and (key := _read_as(job)) not in found:
            try:
                found[key] = studies.folder(job.corpus, job.report.reading)
            except (ValueError, OSError) as error:
                found[key] = error
    return found


def _show_reading(folders: Mapping[tuple[Path | None, str], Path | Exception]) -> None:
    """Print what was read as what in each corpus."""
    from framing.corpus.summary import reading  # slow to import

    for (corpus, _), study in folders.items():
        if corpus and isinstance(study, Path):
            tqdm.write(printable(f"{corpus.name}: {reading(study)}"), file=sys.stderr)


def _result(task: _Task, outcome: str, how: Outcome = _UNTOUCHED) -> Result:
    notebook, why = task.job.report.notebook.name, ", ".join(task.why)
    return Result(task.name, notebook, outcome, why, round(how.seconds, 1), how.error)


def _with_progress(
    made: Iterable[tuple[_Task, Outcome]], total: int, progress: bool
) -> Iterator[tuple[_Task, Outcome]]:
    """Show progress: reports done, failed and left, and the slowest one."""
    terminal = sys.stderr.isatty()
    done = failed = 0
    slowest = ("", 0.0)
    with tqdm(total=total, desc="Reports", disable=not (progress and terminal)) as bar:
        for task, outcome in made:
            name = printable(task.name)
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
                line = f"{done + failed} of {total}: {name}: {state}, {outcome.seconds:.1f} s"
                print(printable(line), file=sys.stderr, flush=True)
            yield task, outcome
