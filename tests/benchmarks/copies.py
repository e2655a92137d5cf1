"""Print how well and how fast copies are found, as Markdown tables.

``python -m tests.benchmarks.copies [--text PATH] [--events PATH]``; both are JSON lines with
``text``, the second with ``event`` and ``outlet`` as well. Takes some five minutes.
"""

from __future__ import annotations

import itertools
import json
import random
import resource
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

import framing as fr
from framing.reuse.copies import COPIES
from tests.benchmarks.texts import prose
from tests.conftest import STRAIT
from tests.programs import options
from tests.reuse.test_align import pool_of, reworded

_ARTICLES, _WORDS = 35_000, 800
_SHARES = (0.0, 0.1, 0.5, 0.9)  # of the words of a copy that are replaced
_SEEDS = range(3)
_NAMES = 30  # of an event


def main() -> None:
    given = options(__doc__, text=None, events=None)
    for section in (recovery(given.events), independent(given.events), speed(given.text)):
        print(f"\n{section}\n", flush=True)


def articles(path: str | None) -> pd.DataFrame:
    """Paragraphs with ``article``, ``outlet``, ``event``: of a file, or of the example corpus."""
    if path is None:
        corpus = fr.read_corpus(STRAIT).paragraphs
        # The rewrites of the example are no independent reports.
        return corpus[(corpus["role"] == "body") & (corpus["outlet"] != "News Braces Online")]
    table = pd.DataFrame(map(json.loads, Path(path).read_text("utf-8").splitlines()))
    table = table.assign(article=table.index.astype(str), text=table["text"].str.split("\n\n"))
    table = table.explode("text", ignore_index=True)
    return table.assign(paragraph=table.groupby("article").cumcount(), role="body")


def recovery(path: str | None) -> str:
    """Share of paragraphs found again when so many content words are others; names stay."""
    table = articles(path)
    by_article, pool = dict(list(table.groupby("article"))), pool_of(table["text"])
    rows = []
    for share in (0.5, 0.9):
        found = []
        for seed in _SEEDS:
            draw, hits = random.Random(seed), 0
            for paragraphs in by_article.values():
                texts = [reworded(text, share, draw, pool) for text in paragraphs["text"]]
                aligned = fr.align(paragraphs, paragraphs.assign(text=texts))
                hits += (aligned["paragraphs_a"] == aligned["paragraphs_b"]).sum()
            found.append(hits / len(table))
        rows.append((f"{share:.0%}", len(table), statistics.median(found), min(found), max(found)))
    columns = ["replaced", "paragraphs", "found again", "least", "most"]
    return markdown(pd.DataFrame(rows, columns=columns).round(4))


def independent(path: str | None) -> str:
    """Paragraphs of different outlets' reports of one event that are taken for copies."""
    table = articles(path)
    pairs = hits = total = 0
    for _, event in table.groupby("event"):
        for one, other in itertools.combinations(event["article"].unique(), 2):
            a, b = (event[event["article"] == name] for name in (one, other))
            if a["outlet"].iloc[0] != b["outlet"].iloc[0]:
                found = fr.align(a, b)
                paired = found["score"].notna()
                sizes = found["paragraphs_a"].map(len) + found["paragraphs_b"].map(len)
                pairs, hits, total = pairs + 1, hits + sizes[paired].sum(), total + sizes.sum()
    row = {"pairs of reports": pairs, "paragraphs": total, "called copies": round(hits / total, 4)}
    return markdown(pd.DataFrame([row]))


def speed(path: str | None) -> str:
    """Seconds, memory and what was found among articles of which a tenth are copies."""
    table, copied = synthetic(prose(path))
    begin, used = time.perf_counter(), time.process_time()
    found = fr.find_copies(table)
    row: dict[str, object] = {
        "articles": len(table),
        "words": len(table) * _WORDS,
        "seconds": round(time.perf_counter() - begin),
        "of the processor": round(time.process_time() - used),
        "GB at most": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _PER_GB, 1),
    }
    called = found.pairs[found.pairs["label"].isin(COPIES)]
    pairs = set(zip(called["article_a"], called["article_b"], strict=True))
    for share, rows in copied.groupby("share"):
        known = zip(rows["source"], rows["copy"], strict=True)
        row[f"found, {share:.0%} replaced"] = round(np.mean([pair in pairs for pair in known]), 3)
    truth = set(zip(copied["source"], copied["copy"], strict=True))
    row["wrong"] = sum(pair not in truth for pair in pairs)
    return markdown(pd.DataFrame([row]))


def synthetic(words: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles of words as often as in the prose and names of an event; every tenth a copy."""
    rng = np.random.default_rng(1)
    counts = Counter(words)
    spelled = np.array([*counts, *(f"Name{i}" for i in range(_NAMES * 12_000))], object)
    chance = np.cumsum([*counts.values()]) / len(words)
    plain = np.array([word.islower() and len(word) > 3 for word in spelled])
    made: list[np.ndarray] = []
    copied = []
    for i in range(_ARTICLES):
        if i % 10 == 9:
            share, source = rng.choice(_SHARES), i - int(rng.integers(1, 9))
            text, other = made[source].copy(), np.searchsorted(chance, rng.random(_WORDS))
            swapped = (rng.random(_WORDS) < share) & plain[text]
            text[swapped] = other[swapped]
            copied.append((f"a{source:05}", f"a{i:05}", share))
        else:
            text = np.searchsorted(chance, rng.random(_WORDS))
            named, event = rng.random(_WORDS) < 0.08, (i // 10) % 12_000
            own = rng.choice(_NAMES, 10, replace=False)  # of the names of an event, those in it
            text[named] = len(counts) + _NAMES * event + rng.choice(own, named.sum())
        made.append(text)
    table = pd.DataFrame(
        {
            "article": [f"a{i:05}" for i in range(_ARTICLES)],
            "outlet": [f"outlet {i % 40}" for i in range(_ARTICLES)],
            "date": pd.Timestamp("2031-01-01") + pd.to_timedelta(np.arange(_ARTICLES) // 100, "D"),
            "text": [" ".join(spelled[text]) for text in made],
        }
    )
    return table, pd.DataFrame(copied, columns=["source", "copy", "share"])


def markdown(table: pd.DataFrame) -> str:
    lines = [list(table.columns), ["---"] * table.shape[1], *table.astype(object).values.tolist()]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


_PER_GB = 1e9 if sys.platform == "darwin" else 1e6

if __name__ == "__main__":
    main()
