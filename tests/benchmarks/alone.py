"""Measurements that need a process of their own; what was found is printed as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import pandas as pd

import framing as fr
from tests.benchmarks.texts import cut_to, prose, shapes


def peak() -> float:
    """Most memory so far, in MB."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1e6 if sys.platform == "darwin" else 1e3)


def rows(number: int) -> dict[str, float]:
    """What `score` takes above a table and the scores of it; tokens repeat."""
    once = cut_to(prose(None), 60, 20_000)
    fr.score(pd.DataFrame({"text": once[:100]}))
    table = pd.DataFrame({"text": once * (number // len(once))})
    _forget_peak()
    before = peak_now()
    scores = fr.score(table)
    made = scores.memory_usage(deep=False).drop(["Index", "text"]).sum() / 1e6
    return {"table": before, "scores": made, "above": peak_now() - before - made}


def peak_now() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return peak()
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1e3


def _forget_peak() -> None:
    """Let the peak be measured from here on, where the system can."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")


def growth(shape: str, sizes: list[int]) -> dict[str, float]:
    """Seconds for one text of every size, cues and all."""
    words = prose(None)
    fr.score(pd.DataFrame({"text": [shapes(words, 1000)[shape]], "language": "en"}))
    seconds = {}
    for size in sizes:
        table = pd.DataFrame({"text": [shapes(words, size)[shape]], "language": "en"})
        begin = time.perf_counter()
        fr.score(table)
        seconds[str(size)] = time.perf_counter() - begin
    return seconds | {"MB": peak()}


if __name__ == "__main__":
    what, *numbers = sys.argv[1:]
    sizes = [int(number) for number in numbers]
    print(json.dumps(rows(*sizes) if what == "rows" else growth(what, sizes)))
