"""Print how often the comparisons are wrong where the truth is known, as a Markdown table.

``python -m tests.benchmarks.calibration [--runs N] [--only WORD] [--corpus PATH]``. A thousand
runs of everything, the default, take about half an hour, 200 some minutes; slow checks do a half
or a quarter of them. Every row has the number of its runs and the Monte Carlo error of its figure;
what is wanted stands beside it. PATH is a corpus, or a table of scores (``.parquet``): worlds are
then made from its articles.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np

from tests.benchmarks import calibration_others as others
from tests.benchmarks import calibration_outlets as outlets
from tests.benchmarks.calibration_real import real_articles
from tests.benchmarks.worlds import Rows


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=1000, metavar="N")
    options.add_argument("--only", default="", metavar="WORD")
    options.add_argument("--corpus", metavar="PATH")
    given = options.parse_args()
    print("| with | figure | ± | runs | wanted |\n| --- | --- | --- | --- | --- |")
    for check in CHECKS if not given.corpus else [real_articles]:
        if given.only in check.__name__:
            rng = np.random.default_rng(1)
            how = [given.runs, *([given.corpus] if given.corpus else [])]
            for row in check(rng, *how):
                error = np.sqrt(row.figure * (1 - row.figure) / row.runs) if row.share else np.nan
                about = f"{error:.3f}" if row.share else ""
                cells = [row.what, f"{row.figure:.3f}", about, f"{row.runs:,}", row.wanted]
                print(f"| {' | '.join(cells)} |", flush=True)


CHECKS: list[Callable[..., Rows]] = [
    outlets.unmatched_with_events, outlets.blank_events, outlets.matched_intervals, outlets.levels,
    outlets.within_topics, outlets.uneven_sides, outlets.keyness, outlets.family,
    outlets.detectable, outlets.headlines, outlets.robustness, outlets.equivalence, others.effect_sizes, others.groups_of_outlets, others.balances,
    others.levels_over_time, others.before_and_after, others.serial_order,
]  # fmt: skip


if __name__ == "__main__":
    main()
