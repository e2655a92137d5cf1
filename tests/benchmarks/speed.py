"""Print how fast it is, beside what people use today, as a Markdown table.

``python -m tests.benchmarks.speed [--text PATH]``; PATH has a text a line, or JSON lines with
``text``. Takes about four minutes.
"""

from __future__ import annotations

import json
import math
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version

import pandas as pd

import framing as fr
from tests.benchmarks.contestants import (
    SCORE,
    SCORES,
    SCORES_AND_CUES,
    VADER,
    VADER_AND_RE,
    bare_cues,
    contestants,
)
from tests.benchmarks.texts import cut_to, prose, shapes
from tests.programs import options

_ROUNDS = 5
_RIVALS = {SCORES_AND_CUES: VADER_AND_RE, SCORE: VADER_AND_RE}
# Tokens of a text: how many texts there are, and how many of them those without arrays read.
_LENGTHS = {20: (15_000, 500), 60: (5_000, 200), 600: (500, 20), 5_000: (60, 2)}


def main() -> None:
    path = options(__doc__, text=None).text
    words = prose(path)
    packages = ("vaderSentiment", "numpy", "pyarrow", "pandas")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    print(f"Python {platform.python_version()}, {versions}; {platform.machine()}.")
    print(f"Text: {path or 'the manual of Python'}. Medians of {_ROUNDS} alternated runs, ", end="")
    print(
        "with the range, in processor time; × is vaderSentiment's time over this one, and ", end=""
    )
    print("that of vaderSentiment + `re` where cues are found as well.")
    for section in (by_length, short_calls, rules_and_voices, two_workers, memory, growth):
        print(f"\n## {section.__doc__}\n", flush=True)
        show(section(words))


def by_length(words: list[str]) -> list[dict[str, object]]:
    """Microseconds a text, by its length in tokens."""
    rows = []
    for length, (number, few) in _LENGTHS.items():
        texts = cut_to(words, length, number)
        runs = {}
        for name, score in contestants().items():
            own = texts if name.startswith("ours") else texts[:few]
            runs[name] = (lambda score=score, own=own: score(own), len(own))
        rows.append({"tokens": length} | compared(runs))
    return rows


def short_calls(words: list[str]) -> list[dict[str, object]]:
    """Microseconds a call with a few short texts."""
    rows = []
    for length, number in ((5, 1), (12, 1), (20, 1), (20, 3), (60, 1)):
        texts = cut_to(words, length, number)
        chosen = {k: s for k, s in contestants().items() if k in (VADER, SCORES)}

        def often(score: Callable[[list[str]], object], texts: list[str] = texts) -> None:
            for _ in range(200):
                score(texts)

        runs = {k: (lambda s=s, often=often: often(s), 200) for k, s in chosen.items()}
        rows.append({"tokens": length, "texts": number} | compared(runs))
    return rows


def rules_and_voices(words: list[str]) -> list[dict[str, object]]:
    """Microseconds a text of 40 tokens for its cues: bare, and with rules, voice and negation."""
    texts = cut_to(words, 40, 15_000)
    table = pd.DataFrame({"text": texts})
    runs = {
        "bare": (lambda: bare_cues(texts), len(texts)),
        "`find_cues`": (lambda: fr.find_cues(table), len(texts)),
    }
    return [compared(runs, rival="bare")]


def two_workers(words: list[str]) -> list[dict[str, object]]:
    """Seconds for 100,000 paragraphs of 60 tokens, start of the workers included."""
    table = pd.DataFrame({"text": cut_to(words, 60, 100_000)})
    seconds = {}
    for workers in (1, 2):
        begin = time.perf_counter()
        fr.score(table, workers=workers)
        seconds[workers] = time.perf_counter() - begin
    measured = {f"{n} workers": f"{took:.1f}" for n, took in seconds.items()}
    return [measured | {"times": f"{seconds[1] / seconds[2]:.2f}"}]


def memory(_: list[str]) -> list[dict[str, object]]:
    """Megabytes at most, above the table and its scores (60 tokens a row)."""
    rows = []
    for number in (20_000, 200_000, 1_000_000):
        measured = _in_a_process("rows", number)
        rows.append({"rows": f"{number:,}"} | {k: f"{v:.0f}" for k, v in measured.items()})
    return rows


def growth(_: list[str]) -> list[dict[str, object]]:
    """Seconds for one text of so many characters; the time grows with this power of the length."""
    sizes = (50_000, 500_000, 5_000_000)
    rows = []
    for shape in shapes(["a"], 9):
        measured = _in_a_process(shape, *sizes)
        power = math.log(measured["5000000"] / measured["500000"]) / math.log(10)
        seconds = {f"{size:,}": f"{measured[str(size)]:.3f}" for size in sizes}
        rows.append(
            {"text": shape} | seconds | {"power": f"{power:.2f}", "MB": f"{measured['MB']:.0f}"}
        )
    return rows


def compared(
    runs: dict[str, tuple[Callable[[], object], int]], rival: str = VADER
) -> dict[str, object]:
    """Time runs in turn; each comes with the number of its texts."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(_ROUNDS):
        for name, (run, number) in runs.items():
            begin = time.process_time()
            run()
            taken[name].append((time.process_time() - begin) / number * 1e6)
    return {name: _cell(times, taken[_RIVALS.get(name, rival)]) for name, times in taken.items()}


def _cell(times: list[float], rival: list[float]) -> str:
    middle = statistics.median(times)
    faster = statistics.median(rival) / middle
    return f"{middle:.4g} ({min(times):.4g}–{max(times):.4g}), {faster:.3g}×"


def _in_a_process(*arguments: object) -> dict[str, float]:
    """Measure in a process of its own, so that its memory is that of one thing alone."""
    command = [sys.executable, "-m", "tests.benchmarks.alone", *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def show(rows: list[dict[str, object]]) -> None:
    names = list(rows[0])
    for cells in (names, ["---"] * len(names), *(row.values() for row in rows)):
        print("|", " | ".join(map(str, cells)), "|")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
