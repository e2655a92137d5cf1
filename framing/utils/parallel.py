"""Spread work over processes and machines: the same results, in the same order."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


# Returns the results of a function for some items, in their order, as ``map`` does.
Spread = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
_AHEAD = 2  # items waiting per process: enough to keep it busy, few enough for memory


@contextmanager
def spread_over(workers: int) -> Iterator[Spread]:
    """Give a ``map`` that uses ``workers`` processes, this one among them.

    This process works while the others start. Items are taken when they are needed, so that only a
    few are in memory at a time. Processes are started afresh, because forks of a program with
    threads may hang. Functions and items must be picklable. (joblib took 1.25 to 1.4 times as long
    for `score` with two workers, and its processes outlived a killed parent.)
    """
    from framing.arguments import check_whole

    check_whole("workers", workers, least=1)
    if workers == 1:
        yield map
        return
    others = workers - 1
    pool = ProcessPoolExecutor(others, get_context("spawn"), initializer=_start)
    try:
        yield partial(in_order, pool, ahead=_AHEAD * others, here=True)
    except BrokenProcessPool as error:
        raise RuntimeError(
            "the worker processes ended before their work was done. In a script, start the work "
            "below the line  if __name__ == '__main__':  (each worker reads the script again), "
            "or, if memory was short, use fewer workers"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def spread_out(function: Callable[[T], R], items: Iterable[T], *, workers: int) -> Iterator[R]:
    """Apply a function to every item in several processes, which are ended afterwards.

    >>> list(spread_out(abs, [1, -2], workers=1))
    [1, 2]
    """
    with spread_over(workers) as spread:
        yield from spread(function, items)


def in_order(
    pool: Executor,
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    ahead: int,
    here: bool = False,
) -> Iterator[R]:
    """Yield the results in the order of the items, with at most ``ahead`` of them in progress.

    With ``here``, this process works on the next item instead of waiting for the others, unless
    twice as many results wait for the first one.
    """
    waiting: deque[Future[R]] = deque()
    most = 3 * ahead if here else ahead
    for item in items:
        busy = here and sum(not future.done() for future in waiting) >= ahead
        waiting.append(_now(function, item) if busy else pool.submit(function, item))
        while len(waiting) >= most or (waiting and waiting[0].done()):
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _now(function: Callable[[T], R], item: T) -> Future[R]:
    """Process the item here; an error is raised where the result is taken."""
    future: Future[R] = Future()
    try:
        future.set_result(function(item))
    except Exception as error:
        future.set_exception(error)
    return future


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Raise what a library panics with as an error, which costs one input and not the run.

    Libraries written in Rust panic with what is no ``Exception``, and passes no process unharmed.
    """
    try:
        yield
    except (Exception, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as panic:
        raise ValueError(f"{type(panic).__name__}: {panic}") from panic


def collect_rarely() -> None:
    """Let the garbage collector of a process of our own look less often for cycles.

    Tables are made of many small objects that stay, and are in no cycle: to look at them again and
    again takes a fifth of the time in which short articles are read.
    """
    gc.set_threshold(50_000, 20, 20)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Let the garbage collector of a process of the user's do so, too, for a while."""
    before = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _start() -> None:
    """Set a worker up to end when its parent is killed, which would not end it otherwise."""
    collect_rarely()
    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()


@contextmanager
def cluster(address: str) -> Iterator[Any]:
    """Give a client of the Dask scheduler at an address."""
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise ModuleNotFoundError("Dask is missing: pip install 'news-framing[dask]'") from None
    with Client(address) as client:
        yield client


def is_dask(table: object) -> bool:
    """Return whether a table is a Dask DataFrame, without importing Dask."""
    return type(table).__module__.partition(".")[0] in ("dask", "dask_expr")
