"""Work spread over processes: the same results in the same order, however many there are."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from tqdm import tqdm

T = TypeVar("T")
_AHEAD = 3  # tasks a process has waiting: enough to be busy, few enough to hold in memory
_SECONDS = 10  # between two lines of progress where there is no terminal


# Gives the results of a function for some tasks, in their order, as ``map`` does.
Spread = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]


@contextmanager
def spread_over(workers: int) -> Iterator[Spread]:
    """Give a ``map`` that works in so many processes; in this one where it is one.

    The processes start anew (spawn), on every system: functions and tasks have to be picklable,
    and a script that calls this needs its ``if __name__ == "__main__":``. Tasks are taken as they
    are needed, so that never many of them are in memory.
    """
    if workers <= 1:
        yield map
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:

        def spread(function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
            waiting: deque[Future[Any]] = deque()
            for task in tasks:
                waiting.append(pool.submit(function, task))
                if len(waiting) > _AHEAD * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

        yield spread


def telling(items: Iterable[T], what: str, size: Callable[[T], int]) -> Iterator[T]:
    """Tell on standard error how many things came by: a line, where that is no terminal."""
    bar = tqdm(desc=what, unit="", disable=not sys.stderr.isatty(), unit_scale=True)
    count, last = 0, time.monotonic()
    for item in items:
        yield item
        count += size(item)
        bar.update(size(item))
        if bar.disable and time.monotonic() - last > _SECONDS:
            last = time.monotonic()
            print(f"{what}: {count:,} so far", file=sys.stderr, flush=True)
    bar.close()
    if bar.disable:
        print(f"{what}: {count:,}", file=sys.stderr, flush=True)
