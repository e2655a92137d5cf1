"""Valid files with one thing wrong: every story accounted for, in time and memory like its size."""

from __future__ import annotations

import random
import re
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from framing.corpus.collect import Item, _prepared
from framing.corpus.readers.files import File
from framing.corpus.readers.page_without_article import stop_words
from framing.corpus.readers.walk import opened
from framing.corpus.tables import tables, tasks
from framing.corpus.whole_tables import with_ids
from tests.fuzz.breaking import Broken, broken
from tests.fuzz.formats import FORMATS, Format

FILES = 100  # at a time
LARGE = 20_000  # bytes; the classification of smaller files is not measured
SECONDS, SECONDS_PER_MB = 1.0, 8.0
MEGABYTES, TIMES_SIZE = 60, 60
# What an input that was not read stands for: one item, the rest of a file, or some rows in one.
_ONE = re.compile(r", (row|line|item|record|document) \d+$")
_SEVERAL = re.compile(r"(\d+) (?:×|cells where the first line has (\d+))")
_OPEN = re.compile(r"what follows|damage|cut off|length is wrong|were read")


class Account(NamedTuple):
    """What a file cost, and what of it was read."""

    file: Broken
    items: list[Item]
    seconds: float
    megabytes: float


def check_broken_files(rng: random.Random, layouts: Sequence[Format] = FORMATS) -> int:
    """Read some files with one thing wrong each; an AssertionError lists what was lost."""
    _warm_up()
    read = [_read(f"{n}", broken(rng, layouts)) for n in range(FILES)]
    _, paragraphs, audit = _tables([item for account in read for item in account.items])
    texts, of_folder = defaultdict[str, str](str), defaultdict[str, list[Any]](list)
    for article, text in zip(paragraphs["article"], paragraphs["text"], strict=True):
        texts[article] += f"{text}\n"
    for row in audit[audit["block"].isna()].itertuples():
        of_folder[row.source.partition("/")[0]].append(row)
    problems = [_problem(account, of_folder[f"{n}"], texts) for n, account in enumerate(read)]
    assert not any(problems), "\n".join(filter(None, problems))
    return FILES


@cache
def _warm_up() -> None:
    """Read a file of every format, so that no library is imported while memory is measured."""
    rng = random.Random(0)
    for layout in FORMATS:
        _read("0", broken(rng, [layout]))
    _prepared([File("0/a.txt", data="Itâ€™s a pity. ".encode() * 9 + b"\xe9")], {}, ("en",))
    _prepared([File("0/a.html", data=b"<html><body><p>It rained. <p>")], {}, ("en",))
    stop_words()


def _read(folder: str, file: Broken) -> Account:
    memory, begun = _Memory(), time.process_time()
    items: list[Item] = []
    for one in opened(File(f"{folder}/{file.name}", data=file.data), 0):
        items += _prepared([one], {}, ("en",))
    if file.size > LARGE:
        _tables(items)
    return Account(file, items, time.process_time() - begun, memory.grown())


def _tables(items: Sequence[Item]) -> list[pd.DataFrame]:
    parts = [tables(task) for task in tasks(with_ids(items, {}), ())]
    return [pd.concat(part) for part in zip(*parts, strict=True)]


def _problem(account: Account, rows: Sequence[Any], texts: Mapping[str, str]) -> str:
    """Return what is wrong with the account of a file; empty if it is right."""
    wrong = _cost(account) or _loss(account.file, rows, texts)
    return wrong and f"{account.file.name}, {account.file.what}: {wrong}"


def _cost(account: Account) -> str:
    size = account.file.size / 1e6
    if account.seconds > SECONDS + SECONDS_PER_MB * size:
        return f"{account.seconds:.1f} s for {size:.2f} MB"
    if account.megabytes > MEGABYTES + TIMES_SIZE * size:
        return f"{account.megabytes:.0f} MB for {size:.2f} MB"
    return ""


def _loss(file: Broken, rows: Sequence[Any], texts: Mapping[str, str]) -> str:
    if not rows:
        return "no row"
    left = [(row.source, row.reason) for row in rows if row.outcome != "scored"]
    if not all(reason for _, reason in left):
        return "a row without a reason"
    read = [texts.get(row.article, "") for row in rows if row.outcome == "scored"]
    if file.most is not None and len(read) > file.most:
        return f"{len(read)} articles of {file.most} stories"
    accounted = len(read) + sum(_covered(*of_it) for of_it in left)
    whole = "\n".join(read)
    lost = [mark for mark in file.marks if mark not in whole]
    if file.costs is not None and len(lost) > file.costs:
        return f"{lost} of {file.marks} lost: {left}"
    if accounted < len(file.marks):
        return f"{lost} of {file.marks} vanished: {[(row.source, row.reason) for row in rows]}"
    return ""


def _covered(source: str, reason: str) -> float:
    """Return of how many stories an input that was not read may be; inf for a file or its end."""
    if _OPEN.search(reason) or not _ONE.search(source):
        return float("inf")
    found = _SEVERAL.search(reason)
    return -(-int(found[1]) // int(found[2] or 1)) if found else 1


class _Memory:
    """How much the largest size of this process grows; 0 where the system does not tell."""

    def __init__(self) -> None:
        self._clear, self._status = Path("/proc/self/clear_refs"), Path("/proc/self/status")
        if self._clear.exists():
            self._clear.write_text("5")
        self._before = self._largest()

    def grown(self) -> float:
        return self._largest() - self._before

    def _largest(self) -> float:
        status = self._status.read_text() if self._status.exists() else ""
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0
