"""Print how long comparing many outlets takes.

``OPENBLAS_NUM_THREADS=1 python -m tests.benchmarks.comparing`` (on one core): 35,000 articles of
ten paragraphs, 12 outlets, 20 measures, 2,000 resamples; and 200 outlets with the default of
`compare`: 100 articles each beside their mean, and 10 articles each in all 19,900 pairs. Takes
about two minutes.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

import framing as fr

ARTICLES, OUTLETS, MEASURES, PARAGRAPHS, RESAMPLES = 35_000, 12, 20, 10, 2_000
MANY = {"articles": 20_000, "outlets": 200, "paragraphs": 1}
FEW = {"articles": 2_000, "outlets": 200, "paragraphs": 3}


def made_up(
    articles: int = ARTICLES, outlets: int = OUTLETS, paragraphs: int = PARAGRAPHS
) -> pd.DataFrame:
    """Scores of paragraphs with counts at random, every event covered by ten articles."""
    rng = np.random.default_rng(1)
    article = np.repeat(np.arange(articles), paragraphs)
    n = len(article)
    table = pd.DataFrame(
        {
            "article": pd.Series(article).astype(str).str.zfill(6),
            "outlet": rng.integers(outlets, size=articles).astype(str)[article],
            "event": (np.arange(articles) // 10).astype(str)[article],
            "paragraph": np.tile(np.arange(paragraphs), articles),
            "role": "body",
            "text": [f"paragraph {k}" for k in range(n)],
            "words": rng.integers(20, 80, n),
            "sentences": 2,
            "tone": rng.normal(0, 0.2, n).clip(-1, 1),
        }
    )
    names = ["hedge", "alarm", "boost", *(f"category{k}" for k in range(MEASURES - 4))]
    return table.assign(**{name: rng.poisson(0.3, n) for name in names})


def took(what: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    what()
    return time.perf_counter() - clock, time.process_time() - processor


def main() -> None:
    scores, many, few = made_up(), made_up(**MANY), made_up(**FEW)
    print(
        f"{ARTICLES:,} articles, {OUTLETS} outlets, {MEASURES} measures, {RESAMPLES:,} resamples\n"
    )
    print("| what | seconds | processor seconds |\n| --- | --- | --- |")
    todo: dict[str, Callable[[], object]] = {
        "levels": lambda: fr.levels(scores),
        "compare": lambda: fr.compare(scores, n_resamples=RESAMPLES),
        'compare(match="event")': lambda: fr.compare(scores, match="event", n_resamples=RESAMPLES),
        'rate_ratios(match="event")': lambda: fr.rate_ratios(scores, match="event"),
        'compare(against="rest"), 200 outlets': lambda: fr.compare(many, against="rest"),
        "compare, 200 outlets": lambda: fr.compare(few),
    }
    for name, what in todo.items():
        clock, processor = took(what)
        print(f"| {name} | {clock:.1f} | {processor:.1f} |", flush=True)


if __name__ == "__main__":
    main()
