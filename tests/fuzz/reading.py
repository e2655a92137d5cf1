"""Generated input for readers, blocks and text: a million of it once, a little in every test run.

    python -m tests.fuzz.reading --inputs 1000000 --seed 1 --workers 2
    python -m tests.fuzz.reading --inputs 100000 --layout rows.csv --layout page.html

Each input is made from a seed, so that a failure names the seed that brings it back. The check of
broken files knows what went in: `tests.fuzz.formats` makes it, `tests.fuzz.breaking` breaks it.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import json
import random
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

from framing.corpus.blocks.paragraphs import split_blocks
from framing.corpus.blocks.repeats import prints, recurring, recurs
from framing.corpus.blocks.roles import Page, classify
from framing.corpus.blocks.signals import key
from framing.corpus.collect import _prepared
from framing.corpus.readers.files import File
from framing.corpus.tables import tables, tasks
from framing.corpus.whole_tables import UNKNOWN_OUTLET, with_ids
from framing.schema import ROLES
from framing.text.encoding import clean, decode
from framing.text.tokens import count_each
from framing.text.words import normalise
from tests.adversarial import NOT_SPACES, SPACES
from tests.corpus.test_readers import EXPECTED, NEXIS, docx, place, zipped
from tests.fuzz.broken_files import check_broken_files
from tests.fuzz.formats import FORMATS

BATCH = 200
ODD = [*SPACES, *NOT_SPACES, *"’“—é\x92\ufffd\u2029ＡΣİ😀中", "â€™"]
PHRASES = [
    "Leave a comment", "Read more: talks", "Photograph: Ada Holm/EPA", "By Ada Holm", "NATO.",
    "Talks fail | World news", "16 + twenty =", "## Heading", "[+99 chars]", "Video Unavailable",
    "It rained all day, and nobody was surprised.", "Armed men boarded a tanker", "•", "...",
]  # fmt: skip


@cache
def seeds() -> list[tuple[str, bytes]]:
    """A file of every format, under the name it usually has."""
    rows = [
        {"id": "1", "outlet": "Sun", "date": "2031-03-01", "title": "Rain", "text": "It rained."}
    ]
    rows += [rows[0] | {"id": "2", "text": "Il a plu. It rained,\nagain."}]
    with tempfile.TemporaryDirectory() as folder:
        found = [(name, place(Path(folder), name).read_bytes()) for name in EXPECTED]
        table = pd.DataFrame(rows)
        table.to_parquet(Path(folder) / "rows.parquet")
        found.append(("rows.parquet", (Path(folder) / "rows.parquet").read_bytes()))
    found += [
        ("rows.csv", table.to_csv(index=False).encode()),
        ("rows.tsv", table.to_csv(index=False, sep="\t").encode("utf-16")),
        ("rows.jsonl", "\n".join(map(json.dumps, rows)).encode()),
        ("rows.json", json.dumps(rows).encode()),
        ("story.txt", b"Outlet: Sun\nDate: 2031-03-01\n\nRain\n\nIt rained.\r\n\r\nAnd rained."),
        ("story.txt.gz", gzip.compress(b"Rain\n\nIt rained.")),
        ("all.zip", zipped({"a/2031-03-01_Sun_x.txt": b"Rain\n\nIt rained.", "b.csv": b"text\nx"})),
        ("lines.docx", docx(NEXIS[14:24])),
    ]
    return found


def mutated(rng: random.Random, data: bytes) -> bytes:
    """The data with some of its bytes changed, cut out, doubled or replaced by odd ones."""
    out = bytearray(data)
    for _ in range(rng.choice((0, 1, 2, 5, 20))):
        a, b = sorted(rng.randrange(len(out) + 1) for _ in range(2))
        b = min(b, a + rng.choice((1, 4, 64, 4096)))
        what = rng.randrange(5)
        if what == 0:
            del out[a:b]
        elif what == 1:
            out[a:a] = out[a:b]
        elif what == 2:
            out[a:b] = rng.randbytes(b - a)
        elif what == 3:
            out[a:a] = rng.choice(ODD).encode("utf-8", "surrogatepass") * rng.choice((1, 9))
        else:
            out[a:a] = rng.choice((b"\x00", b"\xff\xfe", b"\r", b"\x85", b'"', b"<", b"{", b"\n\n"))
    return bytes(out)


def text(rng: random.Random) -> str:
    """A text of odd pieces, phrases of furniture and words."""
    parts = rng.choices(
        [*ODD, *PHRASES, "\n", "\n\n", " ", "word "], k=rng.choice((0, 1, 4, 12, 40))
    )
    return rng.choice(("", " ")).join(parts)


def block(rng: random.Random) -> str:
    """A text as it comes to the classifier: cleaned."""
    return clean(text(rng)).text


def check_files(rng: random.Random) -> int:
    """Whatever the bytes: no exception, a reason for all that is no article, and counts add up."""
    files = []
    for n in range(BATCH):
        name, data = rng.choice(seeds())
        name = rng.choice((name, name, f"{n}.txt", f"{n}"))
        files.append(File(f"{n}/{name}", data=mutated(rng, data)))
    items = with_ids(_prepared(files, {}, rng.choice(((), ("en",)))), {})
    inputs = len(items)
    parts = [tables(task) for task in tasks(items, ())]
    articles, paragraphs, audit = (pd.concat(part) for part in zip(*parts, strict=True))
    own = audit[audit["block"].isna()]
    assert len(own) == inputs
    assert sorted(own.loc[own["outcome"] == "scored", "article"]) == sorted(articles["article"])
    assert articles["article"].is_unique
    assert own.loc[own["outcome"] != "scored", "reason"].str.len().gt(0).all()
    assert own["blocks"].sum() == len(paragraphs)
    assert own["blocks"].sum() - own["kept"].sum() == len(audit) - len(own)
    for table in (articles, paragraphs, audit):
        table.to_parquet(io.BytesIO())
    return BATCH


def check_blocks(rng: random.Random) -> int:
    """As many blocks come out as go in, of the roles that there are, with their words and text."""
    pages = [
        Page([block(rng) for _ in range(rng.choice((0, 1, 3, 9)))], rng.choice(("", block(rng))))
        for _ in range(BATCH)
    ]
    texts = ["\0".join(b.replace("\0", "") for b in page.blocks) for page in pages]
    marks = prints([text.encode("utf-8", "replace") for text in texts])
    found = recurring(marks)
    pages = [
        page._replace(outlet=UNKNOWN_OUTLET, repeated=recurs(own, found))
        for page, own in zip(pages, marks, strict=True)
    ]
    for page, found in zip(pages, classify(pages), strict=True):
        assert 0 <= len(found) - len(page.blocks) <= 1
        assert {block.role for block in found} <= set(ROLES)
        assert all(block.reason for block in found if block.role in ROLES[3:])
        given = [" ".join(block.split()) for block in page.blocks]
        for before, after in zip(reversed(given), reversed(found), strict=False):
            assert after.role == "headline" or before.endswith(after.text)
    return BATCH


def check_texts(rng: random.Random) -> int:
    """Cleaning ends after one pass, and folding and splitting keep every character that prints."""
    texts = [text(rng) for _ in range(BATCH)]
    for raw in texts:
        cleaned = clean(raw)
        cleaned.text.encode("utf-8")
        assert "\x00" not in cleaned.text
        assert (cleaned.text == raw) or cleaned.notes
        assert len(normalise(raw)) == len(raw)
        assert key(key(raw)) == key(raw)
        blocks = split_blocks(cleaned.text)
        kept, whole = (
            "".join(t.replace("\xad", "").split()) for t in ("".join(blocks), cleaned.text)
        )
        assert kept == whole  # a soft hyphen at the end of a line prints nothing inside the word
        with contextlib.suppress(ValueError):
            decode(mutated(rng, raw.encode("utf-8", "surrogatepass")))
    assert len(count_each(texts)) == BATCH
    return BATCH


CHECKS: tuple[Callable[[random.Random], int], ...] = (
    check_files, check_blocks, check_texts, check_broken_files,
)  # fmt: skip


def run(seed: int, layouts: Sequence[str] = ()) -> tuple[int, str]:
    """One batch of the check that the seed stands for; what went wrong, with the seed.

    With the names of some layouts, broken files of these are read.
    """
    check = CHECKS[seed % len(CHECKS)]
    if layouts:
        chosen = [layout for layout in FORMATS if layout.name in layouts]
        check = partial(check_broken_files, layouts=chosen)
    try:
        with warnings.catch_warnings(action="ignore"):
            return check(random.Random(seed)), ""
    except Exception as error:
        return 0, f"seed {seed}: {type(error).__name__}: {error}"


def seeds_of(check: str, first: int) -> Iterator[int]:
    """Yield the seeds of a check, or of all of them, from the first one on."""
    names = [known.__name__ for known in CHECKS]
    return (n for n in count(first) if check in ("all", names[n % len(CHECKS)]))


def in_processes(
    batch: Callable[[int], tuple[int, str]], seeds: Iterable[int], workers: int
) -> Iterator[tuple[int, str]]:
    """Yield what comes of each seed; the first without a result when a process ends has failed."""
    left = list(seeds)
    while left:
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            for future in [pool.submit(batch, seed) for seed in left]:
                seed = left.pop(0)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    yield 0, f"seed {seed}: a process ended, of this seed or of one begun with it"
                    break


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--check", choices=["all", *(c.__name__ for c in CHECKS)], default="all")
    names = [layout.name for layout in FORMATS]
    parser.add_argument("--layout", action="append", choices=names, help="may be repeated")
    asked = parser.parse_args()
    batch = partial(run, layouts=asked.layout or ())
    begun, done, failed, numbers = time.monotonic(), 0, 0, seeds_of(asked.check, asked.seed)
    while done < asked.inputs:
        for inputs, problem in in_processes(
            batch, islice(numbers, 100 * asked.workers), asked.workers
        ):
            done += inputs
            failed += bool(problem)
            if problem:
                print(problem, flush=True)
        print(f"{done:,} inputs, {failed} failures", flush=True)
    print(f"{done:,} inputs, {failed} failures, {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
