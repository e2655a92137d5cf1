"""Show the progress of long work: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")
_SECONDS = 10  # between two lines where there is no terminal


def telling(items: Iterable[T], what: str, size: Callable[[T], int]) -> Iterator[T]:
    """Yield the items and show their number on standard error."""
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
