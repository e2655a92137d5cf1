"""Print how often the comparisons are wrong where the truth is known, as a Markdown table.

``python -m tests.benchmarks.calibration [--only WORDS] [--runs N] [--corpus PATH]``. Every check
has a name, a number of runs, and random numbers of its own, so that each can be repeated by itself:
``--only`` takes those whose names begin with the words, ``--runs`` other numbers of runs. PATH is a
corpus, or a table of scores (``.parquet``): articles then have the rates of its articles. Figures
outside of what is wanted are bold; ± is the Monte Carlo error of the least certain figure.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from tests.benchmarks.worlds import Source, read_real


class Row(NamedTuple):
    """Figures of one kind, and between what they are wanted; ``share`` if they are shares."""

    what: str
    figures: Sequence[float]
    wanted: tuple[float, float] | None = None
    share: bool = True


Rows = Iterator[Row]


class Case(NamedTuple):
    """A check with its name and its number of runs."""

    name: str
    check: Callable[[Source, int], Rows]
    runs: int = 1000


LEVEL = (0.03, 0.07)
COVER = (0.92, 0.97)
AT_LEAST = (0.92, 1.0)
FAMILY = (0.0, 0.06)


def main() -> None:
    from tests.benchmarks import calibration_families, calibration_others, calibration_outlets

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", default="", metavar="WORDS")
    options.add_argument("--runs", type=int, metavar="N")
    options.add_argument("--corpus", metavar="PATH")
    given = options.parse_args()
    real = read_real(given.corpus) if given.corpus else None
    rooms = (calibration_outlets, calibration_families, calibration_others)
    cases = [case for room in rooms for case in room.CASES]
    chosen = [case for case in cases if case.name.startswith(given.only)]
    if not chosen:
        options.error(
            "--only must be how one of these begins:\n" + "\n".join(case.name for case in cases)
        )
    print("| with | | found | ± | runs | wanted |\n| --- | --- | --- | --- | --- | --- |")
    for case in chosen:
        source = Source(np.random.default_rng(list(case.name.encode())), real)
        runs, name = given.runs or case.runs, case.name
        for row in case.check(source, runs):
            print(f"| {name} | {row.what} | {_found(row)} | {_error(row, runs)} | {runs:,} "
                  f"| {_wanted(row)} |", flush=True)  # fmt: skip
            name = ""


def _found(row: Row) -> str:
    low, high = row.wanted or (-np.inf, np.inf)
    texts = [short(figure) if row.share else f"{figure:.3f}" for figure in row.figures]
    inside = [low <= round(figure, 3) <= high for figure in row.figures]
    return " / ".join(t if fine else f"**{t}**" for t, fine in zip(texts, inside, strict=True))


def _error(row: Row, runs: int) -> str:
    """Return the largest Monte Carlo error; of what never, or always, came, that of one run."""
    share = np.clip(row.figures, 1 / runs, 1 - 1 / runs)
    return short(float(np.sqrt(share * (1 - share) / runs).max())) if row.share else ""


def _wanted(row: Row) -> str:
    if not row.wanted:
        return ""
    low, high = (short(end).rstrip("0").rstrip(".") or "0" for end in row.wanted)
    if row.wanted[0] == row.wanted[1]:
        return low
    return f"≤ {high}" if low == "0" else f"≥ {low}" if high == "1" else f"{low}–{high}"


def short(figure: float) -> str:
    """Return three decimals without the zero before them."""
    return f"{figure:.3f}".removeprefix("0")


if __name__ == "__main__":
    main()
