"""Print what ``framing read`` costs on many invented articles, in a file of JSON lines.

``python -m tests.benchmarks.reading [--articles 35000] [--words 800] [--text PATH]``. Paragraphs
are cut from Python's manual, or from a text of yours.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.texts import cut_to, prose
from tests.programs import options


def main() -> None:
    given = options(__doc__, articles=35_000, words=800, text=None)
    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "articles.jsonl")
        paragraphs = [f"{text}." for text in cut_to(prose(given.text), 50, 20_000)]
        _write(source, paragraphs, given.articles, given.words // 50)
        began = time.perf_counter()
        command = [sys.executable, "-m", "framing", "read", str(source), "-o", f"{name}/study"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"{given.articles:,} articles of {given.words} words: {wall:.0f} s by the clock on "
        f"{os.cpu_count()} cores (load {load}), {used.ru_utime + used.ru_stime:.0f} s of "
        f"processor time, {used.ru_maxrss / 1024:.0f} MB in the largest process"
    )


def _write(path: Path, paragraphs: list[str], articles: int, each: int) -> None:
    """Write articles of ``each`` paragraphs drawn at random, by twelve outlets."""
    draw = random.Random(1)
    with path.open("w", encoding="utf-8") as stream:
        for number in range(articles):
            article = {
                "id": f"a{number}",
                "outlet": f"Outlet {draw.randrange(12)}",
                "date": f"2031-01-{draw.randint(1, 28):02}",
                "title": f"Talks about item {number} go on in the harbour",
                "text": "\n\n".join(draw.choices(paragraphs, k=each)),
            }
            stream.write(json.dumps(article) + "\n")


if __name__ == "__main__":
    main()
