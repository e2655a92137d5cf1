"""What several tests share."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings

import framing as fr
from framing.report.processes import Worker
from framing.utils.parallel import collect_rarely

# Machines differ in speed and are shared: how long an example takes is no property.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Keep the garbage collector from the modules that all tests share: a sixth of their time."""
    gc.freeze()
    collect_rarely()


ROOT = Path(__file__).parent.parent
STRAIT = ROOT / "corpora" / "strait"
GOLD = ROOT / "corpora" / "strait-gold"


@pytest.fixture(scope="session")
def strait() -> fr.Corpus:
    return fr.read_corpus(STRAIT)


@pytest.fixture(scope="session")
def strait_cues(strait: fr.Corpus) -> pd.DataFrame:
    return fr.find_cues(strait.paragraphs)


@pytest.fixture(scope="session")
def strait_scores(strait: fr.Corpus) -> pd.DataFrame:
    return fr.score(strait.paragraphs)


@pytest.fixture(scope="session")
def servers() -> Iterator[list[Worker]]:
    """Two processes that make one report after the other, as in a batch."""
    workers = [Worker(), Worker()]
    yield workers
    for worker in workers:
        worker.close()


@pytest.fixture(scope="module")
def kept_servers(servers: list[Worker]) -> Iterator[None]:
    """Let all reports of a module be made in these, whose imports take two seconds."""
    kept = [
        SimpleNamespace(
            run=lambda *job, worker=worker, **how: worker.run(*job, **how),
            start=worker.start,
            close=lambda: None,
        )
        for worker in servers
    ]
    each = itertools.cycle(kept)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("framing.report.render.Worker", lambda: kept[0])
        patch.setattr("framing.batch.pool.Worker", lambda: next(each))
        yield


def read_file(path: Path, content: str | bytes, **options: Any) -> fr.Corpus:
    """Write a file and read it."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return fr.read_corpus(path, **options)


def read_in(folder: Path, name: str, content: str | bytes, **options: Any) -> fr.Corpus:
    """Write a file and read the folder that it is in."""
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return fr.read_corpus(folder, **options)


def gold(name: str) -> pd.DataFrame:
    """Gold files of one kind, with the article that a file is."""
    files = sorted(GOLD.glob(f"{name}*.csv"))
    tables = [pd.read_csv(f, dtype=str, keep_default_na=False) for f in files]
    table = pd.concat(tables, ignore_index=True)
    table["block"] = table["block"].astype(int)
    return table.assign(article=table["file"].str.removesuffix(".txt"))
