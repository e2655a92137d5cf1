"""Make several reports at a time: in processes here, or on the workers of a Dask cluster."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from queue import SimpleQueue

from framing.report import record
from framing.report.job import Job, Outcome
from framing.report.processes import Worker
from framing.report.render import run
from framing.utils.parallel import cluster

Pool = tuple[Executor, Callable[[Job], Outcome]]


def made(pool: Pool, due: Sequence[Job]) -> Iterator[tuple[int, Outcome]]:
    """Yield the index of each report and its outcome, as it ends."""
    executor, make = pool
    futures = {executor.submit(make, job): place for place, job in enumerate(due)}
    for future in as_completed(futures):
        failed = future.exception()  # of a worker; errors of reports are in their outcome
        lost = Outcome(f"{type(failed).__name__}: {failed}", [], 0.0) if failed else None
        yield futures[future], lost or future.result()


@contextmanager
def here(number: int | None, most: int) -> Iterator[Pool]:
    """Give a pool of processes, one a processor by default, which import at once what they need."""
    here = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    workers = [Worker() for _ in range(min(number or here, most))]
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        worker.start()
        idle.put(worker)
    pool = ThreadPoolExecutor(len(workers))

    def make(job: Job) -> Outcome:
        worker = idle.get()
        try:
            return run(job, worker)
        finally:
            idle.put(worker)

    try:
        yield pool, make
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.close()


@contextmanager
def of_cluster(address: str) -> Iterator[Pool]:
    """Give the workers of a Dask cluster, which must see the same files under the same names."""
    with cluster(address) as client:
        yield client.get_executor(), _make_there


def _make_there(job: Job) -> Outcome:
    """Make a report on another machine, if that has the versions of the record."""
    wanted, found = job.record["versions"], record.versions()
    if wanted != found:
        other = [
            f"{name} {found[name]}, not {wanted.get(name, 'none')}"
            for name in found
            if found[name] != wanted.get(name)
        ]
        raise RuntimeError(f"the worker on {socket.gethostname()} has {'; '.join(other)}")
    worker = Worker()
    try:
        return run(job, worker)
    finally:
        worker.close()
